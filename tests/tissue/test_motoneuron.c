/* SPDX-License-Identifier: Apache-2.0 */
/* The published motoneuron against an accurate solution of its equations (brk_reference.py), lanes against scalars. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tissue/motoneuron.h"

enum { CURRENTS = 8 };
static const double current[CURRENTS] = {5, 8, 10, 12, 15, 20, 25, 30}; /* uA/cm2 */
static const double reference[2][CURRENTS] = {
    /* spikes per s 1.5 to 3 s after onset: SciPy LSODA at a relative tolerance of 1e-9 */
    {3.955, 20.590, 26.431, 31.641, 38.778, 49.467, 59.103, 68.029},    /* normal */
    {28.769, 41.114, 48.689, 55.966, 66.731, 118.367, 131.397, 144.358}, /* under serotonin */
};

static MlMotoneuronTraits traits;
static MlMotoneurons cells;
static MlMotoneuronInputs inputs;

typedef struct Tally {
    double first[ML_CELLS], last[ML_CELLS];
    int spikes[ML_CELLS];
} Tally;

/* Runs for a time, ms, counting after skip. */
static Tally run(double time, double skip, double step) {
    Tally tally = {0};
    const int blocks = (int)(time / (step * ML_BLOCK_STEPS));
    for (int b = 0; b < blocks; b++) {
        const double t = b * step * ML_BLOCK_STEPS;
        ml_motoneuron_block8(&traits, &inputs, step, &cells);
        for (int i = 0; i < ML_CELLS; i++) {
            if (t < skip || cells.fired[i] == 0) continue;
            if (tally.spikes[i]++ == 0) tally.first[i] = t;
            tally.last[i] = t;
        }
    }
    return tally;
}

static double rate(const Tally *t, int cell) {
    return t->spikes[cell] > 1 ? 1000 * (t->spikes[cell] - 1) / (t->last[cell] - t->first[cell]) : 0;
}

static void inject(double value) {
    for (int i = 0; i < ML_CELLS; i++) inputs.current_soma[i] = value;
}

static void begin(int aroused) {
    ml_motoneuron_published(&traits, aroused);
    ml_motoneuron_start(&cells);
    memset(&inputs, 0, sizeof inputs);
}

static void rates_are_the_published(void **state) {
    (void)state;
    static const struct {
        double step, error;
    } of[] = {{0.0125, 0.01}, {0.05, 0.025}}; /* ms; relative */
    for (int aroused = 0; aroused < 2; aroused++)
        for (int k = 0; k < 2; k++) {
            begin(aroused);
            run(1000, 0, of[k].step);
            for (int i = 0; i < CURRENTS; i++) inputs.current_soma[i] = current[i];
            const Tally t = run(3000, 1500, of[k].step);
            for (int i = 0; i < CURRENTS; i++)
                assert_true(fabs(rate(&t, i) / reference[aroused][i] - 1) < of[k].error);
            assert_int_equal(t.spikes[CURRENTS], 0); /* no current, no spike */
        }
}

static void rest_is_the_published(void **state) {
    (void)state;
    static const double rest[2][2] = {{-57.3448, -56.6415}, {-54.1342, -52.8367}}; /* soma, dendrite, mV, after 1 s */
    for (int aroused = 0; aroused < 2; aroused++) {
        begin(aroused);
        run(1000, 0, 0.05);
        assert_true(fabs(cells.vs[0] - rest[aroused][0]) < 0.02 && fabs(cells.vd[0] - rest[aroused][1]) < 0.02);
    }
}

/* At 6 uA/cm2 the aroused cell fires at 33/s or, after a pulse, at 81/s with its dendrite at -35 mV; an opposite pulse
 * brings it back. Reference: the same protocol with LSODA. */
static void a_plateau_is_started_and_stopped(void **state) {
    (void)state;
    begin(1);
    inject(6);
    const Tally low = run(1000, 500, 0.025);
    inject(21);
    run(1000, 0, 0.025);
    inject(6);
    const Tally high = run(2000, 1000, 0.025);
    const double plateau = cells.vd[0];
    inject(-9);
    run(500, 0, 0.025);
    inject(6);
    const Tally again = run(1500, 500, 0.025);
    assert_true(fabs(rate(&low, 0) / 33.1 - 1) < 0.03);
    assert_true(fabs(rate(&high, 0) / 80.69 - 1) < 0.03);
    assert_true(fabs(plateau + 35.15) < 1);
    assert_true(fabs(rate(&again, 0) / 33.85 - 1) < 0.03);
    assert_true(cells.vd[0] < -45);
}

/* After a spike (20 uA/cm2 for 4 ms) the soma falls below rest by 2.76 mV, half of which is gone 43.5 ms later: LSODA. */
static void afterhyperpolarization_is_the_published(void **state) {
    (void)state;
    begin(0);
    run(1000, 0, 0.05);
    const double rest = cells.vs[0];
    inject(20);
    run(4, 0, 0.05);
    inject(0);
    double depth = 0, deepest = 0, half = 0;
    for (double t = 0; t < 300; t += 0.4) {
        run(0.4, 0, 0.05);
        const double below = rest - cells.vs[0];
        if (below > depth) depth = below, deepest = t, half = 0;
        else if (half == 0 && below < depth / 2) half = t - deepest;
    }
    assert_true(fabs(depth / 2.76 - 1) < 0.05 && fabs(half / 43.5 - 1) < 0.05);
}

/* Sodium, potassium and calcium, synapses and noise all at work. */
static void lanes_equal_scalars(void **state) {
    (void)state;
    static MlMotoneurons scalar;
    begin(1);
    for (int i = 0; i < ML_CELLS; i++) {
        traits.noise_soma[i] = 5, traits.noise_dendrite[i] = 1, traits.slow_rate[i] = 1e-4 * i;
        traits.shift[i] = 0.1 * i - 1, traits.pace[i] = 0.7 + 0.02 * i;
        inputs.current_soma[i] = i, inputs.excite_dendrite[i] = 0.01 * i, inputs.inhibit_dendrite[i] = 0.02;
        inputs.noise_level[i] = 1;
        inputs.excite_soma[i] = inputs.inhibit_soma[i] = 0.01;
    }
    scalar = cells;
    int spikes = 0;
    for (int b = 0; b < 500; b++) {
        ml_motoneuron_block8(&traits, &inputs, 0.05, &cells);
        ml_motoneuron_block1(&traits, &inputs, 0.05, &scalar);
        for (int i = 0; i < ML_CELLS; i++) spikes += cells.fired[i] > 0;
        assert_memory_equal(&scalar, &cells, sizeof cells);
    }
    assert_true(spikes > 50);
}

/* Mean 0, SD 1, its memory that of the table, and another sequence for each cell. */
static void noise_is_as_said(void **state) {
    (void)state;
    begin(0);
    double sum = 0, squares = 0, together = 0;
    const int blocks = 5000;
    for (int b = 0; b < blocks; b++) {
        ml_motoneuron_block8(&traits, &inputs, 0.05, &cells);
        for (int i = 0; i < ML_CELLS; i++) sum += cells.noise[i], squares += cells.noise[i] * cells.noise[i];
        together += cells.noise[0] * cells.noise[1];
    }
    const double n = (double)blocks * ML_CELLS;
    assert_true(fabs(sum / n) < 0.05 && fabs(squares / n - 1) < 0.05 && fabs(together / blocks) < 0.2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_the_published),
        cmocka_unit_test(rest_is_the_published),
        cmocka_unit_test(a_plateau_is_started_and_stopped),
        cmocka_unit_test(afterhyperpolarization_is_the_published),
        cmocka_unit_test(lanes_equal_scalars),
        cmocka_unit_test(noise_is_as_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
