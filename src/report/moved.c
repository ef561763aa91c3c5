/* SPDX-License-Identifier: Apache-2.0 */
#include "report/moved.h"

#include "report/values.h"

#include <math.h>

/* Changes that are told: of the run, of a day or more, of an hour; and what is called standing still. */
static const struct {
    double run, day, hour, still;
    int decimals;
} worth[ML_NWHY] = {
    [ML_WHY_SODIUM] = {0, 1, 0.5, 1.5, 1},
    [ML_WHY_POTASSIUM] = {0.6, 0.06, 0.2, 0.4, 2},
    [ML_WHY_BICARBONATE] = {4, 0.5, 0.4, 2, 1},
    [ML_WHY_PH] = {0.06, 0.01, 0.02, 0.03, 3},
};

int ml_is_worth(MlWhy why, double change, double length) {
    return fabs(change) >= (length >= 1440 ? worth[why].day : worth[why].hour);
}

int ml_is_still(MlWhy why, double low, double high) { return high - low < worth[why].still; }

int ml_effect_decimals(MlWhy why) { return worth[why].decimals; }

typedef struct Move {
    MlWhy why;
    double widths; /* of the normal range; negative: not told */
} Move;

static Move move_of(const MlResult *r, MlWhy why) {
    const MlExtremes x = ml_extremes(r, ml_why_output[why]);
    double low = 0, high = 1;
    ml_reference(ml_why_output[why], ML_UNITS_SI, &low, &high, NULL);
    const int no_sodium = !ml_result_series(r, ML_O_plasma_sodium);
    const int told = x.n > 0 && (no_sodium || x.high - x.low >= worth[why].run || x.low < low || x.high > high);
    return (Move){why, told ? (x.high - x.low) / (high - low) : -1};
}

static void leave_the_smaller(Move *a, Move *b) {
    if (a->widths < b->widths)
        a->widths = -1;
    else
        b->widths = -1;
}

MlMoved ml_moved(const MlResult *r) {
    Move move[ML_NWHY];
    for (int k = 0; k < ML_NWHY; k++) move[k] = move_of(r, (MlWhy)k);
    leave_the_smaller(&move[ML_WHY_BICARBONATE], &move[ML_WHY_PH]);
    MlMoved told = {0};
    double widths[ML_NWHY];
    for (int k = 0; k < ML_NWHY; k++) {
        if (move[k].widths < 0) continue;
        int at = told.n++;
        for (; at > 0 && widths[at - 1] < move[k].widths; at--) told.why[at] = told.why[at - 1], widths[at] = widths[at - 1];
        told.why[at] = move[k].why, widths[at] = move[k].widths;
    }
    return told;
}
