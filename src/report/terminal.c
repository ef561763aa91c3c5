/* SPDX-License-Identifier: Apache-2.0 */
/* One run on a terminal, from what matters most to what is looked up. */
#include "base/fail.h"
#include "report/breach_words.h"
#include "report/cramp_words.h"
#include "report/ecg_plot.h"
#include "report/ink.h"
#include "report/moved.h"
#include "report/plot.h"
#include "report/values.h"
#include "report/words.h"
#include "report/wrap.h"

#include "timeline/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Terminal {
    const MlResult *r;
    const MlReportOptions *o;
    FILE *out;
    int width;
} Terminal;

static void ink(const Terminal *t, MlInk i) { ml_ink(t->out, t->o->color, i); }

static void heading(const Terminal *t, const char *text) { ml_heading(t->out, t->o->color, text); }

static void wrap(const Terminal *t, int used, int indent, const char *text) {
    ml_wrap(text, used, indent, t->width, t->o->ascii, t->out);
}

/* ---- parts ---- */

static void title(const Terminal *t) {
    ink(t, ML_BOLD);
    wrap(t, 0, 0, *t->r->title ? t->r->title : "A run without a title");
    ink(t, ML_PLAIN);
    if (*t->r->person) wrap(t, 0, 0, t->r->person);
    char line[200] = "";
    double first = ml_first_time(t->r);
    ml_append(line, sizeof line, "%s from %s", ml_duration(ml_last_time(t->r) - first).s,
              ml_clock(t->r->start_clock, first).s);
    if (first < 0) ml_append(line, sizeof line, ", t = 0 at %s", ml_clock(t->r->start_clock, 0).s);
    if (t->o->version) ml_append(line, sizeof line, "; %s", t->o->version);
    ink(t, ML_DIM);
    wrap(t, 0, 0, line);
    ink(t, ML_PLAIN);
}

static void findings(const Terminal *t) {
    MlLine lines[ML_MAX_FINDINGS];
    int n = ml_findings(t->r, t->o, lines);
    heading(t, "In short");
    for (int i = 0; i < n; i++) {
        if (i == 0 && t->r->lethal) ink(t, ML_RED);
        wrap(t, 0, 2, lines[i].s);
        ink(t, ML_PLAIN);
    }
}

/* Everything that a stretch has to tell, in one paragraph. */
static void tell(const Terminal *t, const MlStory *s, FILE *out) {
    const char *const parts[] = {s->what, s->flows, s->flags};
    const char *before = "";
    for (int i = 0; i < 3; i++)
        if (*parts[i]) fprintf(out, "%s%s", before, parts[i]), before = "; ";
    for (int k = 0; k < s->ntold; k++) {
        char told[120];
        ml_told_words(t->o, &s->told[k], told, sizeof told);
        fprintf(out, "%s%s", before, told), before = "; ";
        if (*s->told[k].why) fprintf(out, " (mostly: %s)", s->told[k].why);
    }
}

static milieu_code story(const Terminal *t, const MlStory *s) {
    enum { INDENT = 12 };
    char name[48], *text = NULL;
    size_t size;
    FILE *paragraph = open_memstream(&text, &size);
    if (!paragraph) return MILIEU_NO_MEMORY;
    tell(t, s, paragraph);
    const int lost = fclose(paragraph) != 0 || !text;
    ml_story_name(s, name, sizeof name);
    const int used = fprintf(t->out, "%8s  ", name);
    if (!lost) wrap(t, used, used > INDENT ? used : INDENT, *text ? text : "nothing to tell");
    free(text);
    return lost ? MILIEU_NO_MEMORY : MILIEU_OK;
}

static milieu_code stories(const Terminal *t) {
    MlStory *s;
    int n = ml_stories(t->r, t->o, &s);
    if (n < 0) return MILIEU_NO_MEMORY;
    if (n > 0)
        heading(t, s[0].to - s[0].from > 60 && n > 1 && s[1].to - s[1].from > 60 * 23 ? "What happened"
                                                                                      : "Hour by hour");
    milieu_code code = MILIEU_OK;
    for (int i = 0; i < n && code == MILIEU_OK; i++) code = story(t, &s[i]);
    free(s);
    return code;
}

static void flags(const Terminal *t) {
    if (t->r->nflag == 0) return;
    heading(t, "Flags");
    for (int i = 0; i < t->r->nflag; i++) {
        MlFlagSpan f;
        const int times = ml_flag_whole(t->r, i, &f);
        if (times == 0) continue;
        char words[300], line[400] = "";
        ml_flag_words(t->r, t->o, &f, words, sizeof words);
        ml_append(line, sizeof line, "%s ", ml_flag_title(f.flag).s);
        if (times > 1) ml_append(line, sizeof line, "%d times, ", times);
        ml_append(line, sizeof line, "%s", words);
        ink(t, f.severity >= 3 ? ML_RED : ML_YELLOW);
        int used = fprintf(t->out, "  %-8s", ml_severity_text(f.severity));
        ink(t, ML_PLAIN);
        wrap(t, used, 12, line);
    }
}

static void breaches(const Terminal *t) {
    if (t->r->nbreach == 0) return;
    heading(t, "Safety limits");
    for (int i = 0; i < t->r->nbreach; i++) {
        milieu_breach b;
        const int times = ml_breach_whole(t->r, i, &b);
        if (times == 0) continue;
        char words[300], line[600] = "";
        ml_breach_words(t->r, &b, times, words, sizeof words);
        ml_append(line, sizeof line, "%s (against: %s)", words, b.protects);
        ink(t, b.hard ? ML_RED : ML_YELLOW);
        int used = fprintf(t->out, "  %-8s", b.hard ? "broken" : "advice");
        ink(t, ML_PLAIN);
        wrap(t, used, 12, line);
    }
}

/* Returns 1 where the output is stored. */
static int drawing(const Terminal *t, int output, double min_span, MlPlot *p, double *shown) {
    const MlResult *r = t->r;
    const double *v = ml_result_series(r, output);
    if (!v) return 0;
    for (int j = 0; j < r->ntime; j++) shown[j] = ml_shown(output, t->o->units, v[j]);
    p->y = shown;
    p->min_span = min_span;
    p->limit[0] = p->limit[1] = NAN;
    ml_reference(output, t->o->units, &p->limit[0], &p->limit[1], NULL);
    const char *unit = ml_shown_unit(output, t->o->units);
    fprintf(t->out, "%*s %s%s%s\n", ML_PLOT_LABEL, "", ml_title(output).s, *unit ? ", " : "", unit);
    ml_plot(p, t->out);
    return 1;
}

/* What moved, water, urine; of a run that stores none of these, the first of what it stores. */
static void draw(const Terminal *t, MlPlot *p, double *shown) {
    enum { FEW = 3 };
    const MlMoved moved = ml_moved(t->r);
    int n = 0;
    for (int k = 0; k < moved.n; k++) n += drawing(t, moved.output[k], ml_moved_span(moved.output[k]), p, shown);
    n += drawing(t, ml_result_series(t->r, ML_O_water_balance) ? ML_O_water_balance : ML_O_body_mass, 0.4, p, shown);
    n += drawing(t, ML_O_urine_flow, 1, p, shown);
    for (int i = 0; n == 0 && i < FEW && i < t->r->noutput; i++) drawing(t, t->r->output[i], 0, p, shown);
}

/* The electrocardiogram of a moment over the person's own normal; death follows the last. */
static void beats(const Terminal *t, const MlExciteAt *at, const char *name, int last) {
    char words[200], line[400] = "";
    MlEcg now, own;
    ml_ecg_of(&at->x, 0, &now);
    const int own_start = ml_ecg_own(t->r, 0, &own);
    ml_ecg_words(&now, words, sizeof words);
    ml_append(line, sizeof line, "Electrocardiogram at %s, %s, mV (dotted: %s): %s.", ml_moment(t->r->start_clock, at->t).s, name,
              own_start ? "at the start" : "of a healthy adult", words);
    if (last && t->r->lethal) ml_append(line, sizeof line, ml_ecg_stands_still(t->r) ? " Then standstill: no beat follows." : " Then death.");
    wrap(t, 0, 2, line);
    ml_ecg_plot(&now, &own, t->width - ML_PLOT_LABEL - 4, t->o->ascii, t->out);
}

/* Where it was farthest from normal, if that is far, and at the end. */
static void heart(const Terminal *t) {
    const MlExciteAt *worst = &t->r->excite[ML_EXCITE_HEART], *end = &t->r->excite[ML_EXCITE_END];
    const int goes_on = end->t > worst->t;
    if (!ml_ecg_is_notable(t->r)) return;
    heading(t, "Heart");
    beats(t, worst, "farthest from normal", !goes_on);
    if (goes_on) beats(t, end, t->r->lethal ? "before death" : "the end", 1);
}

/* One row that shows when there was exercise or heat. */
static void exertion(const Terminal *t, const MlPlot *p) {
    char row[ML_PLOT_COLUMNS + 1];
    int any = 0;
    memset(row, ' ', sizeof row);
    row[p->columns] = 0;
    for (int i = 0; i < t->r->nlog; i++) {
        const MlLogEntry *e = &t->r->log[i];
        if ((e->kind != ML_EVENT_EXERCISE && e->kind != ML_EVENT_HEAT) || e->until <= e->at) continue;
        for (int c = 0; c < p->columns; c++) {
            double x = p->from + (c + 0.5) * (p->to - p->from) / p->columns;
            if (x >= e->at && x <= e->until) row[c] = '=', any = 1;
        }
    }
    if (any) fprintf(t->out, "%*s  %.*s\n", ML_PLOT_LABEL, "exercise", (int)strlen(row), row);
}

static milieu_code drawings(const Terminal *t) {
    const MlResult *r = t->r;
    if (r->ntime < 2) return MILIEU_OK;
    double *shown = malloc((size_t)r->ntime * sizeof *shown);
    if (!shown) return MILIEU_NO_MEMORY;
    int wide = t->width - ML_PLOT_LABEL - 4;
    MlPlot p = {.n = r->ntime,
                .x = r->time,
                .from = ml_first_time(r),
                .to = ml_last_time(r),
                .low = NAN,
                .high = NAN,
                .columns = wide > 100 ? 100 : wide,
                .rows = 4,
                .ascii = t->o->ascii};
    heading(t, "Drawing");
    draw(t, &p, shown);
    ml_plot_axis(&p, t->out);
    exertion(t, &p);
    free(shown);
    return MILIEU_OK;
}

static void value_row(const Terminal *t, int output) {
    MlUnits units = t->o->units;
    MlExtremes x = ml_extremes(t->r, output);
    if (x.n == 0 || (x.low == 0 && x.high == 0)) return;
    double low, high, start = ml_shown(output, units, x.start), worst = ml_shown(output, units, x.worst);
    double end = ml_shown(output, units, x.end);
    int d = ml_shown_decimals(output, units, fmax(fabs(start), fmax(fabs(worst), fabs(end))));
    char name[80] = "";
    const char *unit = ml_shown_unit(output, units);
    ml_append(name, sizeof name, "%s%s%s", ml_outputs[output].name, *unit ? ", " : "", unit);
    if (strlen(name) > 32) fprintf(t->out, "  %s\n", name), name[0] = 0;
    fprintf(t->out, "  %-32s %8s %8s %11s %8s", name, ml_fixed(start, d).s, ml_fixed(worst, d).s,
            ml_duration(x.worst_at).s, ml_fixed(end, d).s);
    if (ml_reference(output, units, &low, &high, NULL) && t->width >= 84)
        fprintf(t->out, "  %s-%s", ml_short(low, 4).s, ml_short(high, 4).s);
    putc('\n', t->out);
}

/* What is shown where a run stores more than fits a screen. */
static int is_main(int output) {
    static const int main_ones[] = {ML_O_body_mass,
                                    ML_O_water_balance,
                                    ML_O_ecf_volume,
                                    ML_O_icf_volume,
                                    ML_O_plasma_volume,
                                    ML_O_brain_water,
                                    ML_O_core_temperature,
                                    ML_O_mean_arterial_pressure,
                                    ML_O_gfr,
                                    ML_O_plasma_sodium,
                                    ML_O_plasma_potassium,
                                    ML_O_plasma_chloride,
                                    ML_O_plasma_glucose,
                                    ML_O_plasma_urea,
                                    ML_O_plasma_osmolality,
                                    ML_O_plasma_adh,
                                    ML_O_urine_osmolality,
                                    ML_O_urine_sodium,
                                    ML_O_intake_water,
                                    ML_O_sweat_volume,
                                    ML_O_urine_volume,
                                    ML_O_plasma_bicarbonate,
                                    ML_O_plasma_ph,
                                    ML_O_arterial_pco2,
                                    ML_O_plasma_lactate,
                                    ML_O_body_potassium,
                                    ML_O_urine_potassium,
                                    ML_O_plasma_calcium_total,
                                    ML_O_plasma_calcium_ionized,
                                    ML_O_plasma_magnesium_total,
                                    ML_O_plasma_phosphate,
                                    ML_O_plasma_pth,
                                    ML_O_plasma_calcitriol,
                                    ML_O_plasma_aldosterone};
    for (size_t i = 0; i < sizeof main_ones / sizeof *main_ones; i++)
        if (main_ones[i] == output) return 1;
    return 0;
}

/* The cramp threshold is never without its band. */
static int is_moved(const MlMoved *moved, int output) {
    if (output == ML_O_cramp_threshold_low || output == ML_O_cramp_threshold_high) output = ML_O_cramp_threshold_frequency;
    for (int k = 0; k < moved->n; k++)
        if (moved->output[k] == output) return 1;
    return 0;
}

static void values(const Terminal *t) {
    enum { FEW = 16 };
    heading(t, "Main values");
    ink(t, ML_DIM);
    fprintf(t->out, "  %-32s %8s %8s %11s %8s%s\n", "", "start", "extreme", "at", "end",
            t->width >= 84 ? "  normal" : "");
    ink(t, ML_PLAIN);
    const MlMoved moved = ml_moved(t->r);
    for (int i = 0; i < t->r->noutput; i++)
        if (t->r->noutput <= FEW || is_main(t->r->output[i]) || is_moved(&moved, t->r->output[i])) value_row(t, t->r->output[i]);
}

static void routes(const Terminal *t, const MlBalance *b, int out, double total) {
    char text[800] = "";
    for (int k = 0; k < b->nroute; k++) {
        MlWord v = ml_part(out ? b->route[k].out : b->route[k].in, total);
        if (!*v.s) continue;
        ml_append(text, sizeof text, "%s%s %s",
                  *text ? ", "
                  : out ? "out: "
                        : "in: ",
                  ml_route_told(t->r, b->route[k].name), v.s);
    }
    if (*text) wrap(t, 0, 6, text);
}

static void balance(const Terminal *t, const MlBalance *b) {
    double in = 0, out = 0;
    for (int k = 0; k < b->nroute; k++) in += b->route[k].in, out += b->route[k].out;
    char name[64] = "";
    int length = (int)strcspn(b->substance, "("); /* without its remark */
    while (length > 0 && b->substance[length - 1] == ' ') length--;
    ml_append(name, sizeof name, "%.*s, %s", length, b->substance, b->unit);
    if (strlen(name) > 24) fprintf(t->out, "  %s\n", name), name[0] = 0;
    double total = fmax(fmax(fabs(b->before), fabs(b->after)), fmax(in, out));
    int d = ml_decimals(total);
    fprintf(t->out, "  %-24.24s %10s %9s %9s %10s %9s\n", name, ml_fixed(b->before, d).s, ml_fixed(in, d).s,
            ml_fixed(out, d).s, ml_fixed(b->after, d).s, ml_short(b->residual, 1).s);
    routes(t, b, 0, total);
    routes(t, b, 1, total);
}

static void balances(const Terminal *t) {
    enum { ALL = 0
#define SUBSTANCE(id, unit, valence, mass, text) +sizeof text + sizeof ", "
#include "body/tables/substances.def"
#undef SUBSTANCE
    };
    if (t->r->nbalance == 0) return;
    char absent[ALL + 40] = "";
    heading(t, "Balance sheet");
    ink(t, ML_DIM);
    fprintf(t->out, "  %-24s %10s %9s %9s %10s %9s\n", "", "before", "in", "out", "after", "residual");
    ink(t, ML_PLAIN);
    for (int i = 0; i < t->r->nbalance; i++) {
        const MlBalance *b = &t->r->balance[i];
        if (ml_is_absent(b))
            ml_append(absent, sizeof absent, "%s%s", *absent ? ", " : "  none at any time: ", b->substance);
        else
            balance(t, b);
    }
    if (*absent) wrap(t, 0, 2, absent);
}

static void notes(const Terminal *t) {
    if (t->r->nnote) heading(t, "Notes");
    for (int i = 0; i < t->r->nnote; i++) {
        fputs("  -", t->out);
        wrap(t, 3, 4, t->r->note[i]);
    }
}

milieu_code ml_report_terminal(const MlResult *r, const MlReportOptions *o, FILE *out) {
    Terminal t = {r, o, out, o->width < 40 ? 40 : o->width > 200 ? 200 : o->width};
    title(&t);
    findings(&t);
    ML_TRY(stories(&t));
    flags(&t);
    breaches(&t);
    ML_TRY(drawings(&t));
    heart(&t);
    values(&t);
    balances(&t);
    notes(&t);
    putc('\n', out);
    ink(&t, ML_DIM);
    wrap(&t, 0, 0, "For research and teaching; not a medical device.");
    ink(&t, ML_PLAIN);
    return fflush(out) != 0 || ferror(out) ? MILIEU_FILE_IO : MILIEU_OK;
}
