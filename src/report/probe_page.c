/* SPDX-License-Identifier: Apache-2.0 */
/* What nerve and muscle do at stated concentrations, as one self-contained page. */
#include "report/ecg_paper.h"
#include "report/excite_charts.h"
#include "report/html.h"
#include "report/page.h"
#include "report/probe.h"
#include "report/svg.h"
#include "report/values.h"

#include <math.h>
#include <string.h>

static const char title[] = "Nerve, muscle and heart at stated concentrations";

static void top(const MlProbe *p, const MlPage *page) {
    char text[1600];
    ml_probe_given(p, text, sizeof text);
    fprintf(page->out,
            "<header>\n<p class=\"eyebrow\">Body fluids and electrolytes, computed</p>\n<h1>%s</h1>\n<p "
            "class=\"lead\">",
            title);
    ml_html_words(page, text);
    fputs("</p>\n</header>\n<main>\n", page->out);
}

static void findings(const MlProbe *p, const MlPage *page) {
    MlLine lines[ML_PROBE_FINDINGS];
    const int n = ml_probe_findings(p, lines);
    fputs("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">In short</h2>\n<ul>\n", page->out);
    for (int i = 0; i < n; i++) {
        fputs("<li>", page->out);
        ml_html_words(page, lines[i].s);
        fputs("</li>\n", page->out);
    }
    fputs("</ul>\n</section>\n", page->out);
}

static void charts(const MlProbe *p, const MlPage *page) {
    const MlLook look[] = {{"normal", 6, 1, p->usual_curve}, {"here", 0, 0, p->curve}};
    fputs("<section aria-labelledby=\"curves\">\n<h2 id=\"curves\">Curves</h2>\n", page->out);
    ml_excite_charts(look, 2, p->ncurve, page->out);
    fputs("</section>\n", page->out);
}

static void heart(const MlProbe *p, const MlPage *page) {
    MlEcg here, usual;
    ml_ecg_make(p->here, ml_ecg_wall(p->curve, p->ncurve), &here);
    ml_ecg_usual(&usual);
    const MlEcgStrip strip[] = {{"here", "here", &here}, {"normal", "own", &usual}};
    fputs("<section aria-labelledby=\"heart\">\n<h2 id=\"heart\">Electrocardiogram</h2>\n", page->out);
    ml_ecg_paper(strip, 2, "ecg", "Electrocardiogram at these concentrations, and below it in grey the normal one", page->out);
    fprintf(page->out, "<p class=\"note\">%s</p>\n</section>\n", ml_ecg_notice);
}

/* A number as a reader expects it, with a true minus sign. */
static void number(const MlPage *page, MlWord w, int change) {
    if (change && *w.s != '-' && strspn(w.s, "0.") < strlen(w.s)) putc('+', page->out);
    for (const char *s = w.s; *s; s++) fputs(*s == '-' ? "\xe2\x88\x92" : (const char[]){*s, 0}, page->out);
}

static void value_row(const MlProbe *p, const MlPage *page, int output) {
    const double here = p->here[output], usual = p->usual[output], most = fmax(fabs(here), fabs(usual));
    const char *unit = ml_html_unit(page, output);
    fputs("<tr><th scope=\"row\">", page->out);
    ml_svg_text(ml_outputs[output].text, page->out);
    if (*unit) fprintf(page->out, " <small>%s</small>", unit);
    fputs("</th><td>", page->out);
    number(page, ml_probe_number(output, here, most), 0);
    fputs("</td><td>", page->out);
    number(page, ml_probe_number(output, usual, most), 0);
    fputs("</td><td>", page->out);
    number(page, ml_probe_change(output, here - usual, most), 1);
    fputs("</td></tr>\n", page->out);
}

static void values(const MlProbe *p, const MlPage *page) {
    fputs("<section aria-labelledby=\"values\">\n<h2 id=\"values\">Values</h2>\n<div "
          "class=\"scroll\"><table><thead><tr>"
          "<th scope=\"col\">Quantity</th><th scope=\"col\">Here</th><th scope=\"col\">Normal</th><th "
          "scope=\"col\">Change</th>"
          "</tr></thead><tbody>\n",
          page->out);
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (ml_probe_knows(p, i)) value_row(p, page, i);
    fputs("</tbody></table></div>\n</section>\n", page->out);
}

static void inputs(const MlProbe *p, const MlPage *page) {
    fputs("<details><summary>All that was taken as given</summary>\n<div class=\"scroll\"><table><thead><tr>"
          "<th scope=\"col\">Quantity</th><th scope=\"col\">Here</th><th "
          "scope=\"col\">Normal</th></tr></thead><tbody>\n",
          page->out);
    for (int i = 0; i < ML_NEXCITE; i++) {
        const MlExciteInfo *info = &ml_excite_inputs[i];
        fputs("<tr><th scope=\"row\">", page->out);
        ml_svg_text(info->text, page->out);
        if (strcmp(info->unit, "1") != 0) {
            fputs(" <small>", page->out);
            ml_html_words(page, info->unit);
            fputs("</small>", page->out);
        }
        fprintf(page->out, "</th><td>%s</td><td>%s</td></tr>\n", ml_plain(p->x.value[i], 4).s,
                ml_plain(p->normal.value[i], 4).s);
    }
    fputs("</tbody></table></div></details>\n", page->out);
}

void ml_probe_page(const MlProbe *p, const MlReportOptions *o, FILE *out) {
    MlReportOptions si = *o;
    si.units = ML_UNITS_SI;
    const MlPage page = {NULL, &si, out};
    ml_page_open(out, title);
    top(p, &page);
    findings(p, &page);
    heart(p, &page);
    charts(p, &page);
    values(p, &page);
    inputs(p, &page);
    fputs("</main>\n", out);
    ml_page_close(out, o->version);
}
