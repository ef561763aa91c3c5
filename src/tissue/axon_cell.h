/* SPDX-License-Identifier: Apache-2.0 */
/* A membrane of node and internode in one bath, and the runs that the readouts are made of. Within src/tissue only. */
#ifndef ML_TISSUE_AXON_CELL_H
#define ML_TISSUE_AXON_CELL_H

#include "tissue/axon.h"

enum { LANES = 8 };

/* Gates: transient sodium m, h; persistent sodium p; fast and slow potassium n, s of the node and, with i, of the
 * internode; HCN q. */
enum { GATE_m, GATE_p, GATE_h, GATE_n, GATE_s, GATE_ni, GATE_si, GATE_q, NGATE };

/* Permeabilities um3/ms, currents pA, conductances nS, capacities pF, all at the temperature of the bath. */
typedef struct MlAxonCell {
    double volt, sodium, potassium; /* thermal voltage, mV; outside, mmol/L */
    double shift[NGATE], speed[NGATE];
    double na, persistent, ks, kf, leak, leak_na, pump;
    double ks_internode, kf_internode, leak_internode, leak_na_internode, hcn, hcn_half, pump_internode, bb;
    double axial; /* nS, from node to node */
} MlAxonCell;

/* The state between two steps: node, internode, gates, slow inactivation. */
enum { PATCH_node, PATCH_internode, PATCH_gate, PATCH_u = PATCH_gate + NGATE, NPATCH };

/* A current: a rectangle of `amplitude` pA from 0 for `width` ms, on a background. */
typedef struct MlAxonPulse {
    double amplitude[LANES], background[LANES], width, until, dt;
} MlAxonPulse;

MlAxonCell ml_axon_cell(MlAxonKind kind, const MlAxonDrive *drive);

/* The same where impulses first arise by themselves: more persistent sodium, and fast potassium that ends impulses. */
MlAxonCell ml_axon_site(MlAxonKind kind, const MlAxonDrive *drive);

/* The shift of the gates at which that site leaves rest, mV; NaN where it never does. */
double ml_axon_firing_shift(MlAxonKind kind, const MlAxonDrive *drive);

/* Impulses of the site when it has just left rest, 1/s, 0 where one does not follow another. With more shift it stays depolarized and falls silent, while sites
 * with fewer channels come to fire: the rate is that at the onset. */
double ml_axon_spontaneous_rate(MlAxonKind kind, const MlAxonDrive *drive, double firing_shift);

/* The resting state, gates settled: the most negative one. */
void ml_axon_rest(const MlAxonCell *cell, double *patch);

/* Whether the resting state in `patch` is stable against small disturbances, slow inactivation held. */
int ml_axon_stable(const MlAxonCell *cell, const double *patch);

/* Eight patches side by side, patch[i * LANES + lane], through a pulse; the highest potential of the node goes to peak.
 * ml_axon_pulse1 is the same for one. */
void ml_axon_pulse8(const MlAxonCell *cell, const MlAxonPulse *pulse, double *patch, double *peak);
void ml_axon_pulse1(const MlAxonCell *cell, const MlAxonPulse *pulse, double *patch, double *peak);

/* Threshold of a pulse of `width` ms on `background` pA, pA, from a state. */
double ml_axon_threshold_from(const MlAxonCell *cell, const double *patch, double width, double background);

/* The potassium from which the median axon is blocked, mmol/L; an end of what is looked at, 0.3 or 40, beyond. */
double ml_axon_block_potassium(MlAxonKind kind, const MlAxonDrive *drive);

/* Those axons of a nerve that conduct where the median one is blocked from a potassium on. */
typedef struct MlAxonNerve {
    double conducting; /* their share */
    double potassium;  /* that of the median axon that is like the mean of them, mmol/L */
    int blocked;
} MlAxonNerve;
MlAxonNerve ml_axon_nerve(double potassium, double block);

/* Velocity along a chain of such nodes, m/s; 0 where the impulse dies. */
double ml_axon_velocity(const MlAxonCell *cell, const double *patch);

#endif
