/* SPDX-License-Identifier: Apache-2.0 */
/* Curves of the arms of a study over what was measured. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/page.h"
#include "report/study_page.h"
#include "report/study_words.h"
#include "report/svg.h"
#include "study/compare.h"
#include "study/curve.h"

enum { POINT_TEXT = ML_STUDY_NAME + ML_WHEN_TEXT + ML_UNIT_TEXT + 160, MOST_CURVES = 24 };

/* Where an observation stands over the curve of its arm. */
typedef struct Place {
    double x, y, scale; /* y of the run; one unit of the observation in units of the quantity */
} Place;

static bool is_drawn(const MlObservation *o) {
    return o->measured != ML_MEASURED_DIRECTION && o->take <= ML_TAKE_CHANGE && !isnan(o->found.simulated);
}

static Place place_of(const MlStudy *s, const MlObservation *o) {
    const MlResult *r = &s->arm[o->arm].result;
    Place p = {o->when.to, NAN, 1};
    if (o->take == ML_TAKE_MAX || o->take == ML_TAKE_MIN) {
        p.y = ml_curve_extreme(r, o->output, o->when, o->take == ML_TAKE_MAX ? 1 : -1, &p.x);
    } else if (o->take == ML_TAKE_MEAN && o->when.from < o->when.to) {
        p.x = 0.5 * (o->when.from + o->when.to);
        p.y = ml_curve_mean(r, o->output, o->when);
    } else {
        p.y = ml_curve_at(r, o->output, o->when.to);
    }
    const double base = ml_compare(o, r, &s->arm[o->than ? o->than_arm : o->arm].result).base;
    if (o->as == ML_AS_RATIO) p.scale = base;
    if (o->as == ML_AS_PERCENT) p.scale = base / 100;
    if (o->per_day) p.scale = (o->when.to - o->when.from) / 1440;
    return p;
}

static void tell(const MlStudy *s, const MlObservation *o, char *text) {
    char when[ML_WHEN_TEXT], unit[ML_UNIT_TEXT], measured[ML_STUDY_TEXT], deviation[40] = "";
    ml_observation_when(s, o, when, sizeof when);
    ml_observation_unit(o, unit, sizeof unit);
    ml_measured_text(o, measured);
    if (!isnan(o->found.deviation)) snprintf(deviation, sizeof deviation, ", %+.1f SD", o->found.deviation);
    snprintf(text, POINT_TEXT, "%s, %s: measured %s, simulated %.4g %s%s", s->arm[o->arm].name, when,
             measured, o->found.simulated, unit, deviation);
}

/* What was measured, put where the run would lie if it agreed. */
static MlSvgPoint point_of(const MlStudy *s, const MlObservation *o, const char *text) {
    const Place p = place_of(s, o);
    const double y = p.y + p.scale * (o->value - o->found.simulated);
    const double half =
        fabs(p.scale) * (o->measured == ML_MEASURED_RANGE ? 0.5 * (o->high - o->low) : o->found.sd);
    const bool bar = o->measured == ML_MEASURED_VALUE || o->measured == ML_MEASURED_RANGE;
    return (MlSvgPoint){.x = p.x,
                        .y = y,
                        .low = bar ? y - half : NAN,
                        .high = bar ? y + half : NAN,
                        .color = o->arm % ML_SVG_COLORS,
                        .text = text,
                        .hollow = ml_observation_is_change(o) || o->take == ML_TAKE_CHANGE};
}

/* ---- one quantity ---- */

typedef struct Drawing {
    const MlStudy *s;
    int output, ncurve, npoint;
    MlSvgCurve curve[MOST_CURVES];
    MlSvgPoint *point;
    char (*text)[POINT_TEXT];
    double from, to;
} Drawing;

static bool is_seen(const MlStudy *s, int arm, int output) {
    for (int i = 0; i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        if (o->output == output && (o->arm == arm || (o->than && o->than_arm == arm))) return true;
    }
    return false;
}

static void add_curves(Drawing *d) {
    for (int i = 0; i < d->s->narm && d->ncurve < MOST_CURVES; i++) {
        const MlArm *arm = &d->s->arm[i];
        const double *y = arm->ran ? ml_result_series(&arm->result, d->output) : NULL;
        if (!y || arm->result.ntime < 2 || !is_seen(d->s, i, d->output)) continue;
        d->from = fmin(d->from, arm->result.time[0]);
        d->to = fmax(d->to, arm->result.time[arm->result.ntime - 1]);
        d->curve[d->ncurve++] = (MlSvgCurve){.name = arm->name,
                                             .n = arm->result.ntime,
                                             .x = arm->result.time,
                                             .y = y,
                                             .color = i % ML_SVG_COLORS,
                                             .dashed = i >= ML_SVG_COLORS};
    }
}

static void add_points(Drawing *d) {
    for (int i = 0; i < d->s->nobserved; i++) {
        const MlObservation *o = &d->s->observed[i];
        if (o->output != d->output || !is_drawn(o)) continue;
        tell(d->s, o, d->text[d->npoint]);
        d->point[d->npoint] = point_of(d->s, o, d->text[d->npoint]);
        if (isfinite(d->point[d->npoint].y)) d->npoint++;
    }
}

static void put_drawing(const Drawing *d, FILE *out) {
    const MlOutputInfo *q = &ml_outputs[d->output];
    char label[300];
    snprintf(label, sizeof label, "%s over time in %d arms, with %d measured points", q->text, d->ncurve,
             d->npoint);
    MlSvgChart chart = ml_svg_chart_default();
    chart.label = label;
    chart.from = d->from, chart.to = d->to;
    chart.ncurve = d->ncurve, chart.curve = d->curve;
    chart.npoint = d->npoint, chart.point = d->point;
    chart.height = 160;
    chart.zero = ml_output_is_total(d->output);
    chart.with_labels = 1;
    fputs("<figure class=\"panel\"><figcaption><span><span class=\"name\">", out);
    ml_svg_text(q->text, out);
    fprintf(out, "</span><span class=\"unit\">%s</span></span><span class=\"keys\">",
            strcmp(q->unit, "1") ? q->unit : "");
    for (int i = 0; i < d->ncurve; i++) {
        fputs("<span class=\"key\">", out);
        ml_page_swatch(out, d->curve[i].color, d->curve[i].dashed);
        ml_svg_text(d->curve[i].name, out);
        fputs("</span>", out);
    }
    fputs("</span></figcaption><div class=\"plot\">", out);
    ml_svg_chart(&chart, out);
    fputs("</div></figure>\n", out);
}

static void draw(const MlStudy *s, int output, FILE *out) {
    const size_t n = (size_t)s->nobserved;
    Drawing d = {.s = s, .output = output, .from = INFINITY, .to = -INFINITY};
    d.point = calloc(n, sizeof *d.point);
    d.text = calloc(n, sizeof *d.text);
    if (d.point && d.text) {
        add_curves(&d);
        add_points(&d);
        if (d.ncurve) put_drawing(&d, out);
    }
    free(d.point);
    free(d.text);
}

void ml_study_charts(const MlStudy *s, FILE *out) {
    fputs("<div class=\"grid2\">\n", out);
    for (int i = 0; i < s->nobserved; i++) {
        bool before = false;
        for (int k = 0; k < i; k++) before |= s->observed[k].output == s->observed[i].output;
        if (!before) draw(s, s->observed[i].output, out);
    }
    fputs("</div>\n", out);
}
