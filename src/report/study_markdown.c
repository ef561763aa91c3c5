/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/study_report.h"
#include "report/study_words.h"

/* Text of a table cell. */
static void put_cell(const char *text, FILE *out) {
    for (; *text; text++) {
        if (*text == '|') fputc('\\', out);
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

/* Three figures; nothing where there is no number. */
static void put_number(double x, FILE *out) {
    if (isfinite(x)) fputs(ml_plain(x, 3).s, out);
}

static void put_deviation(double x, FILE *out) {
    char text[32];
    if (isnan(x)) return;
    snprintf(text, sizeof text, "%+.1f", x);
    fputs(strcmp(text, "-0.0") && strcmp(text, "+0.0") ? text : "0.0", out);
}

static bool any(const MlCount *c) { return c->points || c->not_run; }

/* ---- summary ---- */

static void count_row(const char *name, const MlCount *c, FILE *out) {
    char one[ML_STUDY_TEXT], two[ML_STUDY_TEXT], still[ML_STUDY_TEXT];
    ml_share_text(ml_count_share_1sd(c), one);
    ml_share_text(ml_count_share_2sd(c), two);
    ml_share_text(ml_count_share_still(c), still);
    fprintf(out, "| %s | %d | %s | %s | %s | ", name, c->points, one, two, still);
    put_deviation(ml_count_bias(c), out);
    fputs(" | ", out);
    if (c->ndeviation) fprintf(out, "%.1f", ml_count_rms(c));
    fprintf(out, " | %d |\n", c->not_run);
}

static void put_summary(const MlStudySet *set, const MlCounted *which, FILE *out) {
    MlCounted part = *which, contested = *which;
    fputs("| topic | points | within 1 SD | within 2 SD | no change | bias | rms | not run |\n"
          "|---|---:|---:|---:|---:|---:|---:|---:|\n",
          out);
    for (part.topic = 0; ml_topic_words[part.topic]; part.topic++) {
        const MlCount c = ml_count_set(set, &part);
        if (any(&c)) count_row(ml_topic_words[part.topic], &c, out);
    }
    const MlCount all = ml_count_set(set, which);
    count_row("**all**", &all, out);
    contested.contested = true;
    const MlCount c = ml_count_set(set, &contested);
    if (any(&c)) count_row("contested, apart", &c, out);
}

/* ---- observations ---- */

/* Arm, quantity, when, measured with its unit, SD, simulated, deviation: seven cells. */
static void put_what(const MlStudy *s, const MlObservation *o, FILE *out) {
    const MlFinding *f = &o->found;
    char when[ML_WHEN_TEXT], unit[ML_UNIT_TEXT], measured[ML_STUDY_TEXT];
    ml_observation_when(s, o, when, sizeof when);
    ml_observation_unit(o, unit, sizeof unit);
    ml_measured_text(o, measured);
    put_cell(s->arm[o->arm].name, out);
    fprintf(out, " | `%s` | ", ml_outputs[o->output].name);
    put_cell(when, out);
    const bool bare = !strcmp(unit, "1") || !strpbrk(measured, "0123456789");
    fprintf(out, " | %s%s%s | ", measured, bare ? "" : " ", bare ? "" : unit);
    if (!isnan(f->sd) && o->measured != ML_MEASURED_DIRECTION && o->measured != ML_MEASURED_RANGE)
        fprintf(out, "%s%s", ml_plain(f->sd, 3).s, f->usual ? "\\*" : "");
    fputs(" | ", out);
    put_number(f->simulated, out);
    fputs(" | ", out);
    put_deviation(f->deviation, out);
}

static void put_study(const MlStudy *s, const MlCounted *which, FILE *out) {
    char one[ML_STUDY_TEXT];
    const MlCount c = ml_count_study(s, which);
    ml_share_text(ml_count_share_1sd(&c), one);
    fprintf(out, "\n### %s\n\n", s->name);
    if (*s->citation) fprintf(out, "%s\n\n", s->citation);
    fprintf(out, "%s; %d points, %s within 1 SD.\n\n", ml_topic_words[s->topic], c.points, one);
    fputs("| arm | quantity | when | measured | SD | simulated | deviation | verdict |\n"
          "|---|---|---|---|---|---|---|---|\n",
          out);
    for (int i = 0; i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        fputs("| ", out);
        put_what(s, o, out);
        fprintf(out, " | %s%s", ml_verdict_text(o->found.verdict), o->contested ? ", contested" : "");
        if (*o->found.why) {
            fputs(": ", out);
            put_cell(o->found.why, out);
        }
        fputs(" |\n", out);
    }
}

/* ---- misses ---- */

typedef struct Miss {
    const MlStudy *study;
    const MlObservation *o;
    int order;
} Miss;

/* The size of a miss; where there is no number it comes first. Ties and rounding keep the order of the files.
 */
static double size_of(const Miss *m) {
    return isnan(m->o->found.deviation) ? INFINITY : round(10 * fabs(m->o->found.deviation));
}

static int by_size(const void *a, const void *b) {
    const Miss *x = a, *y = b;
    const double p = size_of(x), q = size_of(y);
    if (p != q) return p > q ? -1 : 1;
    return x->order - y->order;
}

static int find_misses(const MlStudySet *set, const MlCounted *which, Miss *miss) {
    int n = 0;
    for (int i = 0; i < set->n; i++)
        for (int k = 0; k < set->study[i].nobserved; k++) {
            const MlObservation *o = &set->study[i].observed[k];
            if (o->found.verdict == ML_BEYOND_2SD && ml_counts(which, &set->study[i], o)) {
                miss[n] = (Miss){&set->study[i], o, n};
                n++;
            }
        }
    qsort(miss, (size_t)n, sizeof *miss, by_size);
    return n;
}

static void put_misses(const MlStudySet *set, const MlCounted *which, FILE *out) {
    const MlCount all = ml_count_set(set, which);
    Miss *miss = calloc((size_t)all.beyond_2sd + 1, sizeof *miss);
    if (!miss) return;
    const int n = find_misses(set, which, miss);
    fputs("\n## Misses\n\n", out);
    if (!n) fputs("None lies beyond 2 SD.\n", out);
    if (n)
        fputs("Every point beyond 2 SD, directions that do not hold first, then by size.\n\n"
              "| study | arm | quantity | when | measured | SD | simulated | deviation | note |\n"
              "|---|---|---|---|---|---|---|---|---|\n",
              out);
    for (int i = 0; i < n; i++) {
        fprintf(out, "| %s | ", miss[i].study->name);
        put_what(miss[i].study, miss[i].o, out);
        fputs(" | ", out);
        put_cell(*miss[i].o->found.why ? miss[i].o->found.why : miss[i].o->note ? miss[i].o->note : "", out);
        fputs(" |\n", out);
    }
    free(miss);
}

void ml_study_markdown(const MlStudySet *set, const MlCounted *which, FILE *out) {
    fputs("# Held against people\n\n"
          "Written by `milieu validate studies --markdown docs/validation.md`; do not edit. Every study of "
          "`studies/` is\n"
          "run with one parameter set and compared with what was measured. A deviation counts in standard "
          "deviations\n"
          "between people; \\* marks the quantity's usual variation (`data/variation.csv`), where the study "
          "prints no\n"
          "spread. A direction that holds counts as within 1 SD, one that does not as beyond 2 SD. `no "
          "change` is the share\n"
          "within 1 SD of a person in whom nothing happens: skill is what lies above it. `docs/studies.md` "
          "tells how each\n"
          "number is formed.\n\n",
          out);
    put_summary(set, which, out);
    put_misses(set, which, out);
    fputs("\n## Studies\n", out);
    for (int i = 0; i < set->n; i++)
        if (!*set->study[i].error) put_study(&set->study[i], which, out);
}
