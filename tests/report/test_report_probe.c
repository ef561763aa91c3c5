/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve and muscle at stated concentrations: what is told of answers that are made up. */
#include "report/check.h"

#include "body/body.h"
#include "report/cramp_words.h"
#include "report/probe.h"

#include <jansson.h>
#include <math.h>

/* Low calcium; of the outputs the axons fire and reflexes are lost. */
static MlProbe *made_up(void) {
    MlProbe *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->x = p->normal = ml_excite_normal();
    p->x.value[ML_X_calcium] = 0.6;
    p->x.value[ML_X_ph] = 7.6;
    p->given[ML_X_calcium] = p->given[ML_X_ph] = 1;
    for (int i = 0; i < ML_NOUTPUT; i++) p->here[i] = p->usual[i] = NAN;
    p->usual[ML_O_sensory_axon_margin] = 4, p->here[ML_O_sensory_axon_margin] = -0.4;
    p->usual[ML_O_motor_axon_margin] = 3;
    p->usual[ML_O_reflex_gain] = 1, p->here[ML_O_reflex_gain] = 0.05;
    p->usual[ML_O_cramp_rate] = 0.00012, p->here[ML_O_cramp_rate] = 0.0003;
    p->usual[ML_O_cramp_threshold_frequency] = 24, p->here[ML_O_cramp_threshold_frequency] = 20;
    p->here[ML_O_cramp_threshold_low] = 14, p->here[ML_O_cramp_threshold_high] = 27;
    p->ncurve = 2;
    for (int k = 0; k < 2; k++) {
        MlExciteCurve c = {k ? "cramp" : "motor axon",
                           k ? "discharge" : "potential < 0",
                           k ? "s" : "ms",
                           k ? "Hz" : "mV",
                           3,
                           {0, 1, 2},
                           {-85, k ? NAN : 30, -85}};
        p->curve[k] = p->usual_curve[k] = c;
    }
    return p;
}

static char *written(const MlProbe *p, const char *path) {
    MlReportOptions o = ml_report_options();
    milieu_error err;
    o.version = "milieu 0.0.0";
    assert_int_equal(ml_probe_write(p, &o, path, &err), MILIEU_OK);
    return contents(path);
}

static void flags_by_their_limits(void **state) {
    (void)state;
    MlProbe *p = made_up();
    MlProbeFlag flag[ML_NFLAG];
    assert_int_equal(ml_probe_flags(p, flag), 2);
    assert_int_equal(flag[0].flag, ML_FLAG_paresthesia);
    assert_int_equal(flag[0].severity, 2);
    assert_int_equal(flag[1].flag, ML_FLAG_hyporeflexia);
    assert_int_equal(flag[1].severity, 3);
    MlLine lines[ML_PROBE_FINDINGS];
    assert_int_equal(ml_probe_findings(p, lines), 7);
    assert_holds(lines[0].s,
                 "Paresthesia, moderate, by distance of sensory axons from firing by themselves -0.4 mV: ");
    assert_holds(lines[1].s, ml_flag_info(ML_FLAG_hyporeflexia).sign[2]);
    assert_holds(lines[2].s, "Such a plasma (plasma ionized calcium 0.600 mmol/L) is severe hypocalcemia, of which is told: spasms");
    assert_holds(lines[3].s, "The brain");
    assert_holds(lines[4].s, "The cramp threshold is 20.0 Hz (four of five such people: 14.0 to 27.0 Hz), normal 24.0 Hz; cramps to be "
                             "expected, were it to last: 0.0003 per hour (under 0.0001 to ");
    assert_holds(lines[5].s, "What moved the threshold from normal, in Hz: ");
    assert_holds(lines[5].s, "ionized calcium -");
    assert_holds(lines[5].s, "acid and base -");
    assert_string_equal(lines[6].s, ml_cramp_notice);
    memcpy(p->here, p->usual, sizeof p->here);
    p->x = p->normal;
    assert_int_equal(ml_probe_findings(p, lines), 3);
    assert_string_equal(lines[0].s, "No limit of the signs of nerve, muscle and heart is passed.");
    free(p);
}

/* What no sign of nerve tells, plasma does. */
static void no_false_all_clear(void **state) {
    (void)state;
    static const struct {
        int input;
        double value;
        const char *told;
        int potassium;
    } cases[] = {{ML_X_potassium, 2.4, "2.40 mmol/L) is severe hypokalemia", 1},
                 {ML_X_potassium, 6.6, "6.60 mmol/L) is severe hyperkalemia", 1},
                 {ML_X_magnesium, 0.2, "total magnesium about 0.350 mmol/L) is severe hypomagnesemia", 0},
                 {ML_X_sodium, 110, "110.0 mmol/L) is severe hyponatremia", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MlProbe *p = made_up();
        char all[4000] = "";
        MlLine lines[ML_PROBE_FINDINGS];
        p->x = p->normal;
        memset(p->given, 0, sizeof p->given);
        p->x.value[cases[i].input] = cases[i].value, p->given[cases[i].input] = 1;
        p->usual[ML_O_cramp_rate] = 2, memcpy(p->here, p->usual, sizeof p->here);
        const int n = ml_probe_findings(p, lines);
        for (int k = 0; k < n; k++) ml_append(all, sizeof all, "%s\n", lines[k].s);
        assert_holds(all, cases[i].told);
        assert_holds(all, "The brain");
        assert_holds(all, "magnesium tablets do not help"); /* beside a risk of cramps */
        assert_int_equal(strstr(all, ml_potassium_words) != NULL, cases[i].potassium);
        free(p);
    }
}

static void what_was_given(void **state) {
    (void)state;
    MlProbe *p = made_up();
    char text[1600];
    ml_probe_given(p, text, sizeof text);
    assert_string_equal(text, "Ionized calcium 0.6 mmol/L (normal 1.2), pH 7.6 (normal 7.4); all else as in "
                              "a healthy adult at rest.");
    memset(p->given, 0, sizeof p->given);
    ml_probe_given(p, text, sizeof text);
    assert_string_equal(text, "Nothing: a healthy adult at rest.");
    memset(p->given, 1, sizeof p->given);
    ml_probe_given(p, text, sizeof text);
    assert_holds(text, "at rest."); /* there is room for all */
    free(p);
}

static void on_a_terminal(void **state) {
    (void)state;
    MlProbe *p = made_up();
    MlReportOptions o = ml_report_options();
    o.ascii = 1;
    FILE *f = fopen(SCRATCH("probe.txt"), "w");
    assert_non_null(f);
    assert_int_equal(ml_probe_terminal(p, &o, f), MILIEU_OK);
    fclose(f);
    char *text = contents(SCRATCH("probe.txt"));
    assert_holds(text, "  Distance of sensory axons from firing by themselves\n    in mV                                            -0.4          4.0 -4.4\n");
    assert_holds(text, "    in 1/h                                         0.0003      0.00012 +0.00018\n");
    assert_holds(text, "Distance none: no shift of its gates makes the motor axon fire by itself.");
    assert_holds(text, "motor axon: potential < 0, mV");
    assert_holds(text, "2.0 ms");
    assert_holds(text, "a probability");
    for (const char *c = text; *c; c++) assert_true((unsigned char)*c < 0x80);
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 80);
    free(text);
    free(p);
}

static void as_csv(void **state) {
    (void)state;
    MlProbe *p = made_up();
    char *text = written(p, SCRATCH("probe.csv"));
    assert_memory_equal(text, "quantity,unit,here,normal\r\n", 27);
    assert_holds(text, "\r\nsensory_axon_margin,mV,-0.4,4\r\n");
    assert_lacks(text, "muscle_force"); /* of which nothing is known */
    assert_holds(text, "\r\nmotor_axon_margin,mV,,3\r\n");
    assert_lacks(text, "plasma_");
    free(text);
    free(p);
}

static void as_json(void **state) {
    (void)state;
    MlProbe *p = made_up();
    char *text = written(p, SCRATCH("probe.json"));
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    json_t *calcium = json_object_get(json_object_get(root, "inputs"), "calcium_ionized");
    assert_true(json_real_value(json_object_get(calcium, "here")) == 0.6);
    assert_true(json_is_true(json_object_get(calcium, "given")));
    json_t *quantities = json_object_get(root, "quantities"), *band = json_object_get(root, "cramp_rate_band");
    assert_null(json_object_get(quantities, "muscle_force"));
    assert_true(json_is_null(json_object_get(json_object_get(quantities, "motor_axon_margin"), "here")));
    assert_true(json_real_value(json_object_get(band, "low")) < json_real_value(json_object_get(band, "high")));
    assert_int_equal(json_array_size(json_object_get(root, "plasma_flags")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "flags")), 2);
    json_t *curve = json_array_get(json_object_get(root, "curves"), 1);
    assert_string_equal(json_string_value(json_object_get(curve, "x_unit")), "s");
    assert_true(json_is_null(json_array_get(json_object_get(json_object_get(curve, "here"), "y"), 1)));
    json_decref(root);
    free(text);
    free(p);
}

static void as_a_page(void **state) {
    (void)state;
    MlProbe *p = made_up();
    char *text = written(p, SCRATCH("probe.html"));
    assert_holds(text, "<h3>Motor axon</h3>");
    assert_holds(text, "potential &lt; 0");
    assert_holds(text, ">2.0 ms</text>");
    assert_holds(text, "class=\"l c6 dash\"");
    assert_holds(text, "<td>\xe2\x88\x92"
                       "0.4</td><td>4.0</td><td>\xe2\x88\x92"
                       "4.4</td>");
    assert_holds(text, "a probability");
    assert_lacks(text, "<script");
    assert_lacks(text, "http");
    assert_lacks(text, "nan");
    free(text);
    free(p);
}

static void where_no_file_can_be(void **state) {
    (void)state;
    MlProbe *p = made_up();
    MlReportOptions o = ml_report_options();
    milieu_error err;
    assert_int_equal(ml_probe_write(p, &o, "a.doc", &err), MILIEU_BAD_INPUT);
    assert_int_equal(ml_probe_write(p, &o, SCRATCH("no/such/folder.html"), &err), MILIEU_FILE_IO);
    free(p);
}

/* The tissues as they are: every curve can be drawn, in order of x, for both. */
static void a_look_is_complete(void **state) {
    (void)state;
    MlProbe *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->x = ml_excite_normal();
    ml_probe_look(p);
    assert_true(p->ncurve > 0 && p->ncurve <= ML_EXCITE_CURVES);
    for (int k = 0; k < p->ncurve; k++) {
        const MlExciteCurve *c = &p->curve[k];
        assert_true(c->n > 1 && c->n <= ML_CURVE_POINTS);
        assert_string_equal(c->title, p->usual_curve[k].title);
        for (int i = 1; i < c->n; i++) assert_true(c->x[i] > c->x[i - 1]);
    }
    assert_true(p->here[ML_O_cramp_threshold_low] < p->here[ML_O_cramp_threshold_frequency]);
    assert_true(p->here[ML_O_cramp_threshold_frequency] < p->here[ML_O_cramp_threshold_high]);
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (ml_probe_tells(i))
            assert_true(p->here[i] == p->usual[i] || (isnan(p->here[i]) && isnan(p->usual[i])));
    free(p);
}

static void usual_is_what_the_models_say(void **state) {
    (void)state;
    const MlExcite normal = ml_excite_normal();
    const int which[] = {ML_O_motor_axon_threshold, ML_O_muscle_force, ML_O_reflex_gain};
    double out[ML_NOUTPUT];
    ml_excite_close(&normal, which, 3, out);
    for (int i = 0; i < 3; i++) assert_true(out[which[i]] == ml_probe_usual.out[which[i]]);
    assert_true(isfinite(ml_probe_usual.out[ML_O_cramp_duration]) && isnan(ml_probe_usual.out[ML_O_plasma_sodium]));
    for (int i = 0; i < ML_EXCITE_CURVES; i++) assert_true(!ml_probe_usual.curve[i].group || ml_probe_usual.curve[i].n > 1);
}

/* No powers of ten and no rows of zeros of what is hardly there. */
static void numbers_of_what_is_hardly_there(void **state) {
    (void)state;
    const int rate = ML_O_cramp_rate;
    assert_string_equal(ml_probe_number(rate, 2.56e-19, 2.56e-19).s, "under 0.0001");
    assert_string_equal(ml_probe_number(rate, 2.87e-7, 0.00891).s, "under 0.0001");
    assert_string_equal(ml_probe_number(rate, 0.0002, 0.0002).s, "0.0002");
    assert_string_equal(ml_probe_number(rate, 0, 0).s, "0");
    assert_string_equal(ml_probe_number(rate, 1e-9, 0.5).s, "0.000");
    assert_string_equal(ml_probe_change(rate, -2.56e-19, 0.002).s, "0");
    assert_string_equal(ml_probe_change(rate, -0.00891, 0.00891).s, "-0.00891");
    assert_string_equal(ml_probe_change(rate, NAN, 1).s, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_by_their_limits),
        cmocka_unit_test(no_false_all_clear),
        cmocka_unit_test(usual_is_what_the_models_say),
        cmocka_unit_test(numbers_of_what_is_hardly_there),
        cmocka_unit_test(what_was_given),
        cmocka_unit_test(on_a_terminal),
        cmocka_unit_test(as_csv),
        cmocka_unit_test(as_json),
        cmocka_unit_test(as_a_page),
        cmocka_unit_test(where_no_file_can_be),
        cmocka_unit_test(a_look_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
