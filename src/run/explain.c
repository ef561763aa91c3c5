/* SPDX-License-Identifier: Apache-2.0 */
#include "run/explain.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "run/gains.h"

const int ml_why_output[ML_NWHY] = {
    [ML_WHY_SODIUM] = ML_O_plasma_sodium,
    [ML_WHY_POTASSIUM] = ML_O_plasma_potassium,
    [ML_WHY_BICARBONATE] = ML_O_plasma_bicarbonate,
    [ML_WHY_PH] = ML_O_plasma_ph,
    [ML_WHY_CALCIUM] = ML_O_plasma_calcium_total,
    [ML_WHY_CALCIUM_IONIZED] = ML_O_plasma_calcium_ionized,
    [ML_WHY_MAGNESIUM] = ML_O_plasma_magnesium_total,
    [ML_WHY_MAGNESIUM_IONIZED] = ML_O_plasma_magnesium_ionized,
    [ML_WHY_PHOSPHATE] = ML_O_plasma_phosphate,
};

int ml_why_of(int output) {
    for (int k = 0; k < ML_NWHY; k++)
        if (ml_why_output[k] == output) return k;
    return -1;
}

/* ---- each of them ---- */

static void potassium_of_cells(MlGains *g, const MlMoment *before, const MlMoment *after) {
    static const char *const names[ML_NSHIFT] = {
        [ML_SHIFT_INSULIN] = "cells, by insulin",
        [ML_SHIFT_BETA2] = "cells, by adrenaline and beta-2 drugs",
        [ML_SHIFT_ALDOSTERONE] = "cells, by aldosterone",
        [ML_SHIFT_ACID] = "cells, by acid and base",
        [ML_SHIFT_WATER] = "cells, by shrinking and swelling",
        [ML_SHIFT_EXERCISE] = "cells, by exercise",
        [ML_SHIFT_DIGOXIN] = "cells, by digoxin",
        [ML_SHIFT_CLOCK] = "cells, by time of day",
        [ML_SHIFT_WASTING] = "cells broken down",
    };
    double rest = ml_gain_out_of_cells(g, ML_potassium);
    for (int k = 0; k < ML_NSHIFT; k++) {
        const double moved = after->shift[k] - before->shift[k];
        ml_gain_add(g, names[k], moved, 0);
        if (k == ML_SHIFT_EXERCISE) g->gain[g->n - 1].ahead = after->ahead - before->ahead;
        rest -= moved;
    }
    ml_gain_add(g, "cells, by plasma potassium", rest, 0);
    ml_gain_add(g, "water between cells and fluid outside", 0, ml_gain_water_of_cells(g));
}

/* Net of its breakdown. */
static double plasma_protein_made(const MlGains *g) {
    static const int places[] = {ML_AT_plasma, ML_AT_interstitial, ML_AT_bleed, ML_AT_iv};
    double sum = 0;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) sum += ml_gain_at(g, places[i], ML_protein);
    return sum;
}

/* Each acid costs a bicarbonate when it is made and gives one back when it is burned; a kidney that excretes acid makes
 * one. */
static void acids(MlGains *g) {
    const double lactate = ml_gain_at(g, ML_AT_metabolism, ML_lactate) + ml_gain_at(g, ML_AT_muscle, ML_lactate);
    const double excreted = ml_gain_at(g, ML_AT_urine, ML_ammonium) + ml_gain_at(g, ML_AT_urine, ML_acid);
    const double ammonium = ml_gain_at(g, ML_AT_metabolism, ML_ammonium) + ml_gain_at(g, ML_AT_urine, ML_ammonium);
    const double ketones = ml_gain_at(g, ML_AT_metabolism, ML_ketone), organic = ml_gain_at(g, ML_AT_metabolism, ML_organic) + ml_gain_at(g, ML_AT_metabolism, ML_hippurate);
    const double sulfate = -ml_substances[ML_sulfate].valence * ml_gain_at(g, ML_AT_metabolism, ML_sulfate);
    const double citrate = -ml_substances[ML_citrate].valence * ml_gain_at(g, ML_AT_metabolism, ML_citrate);
    const double buffers = ml_gain_out_of_cells(g, ML_bicarbonate) - ml_gain_at(g, ML_AT_muscle, ML_lactate);
    ml_gain_add(g, "lactic acid", lactate, 0);
    ml_gain_add(g, "ketoacids", ketones, 0);
    ml_gain_add(g, "sulfuric acid of protein", sulfate, 0);
    ml_gain_add(g, "organic anions burned, less those made", organic, 0);
    ml_gain_add(g, "citrate burned, less that made", citrate, 0);
    ml_gain_add(g, "ammonium made urea", -ammonium, 0);
    ml_gain_add(g, "acid excreted by the kidney", excreted, 0);
    ml_gain_add(g, "buffers of blood and cells", buffers, 0);
    ml_gain_add(g, "charge of plasma protein made", ml_substances[ML_protein].valence * plasma_protein_made(g), 0);
    ml_gain_add(g, "bone", -ml_gain_at(g, ML_AT_bone, ML_bicarbonate), 0);
    ml_gain_add(g, "water between cells and fluid outside", 0, ml_gain_water_of_cells(g));
}

static int by_size(const void *a, const void *b) {
    const double x = fabs(((const MlCause *)a)->effect), y = fabs(((const MlCause *)b)->effect);
    return (x < y) - (x > y);
}

/* The largest first; the very small ones together. */
static void conclude(MlExplanation *e, double least) {
    double others = 0;
    int kept = 0;
    for (int k = 0; k < e->ncause; k++) {
        if (fabs(e->cause[k].effect) > least)
            e->cause[kept++] = e->cause[k];
        else
            others += e->cause[k].effect;
    }
    qsort(e->cause, (size_t)kept, sizeof e->cause[0], by_size);
    if (others != 0) e->cause[kept++] = (MlCause){"all others", others};
    e->ncause = kept;
}

static void note(MlExplanation *e, const char *name, double effect) {
    assert(e->ncause < ML_MAX_CAUSE);
    e->cause[e->ncause++] = (MlCause){name, effect};
}

/* Exact: n1/w1 - n0/w0 = [(n1 - n0) - c (w1 - w0)] / w with these two means. What is left is between plasma and
 * interstitium, and protein in the way. */
static void weigh(const MlGains *g, double plasma_before, double plasma_after, MlExplanation *e) {
    const int p = ml_pool(ML_AT_plasma, g->substance), i = ml_pool(ML_AT_interstitial, g->substance);
    const double w0 = g->before[ML_S_plasma_water] + g->before[ML_S_interstitial_water];
    const double w1 = g->after[ML_S_plasma_water] + g->after[ML_S_interstitial_water];
    const double c0 = (g->before[p] + g->before[i]) / w0, c1 = (g->after[p] + g->after[i]) / w1;
    const double c = 0.5 * (c0 + c1), w = 0.5 * (w0 + w1), to_plasma = 0.5 * (plasma_before / c0 + plasma_after / c1);
    e->change = plasma_after - plasma_before;
    e->ncause = 0;
    double sum = 0;
    for (int k = 0; k < g->n; k++) {
        const double effect = to_plasma * (g->gain[k].amount - c * g->gain[k].water) / w + g->gain[k].ahead;
        sum += effect;
        note(e, g->gain[k].name, effect);
    }
    note(e, "plasma not yet mixed with interstitium", e->change - sum);
}

/* pH = pK + log (HCO3 / PCO2): what moved bicarbonate, each in proportion, and the lungs. */
static void weigh_ph(const MlMoment *before, const MlMoment *after, MlExplanation *e) {
    const double b0 = before->plasma[ML_WHY_BICARBONATE], b1 = after->plasma[ML_WHY_BICARBONATE];
    const double logs = log10(b1 / b0), slope = fabs(b1 - b0) > 1e-9 * b0 ? logs / (b1 - b0) : 1 / (b0 * log(10.0));
    for (int k = 0; k < e->ncause; k++) e->cause[k].effect *= slope;
    e->change = after->plasma[ML_WHY_PH] - before->plasma[ML_WHY_PH];
    note(e, "breathing", -log10(after->state[ML_S_pco2] / before->state[ML_S_pco2]));
}

static void explain_by_gains(MlWhy why, const MlMoment *before, const MlMoment *after, MlExplanation *e) {
    static const int substance[] = {ML_sodium, ML_potassium, ML_bicarbonate, ML_bicarbonate};
    const int of = why == ML_WHY_PH ? ML_WHY_BICARBONATE : why;
    MlGains g = {.before = before->state, .after = after->state, .substance = substance[why]};
    ml_gain_routes(&g);
    if (why == ML_WHY_SODIUM)
        ml_gain_add(&g, "water between cells and fluid outside", ml_gain_out_of_cells(&g, ML_sodium), ml_gain_water_of_cells(&g));
    else if (why == ML_WHY_POTASSIUM)
        potassium_of_cells(&g, before, after);
    else
        acids(&g);
    weigh(&g, before->plasma[of], after->plasma[of], e);
    if (why == ML_WHY_PH) weigh_ph(before, after, e);
}

void ml_explain(MlWhy why, const MlContext *context, const MlMoment *before, const MlMoment *after, MlExplanation *e) {
    static const double least_of_hour[ML_NWHY] = {5e-3, 1e-3, 5e-3, 2e-4, 1e-3, 5e-4, 5e-4, 3e-4, 1e-3};
    e->from = before->t;
    e->to = after->t;
    if (why >= ML_WHY_CALCIUM)
        ml_explain_mineral(why, context, before, after, e);
    else
        explain_by_gains(why, before, after, e);
    conclude(e, least_of_hour[why] * fmin(1, (e->to - e->from) / 60));
}
