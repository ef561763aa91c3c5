/* SPDX-License-Identifier: Apache-2.0 */
/* The rows for eight people side by side, or eight trial states of one. */
#define ML_LANES 8
#include "body/body.h"
#include "body/rows.inc"

static int is_zero(MlReal8 x) {
    int zero = 1;
    for (int i = 0; i < 8; i++) zero &= x[i] == 0;
    return zero;
}

static int is_dialyzed(const MlReal8 *input, const MlReal8 *y) {
    return input[ML_U_dialyzing][0] != 0 || input[ML_U_peritoneal_fill][0] != 0 || !is_zero(y[ML_S_peritoneum_water]) ||
           !is_zero(y[ML_S_peritoneal_creatinine]);
}

ML_WIDE void ml_body_rows8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row) {
    (void)t;
    const MlContext *c = ctx;
    Derived d;
    const Body b = {y, c->param8, c->input8, &d, row};
    all_organs(&b, is_dialyzed(c->input8, y));
}
