/* SPDX-License-Identifier: Apache-2.0 */
/* The right-hand side: all rows written, eight lanes equal one, charge carried, reads complete. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "person/model.h"
#include "person/person.h"
#include "solve/jacobian.h"

static MlPerson person;
static MlFrame *frame;

static int setup(void **state) {
    (void)state;
    MlPersonSpec spec;
    ml_person_spec_init(&spec);
    if (ml_person_build(&spec, &person, NULL)) return 1;
    frame = ml_frame_create(NULL);
    return frame == NULL;
}

static int teardown(void **state) {
    (void)state;
    ml_frame_destroy(&frame);
    return 0;
}

static unsigned seed = 1;
static double uniform(double low, double high) {
    seed = seed * 1664525u + 1013904223u;
    return low + (high - low) * (double)(seed >> 8) / 16777216.0;
}

static void random_state(double *y) {
    ml_person_guess(&person, y);
    for (int i = 0; i < ML_NSTATE; i++) y[i] = (y[i] != 0 ? y[i] : uniform(0, 2)) * uniform(0.8, 1.2);
}

static void random_inputs(double *u) {
    ml_person_inputs(&person, u);
    for (int i = 0; i < ML_NINPUT; i++)
        if (u[i] == 0) u[i] = uniform(0, 0.02);
    u[ML_U_metabolic_rate] = uniform(1, 10);
    u[ML_U_sweat_imposed] = uniform(0, 1) > 0.5;
}

static void all_rows_are_written(void **state) {
    (void)state;
    double y[ML_NSTATE], u[ML_NINPUT], row[ML_NROW];
    random_state(y);
    random_inputs(u);
    ml_frame_set(frame, person.param, u);
    for (int i = 0; i < ML_NROW; i++) row[i] = NAN;
    ml_body_rows(&frame->context, 0, y, row);
    for (int i = 0; i < ML_NROW; i++)
        if (!isfinite(row[i]))
            fail_msg("%s is not finite",
                     i < ML_NFLOW ? ml_flows[i].name : ml_states[ML_NPOOL + i - ML_NFLOW].name);
}

static void eight_lanes_equal_one(void **state) {
    (void)state;
    static MlReal8 y8[ML_NSTATE], row8[ML_NROW];
    double y[8][ML_NSTATE], u[ML_NINPUT], row[ML_NROW];
    for (int trial = 0; trial < 20; trial++) {
        random_inputs(u);
        ml_frame_set(frame, person.param, u);
        for (int k = 0; k < 8; k++) {
            random_state(y[k]);
            for (int i = 0; i < ML_NSTATE; i++) y8[i][k] = y[k][i];
        }
        ml_body_rows8(&frame->context, 0, y8, row8);
        for (int k = 0; k < 8; k++) {
            ml_body_rows(&frame->context, 0, y[k], row);
            for (int i = 0; i < ML_NROW; i++) {
                const double lane = row8[i][k];
                assert_memory_equal(&lane, &row[i], sizeof lane);
            }
        }
    }
}

/* Charge that the rows bring into a place, mmol/min. */
static double charge_rate(const double *row, int place) {
    double q = 0;
    for (int f = 0; f < ML_NFLOW; f++) {
        const int s = ml_states[ml_flows[f].from].substance;
        const double z = ml_substances[s].valence;
        if (ml_states[ml_flows[f].from].place == place) q -= z * row[f];
        if (ml_states[ml_flows[f].to].place == place) q += z * row[f];
    }
    for (size_t c = 0; c < ml_ncouple; c++) {
        const double z = ml_substances[ml_states[ml_couples[c].from].substance].valence * ml_couples[c].ratio;
        if (ml_states[ml_couples[c].from].place == place) q -= z * row[ml_couples[c].flow];
        if (ml_states[ml_couples[c].to].place == place) q += z * row[ml_couples[c].flow];
    }
    return q;
}

/* Impermeant solutes that muscle loses take with them the charge that balances it. */
static double fixed_charge(const double *y, const double *row, int place) {
    if (place != ML_AT_muscle) return 0;
    double q = 0;
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].place == place) q += ml_substances[ml_states[i].substance].valence * y[i];
    return q * row[ML_F_waste_fixed] / y[ML_S_muscle_fixed];
}

/* On an ordinary day no place gains charge, whatever its contents (stomach and gut: but for food protein). */
static void flows_carry_no_net_charge(void **state) {
    (void)state;
    double y[ML_NSTATE], u[ML_NINPUT], row[ML_NROW];
    for (int trial = 0; trial < 50; trial++) {
        random_state(y);
        ml_person_inputs(&person, u);
        u[ML_U_metabolic_rate] = uniform(1, 12);
        ml_frame_set(frame, person.param, u);
        ml_body_rows(&frame->context, 0, y, row);
        /* what empties into the gut and what passes on carries the charge of the contents, and so does food
         * protein: neither is a matter of the laws tested here */
        const int places[] = {ML_AT_interstitial, ML_AT_muscle, ML_AT_other, ML_AT_brain};
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
            assert_true(fabs(charge_rate(row, places[i]) + fixed_charge(y, row, places[i])) < 1e-11);
        if (!(fabs(charge_rate(row, ML_AT_urine)) < 1e-11)) fail_msg("urine gains %g, sodium %g, bicarbonate %g, chloride %g, ammonium %g, n %g", charge_rate(row, ML_AT_urine), row[ML_F_excrete_sodium], row[ML_F_excrete_bicarbonate], row[ML_F_excrete_chloride], row[ML_F_excrete_ammonium], y[ML_S_nephrons_left]);
        assert_true(fabs(charge_rate(row, ML_AT_sweat)) < 1e-12);
    }
}

/* What rows read was probed when the model was built; probing elsewhere finds nothing more. */
static void read_pattern_is_complete(void **state) {
    (void)state;
    MlModel *model;
    assert_int_equal(ml_model_create(NULL, NULL, &model, NULL), MILIEU_OK);
    static double point[6 * ML_NSTATE];
    double u[ML_NINPUT];
    for (int k = 0; k < 6; k++) random_state(point + k * ML_NSTATE);
    random_inputs(u);
    ml_frame_set(frame, person.param, u);
    int *ptr, *col;
    assert_int_equal(ml_probe_pattern(NULL, &model->problem, &frame->context, 0, 6, point, &ptr, &col, NULL),
                     MILIEU_OK);
    for (int r = 0; r < ML_NROW; r++)
        for (int k = ptr[r]; k < ptr[r + 1]; k++) {
            int known = 0;
            for (int j = model->read_ptr[r]; j < model->read_ptr[r + 1]; j++)
                known |= model->read_col[j] == col[k];
            if (!known)
                print_error("%s reads %s\n", r < ML_NFLOW ? ml_flows[r].name : ml_states[ML_NPOOL + r - ML_NFLOW].name, ml_states[col[k]].name);
        }
    ml_free(ptr);
    ml_free(col);
    ml_model_destroy(&model);
}

/* The pulse of a man of 30 at 9 MET, whom heat does not stop, rises with warmth and lack of blood, not beyond his greatest. */
static void the_greatest_pulse(void **state) {
    (void)state;
    double y[ML_NSTATE], u[ML_NINPUT], out[ML_NOUTPUT], param[ML_NPARAM], before = 0;
    static MlBaseline base;
    const double most = person.param[ML_P_pulse_most];
    memcpy(param, person.param, sizeof param);
    param[ML_P_exhaustion_temperature] = 50;
    ml_person_guess(&person, y);
    ml_person_inputs(&person, u);
    u[ML_U_metabolic_rate] = 9;
    y[ML_S_pulse_effort] = 0.58; /* for minutes */
    for (double warmth = 37; warmth < 43; warmth += 0.5) {
        y[ML_S_core_temperature] = warmth;
        ml_frame_set(frame, param, u);
        ml_body_outputs(&frame->context, &base, y, out);
        const double pulse = out[ML_O_heart_rate];
        if (!(pulse > before && pulse <= most)) fail_msg("pulse %g at %g degC, most %g", pulse, warmth, most);
        before = pulse;
    }
    assert_true(before > most - 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_rows_are_written),      cmocka_unit_test(eight_lanes_equal_one),
        cmocka_unit_test(flows_carry_no_net_charge),
        cmocka_unit_test(read_pattern_is_complete),
        cmocka_unit_test(the_greatest_pulse),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
