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
