/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_PLOT_H
#define ML_REPORT_PLOT_H

#include <stdio.h>

/* A small curve for a terminal, in Braille dots or in ASCII. */
typedef struct MlPlot {
    int n;
    const double *x, *y; /* NaN leaves a gap */
    double from, to;     /* of x */
    const char *x_unit;  /* on the axis; NULL: minutes, told in min, h or d */
    const struct MlPlot *under; /* another curve, dotted, of which n, x and y count; NULL: none */
    double low, high;    /* of y; extended to hold the values and min_span */
    double min_span;
    double limit[2];   /* dotted lines; NaN: none */
    int columns, rows; /* of the drawing, without the labels; up to ML_PLOT_COLUMNS and ML_PLOT_ROWS */
    int ascii;
} MlPlot;

enum { ML_PLOT_COLUMNS = 190, ML_PLOT_ROWS = 12, ML_PLOT_LABEL = 8 };

/* Rows of a right-aligned label of ML_PLOT_LABEL columns, a line and the drawing. */
void ml_plot(const MlPlot *p, FILE *out);
/* The time axis below one or more plots: ticks and labels. */
void ml_plot_axis(const MlPlot *p, FILE *out);

#endif
