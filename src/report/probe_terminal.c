/* SPDX-License-Identifier: Apache-2.0 */
/* What nerve and muscle do at stated concentrations, on a terminal. */
#include "report/ecg_plot.h"
#include "report/ink.h"
#include "report/plot.h"
#include "report/probe.h"
#include "report/values.h"
#include "report/wrap.h"

#include <math.h>
#include <string.h>

typedef struct Terminal {
    const MlProbe *p;
    const MlReportOptions *o;
    FILE *out;
} Terminal;

static void say(const Terminal *t, const char *text) {
    ml_wrap(text, 0, 2, t->o->width, t->o->ascii, t->out);
}

static void heading(const Terminal *t, const char *text) { ml_heading(t->out, t->o->color, text); }

static void given(const Terminal *t) {
    char text[1600];
    heading(t, "Given");
    ml_probe_given(t->p, text, sizeof text);
    say(t, text);
}

static void findings(const Terminal *t) {
    MlLine lines[ML_PROBE_FINDINGS];
    const int n = ml_probe_findings(t->p, lines);
    heading(t, "In short");
    for (int i = 0; i < n; i++) say(t, lines[i].s);
}

enum { NAME = 42, NUMBER = 12 }; /* columns */

static void row(const Terminal *t, int output) {
    enum { LONGEST = 90 };
    const double here = t->p->here[output], usual = t->p->usual[output], most = fmax(fabs(here), fabs(usual));
    const char *unit = ml_shown_unit(output, ML_UNITS_SI);
    const char *text = ml_outputs[output].text;
    const MlWord title = ml_title(output);
    char name[120] = "";
    if (strlen(text) > LONGEST) text = title.s;
    ml_append(name, sizeof name, "%s%s%s", text, *unit ? ", " : "", unit);
    if (strlen(name) > NAME) { /* a line of its own, with the unit beside the numbers */
        say(t, text);
        name[0] = 0;
        if (*unit) ml_append(name, sizeof name, "  in %s", unit);
    }
    fprintf(t->out, "  %-*s %*s %*s", NAME, name, NUMBER, ml_probe_number(output, here, most).s, NUMBER,
            ml_probe_number(output, usual, most).s);
    const MlWord change = ml_probe_change(output, here - usual, most);
    fprintf(t->out, " %s%s\n", here > usual && *change.s != '-' && strcmp(change.s, "0") != 0 ? "+" : "", change.s);
}

/* What it means that axons have no distance from firing. */
static void no_margin(const Terminal *t) {
    const int motor = isnan(t->p->here[ML_O_motor_axon_margin]), sensory = isnan(t->p->here[ML_O_sensory_axon_margin]);
    if (!motor && !sensory) return;
    char text[200] = "";
    ml_append(text, sizeof text, "Distance none: no shift of its gates makes the %s axon fire by itself.",
              motor && sensory ? "motor or the sensory" : motor ? "motor" : "sensory");
    say(t, text);
}

static void table(const Terminal *t) {
    heading(t, "Nerve, muscle and cramp");
    fprintf(t->out, "  %-*s %*s %*s %s\n", NAME, "", NUMBER, "here", NUMBER, "normal", "change");
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (ml_probe_knows(t->p, i)) row(t, i);
    no_margin(t);
}

static void drawing(const Terminal *t, int i) {
    const MlExciteCurve *here = &t->p->curve[i], *usual = &t->p->usual_curve[i];
    const int wide = t->o->width - ML_PLOT_LABEL - 4;
    if (here->n < 2 || usual->n < 2) return;
    const MlPlot under = {.n = usual->n, .x = usual->x, .y = usual->y};
    const MlPlot plot = {.n = here->n,
                         .x = here->x,
                         .y = here->y,
                         .under = &under,
                         .from = fmin(here->x[0], usual->x[0]),
                         .to = fmax(here->x[here->n - 1], usual->x[usual->n - 1]),
                         .x_unit = here->x_unit,
                         .low = NAN,
                         .high = NAN,
                         .limit = {NAN, NAN},
                         .columns = wide > 72 ? 72 : wide,
                         .rows = 5,
                         .ascii = t->o->ascii};
    fprintf(t->out, "%*s %s: %s, %s\n", ML_PLOT_LABEL, "", here->group, here->title, here->y_unit);
    ml_plot(&plot, t->out);
    ml_plot_axis(&plot, t->out);
}

/* The first curve of each group; of the heart the electrocardiogram. */
static void drawings(const Terminal *t) {
    const char *group = "";
    MlEcg here, usual;
    ml_ecg_make(t->p->here, ml_ecg_wall(t->p->curve, t->p->ncurve), &here);
    ml_ecg_usual(&usual);
    heading(t, "Drawings (dotted: normal)");
    for (int i = 0; i < t->p->ncurve; i++) {
        if (strcmp(group, t->p->curve[i].group) != 0 && strcmp(t->p->curve[i].group, "heart") != 0) drawing(t, i);
        group = t->p->curve[i].group;
    }
    fprintf(t->out, "%*s heart: electrocardiogram, mV\n", ML_PLOT_LABEL, "");
    ml_ecg_plot(&here, &usual, t->o->width - ML_PLOT_LABEL - 4, t->o->ascii, t->out);
}

milieu_code ml_probe_terminal(const MlProbe *p, const MlReportOptions *o, FILE *out) {
    const Terminal t = {p, o, out};
    fprintf(out, o->color ? "\033[1m%s\033[0m\n" : "%s\n", "Nerve, muscle and heart at stated concentrations");
    given(&t);
    findings(&t);
    table(&t);
    drawings(&t);
    fputs("\nFor research and teaching; not a medical device.\n", out);
    return fflush(out) != 0 || ferror(out) ? MILIEU_FILE_IO : MILIEU_OK;
}
