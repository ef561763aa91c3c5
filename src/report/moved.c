/* SPDX-License-Identifier: Apache-2.0 */
#include "report/moved.h"

#include "report/cramp_words.h"
#include "report/values.h"

#include <math.h>

enum { FIRST_HEART = ML_NWHY + ML_MOVED_HORMONES, FIRST_NERVE = FIRST_HEART + ML_MOVED_HEART, FIRST_SOLUTE = FIRST_NERVE + ML_MOVED_NERVE };

/* Changes that are told: of the run, of a day or more, of an hour; what is called standing still; what drawings of the
 * value and of effects span at least. First those that are explained, in their order. */
static const struct Worth {
    int output;
    double run, day, hour, still, span, effects;
    int decimals;
} worth[ML_MAX_MOVED] = {
    {ML_O_plasma_sodium, 0, 1, 0.5, 1.5, 4, 1, 1},
    {ML_O_plasma_potassium, 0.6, 0.06, 0.2, 0.4, 0.8, 0.2, 2},
    {ML_O_plasma_bicarbonate, 4, 0.5, 0.4, 2, 4, 1, 1},
    {ML_O_plasma_ph, 0.06, 0.01, 0.02, 0.03, 0.06, 0.02, 3},
    {ML_O_plasma_calcium_total, 0.2, 0.02, 0.04, 0.06, 0.2, 0.05, 2},
    {ML_O_plasma_calcium_ionized, 0.08, 0.01, 0.02, 0.03, 0.1, 0.03, 3},
    {ML_O_plasma_magnesium_total, 0.15, 0.02, 0.03, 0.05, 0.2, 0.05, 2},
    {ML_O_plasma_magnesium_ionized, 0.1, 0.01, 0.02, 0.03, 0.1, 0.03, 3},
    {ML_O_plasma_phosphate, 0.3, 0.03, 0.06, 0.1, 0.4, 0.1, 2},
    {ML_O_plasma_pth, 20, 5, 10, 10, 30, 0, 0},
    {ML_O_plasma_calcidiol, 15, 5, 5, 8, 30, 0, 0},
    {ML_O_plasma_calcitriol, 15, 5, 5, 8, 20, 0, 0},
    {ML_O_qtc_interval, 30, 10, 15, 15, 40, 0, 0},
    {ML_O_qrs_duration, 20, 5, 10, 10, 30, 0, 0},
    {ML_O_sensory_axon_margin, 1.5, 0.5, 0.5, 0.7, 2, 0, 0},
    {ML_O_muscle_force, 0.2, 0.05, 0.05, 0.1, 0.4, 0, 0},
    {ML_O_reflex_gain, 0.3, 0.1, 0.1, 0.15, 0.5, 0, 0},
    {ML_O_cramp_threshold_frequency, 4, 1, 1, 1.5, 8, 0, 0},
    {ML_O_plasma_glucose, 7, 2, 2, 1, 6, 0, 0},
    {ML_O_plasma_lactate, 3, 1, 1, 1, 4, 0, 0},
    {ML_O_plasma_ketones, 2, 0.5, 0.5, 0.5, 3, 0, 0},
    {ML_O_plasma_urea, 8, 2, 1, 2, 10, 0, 0},
};

static const struct Worth *worth_of(int output) {
    for (int i = 0; i < ML_MAX_MOVED; i++)
        if (worth[i].output == output) return &worth[i];
    return &worth[0];
}

int ml_is_worth(int output, double change, double length) {
    return fabs(change) >= (length >= 1440 ? worth_of(output)->day : worth_of(output)->hour);
}

int ml_is_still(int output, double low, double high) { return high - low < worth_of(output)->still; }
int ml_effect_decimals(MlWhy why) { return worth[why].decimals; }
double ml_moved_span(int output) { return worth_of(output)->span; }
double ml_effect_span(MlWhy why) { return worth[why].effects; }

typedef struct Move {
    int output;
    double widths; /* of the normal range, or to the start; negative: not stored or left to its companion */
    int moved;     /* by enough, or out of the normal range */
} Move;

static Move move_of(const MlResult *r, const struct Worth *w) {
    const MlExtremes x = ml_extremes(r, w->output);
    double low = -INFINITY, high = INFINITY;
    const int has = ml_reference(w->output, ML_UNITS_SI, &low, &high, NULL);
    if (x.n == 0) return (Move){w->output, -1, 0};
    const int is_hormone = w - worth >= ML_NWHY && w - worth < ML_NWHY + ML_MOVED_HORMONES, is_solute = w - worth >= FIRST_SOLUTE;
    MlCrampTold risk;
    if (w->output == ML_O_cramp_threshold_frequency && r->lethal && !ml_cramp_risk(r, &risk)) return (Move){w->output, -1, 0};
    const int moved = x.high - x.low >= w->run || (x.low < low && !is_hormone && !is_solute) || (x.high > high && !is_solute) ||
                      (w->output == ML_O_cramp_threshold_frequency && ml_cramp_risk(r, &risk));
    return (Move){w->output, (x.high - x.low) / (has ? high - low : fabs(x.start)), moved};
}

/* The one that moved; of two, the one that moved farther. */
static void leave_the_smaller(Move *a, Move *b) {
    if (a->moved == b->moved ? a->widths < b->widths : b->moved)
        a->widths = -1;
    else
        b->widths = -1;
}

/* The one that moved; of two the total, unless the ionized moved by a quarter more of itself. */
static void leave_one(const MlResult *r, Move *total, Move *ionized) {
    const MlExtremes t = ml_extremes(r, total->output), i = ml_extremes(r, ionized->output);
    const int farther = t.n == 0 || (i.n > 0 && (i.high - i.low) / i.start > 1.25 * (t.high - t.low) / t.start);
    if (total->moved == ionized->moved ? farther : ionized->moved)
        total->widths = -1;
    else
        ionized->widths = -1;
}

/* Adds what is told of these, the farthest first. */
static void rank(const Move *move, int n, MlMoved *moved) {
    const int before = moved->n;
    double widths[ML_MAX_MOVED];
    for (int k = 0; k < n; k++) {
        if (move[k].widths < 0 || !move[k].moved) continue;
        int at = moved->n++;
        for (; at > before && widths[at - 1] < move[k].widths; at--) moved->output[at] = moved->output[at - 1], widths[at] = widths[at - 1];
        moved->output[at] = move[k].output, widths[at] = move[k].widths;
    }
}

MlMoved ml_moved(const MlResult *r) {
    Move move[ML_MAX_MOVED];
    int farthest = 0;
    for (int k = 0; k < ML_MAX_MOVED; k++) move[k] = move_of(r, &worth[k]);
    leave_the_smaller(&move[ML_WHY_BICARBONATE], &move[ML_WHY_PH]);
    leave_one(r, &move[ML_WHY_CALCIUM], &move[ML_WHY_CALCIUM_IONIZED]);
    leave_one(r, &move[ML_WHY_MAGNESIUM], &move[ML_WHY_MAGNESIUM_IONIZED]);
    MlMoved moved = {0};
    rank(move, ML_NWHY, &moved);
    rank(move + FIRST_SOLUTE, ML_MOVED_SOLUTES, &moved);
    rank(move + ML_NWHY, ML_MOVED_HORMONES, &moved);
    rank(move + FIRST_HEART, ML_MOVED_HEART, &moved);
    rank(move + FIRST_NERVE, ML_MOVED_NERVE, &moved);
    if (moved.n > 0) return moved;
    for (int k = 0; k < ML_MAX_MOVED; k++)
        if (move[k].widths > move[farthest].widths) farthest = k;
    move[farthest].moved = 1;
    rank(&move[farthest], 1, &moved);
    return moved;
}

int ml_moved_minerals(const MlMoved *moved) {
    int any = 0;
    for (int k = 0; k < moved->n; k++)
        for (int i = ML_WHY_CALCIUM; i < ML_NWHY + ML_MOVED_HORMONES; i++) any |= moved->output[k] == worth[i].output;
    return any;
}
