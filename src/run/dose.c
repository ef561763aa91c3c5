/* SPDX-License-Identifier: Apache-2.0 */
#include "run/dose.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "timeline/tables.h"

void ml_change_add(MlChanges *c, int input, MlOp op, double value) {
    if (op == ML_OP_ADD && value == 0) return;
    if (c->n < ML_MAX_CHANGES) c->change[c->n++] = (MlChange){(short)input, (short)op, value};
}

/* ---- substances ---- */

void ml_intake_changes(const MlIntake *x, int vein, double minutes, MlChanges *changes) {
    const double *a = x->amount, k = 1.0 / minutes;
#define N(id) a[ML_NUTRIENT_##id]
#define GIVE(id, value)                                                                                      \
    ml_change_add(changes, vein ? ML_U_infuse_##id : ML_U_ingest_##id, ML_OP_ADD, k *(value))
    const double protein = N(PROTEIN) + (vein ? 0 : N(AMINO_ACIDS));
    /* the model gives plasma protein 0.2 mEq/g; what a product states otherwise goes to chloride */
    const double charge = vein ? x->protein_charge - 0.2 * protein : 0;
    const double glucose = N(GLUCOSE) + N(FRUCTOSE) + 2 * N(SUCROSE);
    GIVE(water, N(WATER));
    GIVE(sodium, N(SODIUM));
    GIVE(potassium, N(POTASSIUM));
    GIVE(calcium, N(CALCIUM));
    GIVE(magnesium, N(MAGNESIUM));
    GIVE(chloride, N(CHLORIDE) + charge);
    GIVE(bicarbonate, N(BICARBONATE) - x->acid - N(AMMONIUM));
    GIVE(phosphate, N(PHOSPHATE));
    GIVE(sulfate, N(SULFATE));
    GIVE(organic, 3 * N(CITRATE) + N(LACTATE) + N(ACETATE) + N(GLUCONATE) + x->organic_anions);
    GIVE(urea, N(UREA) + 0.5 * N(AMMONIUM));
    GIVE(mannitol, N(MANNITOL));
    GIVE(protein, protein);
    if (vein) {
        GIVE(glucose, glucose + N(MALTODEXTRIN) / 0.1621);
        ml_change_add(changes, ML_U_transfuse_redcells, ML_OP_ADD, k * x->red_cells);
    } else {
        ml_change_add(changes, ML_U_ingest_glucose, ML_OP_ADD, k * glucose);
        ml_change_add(changes, ML_U_ingest_starch, ML_OP_ADD, k * N(MALTODEXTRIN));
        ml_change_add(changes, ML_U_ingest_fat, ML_OP_ADD, k * N(FAT));
    }
#undef GIVE
#undef N
}

/* The amount asked for, per-kilogram doses and shares of a quantity resolved; rates become totals. */
static double resolved(const MlDoseContext *c, const MlEvent *e, MlField f, double minutes) {
    const MlValue *v = &e->value[f];
    double x = v->v;
    if (v->per_kg) x *= c->body_mass;
    if (v->of_output >= 0) x *= c->out[v->of_output];
    if (f == ML_FIELD_RATE) x *= minutes;
    return isfinite(x) && x > 0 ? x : 0;
}

static MlField amount_field(const MlEvent *e) {
    if (ml_event_has(e, ML_FIELD_AMOUNT)) return ML_FIELD_AMOUNT;
    return ml_event_has(e, ML_FIELD_DOSE) ? ML_FIELD_DOSE : ML_FIELD_RATE;
}

/* The unit in which the amount is kept (fields.def). */
static int amount_unit(MlDimension d, MlAmountUnit *unit) {
    switch (d) {
    case ML_DIM_VOLUME:
    case ML_DIM_VOLUME_RATE:
        *unit = ML_AMOUNT_LITER;
        return 1;
    case ML_DIM_MASS:
    case ML_DIM_MASS_RATE:
        *unit = ML_AMOUNT_GRAM;
        return 1;
    case ML_DIM_AMOUNT:
    case ML_DIM_AMOUNT_RATE:
        *unit = ML_AMOUNT_MMOL;
        return 1;
    case ML_DIM_CHARGE:
    case ML_DIM_CHARGE_RATE:
        *unit = ML_AMOUNT_MEQ;
        return 1;
    case ML_DIM_SERVING:
        *unit = ML_AMOUNT_SERVING;
        return 1;
    case ML_DIM_NUMBER:
        *unit = ML_AMOUNT_LITER;
        return 1; /* a share of a volume */
    default:
        return 0;
    }
}

static const char *unit_word(MlAmountUnit unit, double x, char *text, size_t size) {
    switch (unit) {
    case ML_AMOUNT_LITER:
        snprintf(text, size, x < 1 ? "%.4g mL" : "%.4g L", x < 1 ? 1000 * x : x);
        break;
    case ML_AMOUNT_GRAM:
        snprintf(text, size, "%.4g g", x);
        break;
    case ML_AMOUNT_MMOL:
        snprintf(text, size, "%.4g mmol", x);
        break;
    case ML_AMOUNT_MEQ:
        snprintf(text, size, "%.4g mEq", x);
        break;
    case ML_AMOUNT_SERVING:
        snprintf(text, size, "%.4g serving%s", x, x == 1 ? "" : "s");
        break;
    }
    return text;
}

static milieu_code intake_of(const MlDoseContext *c, const MlEvent *e, double minutes, MlIntake *x,
                             char *amount, MlNotes *notes, milieu_error *err) {
    const MlField f = amount_field(e);
    MlAmountUnit unit;
    if (!amount_unit(e->value[f].dimension, &unit))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what,
                       "an amount in these units cannot be converted for this product");
    const double a = resolved(c, e, f, minutes);
    unit_word(unit, a, amount, 40);
    const int elemental = ml_event_has(e, ML_FIELD_ELEMENTAL) && e->value[ML_FIELD_ELEMENTAL].v > 0;
    if (e->has_composition) {
        const MlClosing closing = e->kind == ML_EVENT_EAT ? ML_CLOSE_AS_FOOD : ML_CLOSE_AS_FLUID;
        const double size = e->basis == ML_IN_ALL ? 1.0 : unit == ML_AMOUNT_GRAM ? 1e-3 * a : a;
        ml_composition_intake(&e->composition, size, e->basis != ML_PER_KILOGRAM, closing,
                              "the composition given", x, notes);
        return MILIEU_OK;
    }
    const MlProduct *p = ml_products_find(c->products, e->what);
    if (!p) return ml_fail(err, MILIEU_BAD_INPUT, e->what, "there is no product of this name");
    return ml_product_intake(p, a, unit, elemental, x, notes, err);
}

/* ---- drugs ---- */

static double micrograms(const MlDrug *d, const MlValue *v, double x) {
    switch (v->dimension) {
    case ML_DIM_MASS:
    case ML_DIM_MASS_RATE:
        return 1e6 * x;
    case ML_DIM_IU:
    case ML_DIM_IU_RATE:
        return x * d->ug_per_unit;
    case ML_DIM_AMOUNT:
    case ML_DIM_AMOUNT_RATE:
        return x * d->molar_mass * 1e3;
    default:
        return NAN;
    }
}

static MlDrugRoute route_of(const MlEvent *e) {
    if (ml_event_has(e, ML_FIELD_ROUTE)) {
        const MlChoiceRow *row = ml_choice_row((int)e->value[ML_FIELD_ROUTE].v);
        return (MlDrugRoute)ml_drug_route_find(row->name);
    }
    return e->kind == ML_EVENT_INFUSE || e->kind == ML_EVENT_INJECT ? ML_ROUTE_IV : ML_ROUTE_ORAL;
}

/* A drug that is itself a solute of the body. */
static void give_osmole(const MlDrug *d, double ug, int vein, double minutes, MlChanges *changes) {
    const double mmol = 1e-3 * ug / d->molar_mass;
    const int urea = !strcmp(d->name, "urea");
    const int input = vein ? (urea ? ML_U_infuse_urea : ML_U_infuse_mannitol)
                           : (urea ? ML_U_ingest_urea : ML_U_ingest_mannitol);
    ml_change_add(changes, input, ML_OP_ADD, mmol / minutes);
}

static milieu_code give_drug(const MlDoseContext *c, const MlEvent *e, const MlDrug *d, double minutes,
                             MlChanges *changes, char text[200], milieu_error *err) {
    const MlField f = amount_field(e);
    const double ug = micrograms(d, &e->value[f], resolved(c, e, f, minutes));
    if (!isfinite(ug))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what, "the dose of this drug is not given in these units");
    const MlDrugRoute route = route_of(e);
    const double share = d->bioavailability[route];
    if (isnan(share))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what, "%s is not given %s; give the route it has", d->title,
                       ml_drug_route_name(route));
    if (ug >= 1e3)
        snprintf(text, 200, "was given %.4g mg of %s (%s)", 1e-3 * ug, d->name, ml_drug_route_name(route));
    else
        snprintf(text, 200, "was given %.4g ug of %s (%s)", ug, d->name, ml_drug_route_name(route));
    const int vein = route == ML_ROUTE_IV;
    const double per_min = share * ug / minutes, slow = 0.6931471805599453 / d->absorption[route];
    if (d->effect == ML_EFFECT_OSMOLE) {
        give_osmole(d, ug, vein, minutes, changes);
    } else if (!strcmp(d->name, "vasopressin")) {
        ml_change_add(changes, ML_U_vasopressin_dose, ML_OP_ADD, 1e6 * per_min);
    } else if (!strcmp(d->name, "desmopressin")) {
        ml_change_add(changes, vein ? ML_U_desmopressin_iv : ML_U_desmopressin_slow, ML_OP_ADD, per_min);
        if (!vein) c->param[ML_P_desmopressin_absorption] = slow;
    } else if (!strcmp(d->name, "furosemide")) {
        ml_change_add(changes, vein ? ML_U_furosemide_iv : ML_U_furosemide_oral, ML_OP_ADD, 1e-3 * per_min);
        if (!vein) c->param[ML_P_furosemide_absorption] = slow;
    } else if (!strcmp(d->name, "hydrochlorothiazide")) {
        ml_change_add(changes, ML_U_hydrochlorothiazide_oral, ML_OP_ADD, 1e-3 * per_min);
        if (!vein) c->param[ML_P_thiazide_absorption] = slow;
    } else {
        return ml_fail(err, MILIEU_NOT_AVAILABLE, e->what,
                       "the effect of this drug is not computed by this version");
    }
    return MILIEU_OK;
}

void ml_drug_parameters(const MlDrugs *drugs, double body_mass, double *param) {
    const double ln2 = 0.6931471805599453;
    const MlDrug *f = ml_drugs_find(drugs, "furosemide");
    param[ML_P_furosemide_renal] = f->renal_share * ln2 / f->half_life;
    param[ML_P_furosemide_other] = (1.0 - f->renal_share) * ln2 / f->half_life;
    param[ML_P_furosemide_half_rate] = 1e-3 * f->er50;
    param[ML_P_furosemide_steepness] = f->hill;
    const MlDrug *t = ml_drugs_find(drugs, "hydrochlorothiazide");
    param[ML_P_thiazide_elimination] = ln2 / t->half_life;
    param[ML_P_thiazide_half_amount] = 1e-3 * t->ec50 * t->volume * body_mass;
    const MlDrug *d = ml_drugs_find(drugs, "desmopressin");
    param[ML_P_desmopressin_elimination] = ln2 / d->half_life;
    param[ML_P_desmopressin_volume] = d->volume * body_mass;
}

/* ---- by mouth, into a vein ---- */

static milieu_code take_in(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                           char text[200], MlNotes *notes, milieu_error *err) {
    const MlDrug *drug = e->has_composition ? NULL : ml_drugs_find(c->drugs, e->what);
    const int is_product = !e->has_composition && ml_products_find(c->products, e->what) != NULL;
    if (drug && (e->kind == ML_EVENT_DRUG || !is_product))
        return give_drug(c, e, drug, minutes, changes, text, err);
    MlIntake x;
    char amount[40];
    ML_TRY(intake_of(c, e, minutes, &x, amount, notes, err));
    const int vein = e->kind == ML_EVENT_INFUSE || e->kind == ML_EVENT_INJECT ||
                     e->kind == ML_EVENT_TRANSFUSE ||
                     (e->kind == ML_EVENT_DRUG && route_of(e) == ML_ROUTE_IV);
    ml_intake_changes(&x, vein, minutes, changes);
    const char *verb = e->kind == ML_EVENT_DRINK ? "drank"
                       : e->kind == ML_EVENT_EAT ? "ate"
                       : vein                    ? "was given by vein"
                                                 : "took";
    snprintf(text, 200, "%s %s of %s", verb, amount, e->has_composition ? "a mixture" : e->what);
    return MILIEU_OK;
}

/* ---- losses ---- */

typedef struct Loss {
    MlChoice choice;
    double na, k, cl, block, hurry;
    const char *text;
} Loss;
static const Loss losses[] = {
#define LOSS(choice, na, k, cl, block, hurry, text, source) {ML_C_##choice, na, k, cl, block, hurry, text},
#include "run/losses.def"
};

static Loss loss_of(const MlEvent *e, MlChoice otherwise) {
    const MlChoice kind = ml_event_has(e, ML_FIELD_KIND) ? (MlChoice)e->value[ML_FIELD_KIND].v : otherwise;
    Loss loss = losses[0];
    for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++)
        if (losses[i].choice == kind) loss = losses[i];
    if (!e->has_composition) return loss;
    const double *given = e->composition.value;
    if (!isnan(given[ML_NUTRIENT_SODIUM])) loss.na = given[ML_NUTRIENT_SODIUM];
    if (!isnan(given[ML_NUTRIENT_POTASSIUM])) loss.k = given[ML_NUTRIENT_POTASSIUM];
    if (!isnan(given[ML_NUTRIENT_CHLORIDE])) loss.cl = given[ML_NUTRIENT_CHLORIDE];
    return loss;
}

static void lose_from_gut(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                          char text[200]) {
    const int stool = e->kind == ML_EVENT_DIARRHEA;
    const Loss loss = loss_of(e, stool ? ML_C_DIARRHEA_SECRETORY : ML_C_VOMIT_GASTRIC);
    const double volume = resolved(c, e, ML_FIELD_AMOUNT, minutes), rate = volume / minutes;
    const double base = loss.na + loss.k - loss.cl;
    ml_change_add(changes, stool ? ML_U_purge_water : ML_U_vomit_water, ML_OP_ADD, rate);
    ml_change_add(changes, stool ? ML_U_purge_sodium : ML_U_vomit_sodium, ML_OP_ADD, rate * loss.na);
    ml_change_add(changes, stool ? ML_U_purge_potassium : ML_U_vomit_potassium, ML_OP_ADD, rate * loss.k);
    ml_change_add(changes, stool ? ML_U_purge_chloride : ML_U_vomit_chloride, ML_OP_ADD, rate * loss.cl);
    ml_change_add(changes, stool ? ML_U_purge_bicarbonate : ML_U_vomit_bicarbonate, ML_OP_ADD, rate * base);
    if (stool) {
        ml_change_add(changes, ML_U_gut_block, ML_OP_SET, loss.block);
        ml_change_add(changes, ML_U_gut_hurry, ML_OP_SET, loss.hurry);
    } else if (e->kind == ML_EVENT_VOMIT) {
        ml_change_add(changes, ML_U_nausea, ML_OP_SET, 0.5);
    }
    snprintf(text, 200, "lost %.3g L of %s", volume, loss.text);
}

static void sweat_out(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                      char text[200]) {
    const MlField f = ml_event_has(e, ML_FIELD_AMOUNT) ? ML_FIELD_AMOUNT : ML_FIELD_RATE;
    const double volume = resolved(c, e, f, minutes);
    ml_change_add(changes, ML_U_sweat_imposed, ML_OP_SET, 1);
    ml_change_add(changes, ML_U_sweat_imposed_rate, ML_OP_SET, volume / minutes);
    static const struct {
        int nutrient, input;
    } ions[] = {{ML_NUTRIENT_SODIUM, ML_U_sweat_imposed_sodium},
                {ML_NUTRIENT_CHLORIDE, ML_U_sweat_imposed_chloride},
                {ML_NUTRIENT_POTASSIUM, ML_U_sweat_imposed_potassium},
                {ML_NUTRIENT_CALCIUM, ML_U_sweat_imposed_calcium},
                {ML_NUTRIENT_MAGNESIUM, ML_U_sweat_imposed_magnesium}};
    for (size_t i = 0; i < sizeof ions / sizeof ions[0]; i++)
        if (e->has_composition && !isnan(e->composition.value[ions[i].nutrient]))
            ml_change_add(changes, ions[i].input, ML_OP_SET, e->composition.value[ions[i].nutrient]);
    snprintf(text, 200, "sweated %.3g L as measured", volume);
}

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
    if (ml_event_has(e, ML_FIELD_INTENSITY)) return e->value[ML_FIELD_INTENSITY].v * p->param[ML_P_oxygen_max] * c->body_mass / per_met;
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

static void exercise(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    double work;
    const double met = exercise_met(c, e, &work);
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_SET, met);
    ml_change_add(changes, ML_U_mechanical_work, ML_OP_SET, work);
    /* on foot the air comes toward one; a cyclist indoors has a fan at most */
    const double wind = ml_event_has(e, ML_FIELD_SPEED) ? e->value[ML_FIELD_SPEED].v : 0.5;
    surround(e, 20, wind, 0.2, changes);
    snprintf(text, 200, "exercised at %.3g MET in %.3g degC", met, field_or(e, ML_FIELD_TEMPERATURE, 20));
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

static void infect(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    const Infection *f = infection_of(e);
    const MlChoice kind =
        ml_event_has(e, ML_FIELD_KIND) ? (MlChoice)e->value[ML_FIELD_KIND].v : ML_C_INFECTION_GENERAL;
    const double more = kind == ML_C_INFECTION_PNEUMONIA || kind == ML_C_INFECTION_MENINGITIS ? 2.0 : 1.0;
    const double temperature = field_or(e, ML_FIELD_TEMPERATURE, f->temperature);
    ml_change_add(changes, ML_U_fever, ML_OP_SET, temperature - 37.0);
    ml_change_add(changes, ML_U_capillary_leak, ML_OP_SET, f->leak);
    ml_change_add(changes, ML_U_adh_release, ML_OP_SET, c->person->adh_release + more * f->adh);
    ml_change_add(changes, ML_U_catabolism, ML_OP_SET, f->catabolism);
    if (f->gfr != 1.0) ml_change_add(changes, ML_U_gfr_factor, ML_OP_MULTIPLY, f->gfr);
    /* 13 % more metabolism per degree (DuBois 1921) */
    ml_change_add(changes, ML_U_metabolic_rate, ML_OP_MULTIPLY, 1.0 + 0.13 * fmax(temperature - 37.0, 0));
    snprintf(text, 200, "fell ill: %s, %.3g degC",
             kind == ML_C_INFECTION_GENERAL ? "infection" : ml_choice_row(kind)->name, temperature);
}

static void kidney(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[200]) {
    double factor = 1;
    if (ml_event_has(e, ML_FIELD_GFR)) {
        const MlValue *v = &e->value[ML_FIELD_GFR];
        factor = v->dimension == ML_DIM_NUMBER ? v->v : 1e-3 * v->v / c->person->param[ML_P_gfr_rest];
    }
    ml_change_add(changes, ML_U_gfr_factor, ML_OP_SET, factor);
    const int injured =
        ml_event_has(e, ML_FIELD_TUBULE) && (MlChoice)e->value[ML_FIELD_TUBULE].v == ML_C_TUBULE_INJURED;
    ml_change_add(changes, ML_U_tubule_injury, ML_OP_SET, injured);
    snprintf(text, 200, "kidney function went to %.0f %%%s", 100 * factor,
             injured ? ", tubules injured" : "");
}

static void posture(const MlEvent *e, MlChanges *changes, char text[200]) {
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
    snprintf(text, 200, "posture: %s", ml_choice_row(kind)->name);
}

milieu_code ml_dose(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                    char text[200], MlNotes *notes, milieu_error *err) {
    changes->n = 0;
    text[0] = 0;
    switch (e->kind) {
    case ML_EVENT_DRINK:
    case ML_EVENT_EAT:
    case ML_EVENT_TAKE:
    case ML_EVENT_INFUSE:
    case ML_EVENT_INJECT:
    case ML_EVENT_TRANSFUSE:
    case ML_EVENT_DRUG:
        return take_in(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_BLEED: {
        const double volume = resolved(c, e, ML_FIELD_AMOUNT, minutes);
        ml_change_add(changes, ML_U_bleed, ML_OP_ADD, volume / minutes);
        snprintf(text, 200, "lost %.3g L of blood", volume);
        return MILIEU_OK;
    }
    case ML_EVENT_VOMIT:
    case ML_EVENT_GASTRIC_SUCTION:
    case ML_EVENT_DIARRHEA:
        lose_from_gut(c, e, minutes, changes, text);
        return MILIEU_OK;
    case ML_EVENT_SWEAT:
        sweat_out(c, e, minutes, changes, text);
        return MILIEU_OK;
    case ML_EVENT_EXERCISE:
        exercise(c, e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_HEAT:
        surround(e, 40, 0.2, 0.1, changes);
        snprintf(text, 200, "heat: %.3g degC", field_or(e, ML_FIELD_TEMPERATURE, 40));
        return MILIEU_OK;
    case ML_EVENT_INFECTION:
        infect(c, e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_KIDNEY:
        kidney(c, e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_POSTURE:
        posture(e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_DIET:
        snprintf(text, 200, "a new diet");
        return MILIEU_OK;
    case ML_EVENT_FAST:
        snprintf(text, 200, "fasted");
        return MILIEU_OK;
    case ML_EVENT_DRINKING:
        snprintf(text, 200, "drinking: %s", ml_choice_row((int)e->value[ML_FIELD_MODE].v)->name);
        return MILIEU_OK;
    case ML_EVENT_STOP_DRUG:
        snprintf(text, 200, "stopped %s", e->what);
        return MILIEU_OK;
    case ML_EVENT_SET: {
        const int p = ml_param_find(e->parameter);
        if (p < 0) return ml_fail(err, MILIEU_BAD_INPUT, "set", "there is no parameter \"%s\"", e->parameter);
        c->param[p] = e->parameter_value;
        snprintf(text, 200, "%s set to %.4g", e->parameter, e->parameter_value);
        return MILIEU_OK;
    }
    default:
        return ml_fail(err, MILIEU_NOT_AVAILABLE, ml_event_row(e->kind)->name,
                       "this event is not computed by this version");
    }
}
