/* SPDX-License-Identifier: Apache-2.0 */
/* Why plasma sodium, potassium, bicarbonate, pH, calcium, magnesium and phosphate moved. */
#ifndef ML_RUN_EXPLAIN_H
#define ML_RUN_EXPLAIN_H

#include "run/result.h"
#include "run/shift.h"
#include "run/turnover.h"

/* The body at a bound of the stretches that are explained. */
typedef struct MlMoment {
    double t;
    double state[ML_NSTATE];
    double plasma[ML_NWHY];  /* the explained outputs */
    double shift[ML_NSHIFT]; /* potassium out of cells by driver, mmol */
    double ahead;            /* plasma potassium by working muscle above that of the fluid outside cells, mmol/L */
    double turned[ML_NTURN]; /* by flows of which states tell only the net */
} MlMoment;

/* Causes of the change of one of them between two moments: each fluid that entered or left the fluid outside cells, by
 * (what it brought - its water times the concentration) / that fluid's water. Sums are exact, being differences of
 * states; how the potassium of cells divides among its drivers, and what turns over in gut and bone, is followed along the run. */
void ml_explain(MlWhy why, const MlContext *context, const MlMoment *before, const MlMoment *after, MlExplanation *explanation);

/* The same of calcium, magnesium and phosphate: every cause by itself, none as what is left. */
void ml_explain_mineral(MlWhy why, const MlContext *context, const MlMoment *before, const MlMoment *after, MlExplanation *explanation);

/* 1 for a cause that is a way into the body or out of it: "urine", "infusion" ... */
int ml_is_route(const char *cause);

#endif
