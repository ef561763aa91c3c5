/* SPDX-License-Identifier: Apache-2.0 */
/* The heart of a person: normal at rest, moved in the directions that are established, the same from the table and the wall. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "signs/excite.h"

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
    between("QTc at 2.5", at(ML_X_potassium, 2.5, ML_O_qtc_interval), 420, 480);
    between("QTc at 6", at(ML_X_potassium, 6, ML_O_qtc_interval), 330, 380);
    between("QRS at 8", at(ML_X_potassium, 8, ML_O_qrs_duration), 110, 150);
    between("PR at 8", at(ML_X_potassium, 8, ML_O_pr_interval), 175, 230);
    between("T wave at 8.5", at(ML_X_potassium, 8.5, ML_O_t_wave_amplitude), 1.15, 3);
    assert_true(isnan(at(ML_X_potassium, 14, ML_O_qrs_duration)) || at(ML_X_potassium, 14, ML_O_qrs_duration) > 200);
}

/* Davis 1995: 105 to 125 ms; Loewe 2019: 9.9 /min for 1 mmol/L of total calcium; calcium in high potassium. */
static void calcium_moves_it(void **state) {
    (void)state;
    between("QTc for 1 mmol/L", (at(ML_X_calcium, 1.2, ML_O_qtc_interval) - at(ML_X_calcium, 1, ML_O_qtc_interval)) / 0.2, -130, -60);
    between("rate for 1 mmol/L", (at(ML_X_calcium, 1.3, ML_O_heart_rate) - at(ML_X_calcium, 1.1, ML_O_heart_rate)) / 0.2, 15, 25);
    static double high[ML_NOUTPUT], treated[ML_NOUTPUT];
    MlExcite x = ml_excite_normal();
    x.value[ML_X_potassium] = 8.5;
    ml_excite_quick(&x, high);
    x.value[ML_X_calcium] = 1.8;
    ml_excite_quick(&x, treated);
    assert_true(treated[ML_O_qrs_duration] < high[ML_O_qrs_duration] - 10);
}

/* DiCarlo 1986: plasma 2.2 mmol/L, ionized 1.5: PR longer by 15 ms, QRS and rate not moved. */
static void magnesium_moves_it(void **state) {
    (void)state;
    between("PR", at(ML_X_magnesium, 1.5, ML_O_pr_interval) - at(ML_X_magnesium, 0.55, ML_O_pr_interval), 8, 22);
    between("QRS", at(ML_X_magnesium, 1.5, ML_O_qrs_duration), 88, 95);
    assert_true(at(ML_X_magnesium, 1.5, ML_O_heart_rate) == at(ML_X_magnesium, 0.55, ML_O_heart_rate));
}

/* Work shortens QT, and no flag follows from it. */
static void rate_moves_it(void **state) {
    (void)state;
    assert_true(at(ML_X_pulse, 120, ML_O_qt_interval) < at(ML_X_pulse, 65, ML_O_qt_interval) - 40);
    for (double pulse = 45; pulse <= 200; pulse += 5) between("QTc", at(ML_X_pulse, pulse, ML_O_qtc_interval), 370, 465);
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
        cmocka_unit_test(magnesium_moves_it),        cmocka_unit_test(rate_moves_it),      cmocka_unit_test(the_table_tells_what_the_wall_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
