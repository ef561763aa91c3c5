/* SPDX-License-Identifier: Apache-2.0 */
/* The largest motor and sensory axons of a human nerve: a node with the internode that belongs to it (Barrett & Barrett, J
 * Physiol 1982;323:117; Howells et al, J Neurophysiol 2012;107:3155). With E the potential of the node and Ei that of the
 * internodal axolemma, under the myelin:
 *
 *     Cn dE/dt + Cm d(E - Ei)/dt + I_node(E) + G (E - Ei) = current put in
 *     Ci dEi/dt + I_internode(Ei) = Cm d(E - Ei)/dt + G (E - Ei)
 *     I_node = P_Na u (m3h + persistent p3) z(Na) + (P_f n4 + P_s s + leak) z(K) + leak z(Na) + pump
 *     I_internode = (P_f n4 + P_s s + P_h q + leak) z(K) + (0.1 P_h q + leak) z(Na) + pump
 *     z = F y (inside - outside exp(-y)) / (1 - exp(-y)), y = V F / RT      (Goldman, Hodgkin, Katz)
 *
 * u is slow inactivation, held at its value for the resting potential. Gates see V less their share of the shift. What is
 * within the axon does not change.
 *
 * All readouts but two are those of the median axon. Axons of a nerve differ: each is as if its potassium were off that of the
 * bath by a factor, whose logarithm is normal with SD axon_spread. Impulses travel up to a potassium K*, so
 *     conducting = Phi(a), a = ln(K* / K) / spread;  ln K of the mean of these = ln K - spread phi(a) / Phi(a)
 *
 * Valid for potassium 1.5 to 9 mmol/L and 33 to 41 degC; finite beyond. */
#ifndef ML_TISSUE_AXON_H
#define ML_TISSUE_AXON_H

#include "tissue/bath.h"

typedef enum MlAxonKind { ML_AXON_MOTOR, ML_AXON_SENSORY, ML_NAXON } MlAxonKind;

/* All that an axon feels of its bath. */
typedef struct MlAxonDrive {
    double potassium, sodium; /* mmol/L */
    double shift;             /* of the gates, mV: ml_surface_shift and what pH does beyond it */
    double temperature;       /* degC */
} MlAxonDrive;

MlAxonDrive ml_axon_drive(const MlBath *bath);

typedef struct MlAxonFast {
    double resting_potential; /* of the node, mV */
    double threshold;         /* of a pulse of 1 ms, pA */
    double velocity;          /* of the mean axon among those that conduct, m/s; 0 where blocked */
    double conducting;        /* share of the axons of a nerve along which impulses travel */
    double spontaneous_rate;  /* 1/s */
    double margin;            /* by how many mV the gates may still be shifted before the resting axon fires by itself;
                                 below 0 it fires; NaN: no shift makes it fire */
    int blocked;              /* as good as none conducts */
} MlAxonFast;

/* By the equations: some 6 ms, 9 where it fires. */
void ml_axon_fast(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast);

/* The same from a table made when the project was built: a microsecond. Its errors are limited in
 * tests/tissue/test_axon_lookup.c, away from where firing begins and impulses are blocked. */
void ml_axon_lookup(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast);

enum { ML_AXON_POLARIZATIONS = 4, ML_AXON_ELECTROTONUS = 24, ML_AXON_RECOVERY = 20, ML_AXON_TRACE = 200 };

/* The studies of excitability that are made on human nerve, by threshold tracking (Kiernan et al, Muscle Nerve
 * 2000;23:399). Changes of threshold in % of the threshold of the same pulse of 1 ms alone. */
typedef struct MlAxonFull {
    MlAxonFast fast;
    double rheobase;      /* pA */
    double time_constant; /* of strength and duration (Weiss), ms */
    /* Fall of threshold by a current of 100 ms, of +40, +20, -20, -40 % of threshold, at delays from its start. */
    double electrotonus[ML_AXON_POLARIZATIONS][ML_AXON_ELECTROTONUS];
    double depolarized_late, hyperpolarized_late; /* at +40 and -40 %, mean of 90 to 100 ms, % */
    /* Rise of threshold at delays after an impulse. */
    double recovery[ML_AXON_RECOVERY];
    double refractory_period; /* threshold first back at rest, ms */
    double superexcitability; /* lowest threshold, %, negative */
    double subexcitability;   /* highest after it, % */
    double trace[ML_AXON_TRACE]; /* an impulse at the node, mV, every ml_axon_trace_step ms */
} MlAxonFull;

extern const double ml_axon_polarization[ML_AXON_POLARIZATIONS];      /* % of threshold */
extern const double ml_axon_electrotonus_delay[ML_AXON_ELECTROTONUS]; /* ms */
extern const double ml_axon_recovery_delay[ML_AXON_RECOVERY];         /* ms */
extern const double ml_axon_trace_step;                               /* ms */

void ml_axon_full(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFull *full);

#endif
