/* SPDX-License-Identifier: Apache-2.0 */
/* Calcium, magnesium, phosphate and their hormones of measured values.
 *
 * Plasma and interstitium are moved alike, chloride closes the charge; bone and cells follow as days of the disorder would
 * have them (labs_acid.c). Parathyroid hormone that is measured tells how much tissue there is; calcitriol and
 * 25-hydroxyvitamin D are taken as they are. */
#include <math.h>

#include "run/labs_inside.h"

static void scale_mineral(double *y, int mineral, double factor) {
    static const int places[] = {ML_AT_plasma, ML_AT_interstitial};
    for (int i = 0; i < 2; i++) {
        double *x = &y[ml_pool(places[i], mineral)];
        y[ml_pool(places[i], ML_chloride)] += ml_substances[mineral].valence * (factor - 1) * *x;
        *x *= factor;
    }
}

bool ml_labs_move_minerals(const MlLabs *l, double *y, int output) {
    const double aim = l->aim[output], now = ml_lab_output(l, y, output), factor = now > 0 ? aim / now : 1;
    switch (output) {
    case ML_O_plasma_calcium_total:
    case ML_O_plasma_calcium_ionized:
        scale_mineral(y, ML_calcium, factor);
        return true;
    case ML_O_plasma_magnesium_total:
    case ML_O_plasma_magnesium_ionized:
        scale_mineral(y, ML_magnesium, factor);
        return true;
    case ML_O_plasma_phosphate:
        scale_mineral(y, ML_phosphate, factor);
        return true;
    case ML_O_plasma_citrate:
        scale_mineral(y, ML_citrate, factor);
        return true;
    case ML_O_plasma_pth:
        y[ML_S_pth] *= factor;
        y[ML_S_pth_store] *= factor;
        y[ML_S_parathyroid_mass] *= factor;
        return true;
    case ML_O_plasma_calcitriol:
        y[ML_S_calcitriol] *= factor;
        return true;
    case ML_O_plasma_calcidiol:
        y[ML_S_calcidiol] *= factor;
        return true;
    case ML_O_plasma_fgf23:
        y[ML_S_fgf23] *= factor;
        return true;
    default:
        return false;
    }
}

/* Of total and ionized the ionized decides. */
void ml_labs_decide_minerals(MlLabs *l) {
    static const int pairs[][2] = {{ML_O_plasma_calcium_ionized, ML_O_plasma_calcium_total},
                                   {ML_O_plasma_magnesium_ionized, ML_O_plasma_magnesium_total}};
    for (int i = 0; i < 2; i++) {
        if (!ml_lab_has(l, pairs[i][0]) || !ml_lab_has(l, pairs[i][1])) continue;
        l->aim[pairs[i][1]] = NAN;
        l->told[pairs[i][1]] = true;
    }
}

/* What bone lays down per osteoblast. */
static double laid_down(const double *y, const double *row) { return row[ML_F_bone_formation] / y[ML_S_osteoblasts]; }

static double laid_down_at(const MlLabs *l, const double *y) {
    double row[ML_NROW];
    ml_body_rows(ml_session_context(l->session), 0, y, row);
    return laid_down(y, row);
}

/* Osteoblasts follow resorption, so that bone, whose exchangeable mineral fills as its surface draws less, is in balance
 * where each lays down what it did. A quarter of a Newton step, as the hormone then answers, and a fifth at most. */
void ml_labs_follow_magnesium(const MlLabs *l, double *y) {
    const bool magnesium = ml_lab_has(l, ML_O_plasma_magnesium_total) || ml_lab_has(l, ML_O_plasma_magnesium_ionized);
    if (!magnesium || ml_lab_has(l, ML_O_plasma_calcium_total) || ml_lab_has(l, ML_O_plasma_calcium_ionized)) return;
    const double more = 1e-4, most = 0.2, part = 0.25, aim = laid_down(l->before, l->row), now = laid_down_at(l, y);
    double trial[ML_NSTATE];
    for (int i = 0; i < ML_NSTATE; i++) trial[i] = y[i];
    scale_mineral(trial, ML_calcium, 1 + more);
    const double slope = (laid_down_at(l, trial) - now) / more;
    if (slope > 0) scale_mineral(y, ML_calcium, 1 + fmax(fmin(part * (aim - now) / slope, most), -most));
}
