/* SPDX-License-Identifier: Apache-2.0 */
#include "run/gains.h"

#include <assert.h>
#include <string.h>

#include "run/explain.h"

void ml_gain_add(MlGains *g, const char *name, double amount, double water) {
    assert(g->n < ML_MAX_CAUSE);
    g->gain[g->n++] = (MlGain){name, amount, water, 0};
}

double ml_gain_change(const MlGains *g, int state) { return state < 0 ? 0 : g->after[state] - g->before[state]; }
double ml_gain_at(const MlGains *g, int place, int substance) { return ml_gain_change(g, ml_pool(place, substance)); }

/* What red cells took along to that place, with blood. */
static double with_red_cells(const MlGains *g, int place, int substance) {
    const int cell = ml_pool(ML_AT_redcell, substance), hb = ML_S_redcell_hemoglobin;
    if (cell < 0 || ml_pool(place, ML_hemoglobin) < 0) return 0;
    return ml_gain_at(g, place, ML_hemoglobin) * 0.5 * (g->before[cell] / g->before[hb] + g->after[cell] / g->after[hb]);
}

/* Net arrival from a place of the outside world; fluid in the peritoneum belongs to dialysis. */
static double arrived(const MlGains *g, int place, int substance) {
    if (place == ML_AT_dialysis) return -ml_gain_at(g, ML_AT_dialysis, substance) - ml_gain_at(g, ML_AT_peritoneum, substance);
    return with_red_cells(g, place, substance) - ml_gain_at(g, place, substance);
}

static const struct {
    const char *name;
    MlPlace place;
} outlets[] = {{"stool and diarrhea", ML_AT_stool}, {"infusion", ML_AT_iv},           {"urine", ML_AT_urine},
               {"sweat", ML_AT_sweat},              {"vomit and suction", ML_AT_vomit}, {"blood loss", ML_AT_bleed},
               {"breath and dry skin", ML_AT_air},  {"dialysis", ML_AT_dialysis}};
const char ml_juices[] = "digestive juices";
static const char absorbed[] = "food and drink absorbed", oxidation[] = "water of oxidation";
enum { NOUTLET = sizeof outlets / sizeof outlets[0] };

int ml_is_route(const char *cause) {
    int found = strcmp(cause, absorbed) == 0 || strcmp(cause, oxidation) == 0 || strcmp(cause, ml_juices) == 0;
    for (int i = 0; i < NOUTLET; i++) found |= strcmp(cause, outlets[i].name) == 0;
    return found;
}

/* What came in and went out by mouth, vein, urine and so on. Absorbed: eaten, less what is still in stomach and gut; what
 * is passed with stool counts as absorbed and as lost. Water of oxidation comes in as well: over weeks it is liters. */
void ml_gain_routes(MlGains *g) {
    const int s = g->substance;
    const double held = ml_gain_at(g, ML_AT_stomach, s) + ml_gain_at(g, ML_AT_gut, s);
    const double held_water = ml_gain_at(g, ML_AT_stomach, ML_water) + ml_gain_at(g, ML_AT_gut, ML_water);
    ml_gain_add(g, absorbed, -ml_gain_at(g, ML_AT_food, s) - held, -ml_gain_at(g, ML_AT_food, ML_water) - held_water);
    for (int i = 0; i < NOUTLET; i++)
        ml_gain_add(g, outlets[i].name, arrived(g, outlets[i].place, s), arrived(g, outlets[i].place, ML_water));
    ml_gain_add(g, oxidation, 0, -ml_gain_at(g, ML_AT_metabolism, ML_water));
}

double ml_gain_out_of_cells(const MlGains *g, int substance) {
    static const int cells[] = {ML_AT_muscle, ML_AT_glycogen, ML_AT_other, ML_AT_brain, ML_AT_redcell, ML_AT_active};
    double sum = -with_red_cells(g, ML_AT_bleed, substance) - with_red_cells(g, ML_AT_iv, substance);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) sum -= ml_gain_at(g, cells[i], substance);
    return sum;
}

double ml_gain_water_of_cells(const MlGains *g) { return ml_gain_out_of_cells(g, ML_water); }
