/* SPDX-License-Identifier: Apache-2.0 */
#define APPLY_NAME apply_scalar
#include "apply.inc"
