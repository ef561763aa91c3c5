/* SPDX-License-Identifier: Apache-2.0 */
/* A pulse through one patch. */
#define ML_LANES 1
#define AXON_PULSE ml_axon_pulse1
#include "tissue/axon_pulse.inc"
