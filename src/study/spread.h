/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_SPREAD_H
#define ML_STUDY_SPREAD_H

/* Standard deviations from what papers print. */

/* x with a share p of the standard normal distribution below it; 0 < p < 1. */
double ml_normal_quantile(double p);

/* From a standard error of n people. */
double ml_sd_of_sem(double sem, int n);

/* From the distance of the quartiles: / 1.35 (Wan, BMC Med Res Methodol 2014;14:135, n large). */
double ml_sd_of_quartiles(double low, double high);

/* From the least and the greatest of n >= 2 people (Wan 2014, equation 9). */
double ml_sd_of_range(double low, double high, int n);

#endif
