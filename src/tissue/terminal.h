/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal of a motor nerve: release against calcium and magnesium. */
#ifndef ML_TISSUE_TERMINAL_H
#define ML_TISSUE_TERMINAL_H

#include "tissue/bath.h"

/* Quanta that an impulse releases, to those in the normal bath:
 *
 *     ((Ca/K_Ca) / (1 + Ca/K_Ca + Mg/K_Mg))^4
 *
 * magnesium competing with calcium (Jenkinson 1957, Dodge & Rahamimoff 1967). */
double ml_terminal_release(const MlBath *bath);

/* Share of the endplates of a muscle that a single impulse crosses: those whose safety factor, lognormal, is above what is
 * lost of release and what the bath adds to the distance from rest to firing: calcium that is lacking releases less, but lets
 * the fiber fire sooner; magnesium does harm on both sides. */
double ml_terminal_transmission(const MlBath *bath);

#endif
