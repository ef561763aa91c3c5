/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the page: what happened, values, balance sheets. */
#include "report/breach_words.h"
#include "report/html.h"
#include "report/svg.h"
#include "report/values.h"
#include "report/words.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what happened ---- */

static void sentence(const MlPage *p, const char *text) {
    char copy[ML_SENTENCE] = "";
    ml_append(copy, sizeof copy, "%s", text);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    ml_html_words(p, copy);
    fputs(". ", p->out);
}

/* "Plasma potassium 4.19 -> 3.91 mmol/L: urine -0.3, ..." */
static void told(const MlPage *p, const MlTold *t) {
    char words[120];
    ml_told_words(p->o, t, words, sizeof words);
    words[0] = (char)toupper((unsigned char)words[0]);
    char *arrow = strstr(words, "->");
    *arrow = 0;
    fputs("<p>", p->out);
    ml_html_words(p, words);
    fputs("\xe2\x86\x92", p->out);
    ml_html_words(p, arrow + 2);
    if (*t->why) fputs(": ", p->out);
    ml_html_words(p, t->why);
    fputs("</p>", p->out);
}

static void story(const MlPage *p, const MlStory *s) {
    char name[48];
    ml_story_name(s, name, sizeof name);
    fprintf(p->out, "<tr><th scope=\"row\">%s <small>%s</small></th><td>", name,
            s->to - s->from < 1440 ? ml_clock(p->r->start_clock, s->from).s : "");
    if (*s->flags) {
        fputs("<span class=\"out\">", p->out);
        sentence(p, s->flags);
        fputs("</span>", p->out);
    }
    if (*s->what) sentence(p, s->what);
    if (*s->flows) sentence(p, s->flows);
    fputs("</td><td>", p->out);
    for (int k = 0; k < s->ntold; k++) told(p, &s->told[k]);
    fputs("</td></tr>\n", p->out);
}

milieu_code ml_html_story(const MlPage *p) {
    MlStory *s;
    int n = ml_stories(p->r, p->o, &s);
    if (n < 0) return MILIEU_NO_MEMORY;
    if (n == 0) return MILIEU_OK;
    fputs("<section aria-labelledby=\"story\">\n<h2 id=\"story\">What happened, and why</h2>\n"
          "<table class=\"story\"><thead><tr><th scope=\"col\">When</th><th scope=\"col\">What happened</th>"
          "<th scope=\"col\">What moved, and its main causes</th></tr></thead><tbody>\n",
          p->out);
    for (int i = 0; i < n; i++) story(p, &s[i]);
    fputs("</tbody></table>\n</section>\n", p->out);
    free(s);
    return MILIEU_OK;
}

/* ---- safety limits ---- */

static void breach_row(const MlPage *p, int i) {
    milieu_breach b;
    char words[300];
    const int times = ml_breach_whole(p->r, i, &b);
    if (times == 0) return;
    ml_breach_words(p->r, &b, times, words, sizeof words);
    fprintf(p->out, "<tr><th scope=\"row\"><i class=\"%s\">%s</i></th><td>", b.hard ? "severe" : "mild", b.hard ? "broken" : "advice");
    sentence(p, words);
    fputs("</td><td>", p->out);
    ml_svg_text(b.protects, p->out);
    fputs("</td><td><small>", p->out);
    ml_svg_text(b.source, p->out);
    fputs("</small></td></tr>\n", p->out);
}

void ml_html_breaches(const MlPage *p) {
    if (p->r->nbreach == 0) return;
    fputs("<section aria-labelledby=\"limits\">\n<h2 id=\"limits\">Safety limits</h2>\n<table class=\"story\"><thead><tr>"
          "<th scope=\"col\"></th><th scope=\"col\">Beyond</th><th scope=\"col\">It protects from</th><th scope=\"col\">Source</th>"
          "</tr></thead><tbody>\n",
          p->out);
    for (int i = 0; i < p->r->nbreach; i++) breach_row(p, i);
    fputs("</tbody></table>\n</section>\n", p->out);
}

/* ---- values ---- */

static void with_time(const MlPage *p, double v, int decimals, double at, int is_out) {
    fprintf(p->out, "<td%s>", is_out ? " class=\"out\"" : "");
    ml_html_fixed(p, v, decimals);
    fprintf(p->out, " <small>%s</small></td>", ml_duration(at).s);
}

static void value_row(const MlPage *p, int output) {
    MlUnits units = p->o->units;
    MlExtremes x = ml_extremes(p->r, output);
    if (x.n == 0) return;
    double low = -INFINITY, high = INFINITY, lowest = ml_shown(output, units, x.low);
    double highest = ml_shown(output, units, x.high);
    int has = ml_reference(output, units, &low, &high, NULL);
    int d = ml_shown_decimals(output, units, fmax(fabs(lowest), fabs(highest)));
    fputs("<tr><th scope=\"row\">", p->out);
    ml_svg_text(ml_outputs[output].text, p->out);
    const char *unit = ml_html_unit(p, output);
    if (*unit) fprintf(p->out, " <small>%s</small>", unit);
    fputs("</th><td>", p->out);
    ml_html_fixed(p, ml_shown(output, units, x.start), d);
    fputs("</td>", p->out);
    with_time(p, lowest, d, x.low_at, lowest < low);
    with_time(p, highest, d, x.high_at, highest > high);
    fputs("<td>", p->out);
    ml_html_fixed(p, ml_shown(output, units, x.end), d);
    fputs("</td><td>", p->out);
    if (has) fprintf(p->out, "%s\xe2\x80\x93%s", ml_plain(low, 4).s, ml_plain(high, 4).s);
    fputs("</td></tr>\n", p->out);
}

void ml_html_values(const MlPage *p) {
    if (p->r->ntime == 0) return;
    fputs("<section aria-labelledby=\"values\">\n<h2 id=\"values\">Main values</h2>\n<div "
          "class=\"scroll\"><table class=\"vals\">"
          "<thead><tr><th scope=\"col\">Quantity</th><th scope=\"col\">Start</th><th scope=\"col\">Lowest, "
          "at</th>"
          "<th scope=\"col\">Highest, at</th><th scope=\"col\">End</th><th "
          "scope=\"col\">Normal</th></tr></thead>"
          "<tbody>\n",
          p->out);
    for (int i = 0; i < p->r->noutput; i++) value_row(p, p->r->output[i]);
    fputs("</tbody></table></div>\n", p->out);
    ml_html_times(p);
    fputs("</section>\n", p->out);
}

/* The curves as numbers, at most about 25 moments. */
void ml_html_times(const MlPage *p) {
    enum { MOST = 24 };
    const MlResult *r = p->r;
    int every = (r->ntime + MOST - 1) / MOST;
    if (every < 1) every = 1;
    fputs("<details><summary>Values in the course of time, as a table</summary>\n<div class=\"scroll\">"
          "<table id=\"times\"><thead><tr><th scope=\"col\">Time</th>",
          p->out);
    for (int i = 0; i < r->noutput; i++) {
        const char *unit = ml_html_unit(p, r->output[i]);
        fputs("<th scope=\"col\">", p->out);
        ml_svg_text(ml_outputs[r->output[i]].text, p->out);
        fprintf(p->out, "%s%s</th>", *unit ? ", " : "", unit);
    }
    fputs("</tr></thead><tbody>\n", p->out);
    for (int j = 0; j < r->ntime; j += every) {
        fprintf(p->out, "<tr><th scope=\"row\">%s</th>", ml_duration(r->time[j]).s);
        for (int i = 0; i < r->noutput; i++) {
            double v =
                ml_shown(r->output[i], p->o->units, r->value[(size_t)i * (size_t)r->ntime + (size_t)j]);
            fputs("<td>", p->out);
            ml_html_fixed(p, v, ml_shown_decimals(r->output[i], p->o->units, v));
            fputs("</td>", p->out);
        }
        fputs("</tr>\n", p->out);
    }
    fputs("</tbody></table></div></details>\n", p->out);
}

/* ---- balance sheets ---- */

static void sheet_row(const MlPage *p, const char *name, double in, double out, int d, const char *kind) {
    fprintf(p->out, "<tr%s><th scope=\"row\">", kind);
    ml_svg_text(name, p->out);
    fputs("</th><td>", p->out);
    if (in != 0) ml_html_signed(p, in, d);
    fputs("</td><td>", p->out);
    if (out != 0) ml_html_signed(p, -out, d);
    fputs("</td></tr>\n", p->out);
}

static void total_row(const MlPage *p, const char *name, double v, int d) {
    fprintf(p->out, "<tr class=\"sum\"><th scope=\"row\">%s</th><td></td><td>", name);
    ml_html_fixed(p, v, d);
    fputs("</td></tr>\n", p->out);
}

/* The name, and small its unit and remark: "Bicarbonate (as base ...)". */
static void caption(const MlPage *p, const MlBalance *b) {
    const size_t length = strcspn(b->substance, "(");
    const char *remark = b->substance + length;
    fprintf(p->out, "<table><caption>%.*s%s%s%s", (int)length, b->substance, *remark ? "<small>" : " <small>", b->unit, *remark ? " " : "");
    ml_svg_text(remark, p->out);
    fputs("</small>", p->out);
}

static void sheet(const MlPage *p, const MlBalance *b) {
    double in = 0, out = 0;
    for (int k = 0; k < b->nroute; k++) in += b->route[k].in, out += b->route[k].out;
    double total = fmax(fmax(fabs(b->before), fabs(b->after)), fmax(in, out));
    int d = ml_decimals(total);
    caption(p, b);
    fputs("</caption><thead><tr><th scope=\"col\"></th><th scope=\"col\">in</th>"
          "<th scope=\"col\">out</th></tr></thead><tbody>\n",
          p->out);
    total_row(p, "Before", b->before, d);
    for (int k = 0; k < b->nroute; k++)
        if (*ml_part(b->route[k].in, total).s || *ml_part(b->route[k].out, total).s)
            sheet_row(p, ml_route_told(p->r, b->route[k].name), b->route[k].in, b->route[k].out, d, "");
    sheet_row(p, "In all", in, out, d, " class=\"sum\"");
    total_row(p, "After", b->after, d);
    fprintf(p->out,
            "<tr><th scope=\"row\"><small>Residual (rounding)</small></th><td></td><td><small>%s</small>"
            "</td></tr>\n</tbody></table>\n",
            ml_short(b->residual, 1).s);
}

void ml_html_balances(const MlPage *p) {
    const char *lead = "<p class=\"note\">None at any time: ";
    int absent = 0;
    if (p->r->nbalance == 0) return;
    fputs("<section aria-labelledby=\"balance\">\n<h2 id=\"balance\">Balance sheet</h2>\n"
          "<p class=\"note\">What was in the body before, what came in and went out by each route, what is "
          "there "
          "after. The residual is what does not add up.</p>\n<div class=\"sheets\">\n",
          p->out);
    for (int i = 0; i < p->r->nbalance; i++)
        if (!ml_is_absent(&p->r->balance[i])) sheet(p, &p->r->balance[i]);
    fputs("</div>\n", p->out);
    for (int i = 0; i < p->r->nbalance; i++) {
        if (!ml_is_absent(&p->r->balance[i])) continue;
        fputs(absent++ ? ", " : lead, p->out);
        ml_svg_text(p->r->balance[i].substance, p->out);
    }
    fputs(absent ? ".</p>\n</section>\n" : "</section>\n", p->out);
}
