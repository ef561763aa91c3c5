/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_EXCITE_CHARTS_H
#define ML_REPORT_EXCITE_CHARTS_H

#include "signs/excite.h"

#include <stdio.h>

/* One close look at nerve and muscle, beside others. */
typedef struct MlLook {
    const char *name; /* in the legend */
    int color, dashed;
    const MlExciteCurve *curve;
} MlLook;

/* Every curve of these looks, one drawing for each curve, by group. The last look lies on top. */
void ml_excite_charts(const MlLook *look, int nlook, int ncurve, FILE *out);

#endif
