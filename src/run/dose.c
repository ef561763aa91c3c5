/* SPDX-License-Identifier: Apache-2.0 */
#include "run/dose.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "run/dose_kinds.h"
#include "timeline/tables.h"

void ml_change_add(MlChanges *c, int input, MlOp op, double value) {
    if (op == ML_OP_ADD && value == 0) return;
    assert(c->n < ML_MAX_CHANGES);
    c->change[c->n++] = (MlChange){(short)input, (short)op, value};
}

/* ---- substances ---- */

static const double starch_unit = 0.1621; /* g of starch for a mmol of glucose: as it is split in the gut (flows.def) */

void ml_intake_changes(const MlIntake *x, int vein, double minutes, MlChanges *changes) {
    const double *a = x->amount, k = 1.0 / minutes;
#define N(id) a[ML_NUTRIENT_##id]
#define GIVE(id, value)                                                                                      \
    ml_change_add(changes, vein ? ML_U_infuse_##id : ML_U_ingest_##id, ML_OP_ADD, k *(value))
    const double protein = N(PROTEIN) + (vein ? 0 : N(AMINO_ACIDS) + N(GELATIN));
    /* what a product states of its protein's charge, other than that of plasma protein, goes to chloride */
    const double charge = vein ? x->protein_charge + ml_substances[ML_protein].valence * protein : 0;
    const double glucose = N(GLUCOSE) + N(FRUCTOSE) + 2 * N(SUCROSE);
    GIVE(water, N(WATER));
    GIVE(sodium, N(SODIUM));
    GIVE(potassium, N(POTASSIUM));
    const double solid = vein ? 0 : x->undissolved, base = 2 * solid * (N(CALCIUM) + N(MAGNESIUM));
    GIVE(calcium, (1 - solid) * N(CALCIUM));
    GIVE(magnesium, (1 - solid) * N(MAGNESIUM));
    ml_change_add(changes, ML_U_undissolved_calcium, ML_OP_ADD, k * solid * N(CALCIUM));
    ml_change_add(changes, ML_U_undissolved_magnesium, ML_OP_ADD, k * solid * N(MAGNESIUM));
    GIVE(chloride, N(CHLORIDE) + charge);
    GIVE(bicarbonate, N(BICARBONATE) - x->acid - base);
    GIVE(phosphate, N(PHOSPHATE));
    GIVE(sulfate, N(SULFATE));
    const double anions = (vein ? 0 : 3 * N(CITRATE)) + N(ACETATE) + N(GLUCONATE) + x->organic_anions;
    GIVE(organic, anions + (vein ? 0 : N(LACTATE)));
    if (vein) ml_change_add(changes, ML_U_infuse_lactate, ML_OP_ADD, k * N(LACTATE));
    if (vein) ml_change_add(changes, ML_U_infuse_citrate, ML_OP_ADD, k * N(CITRATE));
    GIVE(ammonium, N(AMMONIUM));
    GIVE(urea, N(UREA));
    GIVE(mannitol, N(MANNITOL));
    GIVE(protein, protein);
    if (vein) {
        GIVE(glucose, glucose + N(MALTODEXTRIN) / starch_unit);
        ml_change_add(changes, ML_U_transfuse_redcells, ML_OP_ADD, k * x->red_cells);
        ml_change_add(changes, ML_U_infuse_gelatin, ML_OP_ADD, k * N(GELATIN));
        ml_change_add(changes, ML_U_infuse_hydroxyethyl_starch, ML_OP_ADD, k * N(HYDROXYETHYL_STARCH));
    } else {
        ml_change_add(changes, ML_U_ingest_glucose, ML_OP_ADD, k * glucose);
        ml_change_add(changes, ML_U_ingest_starch, ML_OP_ADD, k * (N(MALTODEXTRIN) + N(HYDROXYETHYL_STARCH)));
        ml_change_add(changes, ML_U_ingest_fat, ML_OP_ADD, k * N(FAT));
    }
#undef GIVE
#undef N
}

/* The amount asked for, per-kilogram doses and shares of a quantity resolved; rates become totals. */
double ml_dose_amount(const MlDoseContext *c, const MlEvent *e, MlField f, double minutes) {
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

const char *ml_volume_word(double liters, char *text, size_t size) {
    if (liters >= 0.9995)
        snprintf(text, size, "%.4g L", liters);
    else
        snprintf(text, size, "%.3g mL", 1000 * liters);
    return text;
}

const char *ml_mass_word(double ug, char *text, size_t size) {
    if (ug >= 0.99995e6)
        snprintf(text, size, "%.4g g", 1e-6 * ug);
    else if (ug >= 0.99995e3)
        snprintf(text, size, "%.4g mg", 1e-3 * ug);
    else if (ug >= 0.99995 || ug == 0)
        snprintf(text, size, "%.4g ug", ug);
    else
        snprintf(text, size, "%.4g ng", 1e3 * ug);
    return text;
}

/* Four figures, but no power of ten. */
static const char *amount_word(double x, const char *unit, char *text, size_t size) {
    snprintf(text, size, fabs(x) < 9999.5 ? "%.4g %s" : "%.0f %s", x, unit);
    return text;
}

static const char *unit_word(MlAmountUnit unit, double x, char *text, size_t size) {
    switch (unit) {
    case ML_AMOUNT_LITER:
        return ml_volume_word(x, text, size);
    case ML_AMOUNT_GRAM:
        return ml_mass_word(1e6 * x, text, size);
    case ML_AMOUNT_MMOL:
        return amount_word(x, "mmol", text, size);
    case ML_AMOUNT_MEQ:
        return amount_word(x, "mEq", text, size);
    case ML_AMOUNT_SERVING:
        snprintf(text, size, "%.4g serving%s", x, x == 1 ? "" : "s");
        break;
    }
    return text;
}

static int is_elemental(const MlEvent *e) { return ml_event_has(e, ML_FIELD_ELEMENTAL) && e->value[ML_FIELD_ELEMENTAL].v > 0; }

static milieu_code intake_of(const MlDoseContext *c, const MlEvent *e, double minutes, MlIntake *x,
                             char *amount, MlNotes *notes, milieu_error *err) {
    const MlClosing closing = e->kind == ML_EVENT_EAT ? ML_CLOSE_AS_FOOD : ML_CLOSE_AS_FLUID;
    if (e->has_composition && e->basis == ML_IN_ALL) {
        amount[0] = 0;
        ml_composition_intake(&e->composition, 1.0, 0, closing, "the composition given", x, notes);
        return MILIEU_OK;
    }
    const MlField f = amount_field(e);
    MlAmountUnit unit;
    if (!ml_amount_unit(e->value[f].dimension, &unit))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what,
                       "an amount in these units cannot be converted for this product");
    const double a = ml_dose_amount(c, e, f, minutes);
    unit_word(unit, a, amount, 40);
    if (e->has_composition) {
        const double size = unit == ML_AMOUNT_GRAM ? 1e-3 * a : a;
        ml_composition_intake(&e->composition, size, e->basis != ML_PER_KILOGRAM, closing,
                              "the composition given", x, notes);
        return MILIEU_OK;
    }
    const MlProduct *p = ml_products_find(c->products, e->what);
    if (!p) return ml_fail(err, MILIEU_BAD_INPUT, e->what, "there is no product of this name");
    return ml_product_intake(p, a, unit, is_elemental(e), x, notes, err);
}

/* ---- by mouth, into a vein ---- */

/* What an amount of a product counts, where its name does not begin with it: "1 g of calcium as calcium-citrate", the
 * element; "20 mmol of phosphate as sodium-phosphate". */
static const char *counted_in(const MlDoseContext *c, const MlEvent *e) {
    const MlProduct *p = e->has_composition ? NULL : ml_products_find(c->products, e->what);
    MlAmountUnit unit;
    if (!p || p->counts < 0 || !ml_amount_unit(e->value[amount_field(e)].dimension, &unit)) return NULL;
    const char *name = ml_nutrient(p->counts)->name;
    const int of_substance = unit == ML_AMOUNT_MMOL || unit == ML_AMOUNT_MEQ;
    const int told = unit == ML_AMOUNT_GRAM ? is_elemental(e) : of_substance && strncmp(e->what, name, strlen(name)) != 0;
    return told ? name : NULL;
}

/* "a mixture of sodium, glucose and water": what of it there is most; "a mixture with sodium" where a volume or
 * mass of it holds more than is told. */
static void name_contents(const MlComposition *c, int measured, char *text, size_t size) {
    int n = 0, k = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++) n += i != ML_NUTRIENT_ENERGY && c->value[i] > 0;
    int used = snprintf(text, size, n > 1 ? "a mixture of " : measured ? "a mixture with " : "");
    for (int i = 0; i < ML_NNUTRIENT && used >= 0 && (size_t)used < size; i++) {
        if (!(c->value[i] > 0) || i == ML_NUTRIENT_ENERGY) continue;
        const char *before = k == 0 ? "" : k == n - 1 || k == 4 ? " and " : ", ";
        const int last = k == 4 && n > 5;
        used += snprintf(text + used, size - (size_t)used, "%s%s", before, last ? "others" : ml_nutrient(i)->name);
        if (last) break;
        k++;
    }
}

static milieu_code take_in(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                           char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err) {
    const MlDrug *drug = e->has_composition ? NULL : ml_drugs_find(c->drugs, e->what);
    const int is_product = !e->has_composition && ml_products_find(c->products, e->what) != NULL;
    if (drug && (e->kind == ML_EVENT_DRUG || !is_product))
        return ml_dose_drug(c, e, drug, amount_field(e), minutes, changes, text, notes, err);
    MlIntake x;
    char amount[40];
    ML_TRY(intake_of(c, e, minutes, &x, amount, notes, err));
    const int vein = e->kind == ML_EVENT_INFUSE || e->kind == ML_EVENT_INJECT ||
                     e->kind == ML_EVENT_TRANSFUSE ||
                     (e->kind == ML_EVENT_DRUG && ml_event_route(e) == ML_ROUTE_IV);
    if (vein && x.amount[ML_NUTRIENT_AMINO_ACIDS] + x.amount[ML_NUTRIENT_FAT] + x.amount[ML_NUTRIENT_ALCOHOL] > 0)
        ml_notes_add(notes, "%s: amino acids, fat and alcohol by vein are not computed", e->has_composition ? "the composition given" : e->what);
    ml_intake_changes(&x, vein, minutes, changes);
    const char *verb = e->kind == ML_EVENT_DRINK ? "drank"
                       : e->kind == ML_EVENT_EAT ? "ate"
                       : vein                    ? "was given"
                                                 : "took";
    char contents[120];
    const char *counted = counted_in(c, e);
    if (e->has_composition) name_contents(&e->composition, *amount, contents, sizeof contents);
    const int used = snprintf(text, ML_DEED_SIZE, "%s %s%s%s%s%s%s", verb, amount, *amount ? " of " : "", counted ? counted : "",
                              counted ? " as " : "", e->has_composition ? contents : e->what, vein ? " by vein" : "");
    const MlValue *v = &e->value[amount_field(e)];
    if (v->of_output >= 0 && !(c->out[v->of_output] > 0))
        ml_notes_add(notes, "%s is not above 0 here: nothing was given", ml_outputs[v->of_output].name);
    if (used > 0 && used < ML_DEED_SIZE && v->of_output >= 0)
        snprintf(text + used, ML_DEED_SIZE - (size_t)used, " (%.4g %% of %s)", 100 * v->v / (v->dimension == ML_DIM_MASS ? 1000 : 1),
                 ml_outputs[v->of_output].name);
    return MILIEU_OK;
}

/* ---- what is eaten and drunk from then on ---- */

static void name_diet(const MlDoseContext *c, const MlEvent *e, char text[ML_DEED_SIZE]) {
    int used = snprintf(text, ML_DEED_SIZE, *e->diet.menu ? "new diet, menu %s:" : "new diet:", e->diet.menu);
    for (int i = 0, n = 0; i < ML_NDIET && used < ML_DEED_SIZE; i++) {
        const MlDietRow *row = ml_diet_row(i);
        const double v = ml_diet_value(&e->diet, i, c->body_mass);
        if (isnan(v)) continue;
        used += snprintf(text + used, ML_DEED_SIZE - (size_t)used, "%s %s %.4g %s", n++ ? "," : "", row->name,
                         v, row->unit);
    }
}

static void name_drinking(MlChoice mode, char text[ML_DEED_SIZE]) {
    snprintf(text, ML_DEED_SIZE, "drank %s",
             mode == ML_C_DRINKING_HABITUAL    ? "by habit"
             : mode == ML_C_DRINKING_TO_THIRST ? "to thirst"
                                               : "only what was given");
}

/* Without an end the amount told is that of an hour. */
static milieu_code take_in_for(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                               char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err) {
    if (isfinite(minutes)) return take_in(c, e, minutes, changes, text, notes, err);
    ML_TRY(take_in(c, e, 60, changes, text, notes, err));
    const size_t used = strlen(text);
    snprintf(text + used, ML_DEED_SIZE - used, " an hour, from then on");
    return MILIEU_OK;
}

static void bleed(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE]) {
    const double volume = ml_dose_amount(c, e, ML_FIELD_AMOUNT, minutes);
    ml_change_add(changes, ML_U_bleed, ML_OP_ADD, volume / minutes);
    char amount[40];
    snprintf(text, ML_DEED_SIZE, "lost %s of blood", ml_volume_word(volume, amount, sizeof amount));
}

/* Plasma out, as much of another fluid in, with the citrate that keeps the blood from clotting. */
static milieu_code exchange_plasma(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                                   MlNotes *notes, milieu_error *err) {
    MlEvent fluid = *e;
    const MlValue *volume = &e->value[ML_FIELD_VOLUME];
    const double liters = volume->v * (volume->per_kg ? c->body_mass : 1);
    fluid.kind = ML_EVENT_TRANSFUSE;
    fluid.value[ML_FIELD_AMOUNT] = *volume;
    fluid.given = (uint64_t)1 << ML_FIELD_AMOUNT;
    if (!ml_event_has(e, ML_FIELD_FLUID)) snprintf(fluid.what, sizeof fluid.what, "albumin-5%%");
    MlIntake x;
    char amount[40];
    ML_TRY(intake_of(c, &fluid, minutes, &x, amount, notes, err));
    ml_intake_changes(&x, 1, minutes, changes);
    ml_change_add(changes, ML_U_plasma_removed, ML_OP_ADD, liters / minutes);
    int used = snprintf(text, ML_DEED_SIZE, "exchanged %s of plasma for %s", amount, fluid.has_composition ? "the fluid given" : fluid.what);
    if (!ml_event_has(e, ML_FIELD_CITRATE)) return MILIEU_OK;
    const MlValue *citrate = &e->value[ML_FIELD_CITRATE];
    const double rate = citrate->v * (citrate->per_kg ? c->body_mass : 1) / (citrate->dimension == ML_DIM_AMOUNT ? minutes : 1);
    ml_change_add(changes, ML_U_infuse_citrate, ML_OP_ADD, rate);
    ml_change_add(changes, ML_U_infuse_sodium, ML_OP_ADD, 3 * rate);
    if (used > 0 && used < ML_DEED_SIZE) snprintf(text + used, ML_DEED_SIZE - (size_t)used, ", with %.4g mmol of citrate", rate * minutes);
    return MILIEU_OK;
}

static milieu_code set_parameter(const MlDoseContext *c, const MlEvent *e, char text[ML_DEED_SIZE], milieu_error *err) {
    const int p = ml_param_find(e->parameter);
    if (p < 0) return ml_fail(err, MILIEU_BAD_INPUT, "set", "there is no parameter \"%s\"", e->parameter);
    c->param[p] = e->parameter_value;
    const char *unit = strcmp(ml_params[p].unit, "1") ? ml_params[p].unit : "";
    snprintf(text, ML_DEED_SIZE, "%s set to %.4g%s%s", e->parameter, e->parameter_value, *unit ? " " : "", unit);
    return MILIEU_OK;
}

/* What is told per kilogram of body mass: how much it is for this body, and whether the event takes that. */
static milieu_code check_per_kg(const MlDoseContext *c, const MlEvent *e, milieu_error *err) {
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlValue *v = &e->value[f];
        if (!ml_event_has(e, (MlField)f) || !v->per_kg) continue;
        const MlFieldUnit *row = ml_field_unit_of((MlField)f, v->dimension);
        double low = row->low, high = row->high;
        ml_event_range(e->kind, (MlField)f, &low, &high);
        const double all = v->v * c->body_mass;
        char told[ML_BEYOND_SIZE];
        if (!(all >= low && all <= high))
            return ml_fail(err, MILIEU_BAD_INPUT, ml_field_row(f)->name, "%.4g %s/kg is %s %s for %.4g kg, outside the allowed range, %.4g to %.4g %s",
                           v->v, row->unit, ml_text_beyond(all, low, high, told), row->unit, c->body_mass, low, high, row->unit);
    }
    return MILIEU_OK;
}

milieu_code ml_dose(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                    char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err) {
    changes->n = 0;
    text[0] = 0;
    ML_TRY(check_per_kg(c, e, err));
    switch (e->kind) {
    case ML_EVENT_DRINK:
    case ML_EVENT_EAT:
    case ML_EVENT_TAKE:
    case ML_EVENT_INFUSE:
    case ML_EVENT_INJECT:
    case ML_EVENT_TRANSFUSE:
    case ML_EVENT_DRUG:
        return take_in_for(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_BLEED:
        bleed(c, e, minutes, changes, text);
        return MILIEU_OK;
    case ML_EVENT_VOMIT:
    case ML_EVENT_GASTRIC_SUCTION:
    case ML_EVENT_DIARRHEA:
        ml_dose_gut_loss(c, e, minutes, changes, text, notes);
        return MILIEU_OK;
    case ML_EVENT_SWEAT:
        ml_dose_sweat(c, e, minutes, changes, text);
        return MILIEU_OK;
    case ML_EVENT_EXERCISE:
        ml_dose_exercise(c, e, changes, text, notes);
        return MILIEU_OK;
    case ML_EVENT_HEAT:
        ml_dose_heat(e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_INFECTION:
        ml_dose_infection(c, e, changes, text, notes);
        return MILIEU_OK;
    case ML_EVENT_KIDNEY:
        ml_dose_kidney(c, e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_INJURY:
        ml_dose_injury(c, e, minutes, changes, text);
        return MILIEU_OK;
    case ML_EVENT_POSTURE:
        ml_dose_posture(e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_BREATHE:
        ml_dose_breathing(c, e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_REMOVE:
        ml_dose_removal(e, changes, text);
        return MILIEU_OK;
    case ML_EVENT_DIET:
        name_diet(c, e, text);
        return MILIEU_OK;
    case ML_EVENT_FAST:
        snprintf(text, ML_DEED_SIZE, "fasted");
        return MILIEU_OK;
    case ML_EVENT_DRINKING:
        name_drinking((MlChoice)e->value[ML_FIELD_MODE].v, text);
        return MILIEU_OK;
    case ML_EVENT_STOP_DRUG:
        snprintf(text, ML_DEED_SIZE, "stopped %s", e->what);
        return MILIEU_OK;
    case ML_EVENT_PLASMA_EXCHANGE:
        return exchange_plasma(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_DIALYSIS:
        return ml_dose_dialysis(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_HEMOFILTRATION:
        return ml_dose_hemofiltration(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_PERITONEAL_DIALYSIS:
        return ml_dose_peritoneal(c, e, minutes, changes, text, notes, err);
    case ML_EVENT_SET:
        return set_parameter(c, e, text, err);
    default:
        return ml_fail(err, MILIEU_BAD_INPUT, "event", "there is no event of kind %d", (int)e->kind);
    }
}

/* A tablet that lets go slowly brings what it holds over that time, however fast it is swallowed. */
double ml_dose_lasts(const MlProducts *products, const MlEvent *e) {
    const double length = fmax(ml_event_length(e), ML_SHORTEST);
    const int by_mouth = e->kind == ML_EVENT_TAKE || e->kind == ML_EVENT_EAT || e->kind == ML_EVENT_DRINK;
    const MlProduct *p = by_mouth && *e->what ? ml_products_find(products, e->what) : NULL;
    return p && p->release > length ? p->release : length;
}

milieu_code ml_dose_foresee(const MlPerson *person, const MlProducts *products, const MlDrugs *drugs, const MlEvent *e, milieu_error *err) {
    const MlPhase phase = e->kind == ML_EVENT_PERITONEAL_DIALYSIS ? ML_PHASE_FILL : ML_PHASE_WHOLE;
    MlPerson tried = *person; /* whose parameters a `set` changes */
    double unknown[ML_NOUTPUT], on = 0, off = ml_dose_lasts(products, e);
    for (int i = 0; i < ML_NOUTPUT; i++) unknown[i] = NAN;
    ml_exchange_phase(e, phase, &on, &off);
    const MlDoseContext c = {&tried, person->mass, products, drugs, unknown, tried.param, phase};
    MlChanges changes;
    MlNotes notes = {0};
    char text[ML_DEED_SIZE];
    return ml_dose(&c, e, off - on, &changes, text, &notes, err);
}
