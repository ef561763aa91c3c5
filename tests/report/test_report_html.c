/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "body/tables.h"
#include "report/page.h"
#include "report/report.h"
#include "report/sample.h"
#include "report/svg.h"

#include <ctype.h>
#include <math.h>

static char *page_as(const MlResult *r, MlUnits units, const char *path) {
    MlReportOptions o = ml_report_options();
    o.units = units;
    o.version = "milieu 0.0.0";
    milieu_error err;
    assert_int_equal(ml_report_html(r, &o, path, &err), MILIEU_OK);
    return contents(path);
}

static char *page_of(const MlResult *r) { return page_as(r, ML_UNITS_SI, SCRATCH("run.html")); }

/* ---- a small judge of well-formedness ---- */

static int is_one_of(const char *name, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) return 1;
    return 0;
}

static int is_void(const char *name) {
    static const char *const names[] = {"meta", "input", "br"};
    return is_one_of(name, names, 3);
}

/* Behind the end of a tag; quotes may hold '>' only escaped, so one would be a mistake. */
static const char *tag_end(const char *p) {
    int quoted = 0;
    for (; *p && (quoted || *p != '>'); p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (quoted && (*p == '<' || *p == '>'))
            fail_msg("raw %c in an attribute: %.40s", *p, p);
        else if (!quoted && *p == '<')
            fail_msg("'<' in a tag: %.40s", p);
    }
    if (!*p) fail_msg("a tag does not end");
    return p + 1;
}

/* Elements open and close in order, attributes are quoted, no stray '<' or '&'. */
static void assert_well_formed(const char *text) {
    enum { DEEPEST = 64, LONGEST = 16 };
    char open[DEEPEST][LONGEST];
    int depth = 0;
    for (const char *p = text; *p;) {
        if (*p == '&') {
            const char *end = p + 1 + strspn(p + 1, "#0123456789abcdefghijklmnopqrstuvwxyz");
            if (*end != ';') fail_msg("stray '&': %.30s", p);
        }
        if (*p != '<') {
            p++;
            continue;
        }
        if (strncmp(p, "<!DOCTYPE html>", 15) == 0) {
            p += 15;
            continue;
        }
        int closing = p[1] == '/';
        const char *start = p + 1 + closing, *end = tag_end(p + 1);
        size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyz123456");
        char name[LONGEST] = "";
        if (length == 0 || length >= LONGEST) fail_msg("no tag name: %.30s", p);
        memcpy(name, start, length);
        if (closing) {
            if (depth == 0 || strcmp(open[depth - 1], name) != 0)
                fail_msg("</%s> closes <%s>", name, depth ? open[depth - 1] : "");
            depth--;
        } else if (end[-2] != '/' && !is_void(name)) {
            assert_true(depth < DEEPEST);
            strcpy(open[depth++], name);
        }
        p = end;
        if (!closing && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)) {
            char stop[LONGEST + 4];
            snprintf(stop, sizeof stop, "</%s>", name);
            p = strstr(p, stop);
            assert_non_null(p);
        }
    }
    if (depth) fail_msg("<%s> stays open", open[depth - 1]);
}

static void assert_self_contained(const char *text) {
    static const char *const loads[] = {"http:", "https:", " src=", "<link", "@import", "url(", "<img"};
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) assert_lacks(text, loads[i]);
}

/* No number that is none has found its way into the drawings. */
static void assert_numbers(const char *text) {
    const char *end = strstr(text, "<script>");
    for (const char *p = strstr(text, "<body>"); p && p < end; p++) {
        if (p[0] != '"' && p[0] != ' ' && p[0] != '[' && p[0] != ',') continue;
        const char *word = p + 1 + (p[1] == '-');
        if ((strncmp(word, "nan", 3) == 0 || strncmp(word, "inf", 3) == 0) &&
            !isalpha((unsigned char)word[3]))
            fail_msg("no number: %.40s", p);
    }
}

static void assert_good(const char *text) {
    assert_well_formed(text);
    assert_self_contained(text);
    assert_numbers(text);
    assert_holds(text, "not a medical device");
    assert_holds(text, "name=\"viewport\"");
}

/* ---- tests ---- */

static void the_judge_judges(void **state) {
    (void)state;
    assert_well_formed("<!DOCTYPE html><p class=\"a\">1 &lt; 2<br></p>");
}

static void marathon(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    char *text = page_as(&r, ML_UNITS_SI, SCRATCH("marathon.html"));
    assert_good(text);
    assert_true(strlen(text) < 400 * 1000);
    assert_holds(text, "<h1>Marathon on plain water</h1>");
    assert_holds(text, "Plasma sodium fell from 140.4\xc2\xa0to");
    assert_holds(text, "<h2 id=\"findings\">Key findings</h2>");
    assert_holds(text, "class=\"night\"");
    assert_holds(text, "class=\"effort\"");
    assert_holds(text, "class=\"band\"");
    assert_holds(text, "<title>drank 250 mL of water, 15 min (08:15)</title>");
    assert_holds(text, "<i class=\"moderate\">moderate hyponatremia</i>");
    assert_holds(text, "Why plasma sodium moved, by cause");
    assert_holds(text, "<caption>Sodium <small>mmol</small></caption>");
    assert_holds(text, "None at any time: Mannitol.");
    assert_holds(text, "eJIFCC 2016;27:48-65");
    assert_holds(text, "milieu 0.0.0");
    free(text);
    ml_result_free(&r);
}

/* What moved most stands first, each with its causes; what stood still has none. */
static void other_ions(void **state) {
    (void)state;
    MlResult r = sample_hypokalemia();
    char *text = page_of(&r);
    assert_good(text);
    const char *base = strstr(text, "Why plasma bicarbonate moved, by cause"), *potassium = strstr(text, "Why plasma potassium moved, by cause");
    assert_true(base && potassium && base < potassium);
    assert_lacks(text, "Why plasma pH moved");
    assert_lacks(text, "Why plasma sodium moved");
    assert_holds(text, "<dt>Plasma potassium, lowest</dt>");
    assert_holds(text, "<dt>Arterial plasma pH, highest</dt>");
    assert_holds(text, "<h3>Acid and base</h3>");
    assert_holds(text, "\"w\":[1,2],");
    free(text);
    ml_result_free(&r);
}

static void us_units(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    char *text = page_as(&r, ML_UNITS_US, SCRATCH("us.html"));
    assert_good(text);
    assert_holds(text, "<span class=\"unit\">mEq/L</span>");
    assert_holds(text, "<span class=\"unit\">lb</span>");
    assert_holds(text, "<span class=\"unit\">\xc2\xb0"
                       "F</span>");
    assert_lacks(text, "Plasma sodium</span><span class=\"unit\">mmol/L");
    free(text);
    ml_result_free(&r);
}

static void hostile_texts(void **state) {
    (void)state;
    static const char hostile[] = "</title><script>alert('1')</script> & \" \xff\x02";
    MlResult r = sample_marathon();
    snprintf(r.title, sizeof r.title, "%s", hostile);
    snprintf(r.person, sizeof r.person, "%s", hostile);
    snprintf(r.log[1].text, sizeof r.log[1].text, "%s", hostile);
    snprintf(r.note[0], sizeof r.note[0], "%s", hostile);
    r.balance[0].route[0].name = hostile;
    r.explanation[ML_WHY_SODIUM][0].cause[0].name = hostile;
    r.lethal = 1;
    snprintf(r.lethal_cause, sizeof r.lethal_cause, "%s", hostile);
    char *text = page_of(&r);
    assert_good(text);
    assert_lacks(text, "<script>alert");
    assert_lacks(text, "\xff");
    assert_lacks(text, "\x02");
    assert_holds(text, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;");
    assert_holds(text, "class=\"died\"");
    free(text);
    ml_result_free(&r);
}

static void gaps_break_the_curve(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_urine_osmolality, 30, 300);
    r.value[10] = r.value[11] = r.value[20] = r.value[22] = NAN;
    char *text = page_of(&r);
    assert_good(text);
    const char *path = strstr(text, "<path class=\"l c0\" d=\"");
    assert_non_null(path);
    int pieces = 0;
    for (const char *p = path + 22; *p != '"'; p++) pieces += *p == 'M';
    assert_int_equal(pieces, 4);
    assert_holds(path, "h0M");
    free(text);
    ml_result_free(&r);
}

static void hardly_anything(void **state) {
    (void)state;
    MlResult empty = {0};
    char *text = page_of(&empty);
    assert_good(text);
    assert_holds(text, "A run without a title");
    free(text);
    for (int n = 1; n <= 2; n++) {
        MlResult r = sample_constant(ML_O_plasma_sodium, n, 140);
        text = page_of(&r);
        assert_good(text);
        assert_holds(text, "Plasma sodium stayed at 140.0\xc2\xa0mmol/L.");
        free(text);
        ml_result_free(&r);
    }
}

static void strange_values(void **state) {
    (void)state;
    static const double values[] = {0, 1e300, -1e300, 1e-300, NAN, 1e12};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        MlResult r = sample_constant(ML_O_plasma_sodium, 30, values[i]);
        char *text = page_of(&r);
        assert_good(text);
        free(text);
        r.value[7] = -3;
        text = page_of(&r);
        assert_good(text);
        free(text);
        ml_result_free(&r);
    }
}

static void zero_series_is_told_not_drawn(void **state) {
    (void)state;
    MlResult r = sample_constant(ML_O_sweat_rate, 30, 0);
    char *text = page_of(&r);
    assert_good(text);
    assert_holds(text, "Zero throughout and not drawn: Sweat rate.");
    free(text);
    ml_result_free(&r);
}

static void three_months(void **state) {
    (void)state;
    MlResult r = sample_days(90);
    char *text = page_as(&r, ML_UNITS_SI, SCRATCH("months.html"));
    assert_good(text);
    assert_true(strlen(text) < 700 * 1000);
    assert_lacks(text, "class=\"night\"");
    assert_holds(text, ">28 d</text>");
    assert_holds(text, "week 13");
    free(text);
    ml_result_free(&r);
}

static void a_run_that_begins_early(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    for (int j = 0; j < r.ntime; j++) r.time[j] -= 90;
    for (int i = 0; i < r.nlog; i++) r.log[i].at -= 90, r.log[i].until -= 90;
    char *text = page_of(&r);
    assert_good(text);
    assert_holds(text, ", t = 0 at ");
    free(text);
    ml_result_free(&r);
}

/* The page of another report: a curve over measured points. */
static void a_page_with_a_chart(void **state) {
    (void)state;
    double x[] = {0, 60, 120, 180, 240}, y[] = {140, 138, 137, 138, 139};
    MlSvgCurve curve = {.name = "computed", .n = 5, .x = x, .y = y};
    MlSvgPoint point[] = {{60, 137, 135, 139, 1, 0, "137 \xc2\xb1 2 <mmol/L>"},
                          {180, 139, NAN, NAN, 1, 1, NULL}};
    MlSvgChart chart = ml_svg_chart_default();
    chart.label = "sodium & \"points\"";
    chart.from = 0, chart.to = 240;
    chart.ncurve = 1, chart.curve = &curve;
    chart.npoint = 2, chart.point = point;
    double low, high;
    ml_svg_range(&chart, &low, &high);
    assert_true(low < 135 && high > 140);
    FILE *f = fopen(SCRATCH("chart.html"), "w");
    assert_non_null(f);
    ml_page_open(f, "A study");
    fputs("<main><figure class=\"panel\"><figcaption>", f);
    ml_page_swatch(f, 0, 0);
    fputs("</figcaption><div class=\"plot\">", f);
    ml_svg_chart(&chart, f);
    fputs("</div></figure></main>", f);
    ml_page_close(f, NULL);
    fclose(f);
    char *text = contents(SCRATCH("chart.html"));
    assert_good(text);
    assert_holds(text, "aria-label=\"sodium &amp; &quot;points&quot;\"");
    assert_holds(text, "<title>137 \xc2\xb1 2 &lt;mmol/L&gt;</title>");
    assert_holds(text, "class=\"o\"");
    free(text);
}

/* An axis that is not time: numbers with the unit of the chart. */
static void an_axis_in_another_unit(void **state) {
    (void)state;
    double x[] = {0, 2.5, 5, 7.5, 10}, y[] = {-85, 30, -60, -86, -85};
    MlSvgCurve curve[] = {{.name = "here", .n = 5, .x = x, .y = y}, {.name = "normal", .n = 5, .x = x, .y = y, .dashed = 1, .thin = 1}};
    MlSvgChart chart = ml_svg_chart_default();
    chart.label = "action potential";
    chart.from = 0, chart.to = 10;
    chart.ncurve = 2, chart.curve = curve;
    static const char *const units[] = {"ms", "s", "Hz", "%"};
    for (size_t i = 0; i < 4; i++) {
        char label[32];
        FILE *f = fopen(SCRATCH("axis.svg"), "w");
        assert_non_null(f);
        chart.x_unit = units[i];
        ml_svg_chart(&chart, f);
        fclose(f);
        char *text = contents(SCRATCH("axis.svg"));
        assert_well_formed(text);
        snprintf(label, sizeof label, ">10 %s</text>", units[i]);
        assert_holds(text, label);
        assert_holds(text, "class=\"l c0 dash thin\"");
        assert_lacks(text, " min<");
        free(text);
    }
}

/* Curves of nerve and muscle are drawn at moments that differ, where one of them is notable. */
static void nerve_and_muscle_where_they_are_notable(void **state) {
    (void)state;
    MlResult r = sample_marathon();
    for (int k = 0; k < ML_NEXCITE_MOMENT; k++) r.excite[k] = (MlExciteAt){.t = 60.0 * k, .distance = 0.1, .x = ml_excite_normal()};
    char *text = page_of(&r);
    assert_lacks(text, "id=\"nerve\"");
    free(text);
    r.excite[ML_EXCITE_FARTHEST].distance = 0.9;
    text = page_of(&r);
    assert_good(text);
    assert_holds(text, "id=\"nerve\"");
    assert_holds(text, "at the start</span>");
    assert_holds(text, "farthest from normal</span>");
    assert_holds(text, "Farthest from normal: 1\xc2\xa0h (");
    assert_holds(text, "at the end</span>");
    free(text);
    r.excite[ML_EXCITE_FARTHEST] = r.excite[ML_EXCITE_END];
    r.excite[ML_EXCITE_FARTHEST].distance = 0.9;
    text = page_of(&r);
    assert_lacks(text, "at the end</span>");
    free(text);
    ml_result_free(&r);
}

/* Of nerve and muscle only what moves, leaves its range or has a flag is drawn; the others are named. */
static void ordinary_nerve_is_not_drawn(void **state) {
    (void)state;
    const SampleCourse course[] = {{ML_O_plasma_sodium, 140, 140}, {ML_O_muscle_force, 1, 0.95},        {ML_O_reflex_gain, 1, 0.2},
                                   {ML_O_cramp_rate, 0.001, 0.001}, {ML_O_muscle_excitable_fraction, 1, 1}, {ML_O_endplate_transmission, 0.8, 0.8},
                                   {ML_O_cramp_threshold_frequency, 24, 19}, {ML_O_cramp_threshold_low, 18, 13}, {ML_O_cramp_threshold_high, 32, 25}};
    MlResult r = sample_courses(9, course);
    char *text = page_of(&r);
    assert_good(text);
    const char *left_out = strstr(text, "Ordinary in nerve and muscle and not drawn: Cramps to be expected.");
    assert_non_null(left_out);
    assert_holds(text, "<span class=\"name\">Tendon reflex gain, to normal</span>");
    assert_holds(text, "<span class=\"name\">Muscle, to normal</span>"); /* by its endplates */
    assert_holds(text, "<span class=\"name\">Cramp threshold, with the band of four in five people</span>");
    assert_holds(text, "class=\"l c0 dash thin\"");
    assert_holds(text, "Four of five such people have it between 13.0\xc2\xa0" "and 25.0\xc2\xa0Hz then");
    free(text);
    ml_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_in_another_unit),
        cmocka_unit_test(nerve_and_muscle_where_they_are_notable),
        cmocka_unit_test(ordinary_nerve_is_not_drawn),
        cmocka_unit_test(the_judge_judges),
        cmocka_unit_test(marathon),
        cmocka_unit_test(other_ions),
        cmocka_unit_test(us_units),
        cmocka_unit_test(hostile_texts),
        cmocka_unit_test(gaps_break_the_curve),
        cmocka_unit_test(hardly_anything),
        cmocka_unit_test(strange_values),
        cmocka_unit_test(zero_series_is_told_not_drawn),
        cmocka_unit_test(three_months),
        cmocka_unit_test(a_run_that_begins_early),
        cmocka_unit_test(a_page_with_a_chart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
