/* SPDX-License-Identifier: Apache-2.0 */
/* Drugs: from a dose to the inputs of the body, from the table of drugs to its parameters. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "run/dose_kinds.h"
#include "timeline/tables.h"

/* What the inputs of a drug count: what has half the effect or binds a mmol, or an amount. */
typedef enum Unit { EFFECT, PICOGRAM, PICOMOL, MILLIMOL } Unit;

/* Where a drug goes: inputs without and with delay, parameters of its kinetics; -1: none. The id has _ for -. */
static const struct Path {
    const char *id;
    int fast, slow, absorption, renal, other;
    Unit unit;
} paths[] = {
#define VEIN(id, text) {#id, ML_U_##id##_fast, -1, -1, ML_P_##id##_renal, ML_P_##id##_other, EFFECT},
#define DRUG(id, text)                                                                                       \
    {#id,         ML_U_##id##_fast,       ML_U_##id##_slow, ML_P_##id##_absorption, ML_P_##id##_renal,       \
     ML_P_##id##_other, EFFECT},
#define GUT(id, text) {#id, -1, ML_U_##id##_slow, ML_P_##id##_absorption, -1, ML_P_##id##_other, EFFECT},
#include "body/tables/drugs.def"
    {"insulin", ML_U_insulin_dose, ML_U_insulin_slow, ML_P_insulin_absorption, -1, -1, PICOMOL},
    {"vasopressin", ML_U_vasopressin_dose, -1, -1, -1, -1, PICOGRAM},
    {"mannitol", ML_U_infuse_mannitol, -1, -1, -1, -1, MILLIMOL},
    {"edetate", ML_U_infuse_edetate, -1, -1, -1, -1, MILLIMOL},
    {"urea", ML_U_infuse_urea, ML_U_ingest_urea, -1, -1, -1, MILLIMOL},
};
enum { PATHS = sizeof paths / sizeof *paths };

static int is_called(const char *id, const char *name) {
    while (*id && (*id == *name || (*id == '_' && *name == '-'))) id++, name++;
    return *id == *name;
}

static const struct Path *path_of(const MlDrug *d) {
    for (int i = 0; i < PATHS; i++)
        if (is_called(paths[i].id, d->name)) return &paths[i];
    return NULL;
}

/* Drugs with a tissue that does not act. */
static const struct {
    const char *id;
    int out, back;
} tissues[] = {
#define DRUG(id, text)
#define TISSUE(id, text) {#id, ML_P_##id##_out, ML_P_##id##_back},
#include "body/tables/drugs.def"
};

static double rate_of(double half_time) { return 0.6931471805599453 / half_time; }

/* Elimination from where the drug acts: clearance over that volume. */
static double elimination(const MlDrug *d) {
    return rate_of(d->half_life) * (isnan(d->central_volume) ? 1 : d->volume / d->central_volume);
}
static double renal_rate(const MlDrug *d) { return isnan(d->renal_share) ? 0 : d->renal_share * elimination(d); }

/* The weight of a unit, ug. */
static double unit_weight(const MlDrug *d, Unit unit, double body_mass) {
    switch (unit) {
    case PICOGRAM:
        return 1e-6;
    case PICOMOL:
        return 1e-6 * d->molar_mass;
    case MILLIMOL:
        return 1e3 * d->molar_mass;
    default:
        return !isnan(d->capacity) ? 1e6 / d->capacity
               : !isnan(d->ed50)   ? d->ed50
               : !isnan(d->er50)   ? d->er50 / renal_rate(d)
                                   : d->ec50 * (isnan(d->central_volume) ? d->volume : d->central_volume) * body_mass;
    }
}

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

/* As it was prescribed: in units, or by mass. */
static const char *dose_word(const MlDrug *d, const MlValue *v, double ug, char *text, size_t size) {
    if (v->dimension != ML_DIM_IU && v->dimension != ML_DIM_IU_RATE) return ml_mass_word(ug, text, size);
    const double units = ug / d->ug_per_unit;
    snprintf(text, size, units < 1000 ? "%.4g U" : "%.0f U", units);
    return text;
}

/* What a person or an event has set stays. */
static void state(double *param, int p, double value) {
    if (param[p] == ml_params[p].normal) param[p] = value;
}

/* One depot for each drug: the last route tells how fast it is taken up. */
static void absorb_at(double *param, int p, const MlDrug *d, MlDrugRoute route, MlNotes *notes) {
    for (int r = 0; r < ML_NDRUG_ROUTE; r++) {
        if (!(d->absorption[r] > 0) || param[p] != rate_of(d->absorption[r])) continue;
        if (d->absorption[r] != d->absorption[route])
            ml_notes_add(notes, "%s by another route: what still waits of earlier doses is taken up as fast as this one", d->name);
        param[p] = rate_of(d->absorption[route]);
        return;
    }
    state(param, p, rate_of(d->absorption[route]));
}

/* A dose far from any that is usual may be a slip; it is given all the same. */
static void remark(const MlDrug *d, const MlValue *v, double ug, double minutes, MlNotes *notes) {
    static const double remarkable = 3;
    const int rate = v->dimension == ML_DIM_MASS_RATE || v->dimension == ML_DIM_IU_RATE || v->dimension == ML_DIM_AMOUNT_RATE;
    const double given = rate && minutes > 60 ? ug * 60 / minutes : ug;
    char dose[40];
    if (given > remarkable * d->largest)
        ml_notes_add(notes, "%s: %s%s is %.0f " ML_BEYOND_USUAL " (%s)", d->name, dose_word(d, v, given, dose, sizeof dose), rate && minutes > 60 ? " an hour" : "", given / d->largest, d->usual);
}

milieu_code ml_dose_drug(const MlDoseContext *c, const MlEvent *e, const MlDrug *d, MlField f, double minutes,
                         MlChanges *changes, char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err) {
    const double ug = micrograms(d, &e->value[f], ml_dose_amount(c, e, f, minutes));
    if (!isfinite(ug))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what, "the dose of this drug is not given in these units");
    const MlDrugRoute route = ml_event_route(e);
    const char *by = ml_drug_route_name(route);
    if (isnan(d->bioavailability[route]))
        return ml_fail(err, MILIEU_BAD_INPUT, e->what, "%s: the route '%s' is not known for it; see milieu list drugs", d->name, by);
    const struct Path *path = path_of(d);
    const int slow = d->absorption[route] > 0;
    const int input = !path ? -1 : slow ? path->slow : path->fast;
    if (input < 0)
        return ml_fail(err, MILIEU_NOT_AVAILABLE, e->what,
                       "the effect of this drug is not computed by this version");
    char dose[40];
    snprintf(text, ML_DEED_SIZE, "was given %s of %s (%s)", dose_word(d, &e->value[f], ug, dose, sizeof dose), d->name, by);
    remark(d, &e->value[f], ug, minutes, notes);
    if (slow && path->absorption >= 0) absorb_at(c->param, path->absorption, d, route, notes);
    ml_change_add(changes, input, ML_OP_ADD,
                  d->bioavailability[route] * ug / unit_weight(d, path->unit, c->body_mass) / minutes);
    return MILIEU_OK;
}

void ml_drug_parameters(const MlDrugs *drugs, double *param) {
    for (size_t i = 0; i < ml_drugs_count(drugs); i++) {
        const MlDrug *d = ml_drugs_at(drugs, i);
        const struct Path *path = path_of(d);
        if (!path || path->other < 0) continue;
        state(param, path->other, elimination(d) - renal_rate(d));
        if (path->renal >= 0) state(param, path->renal, renal_rate(d));
    }
    /* two compartments: a and b are the rates of distribution and elimination that plasma shows */
    for (size_t i = 0; i < sizeof tissues / sizeof *tissues; i++) {
        const MlDrug *d = ml_drugs_find(drugs, tissues[i].id);
        const double a = rate_of(d->distribution), b = rate_of(d->half_life);
        const double back = a * b / elimination(d);
        state(param, tissues[i].back, back);
        state(param, tissues[i].out, a + b - elimination(d) - back);
    }
    state(param, ML_P_furosemide_steepness, ml_drugs_find(drugs, "furosemide")->hill);
}
