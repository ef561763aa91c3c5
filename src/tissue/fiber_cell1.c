/* SPDX-License-Identifier: Apache-2.0 */
/* The fiber, one by itself. */
#define ML_LANES 1
#include "tissue/fiber_cell.inc"

void ml_fiber_rest1(const MlFiberCell *cell, int halvings, real *state) {
    const Cell e = cell_of(cell);
    rest(&e, halvings, state);
}

void ml_fiber_run1(const MlFiberCell *cell, const MlFiberRun *run, real *state, real *seen) {
    const Cell e = cell_of(cell);
    run_cell(&e, run, state, seen);
}
