/* SPDX-License-Identifier: Apache-2.0 */
#include "run/farthest.h"

#include <math.h>
#include <stddef.h>

const double ml_excite_notable = 0.5;

double ml_excite_distance(const double *normal, const double *out) {
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    double most = 0;
    for (int i = 0; i < n; i++) {
        const double from = normal[limit[i].output], to = limit[i].limit[0];
        if (limit[i].measure != ML_MEASURE_VALUE || limit[i].cause || !(limit[i].side * (to - from) > 0))
            continue;
        most = fmax(most, (out[limit[i].output] - from) / (to - from)); /* NaN is passed over */
    }
    return most;
}

double ml_heart_distance(const double *normal, const double *out) {
    static const struct {
        int output;
        double low, high; /* clear changes, down and up; 0: none */
    } clear[] = {{ML_O_pr_interval, 50, 50}, {ML_O_qrs_duration, 30, 30}, {ML_O_qtc_interval, 80, 60}, {ML_O_t_wave_amplitude, 0.6, 0.6}, {ML_O_heart_rate, 25, 0}};
    static const double blocked = 100;
    double most = 0;
    if (isnan(out[ML_O_qrs_duration]) && !isnan(normal[ML_O_qrs_duration])) return blocked;
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        const double moved = out[clear[i].output] - normal[clear[i].output], far = moved < 0 ? clear[i].low : clear[i].high;
        if (far > 0) most = fmax(most, fabs(moved) / far); /* NaN is passed over */
    }
    return most;
}

void ml_excite_usual(double *out) {
    const MlExcite normal = ml_excite_normal();
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    ml_excite_quick(&normal, out);
}
