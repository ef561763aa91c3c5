/* SPDX-License-Identifier: Apache-2.0 */
/* One muscle fiber as an electrical cell: what it is made of, its state, and its equations, for one fiber or
 * eight side by side. fiber_cell.inc states the equations; fiber.h is what a tissue user wants. */
#ifndef ML_TISSUE_FIBER_CELL_H
#define ML_TISSUE_FIBER_CELL_H

#include "lanes/real8.h"
#include "tissue/fiber.h"

/* CELL(id): what differs from fiber to fiber and bath to bath. */
#define ML_FIBER_CELL(CELL)                                                                                  \
    CELL(thermal)         /* RT/F, mV */                                                                     \
    CELL(gate_rate)       /* times the rates of the table */                                                 \
    CELL(gate_shift)      /* gates see V less this, mV */                                                    \
    CELL(activation)      /* half of activation of sodium channels moved by this, mV */                      \
    CELL(inactivation)    /* half of both inactivations of sodium channels moved by this, mV */              \
    CELL(diffusion_time)  /* ms */                                                                           \
    CELL(gamma)           /* membrane of tubules over surface */                                             \
    CELL(access)          /* kohm cm2 */                                                                     \
    CELL(sodium_channels) /* permeabilities, cm/s */                                                         \
    CELL(delayed)                                                                                            \
    CELL(inward)                                                                                             \
    CELL(kcnq)                                                                                               \
    CELL(chloride_channels)                                                                                  \
    CELL(leak)        /* for sodium and potassium alike */                                                   \
    CELL(leak_beside) /* what was added to it beside the normal one */                                       \
    CELL(pump)        /* umol/(cm2 s) */                                                                     \
    CELL(nkcc)        /* umol/(cm2 s) */                                                                     \
    CELL(sodium)      /* of the bath, mmol/L */                                                              \
    CELL(potassium)                                                                                          \
    CELL(chloride)                                                                                           \
    CELL(cell_sodium) /* of the fiber, mmol/L */                                                             \
    CELL(cell_potassium)                                                                                     \
    CELL(cell_chloride) /* not above 0: that at which no chloride moves at rest */                           \
    CELL(endplate)      /* times the endplate of the table */                                                \
    CELL(current)       /* of the stimulus, uA/cm2 of surface */                                             \
    CELL(release)       /* of calcium at its greatest, 1/ms */

typedef struct MlFiberCell {
#define CELL(id) double id;
    ML_FIBER_CELL(CELL)
#undef CELL
} MlFiberCell;

/* STATE(id): potentials of surface and tubule, their gates, ions of the tubule, chloride of the fiber. */
#define ML_FIBER_STATE(STATE)                                                                                \
    STATE(v_surface)                                                                                         \
    STATE(v_tubule)                                                                                          \
    STATE(m)                                                                                                 \
    STATE(h)                                                                                                 \
    STATE(s) STATE(n) STATE(p) STATE(q) STATE(c) STATE(tm) STATE(th) STATE(ts) STATE(tn) STATE(tp) STATE(tq) \
        STATE(tc) STATE(sodium) STATE(potassium) STATE(chloride) STATE(cell_chloride)

enum {
#define STATE(id) ML_FIBER_##id,
    ML_FIBER_STATE(STATE)
#undef STATE
        ML_FIBER_NSTATE
};

/* The published fiber, at 22 degC. */
MlFiberCell ml_fiber_published(void);
/* One of the population: leak and sodium channels, by how many standard deviations their logarithms are off. */
MlFiberCell ml_fiber_cell(MlFiberKind kind, const MlFiberInput *in, double leak, double sodium);

enum { ML_FIBERS = 8 };

/* Eight fibers of equal shares, of those whose leak is among the lowest share. */
void ml_fiber_population(MlFiberKind kind, const MlFiberInput *in, double share, MlFiberCell *cell);

/* The stable rest that a polarized fiber reaches: the lowest potential at which all currents balance, gates
 * and tubules settled. cell[8], state[ML_FIBER_NSTATE]. Halvings of the step of 2 mV that first shows it. */
void ml_fiber_rest1(const MlFiberCell *cell, int halvings, double *state);
void ml_fiber_rest8(const MlFiberCell *cell, int halvings, MlReal8 *state);

/* n steps of dt ms, the endplate open or a current flowing while on. */
typedef struct MlFiberRun {
    double dt;
    int steps;
    int on; /* stimulus */
} MlFiberRun;

/* What a run saw: greatest potentials (mV) and rise (V/s), calcium released. */
#define ML_FIBER_SEEN(SEEN) SEEN(peak) SEEN(peak_tubule) SEEN(rise) SEEN(released)

enum {
#define SEEN(id) ML_SEEN_##id,
    ML_FIBER_SEEN(SEEN)
#undef SEEN
        ML_FIBER_NSEEN
};

void ml_fiber_run1(const MlFiberCell *cell, const MlFiberRun *run, double *state, double *seen);
void ml_fiber_run8(const MlFiberCell *cell, const MlFiberRun *run, MlReal8 *state, MlReal8 *seen);

#endif
