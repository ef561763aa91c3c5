/* SPDX-License-Identifier: Apache-2.0 */
/* What excite_tissue.c and excite_curves.c share. */
#ifndef ML_SIGNS_EXCITE_INSIDE_H
#define ML_SIGNS_EXCITE_INSIDE_H

#include "signs/excite.h"
#include "tissue/fiber.h"
#include "tissue/pool.h"

/* What the fibers of muscle are told. */
MlFiberInput ml_excite_fiber(const MlExcite *x);

/* A cramp brought on by a train somewhat above the threshold, Hz. */
void ml_excite_elicited(const MlExcite *x, double threshold, MlPoolTrace *trace);

#endif
