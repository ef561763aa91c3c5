/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the fiber against the fiber: with potassium alone, and with all inputs at random. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/lookup/fiber_lookup.h"

static uint64_t next(uint64_t *seed) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *seed, double low, double high) {
    return low + (high - low) * ((double)(next(seed) >> 11) * 0x1p-53);
}

static void potassium_alone_is_close(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++) {
        MlFiberInput in = ml_fiber_normal();
        MlFiberFast f, t;
        in.bath.potassium = uniform(&seed, 0.6, 13);
        ml_fiber_fast(i % ML_NFIBER, &in, &f);
        ml_fiber_lookup(i % ML_NFIBER, &in, &t);
        assert_true(fabs(f.rest - t.rest) < 0.3 && fabs(f.peak - t.peak) < 0.5 &&
                    fabs(f.chloride - t.chloride) < 0.05);
        assert_true(fabs(f.polarized - t.polarized) < 0.02 && fabs(f.excitable - t.excitable) < 0.03);
        assert_true(fabs(f.wave - t.wave) < 0.03 && fabs(f.twitch - t.twitch) < 0.04);
        assert_true(fabs(f.tetanus - t.tetanus) < 0.03 && fabs(f.force - t.force) < 0.03);
    }
}

/* Half of the ranges over which tissues must be sensible, all inputs at once. */
static MlFiberInput anyone(uint64_t *seed) {
    MlFiberInput in = ml_fiber_normal();
    in.bath.potassium = uniform(seed, 1.5, 9);
    in.bath.sodium = uniform(seed, 125, 155);
    in.bath.calcium = uniform(seed, 0.9, 1.6);
    in.bath.magnesium = uniform(seed, 0.4, 1);
    in.bath.ph = uniform(seed, 7.2, 7.55);
    in.bath.temperature = uniform(seed, 35, 39);
    in.cell_potassium = uniform(seed, 135, 155);
    in.cell_sodium = fmax(160 - in.cell_potassium, 10) + uniform(seed, 0, 4); /* what stands for lost potassium, and a little more */
    in.pump = uniform(seed, 0.7, 1.6);
    in.fatigue = uniform(seed, 0, 0.5);
    in.cell_acid = uniform(seed, 0, 0.25);
    return in;
}

static void together_it_is_near(void **state) {
    (void)state;
    enum { N = 150 };
    uint64_t seed = 2;
    double rest = 0, peak = 0, force = 0;
    int far = 0;
    for (int i = 0; i < N; i++) {
        const MlFiberInput in = anyone(&seed);
        MlFiberFast f, t;
        ml_fiber_fast(i % ML_NFIBER, &in, &f);
        ml_fiber_lookup(i % ML_NFIBER, &in, &t);
        rest += fabs(f.rest - t.rest) / N, peak += fabs(f.peak - t.peak) / N,
            force += fabs(f.force - t.force) / N;
        far += fabs(f.force - t.force) > 0.15;
    }
    if (!(rest < 1.3 && peak < 2.5 && force < 0.04 && far < N / 10)) fail_msg("rest off by %g, peak by %g, force by %g; %d far", rest, peak, force, far);
}

/* Potassium lost from cells and from the fluid around them, together. */
static void lost_potassium_is_near(void **state) {
    (void)state;
    for (int kind = 0; kind < ML_NFIBER; kind++)
        for (double cell = 85; cell <= 150; cell += 13)
            for (double potassium = 1.5; potassium < 4.6; potassium += 0.75) {
                MlFiberInput in = ml_fiber_normal();
                in.bath.potassium = potassium;
                in.cell_potassium = cell;
                in.cell_sodium = 160 - cell;
                MlFiberFast f, t;
                ml_fiber_fast(kind, &in, &f);
                ml_fiber_lookup(kind, &in, &t);
                if (!(fabs(f.force - t.force) < 0.12 && fabs(f.excitable - t.excitable) < 0.12))
                    fail_msg("cell %g, bath %g: force %g by the table, %g by the model; excitable %g, %g", cell, potassium, t.force,
                             f.force, t.excitable, f.excitable);
            }
}

static void any_input_gives_numbers(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 10000; i++) {
        MlFiberInput in;
#define BATH(id, option, unit, normal, low, high, text) in.bath.id = uniform(&seed, low, high);
#include "tissue/tables/bath.def"
#undef BATH
#define INPUT(id, unit, normal, low, high, text) in.id = uniform(&seed, low, high);
#include "tissue/tables/fiber_input.def"
#undef INPUT
        MlFiberFast t;
        ml_fiber_lookup(i % ML_NFIBER, &in, &t);
#define FAST(id, unit, text) assert_true(isfinite(t.id));
#include "tissue/tables/fiber_fast.def"
#undef FAST
        assert_true(t.polarized >= 0 && t.polarized <= 1 && t.force >= 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(potassium_alone_is_close),
        cmocka_unit_test(together_it_is_near),
        cmocka_unit_test(lost_potassium_is_near),
        cmocka_unit_test(any_input_gives_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
