/* SPDX-License-Identifier: Apache-2.0 */
/* The human axons against what is measured in people, and over all baths. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tissue/axon.h"
#include "tissue/axon_cell.h"

static MlAxonFast of(MlAxonKind kind, const MlBath *bath) {
    const MlAxonDrive d = ml_axon_drive(bath);
    MlAxonFast f;
    ml_axon_fast(kind, &d, &f);
    return f;
}

static MlAxonFull study(MlAxonKind kind, double potassium) {
    MlBath b = ml_bath_normal();
    b.temperature = 34; /* of a nerve at the wrist */
    b.potassium = potassium;
    const MlAxonDrive d = ml_axon_drive(&b);
    MlAxonFull f;
    ml_axon_full(kind, &d, &f);
    return f;
}

static int within(double x, double mean, double spread) { return fabs(x - mean) < spread; }

/* Mean and two standard deviations of people. Motor: Kiernan et al 2000, Mogyoros et al 1996. */
static void motor_battery_is_that_of_people(void **state) {
    (void)state;
    const MlAxonFull f = study(ML_AXON_MOTOR, 4.2);
    assert_true(within(f.time_constant, 0.459, 0.06));
    assert_true(within(f.depolarized_late, 45, 5));
    assert_true(within(f.electrotonus[0][3], 67, 5)); /* at 15 ms */
    assert_true(within(f.hyperpolarized_late, -119, 40));
    assert_true(within(f.refractory_period, 3, 1.2));
    assert_true(within(f.superexcitability, -24, 5));
    assert_true(within(f.subexcitability, 14, 8));
}

static void sensory_battery_is_that_of_people(void **state) {
    (void)state;
    const MlAxonFull s = study(ML_AXON_SENSORY, 4.2), m = study(ML_AXON_MOTOR, 4.2);
    assert_true(within(s.time_constant, 0.665, 0.18));
    assert_true(s.time_constant > m.time_constant + 0.1);
    assert_true(within(s.superexcitability, -17, 5));
    assert_true(within(s.subexcitability, 10.5, 4));
    assert_true(within(s.depolarized_late, 50, 6));
    /* HCN: more accommodation to hyperpolarization, from its peak on */
    assert_true(s.fast.resting_potential > m.fast.resting_potential + 1);
}

static void velocity_is_that_of_people(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    const MlAxonFast warm = of(ML_AXON_MOTOR, &b);
    assert_true(within(warm.velocity, 57, 3));
    assert_true(within(warm.resting_potential, -84, 0.1));
    b.temperature = 33;
    const double slope = (warm.velocity - of(ML_AXON_MOTOR, &b).velocity) / 4;
    assert_true(slope > 1.3 && slope < 2.6);
}

/* Before dialysis: Krishnan et al, Brain 2005;128:2164; within the normal range Kuwabara et al 2007. */
static void potassium_depolarizes_as_in_uremia(void **state) {
    (void)state;
    for (int kind = 0; kind < ML_NAXON; kind++) {
        const MlAxonFull low = study((MlAxonKind)kind, 3.6), high = study((MlAxonKind)kind, 6);
        assert_true(high.fast.resting_potential > low.fast.resting_potential + 2);
        assert_true(high.superexcitability > low.superexcitability + 3);
        assert_true(high.refractory_period > low.refractory_period);
        assert_true(high.depolarized_late < low.depolarized_late);
    }
}

/* Threshold falls with potassium, then rises; at 9.5 mmol/L few axons conduct. */
static void potassium_excites_and_then_blocks(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    for (int kind = 0; kind < ML_NAXON; kind++) {
        b.potassium = 2.5;
        const MlAxonFast low = of((MlAxonKind)kind, &b);
        b.potassium = 6;
        const MlAxonFast high = of((MlAxonKind)kind, &b);
        b.potassium = 9.5;
        const MlAxonFast block = of((MlAxonKind)kind, &b);
        assert_true(high.threshold < low.threshold && block.threshold > high.threshold);
        assert_true(low.conducting > 0.999 && high.conducting > 0.8 && block.conducting < 0.15);
        assert_true(block.velocity > 0 && block.velocity < high.velocity && high.velocity < low.velocity);
    }
}

/* Axons of a nerve are blocked one after the other; the last share counts as none. */
static void a_nerve_is_blocked_by_and_by(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    for (int kind = 0; kind < ML_NAXON; kind++) {
        double before = 1;
        for (b.potassium = 4; b.potassium < 11; b.potassium *= 1.05) {
            const MlAxonFast f = of((MlAxonKind)kind, &b);
            assert_true(f.conducting < before && f.conducting > before - 0.15);
            before = f.conducting;
        }
        b.potassium = 14;
        const MlAxonFast last = of((MlAxonKind)kind, &b);
        assert_true(last.blocked && last.velocity == 0 && last.conducting < 1e-3);
    }
}

static void what_cannot_fire_has_no_margin(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    for (int kind = 0; kind < ML_NAXON; kind++) {
        b.potassium = 1.5;
        assert_true(of((MlAxonKind)kind, &b).margin > 3);
        b.potassium = 8;
        const MlAxonFast high = of((MlAxonKind)kind, &b);
        assert_true(isnan(high.margin) && high.spontaneous_rate == 0);
    }
}

static void nobody_fires_within_the_normal_ranges(void **state) {
    (void)state;
    for (int i = 0; i < 64; i++) {
        MlBath b = ml_bath_normal();
        b.potassium = i & 1 ? 3.5 : 5.1, b.calcium = i & 2 ? 1.15 : 1.3, b.magnesium = i & 4 ? 0.45 : 0.65;
        b.sodium = i & 8 ? 135 : 145, b.ph = i & 16 ? 7.35 : 7.45, b.temperature = i & 32 ? 36 : 38;
        for (int kind = 0; kind < ML_NAXON; kind++) assert_true(of((MlAxonKind)kind, &b).margin > 0);
    }
    for (double potassium = 2.5; potassium < 6.6; potassium += 0.5) {
        MlBath b = ml_bath_normal();
        b.potassium = potassium;
        for (int kind = 0; kind < ML_NAXON; kind++) assert_true(of((MlAxonKind)kind, &b).margin > 1);
    }
}

/* The ionized calcium at which an axon begins to fire. */
static double onset(MlAxonKind kind, MlBath b) {
    for (b.calcium = 1.4; b.calcium > 0.3; b.calcium -= 0.01)
        if (of(kind, &b).margin < 0) return b.calcium;
    return 0;
}

static void low_calcium_tingles_and_then_cramps(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    const double sensory = onset(ML_AXON_SENSORY, b), motor = onset(ML_AXON_MOTOR, b);
    assert_true(sensory > 0.75 && sensory < 0.86);
    assert_true(motor > 0.64 && motor < 0.76);
    b.calcium = sensory - 0.02;
    assert_true(of(ML_AXON_SENSORY, &b).spontaneous_rate > 1);
    b.calcium = motor - 0.02; /* again and again, not once */
    const double rate = of(ML_AXON_MOTOR, &b).spontaneous_rate;
    assert_true(rate > 3 && rate < 30);
    b.potassium = 2.5; /* low potassium hides tetany */
    assert_true(onset(ML_AXON_MOTOR, b) < motor - 0.1);
}

static void overbreathing_tingles(void **state) {
    (void)state;
    MlBath b = ml_bath_normal();
    b.ph = 7.6, b.calcium = 1.1; /* PCO2 of 20 mmHg */
    assert_true(of(ML_AXON_SENSORY, &b).margin < 0.2 && of(ML_AXON_MOTOR, &b).margin > 0);
    b.ph = 7.75, b.calcium = 1.2; /* Steurer et al 1997: tingling in 9, carpopedal spasm in 7 of 10 */
    assert_true(of(ML_AXON_SENSORY, &b).margin < 0 && of(ML_AXON_MOTOR, &b).margin < 0.2);
    b.ph = 7.2, b.calcium = 0.8; /* acidosis protects */
    assert_true(of(ML_AXON_SENSORY, &b).margin > 0.5);
}

static void check(const MlAxonFast *f) {
    assert_true(f->resting_potential > -130 && f->resting_potential < 0);
    assert_true(f->threshold > 0 && f->threshold < 2e4);
    assert_true(f->velocity >= 0 && f->velocity < 120);
    assert_true(f->spontaneous_rate >= 0 && f->spontaneous_rate < 1000);
    assert_true(!isinf(f->margin) && f->conducting >= 0 && f->conducting <= 1 && f->blocked == (f->velocity == 0));
}

static void finite_at_the_limits_of_a_bath(void **state) {
    (void)state;
    for (int corner = 0; corner < 128; corner++) {
        int bit = 0;
        MlBath b;
#define BATH(id, option, unit, normal, low, high, text) b.id = corner >> bit++ & 1 ? high : low;
#include "tissue/tables/bath.def"
#undef BATH
        const MlAxonFast f = of((MlAxonKind)(corner % ML_NAXON), &b);
        check(&f);
    }
}

static void lanes_are_scalars(void **state) {
    (void)state;
    const MlBath b = ml_bath_normal();
    const MlAxonDrive d = ml_axon_drive(&b);
    const MlAxonCell c = ml_axon_cell(ML_AXON_SENSORY, &d);
    double rest[NPATCH];
    _Alignas(64) double eight[NPATCH * LANES], peaks[LANES];
    ml_axon_rest(&c, rest);
    MlAxonPulse pulse = {.width = 1, .until = 5, .dt = 0.01};
    for (int k = 0; k < LANES; k++) {
        pulse.amplitude[k] = 15 * k;
        for (int i = 0; i < NPATCH; i++) eight[i * LANES + k] = rest[i];
    }
    ml_axon_pulse8(&c, &pulse, eight, peaks);
    for (int k = 0; k < LANES; k++) {
        double one[NPATCH], peak;
        MlAxonPulse single = pulse;
        single.amplitude[0] = pulse.amplitude[k];
        memcpy(one, rest, sizeof one);
        ml_axon_pulse1(&c, &single, one, &peak);
        assert_true(peak == peaks[k]);
        for (int i = 0; i < NPATCH; i++) assert_true(one[i] == eight[i * LANES + k]);
    }
}

/* Rest is a rest: nothing moves in 50 ms. A step halved changes a threshold by less than 1 %. */
static void rest_stays_and_steps_are_small_enough(void **state) {
    (void)state;
    const MlBath b = ml_bath_normal();
    const MlAxonDrive d = ml_axon_drive(&b);
    const MlAxonCell c = ml_axon_cell(ML_AXON_MOTOR, &d);
    double rest[NPATCH], patch[NPATCH], peak;
    ml_axon_rest(&c, rest);
    memcpy(patch, rest, sizeof patch);
    MlAxonPulse pulse = {.until = 50, .dt = 0.01};
    ml_axon_pulse1(&c, &pulse, patch, &peak);
    assert_true(fabs(patch[PATCH_node] - rest[PATCH_node]) < 1e-6);
    const double threshold = ml_axon_threshold_from(&c, rest, 1, 0);
    for (int side = -1; side <= 1; side += 2) {
        memcpy(patch, rest, sizeof patch);
        pulse = (MlAxonPulse){.amplitude = {threshold * (1 + 0.01 * side)}, .width = 1, .until = 3, .dt = 0.00125};
        ml_axon_pulse1(&c, &pulse, patch, &peak);
        assert_int_equal(peak > -20, side > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(motor_battery_is_that_of_people),
        cmocka_unit_test(sensory_battery_is_that_of_people),
        cmocka_unit_test(velocity_is_that_of_people),
        cmocka_unit_test(potassium_depolarizes_as_in_uremia),
        cmocka_unit_test(potassium_excites_and_then_blocks),
        cmocka_unit_test(a_nerve_is_blocked_by_and_by),
        cmocka_unit_test(what_cannot_fire_has_no_margin),
        cmocka_unit_test(nobody_fires_within_the_normal_ranges),
        cmocka_unit_test(low_calcium_tingles_and_then_cramps),
        cmocka_unit_test(overbreathing_tingles),
        cmocka_unit_test(finite_at_the_limits_of_a_bath),
        cmocka_unit_test(lanes_are_scalars),
        cmocka_unit_test(rest_stays_and_steps_are_small_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
