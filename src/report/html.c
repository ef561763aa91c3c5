/* SPDX-License-Identifier: Apache-2.0 */
/* One run as one self-contained page. */
#include "report/html.h"

#include "base/fail.h"
#include "report/moved.h"
#include "report/outfile.h"
#include "report/page.h"
#include "report/svg.h"
#include "report/values.h"
#include "report/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static void number(const MlPage *p, const char *text) {
    for (; *text; text++) {
        if (*text == '-')
            fputs("\xe2\x88\x92", p->out);
        else
            putc(*text, p->out);
    }
}

void ml_html_fixed(const MlPage *p, double v, int decimals) {
    if (isnan(v))
        fputs("\xe2\x80\x93", p->out);
    else
        number(p, ml_fixed(v, decimals).s);
}

/* Space that may not break, between a number and its unit or its sign and what it belongs to. */
static int is_tied(const char *text, const char *s) {
    int number = s > text && isdigit((unsigned char)s[-1]);
    int sign = (s[1] == '+' || s[1] == '-') && isdigit((unsigned char)s[2]);
    return *s == ' ' && (number || sign);
}

void ml_html_words(const MlPage *p, const char *text) {
    for (const char *s = text; *s;) {
        const int alone = s > text && s[-1] == ' ';
        if (is_tied(text, s)) {
            fputs("\xc2\xa0", p->out), s++;
        } else if (alone && *s == '-' && isdigit((unsigned char)s[1])) {
            fputs("\xe2\x88\x92", p->out), s++;
        } else if (alone && (strncmp(s, "degC", 4) == 0 || strncmp(s, "degF", 4) == 0)) {
            fprintf(p->out, "\xc2\xb0%c", s[3]), s += 4;
        } else {
            s = ml_svg_character(s, p->out);
        }
    }
}

const char *ml_html_unit(const MlPage *p, int output) {
    const char *unit = ml_shown_unit(output, p->o->units);
    if (strcmp(unit, "degC") == 0)
        return "\xc2\xb0"
               "C";
    return strcmp(unit, "degF") == 0 ? "\xc2\xb0"
                                       "F"
                                     : unit;
}

void ml_html_signed(const MlPage *p, double v, int decimals) { number(p, ml_signed(v, decimals).s); }

static void top(const MlPage *p) {
    const MlResult *r = p->r;
    fputs("<header>\n<p class=\"eyebrow\">Body fluids and electrolytes, computed</p>\n<h1>", p->out);
    ml_svg_text(*r->title ? r->title : "A run without a title", p->out);
    fputs("</h1>\n<p class=\"lead\">", p->out);
    ml_html_words(p, r->person);
    double first = ml_first_time(r);
    fprintf(p->out, "</p>\n<p class=\"meta\">%s, from %s on the clock", ml_duration(ml_last_time(r) - first).s,
            ml_clock(r->start_clock, first).s);
    if (first < 0) fprintf(p->out, ", t = 0 at %s", ml_clock(r->start_clock, 0).s);
    if (p->o->version) {
        fputs(". ", p->out);
        ml_svg_text(p->o->version, p->out);
    }
    fputs("</p>\n</header>\n<main>\n", p->out);
}

/* ---- key findings ---- */

static void tile(const MlPage *p, const char *name, double v, int decimals, int change, const char *unit,
                 const char *at) {
    fprintf(p->out, "<div><dt>%s</dt><dd class=\"big\">", name);
    if (change)
        ml_html_signed(p, v, decimals);
    else
        ml_html_fixed(p, v, decimals);
    if (*unit) fprintf(p->out, "<small>%s</small>", unit);
    fprintf(p->out, "</dd><dd class=\"at\">%s</dd></div>\n", at);
}

typedef enum TileOf { WHOLE, CHANGE, SHARE } TileOf;

/* How sure the cramp threshold is. */
static void tile_band(const MlResult *r, double when, char *text, size_t size) {
    const double low = ml_result_at(r, ML_O_cramp_threshold_low, when), high = ml_result_at(r, ML_O_cramp_threshold_high, when);
    if (isfinite(low) && isfinite(high)) ml_append(text, size, "; four of five people: %s to %s", ml_fixed(low, 1).s, ml_fixed(high, 1).s);
}

/* The extreme of an output, or the largest change from its start in percent or as it is. */
static void extreme_tile(const MlPage *p, int output, const char *name, TileOf as) {
    MlExtremes x = ml_extremes(p->r, output);
    MlUnits units = p->o->units;
    if (x.n == 0 || (as == SHARE && x.start <= 0)) return;
    double peak = x.high - x.start >= x.start - x.low ? x.high : x.low;
    double when = peak == x.high ? x.high_at : x.low_at;
    if (as == WHOLE) peak = x.worst, when = x.worst_at;
    char at[120] = "";
    ml_append(at, sizeof at, "at %s", ml_moment(p->r->start_clock, when).s);
    char title[80] = "";
    ml_append(title, sizeof title, "%s, %s", name,
              as != WHOLE      ? "largest change"
              : peak < x.start ? "lowest"
                               : "highest");
    double start = ml_shown(output, units, x.start);
    const char *unit = ml_html_unit(p, output);
    if (as == WHOLE) {
        double shown = ml_shown(output, units, peak);
        int decimals = ml_shown_decimals(output, units, shown);
        ml_append(at, sizeof at, ", from %s", ml_fixed(start, decimals).s);
        if (output == ML_O_cramp_threshold_frequency) tile_band(p->r, when, at, sizeof at);
        tile(p, title, shown, decimals, 0, unit, at);
    } else if (as == CHANGE) {
        tile(p, title, ml_shown_change(output, units, peak - x.start), units == ML_UNITS_US ? 1 : 2, 1, unit,
             at);
    } else {
        tile(p, title, 100 * (peak / x.start - 1), 1, 1, "%", at);
    }
}

static void total_tile(const MlPage *p, int output, const char *name) {
    MlExtremes x = ml_extremes(p->r, output);
    if (x.n == 0 || x.high - x.low < 0.005) return;
    double total = ml_shown_change(output, p->o->units, x.end - fmax(0, x.low));
    tile(p, name, total, ml_shown_decimals(output, p->o->units, total), 0, ml_shown_unit(output, p->o->units),
         "in all");
}

/* What moved, an output as its topic; of acid and base the whole of it, of calcium and magnesium total and ionized. */
static void moved_tiles(const MlPage *p) {
    static const int topic[][4] = {{ML_O_plasma_ph, ML_O_plasma_bicarbonate, ML_O_arterial_pco2},
                                   {ML_O_plasma_calcium_total, ML_O_plasma_calcium_ionized},
                                   {ML_O_plasma_magnesium_total, ML_O_plasma_magnesium_ionized}};
    enum { NTOPIC = sizeof topic / sizeof topic[0] };
    const MlMoved moved = ml_moved(p->r);
    for (int k = 0; k < moved.n; k++) {
        const int *of = (const int[]){moved.output[k], 0};
        for (int i = 0; i < NTOPIC; i++)
            if (topic[i][0] == moved.output[k] || topic[i][1] == moved.output[k]) of = topic[i];
        for (; *of; of++) extreme_tile(p, *of, ml_title(*of).s, WHOLE);
    }
}

static int has_moved(const MlMoved *moved, int output) {
    for (int k = 0; k < moved->n; k++)
        if (moved->output[k] == output) return 1;
    return 0;
}

/* Fuels and their acids, where they rise far above what is normal and were not told as what moved. */
static void fuel_tiles(const MlPage *p) {
    static const struct {
        int output;
        const char *name;
        double most; /* mmol/L */
    } fuel[] = {{ML_O_plasma_glucose, "Plasma glucose", 11}, {ML_O_plasma_ketones, "Plasma ketones", 1},
                {ML_O_plasma_lactate, "Plasma lactate", 4}};
    const MlMoved moved = ml_moved(p->r);
    for (size_t i = 0; i < sizeof fuel / sizeof fuel[0]; i++)
        if (!has_moved(&moved, fuel[i].output) && ml_extremes(p->r, fuel[i].output).high > fuel[i].most) extreme_tile(p, fuel[i].output, fuel[i].name, WHOLE);
}

static void findings(const MlPage *p) {
    MlLine lines[ML_MAX_FINDINGS];
    int n = ml_findings(p->r, p->o, lines);
    fputs("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Key findings</h2>\n<dl "
          "class=\"tiles\">\n",
          p->out);
    moved_tiles(p);
    fuel_tiles(p);
    extreme_tile(p, ML_O_plasma_osmolality, "Plasma osmolality", WHOLE);
    extreme_tile(p, ML_O_body_mass, "Body mass", CHANGE);
    extreme_tile(p, ML_O_brain_water, "Brain water", SHARE);
    extreme_tile(p, ML_O_plasma_volume, "Plasma volume", SHARE);
    total_tile(p, ML_O_intake_water, "Water taken in");
    total_tile(p, ML_O_sweat_volume, "Sweat");
    total_tile(p, ML_O_urine_volume, "Urine");
    fputs("</dl>\n<ul>\n", p->out);
    for (int i = 0; i < n; i++) {
        fputs(i == 0 && p->r->lethal ? "<li class=\"died\">" : "<li>", p->out);
        ml_html_words(p, lines[i].s);
        fputs("</li>\n", p->out);
    }
    fputs("</ul>\n</section>\n", p->out);
}

/* ---- notes and sources ---- */

static void notes(const MlPage *p) {
    if (p->r->nnote == 0) return;
    fputs("<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">Notes and assumptions</h2>\n<ul>\n", p->out);
    for (int i = 0; i < p->r->nnote; i++) {
        fputs("<li>", p->out);
        ml_html_words(p, p->r->note[i]);
        fputs("</li>\n", p->out);
    }
    fputs("</ul>\n</section>\n", p->out);
}

static int first_with_source(const MlResult *r, int i, const char *source) {
    double low, high;
    const char *other;
    for (int k = 0; k < i; k++)
        if (ml_reference(r->output[k], ML_UNITS_SI, &low, &high, &other) && strcmp(other, source) == 0)
            return 0;
    return 1;
}

static void sources(const MlPage *p) {
    const MlResult *r = p->r;
    double low, high;
    const char *source;
    int any = 0;
    for (int i = 0; i < r->noutput; i++) any |= ml_reference(r->output[i], ML_UNITS_SI, &low, &high, NULL);
    fputs("<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">How it was computed</h2>\n", p->out);
    fprintf(p->out,
            "<p class=\"note\">%ld steps of the integrator, %ld rejected, %ld evaluations of the equations. "
            "Largest charge left over in any compartment: %s mmol.</p>\n",
            r->steps, r->rejected, r->evaluations, ml_short(r->charge_residual, 2).s);
    if (any)
        fputs("<p class=\"note\">Normal ranges of adults, as drawn and listed:</p>\n<ul class=\"note\">\n",
              p->out);
    for (int i = 0; i < r->noutput; i++) {
        if (!ml_reference(r->output[i], ML_UNITS_SI, &low, &high, &source)) continue;
        if (!first_with_source(r, i, source)) continue;
        const char *comma = "";
        fputs("<li>", p->out);
        for (int k = i; k < r->noutput; k++) {
            const char *other;
            if (!ml_reference(r->output[k], ML_UNITS_SI, &low, &high, &other) || strcmp(other, source) != 0)
                continue;
            fputs(comma, p->out);
            ml_svg_text(ml_outputs[r->output[k]].text, p->out);
            comma = ", ";
        }
        fputs(": ", p->out);
        ml_svg_text(source, p->out);
        fputs(".</li>\n", p->out);
    }
    fputs(any ? "</ul>\n</section>\n" : "</section>\n", p->out);
}

static milieu_code write_page(const MlPage *p) {
    ml_page_open(p->out, *p->r->title ? p->r->title : "milieu");
    top(p);
    findings(p);
    ml_html_breaches(p);
    ML_TRY(ml_html_charts(p));
    ML_TRY(ml_html_heart(p));
    ML_TRY(ml_html_nerve(p));
    ML_TRY(ml_html_story(p));
    ml_html_values(p);
    ml_html_balances(p);
    notes(p);
    sources(p);
    fputs("</main>\n", p->out);
    ml_page_script(p->out);
    ml_page_close(p->out, p->o->version);
    return MILIEU_OK;
}

milieu_code ml_report_html(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    ML_TRY(ml_outfile_open(&f, path, err));
    MlPage p = {r, o, f.stream};
    milieu_code code = write_page(&p);
    if (code == MILIEU_OK) return ml_outfile_commit(&f, err);
    ml_outfile_discard(&f);
    return ml_fail(err, code, path, "the page could not be written: %s", milieu_code_text(code));
}
