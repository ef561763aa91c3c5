/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/study_report.h"
#include "report/study_words.h"

/* ---- observations ---- */

/* Widths that hold what there is. */
typedef struct Columns {
    int study, arm, quantity, when, measured, unit;
} Columns;

static void widen(int *width, const char *text) {
    const int n = (int)strlen(text);
    if (n > *width) *width = n;
}

static Columns measure(const MlStudySet *set) {
    Columns c = {0};
    char text[ML_WHEN_TEXT], unit[ML_UNIT_TEXT], measured[ML_STUDY_TEXT];
    for (int i = 0; i < set->n; i++) {
        const MlStudy *s = &set->study[i];
        widen(&c.study, s->name);
        for (int k = 0; k < s->nobserved; k++) {
            const MlObservation *o = &s->observed[k];
            ml_observation_when(s, o, text, sizeof text);
            ml_observation_unit(o, unit, sizeof unit);
            ml_measured_text(o, measured);
            widen(&c.arm, s->arm[o->arm].name);
            widen(&c.quantity, ml_outputs[o->output].name);
            widen(&c.when, text);
            widen(&c.measured, measured);
            widen(&c.unit, unit);
        }
    }
    return c;
}

static void print_observation(const MlStudy *s, const MlObservation *o, const Columns *c, FILE *out) {
    const MlFinding *f = &o->found;
    char when[ML_WHEN_TEXT], unit[ML_UNIT_TEXT], measured[ML_STUDY_TEXT], sd[ML_STUDY_TEXT] = "",
                                                          simulated[ML_STUDY_TEXT] = "-";
    char deviation[ML_STUDY_TEXT] = "-";
    ml_observation_when(s, o, when, sizeof when);
    ml_observation_unit(o, unit, sizeof unit);
    ml_measured_text(o, measured);
    if (!isnan(f->sd) && o->measured != ML_MEASURED_DIRECTION && o->measured != ML_MEASURED_RANGE)
        snprintf(sd, sizeof sd, "(%.20s%s)", ml_plain(f->sd, 3).s, f->usual ? "*" : "");
    if (!isnan(f->simulated)) snprintf(simulated, sizeof simulated, "%s", ml_plain(f->simulated, 4).s);
    if (!isnan(f->deviation)) snprintf(deviation, sizeof deviation, "%+.1f", f->deviation);
    fprintf(out, "%-*s  %-*s  %-*s  %-*s  %*s %-9s %9s %-*s  %6s  %s%s", c->study, s->name, c->arm,
            s->arm[o->arm].name, c->quantity, ml_outputs[o->output].name, c->when, when, c->measured,
            measured, sd, simulated, c->unit, unit, deviation, ml_verdict_text(f->verdict),
            o->contested ? ", contested" : "");
    fprintf(out, "%s%s\n", *f->why ? ": " : "", f->why);
}

/* ---- summaries ---- */

static void print_count(const char *name, int width, const MlCount *c, FILE *out) {
    char one[ML_STUDY_TEXT], two[ML_STUDY_TEXT], still[ML_STUDY_TEXT];
    ml_share_text(ml_count_share_1sd(c), one);
    ml_share_text(ml_count_share_2sd(c), two);
    ml_share_text(ml_count_share_still(c), still);
    fprintf(out, "%-*s %6d %12s %12s %12s", width, name, c->points, one, two, still);
    if (c->ndeviation)
        fprintf(out, " %+7.2f %6.2f", ml_count_bias(c), ml_count_rms(c));
    else
        fprintf(out, " %7s %6s", "-", "-");
    fprintf(out, " %8d\n", c->not_run);
}

static void print_header(const char *name, int width, FILE *out) {
    fprintf(out, "\n%-*s %6s %12s %12s %12s %7s %6s %8s\n", width, name, "points", "within 1 SD",
            "within 2 SD", "no change", "bias", "rms", "not run");
}

static bool any(const MlCount *c) { return c->points || c->not_run; }

static void print_summaries(const MlStudySet *set, const MlCounted *which, int width, FILE *out) {
    MlCounted part = *which, contested = *which;
    print_header("by study", width, out);
    for (int i = 0; i < set->n; i++) {
        const MlCount c = ml_count_study(&set->study[i], which);
        if (any(&c)) print_count(set->study[i].name, width, &c, out);
    }
    print_header("by topic", width, out);
    for (part.topic = 0; ml_topic_words[part.topic]; part.topic++) {
        const MlCount c = ml_count_set(set, &part);
        if (any(&c)) print_count(ml_topic_words[part.topic], width, &c, out);
    }
    const MlCount all = ml_count_set(set, which);
    print_count("all", width, &all, out);
    contested.contested = true;
    const MlCount c = ml_count_set(set, &contested);
    if (any(&c)) print_count("contested, apart", width, &c, out);
}

void ml_study_terminal(const MlStudySet *set, const MlCounted *which, bool quiet, FILE *out) {
    Columns c = measure(set);
    for (int i = 0; i < set->n && !quiet; i++) {
        const MlStudy *s = &set->study[i];
        for (int k = 0; k < s->nobserved; k++) print_observation(s, &s->observed[k], &c, out);
    }
    widen(&c.study, "calcium-magnesium");
    print_summaries(set, which, c.study, out);
    fprintf(out, "\nIn brackets the standard deviation; * is the quantity's usual variation, where the study "
                 "prints none.\n"
                 "No change: the share within 1 SD of a person in whom nothing happens.\n");
}
