/* SPDX-License-Identifier: Apache-2.0 */
#define SYN_ROWS syn_rows
#include "synthetic.inc"
