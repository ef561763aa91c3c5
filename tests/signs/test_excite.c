/* SPDX-License-Identifier: Apache-2.0 */
/* Nerve, muscle and cramp of a person: normal at rest, finite everywhere, moved in the directions that are established. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "signs/cramp.h"

static double out[ML_NOUTPUT];

static const double *quick(const MlExcite *x) {
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    ml_excite_quick(x, out);
    return out;
}

static MlExcite with(MlExciteInput input, double value) {
    MlExcite x = ml_excite_normal();
    x.value[input] = value;
    if (input == ML_X_potassium) x.value[ML_X_muscle_potassium] = value;
    return x;
}

static double at(MlExciteInput input, double value, int output) {
    const MlExcite x = with(input, value);
    return quick(&x)[output];
}

static int is_told(int i) {
    static const char *const groups[] = {"nerve", "muscle", "cramp"};
    for (int g = 0; g < 3; g++)
        if (!strcmp(ml_outputs[i].group, groups[g])) return 1;
    return 0;
}

static int is_cramp_threshold(int i) {
    return i == ML_O_cramp_threshold_frequency || i == ML_O_cramp_threshold_low || i == ML_O_cramp_threshold_high;
}

/* A margin is absent where nothing makes an axon fire, a threshold where nothing brings on a cramp. */
static int may_be_absent(int i) {
    return i == ML_O_motor_axon_margin || i == ML_O_sensory_axon_margin ||
           (is_cramp_threshold(i) && isnan(out[ML_O_cramp_threshold_frequency]) && out[ML_O_cramp_rate] == 0);
}

/* Those that stand in the body itself are not computed here. */
static int is_own(int i) {
    static const int own[] = {ML_O_muscle_fatigue, ML_O_muscle_energy,   ML_O_effort_left,      ML_O_critical_uptake,
                              ML_O_work_reserve,   ML_O_phosphocreatine, ML_O_sodium_pump_drive};
    for (size_t k = 0; k < sizeof own / sizeof own[0]; k++)
        if (i == own[k]) return 1;
    return 0;
}

static void a_healthy_person_is_normal(void **state) {
    (void)state;
    const MlExcite x = ml_excite_normal();
    quick(&x);
    static const int ones[] = {ML_O_motor_axon_threshold, ML_O_sensory_axon_threshold, ML_O_terminal_release,
                               ML_O_endplate_transmission, ML_O_muscle_force, ML_O_m_wave, ML_O_reflex_gain, ML_O_muscle_excitable_fraction};
    for (size_t i = 0; i < sizeof ones / sizeof ones[0]; i++) assert_true(fabs(out[ones[i]] - 1) < 0.02);
    assert_true(out[ML_O_sensory_axon_margin] > 2 && out[ML_O_motor_axon_margin] > out[ML_O_sensory_axon_margin]);
    assert_true(out[ML_O_cramp_threshold_low] < out[ML_O_cramp_threshold_frequency]);
    assert_true(out[ML_O_cramp_threshold_high] > out[ML_O_cramp_threshold_frequency]);
    assert_true(out[ML_O_cramp_rate] < 5e-4); /* a few a year */
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (is_told(i) && !is_own(i) && ml_outputs[i].available == ML_NOW && !isfinite(out[i])) fail_msg("%s", ml_outputs[i].name);
}

static double uniform(void) { return rand() / (double)RAND_MAX; }

static void finite_over_all_limits(void **state) {
    (void)state;
    srand(5);
    for (int n = 0; n < 10000; n++) {
        MlExcite x;
        for (int i = 0; i < ML_NEXCITE; i++)
            x.value[i] = ml_excite_inputs[i].low + uniform() * (ml_excite_inputs[i].high - ml_excite_inputs[i].low);
        quick(&x);
        for (int i = 0; i < ML_NOUTPUT; i++)
            if (is_told(i) && !is_own(i) && ml_outputs[i].available == ML_NOW && !isfinite(out[i]) &&
                !(may_be_absent(i) && isnan(out[i])))
                fail_msg("%s at combination %d", ml_outputs[i].name, n);
        assert_true(out[ML_O_muscle_excitable_fraction] >= 0 && out[ML_O_muscle_excitable_fraction] <= 1);
        assert_true(out[ML_O_endplate_transmission] >= 0 && out[ML_O_endplate_transmission] <= 1);
        assert_true(out[ML_O_cramp_rate] >= 0 && out[ML_O_cramp_rate] <= 60);
    }
}

static void established_directions(void **state) {
    (void)state;
    /* little calcium: pins and needles before tetany, cramps sooner */
    assert_true(at(ML_X_calcium, 0.75, ML_O_sensory_axon_margin) < 0 && at(ML_X_calcium, 0.75, ML_O_motor_axon_margin) > 0);
    assert_true(at(ML_X_calcium, 0.6, ML_O_motor_axon_margin) < 0);
    assert_true(at(ML_X_calcium, 0.8, ML_O_cramp_threshold_frequency) < at(ML_X_calcium, 1.2, ML_O_cramp_threshold_frequency) - 2);
    /* alkali by itself */
    assert_true(at(ML_X_ph, 7.75, ML_O_sensory_axon_margin) < 0.3);
    /* magnesium: reflexes first, then strength */
    assert_true(at(ML_X_magnesium, 3, ML_O_reflex_gain) < 0.5 && at(ML_X_magnesium, 3, ML_O_muscle_force) > 0.5);
    assert_true(at(ML_X_magnesium, 5, ML_O_reflex_gain) < 0.05 && at(ML_X_magnesium, 5, ML_O_muscle_force) < 0.15);
    /* potassium: an inverted U of excitability; weakness at both ends */
    assert_true(at(ML_X_potassium, 2.5, ML_O_motor_axon_threshold) > 1.1 && at(ML_X_potassium, 5.5, ML_O_motor_axon_threshold) < 0.95);
    assert_true(at(ML_X_potassium, 9, ML_O_motor_axon_conducting) < 0.1 && at(ML_X_potassium, 9, ML_O_reflex_gain) < 0.1);
    assert_true(at(ML_X_potassium, 5.5, ML_O_motor_axon_conducting) > 0.9);
    assert_true(isnan(at(ML_X_potassium, 8, ML_O_motor_axon_margin)));
    assert_true(at(ML_X_potassium, 1.6, ML_O_muscle_force) < 0.7 && at(ML_X_potassium, 9, ML_O_muscle_force) < 0.5);
}

static double threshold(const MlExcite *x) { return quick(x)[ML_O_cramp_threshold_frequency]; }

static void cramps_come_sooner_with(void **state) {
    (void)state;
    const MlExcite normal = ml_excite_normal();
    const double usual = threshold(&normal);
    const struct {
        MlExciteInput input;
        double value;
    } sooner[] = {{ML_X_cramp_prone, 1}, {ML_X_muscle_volume, 1.02}, {ML_X_plasma_volume, 0.88}, {ML_X_muscle_length, 0.8}};
    for (size_t i = 0; i < sizeof sooner / sizeof sooner[0]; i++) {
        const MlExcite x = with(sooner[i].input, sooner[i].value);
        assert_true(threshold(&x) < usual - 1.5);
    }
    const MlExcite shrunk = with(ML_X_muscle_volume, 0.97), tablets = with(ML_X_magnesium, 0.58);
    assert_true(fabs(threshold(&shrunk) - usual) < 1.2);   /* loss of water by itself: Braulick 2013 */
    assert_true(fabs(threshold(&tablets) - usual) < 0.5);  /* magnesium tablets: Garrison 2020 */
}

static void what_moved_the_threshold_adds_up(void **state) {
    (void)state;
    MlExcite before = ml_excite_normal(), after = before;
    after.value[ML_X_calcium] = 0.95, after.value[ML_X_potassium] = after.value[ML_X_muscle_potassium] = 3.4;
    after.value[ML_X_ph] = 7.5, after.value[ML_X_plasma_volume] = 0.9, after.value[ML_X_muscle_volume] = 1.015;
    double moved[ML_NCRAMP_CAUSE], sum = 0;
    ml_cramp_explain(&before, &after, moved);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) sum += moved[i];
    assert_true(fabs(sum - (threshold(&after) - threshold(&before))) < 1e-9);
    assert_true(moved[ML_CRAMP_CALCIUM] < 0 && moved[ML_CRAMP_PH] < 0 && moved[ML_CRAMP_SWELLING] < 0 && moved[ML_CRAMP_FILLING] < 0);
    assert_true(moved[ML_CRAMP_POTASSIUM] > 0);
    assert_true(moved[ML_CRAMP_TEMPERATURE] == 0);
}

static void what_moved_the_rate_multiplies(void **state) {
    (void)state;
    MlExcite before = ml_excite_normal(), after = before;
    after.value[ML_X_calcium] = 0.95, after.value[ML_X_potassium] = after.value[ML_X_muscle_potassium] = 3.4;
    after.value[ML_X_fatigue] = 0.3, after.value[ML_X_cramp_prone] = 0.2, after.value[ML_X_cell_potassium] = 140;
    double factor[ML_NCRAMP_CAUSE], product = 1;
    ml_cramp_explain_rate(&before, &after, factor);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) product *= factor[i];
    const double was = quick(&before)[ML_O_cramp_rate], is = quick(&after)[ML_O_cramp_rate];
    assert_true(fabs(product / (is / was) - 1) < 1e-9);
    assert_true(factor[ML_CRAMP_CALCIUM] > 1 && factor[ML_CRAMP_DISPOSITION] > 1 && factor[ML_CRAMP_POTASSIUM] < 1);
    assert_true(fabs(factor[ML_CRAMP_FATIGUE] - exp(7.5 * 0.3)) < 0.1);
    assert_true(factor[ML_CRAMP_PH] == 1 && factor[ML_CRAMP_OTHER] == 1);
    /* to where no cramp is possible, and back */
    after.value[ML_X_potassium] = after.value[ML_X_muscle_potassium] = 12;
    ml_cramp_explain_rate(&before, &after, factor);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) assert_true(isfinite(factor[i]) && factor[i] > 0);
}

static void no_train_or_none_needed(void **state) {
    (void)state;
    const MlExcite x = ml_excite_normal();
    const MlCramp none = ml_cramp(&x, ML_POOL_NONE), always = ml_cramp(&x, 0);
    assert_true(isnan(none.threshold) && isnan(none.low) && isnan(none.high) && none.rate == 0);
    assert_true(always.threshold == 0 && always.low == 0 && always.high == 0 && always.rate > 1);
    static const int which[] = {ML_O_cramp_threshold_frequency};
    MlExcite quiet = with(ML_X_potassium, 14), restless = with(ML_X_csf_potassium, 6);
    quiet.value[ML_X_calcium] = 0.2;
    double close[ML_NOUTPUT];
    ml_excite_close(&quiet, which, 1, close);
    quick(&quiet);
    assert_true(isnan(close[ML_O_cramp_threshold_frequency]) && isnan(out[ML_O_cramp_threshold_frequency]));
    assert_true(isnan(close[ML_O_cramp_threshold_high]) && close[ML_O_cramp_rate] == 0 && out[ML_O_cramp_rate] == 0);
    ml_excite_close(&restless, which, 1, close);
    assert_true(close[ML_O_cramp_threshold_frequency] == 0 && close[ML_O_cramp_threshold_high] == 0);
}

static void values_beyond_limits_count_as_the_limit(void **state) {
    (void)state;
    double param[ML_NPARAM], body[ML_NOUTPUT];
    for (int i = 0; i < ML_NPARAM; i++) param[i] = ml_params[i].normal;
    for (int i = 0; i < ML_NOUTPUT; i++) body[i] = 1e6;
    const MlExcite x = ml_excite_of(param, body, 1, 1);
    assert_true(x.value[ML_X_potassium] == ml_excite_inputs[ML_X_potassium].high);
    for (int i = 0; i < ML_NEXCITE; i++)
        assert_true(x.value[i] >= ml_excite_inputs[i].low && x.value[i] <= ml_excite_inputs[i].high);
}

static void what_is_not_known_counts_as_normal(void **state) {
    (void)state;
    double param[ML_NPARAM], body[ML_NOUTPUT];
    for (int i = 0; i < ML_NPARAM; i++) param[i] = ml_params[i].normal;
    for (int i = 0; i < ML_NOUTPUT; i++) body[i] = NAN;
    const MlExcite x = ml_excite_of(param, body, NAN, NAN);
    assert_true(x.value[ML_X_potassium] == ml_excite_inputs[ML_X_potassium].normal);
    assert_true(x.value[ML_X_plasma_volume] == 1 && x.value[ML_X_fatigue] == 0);
}

/* Surrogates against the models, away from where behavior jumps. */
static void quick_is_near_close(void **state) {
    (void)state;
    static const int which[] = {ML_O_motor_axon_threshold, ML_O_muscle_force, ML_O_reflex_gain, ML_O_cramp_threshold_frequency};
    static const double limit[] = {0.04, 0.1, 0.1, 4};
    srand(8);
    for (int n = 0; n < 6; n++) {
        MlExcite x = ml_excite_normal();
        x.value[ML_X_potassium] = x.value[ML_X_muscle_potassium] = 3 + 2.5 * uniform();
        x.value[ML_X_calcium] = 1 + 0.4 * uniform();
        x.value[ML_X_ph] = 7.3 + 0.2 * uniform();
        double close[ML_NOUTPUT];
        ml_excite_close(&x, which, 4, close);
        quick(&x);
        for (int k = 0; k < 4; k++)
            if (!(fabs(close[which[k]] - out[which[k]]) < limit[k]))
                fail_msg("%s: %g by the surrogate, %g by the model", ml_outputs[which[k]].name, out[which[k]], close[which[k]]);
    }
}

/* Spasms: axons that fire by themselves, and a rate that e times more often means for each 2 Hz. */
static void quick_is_near_close_where_spasms_are(void **state) {
    (void)state;
    static const struct {
        double calcium, magnesium, ph;
    } at[] = {{0.5, 0.55, 7.4}, {0.55, 0.5, 7.4}, {0.6, 0.55, 7.4}, {0.7, 0.55, 7.4}, {1.2, 0.55, 7.7}, {1.2, 0.55, 7.8}, {0.9, 0.5, 7.6}};
    static const int which[] = {ML_O_cramp_threshold_frequency};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        MlExcite x = ml_excite_normal();
        x.value[ML_X_calcium] = at[i].calcium, x.value[ML_X_magnesium] = at[i].magnesium, x.value[ML_X_ph] = at[i].ph;
        double close[ML_NOUTPUT];
        ml_excite_close(&x, which, 1, close);
        quick(&x);
        const double error = out[ML_O_cramp_threshold_frequency] - close[ML_O_cramp_threshold_frequency];
        if (!(fabs(error) < 1.5 && fabs(log(out[ML_O_cramp_rate] / close[ML_O_cramp_rate])) < log(2)))
            fail_msg("calcium %g, pH %g: %g Hz and %g 1/h by the surrogate, %g and %g by the model", at[i].calcium, at[i].ph,
                     out[ML_O_cramp_threshold_frequency], out[ML_O_cramp_rate], close[ML_O_cramp_threshold_frequency],
                     close[ML_O_cramp_rate]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_person_is_normal),
        cmocka_unit_test(finite_over_all_limits),
        cmocka_unit_test(established_directions),
        cmocka_unit_test(cramps_come_sooner_with),
        cmocka_unit_test(what_moved_the_threshold_adds_up),
        cmocka_unit_test(what_moved_the_rate_multiplies),
        cmocka_unit_test(no_train_or_none_needed),
        cmocka_unit_test(values_beyond_limits_count_as_the_limit),
        cmocka_unit_test(what_is_not_known_counts_as_normal),
        cmocka_unit_test(quick_is_near_close),
        cmocka_unit_test(quick_is_near_close_where_spasms_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
