/* SPDX-License-Identifier: Apache-2.0 */
/* Flows that go to and fro, of which states tell only the net: juices of the gut, bone, muscle broken down. */
#ifndef ML_RUN_TURNOVER_H
#define ML_RUN_TURNOVER_H

#include "body/body.h"

typedef enum MlTurn {
    ML_TURN_JUICE_CALCIUM,
    ML_TURN_JUICE_MAGNESIUM,
    ML_TURN_JUICE_PHOSPHATE,
    ML_TURN_RESORPTION, /* as calcium */
    ML_TURN_WASTE_MAGNESIUM,
    ML_TURN_WASTE_PHOSPHATE,
    ML_TURN_WASTE_ESTERS,
    ML_NTURN
} MlTurn;

/* Units of a substance that such a flow brings with each unit of its own. */
double ml_turn_as(MlTurn turn, int substance);

/* Starts as zeros and is told of its first moment with minutes = 0. */
typedef struct MlTurnover {
    double rate[ML_NTURN], sum[ML_NTURN]; /* now, mmol/min; since the beginning, mmol */
} MlTurnover;

/* So many minutes on, at the state y (trapezoids). */
void ml_turnover_follow(const MlContext *context, const double *y, double minutes, MlTurnover *turnover);

#endif
