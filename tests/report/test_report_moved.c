/* SPDX-License-Identifier: Apache-2.0 */
/* Which quantities a report tells, and in which order. */
#include "report/check.h"

#include "body/body.h"
#include "report/moved.h"
#include "report/sample.h"

#include <math.h>

enum { MOST = 8 };

static const struct {
    const char *name;
    SampleCourse course[MOST];
    int told[MOST]; /* 0: no more */
} cases[] = {
    {"sodium in any case", {{ML_O_plasma_sodium, 140, 140}}, {ML_O_plasma_sodium}},
    {"what hardly moves is not told",
     {{ML_O_plasma_sodium, 140, 141}, {ML_O_plasma_potassium, 4, 4.5}, {ML_O_plasma_phosphate, 1.1, 1.3}, {ML_O_plasma_pth, 40, 50}},
     {ML_O_plasma_sodium}},
    {"a change that is large",
     {{ML_O_plasma_sodium, 140, 140.5}, {ML_O_plasma_potassium, 3.8, 4.5}, {ML_O_plasma_phosphate, 1.0, 1.4}},
     {ML_O_plasma_phosphate, ML_O_plasma_potassium, ML_O_plasma_sodium}},
    {"low throughout", {{ML_O_plasma_sodium, 140, 142}, {ML_O_plasma_potassium, 3, 3}}, {ML_O_plasma_sodium, ML_O_plasma_potassium}},
    {"high at the end", {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_potassium, 5.1, 5.3}}, {ML_O_plasma_potassium, ML_O_plasma_sodium}},
    /* widths of the normal range: sodium 1 of 10, potassium 0.8 of 1.7, phosphate 0.3 of 0.75 */
    {"the farthest first",
     {{ML_O_plasma_sodium, 140, 150}, {ML_O_plasma_potassium, 4, 4.8}, {ML_O_plasma_phosphate, 1, 1.3}},
     {ML_O_plasma_sodium, ML_O_plasma_potassium, ML_O_plasma_phosphate}},
    {"pH where it moved more", {{ML_O_plasma_bicarbonate, 25, 20}, {ML_O_plasma_ph, 7.4, 7.3}}, {ML_O_plasma_ph}},
    {"bicarbonate where it moved more", {{ML_O_plasma_bicarbonate, 25, 15}, {ML_O_plasma_ph, 7.4, 7.3}}, {ML_O_plasma_bicarbonate}},
    {"pH that leaves its range, bicarbonate that moves more within its own",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_bicarbonate, 25, 28.5}, {ML_O_plasma_ph, 7.42, 7.46}},
     {ML_O_plasma_ph, ML_O_plasma_sodium}},
    {"total calcium for both", {{ML_O_plasma_calcium_total, 2.4, 2}, {ML_O_plasma_calcium_ionized, 1.2, 1}}, {ML_O_plasma_calcium_total}},
    {"ionized calcium that moved clearly more",
     {{ML_O_plasma_calcium_total, 2.4, 2.2}, {ML_O_plasma_calcium_ionized, 1.2, 1}},
     {ML_O_plasma_calcium_ionized}},
    {"ionized calcium that is low, the total as good as normal",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_calcium_total, 2.4, 2.25}, {ML_O_plasma_calcium_ionized, 1.2, 1.12}},
     {ML_O_plasma_calcium_ionized, ML_O_plasma_sodium}},
    {"ionized calcium alone", {{ML_O_plasma_calcium_ionized, 1.2, 1.0}}, {ML_O_plasma_calcium_ionized}},
    {"total magnesium for both",
     {{ML_O_plasma_magnesium_total, 0.85, 0.5}, {ML_O_plasma_magnesium_ionized, 0.52, 0.3}},
     {ML_O_plasma_magnesium_total}},
    {"ionized magnesium that moved clearly more",
     {{ML_O_plasma_magnesium_total, 0.85, 0.7}, {ML_O_plasma_magnesium_ionized, 0.52, 0.3}},
     {ML_O_plasma_magnesium_ionized}},
    {"hormones behind what is explained, however far they moved",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_pth, 30, 300}, {ML_O_plasma_calcidiol, 60, 140}},
     {ML_O_plasma_sodium, ML_O_plasma_pth, ML_O_plasma_calcidiol}},
    {"a hormone that is low and stays is not told", {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_pth, 10, 12}}, {ML_O_plasma_sodium}},
    {"a hormone that only just rises is not told either",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_calcitriol, 100, 101}},
     {ML_O_plasma_sodium}},
    {"QTc and QRS before nerve and muscle",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_reflex_gain, 1, 0.2}, {ML_O_qtc_interval, 395, 435}, {ML_O_qrs_duration, 90, 115}},
     {ML_O_plasma_sodium, ML_O_qrs_duration, ML_O_qtc_interval, ML_O_reflex_gain}},
    {"an electrocardiogram that hardly changes, and a pulse that does, are not told",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_heart_rate, 60, 180}, {ML_O_qt_interval, 400, 280}, {ML_O_qtc_interval, 395, 420}, {ML_O_qrs_duration, 90, 105}},
     {ML_O_plasma_sodium}},
    {"nerve and muscle behind hormones",
     {{ML_O_plasma_sodium, 140, 140}, {ML_O_plasma_pth, 30, 300}, {ML_O_muscle_force, 1, 0.5}, {ML_O_reflex_gain, 1, 0.2}},
     {ML_O_plasma_sodium, ML_O_plasma_pth, ML_O_reflex_gain, ML_O_muscle_force}},
    {"nerve and muscle that stay ordinary are not told",
     {{ML_O_plasma_sodium, 140, 140},
      {ML_O_sensory_axon_margin, 4, 3},
      {ML_O_muscle_force, 1, 0.9},
      {ML_O_reflex_gain, 1, 1.2},
      {ML_O_cramp_threshold_frequency, 24, 27}},
     {ML_O_plasma_sodium}},
    {"reflexes that are weak throughout", {{ML_O_plasma_sodium, 140, 140}, {ML_O_reflex_gain, 0.4, 0.4}}, {ML_O_plasma_sodium, ML_O_reflex_gain}},
    {"hormones alone", {{ML_O_plasma_pth, 30, 60}, {ML_O_plasma_calcitriol, 100, 104}}, {ML_O_plasma_pth}},
    {"of what stands still the farthest", {{ML_O_plasma_potassium, 4, 4.1}, {ML_O_plasma_phosphate, 1.1, 1.2}}, {ML_O_plasma_phosphate}},
    {"nothing of what is not stored", {{ML_O_urine_flow, 1, 10}}, {0}},
};

static const char *name_of(int output) { return output ? ml_outputs[output].name : "nothing"; }

static void what_moved_is_told(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int n = 0;
        while (n < MOST && cases[i].course[n].output) n++;
        MlResult r = sample_courses(n, cases[i].course);
        const MlMoved moved = ml_moved(&r);
        for (int k = 0; k < MOST; k++) {
            const int told = k < moved.n ? moved.output[k] : 0;
            if (told == cases[i].told[k]) continue;
            print_error("%s: %s, expected %s, at place %d\n", cases[i].name, name_of(told), name_of(cases[i].told[k]), k + 1);
            wrong++;
        }
        ml_result_free(&r);
    }
    assert_int_equal(wrong, 0);
}

/* All of them at once: each that may be told has its place. */
static void there_is_room_for_all(void **state) {
    (void)state;
    SampleCourse course[ML_MAX_MOVED];
    static const int others[] = {ML_O_plasma_pth,          ML_O_plasma_calcidiol, ML_O_plasma_calcitriol, ML_O_qtc_interval, ML_O_qrs_duration,
                                 ML_O_sensory_axon_margin, ML_O_muscle_force,     ML_O_reflex_gain,
                                 ML_O_cramp_threshold_frequency, ML_O_plasma_glucose, ML_O_plasma_lactate, ML_O_plasma_ketones, ML_O_plasma_urea};
    for (int k = 0; k < ML_MAX_MOVED; k++)
        course[k] = (SampleCourse){k < ML_NWHY ? ml_why_output[k] : others[k - ML_NWHY], 1, 1000.0 + k};
    MlResult r = sample_courses(ML_MAX_MOVED, course);
    const MlMoved moved = ml_moved(&r);
    assert_int_equal(moved.n, ML_MAX_MOVED - 3); /* less one of bicarbonate and pH, one of calcium, one of magnesium */
    assert_true(ml_moved_minerals(&moved));
    for (int k = 0; k < moved.n; k++)
        for (int j = 0; j < k; j++) assert_true(moved.output[j] != moved.output[k]);
    ml_result_free(&r);
}

static void minerals_are_known(void **state) {
    (void)state;
    static const struct {
        int output, mineral;
    } outputs[] = {{ML_O_plasma_sodium, 0},          {ML_O_plasma_potassium, 0},         {ML_O_plasma_bicarbonate, 0},
                   {ML_O_plasma_ph, 0},              {ML_O_plasma_calcium_total, 1},     {ML_O_plasma_calcium_ionized, 1},
                   {ML_O_plasma_magnesium_total, 1}, {ML_O_plasma_magnesium_ionized, 1}, {ML_O_plasma_phosphate, 1},
                   {ML_O_plasma_pth, 1},             {ML_O_plasma_calcidiol, 1},         {ML_O_plasma_calcitriol, 1},
                   {ML_O_reflex_gain, 0}};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        const MlMoved moved = {.n = 1, .output = {outputs[i].output}};
        if (ml_moved_minerals(&moved) != outputs[i].mineral) fail_msg("%s", ml_outputs[outputs[i].output].name);
    }
    assert_false(ml_moved_minerals(&(MlMoved){0}));
}

/* An hour may pass more unseen of sodium than a day does of potassium: limits are those of the quantity and the length. */
static void what_is_worth_telling(void **state) {
    (void)state;
    assert_true(ml_is_worth(ML_O_plasma_sodium, -0.5, 60) && !ml_is_worth(ML_O_plasma_sodium, -0.49, 60));
    assert_true(ml_is_worth(ML_O_plasma_sodium, 1, 1440) && !ml_is_worth(ML_O_plasma_sodium, 0.99, 1440));
    assert_true(ml_is_worth(ML_O_plasma_potassium, 0.1, 1440) && !ml_is_worth(ML_O_plasma_potassium, 0.1, 1439));
    assert_true(ml_is_worth(ML_O_plasma_ph, -0.02, 60) && !ml_is_worth(ML_O_plasma_ph, -0.019, 60));
    assert_true(ml_is_worth(ML_O_plasma_calcitriol, 5, 60) && !ml_is_worth(ML_O_plasma_calcitriol, 4.9, 60));
    assert_true(ml_is_still(ML_O_plasma_sodium, 139, 140.4) && !ml_is_still(ML_O_plasma_sodium, 139, 140.6));
    assert_true(ml_is_still(ML_O_plasma_pth, 30, 39) && !ml_is_still(ML_O_plasma_pth, 30, 41));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_moved_is_told),
        cmocka_unit_test(there_is_room_for_all),
        cmocka_unit_test(minerals_are_known),
        cmocka_unit_test(what_is_worth_telling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
