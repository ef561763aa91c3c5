/* SPDX-License-Identifier: Apache-2.0 */
/* A pulse through eight patches. */
#define ML_LANES 8
#define AXON_PULSE ml_axon_pulse8
#include "tissue/axon_pulse.inc"
