/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a measured high potassium where it is.
 *
 * Kidneys that filter little are taken to have lived with it: adrenals and tubules answer it so little that aldosterone stays and as much is
 * excreted as was before, for all that tubules have adapted (assumed: which of the two fails, and how far, differs; both are found in the
 * acidosis of the fourth type). Kidneys that filter enough would not have let it come: it is new, and they excrete it. So they do where a
 * diabetic crisis has brought it out of cells. */
#include <math.h>

#include "run/labs_inside.h"

void ml_labs_decide_potassium(MlLabs *l) {
    const double aim = l->aim[ML_O_plasma_potassium];
    l->retained = !(l->dry > 0) && aim > ml_lab_output(l, l->before, ML_O_plasma_potassium) && ml_lab_output(l, l->before, ML_O_gfr) < ml_kidneys_fail;
}

static double row_at(const MlLabs *l, const double *y, int k) {
    double row[ML_NROW];
    ml_body_rows(&l->context, 0, y, row);
    return row[k];
}

/* One Newton step of a parameter, with which a row grows, to where that is as before; no further than the person's own. */
static void hold_by(MlLabs *l, const double *y, int param, int k) {
    double *x = &l->param[param];
    const double was = *x, now = row_at(l, y, k), small = 1e-4 * was;
    *x += small;
    const double slope = (row_at(l, y, k) - now) / small;
    *x = slope > 0 ? fmin(fmax(was + (l->row[k] - now) / slope, ml_params[param].low), ml_session_context(l->session)->param[param]) : was;
}

void ml_labs_hold_potassium(MlLabs *l, double *y) {
    if (!l->retained) return;
    hold_by(l, y, ML_P_aldosterone_capacity, ML_NFLOW + ML_S_aldosterone - ML_NPOOL);
    ml_labs_hold_as_before(l, y, ML_S_kaliuretic_memory);
    hold_by(l, y, ML_P_potassium_secretion_greatest, ML_F_excrete_potassium);
}

void ml_labs_keep_potassium(const MlLabs *l, MlSession *s) {
    if (!l->retained) return;
    ml_session_own(s, ML_P_aldosterone_capacity, l->param[ML_P_aldosterone_capacity]);
    ml_session_own(s, ML_P_potassium_secretion_greatest, l->param[ML_P_potassium_secretion_greatest]);
}
