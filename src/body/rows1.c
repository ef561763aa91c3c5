/* SPDX-License-Identifier: Apache-2.0 */
/* The rows for one person, and the outputs. */
#define ML_LANES 1
#include <math.h>

#include "body/body.h"
#include "body/rows.inc"

#include "body/outputs.inc"

static int is_dialyzed(const double *input, const double *y) {
    return input[ML_U_dialyzing] != 0 || input[ML_U_peritoneal_fill] != 0 || y[ML_S_peritoneum_water] != 0 || y[ML_S_peritoneal_creatinine] != 0;
}

void ml_body_rows(const void *ctx, double t, const double *y, double *row) {
    (void)t;
    const MlContext *c = ctx;
    Derived d;
    const Body b = {y, c->param, c->input, &d, row};
    all_organs(&b, is_dialyzed(c->input, y));
}

void ml_body_outputs(const MlContext *ctx, const MlBaseline *base, const double *y, double *out) {
    Derived d;
    double row[ML_NROW];
    const Body b = {y, ctx->param, ctx->input, &d, row};
    all_organs(&b, is_dialyzed(ctx->input, y));
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    all_outputs(&b, base, out);
}

void ml_body_species(const MlContext *ctx, const double *y, MlSpecies *calcium, MlSpecies *magnesium) {
    Derived d;
    double row[ML_NROW];
    const Body b = {y, ctx->param, ctx->input, &d, row};
    all_organs(&b, is_dialyzed(ctx->input, y));
    *calcium = (MlSpecies){{d.ca_ionized, d.ca_outside}, {d.ca_filtrable, d.ca_diffusible}};
    *magnesium = (MlSpecies){{d.mg_ionized, d.mg_outside}, {d.mg_filtrable, d.mg_diffusible}};
}
