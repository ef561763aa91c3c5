/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the wall against the wall. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/lookup/heart_lookup.h"

static double uniform(uint64_t *seed, double low, double high) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return low + (high - low) * ((double)((z ^ (z >> 31)) >> 11) * 0x1p-53);
}

static void close(const MlHeartInput in[8], double repolarized, double velocity, double t_wave) {
    MlHeartRead wall[8], table;
    ml_heart_walls(in, wall);
    for (int i = 0; i < 8; i++) {
        ml_heart_lookup(&in[i], &table);
        const MlHeartRead *w = &wall[i];
        if (!(fabs(w->rest - table.rest) < 0.5 && fabs(w->repolarized - table.repolarized) < repolarized &&
              fabs(w->duration - table.duration) < repolarized && fabs(w->velocity - table.velocity) < velocity &&
              fabs(w->t_wave - table.t_wave) < t_wave))
            fail_msg("K %g, Ca %g, Mg %g: T ends at %g, by the table %g; velocity %g, %g; T wave %g, %g; duration %g, %g; rest %g, %g",
                     in[i].bath.potassium, in[i].bath.calcium, in[i].bath.magnesium, w->repolarized, table.repolarized, w->velocity,
                     table.velocity, w->t_wave, table.t_wave, w->duration, table.duration, w->rest, table.rest);
    }
}

/* QRS, 90 ms at a conduction of 50.5 cm/s, over all that people live through; less close where conduction begins to fail, which by the table
 * it does at much the same levels. */
static void qrs_is_close(void **state) {
    (void)state;
    static const double potassium[] = {2.3, 3.1, 5.5, 6.2, 7.4, 7.8, 8.2, 8.6, 9}, calcium[] = {0.6, 0.7, 0.9, 1.15, 1.3, 1.45, 1.75, 1.9};
    for (size_t k = 0; k < sizeof potassium / sizeof *potassium; k++) {
        MlHeartInput in[8];
        MlHeartRead wall[8], table;
        for (int i = 0; i < 8; i++) {
            in[i] = ml_heart_normal();
            in[i].bath.potassium = potassium[k], in[i].bath.calcium = calcium[i];
        }
        ml_heart_walls(in, wall);
        for (int i = 0; i < 8; i++) {
            ml_heart_lookup(&in[i], &table);
            const double qrs = 90 * 50.5 / wall[i].velocity, off = 90 * 50.5 / table.velocity - qrs;
            if (!(qrs < 135 ? fabs(off) < 2 : qrs < 180 ? fabs(off) < 0.07 * qrs : !(qrs + off < 145)))
                fail_msg("K %g, Ca %g: QRS %g ms, by the table %+g", potassium[k], calcium[i], qrs, off);
        }
    }
}

/* Away from where conduction begins to fail. */
static void potassium_and_calcium_are_close(void **state) {
    (void)state;
    uint64_t seed = 4;
    MlHeartInput in[8];
    for (int i = 0; i < 8; i++) {
        in[i] = ml_heart_normal();
        in[i].bath.potassium = uniform(&seed, 2, 7.5), in[i].bath.calcium = uniform(&seed, 0.85, 1.9);
    }
    close(in, 8, 1, 0.8);
}

static void together_it_is_near(void **state) {
    (void)state;
    uint64_t seed = 5;
    MlHeartInput in[8];
    for (int i = 0; i < 8; i++) {
        in[i] = ml_heart_normal();
        in[i].bath.potassium = uniform(&seed, 2.8, 6.5), in[i].bath.calcium = uniform(&seed, 0.95, 1.5);
        in[i].bath.magnesium = uniform(&seed, 0.3, 1.5), in[i].bath.sodium = uniform(&seed, 125, 155);
        in[i].bath.ph = uniform(&seed, 7.2, 7.55), in[i].bath.temperature = uniform(&seed, 36, 38.5);
    }
    close(in, 25, 3, 2);
}

static void any_input_gives_numbers_or_block(void **state) {
    (void)state;
    uint64_t seed = 6;
    for (int i = 0; i < 10000; i++) {
        MlHeartInput in;
#define BATH(id, option, unit, normal, low, high, text) in.bath.id = uniform(&seed, low, high);
#include "tissue/tables/bath.def"
#undef BATH
        in.cycle = uniform(&seed, 250, 2500);
        MlHeartRead t;
        ml_heart_lookup(&in, &t);
        assert_true(isfinite(t.rest) && isfinite(t.velocity) && isfinite(t.duration));
        assert_true(t.velocity == 0 ? isnan(t.repolarized) : isfinite(t.repolarized));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qrs_is_close),
        cmocka_unit_test(potassium_and_calcium_are_close),
        cmocka_unit_test(together_it_is_near),
        cmocka_unit_test(any_input_gives_numbers_or_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
