/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the table that fiber_lookup.c reads. */
#include "tissue/lookup/fiber_grid.h"

static const double calcium_levels[ML_LOOKUP_SHIFT] = {0.2, 0.4, 0.7, 1.2, 2, 3.5, 6, 10};
enum { NORMAL = 3 }; /* the level of no shift */

static void tell(MlFiberKind kind, const MlFiberInput *in, double *cell) {
    MlFiberFast f;
    ml_fiber_fast(kind, in, &f);
    cell[ML_LOOKUP_force] = 0; /* that of tetanus, with more potassium */
    grid_of(&f, cell);
}

void ml_fiber_tabulate(MlFiberKind kind, MlFiberTable *table) {
    const double level[ML_LOOKUP_NEXTRA][ML_LOOKUP_LEVEL] = {
#define EXTRA(id, ...) {__VA_ARGS__},
#include "tissue/tables/fiber_lookup.def"
#undef EXTRA
    };
    for (int k = 0; k < ML_LOOKUP_POTASSIUM; k++) {
        for (int s = 0; s < ML_LOOKUP_SHIFT; s++) {
            MlFiberInput in = ml_fiber_normal();
            in.bath.calcium = calcium_levels[s];
            table->surface[s] = grid_surface(&in.bath);
            in.bath.potassium = grid_potassium(k);
            tell(kind, &in, table->base[k][s]);
        }
        for (int i = 0; i < ML_LOOKUP_NEXTRA; i++)
            for (int l = 0; l < ML_LOOKUP_LEVEL; l++) {
                MlFiberInput in = ml_fiber_normal();
                in.bath.potassium = grid_potassium(k);
                *grid_extra(&in, i) = level[i][l];
                in.cell_sodium += grid_exchanged(&in);
                tell(kind, &in, table->alone[i][l][k]);
                for (int o = 0; o < ML_LOOKUP_NOUTPUT; o++)
                    table->alone[i][l][k][o] -= table->base[k][NORMAL][o];
            }
    }
}
