/* SPDX-License-Identifier: Apache-2.0 */
#include "synthetic.h"

#include "solve/jacobian.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static double uniform(uint64_t *seed, double low, double high) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(*seed >> 11) * 0x1p-53;
}

static void set_rates(Synthetic *ctx, const double *y0, double fast) {
    uint64_t seed = 12345;
    for (int r = 0; r < SYN_NROW; r++) {
        double leak = 0.05, half = 20;
        if (r >= SYN_OSMOSIS) leak = 2e-3;
        if (r >= SYN_CARRIER) leak = 0.3;
        if (r >= SYN_EXCRETION) leak = 0.01;
        if (r >= SYN_REACTION) leak = 0.2 * fast;
        if (r >= SYN_SIGNAL) leak = 0.05;
        if (r >= SYN_USE) leak = 0.02;
        ctx->leak[r] = leak * uniform(&seed, 0.3, 3);
        ctx->half[r] = half * uniform(&seed, 0.5, 2);
    }
    for (int r = 0; r < SYN_REACTIONS; r++) {
        const double *pair = y0 + r / 4 * SYN_SOLUTES + 2 * (r % 4);
        ctx->half[SYN_REACTION + r] = pair[1] / pair[0]; /* at rest in the beginning */
    }
    for (int k = 0; k < SYN_COMPARTMENTS; k++) ctx->half[SYN_EXCRETION + k] = 30 * y0[SYN_WATER + k];
    ctx->drive = 0;
}

static void set_start(double *y, double *atol) {
    static const double c[SYN_SOLUTES] = {140, 5, 4, 100, 25, 2, 1, 10};
    uint64_t seed = 99;
    memset(y, 0, SYN_N * sizeof *y);
    for (int k = 0; k < SYN_COMPARTMENTS; k++) {
        double v = k == SYN_COMPARTMENTS - 1 ? 0.05 : uniform(&seed, 2, 10);
        y[SYN_WATER + k] = v;
        for (int i = 0; i < SYN_SOLUTES; i++) y[k * SYN_SOLUTES + i] = v * c[i] * uniform(&seed, 0.95, 1.05);
    }
    for (int h = 0; h < SYN_HORMONES; h++) y[SYN_HORMONE + h] = 1;
    for (int i = 0; i < SYN_N; i++) atol[i] = i >= SYN_WATER && i < SYN_POOLS ? 1e-7 : 1e-5;
}

typedef struct Builder {
    SyntheticProblem *s;
    int count;
} Builder;

static void add(Builder *b, int row, double value) {
    b->s->A_col[b->count] = row;
    b->s->A_val[b->count++] = value;
}

/* The rows that change solute i of compartment k. */
static void add_solute(Builder *b, int k, int i) {
    if (k < SYN_COMPARTMENTS - 1) add(b, SYN_DIFFUSION + k * SYN_SOLUTES + i, -1);
    if (k > 0) add(b, SYN_DIFFUSION + (k - 1) * SYN_SOLUTES + i, 1);
    if (k < SYN_COMPARTMENTS - 2) add(b, SYN_CARRIER + k * SYN_SOLUTES + i, -1);
    if (k > 1) add(b, SYN_CARRIER + (k - 2) * SYN_SOLUTES + i, 1);
    if (k == 1) add(b, SYN_EXCRETION + i, -1);
    add(b, SYN_REACTION + 4 * k + i / 2, i % 2 ? 1 : -1);
    for (int u = 0; u < SYN_USES; u++)
        if (u % SYN_COMPARTMENTS == k && u % SYN_SOLUTES == i) add(b, SYN_USE + u, -1);
}

static void add_water(Builder *b, int k) {
    if (k < SYN_COMPARTMENTS - 1) add(b, SYN_OSMOSIS + k, -1);
    if (k > 0) add(b, SYN_OSMOSIS + k - 1, 1);
    if (k == 1) add(b, SYN_EXCRETION + SYN_SOLUTES, -1);
}

/* Accumulators: what is excreted, what is used, then diffusion. */
static int accumulated_row(int a) {
    if (a <= SYN_SOLUTES) return SYN_EXCRETION + a;
    a -= SYN_SOLUTES + 1;
    return a < SYN_USES ? SYN_USE + a : SYN_DIFFUSION + a - SYN_USES;
}

static void set_stoichiometry(SyntheticProblem *s) {
    Builder b = {s, 0};
    for (int i = 0; i < SYN_N; i++) {
        s->A_ptr[i] = b.count;
        if (i < SYN_WATER)
            add_solute(&b, i / SYN_SOLUTES, i % SYN_SOLUTES);
        else if (i < SYN_HORMONE)
            add_water(&b, i - SYN_WATER);
        else if (i < SYN_POOLS)
            add(&b, SYN_SIGNAL + i - SYN_HORMONE, 1);
        else
            add(&b, accumulated_row(i - SYN_POOLS), 1);
    }
    s->A_ptr[SYN_N] = b.count;
}

int syn_create(SyntheticProblem *s, double fast) {
    memset(s, 0, sizeof *s);
    set_start(s->y0, s->atol);
    set_rates(&s->ctx, s->y0, fast);
    set_stoichiometry(s);
    s->problem = (MlProblem){.n = SYN_N,
                             .nrow = SYN_NROW,
                             .rows = syn_rows,
                             .rows8 = syn_rows8,
                             .A_ptr = s->A_ptr,
                             .A_col = s->A_col,
                             .A_val = s->A_val,
                             .atol = s->atol};
    double point[2 * SYN_N];
    uint64_t seed = 5;
    for (int i = 0; i < 2 * SYN_N; i++) point[i] = (s->y0[i % SYN_N] + 0.1) * uniform(&seed, 0.6, 1.4);
    if (ml_probe_pattern(NULL, &s->problem, &s->ctx, 0, 2, point, &s->read_ptr, &s->read_col, NULL) !=
        MILIEU_OK)
        return 1;
    s->problem.read_ptr = s->read_ptr;
    s->problem.read_col = s->read_col;
    return 0;
}

void syn_free(SyntheticProblem *s) {
    ml_free(s->read_ptr);
    ml_free(s->read_col);
}

double syn_total_solute(const double *y) {
    double sum = 0;
    for (int i = 0; i < SYN_WATER; i++) sum += y[i];
    for (int a = 0; a <= SYN_SOLUTES + SYN_USES; a++)
        if (a != SYN_SOLUTES) sum += y[SYN_POOLS + a];
    return sum;
}

double syn_total_water(const double *y) {
    double sum = y[SYN_POOLS + SYN_SOLUTES];
    for (int k = 0; k < SYN_COMPARTMENTS; k++) sum += y[SYN_WATER + k];
    return sum;
}

void syn_drink(double *y, double liters) {
    int last = SYN_COMPARTMENTS - 1;
    y[SYN_WATER + last] += liters;
    y[last * SYN_SOLUTES] += 20 * liters;
    y[last * SYN_SOLUTES + 3] += 20 * liters;
}
