/* SPDX-License-Identifier: Apache-2.0 */
/* Where the maker and the reader of the table of the heart have their nodes. */
#include "tissue/lookup/heart_lookup.h"

const double ml_heart_potassium[ML_HEART_POTASSIUM] = {1.5, 2, 2.6, 3.3, 4.2, 5, 5.8, 6.5, 7.1, 7.6, 8, 8.4, 8.8, 9.3, 9.8, 10.5};
const double ml_heart_calcium[ML_HEART_CALCIUM] = {0.6, 0.8, 1.0, 1.2, 1.35, 1.5, 1.7, 1.9};
const double ml_heart_few[ML_HEART_NALONE + 1][ML_HEART_FEW] = {
    {110, 125, 140, 155, 170}, {0.1, 0.3, 0.55, 2, 6}, {6.8, 7.1, 7.4, 7.6, 7.8}, {33, 35, 37, 39, 41}, {450, 700, 1000, 1350, 2000},
};
