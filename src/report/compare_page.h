/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the page of several runs. */
#ifndef ML_REPORT_COMPARE_PAGE_H
#define ML_REPORT_COMPARE_PAGE_H

#include "report/compare.h"
#include "report/html.h"
#include "report/svg.h"

typedef struct MlComparePage {
    MlPage page; /* its r is that of the first side */
    const MlComparison *c;
} MlComparePage;

/* Sides are told apart by color, by how the line is drawn and by their letter. */
static inline int ml_side_color(int side) {
    static const int color[ML_MOST_COMPARED] = {0, 1, 2, 3, 5, 4, 7, 6};
    return color[side];
}
static inline int ml_side_dash(int side) { return side % 3; }

/* Swatch and letter of a side. */
void ml_compare_letter(const MlComparePage *p, int side);
/* Flags as bars, then one drawing for each quantity that differs, with a curve for each side. */
milieu_code ml_compare_charts(const MlComparePage *p);

#endif
