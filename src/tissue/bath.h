/* SPDX-License-Identifier: Apache-2.0 */
/* What surrounds an excitable cell, and the physics that all tissues share. */
#ifndef ML_TISSUE_BATH_H
#define ML_TISSUE_BATH_H

typedef struct MlBath {
#define BATH(id, key, unit, normal, low, high, text) double id;
#include "tissue/tables/bath.def"
#undef BATH
} MlBath;

/* That of a healthy adult at rest. */
MlBath ml_bath_normal(void);

#define ML_FARADAY 96485.33212 /* C/mol */
#define ML_GAS 8.314462618     /* J/(mol K) */
#define ML_ZERO_CELSIUS 273.15 /* K */

/* RT/F at a temperature in degC, mV: 26.7 at 37. */
double ml_thermal_voltage(double temperature);

/* Potential of the outer face of the membrane against the bulk of the bath, mV, negative: fixed charges (surface.def)
 * balanced by the ions of the bath (Grahame), calcium and protons bound to them. Sodium, potassium and what balances their
 * charge screen as monovalent ions, calcium and magnesium as divalent ones.
 * Source: Hille, Woodhull & Shapiro, Phil Trans R Soc B 1975;270:301. */
double ml_surface_potential(const MlBath *bath);

/* By how much gates are moved along the voltage axis against the normal bath, mV: positive where the bath excites less
 * (more calcium, magnesium, acid). Every gate sees the membrane potential less this. */
double ml_surface_shift(const MlBath *bath);

#endif
