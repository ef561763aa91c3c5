/* SPDX-License-Identifier: Apache-2.0 */
/* Runs side by side: what differs between scenarios, which quantities lie apart, flags, and every kind of report. */
#include "report/check.h"

#include "report/compare.h"
#include "report/event_words.h"
#include "report/sample.h"
#include "report/words.h"
#include "base/memory.h"

#include <jansson.h>
#include <math.h>

/* A comparison of made-up results; scenarios are the caller's. */
typedef struct Pair {
    MlScenario scenario[3];
    MlResult result[3];
    MlComparison c;
} Pair;

static void open_pair(Pair *p, int n) {
    memset(p, 0, sizeof *p);
    p->c.n = n;
    for (int i = 0; i < n; i++) {
        ml_scenario_init(&p->scenario[i]);
        p->c.side[i] = (MlSide){.file = i == 0 ? "a/one.yaml" : i == 1 ? "b/two.yaml" : "three.yaml", .scenario = &p->scenario[i], .r = &p->result[i]};
    }
}

static void make(Pair *p) {
    milieu_error error = {0};
    assert_int_equal(ml_comparison_make(&p->c, &error), MILIEU_OK);
}

static void close_pair(Pair *p) {
    ml_comparison_free(&p->c);
    for (int i = 0; i < p->c.n; i++) {
        ml_scenario_free(&p->scenario[i]);
        ml_result_free(&p->result[i]);
    }
}

static void drink(MlScenario *s, const char *what, double liters, double at) {
    MlEvent e;
    ml_event_init(&e, ML_EVENT_DRINK);
    snprintf(e.what, sizeof e.what, "%s", what);
    ml_event_set(&e, ML_FIELD_AMOUNT, liters, ML_DIM_VOLUME);
    e.given |= 1u << ML_FIELD_WHAT;
    e.at = at, e.every = 20, e.until = 280;
    ml_event_complete(&e);
    assert_int_equal(ml_scenario_add(s, &e, NULL), MILIEU_OK);
}

static MlResult courses(double sodium, double potassium) {
    const SampleCourse course[] = {{ML_O_plasma_sodium, 140, sodium}, {ML_O_plasma_potassium, 4, potassium}, {ML_O_plasma_chloride, 104, 104}};
    return sample_courses(3, course);
}

/* ---- what differs ---- */

static void facts_and_events(void **state) {
    (void)state;
    Pair p;
    open_pair(&p, 3);
    for (int i = 0; i < 3; i++) p.result[i] = courses(130, 4);
    p.scenario[0].person.mass = 58, p.scenario[1].person.mass = 58, p.scenario[2].person.mass = 71;
    p.scenario[1].person.age = 40;
    p.scenario[2].meals = ML_C_MEALS_NONE;
    for (int i = 0; i < 3; i++) drink(&p.scenario[i], i == 1 ? "gatorade" : "water", 0.333, 10);
    for (int i = 0; i < 3; i++) drink(&p.scenario[i], "tea", 0.2, 60);
    drink(&p.scenario[0], "tea", 0.2, 60);
    make(&p);
    static const struct {
        const char *name;
        unsigned in;
    } wanted[] = {{"age", 0}, {"mass", 0}, {"meals", 0}, {"drink 333 mL of gatorade, at 10 min, every 20 min until 4 h 40 min", 2},
                  {"drink 333 mL of water, at 10 min, every 20 min until 4 h 40 min", 5}, {"drink 200 mL of tea, at 1 h, every 20 min until 4 h 40 min", 1}};
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
        int met = 0;
        for (int i = 0; i < p.c.ndifference; i++)
            met += strcmp(p.c.difference[i].name, wanted[k].name) == 0 && p.c.difference[i].in == wanted[k].in && p.c.difference[i].is_event == (wanted[k].in != 0);
        if (met != 1) {
            for (int i = 0; i < p.c.ndifference; i++) print_error("%s %u\n", p.c.difference[i].name, p.c.difference[i].in);
            fail_msg("%s: met %d times", wanted[k].name, met);
        }
    }
    assert_int_equal(p.c.ndifference, sizeof wanted / sizeof *wanted);
    for (int i = 0; i < p.c.ndifference; i++)
        if (strcmp(p.c.difference[i].name, "mass") == 0) {
            assert_string_equal(p.c.difference[i].value[0], "58 kg");
            assert_string_equal(p.c.difference[i].value[2], "71 kg");
        }
    close_pair(&p);
}

/* What comes late in a long entry counts too. */
static void long_entries(void **state) {
    (void)state;
    static const int contents[] = {ML_NUTRIENT_SODIUM,      ML_NUTRIENT_POTASSIUM, ML_NUTRIENT_CALCIUM, ML_NUTRIENT_MAGNESIUM, ML_NUTRIENT_CHLORIDE,
                                   ML_NUTRIENT_BICARBONATE, ML_NUTRIENT_PHOSPHATE, ML_NUTRIENT_ACETATE, ML_NUTRIENT_LACTATE,   ML_NUTRIENT_CITRATE,
                                   ML_NUTRIENT_UREA,        ML_NUTRIENT_GLUCOSE};
    Pair p;
    open_pair(&p, 2);
    for (int i = 0; i < 2; i++) {
        MlEvent e;
        ml_event_init(&e, ML_EVENT_DIALYSIS);
        e.has_composition = 1, e.basis = ML_PER_LITER;
        for (size_t k = 0; k < sizeof contents / sizeof *contents; k++) e.composition.value[contents[k]] = 12.345;
        ml_event_set(&e, ML_FIELD_ULTRAFILTRATION, 1 + i, ML_DIM_VOLUME);
        e.at = 0;
        ml_event_complete(&e);
        assert_int_equal(ml_scenario_add(&p.scenario[i], &e, NULL), MILIEU_OK);
        p.result[i] = courses(140, 4);
    }
    make(&p);
    assert_int_equal(p.c.ndifference, 2);
    assert_non_null(strstr(p.c.difference[0].name, "ultrafiltration 1 L"));
    assert_non_null(strstr(p.c.difference[1].name, "ultrafiltration 2 L"));
    close_pair(&p);
}

static void nothing_differs(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    for (int i = 0; i < 2; i++) p.result[i] = courses(130, 4), drink(&p.scenario[i], "water", 0.5, 30);
    make(&p);
    assert_int_equal(p.c.ndifference, 0);
    assert_int_equal(ml_comparison_words(&p.c, &o, line), 1);
    assert_string_equal(line[0].s, "The runs hardly differ.");
    close_pair(&p);
}

static void more_than_can_be_told(void **state) {
    (void)state;
    Pair p;
    open_pair(&p, 2);
    for (int i = 0; i < 2; i++) p.result[i] = courses(130, 4);
    for (int k = 0; k < 100; k++) drink(&p.scenario[0], "water", 0.1, k);
    make(&p);
    assert_int_equal(p.c.ndifference, ML_DIFFERENCES_TOLD);
    assert_int_equal(p.c.nuntold, 100 - ML_DIFFERENCES_TOLD);
    close_pair(&p);
}

/* Every event and field finds words, and none is too long for its line. */
static void words_of_events(void **state) {
    (void)state;
    char text[240];
    MlEvent e;
    ml_event_init(&e, ML_EVENT_EXERCISE);
    ml_event_set(&e, ML_FIELD_MET, 8, ML_DIM_NUMBER);
    ml_event_set(&e, ML_FIELD_FOR, 300, ML_DIM_TIME);
    ml_event_set(&e, ML_FIELD_HUMIDITY, 0.5, ML_DIM_NUMBER);
    ml_event_complete(&e);
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "exercise for 5 h, met 8, humidity 50 %");
    ml_event_init(&e, ML_EVENT_INJURY);
    ml_event_set(&e, ML_FIELD_AREA, 0.1, ML_DIM_NUMBER);
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "injury area 10 %");
    ml_event_init(&e, ML_EVENT_HEMOFILTRATION);
    snprintf(e.what, sizeof e.what, "hemofiltration-fluid-k4");
    e.given |= 1u << ML_FIELD_FLUID;
    ml_event_set(&e, ML_FIELD_FOR, 600, ML_DIM_TIME);
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "hemofiltration hemofiltration-fluid-k4, for 10 h");
    ml_event_init(&e, ML_EVENT_DIALYSIS);
    e.has_composition = true, e.basis = ML_PER_LITER;
    e.composition.value[ML_NUTRIENT_POTASSIUM] = 3;
    e.given |= 1ull << ML_FIELD_DIALYSATE;
    ml_event_set(&e, ML_FIELD_ULTRAFILTRATION, 2, ML_DIM_VOLUME);
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "dialysis {potassium 3 mmol/L}, ultrafiltration 2 L");
    ml_event_init(&e, ML_EVENT_SET);
    snprintf(e.parameter, sizeof e.parameter, "gfr_rest");
    e.parameter_value = 80;
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "set gfr_rest to 80");
    ml_event_init(&e, ML_EVENT_DRINK);
    e.has_composition = true, e.basis = ML_PER_LITER;
    e.composition.value[ML_NUTRIENT_SODIUM] = 23;
    e.given |= 1u << ML_FIELD_WHAT;
    ml_event_set(&e, ML_FIELD_AMOUNT, 1.5, ML_DIM_NUMBER);
    e.value[ML_FIELD_AMOUNT].of_output = ML_O_sweat_volume;
    e.at = -30, e.every = 60, e.times = 3;
    ml_event_complete(&e);
    ml_event_told(&e, text, sizeof text);
    assert_string_equal(text, "drink 150 % of sweat_volume of {sodium 23 mmol/L}");
    ml_event_when(&e, text, sizeof text);
    assert_string_equal(text, "at -30 min, every 1 h, 3 times");
    ml_event_told(&e, text, 12);
    assert_string_equal(text, "drink 150 %");
}

/* ---- what came of it ---- */

static void names_tell_the_sides_apart(void **state) {
    (void)state;
    Pair p;
    open_pair(&p, 3);
    for (int i = 0; i < 3; i++) p.result[i] = courses(130, 4);
    snprintf(p.result[0].title, sizeof p.result[0].title, "A run");
    snprintf(p.result[1].title, sizeof p.result[1].title, "A run");
    snprintf(p.result[2].title, sizeof p.result[2].title, "Another <run>");
    make(&p);
    assert_string_equal(p.c.side[0].name, "one.yaml");
    assert_string_equal(p.c.side[1].name, "two.yaml");
    assert_string_equal(p.c.side[2].name, "Another <run>");
    char text[40];
    ml_sides_words(&p.c, 5, text, sizeof text);
    assert_string_equal(text, "A and C");
    close_pair(&p);
}

/* Where no flag is on the farther apart before the nearer; what is alike last. */
static void farthest_apart_first(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    p.result[0] = courses(128, 4), p.result[1] = courses(134, 2.8);
    make(&p);
    assert_int_equal(p.c.ncontrast, 3);
    assert_int_equal(p.c.contrast[0].output, ML_O_plasma_potassium);
    assert_int_equal(p.c.contrast[1].output, ML_O_plasma_sodium);
    assert_true(fabs(p.c.contrast[1].apart - 0.6) < 1e-6); /* 6 of the 10 mmol/L of the normal range */
    assert_true(p.c.contrast[2].apart == 0);
    assert_int_equal(ml_comparison_words(&p.c, &o, line), 2);
    assert_non_null(strstr(line[0].s, "lowest in B: 2.80 mmol/L"));
    assert_string_equal(line[1].s, "Plasma sodium was lowest in A: 128.0 mmol/L at 12 h; its lowest was 134.0 in B.");
    close_pair(&p);
}

/* What differs only in between is told with its time, in every report. */
static void apart_in_between(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    milieu_error error;
    MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    p.result[0] = courses(140, 4), p.result[1] = courses(140, 4);
    double *v = (double *)ml_result_series(&p.result[0], ML_O_plasma_potassium), *w = (double *)ml_result_series(&p.result[1], ML_O_plasma_potassium);
    const int n = p.result[0].ntime;
    v[1] = w[n - 2] = 6.8, v[2] = w[n - 3] = 3; /* the same extremes at other times */
    v[n / 2] = 6.62, w[n / 2] = 3.14;
    make(&p);
    const MlContrast *k = &p.c.contrast[0];
    assert_int_equal(k->output, ML_O_plasma_potassium);
    assert_true(fabs(k->gap - 3.48) < 1e-9 && k->gap_at == p.result[0].time[n / 2] && k->gap_tells);
    assert_true(fabs(k->apart - 3.48 / 1.7) < 1e-9);
    assert_int_equal(ml_comparison_words(&p.c, &o, line), 1);
    assert_string_equal(line[0].s, "Plasma potassium was farthest apart at 6 h: 6.62 mmol/L in A, 3.14 in B.");
    w[n - 2] = 5, w[n - 3] = 3;
    ml_comparison_free(&p.c);
    make(&p);
    assert_int_equal(ml_comparison_words(&p.c, &o, line), 1);
    assert_string_equal(line[0].s, "Plasma potassium was highest in A: 6.80 mmol/L at 5 min; its highest was 5.00 in B; farthest apart at 6 h: 6.62 mmol/L in A, 3.14 in B.");
    FILE *out = fopen(SCRATCH("between.txt"), "w");
    assert_int_equal(ml_compare_terminal(&p.c, &o, out), MILIEU_OK);
    fclose(out);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("between.html"), &error), MILIEU_OK);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("between.json"), &error), MILIEU_OK);
    static const struct {
        const char *file, *part;
    } told[] = {{SCRATCH("between.txt"), "    at 6 h                    6.62           3.14\n"},
                {SCRATCH("between.html"), "<td class=\"is\">at 6 h</td><td>6.62</td><td>3.14</td>"},
                {SCRATCH("between.json"), "\"farthest_apart_at\""}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        char *text = contents(told[i].file);
        if (!strstr(text, told[i].part)) fail_msg("%s lacks %s", told[i].file, told[i].part);
        free(text);
    }
    close_pair(&p);
}

/* Only moments that all store count: a run that ended early, or has another grid, is not read in between. */
static void moments_in_common(void **state) {
    (void)state;
    Pair p;
    open_pair(&p, 2);
    p.result[0] = courses(140, 4), p.result[1] = courses(140, 8);
    for (int j = 0; j < p.result[1].ntime; j++) p.result[1].time[j] *= 2;
    p.result[1].ntime /= 4; /* series keep their places */
    for (int i = 1; i < p.result[1].noutput; i++)
        memmove(p.result[1].value + i * p.result[1].ntime, p.result[1].value + i * p.result[0].ntime, (size_t)p.result[1].ntime * sizeof(double));
    make(&p);
    for (int k = 0; k < p.c.ncontrast; k++)
        if (p.c.contrast[k].output == ML_O_plasma_potassium) assert_true(p.c.contrast[k].gap_at == p.result[1].time[p.result[1].ntime - 1]);
    close_pair(&p);
}

static void add_flag(MlResult *r, int flag, int severity, double on, double off, double peak) {
    r->flag = ml_grow(NULL, r->flag, (size_t)r->nflag + 1, sizeof *r->flag);
    assert_non_null(r->flag);
    r->flag[r->nflag++] = (MlFlagSpan){.flag = flag, .severity = severity, .on = on, .off = off, .output = ml_flag_info(flag).output, .peak_time = on, .peak_value = peak};
}

static void flags_side_by_side(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    p.result[0] = courses(128, 4), p.result[1] = courses(128, 4);
    add_flag(&p.result[0], ML_FLAG_hyponatremia, 1, 10, 50, 133);
    add_flag(&p.result[0], ML_FLAG_hyponatremia, 2, 100, 150, 129);
    add_flag(&p.result[0], ML_FLAG_hyponatremia, 2, 200, 250, 127);
    add_flag(&p.result[0], ML_FLAG_hyponatremia, 2, 300, NAN, 128);
    add_flag(&p.result[1], ML_FLAG_hypokalemia, 3, 20, 30, 2);
    p.result[1].lethal = 1, p.result[1].end_time = 300;
    snprintf(p.result[1].lethal_cause, sizeof p.result[1].lethal_cause, "standstill of the heart");
    make(&p);
    assert_int_equal(p.c.nflag, 2);
    assert_int_equal(p.c.flag[0].flag, ML_FLAG_hypokalemia);
    assert_true(p.c.flag[1].times[0] == 4 && p.c.flag[1].times[1] == 0 && p.c.flag[1].whole[0].severity == 2);
    assert_true(p.c.flag[1].whole[0].peak_value == 127 && p.c.flag[1].whole[0].peak_time == 200);
    assert_true(p.c.flag[1].whole[0].on == 10 && isnan(p.c.flag[1].whole[0].off));
    const int n = ml_comparison_words(&p.c, &o, line);
    assert_int_equal(n, 4);
    assert_string_equal(line[0].s, "B ended in death after 5 h: standstill of the heart.");
    assert_string_equal(line[2].s, "Flags only in A: hyponatremia (moderate).");
    assert_string_equal(line[3].s, "Flags only in B: hypokalemia (severe).");
    close_pair(&p);
}

/* What a flag is told by comes first, a severe one before a mild one, however little it differs against the rest; of cramps their rate. */
static void what_flags_are_told_by_first(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    for (int i = 0; i < 2; i++) {
        const SampleCourse course[] = {{ML_O_plasma_sodium, 140, i ? 128 : 150},  {ML_O_plasma_potassium, 4, i ? 3 : 6}, {ML_O_plasma_phosphate, 1, i ? 0.4 : 2},
                                       {ML_O_plasma_ph, 7.4, i ? 7.2 : 7.6},      {ML_O_plasma_magnesium_total, 0.8, i ? 0.5 : 2},
                                       {ML_O_plasma_calcium_total, 2.4, i ? 2 : 3}, {ML_O_cramp_rate, 0.02, i ? 0.02 : 0.08}};
        p.result[i] = sample_courses(sizeof course / sizeof *course, course);
        add_flag(&p.result[i], ML_FLAG_muscle_cramp, 1, 0, NAN, i ? 0.02 : 0.08);
        if (i) add_flag(&p.result[i], ML_FLAG_hyponatremia, 2, 0, NAN, 128);
    }
    make(&p);
    assert_int_equal(p.c.contrast[0].output, ML_O_plasma_sodium);
    const int n = ml_comparison_words(&p.c, &o, line);
    assert_int_equal(n, 6);
    assert_non_null(strstr(line[0].s, "Plasma sodium"));
    assert_non_null(strstr(line[1].s, "cramps"));
    assert_non_null(strstr(line[1].s, "highest in A: 0.080 per hour"));
    close_pair(&p);
}

/* A limit passed by less than is told is no difference between runs. */
static void flags_by_a_hair(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    for (int far = 0; far < 2; far++) {
        open_pair(&p, 2);
        p.result[0] = courses(134.96, 4), p.result[1] = courses(far ? 135.06 : 135.04, 4);
        add_flag(&p.result[0], ML_FLAG_hyponatremia, 1, 700, NAN, 134.96);
        make(&p);
        assert_int_equal(p.c.nflag, 1);
        const int n = ml_comparison_words(&p.c, &o, line);
        assert_int_equal(n, 1 + far);
        if (far) assert_string_equal(line[1].s, "Flags only in A: hyponatremia (mild).");
        close_pair(&p);
    }
}

/* Worse is what lies beyond the limits, of quantities without a normal range as well. */
static void the_worst_of_many_spans(void **state) {
    (void)state;
    static const struct {
        int flag;
        double peak[3];
        int worst;
    } cases[] = {{ML_FLAG_hyperthermia, {38.9, 39.2, 38.7}, 1}, {ML_FLAG_muscle_cramp, {0.02, 0.05, 0.09}, 2}, {ML_FLAG_hypotension, {68, 66, 67}, 1},
                 {ML_FLAG_dehydration, {-2, -1.5, -2.2}, 2},    {ML_FLAG_brain_swelling, {1.05, 1.045, 1.055}, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MlResult r = {0};
        MlFlagSpan whole;
        for (int k = 0; k < 3; k++) add_flag(&r, cases[i].flag, 1, 100 * k, 100 * k + 50, cases[i].peak[k]);
        assert_int_equal(ml_flag_whole(&r, 0, &whole), 3);
        if (whole.peak_value != cases[i].peak[cases[i].worst] || whole.on != 0 || whole.off != 250) fail_msg("%s: %g", ml_flag_title(cases[i].flag).s, whole.peak_value);
        ml_result_free(&r);
    }
}

/* ---- the reports ---- */

static void open_marathons(Pair *p) {
    open_pair(p, 3);
    p->result[0] = sample_marathon(), p->result[1] = sample_marathon(), p->result[2] = sample_days(3);
    for (int i = 0; i < p->result[1].noutput * p->result[1].ntime; i++) p->result[1].value[i] *= 1.08;
    snprintf(p->result[1].title, sizeof p->result[1].title, "Tea & <milk>");
    p->result[2].start_clock = 60;
    drink(&p->scenario[0], "water", 0.3, 10);
    make(p);
}

static void the_page(void **state) {
    (void)state;
    Pair p;
    milieu_error error;
    MlReportOptions o = ml_report_options();
    open_marathons(&p);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("compare.html"), &error), MILIEU_OK);
    char *page = contents(SCRATCH("compare.html"));
    static const char *const parts[] = {"<h1>Three runs side by side</h1>", "Tea &amp; &lt;milk&gt;", "What differs between the scenarios", "drink 300\xc2\xa0mL of water",
                                        "prefers-color-scheme:dark", "aria-label=\"Curves of ", "\"clock\":null", "class=\"l c2 dots\"", "In and out since t = 0"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(page, parts[i])) fail_msg("missing: %s", parts[i]);
    static const char *const none[] = {"http://", "https://", "<milk>", "src=", "nan", "inf\""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strstr(page, none[i])) fail_msg("found: %s: %.60s", none[i], strstr(page, none[i]) - 20);
    const char *data = strstr(page, "id=\"data\">");
    assert_non_null(data);
    json_error_t where;
    json_t *json = json_loads(data + strlen("id=\"data\">"), JSON_DISABLE_EOF_CHECK, &where);
    if (!json) fail_msg("data: %s at %d", where.text, where.position);
    const size_t n = json_array_size(json_object_get(json, "s"));
    assert_true(n > 0 && n % 3 == 0);
    assert_int_equal(json_array_size(json_object_get(json, "d")), n);
    assert_int_equal(json_array_size(json_array_get(json_object_get(json, "s"), 0)), json_array_size(json_object_get(json, "t")));
    json_decref(json);
    free(page);
    close_pair(&p);
}

static void for_programs(void **state) {
    (void)state;
    Pair p;
    milieu_error error;
    MlReportOptions o = ml_report_options();
    open_marathons(&p);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("compare.json"), &error), MILIEU_OK);
    json_t *json = json_load_file(SCRATCH("compare.json"), 0, NULL);
    assert_non_null(json);
    assert_int_equal(json_array_size(json_object_get(json, "runs")), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(json, "sides"), 1), "name")), "Tea & <milk>");
    const json_t *row = json_array_get(json_object_get(json, "quantities"), 0);
    assert_int_equal(json_array_size(json_object_get(row, "sides")), 3);
    assert_true(json_is_real(json_object_get(json_array_get(json_object_get(row, "sides"), 0), "lowest")));
    json_decref(json);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("compare.csv"), &error), MILIEU_OK);
    char *csv = contents(SCRATCH("compare.csv"));
    int lines = 0;
    for (const char *s = csv; *s; s++) lines += *s == '\n';
    assert_int_equal(lines, 1 + p.result[0].ntime + p.result[1].ntime + p.result[2].ntime);
    assert_true(strncmp(csv, "side,scenario,time[min],", 24) == 0);
    assert_non_null(strstr(csv, "\r\nB,Tea & <milk>,0,"));
    free(csv);
    assert_int_equal(ml_compare_write(&p.c, &o, SCRATCH("compare.doc"), &error), MILIEU_BAD_INPUT);
    close_pair(&p);
}

static void on_the_terminal(void **state) {
    (void)state;
    Pair p;
    MlReportOptions o = ml_report_options();
    open_marathons(&p);
    static const int widths[] = {40, 80, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        o.width = widths[i], o.ascii = 1;
        FILE *out = fopen(SCRATCH("compare.txt"), "w");
        assert_int_equal(ml_compare_terminal(&p.c, &o, out), MILIEU_OK);
        fclose(out);
        char *text = contents(SCRATCH("compare.txt"));
        static const char *const parts[] = {"\nIn short\n", "\nWhat differs\n", "Where they differ most", "In and out since t = 0"};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            if (!strstr(text, parts[k])) fail_msg("width %d: missing: %s", widths[i], parts[k]);
        for (const char *s = text; *s; s++) assert_true((unsigned char)*s < 0x80);
        free(text);
    }
    close_pair(&p);
}

/* Files of one name are told apart by their folders; who is told in other words is the same; what rounds to one number is no difference. */
static void the_same_in_other_words(void **state) {
    (void)state;
    Pair p;
    MlCompareLine line[ML_COMPARE_SENTENCES];
    const MlReportOptions o = ml_report_options();
    open_pair(&p, 2);
    p.c.side[0].file = "a/one.yaml", p.c.side[1].file = "b/one.yaml";
    p.result[0] = courses(150, 4), p.result[1] = courses(150.00001, 4);
    snprintf(p.scenario[0].person.preset, ML_NAME_SIZE, "adult-man");
    p.scenario[1].person.sex = ML_C_MALE;
    make(&p);
    assert_string_equal(p.c.side[0].name, "a/one.yaml");
    assert_string_equal(p.c.side[1].name, "b/one.yaml");
    assert_int_equal(p.c.ndifference, 0);
    const int n = ml_comparison_words(&p.c, &o, line);
    for (int i = 0; i < n; i++) assert_lacks(line[i].s, "; .");
    close_pair(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_and_events),     cmocka_unit_test(nothing_differs),  cmocka_unit_test(long_entries),  cmocka_unit_test(more_than_can_be_told),
        cmocka_unit_test(words_of_events),      cmocka_unit_test(names_tell_the_sides_apart), cmocka_unit_test(farthest_apart_first),
        cmocka_unit_test(apart_in_between),     cmocka_unit_test(moments_in_common),
        cmocka_unit_test(what_flags_are_told_by_first), cmocka_unit_test(flags_by_a_hair),
        cmocka_unit_test(the_worst_of_many_spans), cmocka_unit_test(flags_side_by_side),   cmocka_unit_test(the_page),           cmocka_unit_test(for_programs),
        cmocka_unit_test(on_the_terminal),
        cmocka_unit_test(the_same_in_other_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
