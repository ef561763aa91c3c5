/* SPDX-License-Identifier: Apache-2.0 */
/* The rows for eight people side by side, or eight trial states of one. */
#define ML_LANES 8
#include "body/body.h"
#include "body/rows.inc"

ML_WIDE void ml_body_rows8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row) {
    (void)t;
    const MlContext *c = ctx;
    Derived d;
    const Body b = {y, c->param8, c->input8, &d, row};
    all_organs(&b);
}
