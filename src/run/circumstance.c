/* SPDX-License-Identifier: Apache-2.0 */
/* Work, heat, illness, kidneys, posture and breathing: what holds while it lasts. */
#include "run/dose_kinds.h"

#include <stdio.h>

#include "base/fail.h"
#include "timeline/tables.h"

/* ---- work and surroundings ---- */

/* Metabolic rate of an exercise in MET, and the share that leaves as work. Cycling at 21 % efficiency;
 * walking and running after ACSM's Guidelines for Exercise Testing and Prescription (walking below 2.2 m/s).
 */
static double exercise_met(const MlDoseContext *c, const MlEvent *e, double *work) {
    const MlPerson *p = c->person;
    *work = 0;
    if (ml_event_has(e, ML_FIELD_MET)) return e->value[ML_FIELD_MET].v;
    const double per_met = p->param[ML_P_oxygen_per_met] * c->body_mass; /* L/min */
    if (ml_event_has(e, ML_FIELD_POWER)) {
        const double watts =
            e->value[ML_FIELD_POWER].v * (e->value[ML_FIELD_POWER].per_kg ? c->body_mass : 1);
        const double heat = p->param[ML_P_met_heat] * c->body_mass;
        const double met = 1.0 + watts / 0.21 / heat;
        *work = watts / (met * heat);
        return met;
    }
    if (ml_event_has(e, ML_FIELD_VO2))
        return e->value[ML_FIELD_VO2].v * (e->value[ML_FIELD_VO2].per_kg ? c->body_mass : 1) / per_met;
    if (ml_event_has(e, ML_FIELD_INTENSITY)) /* nobody burns less than at rest */
        return fmax(1.0, e->value[ML_FIELD_INTENSITY].v * p->param[ML_P_oxygen_max] * c->body_mass / per_met);
    const double v = 60.0 * e->value[ML_FIELD_SPEED].v; /* m/min */
    const double grade = ml_event_has(e, ML_FIELD_GRADE) ? e->value[ML_FIELD_GRADE].v : 0;
    const int walks = e->value[ML_FIELD_SPEED].v < 2.2;
    const double vo2 =
        walks ? 3.5 + 0.1 * v + 1.8 * v * fmax(grade, 0) : 3.5 + 0.2 * v + 0.9 * v * fmax(grade, 0);
    return vo2 / 3.5;
}

static double field_or(const MlEvent *e, MlField f, double otherwise) {
    return ml_event_has(e, f) ? e->value[f].v : otherwise;
}

/* Outdoor air holds some 2 kPa of water; heated, it is drier. */
static double usual_humidity(double celsius) {
    return fmin(0.5, 2.1 / (0.6105 * exp(17.27 * celsius / (celsius + 237.3))));
}

static void surround(const MlEvent *e, double temperature, double wind, double clothing, MlChanges *changes) {
    const double air = field_or(e, ML_FIELD_TEMPERATURE, temperature);
    ml_change_add(changes, ML_U_air_temperature, ML_OP_SET, air);
    ml_change_add(changes, ML_U_air_humidity, ML_OP_SET, field_or(e, ML_FIELD_HUMIDITY, usual_humidity(air)));
    ml_change_add(changes, ML_U_wind, ML_OP_SET, field_or(e, ML_FIELD_WIND, wind));
    ml_change_add(changes, ML_U_clothing, ML_OP_SET, field_or(e, ML_FIELD_CLOTHING, clothing));
}

void ml_loss_words(const MlEvent *e, char text[200]) {
    const MlOutputInfo *o = &ml_outputs[e->loss.output];
    char name[64];
    snprintf(name, sizeof name, "%s", o->name);
    for (char *p = name; *p; p++)
        if (*p == '_') *p = ' ';
    snprintf(text, 200, "%s ended: %s %+.3g %s", ml_event_row(e->kind)->name, name,
             e->loss.relative ? 100 * e->loss.value : e->loss.value, e->loss.relative ? "%" : o->unit);
}

void ml_dose_exercise(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200],
                      MlNotes *notes) {
    double work;
    const double met = exercise_met(c, e, &work);
    const double most = c->person->param[ML_P_oxygen_max] / c->person->param[ML_P_oxygen_per_met];
    if (met > 1.05 * most)
        ml_notes_add(notes, "%.3g MET is above the highest oxygen uptake of this person (%.3g MET)", met, most);
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_SET, met);
    ml_change_add(changes, ML_U_mechanical_work, ML_OP_SET, work);
    /* on foot the air comes toward one; a cyclist indoors has a fan at most */
    const double wind = ml_event_has(e, ML_FIELD_SPEED) ? e->value[ML_FIELD_SPEED].v : 0.5;
    surround(e, 20, wind, 0.2, changes);
    snprintf(text, 200, "exercised at %.3g MET in %.4g degC", met, field_or(e, ML_FIELD_TEMPERATURE, 20));
}

void ml_dose_heat(const MlEvent *e, MlChanges *changes, char text[200]) {
    surround(e, 40, 0.2, 0.1, changes);
    snprintf(text, 200, "heat: %.4g degC", field_or(e, ML_FIELD_TEMPERATURE, 40));
}

/* ---- illness ---- */

typedef struct Infection {
    MlChoice choice;
    double temperature, leak, adh, catabolism, appetite, gfr;
} Infection;
static const Infection infections[] = {
#define INFECTION(choice, temperature, leak, adh, catabolism, appetite, gfr, source)                         \
    {ML_C_##choice, temperature, leak, adh, catabolism, appetite, gfr},
#include "run/infections.def"
};

static const Infection *infection_of(const MlEvent *e) {
    const MlChoice severity = ml_event_has(e, ML_FIELD_SEVERITY) ? (MlChoice)e->value[ML_FIELD_SEVERITY].v
                                                                 : ML_C_INFECTION_MODERATE;
    for (size_t i = 0; i < sizeof infections / sizeof infections[0]; i++)
        if (infections[i].choice == severity) return &infections[i];
    return &infections[1];
}

double ml_infection_appetite(const MlEvent *e) { return infection_of(e)->appetite; }

void ml_dose_infection(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    const Infection *f = infection_of(e);
    const MlChoice kind =
        ml_event_has(e, ML_FIELD_KIND) ? (MlChoice)e->value[ML_FIELD_KIND].v : ML_C_INFECTION_GENERAL;
    const double more = kind == ML_C_INFECTION_PNEUMONIA || kind == ML_C_INFECTION_MENINGITIS ? 2.0 : 1.0;
    const double temperature = field_or(e, ML_FIELD_TEMPERATURE, f->temperature);
    ml_change_add(changes, ML_U_fever, ML_OP_SET, temperature - 37.0);
    ml_change_add(changes, ML_U_capillary_leak, ML_OP_SET, f->leak);
    ml_change_add(changes, ML_U_adh_release, ML_OP_SET, c->person->adh_release + more * f->adh);
    ml_change_add(changes, ML_U_catabolism, ML_OP_SET, f->catabolism);
    if (f->appetite == 0) ml_change_add(changes, ML_U_drink_to_thirst, ML_OP_MULTIPLY, 0); /* too ill to drink */
    if (f->gfr != 1.0) ml_change_add(changes, ML_U_gfr_factor, ML_OP_MULTIPLY, f->gfr);
    /* 13 % more metabolism per degree (DuBois 1921) */
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_MULTIPLY, 1.0 + 0.13 * fmax(temperature - 37.0, 0));
    snprintf(text, 200, "fell ill: %s, %.4g degC",
             kind == ML_C_INFECTION_GENERAL ? "infection" : ml_choice_row(kind)->name, temperature);
}

void ml_dose_kidney(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    double factor = 1;
    if (ml_event_has(e, ML_FIELD_GFR)) {
        const MlValue *v = &e->value[ML_FIELD_GFR];
        factor = v->dimension == ML_DIM_NUMBER ? v->v : 1e-3 * v->v / c->person->param[ML_P_gfr_rest];
    }
    ml_change_add(changes, ML_U_gfr_factor, ML_OP_SET, factor);
    const int injured =
        ml_event_has(e, ML_FIELD_TUBULE) && (MlChoice)e->value[ML_FIELD_TUBULE].v == ML_C_TUBULE_INJURED;
    ml_change_add(changes, ML_U_tubule_injury, ML_OP_SET, injured);
    if (factor == 1 && injured)
        snprintf(text, 200, "tubules injured");
    else if (factor == 1)
        snprintf(text, 200, "kidney function back to its own");
    else
        snprintf(text, 200, "kidney function changed to %.3g %% of own%s", 100 * factor,
                 injured ? ", tubules injured" : "");
}

milieu_code ml_dose_removal(const MlEvent *e, MlChanges *changes, char text[200], milieu_error *err) {
    const MlChoice what = (MlChoice)e->value[ML_FIELD_WHAT].v;
    if (what == ML_C_REMOVE_PARATHYROIDS) {
        ml_change_add(changes, ML_U_parathyroids, ML_OP_MULTIPLY, 0.003); /* what surgery leaves in fat and thymus */
        snprintf(text, 200, "parathyroids removed");
        return MILIEU_OK;
    }
    if (what != ML_C_REMOVE_BOTH_KIDNEYS)
        return ml_fail(err, MILIEU_NOT_AVAILABLE, "remove", "'%s' is not computed by this version",
                       ml_choice_row(what)->name);
    ml_change_add(changes, ML_U_gfr_factor, ML_OP_MULTIPLY, 0);
    snprintf(text, 200, "both kidneys removed");
    return MILIEU_OK;
}

static const char *posture_words(MlChoice kind) {
    switch (kind) {
    case ML_C_POSTURE_SUPINE:
        return "lay on the back";
    case ML_C_POSTURE_SITTING:
        return "sat";
    case ML_C_POSTURE_STANDING:
        return "stood still";
    case ML_C_POSTURE_IMMERSION:
        return "in water to the neck";
    case ML_C_POSTURE_HEAD_DOWN:
        return "lay with the head down 6 degrees";
    default:
        return "up and about as usual";
    }
}

void ml_dose_posture(const MlEvent *e, MlChanges *changes, char text[200]) {
    static const struct {
        MlChoice choice;
        double pressure, shift;
    } row[] = {
#define POSTURE(choice, pressure, shift, source) {ML_C_##choice, pressure, shift},
#include "run/postures.def"
    };
    const MlChoice kind = (MlChoice)e->value[ML_FIELD_KIND].v;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        if (row[i].choice == kind) {
            ml_change_add(changes, ML_U_posture_pressure, ML_OP_SET, row[i].pressure);
            ml_change_add(changes, ML_U_central_shift, ML_OP_SET, row[i].shift);
        }
    snprintf(text, 200, "%s", posture_words(kind));
}

/* Oxygen tension of moist inspired air, in the standard atmosphere (ISO 2533:1975) less 47 mmHg of vapor. */
static double inspired_oxygen(double meters, double at_sea_level) {
    const double pressure = 760.0 * pow(1.0 - 2.25577e-5 * meters, 5.25588);
    return at_sea_level * (pressure - 47.0) / (760.0 - 47.0);
}

/* How one breathes, and where, are two things: the one leaves the other as it is. */
void ml_dose_breathing(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    if (ml_event_has(e, ML_FIELD_ALTITUDE)) {
        const double height = e->value[ML_FIELD_ALTITUDE].v;
        const double oxygen = inspired_oxygen(height, c->person->param[ML_P_inspired_oxygen_normal]);
        ml_change_add(changes, ML_U_inspired_oxygen, ML_OP_SET, oxygen);
        snprintf(text, 200, "at %.4g m above sea level", height);
        return;
    }
    const double ventilation = field_or(e, ML_FIELD_VENTILATION, 1);
    ml_change_add(changes, ML_U_pco2_imposed, ML_OP_SET, field_or(e, ML_FIELD_PCO2, -1));
    ml_change_add(changes, ML_U_ventilation, ML_OP_SET, ventilation);
    if (ml_event_has(e, ML_FIELD_PCO2))
        snprintf(text, 200, "breathing held carbon dioxide at %.4g mmHg", e->value[ML_FIELD_PCO2].v);
    else if (ventilation == 1)
        snprintf(text, 200, "breathed as the body asks");
    else
        snprintf(text, 200, "breathed %.4g times what the body asks", ventilation);
}
