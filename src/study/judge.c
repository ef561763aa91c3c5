/* SPDX-License-Identifier: Apache-2.0 */
#include "study/judge.h"

#include <math.h>

static double size_of(MlSpreadOf s, double size) { return s.relative ? s.sd * fabs(size) : s.sd; }

/* What was measured, back in the unit of the quantity. */
static double measured_end(const MlObservation *o, double base) {
    if (o->as == ML_AS_RATIO) return o->value * base;
    if (o->as == ML_AS_PERCENT) return (1 + o->value / 100) * base;
    return base + o->value;
}

/* Of a repeat. A share counts from the greater of the two values compared. */
static double usual_change(const MlObservation *o, const MlComparison *c, MlSpreadOf s) {
    const bool of_changes = o->than && !isnan(o->from.from);
    const double base = isnan(c->base) ? c->level : c->base;
    const double end = of_changes || isnan(o->value) ? 0 : measured_end(o, base);
    const double sd = size_of(s, fmax(fabs(c->level), fabs(end)));
    if (o->as == ML_AS_RATIO) return sd / fabs(base);
    if (o->as == ML_AS_PERCENT) return 100 * sd / fabs(base);
    return o->per_day ? sd * 1440 / (o->when.to - o->when.from) : sd;
}

double ml_spread_of(const MlObservation *o, const MlComparison *c, const MlVariations *variations,
                    bool *usual) {
    *usual = false;
    if (!isnan(o->sd)) return o->sd;
    if (o->measured == ML_MEASURED_RANGE) return 0.5 * (o->high - o->low);
    *usual = true;
    const bool time = o->take >= ML_TAKE_TIME_OF_MAX && o->take <= ML_TAKE_TIME_TO_REACH;
    const MlVariation *v = &variations->of[time ? ML_VARIATION_TIME : o->output];
    const double sd = ml_observation_is_change(o)
                          ? usual_change(o, c, v->change)
                          : size_of(v->between, isnan(o->value) ? c->value : o->value);
    return sd > 0 && isfinite(sd) ? sd : NAN;
}

double ml_deviation(const MlObservation *o, double x, double sd) {
    switch (o->measured) {
    case ML_MEASURED_AT_LEAST:
        return x >= o->value ? 0 : (x - o->value) / sd;
    case ML_MEASURED_AT_MOST:
        return x <= o->value ? 0 : (x - o->value) / sd;
    case ML_MEASURED_DIRECTION:
        return NAN;
    case ML_MEASURED_VALUE:
    case ML_MEASURED_RANGE:
        break;
    }
    return (x - o->value) / sd;
}

/* Up and down must exceed the margin, same must stay within it. Without a margin up and down need none, and
 * same has that of a repeat. */
static bool direction_holds(const MlObservation *o, double x, double sd) {
    const double change = o->as == ML_AS_RATIO ? x - 1 : x;
    const double margin = isnan(o->margin) ? 0 : o->margin;
    switch (o->direction) {
    case ML_DIRECTION_UP:
        return change > margin;
    case ML_DIRECTION_DOWN:
        return change < -margin;
    case ML_DIRECTION_SAME:
        break;
    }
    return fabs(change) <= (isnan(o->margin) ? sd : margin);
}

MlVerdict ml_judge(const MlObservation *o, double x, double sd) {
    if (o->measured == ML_MEASURED_DIRECTION) {
        if (o->direction == ML_DIRECTION_SAME && isnan(o->margin) && isnan(sd)) return ML_NOT_RUN;
        return direction_holds(o, x, sd) ? ML_WITHIN_1SD : ML_BEYOND_2SD;
    }
    const double deviation =
        fabs(ml_deviation(o, x, sd)) - 1e-9; /* 1 and 2 themselves, rounded, are within */
    if (isnan(deviation)) return ML_NOT_RUN;
    return deviation <= 1 ? ML_WITHIN_1SD : deviation <= 2 ? ML_WITHIN_2SD : ML_BEYOND_2SD;
}
