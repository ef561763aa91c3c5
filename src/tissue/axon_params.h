/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of axon.def and a few of arithmetic. */
#ifndef ML_TISSUE_AXON_PARAMS_H
#define ML_TISSUE_AXON_PARAMS_H

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/axon.def"
#undef PARAM

static const double faraday_pa = 1e-3 * ML_FARADAY; /* pA for 1 um3/ms of 1 mmol/L */
static const double tiny_step = 1e-5;               /* closer to 0, a quotient is taken here */

#endif
