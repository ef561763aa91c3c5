/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_SOLVE_SYNTHETIC_H
#define TEST_SOLVE_SYNTHETIC_H

#include "solve/problem.h"

/* A made-up body for timing and long runs: a chain of compartments with water, solutes and fast reactions,
 * hormones, excretion, and as many accumulators, which nothing reads. The figures mean nothing. */
enum {
    SYN_COMPARTMENTS = 9,
    SYN_SOLUTES = 8,
    SYN_WATER = SYN_COMPARTMENTS * SYN_SOLUTES, /* volumes follow the solutes */
    SYN_HORMONE = SYN_WATER + SYN_COMPARTMENTS, /* then hormones */
    SYN_HORMONES = 9,
    SYN_POOLS = SYN_HORMONE + SYN_HORMONES, /* 90; then accumulators */
    SYN_N = 2 * SYN_POOLS,

    /* rows */
    SYN_DIFFUSION = 0,                                                  /* k to k+1, each solute */
    SYN_OSMOSIS = SYN_DIFFUSION + (SYN_COMPARTMENTS - 1) * SYN_SOLUTES, /* k to k+1 */
    SYN_CARRIER = SYN_OSMOSIS + SYN_COMPARTMENTS - 1,                   /* k to k+2, each solute */
    SYN_EXCRETION = SYN_CARRIER + (SYN_COMPARTMENTS - 2) * SYN_SOLUTES, /* from 1, each solute, water */
    SYN_REACTION = SYN_EXCRETION + SYN_SOLUTES + 1,                     /* solute a to b, reversible */
    SYN_REACTIONS = 4 * SYN_COMPARTMENTS,
    SYN_SIGNAL = SYN_REACTION + SYN_REACTIONS, /* hormones */
    SYN_USE = SYN_SIGNAL + SYN_HORMONES,       /* from compartment k, saturable */
    SYN_USES = 38,
    SYN_NROW = SYN_USE + SYN_USES
};

typedef struct Synthetic {
    double leak[SYN_NROW], half[SYN_NROW]; /* a rate and a half-saturation for every row */
    double drive;                          /* an input */
} Synthetic;

void syn_rows(const void *ctx, double t, const double *y, double *row);
void syn_rows8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row);

typedef struct SyntheticProblem {
    MlProblem problem;
    Synthetic ctx;
    double y0[SYN_N], atol[SYN_N];
    int A_ptr[SYN_N + 1], A_col[4 * SYN_NROW];
    double A_val[4 * SYN_NROW];
    int *read_ptr, *read_col;
} SyntheticProblem;

/* Returns 0, or 1 without memory. fast multiplies the rates of the reactions. */
int syn_create(SyntheticProblem *s, double fast);
void syn_free(SyntheticProblem *s);

/* What is conserved: all solute, and water, in the pools and in the accumulators that leave them. */
double syn_total_solute(const double *y);
double syn_total_water(const double *y);

/* An event: water and solutes arrive in the last compartment. */
void syn_drink(double *y, double liters);

#endif
