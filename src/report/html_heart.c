/* SPDX-License-Identifier: Apache-2.0 */
/* The electrocardiogram of a run at chosen moments, beside the person's own normal. */
#include "report/ecg_paper.h"
#include "report/html.h"
#include "report/words.h"

#include <stdlib.h>

typedef struct Heart {
    const MlPage *p;
    MlEcg now, own, still;
    const char *own_name;
    int drawn;
} Heart;

static void fluid(const Heart *h, const MlExcite *x) {
    char text[200] = "";
    ml_append(text, sizeof text, "In the fluid around: potassium %s, ionized calcium %s, ionized magnesium %s, sodium %s mmol/L; pH %s.",
              ml_fixed(x->value[ML_X_potassium], 1).s, ml_fixed(x->value[ML_X_calcium], 2).s, ml_fixed(x->value[ML_X_magnesium], 2).s,
              ml_fixed(x->value[ML_X_sodium], 0).s, ml_fixed(x->value[ML_X_ph], 2).s);
    fputs("<p class=\"note\">", h->p->out);
    ml_html_words(h->p, text);
    fputs("</p>\n", h->p->out);
}

static void figure(Heart *h, MlExciteMoment which, const char *name) {
    const MlExciteAt *at = &h->p->r->excite[which];
    const MlEcgStrip strip[] = {{name, "here", &h->now}, {h->own_name, "own", &h->own}};
    char key[20] = "", title[200] = "";
    ml_append(key, sizeof key, "ecg%d", ++h->drawn);
    ml_append(title, sizeof title, "Electrocardiogram %s, and below it in grey: %s", name, h->own_name);
    fprintf(h->p->out, "<h3>%c%s, %s</h3>\n", name[0] - 'a' + 'A', name + 1, ml_moment(h->p->r->start_clock, at->t).s);
    ml_ecg_of(&at->x, 1, &h->now);
    ml_ecg_paper(strip, 2, key, title, h->p->out);
    fluid(h, &at->x);
}

/* Nothing beats after death; what is drawn above it are the last beats. */
static void standstill(Heart *h) {
    const MlResult *r = h->p->r;
    const MlEcgStrip strip[] = {{"after death", "here", &h->still}, {"the last beats", "own", &h->now}};
    ml_ecg_still(&h->still);
    fprintf(h->p->out, "<h3>After death, %s</h3>\n", ml_moment(r->start_clock, r->end_time).s);
    ml_ecg_paper(strip, 2, "ecg-still", "Electrocardiogram after death: standstill, a flat line; below it in grey: the last beats", h->p->out);
    fputs("<p class=\"note\">", h->p->out);
    ml_html_words(h->p, r->lethal_cause);
    fputs(". That it stands still follows from the limits of survival, not from the cells of the wall. Fibrillation, which may come before, is not computed.</p>\n",
          h->p->out);
}

static void draw(Heart *h) {
    const MlExciteAt *at = h->p->r->excite, *start = &at[ML_EXCITE_START], *worst = &at[ML_EXCITE_HEART];
    const int own = ml_ecg_own(h->p->r, 1, &h->own);
    h->own_name = own ? "own, at the start" : "a healthy adult";
    if (!own && start->t < worst->t) figure(h, ML_EXCITE_START, "at the start");
    figure(h, ML_EXCITE_HEART, "farthest from normal");
    if (at[ML_EXCITE_END].t > worst->t) figure(h, ML_EXCITE_END, h->p->r->lethal ? "before death" : "at the end");
    if (ml_ecg_stands_still(h->p->r)) standstill(h);
}

milieu_code ml_html_heart(const MlPage *p) {
    if (!ml_ecg_is_notable(p->r)) return MILIEU_OK;
    Heart *h = calloc(1, sizeof *h);
    if (!h) return MILIEU_NO_MEMORY;
    h->p = p;
    fprintf(p->out, "<section aria-labelledby=\"heart\">\n<h2 id=\"heart\">Electrocardiogram</h2>\n<p class=\"note\">%s</p>\n", ml_ecg_notice);
    draw(h);
    fputs("</section>\n", p->out);
    free(h);
    return MILIEU_OK;
}
