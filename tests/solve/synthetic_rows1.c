/* SPDX-License-Identifier: Apache-2.0 */
#define SYN_ROWS syn_rows
#define SYN_WIDE
#include "synthetic.inc"
