/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_ECG_PLOT_H
#define ML_REPORT_ECG_PLOT_H

#include "report/ecg.h"

#include <stdio.h>

/* An electrocardiogram on a terminal, 3 s, dotted another one; their first QRS complexes lie over each other. columns: at most. */
void ml_ecg_plot(const MlEcg *ecg, const MlEcg *under, int columns, int ascii, FILE *out);

#endif
