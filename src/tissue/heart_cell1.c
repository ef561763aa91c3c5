/* SPDX-License-Identifier: Apache-2.0 */
/* The cell of the ventricle, one by itself. */
#define ML_LANES 1
#include "tissue/heart_cell.inc"

void ml_heart_beat1(const MlHeartCell *cell, const MlHeartBeat *beat, real *state, real *seen, real *trace) {
    Cell e = cell_of(cell);
    run_beat(&e, beat, state, seen, trace);
}
