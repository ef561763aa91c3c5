/* SPDX-License-Identifier: Apache-2.0 */
#include "report/excite_charts.h"

#include "report/page.h"
#include "report/svg.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

enum { MOST_LOOKS = 3 };

static void caption(const MlLook *look, int nlook, const MlExciteCurve *about, FILE *out) {
    fputs("<figure class=\"panel\"><figcaption><span><span class=\"name\">", out);
    ml_svg_text(about->title, out);
    fputs("</span><span class=\"unit\">", out);
    ml_svg_text(about->y_unit, out);
    fputs("</span></span><span class=\"keys\">", out);
    for (int k = 0; k < nlook; k++) {
        fputs("<span class=\"key\">", out);
        ml_page_swatch(out, look[k].color, look[k].dashed);
        ml_svg_text(look[k].name, out);
        fputs("</span>", out);
    }
    fputs("</span></figcaption><div class=\"plot\">", out);
}

static void chart_of(const MlLook *look, int nlook, int i, FILE *out) {
    const MlExciteCurve *about = &look[0].curve[i];
    MlSvgCurve curve[MOST_LOOKS];
    char label[200] = "";
    MlSvgChart chart = ml_svg_chart_default();
    chart.x_unit = about->x_unit;
    chart.from = INFINITY, chart.to = -INFINITY;
    ml_append(label, sizeof label, "%s, %s, in %s:", about->group, about->title, about->y_unit);
    for (int k = 0; k < nlook; k++) {
        const MlExciteCurve *c = &look[k].curve[i];
        curve[k] = (MlSvgCurve){.name = look[k].name,
                                .n = c->n,
                                .x = c->x,
                                .y = c->y,
                                .color = look[k].color,
                                .dashed = look[k].dashed};
        if (c->n > 0) chart.from = fmin(chart.from, c->x[0]), chart.to = fmax(chart.to, c->x[c->n - 1]);
        ml_append(label, sizeof label, "%s %s", k ? " and" : "", look[k].name);
    }
    if (!(chart.to > chart.from)) chart.from = 0, chart.to = 1;
    chart.label = label;
    chart.ncurve = nlook, chart.curve = curve;
    chart.height = 150;
    caption(look, nlook, about, out);
    ml_svg_chart(&chart, out);
    fputs("</div></figure>\n", out);
}

static void heading(const char *group, FILE *out) {
    char name[2] = {group[0], 0};
    if (*name >= 'a' && *name <= 'z') *name = (char)(*name - 'a' + 'A');
    fputs("<h3>", out);
    ml_svg_text(name, out);
    if (*group) ml_svg_text(group + 1, out);
    fputs("</h3>\n<div class=\"grid2 still\">\n", out);
}

void ml_excite_charts(const MlLook *look, int nlook, int ncurve, FILE *out) {
    const char *group = NULL;
    if (nlook > MOST_LOOKS) nlook = MOST_LOOKS;
    for (int i = 0; i < ncurve; i++) {
        const char *next = look[0].curve[i].group;
        if (!group || strcmp(group, next) != 0) {
            if (group) fputs("</div>\n", out);
            heading(next, out);
            group = next;
        }
        chart_of(look, nlook, i, out);
    }
    if (group) fputs("</div>\n", out);
}
