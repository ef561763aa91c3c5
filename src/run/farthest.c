/* SPDX-License-Identifier: Apache-2.0 */
#include "run/farthest.h"

#include <math.h>

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

void ml_excite_usual(double *out) {
    const MlExcite normal = ml_excite_normal();
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    ml_excite_quick(&normal, out);
}
