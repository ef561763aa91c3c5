/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve and muscle of a run at chosen moments: at the start, when they were farthest from normal, at the end.
 */
#include "report/cramp_words.h"
#include "report/excite_charts.h"
#include "report/html.h"
#include "report/probe.h"
#include "run/farthest.h"

#include <math.h>
#include <stdlib.h>

/* The moments that differ, in the order in which they are drawn: the farthest on top. */
static int choose(const MlResult *r, MlExciteMoment which[ML_NEXCITE_MOMENT]) {
    const MlExciteAt *at = r->excite, *farthest = &at[ML_EXCITE_FARTHEST];
    int n = 0;
    if (at[ML_EXCITE_START].t < farthest->t) which[n++] = ML_EXCITE_START;
    if (at[ML_EXCITE_END].t > farthest->t) which[n++] = ML_EXCITE_END;
    which[n++] = ML_EXCITE_FARTHEST;
    return n;
}

static void lead(const MlPage *p) {
    char when[120] = "";
    MlCrampTold risk;
    ml_append(when, sizeof when, "Farthest from normal: %s. ",
              ml_moment(p->r->start_clock, p->r->excite[ML_EXCITE_FARTHEST].t).s);
    fputs("<section aria-labelledby=\"nerve\">\n<h2 id=\"nerve\">Nerve and muscle</h2>\n<p "
          "class=\"note\">From whole models of axons, "
          "muscle fibers and motoneurons in the fluid around them. ",
          p->out);
    ml_html_words(p, when);
    if (!ml_cramp_risk(p->r, &risk)) ml_html_words(p, ml_cramp_notice); /* else it is told with the risk */
    fputs("</p>\n", p->out);
}

static void draw(const MlPage *p, const MlExciteMoment *which, int n,
                 MlExciteCurve (*curve)[ML_EXCITE_CURVES]) {
    static const MlLook looks[ML_NEXCITE_MOMENT] = {
        [ML_EXCITE_START] = {"at the start", 6, 1, NULL},
        [ML_EXCITE_FARTHEST] = {"farthest from normal", 1, 0, NULL},
        [ML_EXCITE_END] = {"at the end", 0, 0, NULL}};
    MlLook look[ML_NEXCITE_MOMENT];
    int ncurve = 0;
    for (int k = 0; k < n; k++) {
        ncurve = ml_excite_look(&p->r->excite[which[k]].x, NULL, curve[k]);
        look[k] = looks[which[k]];
        look[k].curve = curve[k];
    }
    lead(p);
    ml_excite_charts(look, n, ncurve, p->out);
    fputs("</section>\n", p->out);
}

milieu_code ml_html_nerve(const MlPage *p) {
    const MlExciteAt *farthest = &p->r->excite[ML_EXCITE_FARTHEST];
    MlExciteMoment which[ML_NEXCITE_MOMENT];
    if (isnan(farthest->t) || !(farthest->distance >= ml_excite_notable)) return MILIEU_OK;
    const int n = choose(p->r, which);
    MlExciteCurve(*curve)[ML_EXCITE_CURVES] = calloc((size_t)n, sizeof *curve);
    if (!curve) return MILIEU_NO_MEMORY;
    draw(p, which, n, curve);
    free(curve);
    return MILIEU_OK;
}
