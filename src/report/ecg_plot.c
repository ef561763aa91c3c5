/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ecg_plot.h"

#include "report/plot.h"

#include <math.h>

void ml_ecg_plot(const MlEcg *ecg, const MlEcg *under, int columns, int ascii, FILE *out) {
    enum { POINTS = 1200, WIDEST = 100 };
    static const double seconds = 3, first_qrs = 0.3;
    double x[POINTS], y[POINTS], other[POINTS];
    for (int i = 0; i < POINTS; i++) {
        x[i] = i * seconds / (POINTS - 1);
        y[i] = ml_ecg_trace(ecg, 1000 * (x[i] - first_qrs));
        other[i] = ml_ecg_trace(under, 1000 * (x[i] - first_qrs));
    }
    const MlPlot beneath = {.n = POINTS, .x = x, .y = other};
    const MlPlot plot = {.n = POINTS,
                         .x = x,
                         .y = y,
                         .under = &beneath,
                         .from = 0,
                         .to = seconds,
                         .x_unit = "s",
                         .low = -0.25,
                         .high = 1.05,
                         .limit = {NAN, NAN},
                         .columns = columns < WIDEST ? columns : WIDEST,
                         .rows = 7,
                         .ascii = ascii};
    ml_plot(&plot, out);
    ml_plot_axis(&plot, out);
}
