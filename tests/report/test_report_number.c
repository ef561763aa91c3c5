/* SPDX-License-Identifier: Apache-2.0 */
#include "report/check.h"

#include "report/axis.h"
#include "report/number.h"

#include <locale.h>
#include <math.h>

static void fixed_numbers(void **state) {
    (void)state;
    assert_string_equal(ml_fixed(138.94, 1).s, "138.9");
    assert_string_equal(ml_fixed(-0.04, 1).s, "0.0");
    assert_string_equal(ml_fixed(-0.06, 1).s, "-0.1");
    assert_string_equal(ml_fixed(NAN, 1).s, "-");
    assert_string_equal(ml_fixed(1e300, 2).s, "1e+300");
    assert_string_equal(ml_fixed(INFINITY, 2).s, "inf");
    assert_string_equal(ml_signed(0.26, 1).s, "+0.3");
    assert_string_equal(ml_signed(-1.64, 1).s, "-1.6");
    assert_string_equal(ml_signed(0.01, 1).s, "0.0");
}

static void short_numbers(void **state) {
    (void)state;
    assert_string_equal(ml_short(0.1, 10).s, "0.1");
    assert_string_equal(ml_short(140, 10).s, "140");
    assert_string_equal(ml_short(1.0 / 3, 10).s, "0.3333333333");
    assert_string_equal(ml_short(-0.0, 10).s, "0");
    assert_string_equal(ml_short(1.5e-12, 10).s, "1.5e-12");
    assert_string_equal(ml_plain(9.93e-5, 3).s, "0.0000993");
    assert_string_equal(ml_plain(1053.2, 3).s, "1053");
    assert_string_equal(ml_plain(-27200, 3).s, "-27200");
    assert_string_equal(ml_plain(140, 4).s, "140");
    assert_string_equal(ml_plain(0.30, 4).s, "0.3");
    assert_string_equal(ml_plain(0, 4).s, "0");
}

static void numbers_in_a_locale_with_comma(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    int found = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!setlocale(LC_ALL, names[i])) continue;
        found = 1;
        assert_string_equal(ml_fixed(-1234.56, 1).s, "-1234.6");
        assert_string_equal(ml_short(1.5e-12, 10).s, "1.5e-12");
        assert_string_equal(ml_short(INFINITY, 10).s, "inf");
    }
    setlocale(LC_ALL, "C");
    if (!found) skip();
}

static void decimals(void **state) {
    (void)state;
    assert_int_equal(ml_decimals(4210), 0);
    assert_int_equal(ml_decimals(-140), 1);
    assert_int_equal(ml_decimals(6.1), 2);
    assert_int_equal(ml_decimals(0.3), 3);
    assert_int_equal(ml_decimals(0), 3);
    assert_int_equal(ml_decimals(INFINITY), 0);
}

static void durations(void **state) {
    (void)state;
    assert_string_equal(ml_part(54801.2, 54803).s, "54801");
    assert_string_equal(ml_part(0.4294, 2979).s, "0.429");
    assert_string_equal(ml_part(1.11e-16, 43.4).s, "");
    assert_string_equal(ml_part(2.009e-5, 43.4).s, "");
    assert_string_equal(ml_duration(0).s, "0 min");
    assert_string_equal(ml_duration(0.5).s, "30 s");
    assert_string_equal(ml_duration(45).s, "45 min");
    assert_string_equal(ml_duration(59.7).s, "1 h");
    assert_string_equal(ml_duration(310).s, "5 h 10 min");
    assert_string_equal(ml_duration(-60).s, "-1 h");
    assert_string_equal(ml_duration(2 * 1440).s, "2 d");
    assert_string_equal(ml_duration(3 * 1440 + 250).s, "3 d 4 h");
    assert_string_equal(ml_duration(NAN).s, "-");
}

static void clock_times(void **state) {
    (void)state;
    assert_string_equal(ml_clock(480, 305).s, "13:05");
    assert_string_equal(ml_clock(480, -500).s, "23:40");
    assert_string_equal(ml_clock(480, 960).s, "00:00");
    assert_string_equal(ml_moment(480, 305).s, "5 h 5 min (13:05)");
    assert_string_equal(ml_moment(480, 960).s, "16 h (day 2, 00:00)");
    assert_string_equal(ml_moment(480, NAN).s, "-");
}

static void round_ticks(void **state) {
    (void)state;
    MlTicks t = ml_ticks(127.2, 146.1, 5);
    assert_true(t.step == 5);
    assert_int_equal(t.n, 4);
    assert_true(t.at[0] == 130 && t.at[3] == 145);
    t = ml_ticks(-0.3, 0.3, 3);
    assert_string_equal(ml_tick_label(t.at[1], t.step).s, "0.0");
    assert_int_equal(ml_ticks(1, 1, 4).n, 0);
    assert_int_equal(ml_ticks(NAN, 1, 4).n, 0);
    t = ml_ticks(0, 1e300, 3);
    assert_true(t.n >= 2 && t.n <= ML_MAX_TICKS);
}

static void time_ticks(void **state) {
    (void)state;
    MlTicks t = ml_time_ticks(0, 1440, 9);
    assert_true(t.step == 180);
    assert_string_equal(ml_time_label(t.at[8], t.step).s, "24 h");
    t = ml_time_ticks(-30, 90, 7);
    assert_true(t.step == 30 && t.n == 5);
    assert_string_equal(ml_time_label(t.at[0], t.step).s, "-30 min");
    assert_string_equal(ml_time_label(t.at[1], t.step).s, "0 min");
    t = ml_time_ticks(0, 30 * 1440, 9);
    assert_string_equal(ml_time_label(t.at[1], t.step).s, "7 d");
    t = ml_time_ticks(0, 100 * 365.0 * 1440, 9);
    assert_true(t.n >= 2 && t.n <= 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_numbers),
        cmocka_unit_test(short_numbers),
        cmocka_unit_test(numbers_in_a_locale_with_comma),
        cmocka_unit_test(decimals),
        cmocka_unit_test(durations),
        cmocka_unit_test(clock_times),
        cmocka_unit_test(round_ticks),
        cmocka_unit_test(time_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
