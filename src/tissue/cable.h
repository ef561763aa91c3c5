/* SPDX-License-Identifier: Apache-2.0 */
/* The reference axon: the double cable of McIntyre, Richardson & Grill (J Neurophysiol 2002;87:995; ModelDB 3810), 21 nodes
 * of a fiber of 10 um. It has no ions of its own; the human axon (axon.h) is checked against what its authors' model does.
 *
 * Between two nodes lie ten passive segments, MYSA FLUT 6 STIN FLUT MYSA. Each has a potential within the axon (Vi) and one
 * under the myelin (Vx):
 *
 *     c d(Vi - Vx)/dt + g (Vi - Vx - E) + sum of ga (Vi - Vi of neighbors) = current put in
 *     cx dVx/dt + gx Vx + sum of gp (Vx - Vx of neighbors) = c d(Vi - Vx)/dt + g (Vi - Vx - E)
 *
 * and Vx is 0 at a node, whose membrane carries m3h and p3 sodium, s potassium and a leak. Time is stepped by BDF2 (implicit
 * Euler where a current starts or stops), gates exponentially over the step at its extrapolated middle: second order. Since
 * internodes are linear and alike, they are eliminated by factors found once, eight internodes at a time; what is left is
 * one tridiagonal system over the nodes. */
#ifndef ML_TISSUE_CABLE_H
#define ML_TISSUE_CABLE_H

enum { ML_CABLE_NODES = 21, ML_CABLE_INNER = 10, ML_CABLE_WIDTH = 24 };

/* Reversal potentials, mV. */
typedef struct MlCableMembrane {
    double potassium, leak, internode;
} MlCableMembrane;

MlCableMembrane ml_cable_membrane(void); /* of the paper */

/* Elimination of an internode for one scheme and step: from index k to k + 1, inverse of the block of k given those
 * before it, symmetric; and the internode's answer to 1 mV at its left node. */
typedef struct MlCableFactors {
    double rate;                          /* 1/ms: the scheme's weight of the new state over dt */
    double inverse[ML_CABLE_INNER][3];    /* ii, ix, xx */
    double answer[ML_CABLE_INNER][2];     /* i, x */
} MlCableFactors;

/* Potentials in mV, time in ms, currents in nA. Internodes lie side by side in lanes. */
typedef struct MlCable {
    _Alignas(64) double inner[2][ML_CABLE_INNER][2][ML_CABLE_WIDTH]; /* now and a step ago: segment, i or x */
    double node[2][ML_CABLE_WIDTH];
    double gate[4][ML_CABLE_WIDTH]; /* m, h, p, s */
    MlCableMembrane membrane;
    MlCableFactors start, go; /* implicit Euler, BDF2 */
    double dt, time, stimulus;
    int stimulated, fresh;
} MlCable;

/* At the reversal of the internode, gates settled there, as the authors start. */
void ml_cable_start(MlCable *cable, const MlCableMembrane *membrane, double dt);

/* The same with another step. */
void ml_cable_set_step(MlCable *cable, double dt);

/* From now on a current into a node, nA. */
void ml_cable_stimulate(MlCable *cable, int node, double current);

void ml_cable_advance(MlCable *cable, int steps);

#endif
