/* SPDX-License-Identifier: Apache-2.0 */
/* The public API: its errors, and a person saved and restored. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "milieu/milieu.h"

static milieu_model *model;
static int setup(void **state) {
    (void)state;
    return milieu_model_create(NULL, &model, NULL) != MILIEU_OK;
}
static int teardown(void **state) {
    (void)state;
    milieu_model_destroy(&model);
    assert_null(model);
    milieu_model_destroy(&model);
    return 0;
}

static void broken_limits_are_told(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_event *event;
    milieu_scenario *s;
    milieu_result *r;
    const milieu_breach *b;
    assert_int_equal(milieu_event_create(model, "infuse", &event, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(event, "what", "potassium-chloride", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "amount", 60, "mmol", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "over", 60, "min", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_time(s, 480, 240, &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_OK);
    assert_int_equal(milieu_result_breaches(r, &b), 0);
    milieu_result_destroy(&r);
    assert_int_equal(milieu_scenario_add(s, event, &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_OK);
    const size_t n = milieu_result_breaches(r, &b);
    size_t hard = n;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(b[i].limit, "potassium_vein_hour_most")) hard = i;
    assert_true(hard < n);
    assert_true(b[hard].hard == 1 && b[hard].bound == 40 && b[hard].window == 60 && fabs(b[hard].worst - 60) < 1e-6);
    assert_true(fabs(b[hard].on - 40) < 1e-3 && fabs(b[hard].off - 80) < 1e-3);
    assert_string_equal(b[hard].unit, "mmol");
    assert_non_null(strstr(b[hard].protects, "heart"));
    assert_non_null(strstr(b[hard].source, "FDA"));
    milieu_result_destroy(&r);
    milieu_event_destroy(&event);
    milieu_scenario_destroy(&s);
}

static void errors_name_the_place(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_event *event = NULL;
    assert_int_equal(milieu_event_create(model, "dring", &event, &e), MILIEU_BAD_INPUT);
    assert_null(event);
    assert_string_equal(e.where, "dring");
    assert_int_equal(milieu_event_create(model, "drink", &event, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "amount", 1, "kg/m", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "amount", -1, "L", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "amount", NAN, "L", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_number(event, "gfr", 1, "mL/min", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_when(event, 0, 10, 0, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_event_when(event, -1e12, 0, 0, &e), MILIEU_BAD_INPUT);
    milieu_scenario *s;
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, event, &e), MILIEU_BAD_INPUT); /* lacks what and amount */
    assert_int_equal(milieu_scenario_person(s, "mass", -70, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_person(s, "age", 12, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_preset(s, "nobody", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_sex(s, "boy", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_condition(s, "gout", NULL, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_condition(s, "siadh", "dreadful", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_lab(s, "plasma_sodium", 1400, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_lab(s, "urine_sodium", 20, &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_scenario_ask(s, "fractional_excretion_ammonium", &e), MILIEU_NOT_AVAILABLE);
    assert_int_equal(milieu_scenario_ask(s, "plasma_sodum", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_time(s, 480, -1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_time(s, 480, 1e15, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_condition(s, "siadh", NULL, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_condition(s, "siadh", "mild", &e), MILIEU_BAD_INPUT); /* twice */
    assert_int_equal(milieu_scenario_diet(s, "sodium", -1, &e), MILIEU_BAD_INPUT);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&event);
}

/* What one row says: an event, a field with a number and its unit, whether it is accepted, and whether the event
 * is then complete. */
static void events_take_what_they_mean(void **state) {
    (void)state;
    static const struct {
        const char *event, *what, *field;
        double value;
        const char *unit;
        milieu_code number, ready;
    } rows[] = {
        {"bleed", NULL, "amount", 500, "mL", MILIEU_OK, MILIEU_OK},
        {"bleed", NULL, "amount", 500, "g", MILIEU_BAD_INPUT, MILIEU_BAD_INPUT}, /* blood is a volume */
        {"infuse", "saline-0.9%", "rate", 5, "mL/min", MILIEU_OK, MILIEU_BAD_INPUT}, /* for how long? */
        {"infuse", "saline-0.9%", "amount", 1, "L", MILIEU_OK, MILIEU_BAD_INPUT},
        {"sweat", NULL, "amount", 1, "L", MILIEU_OK, MILIEU_BAD_INPUT},
        {"sweat", NULL, "sodium", 40, "mmol/L", MILIEU_OK, MILIEU_BAD_INPUT},
        {"sweat", NULL, "urea", 4, "mmol/L", MILIEU_BAD_INPUT, MILIEU_BAD_INPUT},
        {"vomit", NULL, "amount", 1, "L", MILIEU_OK, MILIEU_OK},
        {"diet", NULL, "sodium", 10, "mmol/d", MILIEU_OK, MILIEU_OK},
        {"diet", NULL, "sodium", 1, "g/d", MILIEU_OK, MILIEU_OK},
        {"diet", NULL, "protein", 1.2, "g/kg/d", MILIEU_OK, MILIEU_OK},
        {"diet", NULL, "for", 2, "d", MILIEU_OK, MILIEU_BAD_INPUT}, /* what changes? */
        {"set", NULL, "gfr_rest", 60, "mL/min", MILIEU_OK, MILIEU_OK},
        {"set", NULL, "gfr_rest", 60, "L", MILIEU_BAD_INPUT, MILIEU_BAD_INPUT},
        {"kidney", NULL, "for", 2, "d", MILIEU_OK, MILIEU_BAD_INPUT},
        {"exercise", NULL, "temperature", 100, "degC", MILIEU_BAD_INPUT, MILIEU_BAD_INPUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        milieu_event *event;
        milieu_scenario *s;
        assert_int_equal(milieu_event_create(model, rows[i].event, &event, NULL), MILIEU_OK);
        assert_int_equal(milieu_scenario_create(model, &s, NULL), MILIEU_OK);
        if (rows[i].what) assert_int_equal(milieu_event_word(event, "what", rows[i].what, NULL), MILIEU_OK);
        const milieu_code number =
            milieu_event_number(event, rows[i].field, rows[i].value, rows[i].unit, NULL);
        const milieu_code ready = milieu_scenario_add(s, event, NULL);
        if (number != rows[i].number || ready != rows[i].ready)
            fail_msg("%s %s %g %s: %d, %d", rows[i].event, rows[i].field, rows[i].value, rows[i].unit, number, ready);
        milieu_scenario_destroy(&s);
        milieu_event_destroy(&event);
    }
}

/* A menu fills what is not told besides, for a person and from a day on; a second one, or one that is not there, is refused. */
static void menus_are_diets(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *diet, *drink;
    milieu_error e;
    double sodium, potassium, least = INFINITY;
    assert_true(milieu_menu_count(model) >= 5);
    for (int i = 0; i < milieu_menu_count(model); i++) {
        const char *name = milieu_menu_name(model, i);
        assert_true(*milieu_menu_title(model, i) && *milieu_menu_source(model, i));
        assert_int_equal(milieu_menu_brings(model, name, "sodium", &sodium, &e), MILIEU_OK);
        assert_int_equal(milieu_menu_brings(model, name, "potassium", &potassium, &e), MILIEU_OK);
        assert_true(sodium > 20 && sodium < 200 && potassium > 40 && potassium < 250);
        least = fmin(least, sodium);
    }
    assert_true(least < 2000 / 22.99);
    assert_null(milieu_menu_name(model, -1));
    assert_null(milieu_menu_title(model, milieu_menu_count(model)));
    assert_int_equal(milieu_menu_brings(model, "dash", "gold", &sodium, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_menu(s, model, "dahs", &e), MILIEU_BAD_INPUT);
    assert_non_null(strstr(e.text, "\"dash\""));
    assert_int_equal(milieu_event_create(model, "diet", &diet, &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(diet, "energy", 0, "kcal/d", &e), MILIEU_OK);
    assert_int_equal(milieu_event_menu(diet, model, "dash", &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "energy");
    milieu_event_destroy(&diet);
    assert_int_equal(milieu_event_create(model, "diet", &diet, &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(diet, "sodium", 50, "mmol/d", &e), MILIEU_OK);
    assert_int_equal(milieu_event_menu(diet, model, "high-potassium", &e), MILIEU_OK);
    assert_int_equal(milieu_event_menu(diet, model, "dash", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_add(s, diet, &e), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "drink", &drink, &e), MILIEU_OK);
    assert_int_equal(milieu_event_menu(drink, model, "dash", &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_scenario_time(s, 480, 2 * 1440, &e), MILIEU_OK);
    milieu_result *r;
    assert_int_equal(milieu_scenario_ask(s, "intake_potassium_total", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "intake_sodium_total", &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_OK);
    assert_int_equal(milieu_menu_brings(model, "high-potassium", "potassium", &potassium, &e), MILIEU_OK);
    const size_t last = milieu_result_size(r) - 1;
    assert_true(fabs(milieu_result_values(r, "intake_potassium_total")[last] / (2 * potassium) - 1) < 0.05);
    assert_true(fabs(milieu_result_values(r, "intake_sodium_total")[last] / 100 - 1) < 0.05);
    milieu_result_destroy(&r);
    milieu_event_destroy(&diet);
    milieu_event_destroy(&drink);
    milieu_scenario_destroy(&s);
}

/* The person who lives step by step begins as the one who is run: from the same measured values. */
static void labs_hold_for_a_living_person(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_person *p;
    double sodium;
    assert_int_equal(milieu_scenario_create(model, &s, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_lab(s, "plasma_sodium", 130, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_lab(s, "plasma_sodium", 120, NULL), MILIEU_OK); /* the last counts */
    assert_int_equal(milieu_person_create(model, s, &p, NULL), MILIEU_OK);
    assert_int_equal(milieu_person_get(p, "plasma_sodium", &sodium, NULL), MILIEU_OK);
    assert_true(fabs(sodium - 120) < 0.1);
    milieu_person_destroy(&p);
    milieu_scenario_destroy(&s);
}

/* A drug at a rate without an end is given until it is stopped. */
static void a_rate_goes_on_until_it_is_stopped(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *drip, *stop;
    milieu_result *r;
    assert_int_equal(milieu_event_create(model, "drug", &drip, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_word(drip, "what", "vasopressin", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_word(drip, "route", "iv", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(drip, "rate", 50, "pg/kg/min", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "stop-drug", &stop, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_word(stop, "what", "vasopressin", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_when(stop, 180, 0, 0, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, drip, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, stop, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_time(s, 480, 360, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_every(s, 180, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "plasma_adh", NULL), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, NULL), MILIEU_OK);
    const double *adh = milieu_result_values(r, "plasma_adh");
    assert_int_equal(milieu_result_size(r), 3);
    assert_true(adh[1] > adh[0] + 1 && adh[2] < adh[0] + 0.5);
    milieu_result_destroy(&r);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&stop);
    milieu_event_destroy(&drip);
}

/* A change shorter than a number of minutes can tell is made at once, and time goes on. */
static void time_passes(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *kidney;
    milieu_result *r;
    assert_int_equal(milieu_event_create(model, "kidney", &kidney, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(kidney, "gfr", 50, "%", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(kidney, "over", 1e-12, "min", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_when(kidney, 60, 0, 0, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, kidney, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_time(s, 480, 90, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "gfr", NULL), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, NULL), MILIEU_OK);
    const double *gfr = milieu_result_values(r, "gfr");
    assert_true(gfr[milieu_result_size(r) - 1] < 0.6 * gfr[0]);
    milieu_result_destroy(&r);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&kidney);
}

/* A simulator that gives a sip every minute must not grow. */
static void what_is_over_is_forgotten(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *sip;
    milieu_person *p;
    assert_int_equal(milieu_event_create(model, "drink", &sip, NULL), MILIEU_OK);
    assert_int_equal(milieu_event_word(sip, "what", "water", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(sip, "amount", 1, "mL", NULL), MILIEU_OK);
    assert_int_equal(milieu_event_number(sip, "over", 1, "min", NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, NULL), MILIEU_OK);
    assert_int_equal(milieu_scenario_habits(s, "none", "none", NULL), MILIEU_OK);
    assert_int_equal(milieu_person_create(model, s, &p, NULL), MILIEU_OK);
    size_t early = 0;
    for (int minute = 0; minute < 60; minute++) {
        assert_int_equal(milieu_person_apply(p, sip, NULL), MILIEU_OK);
        assert_int_equal(milieu_person_advance(p, minute + 1, NULL), MILIEU_OK);
        if (minute == 1) early = milieu_person_snapshot_size(p);
    }
    assert_int_equal(milieu_person_snapshot_size(p), early);
    milieu_person_destroy(&p);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&sip);
}

static void unknown_product(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_event *event;
    milieu_scenario *s;
    milieu_result *r;
    assert_int_equal(milieu_event_create(model, "drink", &event, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(event, "what", "ambrosia", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(event, "amount", 1, "L", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, event, &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_BAD_INPUT);
    assert_null(r);
    assert_string_equal(e.where, "ambrosia");
    milieu_person *p;
    assert_int_equal(milieu_person_create(model, s, &p, &e), MILIEU_OK);
    assert_int_equal(milieu_person_advance(p, 5, &e), MILIEU_BAD_INPUT);
    assert_true(milieu_person_time(p) == 0);
    assert_int_equal(milieu_person_advance(p, 5, &e), MILIEU_OK); /* without it */
    milieu_person_destroy(&p);
    milieu_scenario_destroy(&s);
    milieu_event_destroy(&event);
}

static void restored_to_the_bit(void **state) {
    (void)state;
    milieu_scenario *s;
    milieu_event *drip;
    milieu_person *a, *b;
    milieu_error e = {0};
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "infuse", &drip, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(drip, "what", "saline-3%", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drip, "amount", 300, "mL", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drip, "over", 4, "h", &e), MILIEU_OK);
    assert_int_equal(milieu_person_create(model, s, &a, &e), MILIEU_OK);
    assert_int_equal(milieu_person_create(model, s, &b, &e), MILIEU_OK);
    assert_int_equal(milieu_person_apply(a, drip, &e), MILIEU_OK);
    assert_int_equal(milieu_person_advance(a, 100, &e), MILIEU_OK);
    const size_t size = milieu_person_snapshot_size(a);
    char *bytes = malloc(size);
    assert_int_equal(milieu_person_save(a, bytes, size - 1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_save(a, bytes, size, &e), MILIEU_OK);
    assert_int_equal(milieu_person_restore(b, bytes, size - 1, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_restore(b, bytes, size, &e), MILIEU_OK);
    for (int t = 100; t < 1500; t += 137) { /* at once, then as they live on */
        assert_int_equal(milieu_person_advance(a, t, &e), MILIEU_OK);
        assert_int_equal(milieu_person_advance(b, t, &e), MILIEU_OK);
        for (int i = 0; i < milieu_output_count(); i++) {
            if (!milieu_output_available(i)) continue;
            double x, y;
            assert_int_equal(milieu_person_get(a, milieu_output_name(i), &x, &e), MILIEU_OK);
            assert_int_equal(milieu_person_get(b, milieu_output_name(i), &y, &e), MILIEU_OK);
            assert_memory_equal(&x, &y, sizeof x);
        }
    }
    bytes[size / 2] ^= 1;
    assert_int_equal(milieu_person_restore(b, bytes, size, &e), MILIEU_BAD_INPUT);
    assert_int_equal(milieu_person_advance(a, 10, &e), MILIEU_BAD_INPUT);
    free(bytes);
    milieu_person_destroy(&a);
    milieu_person_destroy(&b);
    milieu_event_destroy(&drip);
    milieu_scenario_destroy(&s);
}

/* Half a liter (and what is usual) an hour before: less than nothing then, nothing at t = 0, half a liter
 * more an hour after. */
static void totals_count_from_zero(void **state) {
    (void)state;
    milieu_error e = {0};
    milieu_scenario *s;
    milieu_event *drink;
    milieu_result *r;
    assert_int_equal(milieu_scenario_create(model, &s, &e), MILIEU_OK);
    assert_int_equal(milieu_event_create(model, "drink", &drink, &e), MILIEU_OK);
    assert_int_equal(milieu_event_word(drink, "what", "water", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drink, "amount", 500, "mL", &e), MILIEU_OK);
    assert_int_equal(milieu_event_number(drink, "over", 1, "min", &e), MILIEU_OK);
    assert_int_equal(milieu_event_when(drink, -60, 120, 2, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_add(s, drink, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_habits(s, "none", "none", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_time(s, 480, 120, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_every(s, 30, &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "intake_water", &e), MILIEU_OK);
    assert_int_equal(milieu_scenario_ask(s, "urine_volume", &e), MILIEU_OK);
    assert_int_equal(milieu_run(model, s, &r, &e), MILIEU_OK);
    const double *t = milieu_result_times(r), *drunk = milieu_result_values(r, "intake_water"),
                 *urine = milieu_result_values(r, "urine_volume");
    assert_int_equal(milieu_result_size(r), 7);
    assert_true(t[0] == -60 && t[2] == 0 && drunk[2] == 0 && urine[2] == 0);
    assert_true(drunk[0] < -0.5 && drunk[1] >= drunk[0] + 0.5 - 1e-9 &&
                fabs(drunk[6] - drunk[3] - 0.5) < 1e-9);
    for (int i = 1; i < 7; i++) assert_true(urine[i] > urine[i - 1]);
    milieu_result_destroy(&r);
    milieu_event_destroy(&drink);
    milieu_scenario_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_place),
        cmocka_unit_test(broken_limits_are_told),
        cmocka_unit_test(events_take_what_they_mean),
        cmocka_unit_test(menus_are_diets),
        cmocka_unit_test(labs_hold_for_a_living_person),
        cmocka_unit_test(a_rate_goes_on_until_it_is_stopped),
        cmocka_unit_test(time_passes),
        cmocka_unit_test(what_is_over_is_forgotten),
        cmocka_unit_test(unknown_product),
        cmocka_unit_test(restored_to_the_bit),
        cmocka_unit_test(totals_count_from_zero),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
