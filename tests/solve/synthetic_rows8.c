/* SPDX-License-Identifier: Apache-2.0 */
#define ML_LANES 8
#define SYN_ROWS syn_rows8
#define SYN_WIDE ML_WIDE
#include "synthetic.inc"
