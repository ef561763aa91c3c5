/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_NUMBER_H
#define ML_REPORT_NUMBER_H

/* Numbers and times as text, the same in every locale. Each answer is a small string by value:
 * fprintf(out, "%s kg", ml_fixed(mass, 1).s). */
typedef struct MlWord {
    char s[64];
} MlWord;

MlWord ml_fixed(double v, int decimals);    /* "138.9"; never "-0.0"; "-" for NaN */
MlWord ml_signed(double v, int decimals);   /* "+1.2", "-0.3", "0.0" */
MlWord ml_short(double v, int significant); /* "%.*g": 1.25e-05, 0.3, 140 */
MlWord ml_plain(double v, int significant); /* for readers, without an exponent from 1e-9 to 1e12: 0.0000125, 0.3, 1050 */
/* Decimals with which values of this magnitude show about four figures, 0 to 4. */
int ml_decimals(double magnitude);

/* An amount beside others of a total: about four figures, never an exponent below 1e7; "" where it is so small
 * that it says nothing (less than a hundredth of the last figure of the total). */
MlWord ml_part(double v, double total);

MlWord ml_duration(double min);                  /* "5 h 10 min", "45 min", "3 d 4 h", "30 s" */
MlWord ml_clock(double start_clock, double min); /* "13:05" */
/* "at 5 h 10 min (13:10)", with the day from the second on: "at 1 d 5 h (day 2, 13:10)" */
MlWord ml_moment(double start_clock, double min);

#endif
