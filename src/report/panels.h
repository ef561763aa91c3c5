/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_PANELS_H
#define ML_REPORT_PANELS_H

#include "run/result.h"

/* Which outputs are drawn together, under which heading. */

typedef enum MlPanelMode {
    ML_PANEL_VALUE,
    ML_PANEL_ZERO,  /* the axis begins at 0 */
    ML_PANEL_CHANGE, /* the change since the start is drawn */
    ML_PANEL_BAND    /* the second and third series are the ends of a band around the first */
} MlPanelMode;

enum { ML_PANEL_SERIES = 4 };
typedef struct MlPanel {
    const char *group, *title;
    MlPanelMode mode;
    double min_span; /* SI unit of the first output */
    struct {
        int output;
        const char *label;     /* empty where the title says it all */
    } series[ML_PANEL_SERIES]; /* ends with a NULL label */
} MlPanel;

/* The panels of a result, only with outputs it stores: first those of the table, in order, then one for each
 * output that the table does not know. Returns a new array of *n (free it), NULL without memory. */
MlPanel *ml_panels(const MlResult *r, int *n);

/* 1 for a panel of nerve, muscle and cramp of which no series moves by half of min_span, leaves its normal range or has
 * a flag: it is not drawn. */
int ml_panel_is_ordinary(const MlResult *r, const MlPanel *panel);

#endif
