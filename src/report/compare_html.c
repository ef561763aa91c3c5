/* SPDX-License-Identifier: Apache-2.0 */
/* Several runs side by side as one self-contained page: words and tables. The drawings are in compare_charts.c. */
#include "report/compare_page.h"

#include "base/fail.h"
#include "report/breach_words.h"
#include "report/ecg_paper.h"
#include "report/outfile.h"
#include "report/page.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ml_compare_letter(const MlComparePage *p, int side) {
    ml_page_swatch(p->page.out, ml_side_color(side), ml_side_dash(side));
    fprintf(p->page.out, "%c", p->c->side[side].letter);
}

static void open_section(const MlComparePage *p, const char *id, const char *title) {
    fprintf(p->page.out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, title);
}

static void heads(const MlComparePage *p, const char *first) {
    fprintf(p->page.out, "<thead><tr>%s", first);
    for (int i = 0; i < p->c->n; i++) {
        fputs("<th scope=\"col\">", p->page.out);
        ml_compare_letter(p, i);
        fputs("</th>", p->page.out);
    }
    fputs("</tr></thead><tbody>\n", p->page.out);
}

static void top(const MlComparePage *p) {
    static const char *const number[] = {"", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"};
    FILE *out = p->page.out;
    fprintf(out, "<header>\n<p class=\"eyebrow\">Body fluids and electrolytes, computed</p>\n<h1>%s runs side by side</h1>\n<ul class=\"sides\">\n", number[p->c->n]);
    for (int i = 0; i < p->c->n; i++) {
        const MlResult *r = p->c->side[i].r;
        fputs("<li><b>", out);
        ml_compare_letter(p, i);
        fputs("</b>", out);
        ml_svg_text(p->c->side[i].name, out);
        fputs("<br><small>", out);
        ml_html_words(&p->page, r->person);
        fprintf(out, "; %s from %s on the clock</small></li>\n", ml_duration(ml_last_time(r) - ml_first_time(r)).s, ml_clock(r->start_clock, ml_first_time(r)).s);
    }
    fputs("</ul>\n</header>\n<main>\n", out);
}

static void in_short(const MlComparePage *p) {
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const int n = ml_comparison_words(p->c, p->page.o, line);
    int dead = 0;
    for (int i = 0; i < p->c->n; i++) dead += p->c->side[i].r->lethal != 0;
    open_section(p, "short", "In short");
    fputs("<ul>\n", p->page.out);
    for (int i = 0; i < n; i++) {
        fputs(i < dead ? "<li class=\"died\">" : "<li>", p->page.out);
        ml_html_words(&p->page, line[i].s);
        fputs("</li>\n", p->page.out);
    }
    fputs("</ul>\n</section>\n", p->page.out);
}

/* ---- what differs ---- */

static void difference(const MlComparePage *p, const MlDifference *d) {
    FILE *out = p->page.out;
    fputs("<tr><th scope=\"row\">", out);
    ml_html_words(&p->page, d->name);
    fputs("</th>", out);
    for (int i = 0; i < p->c->n; i++) {
        fputs("<td>", out);
        if (d->is_event)
            fputs((d->in >> i) & 1 ? "yes" : "\xe2\x80\x93", out);
        else
            ml_html_words(&p->page, *d->value[i] ? d->value[i] : "not given");
        fputs("</td>", out);
    }
    fputs("</tr>\n", out);
}

static void differences(const MlComparePage *p) {
    open_section(p, "differs", "What differs between the scenarios");
    if (p->c->ndifference == 0) {
        fputs("<p>Nothing: they ask for the same.</p>\n</section>\n", p->page.out);
        return;
    }
    fputs("<div class=\"scroll\"><table class=\"words\">", p->page.out);
    heads(p, "<th scope=\"col\">Person, day and entries of the timeline</th>");
    for (int i = 0; i < p->c->ndifference; i++) difference(p, &p->c->difference[i]);
    fputs("</tbody></table></div>\n", p->page.out);
    if (p->c->nuntold) fprintf(p->page.out, "<p class=\"note\">And %d more.</p>\n", p->c->nuntold);
    fputs("</section>\n", p->page.out);
}

/* ---- heart ---- */

/* Each where its electrocardiogram was farthest from normal, if one of them is far. */
static milieu_code heart(const MlComparePage *p) {
    char name[ML_MOST_COMPARED][80], style[ML_MOST_COMPARED][4];
    MlEcgStrip strip[ML_MOST_COMPARED];
    int notable = 0;
    for (int i = 0; i < p->c->n; i++) {
        if (isnan(p->c->side[i].r->excite[ML_EXCITE_HEART].t)) return MILIEU_OK;
        notable |= ml_ecg_is_notable(p->c->side[i].r);
    }
    if (!notable) return MILIEU_OK;
    MlEcg *ecg = calloc((size_t)p->c->n, sizeof *ecg);
    if (!ecg) return MILIEU_NO_MEMORY;
    for (int i = 0; i < p->c->n; i++) {
        const MlResult *r = p->c->side[i].r;
        ml_ecg_of(&r->excite[ML_EXCITE_HEART].x, 1, &ecg[i]);
        snprintf(name[i], sizeof name[i], "%c, %s", p->c->side[i].letter, ml_moment(r->start_clock, r->excite[ML_EXCITE_HEART].t).s);
        snprintf(style[i], sizeof style[i], "c%d", ml_side_color(i));
        strip[i] = (MlEcgStrip){name[i], style[i], &ecg[i]};
    }
    open_section(p, "heart", "Electrocardiogram, where it was farthest from normal");
    ml_ecg_paper(strip, p->c->n, "ecg", "Electrocardiograms of the runs, each where it was farthest from normal, below each other and their beats over each other", p->page.out);
    fprintf(p->page.out, "<p class=\"note\">%s</p>\n</section>\n", ml_ecg_notice);
    free(ecg);
    return MILIEU_OK;
}

/* ---- flags ---- */

static void flags(const MlComparePage *p) {
    FILE *out = p->page.out;
    if (p->c->nflag == 0) return;
    open_section(p, "flags", "Flags");
    fputs("<div class=\"scroll\"><table class=\"said\">", out);
    heads(p, "<th scope=\"col\">Flag</th>");
    for (int k = 0; k < p->c->nflag; k++) {
        const MlFlagContrast *f = &p->c->flag[k];
        fprintf(out, "<tr><th scope=\"row\">%s</th>", ml_flag_title(f->flag).s);
        for (int i = 0; i < p->c->n; i++) {
            char words[300];
            if (!f->times[i]) {
                fputs("<td>\xe2\x80\x93</td>", out);
                continue;
            }
            const char *severity = ml_severity_text(f->whole[i].severity);
            ml_flag_words(p->c->side[i].r, p->page.o, &f->whole[i], words, sizeof words);
            fprintf(out, "<td><span class=\"flag %s\">%s</span> <small>", severity, severity);
            if (f->times[i] > 1) fprintf(out, "%d times, ", f->times[i]);
            ml_html_words(&p->page, words);
            fputs("</small></td>", out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n</section>\n", out);
}

/* ---- safety limits ---- */

static void limit(const MlComparePage *p, const MlBreachContrast *row) {
    FILE *out = p->page.out;
    fprintf(out, "<tr><th scope=\"row\"><span class=\"flag %s\">%s</span> ", row->first.hard ? "severe" : "mild", row->first.hard ? "broken" : "advice");
    char words[300];
    ml_breach_limit_words(&row->first, words, sizeof words);
    ml_html_words(&p->page, words);
    fputs("<br><small>", out);
    ml_html_words(&p->page, row->first.protects);
    fputs("</small></th>", out);
    for (int i = 0; i < p->c->n; i++) {
        if (row->times[i]) ml_breach_deed_words(p->c->side[i].r, &row->whole[i], row->times[i], words, sizeof words);
        fputs("<td>", out);
        ml_html_words(&p->page, row->times[i] ? words : "kept");
        fputs("</td>", out);
    }
    fputs("</tr>\n", out);
}

static void limits(const MlComparePage *p) {
    MlBreachContrast row;
    int k = 0;
    for (; ml_breach_contrast(p->c, k, &row); k++) {
        if (k == 0) {
            open_section(p, "limits", "Safety limits");
            fputs("<div class=\"scroll\"><table class=\"said\">", p->page.out);
            heads(p, "<th scope=\"col\">Limit, and what it protects from</th>");
        }
        limit(p, &row);
    }
    if (k) fputs("</tbody></table></div>\n</section>\n", p->page.out);
}

/* ---- values ---- */

static void cells(const MlComparePage *p, const double *v, int decimals) {
    for (int i = 0; i < p->c->n; i++) {
        fputs("<td>", p->page.out);
        ml_html_fixed(&p->page, v[i], decimals);
        fputs("</td>", p->page.out);
    }
}

static int is_alike(const MlComparePage *p, const double *v, int decimals) {
    for (int i = 1; i < p->c->n; i++)
        if (strcmp(ml_fixed(v[i], decimals).s, ml_fixed(v[0], decimals).s) != 0) return 0;
    return 1;
}

/* Start, extremes, the moment at which they are farthest apart where it tells more, and end, as far as they differ; the end always. */
static void quantity(const MlComparePage *p, const MlContrast *k) {
    enum { GAP = 3, NROW = 5 };
    const MlWord gap_at = ml_duration(k->gap_at);
    const char *const name[NROW] = {"start", "lowest", "highest", gap_at.s, "end"};
    FILE *out = p->page.out;
    const MlUnits units = p->page.o->units;
    double v[NROW][ML_MOST_COMPARED], most = 0, low, high;
    int shown[NROW], n = 0;
    for (int i = 0; i < p->c->n; i++) {
        const double of[NROW] = {k->x[i].start, k->x[i].low, k->x[i].high, k->then[i], k->x[i].end};
        for (int j = 0; j < NROW; j++) v[j][i] = ml_shown(k->output, units, of[j]), most = fmax(most, fabs(v[j][i]));
    }
    const int d = ml_shown_decimals(k->output, units, most);
    for (int j = 0; j < NROW; j++) n += shown[j] = j == NROW - 1 || (!is_alike(p, v[j], d) && (j != GAP || k->gap_tells));
    for (int j = 0, first = 1; j < NROW; j++) {
        if (!shown[j]) continue;
        fputs(first ? "<tr class=\"first\">" : "<tr>", out);
        if (first) {
            const char *unit = ml_html_unit(&p->page, k->output);
            fprintf(out, "<th scope=\"rowgroup\" rowspan=\"%d\">", n);
            ml_svg_text(ml_title(k->output).s, out);
            if (*unit) fprintf(out, " <small>%s</small>", unit);
            if (ml_reference(k->output, units, &low, &high, NULL)) fprintf(out, "<br><small>normal %s\xe2\x80\x93%s</small>", ml_plain(low, 4).s, ml_plain(high, 4).s);
            fputs("</th>", out);
        }
        fprintf(out, "<td class=\"is\">%s%s</td>", j == GAP ? "at " : "", name[j]);
        cells(p, v[j], d);
        fputs("</tr>\n", out);
        first = 0;
    }
}

static void values(const MlComparePage *p) {
    int n = 0;
    FILE *out = p->page.out;
    open_section(p, "values", "Where they differ, the most first");
    for (int k = 0; k < p->c->ncontrast; k++) {
        if (p->c->contrast[k].apart < ml_apart_enough) continue;
        if (n++ == 0) {
            fputs("<div class=\"scroll\"><table class=\"side\">", out);
            heads(p, "<th scope=\"col\">Quantity</th><th></th>");
        }
        quantity(p, &p->c->contrast[k]);
    }
    fputs(n ? "</tbody></table></div>\n</section>\n" : "<p>Nowhere to speak of.</p>\n</section>\n", out);
}

/* ---- in and out ---- */

static double of_route(const MlBalance *b, const char *name, int out) {
    for (int k = 0; k < b->nroute; k++)
        if (strcmp(b->route[k].name, name) == 0) return out ? b->route[k].out : b->route[k].in;
    return 0;
}

static void route(const MlComparePage *p, const MlBalance *const *b, const char *name, int decimals) {
    for (int out = 0; out < 2; out++) {
        double v[ML_MOST_COMPARED], most = 0;
        for (int i = 0; i < p->c->n; i++) v[i] = of_route(b[i], name, out), most = fmax(most, v[i]);
        if (strcmp(ml_fixed(most, decimals).s, ml_fixed(0, decimals).s) == 0) continue;
        fputs("<tr><th scope=\"row\">", p->page.out);
        ml_svg_text(name, p->page.out);
        fprintf(p->page.out, "</th><td class=\"is\">%s</td>", out ? "out" : "in");
        cells(p, v, decimals);
        fputs("</tr>\n", p->page.out);
    }
}

static int was_met(const MlBalance *const *b, int side, const char *name) {
    for (int i = 0; i < side; i++)
        for (int k = 0; k < b[i]->nroute; k++)
            if (strcmp(b[i]->route[k].name, name) == 0) return 1;
    return 0;
}

static void total(const MlComparePage *p, int substance) {
    const MlBalance *b[ML_MOST_COMPARED];
    double kept[ML_MOST_COMPARED], most = 0;
    for (int i = 0; i < p->c->n; i++) {
        b[i] = ml_balance_of(p->c->side[i].r, substance);
        if (!b[i]) return;
        kept[i] = b[i]->after - b[i]->before;
        for (int k = 0; k < b[i]->nroute; k++) most = fmax(most, fmax(b[i]->route[k].in, b[i]->route[k].out));
    }
    const int d = ml_decimals(most) < 2 ? ml_decimals(most) : 2;
    FILE *out = p->page.out;
    fprintf(out, "<table><caption>%s <small>%s</small></caption>", ml_substances[substance].text, ml_substances[substance].unit);
    heads(p, "<th></th><th></th>");
    for (int i = 0; i < p->c->n; i++)
        for (int k = 0; k < b[i]->nroute; k++)
            if (!was_met(b, i, b[i]->route[k].name)) route(p, b, b[i]->route[k].name, d);
    fputs("<tr class=\"sum\"><th scope=\"row\">Kept</th><td></td>", out);
    cells(p, kept, d);
    fputs("</tr>\n</tbody></table>\n", out);
}

static void totals(const MlComparePage *p) {
    open_section(p, "totals", "In and out since t = 0");
    fputs("<div class=\"sheets\">\n", p->page.out);
    for (const int *s = ml_totals_told; *s >= 0; s++) total(p, *s);
    fputs("</div>\n</section>\n", p->page.out);
}

/* ---- notes ---- */

static void notes(const MlComparePage *p) {
    const MlComparison *c = p->c;
    int any = 0;
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->side[i].r->nnote; k++) {
            const char *note = c->side[i].r->note[k];
            const unsigned in = ml_noted_by(c, note);
            char sides[40];
            if (in & ((1u << i) - 1)) continue; /* told with an earlier side */
            if (!any++) open_section(p, "notes", "Notes and assumptions"), fputs("<ul>\n", p->page.out);
            ml_sides_words(c, in, sides, sizeof sides);
            fprintf(p->page.out, "<li>%s: ", sides);
            ml_html_words(&p->page, note);
            fputs("</li>\n", p->page.out);
        }
    if (any) fputs("</ul>\n</section>\n", p->page.out);
}

static milieu_code write_page(const MlComparePage *p) {
    char title[400] = "";
    for (int i = 0; i < p->c->n; i++) ml_append(title, sizeof title, "%s%s", i ? " \xc2\xb7 " : "", p->c->side[i].name);
    ml_page_open(p->page.out, title);
    top(p);
    in_short(p);
    differences(p);
    ML_TRY(ml_compare_charts(p));
    ML_TRY(heart(p));
    flags(p);
    limits(p);
    values(p);
    totals(p);
    notes(p);
    fputs("</main>\n", p->page.out);
    ml_page_script(p->page.out);
    ml_page_close(p->page.out, p->page.o->version);
    return MILIEU_OK;
}

milieu_code ml_compare_html(const MlComparison *c, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    ML_TRY(ml_outfile_open(&f, path, err));
    const MlComparePage p = {.page = {c->side[0].r, o, f.stream}, .c = c};
    const milieu_code code = write_page(&p);
    if (code == MILIEU_OK) return ml_outfile_commit(&f, err);
    ml_outfile_discard(&f);
    return ml_fail(err, code, path, "the page could not be written: %s", milieu_code_text(code));
}
