/* SPDX-License-Identifier: Apache-2.0 */
/* The cell of the ventricle, eight side by side. */
#define ML_LANES 8
#include "tissue/heart_cell.inc"
#include "tissue/heart_wall.inc"

ML_WIDE void ml_heart_beat8(const MlHeartCell *cell, const MlHeartBeat *beat, real *state, real *seen, real *trace) {
    Cell e = cell_of(cell);
    run_beat(&e, beat, state, seen, trace);
}

ML_WIDE void ml_heart_wall_run(const MlHeartCell cell[ML_HEART_WALL], const MlHeartBeat *beat, int beats, real (*state)[ML_HEART_NSTATE],
                               real (*seen)[ML_HEART_NSEEN], MlHeartWall *out) {
    Cell e[ML_HEART_GROUPS];
    for (int g = 0; g < ML_HEART_GROUPS; g++) e[g] = cell_of(cell + 8 * g);
    run_wall(e, beat, beats, state, seen, out);
}
