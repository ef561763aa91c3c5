/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_SVG_H
#define ML_REPORT_SVG_H

#include <stdio.h>

/* Charts as SVG, written by our own code. A chart takes the width of what holds it: places along x are in
 * percent, heights in pixels, so that text and lines keep their size from a phone to a printed page.
 * Labels stand left of and below the drawing, outside the svg element; leave them a margin
 * (the style sheet of page.c does). Colors are the classes c0 to c7 of that
 * style sheet, told apart also by color-blind readers. */

enum { ML_SVG_COLORS = 8 };

/* A curve through n points; NaN leaves a gap. x rises. */
typedef struct MlSvgCurve {
    const char *name;
    int n;
    const double *x, *y;
    int color;  /* 0 to 7 */
    int dashed; /* 1 for a dashed line, 2 for a dotted one */
    int thin;   /* 1: thinner, for what goes with another curve */
} MlSvgCurve;

/* A measured point with its error bar. */
typedef struct MlSvgPoint {
    double x, y;
    double low, high; /* ends of the bar; NaN: none */
    int color;
    int hollow;       /* 1: an open circle */
    const char *text; /* shown on hover; may be NULL */
} MlSvgPoint;

/* A filled rectangle: one piece of a stacked bar. */
typedef struct MlSvgBar {
    double from, to, low, high;
    int color;
    const char *text; /* shown on hover; may be NULL */
} MlSvgBar;

/* A stretch of x behind everything. */
typedef struct MlSvgShade {
    double from, to;
    const char *kind; /* class of the style sheet: "night", "effort" */
} MlSvgShade;

typedef struct MlSvgChart {
    const char *label; /* for who cannot see it: what is drawn; required */
    double from, to;            /* of x */
    const char *x_unit;         /* of x, behind each label; NULL: minutes, labeled in min, h or d */
    double low, high;           /* of y; NaN: from the data */
    double min_span;            /* y spans at least this much, so that noise stays small */
    int zero;                   /* 1: y includes 0 */
    int height;                 /* pixels of the drawing; 0: 110 */
    int with_labels;            /* 1: labels below the x axis */
    double band_low, band_high; /* a horizontal band such as the normal range; NaN: none */
    int ncurve, npoint, nbar, nshade, nmark;
    const MlSvgCurve *curve;
    const MlSvgPoint *point;
    const MlSvgBar *bar;
    const MlSvgShade *shade;
    const double *mark; /* thin vertical lines: when something happened */
} MlSvgChart;

/* Nothing in it, NaN where that means "from the data". */
MlSvgChart ml_svg_chart_default(void);

/* The range of y that will be drawn. */
void ml_svg_range(const MlSvgChart *c, double *low, double *high);

/* Writes the svg element. Texts are escaped. Any number of points: a curve is thinned to what can be seen. */
void ml_svg_chart(const MlSvgChart *c, FILE *out);

/* Text for HTML and XML, in elements and quoted attributes; control characters and invalid UTF-8 replaced. */
void ml_svg_text(const char *text, FILE *out);
/* The first character of such a text, which is not empty; returns where the next begins. */
const char *ml_svg_character(const char *text, FILE *out);

#endif
