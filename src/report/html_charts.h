/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_HTML_CHARTS_H
#define ML_REPORT_HTML_CHARTS_H

#include "report/html.h"
#include "report/svg.h"
#include "report/words.h"

enum { ML_MAX_SHADES = 120, ML_MAX_MARKS = 24 };

/* What all charts of one page share, and the data for reading values off. */
typedef struct MlCharts {
    const MlPage *p;
    double from, to;
    int nshade, nmark;
    MlSvgShade shade[ML_MAX_SHADES];
    double mark[ML_MAX_MARKS];
    int nseries;
    int every;    /* each `every`-th stored moment can be read */
    int *output;  /* of each series */
    char *change; /* 1: the series is the change since the start */
    int nwhy; /* explained in bars */
    struct MlWhyBars {
        MlWhy why;
        int ncause;
        MlCause cause[ML_MAX_CAUSE];
    } bars[ML_NWHY];
} MlCharts;

/* Finds what is shaded and marked in every chart. */
void ml_charts_find_events(MlCharts *c);
/* Parts of that. */
void ml_charts_shade_nights(MlCharts *c);
void ml_charts_shade_effort(MlCharts *c);
/* Lanes of events and flags on the common axis. */
void ml_charts_events(const MlCharts *c);

/* A chart with the common axis, shades and marks. */
MlSvgChart ml_charts_frame(const MlCharts *c, const char *label);
/* The figure around a chart; what is written between open and close is its legend. */
void ml_charts_open(const MlCharts *c, const MlSvgChart *chart, const char *title, const char *unit,
                    const char *kind);
void ml_charts_close(const MlCharts *c, const MlSvgChart *chart);

/* Why an output moved, as stacked bars; and all such bars as numbers for reading off. */
milieu_code ml_charts_causes(MlCharts *c, MlWhy why);
void ml_charts_causes_data(const MlCharts *c);

/* A number of JSON, null for what is none. */
void ml_charts_number(FILE *out, double v, int decimals);

#endif
