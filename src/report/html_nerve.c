/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve and muscle of a run at chosen moments: at the start, when they were farthest from normal, at the end.
 */
#include "report/excite_charts.h"
#include "report/html.h"
#include "report/probe.h"
#include "report/svg.h"
#include "run/farthest.h"

#include <math.h>
#include <stdlib.h>

typedef struct Moment {
    char name[96];
    MlExciteCurve curve[ML_EXCITE_CURVES];
} Moment;

/* The moments that differ, in the order in which they are drawn: the farthest on top. */
static int choose(const MlResult *r, MlExciteMoment which[ML_NEXCITE_MOMENT]) {
    const MlExciteAt *at = r->excite, *farthest = &at[ML_EXCITE_FARTHEST];
    int n = 0;
    if (at[ML_EXCITE_START].t < farthest->t) which[n++] = ML_EXCITE_START;
    if (at[ML_EXCITE_END].t > farthest->t) which[n++] = ML_EXCITE_END;
    which[n++] = ML_EXCITE_FARTHEST;
    return n;
}

static void name_of(const MlResult *r, MlExciteMoment which, char *name, size_t size) {
    name[0] = 0;
    const char *what = which == ML_EXCITE_START ? "at the start"
                       : which == ML_EXCITE_END ? "at the end"
                                                : "farthest from normal";
    ml_append(name, size, "%s", what);
    if (which == ML_EXCITE_FARTHEST)
        ml_append(name, size, ", %s", ml_moment(r->start_clock, r->excite[which].t).s);
}

static void draw(const MlPage *p, const MlExciteMoment *which, int n, Moment *moment) {
    static const struct {
        int color, dashed;
    } ink[ML_NEXCITE_MOMENT] = {
        [ML_EXCITE_START] = {6, 1}, [ML_EXCITE_FARTHEST] = {1, 0}, [ML_EXCITE_END] = {0, 0}};
    MlLook look[ML_NEXCITE_MOMENT];
    int ncurve = 0;
    for (int k = 0; k < n; k++) {
        name_of(p->r, which[k], moment[k].name, sizeof moment[k].name);
        ncurve = ml_excite_curves(&p->r->excite[which[k]].x, moment[k].curve);
        look[k] = (MlLook){moment[k].name, ink[which[k]].color, ink[which[k]].dashed, moment[k].curve};
    }
    fputs("<section aria-labelledby=\"nerve\">\n<h2 id=\"nerve\">Nerve and muscle</h2>\n<p "
          "class=\"note\">From whole models of axons, "
          "muscle fibers and motoneurons in the fluid around them at these moments. ",
          p->out);
    ml_html_words(p, ml_cramp_notice);
    fputs("</p>\n", p->out);
    ml_excite_charts(look, n, ncurve, p->out);
    fputs("</section>\n", p->out);
}

milieu_code ml_html_nerve(const MlPage *p) {
    const MlExciteAt *farthest = &p->r->excite[ML_EXCITE_FARTHEST];
    MlExciteMoment which[ML_NEXCITE_MOMENT];
    if (isnan(farthest->t) || !(farthest->distance >= ml_excite_notable)) return MILIEU_OK;
    const int n = choose(p->r, which);
    Moment *moment = calloc((size_t)n, sizeof *moment);
    if (!moment) return MILIEU_NO_MEMORY;
    draw(p, which, n, moment);
    free(moment);
    return MILIEU_OK;
}
