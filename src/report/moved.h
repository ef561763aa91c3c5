/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_MOVED_H
#define ML_REPORT_MOVED_H

#include "run/result.h"

/* Which of the explained quantities a report tells: sodium in any case, the others where they move, leave their normal
 * range or are stored without sodium; of bicarbonate and pH the one that moved more. What moved farthest, in widths of
 * its normal range, comes first. */
typedef struct MlMoved {
    int n;
    MlWhy why[ML_NWHY];
} MlMoved;

MlMoved ml_moved(const MlResult *r);

/* 1 where a change is worth telling of a stretch of that length, min. */
int ml_is_worth(MlWhy why, double change, double length);
/* 1 where a quantity with these extremes hardly moved at all. */
int ml_is_still(MlWhy why, double low, double high);
/* With how many decimals effects are told. */
int ml_effect_decimals(MlWhy why);

#endif
