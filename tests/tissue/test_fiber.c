/* SPDX-License-Identifier: Apache-2.0 */
/* The fiber against an independent integration of the published one; its two resting states; what people and
 * isolated muscles show; every bath gives numbers; lanes equal scalars. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tissue/fiber.h"
#include "tissue/fiber_cell.h"
#include "tissue/force.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/force.def"
#undef PARAM

static void near(double x, double wanted, double within) {
    if (fabs(x - wanted) <= within) return;
    fail_msg("%g is not %g within %g", x, wanted, within);
}

static MlFiberFast at_potassium(MlFiberKind kind, double potassium) {
    MlFiberInput in = ml_fiber_normal();
    in.bath.potassium = potassium;
    MlFiberFast f;
    ml_fiber_fast(kind, &in, &f);
    return f;
}

/* LSODA, relative tolerance 1e-8, of the equations and parameters of Cannon lab 2024: potassium of the bath,
 * rest of surface and tubule, potassium of the tubule, peaks of surface and tubule after 0.5 ms of endplate.
 */
static const double published[][6] = {
    {2, -88.2017, -88.2462, 2.55866, 47.61, 48.5628},
    {3, -88.7269, -88.767, 3.26502, 48.0628, 49.0211},
    {4, -87.2468, -87.2848, 3.85768, 46.7426, 47.7147},
    {4.5, -86.2475, -86.2858, 4.15764, 45.6533, 46.6269},
    {5, -85.1579, -85.1971, 4.46404, 44.2625, 45.2383},
    {6, -82.8348, -82.8764, 5.09926, 40.4721, 41.4378},
    {8, -78.104, -78.1503, 6.45552, 28.7539, 29.5768},
    {10, -73.7469, -73.797, 7.89009, 13.801, 14.3948},
    {12, -69.9163, -69.97, 9.36648, -0.201201, 0.206568},
};

static void one_pulse(const MlFiberCell *cell, double dt, double ms, double *y, double *seen) {
    double after[ML_FIBER_NSEEN];
    ml_fiber_run1(cell, &(MlFiberRun){dt, (int)lround(0.5 / dt), 1}, y, seen);
    ml_fiber_run1(cell, &(MlFiberRun){dt, (int)lround((ms - 0.5) / dt), 0}, y, after);
    for (int i = 0; i < ML_FIBER_NSEEN; i++) seen[i] = fmax(seen[i], after[i]);
}

static void published_fiber_rests_and_fires(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const double *row = published[i];
        MlFiberCell cell = ml_fiber_published();
        cell.potassium = row[0];
        double y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
        ml_fiber_rest1(&cell, 30, y);
        near(y[ML_FIBER_v_surface], row[1], 1e-3);
        near(y[ML_FIBER_v_tubule], row[2], 1e-3);
        near(y[ML_FIBER_potassium], row[3], 1e-3);
        one_pulse(&cell, 0.01, 10, y, seen);
        near(seen[ML_SEEN_peak], row[4], 0.1);
        near(seen[ML_SEEN_peak_tubule], row[5], 0.2);
    }
}

/* The same integration, ten pulses each 100/3 ms at potassium 4.5 and 7. */
static const double trains[][11] = {
    {4.5, 45.6533, 21.0086, 18.0073, 16.1574, 14.4783, 12.9959, 11.7361, 10.6816, 9.81036, 9.09306},
    {7, 35.2611, 11.743, 8.5519, 6.67797, 5.17928, 3.96065, 2.96217, 2.14949, 1.48284, 0.932767},
};

static void published_fiber_tires_in_a_train(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof trains / sizeof *trains; i++) {
        MlFiberCell cell = ml_fiber_published();
        cell.potassium = trains[i][0];
        double y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
        ml_fiber_rest1(&cell, 30, y);
        for (int k = 0; k < 10; k++) {
            one_pulse(&cell, 1.0 / 120, 100.0 / 3, y, seen);
            near(seen[ML_SEEN_peak], trains[i][k + 1], 0.1);
        }
    }
}

static void step_is_of_second_order(void **state) {
    (void)state;
    double peak[3];
    for (int k = 0; k < 3; k++) {
        const MlFiberCell cell = ml_fiber_published();
        double y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
        ml_fiber_rest1(&cell, 30, y);
        const double dt = 0.02 / (1 << k);
        one_pulse(&cell, dt, 3, y, seen);
        one_pulse(&cell, dt, 3, y, seen); /* state at 6 ms: no greatest of a grid */
        peak[k] = y[ML_FIBER_v_surface];
    }
    assert_true(fabs(peak[0] - peak[1]) > 2.5 * fabs(peak[1] - peak[2]));
}

static void lanes_equal_scalars(void **state) {
    (void)state;
    MlFiberCell cell[8];
    MlReal8 y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
    for (int i = 0; i < 8; i++) {
        MlFiberInput in = ml_fiber_normal();
        in.bath.potassium = 1.5 + i, in.bath.calcium = 0.6 + 0.2 * i;
        cell[i] = ml_fiber_cell(i % 2 ? ML_FIBER_FAST : ML_FIBER_SLOW, &in, 0.3 * i - 1, 1 - 0.3 * i);
    }
    ml_fiber_rest8(cell, 12, y);
    ml_fiber_run8(cell, &(MlFiberRun){0.02, 25, 1}, y, seen);
    ml_fiber_run8(cell, &(MlFiberRun){0.02, 200, 0}, y, seen);
    for (int i = 0; i < 8; i++) {
        double one[ML_FIBER_NSTATE], saw[ML_FIBER_NSEEN];
        ml_fiber_rest1(&cell[i], 12, one);
        ml_fiber_run1(&cell[i], &(MlFiberRun){0.02, 25, 1}, one, saw);
        ml_fiber_run1(&cell[i], &(MlFiberRun){0.02, 200, 0}, one, saw);
        for (int k = 0; k < ML_FIBER_NSTATE; k++) assert_true(one[k] == y[k][i]);
        for (int k = 0; k < ML_FIBER_NSEEN; k++) assert_true(saw[k] == seen[k][i]);
    }
}

/* At the same bath a fiber stays where it is: polarized, or depolarized after it was pushed there and
 * chloride followed. */
static void low_potassium_has_two_rests(void **state) {
    (void)state;
    MlFiberInput in = ml_fiber_normal();
    in.bath.potassium = 2;
    const MlFiberCell cell = ml_fiber_cell(ML_FIBER_SLOW, &in, 0, 0);
    double y[ML_FIBER_NSTATE], seen[ML_FIBER_NSEEN];
    ml_fiber_rest1(&cell, 30, y);
    const double polarized = y[ML_FIBER_v_surface];
    const MlFiberRun second = {0.05, 20000, 0};
    ml_fiber_run1(&cell, &second, y, seen);
    near(y[ML_FIBER_v_surface], polarized, 0.05);
    y[ML_FIBER_v_surface] = y[ML_FIBER_v_tubule] = -45;
    y[ML_FIBER_cell_chloride] = cell.chloride * exp(-45 / cell.thermal);
    for (int i = 0; i < 5; i++) ml_fiber_run1(&cell, &second, y, seen);
    assert_true(y[ML_FIBER_v_surface] > -65 && polarized < -90);
}

static void normal_fibers_are_normal(void **state) {
    (void)state;
    for (int kind = 0; kind < ML_NFIBER; kind++) {
        const MlFiberFast f = at_potassium(kind, 4.2);
        near(f.twitch, 1, 0.01), near(f.tetanus, 1, 0.01), near(f.force, 1, 0.01), near(f.wave, 1, 0.01);
        assert_true(f.rest > -93 && f.rest < -85 && f.peak > 10 && f.peak < 50 && f.polarized > 0.98);
        assert_true(f.chloride > 2.5 && f.chloride < 6); /* passive at -89 mV: 3.7 */
    }
}

static void potassium_takes_force_on_both_sides(void **state) {
    (void)state;
    double last = 0, rest = -1000;
    for (int i = 0; i < 6; i++) { /* 1 to 3.5 */
        const MlFiberFast f = at_potassium(ML_FIBER_SLOW, 1 + 0.5 * i);
        assert_true(f.force >= last - 0.005 && f.polarized >= 0);
        last = f.force;
    }
    for (int i = 0; i < 10; i++) { /* 4 to 13 */
        const MlFiberFast f = at_potassium(ML_FIBER_FAST, 4 + i);
        assert_true(f.rest > rest);
        rest = f.rest;
    }
    double force[5]; /* weakness from 7, paralysis at 9, weakness at 2.5, below 2 at most half of the force is
                        left */
    const double potassium[5] = {6, 7, 9, 2.5, 1.5};
    for (int i = 0; i < 5; i++)
        force[i] = 0.5 * (at_potassium(ML_FIBER_SLOW, potassium[i]).force +
                          at_potassium(ML_FIBER_FAST, potassium[i]).force);
    assert_true(force[0] > 0.9 && force[1] < 0.92 && force[1] > 0.6 && force[2] < 0.35);
    assert_true(force[3] < 0.95 && force[3] > 0.75 && force[4] < 0.6);
}

/* Isolated muscle: force, of that at potassium 4. */
static double tetanus(MlFiberKind kind, double temperature, double potassium, double pump, double ph) {
    MlFiberInput in = ml_fiber_normal();
    MlFiberFast f, control;
    in.bath.temperature = temperature, in.bath.potassium = 4;
    ml_fiber_fast(kind, &in, &control);
    in.bath.potassium = potassium, in.pump = pump, in.bath.ph = ph;
    if (pump > 1) in.cell_sodium = 8; /* what salbutamol leaves */
    ml_fiber_fast(kind, &in, &f);
    return f.tetanus / control.tetanus;
}

static void isolated_muscle_fails_and_is_rescued(void **state) {
    (void)state;
    near(tetanus(ML_FIBER_SLOW, 30, 9, 1, 7.4), 0.89, 0.1);   /* Pedersen 2003 */
    near(tetanus(ML_FIBER_SLOW, 30, 11, 1, 7.4), 0.16, 0.12); /* Pedersen 2003 */
    near(tetanus(ML_FIBER_SLOW, 35, 11, 1, 7.4), 0.35, 0.12); /* Pedersen 2003 */
    near(tetanus(ML_FIBER_FAST, 30, 13, 1, 7.4), 0.22, 0.1);  /* Hansen 2005 */
    near(tetanus(ML_FIBER_FAST, 30, 13, 2.5, 7.4), 0.83, 0.12);
    near(tetanus(ML_FIBER_SLOW, 30, 11, 2.5, 7.4), 0.93, 0.12);
    assert_true(tetanus(ML_FIBER_SLOW, 30, 11, 1, 6.75) > 0.6); /* Pedersen 2005 */
}

static void directions_hold(void **state) {
    (void)state;
    for (int kind = 0; kind < ML_NFIBER; kind++) {
        MlFiberInput in = ml_fiber_normal();
        MlFiberFast base, f;
        in.bath.potassium = 11;
        ml_fiber_fast(kind, &in, &base);
        in.bath.calcium = 10; /* Cairns 2015: 16 to 54 mV more */
        ml_fiber_fast(kind, &in, &f);
        assert_true(f.peak > base.peak + 16);
        in = ml_fiber_normal(), in.fatigue = 1;
        ml_fiber_fast(kind, &in, &f);
        assert_true(f.force < 0.8 && f.force > 0.2);
        in = ml_fiber_normal(), in.cell_acid = 0.5;
        ml_fiber_fast(kind, &in, &f);
        assert_true(f.force < 0.95);
        in = ml_fiber_normal(), in.leak = 1e-8,
        in.bath.potassium = 2.5; /* Jurkat-Rott 2009: leak makes low potassium paralyze */
        ml_fiber_fast(kind, &in, &f);
        assert_true(f.polarized < at_potassium(kind, 2.5).polarized - 0.2);
        in = ml_fiber_normal(), in.bath.sodium = 70, in.bath.potassium = 9;
        ml_fiber_fast(kind, &in, &f);
        assert_true(f.peak < at_potassium(kind, 9).peak);
    }
}

static uint64_t next(uint64_t *seed) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *seed, double low, double high) {
    return low + (high - low) * ((double)(next(seed) >> 11) * 0x1p-53);
}

static MlFiberInput anyone(uint64_t *seed) {
    MlFiberInput in;
#define BATH(id, option, unit, normal, low, high, text) in.bath.id = uniform(seed, low, high);
#include "tissue/tables/bath.def"
#undef BATH
#define INPUT(id, unit, normal, low, high, text) in.id = uniform(seed, low, high);
#include "tissue/tables/fiber_input.def"
#undef INPUT
    if (next(seed) % 2) in.cell_chloride = 0;
    if (next(seed) % 2) in.leak = 0;
    return in;
}

static void every_bath_gives_numbers(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 300; i++) {
        const MlFiberInput in = anyone(&seed);
        MlFiberFast f;
        ml_fiber_fast(i % ML_NFIBER, &in, &f);
#define FAST(id, unit, text) assert_true(isfinite(f.id));
#include "tissue/tables/fiber_fast.def"
#undef FAST
        assert_true(f.rest > -200 && f.rest < 20 && f.peak < 100 && f.chloride > 0);
        assert_true(f.polarized >= 0 && f.polarized <= 1 && f.excitable >= 0 && f.excitable <= 1);
        assert_true(f.force >= 0 && f.force < 1.5 && f.wave >= 0);
    }
}

static void trains_show_failure(void **state) {
    (void)state;
    MlFiberInput in = ml_fiber_normal();
    MlFiberFull f;
    ml_fiber_full(ML_FIBER_SLOW, &in, &f);
    near(f.action[0], f.fast.rest, 2);
    double height = f.action[0];
    for (int i = 0; i < ML_FIBER_TRACE; i++) height = fmax(height, f.action[i]);
    near(height, f.fast.peak, 4);
    assert_true(f.potassium[29] > f.potassium[0] + 1 && f.peak[29] < f.peak[0]);
    assert_true(f.wave[29] > 0.8 && f.force[80] > 0.9 && f.force[ML_FIBER_FORCE - 1] < 0.05);
    in.bath.potassium = 10;
    ml_fiber_full(ML_FIBER_SLOW, &in, &f);
    assert_true(f.propagated[29] < f.propagated[0] - 0.1 && f.wave[29] < f.wave[0] - 0.1 &&
                f.force[80] < 0.8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_fiber_rests_and_fires),
        cmocka_unit_test(published_fiber_tires_in_a_train),
        cmocka_unit_test(step_is_of_second_order),
        cmocka_unit_test(lanes_equal_scalars),
        cmocka_unit_test(low_potassium_has_two_rests),
        cmocka_unit_test(normal_fibers_are_normal),
        cmocka_unit_test(potassium_takes_force_on_both_sides),
        cmocka_unit_test(isolated_muscle_fails_and_is_rescued),
        cmocka_unit_test(directions_hold),
        cmocka_unit_test(every_bath_gives_numbers),
        cmocka_unit_test(trains_show_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
