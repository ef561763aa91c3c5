/* SPDX-License-Identifier: Apache-2.0 */
/* Conduction: a chain of nodes, each with the internode that follows it as in axon.h, joined by the axoplasm. The first
 * is excited; the time that the impulse takes between two others gives the velocity. */
#define ML_LANES 8
#include "tissue/axon_cell.h"
#include "lanes/real.h"
#include "tissue/axon_params.h"

#include <math.h>
#include <string.h>

#include "tissue/axon_cell.inc"

enum { GROUPS = 3, NODES = GROUPS * LANES, FROM = 12, TO = 20 };

static const double chain_step = 0.005, chain_time = 2.4, chain_level = -20; /* ms; ms; mV */

/* Changes d of the nodes: (diagonal + ends axial) d - axial d of the neighbors = right. Thomas. */
static void solve_chain(double axial, const double *diagonal, const double *right, double *d) {
    double factor[NODES];
    for (int j = 0; j < NODES; j++) {
        const double whole = diagonal[j] + (j == 0 || j == NODES - 1 ? 1 : 2) * axial - (j ? axial * factor[j - 1] : 0);
        factor[j] = axial / whole;
        d[j] = (right[j] + (j ? axial * d[j - 1] : 0)) / whole;
    }
    for (int j = NODES - 2; j >= 0; j--) d[j] += factor[j] * d[j + 1];
}

ML_INLINE void step_chain(const MlAxonCell *c, Patch *y, double stimulus) {
    _Alignas(64) double v[NODES], diagonal[NODES], right[NODES], d[NODES];
    Row row[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
        row[g] = row_of(c, &y[g], r_of(0), chain_step);
        memcpy(v + g * LANES, &y[g].node, sizeof y[g].node);
        memcpy(diagonal + g * LANES, &row[g].diagonal, sizeof row[g].diagonal);
        memcpy(right + g * LANES, &row[g].right, sizeof row[g].right);
    }
    right[0] += chain_step * stimulus;
    for (int j = 1; j < NODES; j++) {
        const double flow = chain_step * c->axial * (v[j - 1] - v[j]);
        right[j] += flow, right[j - 1] -= flow;
    }
    solve_chain(0.5 * chain_step * c->axial, diagonal, right, d);
    for (int g = 0; g < GROUPS; g++) {
        real change;
        memcpy(&change, d + g * LANES, sizeof change);
        move(&y[g], &row[g], change);
        step_gates(c, &y[g], chain_step);
    }
}

/* When v rose through the level between two steps, ms; before that 0. */
static void note_crossing(double before, double now, double t, double *crossing) {
    if (*crossing == 0 && now > chain_level) *crossing = t - chain_step * (now - chain_level) / (now - before);
}

ML_WIDE double ml_axon_velocity(const MlAxonCell *cell, const double *patch) {
    const MlAxonCell c = *cell;
    Patch y[GROUPS];
    real *all = (real *)&y[0];
    for (int i = 0; i < NPATCH; i++) all[i] = r_of(patch[i]);
    for (int g = 1; g < GROUPS; g++) y[g] = y[0];
    double from = 0, to = 0, last_from = patch[PATCH_node], last_to = last_from;
    if (last_from > chain_level) return 0;
    for (double t = chain_step; t <= chain_time && to == 0; t += chain_step) {
        step_chain(&c, y, t <= axon_chain_pulse ? axon_chain_current : 0);
        const double at_from = y[FROM / LANES].node[FROM % LANES], at_to = y[TO / LANES].node[TO % LANES];
        note_crossing(last_from, at_from, t, &from);
        note_crossing(last_to, at_to, t, &to);
        last_from = at_from, last_to = at_to;
    }
    const double velocity = to > from ? (TO - FROM) * axon_length / (to - from) : 0;
    return velocity > axon_slowest * sqrt(c.speed[GATE_m]) ? velocity : 0;
}
