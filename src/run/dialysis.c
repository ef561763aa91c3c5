/* SPDX-License-Identifier: Apache-2.0 */
/* Hemodialysis, hemofiltration, peritoneal dialysis: from prescription to inputs. */
#include "person/dialysis.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "run/dose_kinds.h"
#include "timeline/tables.h"

static const double usual_effluent = 0.025 / 60; /* L/min per kg: 20-25 mL/kg/h, KDIGO 2012 */
static const double usual_filter_blood = 0.15, usual_filter_koa = 0.4; /* L/min; small filters of slow treatments: assumed */
static const double fastest_drying = 0.013 / 60; /* L/min per kg: beyond it deaths rise (Flythe, Kidney Int 2011;79:250) */
static const double fill_minutes = 10, drain_minutes = 20;

static double field_of(const MlDoseContext *c, const MlEvent *e, MlField f, double otherwise) {
    if (!ml_event_has(e, f)) return otherwise;
    const MlValue *v = &e->value[f];
    return v->v * (v->per_kg ? c->body_mass : 1);
}

/* L/min of what is told as a volume in all or per time. */
static double rate_of(const MlDoseContext *c, const MlEvent *e, MlField f, double minutes, double otherwise) {
    const double v = field_of(c, e, f, otherwise * minutes);
    return !ml_event_has(e, f) || e->value[f].dimension == ML_DIM_VOLUME ? v / minutes : v;
}

/* ---- the fluid ---- */

/* Of what is not told the usual: salts from there, base only where none is told. */
static MlDialysate fluid_told(const MlComposition *told, const MlDialysate *usual) {
    const double *x = told->value;
#define TOLD(id, otherwise) (isnan(x[ML_NUTRIENT_##id]) ? (otherwise) : x[ML_NUTRIENT_##id])
    const int base = !isnan(x[ML_NUTRIENT_BICARBONATE]) || !isnan(x[ML_NUTRIENT_LACTATE]) || !isnan(x[ML_NUTRIENT_ACETATE]);
    const double not = base ? 0 : 1;
    return (MlDialysate){.sodium = TOLD(SODIUM, usual->sodium),
                         .potassium = TOLD(POTASSIUM, usual->potassium),
                         .calcium = TOLD(CALCIUM, usual->calcium),
                         .magnesium = TOLD(MAGNESIUM, usual->magnesium),
                         .bicarbonate = TOLD(BICARBONATE, not * usual->bicarbonate),
                         .phosphate = TOLD(PHOSPHATE, usual->phosphate),
                         .organic = TOLD(ACETATE, not * usual->organic) + TOLD(GLUCONATE, 0),
                         .lactate = TOLD(LACTATE, not * usual->lactate),
                         .citrate = TOLD(CITRATE, usual->citrate),
                         .urea = TOLD(UREA, usual->urea),
                         .glucose = TOLD(GLUCOSE, usual->glucose)};
#undef TOLD
}

static double chloride_of(const MlDialysate *f) {
    return f->sodium + f->potassium + 2 * (f->calcium + f->magnesium) - f->bicarbonate - f->organic - f->lactate - 1.8 * f->phosphate - 3 * f->citrate;
}

/* The fluid of an event: a product, a composition, or the usual. */
static milieu_code fluid_of(const MlDoseContext *c, const MlEvent *e, const MlDialysate *usual, MlDialysate *fluid, MlNotes *notes, milieu_error *err) {
    const MlComposition unknown = ml_composition_unknown();
    const MlComposition *told = e->has_composition ? &e->composition : &unknown;
    if (!e->has_composition && *e->what) {
        const MlProduct *p = ml_products_find(c->products, e->what);
        if (!p || !p->per_volume) return ml_fail(err, MILIEU_BAD_INPUT, e->what, "there is no fluid of this name");
        static const MlDialysate none = {0};
        *fluid = fluid_told(&p->composition, &none);
        told = &p->composition;
    } else {
        *fluid = fluid_told(told, usual);
    }
    const double chloride = chloride_of(fluid), stated = told->value[ML_NUTRIENT_CHLORIDE];
    if (chloride < 0) return ml_fail(err, MILIEU_BAD_INPUT, "dialysate", "its anions exceed its cations by %.3g mEq/L", -chloride);
    if (fabs(stated - chloride) > 2)
        ml_notes_add(notes, "the dialysis fluid has %.4g mmol/L of chloride, which closes its charge, instead of %.4g", chloride, stated);
    return MILIEU_OK;
}

/* All inputs of dialysis, as they are set while it lasts. */
static void set_all(const double *input, MlChanges *changes) {
    for (int i = ML_U_dialyzing; i <= ML_U_peritoneal_drain; i++)
        if (input[i] != ml_inputs[i].normal) ml_change_add(changes, i, ML_OP_SET, input[i]);
}

static void usual_inputs(double *input) {
    for (int i = 0; i < ML_NINPUT; i++) input[i] = ml_inputs[i].normal;
}

/* ---- the kinds ---- */

/* What a patient has gained beyond dry weight, and will while it is taken off, L; no more than is safe. */
static double gained(const MlDoseContext *c, double minutes, MlNotes *notes) {
    if (!(c->person->dry_water > 0)) return 0;
    const double gain = fmax(c->out[ML_O_body_water] - c->person->dry_water, 0);
    const double taken = fmin(ml_spared_water(c->person, c->out[ML_O_body_water], minutes), fastest_drying * c->body_mass * minutes);
    if (gain > taken)
        ml_notes_add(notes, "dialysis: %.3g L above dry weight; %.3g L is taken off, no more than 13 mL/kg/h and than vessels and ascites spare, unless `ultrafiltration` says so", gain, taken);
    return taken;
}

milieu_code ml_dose_dialysis(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                             MlNotes *notes, milieu_error *err) {
    MlDialyzer d = ml_dialyzer_usual();
    double input[ML_NINPUT];
    const int low = ml_event_has(e, ML_FIELD_MEMBRANE) && (MlChoice)e->value[ML_FIELD_MEMBRANE].v == ML_C_MEMBRANE_LOW_FLUX;
    d.blood = field_of(c, e, ML_FIELD_BLOOD_FLOW, d.blood);
    d.dialysate = field_of(c, e, ML_FIELD_DIALYSATE_FLOW, d.dialysate);
    d.koa = field_of(c, e, ML_FIELD_KOA, ml_dialyzer_koa[low ? ML_LOW_FLUX : ML_HIGH_FLUX]);
    const double own = ml_event_has(e, ML_FIELD_ULTRAFILTRATION) ? 0 : gained(c, minutes, notes);
    d.filtration = rate_of(c, e, ML_FIELD_ULTRAFILTRATION, minutes, own / minutes);
    ML_TRY(fluid_of(c, e, &ml_dialysate_usual, &d.fluid, notes, err));
    if (d.filtration > 0.4 * d.blood)
        return ml_fail(err, MILIEU_BAD_INPUT, "ultrafiltration", "%.3g mL/min from %.3g mL/min of blood: it would clot; take off less, or over more time",
                       1000 * d.filtration, 1000 * d.blood);
    usual_inputs(input);
    ml_dialyzer_inputs(&d, input);
    set_all(input, changes);
    char volume[40];
    snprintf(text, ML_DEED_SIZE, "hemodialysis, blood %.4g and dialysate %.4g mL/min (sodium %.4g, potassium %.3g, calcium %.3g, bicarbonate %.3g mmol/L), %s taken off",
             1000 * d.blood, 1000 * d.dialysate, d.fluid.sodium, d.fluid.potassium, d.fluid.calcium, d.fluid.bicarbonate,
             ml_volume_word(d.filtration * minutes, volume, sizeof volume));
    return MILIEU_OK;
}

/* Bicarbonate fluid with 4 mmol/L of potassium (data/products/iv-fluids.csv). */
static const MlDialysate usual_hemofiltrate = {.sodium = 140, .potassium = 4, .calcium = 1.25, .magnesium = 0.75, .bicarbonate = 32, .lactate = 3, .glucose = 5.5};

milieu_code ml_dose_hemofiltration(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                                   MlNotes *notes, milieu_error *err) {
    MlDialyzer d = {.blood = field_of(c, e, ML_FIELD_BLOOD_FLOW, usual_filter_blood), .koa = field_of(c, e, ML_FIELD_KOA, usual_filter_koa)};
    double input[ML_NINPUT];
    const double net = rate_of(c, e, ML_FIELD_ULTRAFILTRATION, minutes, 0);
    d.dialysate = field_of(c, e, ML_FIELD_DIALYSATE_FLOW, 0);
    const char *told = ml_field_row(ml_event_has(e, ML_FIELD_VOLUME) ? ML_FIELD_VOLUME : ML_FIELD_EFFLUENT)->name;
    const double effluent = ml_event_has(e, ML_FIELD_VOLUME) ? field_of(c, e, ML_FIELD_VOLUME, 0) / minutes + d.dialysate + net
                                                             : field_of(c, e, ML_FIELD_EFFLUENT, usual_effluent * c->body_mass);
    d.filtration = effluent - d.dialysate;
    if (d.filtration < net)
        return ml_fail(err, MILIEU_BAD_INPUT, told, "%.3g mL/min is less than dialysate and ultrafiltration together", 1000 * effluent);
    if (d.filtration > 0.4 * d.blood)
        return ml_fail(err, MILIEU_BAD_INPUT, told, "%.3g mL/min filtered from %.3g mL/min of blood: it would clot; give a larger blood_flow or less %s",
                       1000 * d.filtration, 1000 * d.blood, told);
    const double given = d.filtration - net;
    const int before = ml_event_has(e, ML_FIELD_DILUTION) && (MlChoice)e->value[ML_FIELD_DILUTION].v == ML_C_DILUTION_BEFORE;
    *(before ? &d.before : &d.after) = given;
    d.citrate = field_of(c, e, ML_FIELD_CITRATE, 0) * d.blood;
    ML_TRY(fluid_of(c, e, &usual_hemofiltrate, &d.fluid, notes, err));
    usual_inputs(input);
    ml_dialyzer_inputs(&d, input);
    set_all(input, changes);
    int used = snprintf(text, ML_DEED_SIZE, "hemofiltration, blood %.4g mL/min, effluent %.4g mL/min, fluid with sodium %.4g, potassium %.3g, calcium %.3g, bicarbonate %.3g mmol/L; %.3g mL/h taken off",
                        1000 * d.blood, 1000 * effluent, d.fluid.sodium, d.fluid.potassium, d.fluid.calcium, d.fluid.bicarbonate, 6e4 * net);
    if (d.citrate > 0 && used > 0 && used < ML_DEED_SIZE)
        snprintf(text + used, ML_DEED_SIZE - (size_t)used, "; citrate %.3g mmol/h", 60 * d.citrate);
    return MILIEU_OK;
}

/* ---- the peritoneum ---- */

/* Glucose 1.36 % with lactate (data/products/iv-fluids.csv). */
static const MlDialysate usual_peritoneal = {.sodium = 132, .calcium = 1.25, .magnesium = 0.25, .lactate = 40, .glucose = 75.5};

/* A short exchange is run in and drained faster. */
static double part(double wanted, double length) { return fmin(wanted, length / 4); }

void ml_exchange_phase(const MlEvent *e, MlPhase phase, double *on, double *off) {
    const double length = ml_event_length(e);
    if (phase == ML_PHASE_FILL) *off = *on + part(fill_minutes, length);
    if (phase == ML_PHASE_DRAIN) *on = *off - part(drain_minutes, length);
}

static void drain(const MlDoseContext *c, double minutes, MlChanges *changes, char text[ML_DEED_SIZE]) {
    ml_change_add(changes, ML_U_peritoneal_drain, ML_OP_SET, 5 / minutes); /* all but 1 % of what can drain */
    char volume[40];
    const double v = fmax(c->out[ML_O_peritoneal_volume] - c->person->param[ML_P_peritoneal_residue], 0);
    snprintf(text, ML_DEED_SIZE, "drained %s from the peritoneum", ml_volume_word(v, volume, sizeof volume));
}

milieu_code ml_dose_peritoneal(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                               MlNotes *notes, milieu_error *err) {
    if (c->phase == ML_PHASE_DRAIN) {
        drain(c, minutes, changes, text);
        return MILIEU_OK;
    }
    MlDialysate fluid;
    double input[ML_NINPUT];
    const double volume = field_of(c, e, ML_FIELD_VOLUME, 2);
    ML_TRY(fluid_of(c, e, &usual_peritoneal, &fluid, notes, err));
    if (fluid.citrate > 0) ml_notes_add(notes, "peritoneal dialysis: citrate of the fluid is not computed");
    usual_inputs(input);
    ml_dialysate_inputs(&fluid, input);
    input[ML_U_dialysate_citrate] = 0;
    input[ML_U_peritoneal_fill] = volume / minutes;
    set_all(input, changes);
    char word[40];
    snprintf(text, ML_DEED_SIZE, "ran %s into the peritoneum, for %.3g h (sodium %.4g, calcium %.3g, base %.3g, glucose %.3g mmol/L)",
             ml_volume_word(volume, word, sizeof word), ml_event_length(e) / 60, fluid.sodium, fluid.calcium, fluid.bicarbonate + fluid.lactate + fluid.organic, fluid.glucose);
    return MILIEU_OK;
}
