/* SPDX-License-Identifier: Apache-2.0 */
#include "report/study_page.h"

#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/page.h"
#include "report/study_words.h"
#include "report/svg.h"

static bool any(const MlCount *c) { return c->points || c->not_run; }

/* Numbers with a true minus sign. */
static void put_minus(const char *text, FILE *out) {
    for (; *text; text++) {
        if (*text == '-')
            fputs("\xe2\x88\x92", out);
        else
            fputc(*text, out);
    }
}

static void put_number(double x, const char *format, FILE *out) {
    char text[40];
    snprintf(text, sizeof text, format, x);
    put_minus(text, out);
}

/* ---- summaries ---- */

static void tile(const char *name, const char *value, const char *note, FILE *out) {
    fprintf(out, "<div><dt>%s</dt><dd class=\"big\">%s</dd><dd class=\"at\">%s</dd></div>\n", name, value,
            note);
}

static void put_tiles(const MlCount *c, FILE *out) {
    char text[ML_STUDY_TEXT], note[80];
    fputs("<dl class=\"tiles\">\n", out);
    snprintf(text, sizeof text, "%d", c->points);
    snprintf(note, sizeof note, "%d more could not be run", c->not_run);
    tile("Points compared", text, c->not_run ? note : "all were run", out);
    ml_share_text(ml_count_share_1sd(c), text);
    tile("Within 1 SD", text, "between people", out);
    ml_share_text(ml_count_share_2sd(c), text);
    snprintf(note, sizeof note, "%d beyond", c->beyond_2sd);
    tile("Within 2 SD", text, note, out);
    ml_share_text(ml_count_share_still(c), text);
    tile("No change", text, "within 1 SD if nothing happened", out);
    fputs("</dl>\n", out);
}

static void count_row(const char *name, const char *link, const MlCount *c, FILE *out) {
    char text[ML_STUDY_TEXT];
    fputs("<tr><th scope=\"row\">", out);
    if (link) fprintf(out, "<a href=\"#s%s\">", link);
    ml_svg_text(name, out);
    fprintf(out, "%s</th><td>%d</td>", link ? "</a>" : "", c->points);
    ml_share_text(ml_count_share_1sd(c), text);
    fprintf(out, "<td>%s</td>", text);
    ml_share_text(ml_count_share_2sd(c), text);
    fprintf(out, "<td>%s</td>", text);
    ml_share_text(ml_count_share_still(c), text);
    fprintf(out, "<td>%s</td><td>", text);
    if (c->ndeviation) put_number(ml_count_bias(c), "%+.1f", out);
    fputs("</td><td>", out);
    if (c->ndeviation) put_number(ml_count_rms(c), "%.1f", out);
    fputs("</td></tr>\n", out);
}

static void open_counts(const char *name, FILE *out) {
    fprintf(
        out,
        "<div class=\"scroll\"><table class=\"counts\"><thead><tr><th scope=\"col\">%s</th><th "
        "scope=\"col\">Points</th>"
        "<th scope=\"col\">Within 1 SD</th><th scope=\"col\">Within 2 SD</th><th scope=\"col\">No change</th>"
        "<th scope=\"col\">Bias, SD</th><th scope=\"col\">Rms, SD</th></tr></thead><tbody>\n",
        name);
}

static void put_summary(const MlStudySet *set, const MlCounted *which, FILE *out) {
    MlCounted part = *which;
    char link[24];
    fputs("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n", out);
    open_counts("Topic", out);
    for (part.topic = 0; ml_topic_words[part.topic]; part.topic++) {
        const MlCount c = ml_count_set(set, &part);
        if (any(&c)) count_row(ml_topic_words[part.topic], NULL, &c, out);
    }
    fputs("</tbody></table></div>\n<h3>Studies</h3>\n", out);
    open_counts("Study", out);
    for (int i = 0; i < set->n; i++) {
        if (*set->study[i].error) continue;
        const MlCount c = ml_count_study(&set->study[i], which);
        snprintf(link, sizeof link, "%d", i);
        count_row(set->study[i].name, link, &c, out);
    }
    fputs("</tbody></table></div>\n</section>\n", out);
}

/* ---- one study ---- */

static void put_observation(const MlStudy *s, const MlObservation *o, FILE *out) {
    const MlFinding *f = &o->found;
    char when[ML_WHEN_TEXT], unit[ML_UNIT_TEXT], measured[ML_STUDY_TEXT];
    ml_observation_when(s, o, when, sizeof when);
    ml_observation_unit(o, unit, sizeof unit);
    ml_measured_text(o, measured);
    fputs("<tr><th scope=\"row\">", out);
    ml_svg_text(ml_outputs[o->output].text, out);
    fputs(" <small>", out);
    ml_svg_text(s->arm[o->arm].name, out);
    fputs(", ", out);
    ml_svg_text(when, out);
    fputs("</small></th><td>", out);
    put_minus(measured, out);
    if (!isnan(f->sd) && o->measured != ML_MEASURED_DIRECTION && o->measured != ML_MEASURED_RANGE)
        fprintf(out, " <small>(%s%s)</small>", ml_plain(f->sd, 3).s, f->usual ? "*" : "");
    fputs("</td><td>", out);
    if (!isnan(f->simulated)) put_minus(ml_plain(f->simulated, 3).s, out);
    fprintf(out, "</td><td>%s</td><td>", strcmp(unit, "1") ? unit : "");
    if (!isnan(f->deviation)) put_number(f->deviation, "%+.1f", out);
    fprintf(out, "</td><td%s>%s%s", f->verdict == ML_BEYOND_2SD ? " class=\"out\"" : "",
            ml_verdict_text(f->verdict), o->contested ? ", contested" : "");
    if (*f->why) {
        fputs("<br><small>", out);
        ml_svg_text(f->why, out);
        fputs("</small>", out);
    }
    fputs("</td></tr>\n", out);
}

static void put_study(const MlStudy *s, int i, FILE *out) {
    fprintf(out, "<section aria-labelledby=\"s%d\">\n<h2 id=\"s%d\">", i, i);
    ml_svg_text(s->name, out);
    fputs("</h2>\n<p class=\"meta\">", out);
    ml_svg_text(s->citation, out);
    fputs("</p>\n", out);
    for (int k = 0; k < s->narm; k++) {
        if (s->arm[k].ran) continue;
        fputs("<p class=\"died\">Arm ", out);
        ml_svg_text(s->arm[k].name, out);
        fputs(" cannot run: ", out);
        ml_svg_text(s->arm[k].error.text, out);
        fputs("</p>\n", out);
    }
    ml_study_charts(s, out);
    fputs("<div class=\"scroll\"><table class=\"held\"><thead><tr><th scope=\"col\">Observed</th><th "
          "scope=\"col\">Measured "
          "(SD)</th>"
          "<th scope=\"col\">Simulated</th><th scope=\"col\">Unit</th><th scope=\"col\">Deviation, SD</th>"
          "<th scope=\"col\">Verdict</th></tr></thead><tbody>\n",
          out);
    for (int k = 0; k < s->nobserved; k++) put_observation(s, &s->observed[k], out);
    fputs("</tbody></table></div>\n</section>\n", out);
}

/* ---- the page ---- */

void ml_study_page(const MlStudySet *set, const MlCounted *which, const char *version, FILE *out) {
    const MlCount all = ml_count_set(set, which);
    ml_page_open(out, "Held against people");
    fputs("<header>\n<p class=\"eyebrow\">Body fluids and electrolytes, computed</p>\n<h1>Held against "
          "people</h1>\n",
          out);
    fprintf(
        out,
        "<p class=\"lead\">%d published experiment%s, run with one set of parameters and compared with what "
        "was "
        "measured.</p>\n<p class=\"meta\">Lines are the runs, points what was measured with one standard "
        "deviation. "
        "Open points are changes or comparisons: they stand where the line would pass if the change agreed. "
        "* marks the quantity's usual variation, where a study prints no spread.</p>\n</header>\n<main>\n",
        set->n, set->n == 1 ? "" : "s");
    put_tiles(&all, out);
    put_summary(set, which, out);
    for (int i = 0; i < set->n; i++)
        if (!*set->study[i].error) put_study(&set->study[i], i, out);
    fputs("</main>\n", out);
    ml_page_close(out, version);
}
