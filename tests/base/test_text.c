/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const words[] = {"saline-0.9%", "saline-3%", "banana", NULL,
                                    "bread-white", "water",     "bread"};
enum { WORDS = sizeof words / sizeof *words };

static void nearest_finds_typos(void **state) {
    (void)state;
    assert_string_equal(ml_nearest("bannana", words, WORDS), "banana");
    assert_string_equal(ml_nearest("Banana", words, WORDS), "banana");
    assert_string_equal(ml_nearest("abnana", words, WORDS), "banana");
    assert_string_equal(ml_nearest("saline-0.9", words, WORDS), "saline-0.9%");
    assert_string_equal(ml_nearest("saline", words, WORDS), "saline-3%");
    assert_string_equal(ml_nearest("wter", words, WORDS), "water");
}

static void nearest_knows_when_nothing_is_near(void **state) {
    (void)state;
    assert_null(ml_nearest("xylophone", words, WORDS));
    assert_null(ml_nearest("", words, WORDS));
    assert_null(ml_nearest("banana", words, 0));
    char longest[200];
    for (size_t i = 0; i < sizeof longest; i++) longest[i] = 'a';
    longest[sizeof longest - 1] = 0;
    assert_null(ml_nearest(longest, words, WORDS));
}

static void distance_counts_slips(void **state) {
    (void)state;
    assert_int_equal(ml_text_distance("kitten", "sitting", 9), 3);
    assert_int_equal(ml_text_distance("ab", "ba", 9), 1);
    assert_int_equal(ml_text_distance("", "abc", 9), 3);
    assert_int_equal(ml_text_distance("abc", "xyz", 1), 2);
}

static void contains_ignores_case(void **state) {
    (void)state;
    assert_true(ml_text_contains("Orange juice, raw", "JUICE"));
    assert_true(ml_text_contains("abc", ""));
    assert_true(ml_text_contains("abc", "c"));
    assert_false(ml_text_contains("abc", "abcd"));
}

static void numbers_match_strtod(void **state) {
    (void)state;
    static const char *const texts[] = {"0",
                                        "1",
                                        "-1",
                                        "+2.5",
                                        ".5",
                                        "5.",
                                        "0.1",
                                        "354.05",
                                        "1e3",
                                        "1E-3",
                                        "2.5e+2",
                                        "123456789012345678901",
                                        "1e308",
                                        "4.9e-300",
                                        "0.30000000000000004",
                                        "22.99",
                                        "6.02214076e23",
                                        "1e-500",
                                        "0e999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *end;
        double value;
        assert_true(ml_text_number(texts[i], &end, &value));
        assert_int_equal(*end, 0);
        double expected = strtod(texts[i], NULL);
        assert_true(value == expected || fabs(value / expected - 1) < 3e-16);
    }
}

static void numbers_stop_where_they_end(void **state) {
    (void)state;
    const char *end;
    double value;
    assert_true(ml_text_number("12 mmol", &end, &value));
    assert_string_equal(end, " mmol");
    assert_true(ml_text_number("3eggs", &end, &value));
    assert_string_equal(end, "eggs");
    assert_false(ml_text_number("", NULL, &value));
    assert_false(ml_text_number("-", NULL, &value));
    assert_false(ml_text_number(".", NULL, &value));
    assert_false(ml_text_number("nan", NULL, &value));
    assert_false(ml_text_number("1e999", NULL, &value));
}

static void beyond_shows_it(void **state) {
    (void)state;
    char buffer[ML_BEYOND_SIZE];
    assert_string_equal(ml_text_beyond(2657.8, 5, 70, buffer), "2658");
    assert_string_equal(ml_text_beyond(10.00001, 0, 10, buffer), "10.00001");
    assert_string_equal(ml_text_beyond(-1e-9, 0, 10, buffer), "-1e-09");
    assert_string_equal(ml_text_beyond(NAN, 0, 10, buffer), "nan");
}

static void names(void **state) {
    (void)state;
    assert_true(ml_text_is_name("saline-0.9%"));
    assert_true(ml_text_is_name("7-up"));
    assert_false(ml_text_is_name(""));
    assert_false(ml_text_is_name("-a"));
    assert_false(ml_text_is_name("a-"));
    assert_false(ml_text_is_name("a--b"));
    assert_false(ml_text_is_name("Banana"));
    assert_false(ml_text_is_name("two words"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_finds_typos),
        cmocka_unit_test(nearest_knows_when_nothing_is_near),
        cmocka_unit_test(distance_counts_slips),
        cmocka_unit_test(contains_ignores_case),
        cmocka_unit_test(numbers_match_strtod),
        cmocka_unit_test(numbers_stop_where_they_end),
        cmocka_unit_test(beyond_shows_it),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
