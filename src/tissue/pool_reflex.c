/* SPDX-License-Identifier: Apache-2.0 */
/* The reflex of the pool without running it. */
#include <math.h>

#include "tissue/pool.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/pool_reflex.def"
#undef PARAM

double ml_pool_reflex_fast(const MlPoolInput *in) {
    const MlPoolInput normal = ml_pool_normal();
    const double drive = in->drive / normal.drive * pow(in->csf_potassium / normal.csf_potassium, reflex_potassium) *
                         pow(in->csf_calcium / normal.csf_calcium, reflex_calcium);
    const double d = pow(drive, reflex_order);
    return reflex_most * d / (d + reflex_most - 1);
}
