/* SPDX-License-Identifier: Apache-2.0 */
/* Flags on and off, their severity, hysteresis and times; death. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "signs/life.h"

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))
#define POINTS(...)                                                                                          \
    (sizeof((Point[]){__VA_ARGS__}) / sizeof(Point)), (const Point[]) { __VA_ARGS__ }

static const double HOUR = 60, DAY = 1440;

/* ---- every limit ---- */

/* A journey of an output from normal to just beyond the limit of a severity, and back. */
typedef struct Journey {
    int flag, output;
    double normal, beyond[3];
} Journey;

static const Journey journeys[] = {
    {ML_FLAG_hyponatremia, ML_O_plasma_sodium, 140, {134, 129, 124}},
    {ML_FLAG_hypernatremia, ML_O_plasma_sodium, 140, {146, 151, 161}},
    {ML_FLAG_dehydration, ML_O_body_water, 42, {42 - 1.5, 42 - 3.6, 42 - 7.1}},
    {ML_FLAG_overhydration, ML_O_body_water, 42, {42 + 1.5, 42 + 3.6, 42 + 7.1}},
    {ML_FLAG_hypovolemia, ML_O_blood_volume, 5, {4.45, 4.2, 3.4}},
    {ML_FLAG_brain_swelling, ML_O_brain_water, 1, {1.05, 1.07, 1.09}},
    {ML_FLAG_hypoglycemia, ML_O_plasma_glucose, 5, {3.5, 2.5, 2}},
    {ML_FLAG_hyperglycemia, ML_O_plasma_glucose, 5, {12, 15, 40}},
    {ML_FLAG_hypokalemia, ML_O_plasma_potassium, 4, {3.3, 2.9, 2.4}},
    {ML_FLAG_hyperkalemia, ML_O_plasma_potassium, 4, {5.8, 6.2, 7}},
    {ML_FLAG_metabolic_acidosis, ML_O_plasma_bicarbonate, 24, {20, 14, 8}},
    {ML_FLAG_metabolic_alkalosis, ML_O_plasma_bicarbonate, 24, {32, 37, 44}},
    {ML_FLAG_respiratory_acidosis, ML_O_arterial_pco2, 40, {48, 65, 90}},
    {ML_FLAG_respiratory_alkalosis, ML_O_arterial_pco2, 40, {32, 25, 17}},
    {ML_FLAG_acute_kidney_injury, ML_O_plasma_creatinine, 80, {130, 170, 260}},
    {ML_FLAG_hyperthermia, ML_O_core_temperature, 37, {39, 40, 41}},
    {ML_FLAG_hypotension, ML_O_mean_arterial_pressure, 90, {68, 60, 50}},
};

static void test_every_flag_goes_on_and_off_in_every_severity(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof journeys / sizeof journeys[0]; i++)
        for (int k = 0; k < 3; k++) {
            const Journey *j = &journeys[i];
            const Point there_and_back[] = {
                {60, j->normal}, {120, j->beyond[k]}, {180, j->beyond[k]}, {240, j->normal}};
            const Life life = {j->output, 4, there_and_back};
            MlSigns *s = live(&life, 300, 7, 1);
            const MlFlagSpan *span = only_span(s, j->flag);
            assert_non_null(span);
            assert_int_equal(span->severity, k + 1);
            assert_true(span->on > 60 && span->on < 127);
            assert_true(span->off > 180 && span->off < 240);
            assert_true(span->peak_time >= 119 && span->peak_time <= 181);
            int n;
            ml_signs_spans(s, &n);
            assert_int_equal(n, 1);
            ml_signs_destroy(&s);
        }
}

static void test_a_healthy_week_has_no_flags(void **state) {
    (void)state;
    const Life life = {0};
    MlSigns *s = live(&life, 7 * DAY, 33, 1);
    int n;
    ml_signs_spans(s, &n);
    assert_int_equal(n, 0);
    assert_null(ml_signs_death(s, NULL));
    ml_signs_destroy(&s);
}

static void test_on_the_limit_is_not_beyond(void **state) {
    (void)state;
    const Life low = {ML_O_plasma_sodium, POINTS({0, 135})}, high = {ML_O_plasma_sodium, POINTS({0, 145})};
    for (int i = 0; i < 2; i++) {
        MlSigns *s = live(i ? &low : &high, DAY, 10, 1);
        int n;
        ml_signs_spans(s, &n);
        assert_int_equal(n, 0);
        ml_signs_destroy(&s);
    }
}

/* ---- times ---- */

static void test_times_are_those_of_the_crossings(void **state) {
    (void)state;
    /* 140 to 120 in 100 min: 135 after 25 min; back in 200 min: 135.5 at 155 of the way */
    const Life life = {ML_O_plasma_sodium, POINTS({0, 140}, {100, 120}, {300, 140})};
    const double every[] = {1, 7, 50, 100};
    for (int i = 0; i < 4; i++) {
        MlSigns *s = live(&life, 400, every[i], 1);
        const MlFlagSpan *span = only_span(s, ML_FLAG_hyponatremia);
        assert_near(span->on, 25, 1e-6);
        assert_near(span->off, 255, 1e-6);
        assert_int_equal(span->severity, 3);
        ml_signs_destroy(&s);
    }
}

static void test_times_without_location_are_interpolated(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium, POINTS({0, 140}, {100, 120}, {300, 140})};
    const double every[] = {1, 10, 50, 100};
    for (int i = 0; i < 4; i++) {
        MlSigns *s = live(&life, 400, every[i], 0);
        const MlFlagSpan *span = only_span(s, ML_FLAG_hyponatremia);
        assert_near(span->on, 25, 1e-9);
        assert_near(span->off, 255, 1e-9);
        assert_near(span->peak_time, 100, 1e-9);
        assert_near(span->peak_value, 120, 1e-9);
        ml_signs_destroy(&s);
    }
}

static void test_hysteresis_keeps_a_flag_from_flickering(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium,
                       POINTS({0, 136}, {10, 134.9}, {20, 135.3}, {30, 134.9}, {40, 135.4}, {50, 136})};
    MlSigns *s = live(&life, 100, 3, 1);
    assert_int_equal(count_spans(s, ML_FLAG_hyponatremia), 1);
    ml_signs_destroy(&s);
    const Life wide = {ML_O_plasma_sodium, POINTS({0, 136}, {10, 134}, {20, 136}, {30, 134}, {40, 136})};
    s = live(&wide, 100, 3, 1);
    assert_int_equal(count_spans(s, ML_FLAG_hyponatremia), 2);
    ml_signs_destroy(&s);
}

static void test_severity_is_the_worst_of_the_span(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium, POINTS({0, 140}, {60, 133}, {120, 124}, {180, 133}, {240, 127})};
    MlSigns *s = live(&life, 300, 5, 1);
    const MlFlagSpan *span = only_span(s, ML_FLAG_hyponatremia);
    assert_int_equal(span->severity, 3);
    assert_near(span->peak_value, 124, 1e-9);
    assert_near(span->peak_time, 120, 1e-9);
    assert_true(isnan(span->off));
    ml_signs_destroy(&s);
}

static void test_on_from_the_start(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium, POINTS({0, 128})};
    MlSigns *s = live(&life, 60, 10, 1);
    const MlFlagSpan *span = only_span(s, ML_FLAG_hyponatremia);
    assert_true(span->on == 0);
    assert_int_equal(span->severity, 2);
    ml_signs_destroy(&s);
}

static void test_a_moment_of_low_pressure_is_no_hypotension(void **state) {
    (void)state;
    const Life moment = {ML_O_mean_arterial_pressure, POINTS({10, 90}, {11, 60}, {14, 60}, {15, 90})};
    MlSigns *s = live(&moment, 60, 2, 1);
    assert_int_equal(count_spans(s, ML_FLAG_hypotension), 0);
    ml_signs_destroy(&s);
    /* one that lasts is told from its crossing, with what was worst before it counted */
    const Life longer = {ML_O_mean_arterial_pressure, POINTS({10, 90}, {11, 60}, {12, 55}, {13, 60}, {24, 60}, {25, 90})};
    s = live(&longer, 60, 2, 1);
    const MlFlagSpan *span = only_span(s, ML_FLAG_hypotension);
    assert_near(span->on, 10 + 20.0 / 30, 1e-6);
    assert_near(span->peak_value, 55, 1e-9);
    assert_near(span->peak_time, 12, 1e-9);
    ml_signs_destroy(&s);
}

/* Risk of arrhythmia is told by what makes it: here QRS, then that there is none. */
static void test_what_is_told_is_what_was_passed(void **state) {
    (void)state;
    double out[ML_NOUTPUT];
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    MlSigns *s;
    out[ML_O_qrs_duration] = 90, out[ML_O_qtc_interval] = 400, out[ML_O_ventricular_conduction] = 1;
    assert_int_equal(ml_signs_create(NULL, out, &s, NULL), MILIEU_OK);
    ml_signs_observe(s, 0, out, NULL);
    out[ML_O_qrs_duration] = 140, out[ML_O_ventricular_conduction] = 0.65;
    for (double t = 10; t < 20; t++) ml_signs_observe(s, t, out, NULL);
    assert_int_equal(only_span(s, ML_FLAG_arrhythmia_risk)->output, ML_O_qrs_duration);
    assert_near(only_span(s, ML_FLAG_arrhythmia_risk)->peak_value, 140, 1e-9);
    out[ML_O_qrs_duration] = out[ML_O_qtc_interval] = NAN, out[ML_O_ventricular_conduction] = 0;
    ml_signs_observe(s, 21, out, NULL);
    assert_int_equal(only_span(s, ML_FLAG_arrhythmia_risk)->output, ML_O_ventricular_conduction);
    assert_near(only_span(s, ML_FLAG_arrhythmia_risk)->peak_value, 0, 1e-9);
    ml_signs_destroy(&s);
}

/* ---- windows ---- */

static void test_correction_of_chronic_hyponatremia(void **state) {
    (void)state;
    /* 115 at the start; 1 mmol/L an hour from hour 10 on */
    const double rate = 1 / HOUR;
    const struct {
        double hours;
        int severity;
    } row[] = {{7.5, 0}, {9, 1}, {11, 2}, {13, 3}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const double end = (10 + row[i].hours) * HOUR, top = 115 + rate * row[i].hours * HOUR;
        const Life life = {ML_O_plasma_sodium, POINTS({0, 115}, {10 * HOUR, 115}, {end, top})};
        MlSigns *s = live(&life, 3 * DAY, 60, 1);
        const MlFlagSpan *span = only_span(s, ML_FLAG_sodium_correction_too_fast);
        assert_int_equal(span ? span->severity : 0, row[i].severity);
        if (span) {
            assert_near(span->on, 18 * HOUR, 0.01);
            /* off when less than 7.5 of the rise lies within a day */
            assert_near(span->off, DAY + 10 * HOUR + (row[i].hours - 7.5) * HOUR, 0.01);
        }
        ml_signs_destroy(&s);
    }
}

static void test_correction_within_two_days(void **state) {
    (void)state;
    /* 7.8 mmol/L on each of three days never passes 18 in two; 9.3 does, and 8 in one day */
    const Life slow = {ML_O_plasma_sodium, POINTS({0, 110}, {DAY, 110}, {4 * DAY, 110 + 3 * 7.8})};
    MlSigns *s = live(&slow, 6 * DAY, 60, 1);
    assert_int_equal(count_spans(s, ML_FLAG_sodium_correction_too_fast), 0);
    ml_signs_destroy(&s);
    const Life fast = {ML_O_plasma_sodium, POINTS({0, 110}, {DAY, 110}, {4 * DAY, 110 + 3 * 9.3})};
    s = live(&fast, 6 * DAY, 60, 1);
    assert_int_equal(only_span(s, ML_FLAG_sodium_correction_too_fast)->severity, 2);
    ml_signs_destroy(&s);
}

static void test_acute_hyponatremia_may_be_corrected_at_once(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium,
                       POINTS({0, 140}, {3 * HOUR, 118}, {20 * HOUR, 118}, {24 * HOUR, 136})};
    MlSigns *s = live(&life, 2 * DAY, 60, 1);
    assert_int_equal(count_spans(s, ML_FLAG_sodium_correction_too_fast), 0);
    ml_signs_destroy(&s);
}

static void test_correction_of_chronic_hypernatremia(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium, POINTS({0, 165}, {12 * HOUR, 165}, {24 * HOUR, 154})};
    MlSigns *s = live(&life, 2 * DAY, 60, 1);
    const MlFlagSpan *span = only_span(s, ML_FLAG_sodium_correction_too_fast);
    assert_int_equal(span->severity, 1);
    assert_near(span->on, 12 * HOUR + 12 * HOUR * 10 / 11, 0.01);
    ml_signs_destroy(&s);
}

static void test_windows_do_not_depend_on_sampling(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium,
                       POINTS({0, 112}, {300, 111}, {400, 116}, {1000, 118}, {1600, 124}, {2400, 128})};
    double on = NAN, off = NAN;
    const double every[] = {1, 10, 20, 50};
    for (int i = 0; i < 4; i++) {
        MlSigns *s = live(&life, 3 * DAY, every[i], 1);
        const MlFlagSpan *span = only_span(s, ML_FLAG_sodium_correction_too_fast);
        if (i == 0) on = span->on, off = span->off;
        assert_near(span->on, on, 1e-6);
        assert_near(span->off, off, 1e-6);
        ml_signs_destroy(&s);
    }
}

/* ---- acid and base ---- */

static int severity_now(const MlSigns *s, int flag) {
    const MlFlagSpan *span = only_span(s, flag);
    return span ? span->severity : 0;
}

/* An answer is no disorder, one that is not there yet neither; what goes beyond it is. */
static void test_metabolic_and_respiratory_are_told_apart(void **state) {
    (void)state;
    const struct {
        double bicarbonate, pco2;
        int acidosis, alkalosis, hypercapnia, hypocapnia; /* severities */
    } rows[] = {
        {24, 40, 0, 0, 0, 0},     {12, 25.6, 2, 0, 0, 0}, /* with its answer */
        {12, 40, 2, 0, 0, 0},     {38, 49.8, 0, 2, 0, 0}, /* without, with */
        {38, 40, 0, 2, 0, 0},     {26.5, 65, 0, 0, 2, 0}, /* breathing too little, acute */
        {34, 65, 0, 0, 2, 0},     {20, 20.5, 0, 0, 0, 2}, /* chronic; too much, acute */
        {16, 20.5, 0, 0, 0, 2},   {12, 17, 1, 0, 0, 2},   /* chronic; salicylate */
        {12, 50, 2, 0, 1, 0},     {45, 70, 0, 2, 2, 0},   /* a tired one; diuretics in lung disease */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double out[ML_NOUTPUT];
        const Life none = {0};
        MlSigns *s;
        life_outputs(&none, 0, out);
        ml_signs_create(NULL, out, &s, NULL);
        out[ML_O_plasma_bicarbonate] = rows[i].bicarbonate;
        out[ML_O_arterial_pco2] = rows[i].pco2;
        for (double t = 0; t <= HOUR; t += 10) ml_signs_observe(s, t, out, NULL);
        const int found[] = {severity_now(s, ML_FLAG_metabolic_acidosis), severity_now(s, ML_FLAG_metabolic_alkalosis),
                             severity_now(s, ML_FLAG_respiratory_acidosis), severity_now(s, ML_FLAG_respiratory_alkalosis)};
        const int meant[] = {rows[i].acidosis, rows[i].alkalosis, rows[i].hypercapnia, rows[i].hypocapnia};
        for (int k = 0; k < 4; k++)
            if (found[k] != meant[k])
                fail_msg("bicarbonate %g, carbon dioxide %g: flag %d has severity %d", rows[i].bicarbonate, rows[i].pco2, k, found[k]);
        ml_signs_destroy(&s);
    }
}

/* In pregnancy 19 mmol/L and 31 mmHg are normal; a further fall of either is not. */
static void test_acid_from_own_normal(void **state) {
    (void)state;
    static const struct {
        double bicarbonate, pco2;
        int acidosis, hypocapnia;
    } rows[] = {{20, 31, 0, 0}, {10, 21, 2, 0}, {18, 19, 0, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double out[ML_NOUTPUT];
        const Life none = {0};
        MlSigns *s;
        life_outputs(&none, 0, out);
        ml_signs_create(NULL, out, &s, NULL);
        ml_signs_own_acid(s, -4.5, -9);
        out[ML_O_plasma_bicarbonate] = rows[i].bicarbonate;
        out[ML_O_arterial_pco2] = rows[i].pco2;
        for (double t = 0; t <= HOUR; t += 10) ml_signs_observe(s, t, out, NULL);
        assert_int_equal(severity_now(s, ML_FLAG_metabolic_acidosis), rows[i].acidosis);
        assert_int_equal(severity_now(s, ML_FLAG_respiratory_alkalosis), rows[i].hypocapnia);
        ml_signs_destroy(&s);
    }
}

/* ---- kidneys ---- */

static void test_hard_exercise_is_no_kidney_injury(void **state) {
    (void)state;
    const Life life = {ML_O_gfr, POINTS({0, 100}, {10, 65}, {250, 65}, {260, 100})};
    MlSigns *s = live(&life, 2 * DAY, 30, 1);
    assert_int_equal(count_spans(s, ML_FLAG_acute_kidney_injury), 0);
    ml_signs_destroy(&s);
}

static void test_no_urine_and_low_filtration(void **state) {
    (void)state;
    double out[ML_NOUTPUT];
    const Life none = {0};
    MlSigns *s;
    life_outputs(&none, 0, out);
    ml_signs_create(NULL, out, &s, NULL);
    out[ML_O_urine_volume] = 0;
    out[ML_O_gfr] = 72; /* creatinine stays below 1.5 */
    for (double t = 0; t <= 26 * HOUR; t += 10) ml_signs_observe(s, t, out, NULL);
    const MlFlagSpan *span = only_span(s, ML_FLAG_acute_kidney_injury);
    assert_int_equal(span->severity, 2); /* 12 h; two thirds of 72 % is more than 0.3 mL/kg/h */
    assert_near(span->on, 6 * HOUR, 11);
    ml_signs_destroy(&s);
}

/* ---- death ---- */

typedef struct Death {
    int output;
    double normal, fatal, minutes;
    const char *cause;
} Death;

static const Death deaths[] = {
    {ML_O_plasma_sodium, 140, 192, 60, "plasma sodium above 190"},
    {ML_O_plasma_sodium, 140, 260, 0.5, "plasma sodium above 250"},
    {ML_O_plasma_sodium, 140, 88, 60, "plasma sodium below 90"},
    {ML_O_plasma_potassium, 4, 10.5, 10, "standstill of the heart"},
    {ML_O_ventricular_conduction, 1, 0, 3, "no impulse passes"},
    {ML_O_plasma_potassium, 4, 1.1, 60, "paralysis of breathing"},
    {ML_O_plasma_potassium, 4, 0.6, 3, "fibrillation"},
    {ML_O_plasma_chloride, 105, 15, 3, "chloride below 20"},
    {ML_O_hematocrit, 0.45, 0.93, 60, "too thick to flow"},
    {ML_O_hematocrit, 0.45, 0.98, 3, "too thick to flow"},
    {ML_O_plasma_protein, 70, 310, 60, "plasma too thick"},
    {ML_O_plasma_ph, 7.4, 6.5, 60, "pH below 6.6"},
    {ML_O_plasma_ph, 7.4, 8, 60, "pH above 7.95"},
    {ML_O_brain_water, 1, 1.13, 10, "herniation"},
    {ML_O_brain_water, 1, 0.83, 60, "shrunken brain"},
    {ML_O_blood_volume, 5, 2.4, 5, "half the blood"},
    {ML_O_mean_arterial_pressure, 90, 15, 3, "standstill"},
    {ML_O_mean_arterial_pressure, 90, 30, 10, "shock"},
    {ML_O_core_temperature, 37, 44, 10, "heat stroke"},
    {ML_O_core_temperature, 37, 23, 10, "hypothermia"},
    {ML_O_body_water, 42, 31, 10, "loss of water"},
    {ML_O_plasma_glucose, 5, 0.8, 60, "glucose below 1"},
};

static void test_every_cause_of_death(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof deaths / sizeof deaths[0]; i++) {
        const Death *d = &deaths[i];
        const Life life = {d->output, POINTS({60, d->normal}, {61, d->fatal})};
        MlSigns *s = live(&life, 300, 100, 1);
        double time = NAN;
        const char *cause = ml_signs_death(s, &time);
        assert_non_null(cause);
        assert_non_null(strstr(cause, d->cause));
        assert_true(time > 60 + d->minutes && time < 61 + d->minutes);
        const MlFlagSpan *span = only_span(s, ML_FLAG_lethal);
        assert_int_equal(span->severity, 3);
        assert_true(span->on == time && isnan(span->off));
        ml_signs_destroy(&s);
    }
}

static void test_death_waits_and_may_be_averted(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof deaths / sizeof deaths[0]; i++) {
        const Death *d = &deaths[i];
        const Life life = {d->output,
                           POINTS({60, d->normal}, {60.1, d->fatal}, {60 + 0.9 * d->minutes, d->fatal},
                                  {60.1 + 0.9 * d->minutes, d->normal})};
        MlSigns *s = live(&life, 300, 50, 1);
        assert_null(ml_signs_death(s, NULL));
        assert_int_equal(count_spans(s, ML_FLAG_lethal), 0);
        ml_signs_destroy(&s);
    }
}

static void test_the_dead_show_no_new_signs(void **state) {
    (void)state;
    double out[ML_NOUTPUT];
    const Life life = {ML_O_core_temperature, POINTS({0, 37}, {1, 45})};
    MlSigns *s = live(&life, 60, 5, 1);
    int before, after;
    ml_signs_spans(s, &before);
    life_outputs(&life, 100, out);
    out[ML_O_plasma_sodium] = 100;
    ml_signs_observe(s, 100, out, NULL);
    ml_signs_spans(s, &after);
    assert_int_equal(before, after);
    ml_signs_destroy(&s);
}

/* Hyperkalemia waits for five minutes; who is dead after one has had it. */
static void test_death_ends_the_wait_of_its_cause(void **state) {
    (void)state;
    double out[ML_NOUTPUT];
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    MlSigns *s;
    out[ML_O_plasma_potassium] = out[ML_O_heart_potassium] = 4;
    assert_int_equal(ml_signs_create(NULL, out, &s, NULL), MILIEU_OK);
    ml_signs_observe(s, 0, out, NULL);
    out[ML_O_plasma_potassium] = out[ML_O_heart_potassium] = 14;
    for (double t = 10; t < 11.5 && !ml_signs_death(s, NULL); t += 0.25) ml_signs_observe(s, t, out, NULL);
    assert_non_null(ml_signs_death(s, NULL));
    assert_int_equal(ml_signs_deadly(s)->output, ML_O_heart_potassium);
    const MlFlagSpan *span = only_span(s, ML_FLAG_hyperkalemia);
    assert_int_equal(span->severity, 3);
    assert_true(span->on <= 10 && isnan(span->off));
    assert_near(span->peak_value, 14, 1e-9);
    ml_signs_destroy(&s);
}

/* ---- missing values ---- */

static void test_missing_values_change_nothing(void **state) {
    (void)state;
    const Life life = {ML_O_plasma_sodium, POINTS({0, 140}, {10, 130}, {20, 130}, {20.001, NAN}, {40, NAN},
                                                  {40.001, 130}, {50, 140})};
    MlSigns *s = live(&life, 100, 5, 0);
    const MlFlagSpan *span = only_span(s, ML_FLAG_hyponatremia);
    assert_near(span->on, 5, 1e-9);
    assert_true(span->off > 40 && span->off < 50);
    ml_signs_destroy(&s);
}

/* Potassium that blocks an axon ends its firing: it has no margin then. */
static void test_an_axon_that_cannot_fire_ends_the_flag(void **state) {
    (void)state;
    const Life life = {ML_O_motor_axon_margin, POINTS({0, 3}, {10, -2}, {20, -2}, {20.001, NAN}, {40, NAN})};
    MlSigns *s = live(&life, 100, 5, 0);
    const MlFlagSpan *span = only_span(s, ML_FLAG_tetany);
    assert_true(span->severity == 3 && span->off > 20 && span->off <= 25);
    ml_signs_destroy(&s);
}

static void test_nothing_known(void **state) {
    (void)state;
    double out[ML_NOUTPUT], margin[400];
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    MlSigns *s;
    assert_int_equal(ml_signs_create(NULL, out, &s, NULL), MILIEU_OK);
    for (double t = 0; t < DAY; t += 10) {
        assert_int_equal(ml_signs_observe(s, t, out, NULL), MILIEU_OK);
        ml_signs_margins(s, t, out, margin);
        for (int i = 0; i < ml_signs_margin_count(); i++) assert_true(isnan(margin[i]));
    }
    int n;
    ml_signs_spans(s, &n);
    assert_int_equal(n, 0);
    ml_signs_destroy(&s);
    ml_signs_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_flag_goes_on_and_off_in_every_severity),
        cmocka_unit_test(test_a_healthy_week_has_no_flags),
        cmocka_unit_test(test_on_the_limit_is_not_beyond),
        cmocka_unit_test(test_times_are_those_of_the_crossings),
        cmocka_unit_test(test_times_without_location_are_interpolated),
        cmocka_unit_test(test_hysteresis_keeps_a_flag_from_flickering),
        cmocka_unit_test(test_severity_is_the_worst_of_the_span),
        cmocka_unit_test(test_on_from_the_start),
        cmocka_unit_test(test_a_moment_of_low_pressure_is_no_hypotension),
        cmocka_unit_test(test_what_is_told_is_what_was_passed),
        cmocka_unit_test(test_correction_of_chronic_hyponatremia),
        cmocka_unit_test(test_correction_within_two_days),
        cmocka_unit_test(test_acute_hyponatremia_may_be_corrected_at_once),
        cmocka_unit_test(test_correction_of_chronic_hypernatremia),
        cmocka_unit_test(test_windows_do_not_depend_on_sampling),
        cmocka_unit_test(test_metabolic_and_respiratory_are_told_apart),
        cmocka_unit_test(test_acid_from_own_normal),
        cmocka_unit_test(test_hard_exercise_is_no_kidney_injury),
        cmocka_unit_test(test_no_urine_and_low_filtration),
        cmocka_unit_test(test_every_cause_of_death),
        cmocka_unit_test(test_death_waits_and_may_be_averted),
        cmocka_unit_test(test_the_dead_show_no_new_signs),
        cmocka_unit_test(test_death_ends_the_wait_of_its_cause),
        cmocka_unit_test(test_missing_values_change_nothing),
        cmocka_unit_test(test_an_axon_that_cannot_fire_ends_the_flag),
        cmocka_unit_test(test_nothing_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
