/* SPDX-License-Identifier: Apache-2.0 */
#include "study/compare.h"

#include <math.h>
#include <string.h>

#include "study/curve.h"

bool ml_output_is_total(int output) {
    const char *name = ml_outputs[output].name;
    const size_t n = strlen(name);
    return (n > 6 && !strcmp(name + n - 6, "_total")) || output == ML_O_urine_volume ||
           output == ML_O_insensible_volume || output == ML_O_sweat_volume || output == ML_O_intake_water;
}

bool ml_observation_is_change(const MlObservation *o) {
    return o->than || !isnan(o->from.from) || (o->take == ML_TAKE_CHANGE && !ml_output_is_total(o->output));
}

static bool is_moment(MlWindow w) { return w.from == w.to; }

/* End minus start, per day where asked. */
static double change_over(const MlObservation *o, const MlResult *r, MlWindow w) {
    const double change = ml_curve_at(r, o->output, w.to) - ml_curve_at(r, o->output, w.from);
    return o->per_day ? change * 1440 / (w.to - w.from) : change;
}

/* What the observation takes from a moment or window of one run. */
static double taken(const MlObservation *o, const MlResult *r, MlWindow w) {
    double when;
    switch (o->take) {
    case ML_TAKE_MEAN:
        return is_moment(w) ? ml_curve_at(r, o->output, w.from) : ml_curve_mean(r, o->output, w);
    case ML_TAKE_MAX:
        return ml_curve_extreme(r, o->output, w, 1, NULL);
    case ML_TAKE_MIN:
        return ml_curve_extreme(r, o->output, w, -1, NULL);
    case ML_TAKE_CHANGE:
        return change_over(o, r, w);
    case ML_TAKE_TIME_OF_MAX:
        ml_curve_extreme(r, o->output, w, 1, &when);
        return when;
    case ML_TAKE_TIME_OF_MIN:
        ml_curve_extreme(r, o->output, w, -1, &when);
        return when;
    case ML_TAKE_TIME_TO_REACH:
        return ml_curve_reach(r, o->output, w, o->level);
    case ML_TAKE_SHARE_ABOVE:
    case ML_TAKE_SHARE_BELOW:
        break; /* of many people, not of one */
    }
    return NAN;
}

/* The value at `from`: of amounts over a window, the amount of that window. */
static double taken_from(const MlObservation *o, const MlResult *r) {
    if (is_moment(o->from)) return ml_curve_at(r, o->output, o->from.from);
    return o->take == ML_TAKE_CHANGE ? change_over(o, r, o->from) : ml_curve_mean(r, o->output, o->from);
}

static double put_together(MlAs as, double x, double base) {
    switch (as) {
    case ML_AS_RATIO:
        return x / base;
    case ML_AS_PERCENT:
        return 100 * (x - base) / base;
    case ML_AS_DIFFERENCE:
        break;
    }
    return x - base;
}

MlComparison ml_compare(const MlObservation *o, const MlResult *run, const MlResult *other) {
    MlComparison c = {.value = taken(o, run, o->when), .base = NAN, .level = NAN};
    const bool since = !isnan(o->from.from);
    if (o->take == ML_TAKE_CHANGE) c.level = ml_curve_at(run, o->output, o->when.from);
    if (since) c.base = c.level = taken_from(o, run);
    if (!o->than) {
        if (since) c.value = put_together(o->as, c.value, c.base);
        return c;
    }
    c.base = taken(o, other, o->than_when);
    if (since) {
        c.value -= c.level;
        c.base -= taken_from(o, other);
    } else {
        c.level = c.base;
    }
    c.value = put_together(o->as, c.value, c.base);
    return c;
}
