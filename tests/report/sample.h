/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_TESTS_REPORT_SAMPLE_H
#define ML_TESTS_REPORT_SAMPLE_H

#include "run/result.h"

/* Results made up for the tests; release with ml_result_free. */

/* A 58 kg woman runs for five hours and drinks a liter of water an hour; 24 h at 5 min. Made with a crude
 * two-compartment water balance, so that the numbers look right and the balance sheet closes. */
MlResult sample_marathon(void);

/* The same kind of result of any length, with a daily rhythm and meals. */
MlResult sample_days(int days);

/* Twelve hours in which potassium falls from 4.2 to 2.9 and bicarbonate rises from 24 to 31 mmol/L, pH by 0.06; sodium
 * stands still. */
MlResult sample_hypokalemia(void);

/* n points of one output, all set to value, and nothing else. */
MlResult sample_constant(int output, int n, double value);

/* Twelve hours in which each of n outputs goes straight from one value to another, and nothing else. */
typedef struct SampleCourse {
    int output;
    double from, to;
} SampleCourse;
MlResult sample_courses(int n, const SampleCourse *course);

#endif
