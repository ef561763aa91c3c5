/* SPDX-License-Identifier: Apache-2.0 */
/* The heart of a person: normal at rest, moved in the directions that are established, the same from the table and the wall. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "signs/excite.h"
#include "signs/signs.h"

static double at(MlExciteInput input, double value, int output) {
    static double out[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    x.value[input] = value;
    ml_excite_quick(&x, out);
    return out[output];
}

static void between(const char *what, double x, double low, double high) {
    if (!(x >= low && x <= high)) fail_msg("%s is %g, not %g to %g", what, x, low, high);
}

static void a_healthy_heart_is_normal(void **state) {
    (void)state;
    between("rate", at(ML_X_potassium, 4.2, ML_O_heart_rate), 60, 70);
    between("PR", at(ML_X_potassium, 4.2, ML_O_pr_interval), 155, 165);
    between("QRS", at(ML_X_potassium, 4.2, ML_O_qrs_duration), 88, 92);
    between("QTc", at(ML_X_potassium, 4.2, ML_O_qtc_interval), 380, 420);
    between("T wave", at(ML_X_potassium, 4.2, ML_O_t_wave_amplitude), 0.999, 1.001);
    between("rest", at(ML_X_potassium, 4.2, ML_O_ventricular_resting_potential), -95, -85);
}

static void potassium_moves_it(void **state) {
    (void)state;
    between("QTc at 2.5", at(ML_X_potassium, 2.5, ML_O_qtc_interval), 405, 450); /* 12.8 ms for 1 mmol/L: Krogager 2019 */
    between("QTc at 8", at(ML_X_potassium, 8, ML_O_qtc_interval), 370, 430);
    const double usual = at(ML_X_potassium, 4.2, ML_O_qtc_interval);
    between("QTc at 6, to normal", at(ML_X_potassium, 6, ML_O_qtc_interval) - usual, -30, -4);
    between("QTc at 8.5, to normal", at(ML_X_potassium, 8.5, ML_O_qtc_interval) - usual, -20, 55);
    between("JT at 8, to normal", at(ML_X_potassium, 8, ML_O_qt_interval) - at(ML_X_potassium, 8, ML_O_qrs_duration) -
                                      at(ML_X_potassium, 4.2, ML_O_qt_interval) + at(ML_X_potassium, 4.2, ML_O_qrs_duration), -40, 15);
    between("QRS at 8", at(ML_X_potassium, 8, ML_O_qrs_duration), 110, 150);
    between("PR at 8", at(ML_X_potassium, 8, ML_O_pr_interval), 175, 230);
    between("T wave at 2.5", at(ML_X_potassium, 2.5, ML_O_t_wave_amplitude), 0.5, 0.9);
    between("T wave at 6.5", at(ML_X_potassium, 6.5, ML_O_t_wave_amplitude), 1.2, 1.6);
    between("P wave at 6.5", at(ML_X_potassium, 6.5, ML_O_p_wave_amplitude), 0.8, 0.98);
    between("P wave at 9", at(ML_X_potassium, 9, ML_O_p_wave_amplitude), 0, 0.4);
    between("T wave at 8.5", at(ML_X_potassium, 8.5, ML_O_t_wave_amplitude), 1.15, 3);
    assert_true(isnan(at(ML_X_potassium, 14, ML_O_qrs_duration)) || at(ML_X_potassium, 14, ML_O_qrs_duration) > 200);
}

/* Davis 1995: 105 to 125 ms; Loewe 2019: 9.9 /min for 1 mmol/L of total calcium; calcium in high potassium. */
static void calcium_moves_it(void **state) {
    (void)state;
    between("QTc for 1 mmol/L", (at(ML_X_calcium, 1.4, ML_O_qtc_interval) - at(ML_X_calcium, 1, ML_O_qtc_interval)) / 0.4, -125, -95);
    between("rate for 1 mmol/L", (at(ML_X_calcium, 1.3, ML_O_heart_rate) - at(ML_X_calcium, 1.1, ML_O_heart_rate)) / 0.2, 15, 25);
    static double high[ML_NOUTPUT], treated[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    x.value[ML_X_potassium] = 8.5;
    ml_excite_quick(&x, high);
    x.value[ML_X_calcium] = 1.8;
    ml_excite_quick(&x, treated);
    assert_true(treated[ML_O_qrs_duration] < high[ML_O_qrs_duration] - 10);
}

/* People's QT lengthens down to 0.5 mmol/L, and does not shorten again (by less than a ms, as the rate falls on). */
static void low_calcium_is_held(void **state) {
    (void)state;
    static const int which[] = {ML_O_qtc_interval};
    static double close[2][ML_NOUTPUT];
    for (int i = 0; i < 2; i++) {
        MlExcite x = ml_excite_normal();
        x.value[ML_X_calcium] = i ? 0.5 : 0.8;
        ml_excite_close(&x, which, 1, close[i]);
    }
    assert_true(close[1][ML_O_qtc_interval] >= close[0][ML_O_qtc_interval]);
    double before = 0;
    for (double calcium = 1.3; calcium > 0.45; calcium -= 0.1) {
        const double qtc = at(ML_X_calcium, calcium, ML_O_qtc_interval);
        if (!(qtc >= before - 0.2)) fail_msg("QTc at calcium %g is %g, after %g", calcium, qtc, before);
        before = qtc;
    }
}

/* Durfey 2017: people with high potassium slow down, and wide QRS goes with harm within hours. */
static void high_potassium_is_grave(void **state) {
    (void)state;
    between("rate at 9", at(ML_X_potassium, 9, ML_O_heart_rate), 40, 58);
    const MlFlagLimit *limit;
    const int n = ml_flag_limits(&limit);
    int found = 0;
    for (int i = 0; i < n; i++)
        if (limit[i].flag == ML_FLAG_arrhythmia_risk && limit[i].output == ML_O_qrs_duration)
            found = at(ML_X_potassium, 9, ML_O_qrs_duration) > limit[i].limit[2];
    assert_true(found);
}

/* Where no impulse passes there is neither pulse nor pressure. */
static void standstill(void **state) {
    (void)state;
    static double out[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    out[ML_O_mean_arterial_pressure] = 93;
    ml_excite_quick(&x, out);
    assert_true(out[ML_O_mean_arterial_pressure] == 93);
    x.value[ML_X_potassium] = 11;
    ml_excite_quick(&x, out);
    assert_true(out[ML_O_ventricular_conduction] == 0 && out[ML_O_heart_rate] == 0 && out[ML_O_mean_arterial_pressure] < 20);
}

/* Ions do not drive a heart beyond its greatest rate, and do not hold one back that is driven. */
static void the_greatest_rate(void **state) {
    (void)state;
    static double out[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    x.value[ML_X_pulse] = x.value[ML_X_pulse_most] - 1, x.value[ML_X_calcium] = 2;
    ml_excite_quick(&x, out);
    assert_true(out[ML_O_heart_rate] == x.value[ML_X_pulse_most]);
    x.value[ML_X_pulse] = 195;
    ml_excite_quick(&x, out);
    assert_true(out[ML_O_heart_rate] == 195);
}

/* DiCarlo 1986: plasma 2.2 mmol/L, ionized 1.5: PR longer by 15 ms, QRS and rate not moved. */
static void magnesium_moves_it(void **state) {
    (void)state;
    between("PR", at(ML_X_magnesium, 1.5, ML_O_pr_interval) - at(ML_X_magnesium, 0.55, ML_O_pr_interval), 8, 22);
    between("QRS", at(ML_X_magnesium, 1.5, ML_O_qrs_duration), 88, 95);
    assert_true(at(ML_X_magnesium, 1.5, ML_O_heart_rate) == at(ML_X_magnesium, 0.55, ML_O_heart_rate));
    between("PR in grave excess", at(ML_X_magnesium, 3.7, ML_O_pr_interval), 190, 280);
    between("QTc in grave excess", at(ML_X_magnesium, 3.7, ML_O_qtc_interval) - at(ML_X_magnesium, 0.55, ML_O_qtc_interval), -15, 15);
    assert_true(at(ML_X_magnesium, 3.7, ML_O_atrioventricular_conduction) == 1);
    between("beats that pass", at(ML_X_magnesium, 9.9, ML_O_atrioventricular_conduction), 0.3, 0.6);
    between("rate in block", at(ML_X_magnesium, 9.9, ML_O_heart_rate), 24, 45);
}

/* Work shortens QT, and no flag follows from it. */
static void rate_moves_it(void **state) {
    (void)state;
    assert_true(at(ML_X_pulse, 120, ML_O_qt_interval) < at(ML_X_pulse, 65, ML_O_qt_interval) - 40);
    for (double pulse = 45; pulse <= 200; pulse += 5) between("QTc", at(ML_X_pulse, pulse, ML_O_qtc_interval), 370, 475);
}

static void the_table_tells_what_the_wall_does(void **state) {
    (void)state;
    static const int which[] = {ML_O_qt_interval};
    static double quick[ML_NOUTPUT], close[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    x.value[ML_X_potassium] = 6.3, x.value[ML_X_calcium] = 1.05;
    ml_excite_quick(&x, quick);
    ml_excite_close(&x, which, 1, close);
    assert_true(close[ML_O_heart_rate] == quick[ML_O_heart_rate]);
    assert_true(fabs(close[ML_O_qt_interval] - quick[ML_O_qt_interval]) < 15);
    assert_true(fabs(close[ML_O_qrs_duration] - quick[ML_O_qrs_duration]) < 3);
    assert_true(fabs(close[ML_O_t_wave_amplitude] - quick[ML_O_t_wave_amplitude]) < 0.15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_heart_is_normal), cmocka_unit_test(potassium_moves_it), cmocka_unit_test(calcium_moves_it),
        cmocka_unit_test(low_calcium_is_held),       cmocka_unit_test(high_potassium_is_grave), cmocka_unit_test(the_greatest_rate),
        cmocka_unit_test(standstill),                cmocka_unit_test(magnesium_moves_it),        cmocka_unit_test(rate_moves_it),      cmocka_unit_test(the_table_tells_what_the_wall_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
