/* SPDX-License-Identifier: Apache-2.0 */
#include "run/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const int ml_why_output[ML_NWHY] = {ML_O_plasma_sodium, ML_O_plasma_potassium, ML_O_plasma_bicarbonate, ML_O_plasma_ph};

/* What one cause brought into the fluid outside cells. */
typedef struct Gain {
    const char *name;
    double amount, water;
    double ahead; /* its effect on plasma beyond that, mmol/L */
} Gain;

typedef struct Gains {
    const double *before, *after;
    int substance, n;
    Gain gain[ML_MAX_CAUSE];
} Gains;

static void add(Gains *g, const char *name, double amount, double water) {
    g->gain[g->n++] = (Gain){name, amount, water, 0};
}

static double change(const Gains *g, int state) { return state < 0 ? 0 : g->after[state] - g->before[state]; }
static double change_at(const Gains *g, int place, int substance) { return change(g, ml_pool(place, substance)); }

/* What red cells took along to that place, with blood. */
static double with_red_cells(const Gains *g, int place, int substance) {
    const int cell = ml_pool(ML_AT_redcell, substance), hb = ML_S_redcell_hemoglobin;
    if (cell < 0 || ml_pool(place, ML_hemoglobin) < 0) return 0;
    return change_at(g, place, ML_hemoglobin) * 0.5 * (g->before[cell] / g->before[hb] + g->after[cell] / g->after[hb]);
}

/* Net arrival from a place of the outside world. */
static double arrived(const Gains *g, int place, int substance) {
    return with_red_cells(g, place, substance) - change_at(g, place, substance);
}

static const struct {
    const char *name;
    MlPlace place;
} outlets[] = {{"stool and diarrhea", ML_AT_stool}, {"infusion", ML_AT_iv},           {"urine", ML_AT_urine},
               {"sweat", ML_AT_sweat},              {"vomit and suction", ML_AT_vomit}, {"blood loss", ML_AT_bleed},
               {"breath and dry skin", ML_AT_air}};
static const char absorbed[] = "food and drink absorbed";
enum { NOUTLET = sizeof outlets / sizeof outlets[0] };

int ml_is_route(const char *cause) {
    int found = strcmp(cause, absorbed) == 0;
    for (int i = 0; i < NOUTLET; i++) found |= strcmp(cause, outlets[i].name) == 0;
    return found;
}

/* What came in and went out by mouth, vein, urine and so on. Absorbed: eaten, less what is still in stomach and gut or
 * was passed (purging leaves from plasma). */
static void routes(Gains *g) {
    const int s = g->substance;
    const double held = change_at(g, ML_AT_stomach, s) + change_at(g, ML_AT_gut, s);
    const double held_water = change_at(g, ML_AT_stomach, ML_water) + change_at(g, ML_AT_gut, ML_water);
    add(g, absorbed, -change_at(g, ML_AT_food, s) - held, -change_at(g, ML_AT_food, ML_water) - held_water);
    for (int i = 0; i < NOUTLET; i++)
        add(g, outlets[i].name, arrived(g, outlets[i].place, s), arrived(g, outlets[i].place, ML_water));
}

/* Amount of a substance that left all cells. */
static double out_of_cells(const Gains *g, int substance) {
    static const int cells[] = {ML_AT_muscle, ML_AT_glycogen, ML_AT_other, ML_AT_brain, ML_AT_redcell, ML_AT_active};
    double sum = -with_red_cells(g, ML_AT_bleed, substance) - with_red_cells(g, ML_AT_iv, substance);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) sum -= change_at(g, cells[i], substance);
    return sum;
}

/* ... water set free within them by oxidation aside. */
static double water_of_cells(const Gains *g) {
    return out_of_cells(g, ML_water) - change_at(g, ML_AT_metabolism, ML_water);
}

/* ---- each of them ---- */

static void potassium_of_cells(Gains *g, const MlMoment *before, const MlMoment *after) {
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
    double rest = out_of_cells(g, ML_potassium);
    for (int k = 0; k < ML_NSHIFT; k++) {
        const double moved = after->shift[k] - before->shift[k];
        add(g, names[k], moved, 0);
        if (k == ML_SHIFT_EXERCISE) g->gain[g->n - 1].ahead = after->ahead - before->ahead;
        rest -= moved;
    }
    add(g, "cells, by plasma potassium", rest, 0);
    add(g, "water between cells and fluid outside", 0, water_of_cells(g));
}

/* Each acid costs a bicarbonate when it is made and gives one back when it is burned; a kidney that excretes acid makes
 * one. */
static void acids(Gains *g) {
    const double lactate = change_at(g, ML_AT_metabolism, ML_lactate) + change_at(g, ML_AT_muscle, ML_lactate);
    const double excreted = change_at(g, ML_AT_urine, ML_ammonium) + change_at(g, ML_AT_urine, ML_acid);
    const double ammonium = change_at(g, ML_AT_metabolism, ML_ammonium) + change_at(g, ML_AT_urine, ML_ammonium);
    const double ketones = change_at(g, ML_AT_metabolism, ML_ketone), organic = change_at(g, ML_AT_metabolism, ML_organic);
    const double sulfate = -ml_substances[ML_sulfate].valence * change_at(g, ML_AT_metabolism, ML_sulfate);
    const double buffers = out_of_cells(g, ML_bicarbonate) - change_at(g, ML_AT_muscle, ML_lactate);
    const double all = -change_at(g, ML_AT_metabolism, ML_bicarbonate) + out_of_cells(g, ML_bicarbonate);
    add(g, "lactic acid", lactate, 0);
    add(g, "ketoacids", ketones, 0);
    add(g, "sulfuric acid of protein", sulfate, 0);
    add(g, "organic anions burned, less those made", organic, 0);
    add(g, "ammonium made urea", -ammonium, 0);
    add(g, "acid excreted by the kidney", excreted, 0);
    add(g, "buffers of blood and cells", buffers, 0);
    add(g, "charge of plasma protein", all - lactate - ketones - sulfate - organic + ammonium - excreted - buffers, 0);
    add(g, "bone", -change_at(g, ML_AT_bone, ML_bicarbonate), 0);
    add(g, "water between cells and fluid outside", 0, water_of_cells(g));
}

static int by_size(const void *a, const void *b) {
    const double x = fabs(((const MlCause *)a)->effect), y = fabs(((const MlCause *)b)->effect);
    return (x < y) - (x > y);
}

/* The largest first; the very small ones together. */
static void close(MlExplanation *e, double least) {
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

static void note(MlExplanation *e, const char *name, double effect) { e->cause[e->ncause++] = (MlCause){name, effect}; }

/* Exact: n1/w1 - n0/w0 = [(n1 - n0) - c (w1 - w0)] / w with these two means. What is left is between plasma and
 * interstitium, and protein in the way. */
static void weigh(const Gains *g, double plasma_before, double plasma_after, MlExplanation *e) {
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

void ml_explain(MlWhy why, const MlMoment *before, const MlMoment *after, MlExplanation *e) {
    static const int substance[] = {ML_sodium, ML_potassium, ML_bicarbonate, ML_bicarbonate};
    static const double least_of_hour[] = {5e-3, 1e-3, 5e-3, 2e-4};
    const int of = why == ML_WHY_PH ? ML_WHY_BICARBONATE : why;
    Gains g = {.before = before->state, .after = after->state, .substance = substance[why]};
    routes(&g);
    if (why == ML_WHY_SODIUM)
        add(&g, "water between cells and fluid outside", out_of_cells(&g, ML_sodium), water_of_cells(&g));
    else if (why == ML_WHY_POTASSIUM)
        potassium_of_cells(&g, before, after);
    else
        acids(&g);
    e->from = before->t;
    e->to = after->t;
    weigh(&g, before->plasma[of], after->plasma[of], e);
    if (why == ML_WHY_PH) weigh_ph(before, after, e);
    close(e, least_of_hour[why] * fmin(1, (e->to - e->from) / 60));
}
