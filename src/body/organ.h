/* SPDX-License-Identifier: Apache-2.0 */
/* The words in which organ files are written. Each organ is a function
 *
 *     ML_INLINE void organ(const Body *b)
 *
 * that reads states Y(id), parameters P(id), inputs U(id) and what other organs have derived D(id), and
 * writes its own D(id), flows F(id) (per minute) and rates of signals RATE(id). Organs never call one
 * another; rows.inc calls them in order. */
#ifndef ML_BODY_ORGAN_H
#define ML_BODY_ORGAN_H

#include "body/tables.h"
#include "lanes/real.h"

typedef struct Derived {
#define DERIVED(id, unit, text) real id;
#include "body/tables/derived.def"
#undef DERIVED
} Derived;

typedef struct Body {
    const real *y; /* states, ML_NSTATE */
    const real *p; /* parameters, ML_NPARAM */
    const real *u; /* inputs, ML_NINPUT */
    Derived *d;
    real *f; /* rows: flows, then rates of signals */
} Body;

#define Y(id) (b->y[ML_S_##id])
#define P(id) (b->p[ML_P_##id])
#define U(id) (b->u[ML_U_##id])
#define D(id) (b->d->id)
#define F(id) (b->f[ML_F_##id])
#define RATE(id) (b->f[ML_NFLOW + ML_G_##id])

/* Concentration in a pool that may run empty: amount/volume, falling smoothly to zero with the volume. */
ML_INLINE real concentration(real amount, real volume, real smallest) {
    return amount * volume / (volume * volume + smallest * smallest);
}

#endif
