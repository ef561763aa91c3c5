/* SPDX-License-Identifier: Apache-2.0 */
/* The pool against what was measured of cramps, and what must hold everywhere. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tissue/pool.h"

static MlPoolTrace trace;

static double uniform(unsigned long long *state, double low, double high) {
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(*state >> 11) * 0x1p-53;
}

static MlPoolTrace run(const MlPoolInput *in, MlPoolTrial trial) {
    MlPoolTrace t = {0};
    ml_pool_run(in, &trial, &t);
    return t;
}

/* Normal but for one field. */
static MlPoolInput changed(size_t offset, double value) {
    MlPoolInput in = ml_pool_normal();
    memcpy((char *)&in + offset, &value, sizeof value);
    return in;
}
static double threshold_at(size_t offset, double value) {
    const MlPoolInput in = changed(offset, value);
    return ml_pool_threshold(&in);
}
#define with(field, value) changed(offsetof(MlPoolInput, field), value)
#define threshold(field, value) threshold_at(offsetof(MlPoolInput, field), value)

/* Of the cells that went on: mean and SD of a property. */
static void over_units(const MlPoolTrace *t, const double *property, double *mean, double *sd) {
    double sum = 0, squares = 0;
    int n = 0;
    for (int i = 0; i < ML_CELLS; i++)
        if (t->unit_time[i] > 3) n++, sum += property[i], squares += property[i] * property[i];
    assert_true(n > 1);
    *mean = sum / n, *sd = sqrt(squares / n - *mean * *mean);
}

/* A train at 1.5 times the threshold of a person with cramps. Minetto 2009: 14.5 (SD 5.1) per s, variation 44.6 % (SD 9.7),
 * units for 23.6 s (SD 16.2); Minetto 2011: cramps of 55.6 s (SD 19.2). Each within 1 SD, SDs within half to twice. */
static void cramps_are_as_measured(void **state) {
    (void)state;
    const MlPoolInput in = with(disposition, 1);
    ml_pool_cramp(&in, 23, &trace);
    double rate, rate_sd, time, time_sd, variation, unused;
    over_units(&trace, trace.unit_rate, &rate, &rate_sd);
    over_units(&trace, trace.unit_time, &time, &time_sd);
    over_units(&trace, trace.unit_variation, &variation, &unused);
    assert_true(fabs(rate - 14.5) < 5.1 && rate_sd > 2.5 && rate_sd < 10.2);
    assert_true(fabs(variation - 0.446) < 0.097);
    assert_true(fabs(time - 23.6) < 16.2 && time_sd > 8 && time_sd < 32);
    assert_true(fabs(trace.duration - 55.6) < 19.2);
}

/* Miller & Knight 2009: 25.5 (SE 1.6) and 14.9 Hz (SE 1.3), within 1 SE. */
static void people_differ_as_measured(void **state) {
    (void)state;
    assert_true(fabs(threshold(disposition, 0) - 25.5) < 1.6);
    const double prone = threshold(disposition, 1);
    assert_true(fabs(prone - 14.9) < 1.3);
    /* Minetto 2011: 18 with the nerve blocked where it is 13 (SD 3 of both) without */
    const MlPoolInput in = with(disposition, 1);
    const double ratio = ml_pool_threshold_blocked(&in) / prone;
    assert_true(ratio > 1.1 && ratio < 1.7);
}

static void threshold_moves_as_it_must(void **state) {
    (void)state;
    const double normal = threshold(drive, 1);
    const double half = threshold(drive, 0.5), twice = threshold(drive, 2), pain = threshold(drive, 1.2);
    assert_true(half > 1.4 * normal && half < 2.2 * normal);
    assert_true(twice < normal / 1.4 && twice > normal / 2.2);
    /* Serrao 2007: painful saline takes it from 31.2 (SE 2.8) to 25.7 (SE 2.1), a fifth, where drive is up by a fifth */
    assert_true(pain < 0.95 * normal && pain > 0.7 * normal);
    assert_true(threshold(inhibition, 2) > 1.1 * normal && threshold(inhibition, 0.5) < 0.95 * normal);
    assert_true(threshold(terminal_excitability, 2) < 0.9 * normal);
    /* over the spinal fluid of people, 2.6 to 3.2 mmol/L of potassium, it neither vanishes nor is lost */
    const double low = threshold(csf_potassium, 2.6), high = threshold(csf_potassium, 3.2);
    assert_true(high < normal && normal < low && high > 15 && low < 40);
}

static void silent_without_a_train_and_after_a_voluntary_contraction(void **state) {
    (void)state;
    for (int d = 0; d < 2; d++) {
        const MlPoolInput in = with(disposition, d);
        const MlPoolTrace rest = run(&in, (MlPoolTrial){.burst = 3, .watch = 0});
        assert_int_equal(rest.before + rest.count, 0);
        const MlPoolTrace effort = run(&in, (MlPoolTrial){.burst = 3, .command = 20, .watch = 10});
        assert_true(effort.rate[4] > 8 && effort.rate[4] < 20); /* per s */
        assert_int_equal(effort.units, 0);
        assert_true(effort.duration < 0.5);
    }
}

/* Khan & Burne 2007: stimulation of the tendon inhibits the cramp. */
static void tendon_inhibition_cuts_a_cramp(void **state) {
    (void)state;
    const MlPoolInput in = ml_pool_normal();
    MlPoolTrial trial = ml_pool_trial(30);
    trial.watch = 15;
    const MlPoolTrace free = run(&in, trial);
    trial.relief_time = 4, trial.relief_inhibition = 6;
    const MlPoolTrace relieved = run(&in, trial);
    const int before = 11, after = 20; /* bins of half a second from the start of the burst, which lasts 2 s */
    assert_true(free.rate[before] == relieved.rate[before]);
    assert_true(relieved.rate[after] < 0.65 * free.rate[after]);
}

static void more_frequency_recruits_more(void **state) {
    (void)state;
    const MlPoolInput in = ml_pool_normal();
    MlPoolTrial weak = ml_pool_trial(28), strong = ml_pool_trial(45);
    weak.watch = strong.watch = 4;
    assert_true(run(&in, strong).units > run(&in, weak).units);
}

static void reflex_follows_its_inputs(void **state) {
    (void)state;
    const MlPoolInput normal = ml_pool_normal(), driven = with(drive, 1.3), idle = with(drive, 0.7);
    assert_true(ml_pool_reflex(&normal) == 1);
    assert_true(ml_pool_reflex(&driven) > 1.1 && ml_pool_reflex(&idle) < 0.9);
    const MlPoolInput rich = with(csf_potassium, 3.4), poor = with(csf_potassium, 2.5);
    assert_true(ml_pool_reflex(&rich) > 1 && ml_pool_reflex(&poor) < 1);
}

static int all_finite(const MlPoolTrace *t) {
    double sum = t->duration + t->terminal_share + t->terminal_time;
    for (int i = 0; i < ML_CELLS; i++) sum += t->unit_rate[i] + t->unit_time[i] + t->unit_variation[i];
    for (int i = 0; i < t->bins; i++) sum += t->rate[i];
    return isfinite(sum) && sum >= 0;
}

static void finite_over_all_inputs(void **state) {
    (void)state;
    unsigned long long random = 5;
    double fired = 0;
    for (int i = 0; i < 100; i++) {
        MlPoolInput in;
        const int corner = i % 4 == 0;
#define INPUT(id, unit, normal, low, high, text)                                                             \
    in.id = corner ? (uniform(&random, 0, 1) < 0.5 ? low : high) : uniform(&random, low, high);
#include "tissue/tables/pool_input.def"
#undef INPUT
        const MlPoolTrace t = run(&in, (MlPoolTrial){.frequency = uniform(&random, 2, 60), .burst = 0.5, .watch = 0.2});
        assert_true(all_finite(&t));
        for (int b = 0; b < t.bins; b++) assert_true(t.rate[b] < 250);
        fired += t.count;
        const double fast = ml_pool_threshold_fast(&in);
        assert_true(isfinite(fast) && fast > 0);
    }
    assert_true(fired > 0);
}

static void spikes_are_told_and_repeat(void **state) {
    (void)state;
    static MlPoolSpike spikes[400];
    const MlPoolInput in = ml_pool_normal();
    MlPoolTrial trial = ml_pool_trial(40);
    trial.watch = 1;
    MlPoolTrace one = {.spikes = spikes, .capacity = 400};
    ml_pool_run(&in, &trial, &one);
    const MlPoolTrace two = run(&in, trial);
    assert_int_equal(one.count, two.count);
    assert_memory_equal(one.rate, two.rate, sizeof one.rate);
    assert_true(one.count > one.capacity); /* and what has no room is counted only */
    for (int i = 1; i < one.capacity; i++) assert_true(spikes[i].time >= spikes[i - 1].time && spikes[i].cell < ML_CELLS);
}

/* Away from the limits of the fit. */
static void formula_tells_the_threshold(void **state) {
    (void)state;
    unsigned long long random = 77;
    double squares = 0;
    const int n = 6;
    for (int i = 0; i < n; i++) {
        MlPoolInput in = ml_pool_normal();
        in.drive = exp(uniform(&random, log(0.5), log(3.5)));
        in.inhibition = uniform(&random, 0.5, 2.2);
        in.disposition = uniform(&random, -0.3, 1.3);
        in.csf_potassium = uniform(&random, 2.6, 3.2);
        in.csf_calcium = uniform(&random, 1, 1.3);
        in.temperature = uniform(&random, 36, 39);
        in.terminal_excitability = exp(uniform(&random, log(0.6), log(2.2)));
        const double error = ml_pool_threshold_fast(&in) - ml_pool_threshold(&in);
        assert_true(fabs(error) < 5);
        squares += error * error;
    }
    assert_true(sqrt(squares / n) < 2.5);
}

static void without_drive_no_cramp(void **state) {
    (void)state;
    const MlPoolInput little = with(drive, 0.3), less = with(drive, 0.15), none = with(drive, 0), much = with(drive, 8), most = with(drive, 4);
    assert_true(fabs(ml_pool_threshold_fast(&little) / ml_pool_threshold(&little) - 1) < 0.15);
    assert_true(ml_pool_threshold(&less) == ML_POOL_NONE && ml_pool_threshold_fast(&less) == ML_POOL_NONE);
    assert_true(ml_pool_threshold_fast(&none) == ML_POOL_NONE);
    assert_true(ml_pool_threshold_fast(&much) == ml_pool_threshold_fast(&most));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cramps_are_as_measured),
        cmocka_unit_test(people_differ_as_measured),
        cmocka_unit_test(threshold_moves_as_it_must),
        cmocka_unit_test(silent_without_a_train_and_after_a_voluntary_contraction),
        cmocka_unit_test(tendon_inhibition_cuts_a_cramp),
        cmocka_unit_test(more_frequency_recruits_more),
        cmocka_unit_test(reflex_follows_its_inputs),
        cmocka_unit_test(finite_over_all_inputs),
        cmocka_unit_test(spikes_are_told_and_repeat),
        cmocka_unit_test(formula_tells_the_threshold),
        cmocka_unit_test(without_drive_no_cramp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
