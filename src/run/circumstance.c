/* SPDX-License-Identifier: Apache-2.0 */
/* Work, heat, illness, kidneys, posture and breathing: what holds while it lasts. */
#include "run/dose_kinds.h"

#include <stdio.h>

#include "base/fail.h"
#include "timeline/tables.h"

/* ---- work and surroundings ---- */

static const double cycling_efficiency = 0.21; /* assumed */
static const double greatest_excess = 1.05;    /* of an exercise over the greatest oxygen uptake, before it is told */

/* Oxygen on foot after ACSM's Guidelines for Exercise Testing and Prescription: at rest, mL/kg/min, and for each meter
 * on the level and upward, mL/kg. */
static const double resting_oxygen = 3.5, fastest_walk = 2.2; /* m/s */
static const struct Gait {
    double level, upward;
} walking = {0.1, 1.8}, running = {0.2, 0.9};

static double met_on_foot(double speed, double grade) {
    const struct Gait *g = speed < fastest_walk ? &walking : &running;
    const double v = 60.0 * speed; /* m/min */
    return (resting_oxygen + g->level * v + g->upward * v * fmax(grade, 0)) / resting_oxygen;
}

/* Metabolic rate of an exercise in MET, and the share that leaves as work. */
static double exercise_met(const MlDoseContext *c, const MlEvent *e, double *work) {
    const MlPerson *p = c->person;
    *work = 0;
    if (ml_event_has(e, ML_FIELD_MET)) return e->value[ML_FIELD_MET].v;
    const double per_met = p->param[ML_P_oxygen_per_met] * c->body_mass; /* L/min */
    if (ml_event_has(e, ML_FIELD_POWER)) {
        const double watts =
            e->value[ML_FIELD_POWER].v * (e->value[ML_FIELD_POWER].per_kg ? c->body_mass : 1);
        const double heat = p->param[ML_P_met_heat] * c->body_mass;
        const double met = 1.0 + watts / cycling_efficiency / heat;
        *work = watts / (met * heat);
        return met;
    }
    if (ml_event_has(e, ML_FIELD_VO2))
        return e->value[ML_FIELD_VO2].v * (e->value[ML_FIELD_VO2].per_kg ? c->body_mass : 1) / per_met;
    if (ml_event_has(e, ML_FIELD_INTENSITY)) /* nobody burns less than at rest */
        return fmax(1.0, e->value[ML_FIELD_INTENSITY].v * p->param[ML_P_oxygen_max] * c->body_mass / per_met);
    return met_on_foot(e->value[ML_FIELD_SPEED].v, ml_event_has(e, ML_FIELD_GRADE) ? e->value[ML_FIELD_GRADE].v : 0);
}

static double field_or(const MlEvent *e, MlField f, double otherwise) {
    return ml_event_has(e, f) ? e->value[f].v : otherwise;
}

/* Outdoor air holds some 2 kPa of water; heated, it is drier. Saturation as in the organs (skin.inc). */
static double usual_humidity(double celsius) {
    const double most = 0.5, vapor = 2.1; /* kPa */
    return fmin(most, vapor / (0.6105 * exp(17.27 * celsius / (celsius + 237.3))));
}

/* Around who exercises or is in the heat, where nothing else is stated; assumed. */
typedef struct Surroundings {
    double temperature, wind, clothing; /* degC, m/s, clo */
} Surroundings;
static const Surroundings room = {20, 0.5, 0.2}, hot_room = {40, 0.2, 0.1};

static void surround(const MlEvent *e, Surroundings usual, MlChanges *changes) {
    const double air = field_or(e, ML_FIELD_TEMPERATURE, usual.temperature);
    ml_change_add(changes, ML_U_air_temperature, ML_OP_SET, air);
    ml_change_add(changes, ML_U_air_humidity, ML_OP_SET, field_or(e, ML_FIELD_HUMIDITY, usual_humidity(air)));
    ml_change_add(changes, ML_U_wind, ML_OP_SET, field_or(e, ML_FIELD_WIND, usual.wind));
    ml_change_add(changes, ML_U_clothing, ML_OP_SET, field_or(e, ML_FIELD_CLOTHING, usual.clothing));
}

void ml_loss_words(const MlEvent *e, char text[ML_DEED_SIZE]) {
    const MlOutputInfo *o = &ml_outputs[e->loss.output];
    char name[64];
    snprintf(name, sizeof name, "%s", o->name);
    for (char *p = name; *p; p++)
        if (*p == '_') *p = ' ';
    snprintf(text, ML_DEED_SIZE, "%s ended: %s %+.3g %s", ml_event_row(e->kind)->name, name,
             e->loss.relative ? 100 * e->loss.value : e->loss.value, e->loss.relative ? "%" : o->unit);
}

void ml_dose_exercise(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE],
                      MlNotes *notes) {
    double work;
    const double met = exercise_met(c, e, &work);
    const double most = c->person->param[ML_P_oxygen_max] / c->person->param[ML_P_oxygen_per_met];
    if (met > greatest_excess * most)
        ml_notes_add(notes, "%.3g MET is above the highest oxygen uptake of this person (%.3g MET)", met, most);
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_SET, met);
    ml_change_add(changes, ML_U_mechanical_work, ML_OP_SET, work);
    /* on foot the air comes toward one; a cyclist indoors has a fan at most */
    const Surroundings usual = {room.temperature, field_or(e, ML_FIELD_SPEED, room.wind), room.clothing};
    surround(e, usual, changes);
    snprintf(text, ML_DEED_SIZE, "exercised at %.3g MET in %.4g degC", met, field_or(e, ML_FIELD_TEMPERATURE, usual.temperature));
}

void ml_dose_heat(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]) {
    surround(e, hot_room, changes);
    snprintf(text, ML_DEED_SIZE, "heat: %.4g degC", field_or(e, ML_FIELD_TEMPERATURE, hot_room.temperature));
}

/* ---- illness ---- */

static const double usual_temperature = 37.0; /* degC: fever is counted from here */
static const double fever_metabolism = 0.13;  /* more metabolism per degree: DuBois 1921 */
static const double known_for_adh = 2.0;      /* as much vasopressin in infections of lung and brain (infections.def) */

typedef struct Infection {
    MlChoice choice;
    double temperature, leak, vasoplegia, adh, catabolism, appetite, gfr, stress;
} Infection;
static const Infection infections[] = {
#define INFECTION(choice, temperature, leak, vasoplegia, adh, catabolism, appetite, gfr, stress, source)                 \
    {ML_C_##choice, temperature, leak, vasoplegia, adh, catabolism, appetite, gfr, stress},
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

void ml_dose_infection(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE], MlNotes *notes) {
    const Infection *f = infection_of(e);
    const MlChoice kind =
        ml_event_has(e, ML_FIELD_KIND) ? (MlChoice)e->value[ML_FIELD_KIND].v : ML_C_INFECTION_GENERAL;
    const double more = kind == ML_C_INFECTION_PNEUMONIA || kind == ML_C_INFECTION_MENINGITIS ? known_for_adh : 1.0;
    const double temperature = field_or(e, ML_FIELD_TEMPERATURE, f->temperature);
    ml_change_add(changes, ML_U_fever, ML_OP_SET, temperature - usual_temperature);
    ml_change_add(changes, ML_U_capillary_leak, ML_OP_SET, f->leak);
    ml_change_add(changes, ML_U_vasoplegia, ML_OP_SET, f->vasoplegia);
    ml_change_add(changes, ML_U_adh_release, ML_OP_SET, c->person->adh_release + more * f->adh);
    ml_change_add(changes, ML_U_catabolism, ML_OP_SET, f->catabolism);
    ml_change_add(changes, ML_U_stress, ML_OP_SET, f->stress);
    if (f->appetite == 0) ml_change_add(changes, ML_U_drink_to_thirst, ML_OP_MULTIPLY, 0); /* too ill to drink */
    if (f->gfr != 1.0) ml_change_add(changes, ML_U_gfr_factor, ML_OP_MULTIPLY, f->gfr);
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_MULTIPLY, 1.0 + fever_metabolism * fmax(temperature - usual_temperature, 0));
    snprintf(text, ML_DEED_SIZE, "fell ill: %s, %.4g degC",
             kind == ML_C_INFECTION_GENERAL ? "infection" : ml_choice_row(kind)->name, temperature);
    if (kind == ML_C_INFECTION_GASTROENTERITIS)
        ml_notes_add(notes, "the infection is fever and its company; what the gut loses belongs to events of its own, vomit and diarrhea");
}

void ml_dose_kidney(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]) {
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
        snprintf(text, ML_DEED_SIZE, "tubules injured");
    else if (factor == 1)
        snprintf(text, ML_DEED_SIZE, "kidney function back to its own");
    else
        snprintf(text, ML_DEED_SIZE, "kidney function changed to %.3g %% of own%s", 100 * factor,
                 injured ? ", tubules injured" : "");
}

/* What surgery leaves of the parathyroids, in fat and thymus; assumed. */
static const double parathyroids_left = 0.003;

void ml_dose_removal(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]) {
    const MlChoice what = (MlChoice)e->value[ML_FIELD_WHAT].v;
    if (what == ML_C_REMOVE_PARATHYROIDS) {
        ml_change_add(changes, ML_U_parathyroids, ML_OP_MULTIPLY, parathyroids_left);
        snprintf(text, ML_DEED_SIZE, "parathyroids removed");
        return;
    }
    if (what == ML_C_REMOVE_ONE_KIDNEY) {
        ml_change_add(changes, ML_U_kidneys, ML_OP_MULTIPLY, 0.5);
        snprintf(text, ML_DEED_SIZE, "one kidney removed");
        return;
    }
    ml_change_add(changes, ML_U_gfr_factor, ML_OP_MULTIPLY, 0);
    snprintf(text, ML_DEED_SIZE, "both kidneys removed");
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

void ml_dose_posture(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]) {
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
    snprintf(text, ML_DEED_SIZE, "%s", posture_words(kind));
}

/* Oxygen tension of moist inspired air, in the standard atmosphere (ISO 2533:1975) less its vapor; mmHg. */
static double inspired_oxygen(double meters, double oxygen_at_sea_level) {
    const double sea_level = 760.0, vapor = 47.0;
    const double pressure = sea_level * pow(1.0 - 2.25577e-5 * meters, 5.25588);
    return oxygen_at_sea_level * (pressure - vapor) / (sea_level - vapor);
}

/* How one breathes, and where, are two things: the one leaves the other as it is. */
void ml_dose_breathing(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]) {
    if (ml_event_has(e, ML_FIELD_ALTITUDE)) {
        const double height = e->value[ML_FIELD_ALTITUDE].v;
        const double oxygen = inspired_oxygen(height, c->person->param[ML_P_inspired_oxygen_normal]);
        ml_change_add(changes, ML_U_inspired_oxygen, ML_OP_SET, oxygen);
        snprintf(text, ML_DEED_SIZE, "at %.4g m above sea level", height);
        return;
    }
    const double ventilation = field_or(e, ML_FIELD_VENTILATION, 1);
    ml_change_add(changes, ML_U_pco2_imposed, ML_OP_SET, field_or(e, ML_FIELD_PCO2, -1));
    ml_change_add(changes, ML_U_ventilation, ML_OP_SET, ventilation);
    if (ml_event_has(e, ML_FIELD_PCO2))
        snprintf(text, ML_DEED_SIZE, "breathing held carbon dioxide at %.4g mmHg", e->value[ML_FIELD_PCO2].v);
    else if (ventilation == 1)
        snprintf(text, ML_DEED_SIZE, "breathed as the body asks");
    else
        snprintf(text, ML_DEED_SIZE, "breathed %.4g times what the body asks", ventilation);
}
