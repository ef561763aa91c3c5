/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_MOVED_H
#define ML_REPORT_MOVED_H

#include "run/result.h"

/* Which quantities a report tells, those that are explained, glucose, lactate, ketones and urea, the hormones of calcium, QTc and QRS, nerve and muscle: what moved farthest, in widths of
 * its normal range, first; plasma sodium in any case, the others where they move or leave their normal range. Where both
 * do, of bicarbonate and pH the one that moved more; of calcium and magnesium the total, or the ionized where it moved by
 * clearly more. Glucose and its like, where they move far, and hormones, then QTc and QRS, follow what is explained, unless only they moved; nerve and muscle come last, the
 * cramp threshold also where there is a risk of cramps. */
enum { ML_MOVED_HORMONES = 3, ML_MOVED_HEART = 2, ML_MOVED_NERVE = 4, ML_MOVED_SOLUTES = 4, ML_MAX_MOVED = ML_NWHY + ML_MOVED_HORMONES + ML_MOVED_HEART + ML_MOVED_NERVE + ML_MOVED_SOLUTES };
typedef struct MlMoved {
    int n;
    int output[ML_MAX_MOVED];
} MlMoved;

MlMoved ml_moved(const MlResult *r);
/* 1 where calcium, magnesium, phosphate or a hormone of theirs is among these. */
int ml_moved_minerals(const MlMoved *moved);

/* 1 where a change is worth telling of a stretch of that length, min. */
int ml_is_worth(int output, double change, double length);
/* 1 where a quantity with these extremes hardly moved at all. */
int ml_is_still(int output, double low, double high);
/* With how many decimals effects are told. */
int ml_effect_decimals(MlWhy why);
/* What a drawing of a value, and of what moved it, spans at least. */
double ml_moved_span(int output);
double ml_effect_span(MlWhy why);

#endif
