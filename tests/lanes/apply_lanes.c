/* SPDX-License-Identifier: Apache-2.0 */
#define ML_LANES 8
#define APPLY_NAME apply_lanes
#include "apply.inc"
