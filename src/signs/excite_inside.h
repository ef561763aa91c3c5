/* SPDX-License-Identifier: Apache-2.0 */
/* What excite_tissue.c and excite_curves.c share. */
#ifndef ML_SIGNS_EXCITE_INSIDE_H
#define ML_SIGNS_EXCITE_INSIDE_H

#include "signs/excite.h"
#include "tissue/axon.h"
#include "tissue/fiber.h"
#include "tissue/heart.h"
#include "tissue/pool.h"

/* The answers of the models. */
typedef struct MlExciteWhole {
    MlAxonFull axon[ML_NAXON];
    MlFiberFull fiber[ML_NFIBER];
    double threshold;  /* of the cramp, Hz */
    MlPoolTrace cramp; /* brought on by a train somewhat above the threshold */
    MlHeartRead heart, usual_heart;
    MlHeartWall wall;
} MlExciteWhole;

/* Those that draw the curves. */
int ml_excite_draw(const MlExciteWhole *w, MlExciteCurve curve[ML_EXCITE_CURVES]);

/* Everything, once; out: NULL where nobody asks. */
void ml_excite_whole(const MlExcite *x, MlExciteWhole *w, double *out);

#endif
