/* SPDX-License-Identifier: Apache-2.0 */
/* The fast level of the fiber from a table made at build time, for long runs and cohorts.
 *
 *     out(K, surface, x1, x2, ...) = base(K, surface) + sum over i of (alone_i(K, x_i) - base(K, normal))
 *
 * Potassium of the cell comes with the sodium that replaces it. Each output is told by something that adds: the logarithm of chloride, rise and of M-wave and forces per
 * excitable fiber, the logit of shares. Force of work is the tetanus at that much more potassium. What two
 * inputs do together beyond that is not known to it, nor what volume and given chloride do;
 * test_fiber_lookup.c holds how far off it is. */
#ifndef ML_TISSUE_LOOKUP_FIBER_LOOKUP_H
#define ML_TISSUE_LOOKUP_FIBER_LOOKUP_H

#include "tissue/fiber.h"

void ml_fiber_lookup(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *out);

enum { ML_LOOKUP_POTASSIUM = 40, ML_LOOKUP_SHIFT = 8, ML_LOOKUP_LEVEL = 5 };
enum {
#define FAST(id, unit, text) ML_LOOKUP_##id,
#include "tissue/tables/fiber_fast.def"
#undef FAST
    ML_LOOKUP_NOUTPUT
};
enum {
    ML_LOOKUP_NEXTRA = 0
#define EXTRA(...) +1
#include "tissue/tables/fiber_lookup.def"
#undef EXTRA
};

typedef struct MlFiberTable {
    double surface[ML_LOOKUP_SHIFT]; /* mV */
    double base[ML_LOOKUP_POTASSIUM][ML_LOOKUP_SHIFT][ML_LOOKUP_NOUTPUT];
    double alone[ML_LOOKUP_NEXTRA][ML_LOOKUP_LEVEL][ML_LOOKUP_POTASSIUM]
                [ML_LOOKUP_NOUTPUT]; /* less the base */
} MlFiberTable;

extern const MlFiberTable ml_fiber_table[ML_NFIBER];

/* Fills the table of a kind: some 2000 fast snapshots. */
void ml_fiber_tabulate(MlFiberKind kind, MlFiberTable *table);

#endif
