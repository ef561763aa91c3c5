/* SPDX-License-Identifier: Apache-2.0 */
/* The cell of the ventricle against a run of the published code, eight against one, its step, and what ions do to it and to the
 * wall. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/heart.h"

#define NEAR(what, got, expected, within)                                                                                      \
    do {                                                                                                                       \
        if (!(fabs((got) - (expected)) < (within))) fail_msg("%s: %g, expected %g +- %g", what, (double)(got), (double)(expected), (double)(within)); \
    } while (0)

static MlReal8 state[ML_HEART_NSTATE], seen[ML_HEART_NSEEN];

static void begin(MlHeartKind kind) {
    double start[ML_HEART_NSTATE];
    ml_heart_start(kind, start);
    for (int i = 0; i < ML_HEART_NSTATE; i++) state[i] = start[i] - (MlReal8){0};
}

/* Beat 100 at 1 Hz of the epicardial cell. Values: equations of jtmff/torord (commit 11e463d) with CVODE at a relative tolerance of
 * 1e-6; potassium and calcium outside, then APD90, rest, peak, greatest rise, calcium of the cytosol, sodium within. */
static const struct {
    double potassium, calcium, apd90, rest, peak, rise, calcium_peak, sodium;
} published[] = {
    {3, 1.8, 275.72, -102.224, 36.524, 383.3, 829, 13.288}, {5, 1.8, 238.25, -89.140, 32.037, 346.3, 686, 12.835},
    {8, 1.8, 207.98, -76.929, 19.308, 156.4, 604, 12.407},  {5, 1.0, 229.24, -89.377, 32.662, 354.0, 272, 12.215},
    {5, 2.6, 250.66, -88.643, 31.391, 337.1, 1130, 13.323},
};
enum { NPUBLISHED = 5 };

static void the_cell_is_the_published_one(void **unused) {
    (void)unused;
    MlHeartCell cell[8];
    for (int i = 0; i < 8; i++) {
        const int k = i < NPUBLISHED ? i : 1;
        cell[i] = ml_heart_published(ML_HEART_EPI, published[k].potassium, published[k].calcium);
    }
    begin(ML_HEART_EPI);
    const MlHeartBeat beat = {.cycle = 1000, .stimulus_time = 1, .fine = 1};
    for (int i = 0; i < 100; i++) ml_heart_beat8(cell, &beat, state, seen, NULL);
    for (int i = 0; i < NPUBLISHED; i++) {
        NEAR("APD90", seen[ML_HEART_SEEN_apd90][i], published[i].apd90, 1);
        NEAR("rest", seen[ML_HEART_SEEN_rest][i], published[i].rest, 0.02);
        NEAR("peak", seen[ML_HEART_SEEN_peak][i], published[i].peak, 0.5);
        NEAR("rise", seen[ML_HEART_SEEN_rise][i], published[i].rise, 0.025 * published[i].rise);
        NEAR("calcium", 1e6 * seen[ML_HEART_SEEN_calcium_peak][i], published[i].calcium_peak, 0.05 * published[i].calcium_peak);
        NEAR("sodium", state[ML_HEART_sodium][i], published[i].sodium, 0.08);
    }
}

/* Published by the authors: APD90 of the endocardial cell, about 270 ms at 1 Hz. Half the step moves it little. */
static void steps_are_short_enough(void **unused) {
    (void)unused;
    double apd[2];
    for (int half = 0; half < 2; half++) {
        const MlHeartCell cell = ml_heart_published(ML_HEART_ENDO, 5, 1.8);
        double y[ML_HEART_NSTATE], told[ML_HEART_NSEEN];
        ml_heart_start(ML_HEART_ENDO, y);
        const MlHeartBeat beat = {.cycle = 1000, .stimulus_time = 1, .fine = half ? 0.5 : 1};
        for (int i = 0; i < 3; i++) ml_heart_beat1(&cell, &beat, y, told, NULL);
        apd[half] = told[ML_HEART_SEEN_apd90];
    }
    NEAR("APD90", apd[0], 271, 2);
    NEAR("APD90 by half the step", apd[1], apd[0], 0.4);
}

static void eight_are_as_one(void **unused) {
    (void)unused;
    MlHeartCell cell[8];
    double y[ML_HEART_NSTATE], told[ML_HEART_NSEEN];
    for (int i = 0; i < 8; i++) cell[i] = ml_heart_published((MlHeartKind)(i % ML_NHEART), 3 + 0.7 * i, 1 + 0.2 * i);
    begin(ML_HEART_ENDO);
    const MlHeartBeat beat = {.cycle = 400, .stimulus_time = 1, .giving = 0.7, .fine = 1};
    ml_heart_beat8(cell, &beat, state, seen, NULL);
    for (int i = 0; i < 8; i++) {
        ml_heart_start(ML_HEART_ENDO, y);
        ml_heart_beat1(&cell[i], &beat, y, told, NULL);
        for (int s = 0; s < ML_HEART_NSTATE; s++) assert_true(y[s] == state[s][i]);
    }
}

/* Corners of the ranges that people survive, and beyond. */
static void any_bath_gives_numbers(void **unused) {
    (void)unused;
    static const double potassium[] = {1.5, 10}, calcium[] = {0.5, 2.5}, magnesium[] = {0.2, 6}, sodium[] = {110, 170};
    for (int two = 0; two < 2; two++) {
        MlHeartCell cell[8];
        for (int i = 0; i < 8; i++) {
            MlBath bath = ml_bath_normal();
            bath.potassium = potassium[i & 1], bath.calcium = calcium[i >> 1 & 1];
            bath.magnesium = magnesium[i >> 2], bath.sodium = sodium[two];
            cell[i] = ml_heart_cell(ML_HEART_ENDO, &bath);
        }
        begin(ML_HEART_ENDO);
        const MlHeartBeat beat = {.cycle = 1000, .stimulus_time = 1, .giving = 0.7, .fine = 1};
        for (int i = 0; i < 5; i++) ml_heart_beat8(cell, &beat, state, seen, NULL);
        for (int s = 0; s < ML_HEART_NSTATE; s++)
            for (int i = 0; i < 8; i++) assert_true(isfinite(state[s][i]));
        for (int i = 0; i < 8; i++) assert_true(state[ML_HEART_calcium][i] > 0 && state[ML_HEART_release_store][i] > 0);
    }
}

static MlHeartWall wall_by(double fine, int beats, double potassium) {
    static MlReal8 group[ML_HEART_GROUPS][ML_HEART_NSTATE], told[ML_HEART_GROUPS][ML_HEART_NSEEN];
    MlHeartCell cell[ML_HEART_WALL];
    MlHeartWall w = {.shown = {0, 60, 30}};
    MlBath bath = ml_bath_normal();
    double start[ML_HEART_NSTATE];
    bath.potassium = potassium;
    ml_heart_start_body(start);
    for (int i = 0; i < ML_HEART_WALL; i++) {
        cell[i] = ml_heart_cell(i < 40 ? ML_HEART_ENDO : ML_HEART_EPI, &bath);
        for (int s = 0; s < ML_HEART_NSTATE; s++) group[i / 8][s][i % 8] = start[s];
    }
    const MlHeartBeat beat = {.cycle = 1000, .fine = fine};
    ml_heart_wall_run(cell, &beat, beats, group, told, &w);
    return w;
}

/* A beat of the wall by its steps, long where little happens, against a quarter of them. */
static void steps_of_the_wall_are_short_enough(void **unused) {
    (void)unused;
    static const double potassium[] = {2.5, 4.2, 7.5};
    for (int k = 0; k < 3; k++) {
        const MlHeartWall usual = wall_by(1, 1, potassium[k]), close = wall_by(0.25, 1, potassium[k]);
        double height = 0, off = 0;
        for (int t = 0; t < ML_HEART_TRACE; t++) height = fmax(height, close.ecg[t]);
        for (int t = 60; t < ML_HEART_TRACE; t++) off = fmax(off, fabs(usual.ecg[t] - close.ecg[t]));
        NEAR("last cell", usual.activated[ML_HEART_WALL - 1], close.activated[ML_HEART_WALL - 1], 0.004 * close.activated[ML_HEART_WALL - 1]);
        if (!(off < 0.035 * height)) fail_msg("potassium %g: electrocardiogram off by %g of %g", potassium[k], off, height);
    }
}

/* T wave: 1/8 to 2/3 of R, no dip before it worth the name. */
static void the_t_wave_is_of_a_normal_height(void **unused) {
    (void)unused;
    const MlHeartInput in = ml_heart_normal();
    static MlHeartWall w;
    MlHeartRead r;
    ml_heart_wall(&in, &r, &w);
    double height = 0, dip = 0;
    for (int t = 0; t < 60; t++) height = fmax(height, w.ecg[t] - w.ecg[0]);
    for (int t = 200; t < r.t_peak; t++) dip = fmin(dip, w.ecg[t] - w.ecg[0]);
    if (!(r.t_wave > height / 8 && r.t_wave < height * 2 / 3 && dip > -0.015 * height))
        fail_msg("T wave %g, before it %g, R wave %g", r.t_wave, dip, height);
}

/* At half its height. */
static int width(const MlHeartWall *w, const MlHeartRead *r) {
    int n = 0;
    for (int t = (int)r->t_peak; t < ML_HEART_TRACE && w->ecg[t] - w->ecg[0] > r->t_wave / 2; t++) n++;
    for (int t = (int)r->t_peak; t >= 0 && w->ecg[t] - w->ecg[0] > r->t_wave / 2; t--) n++;
    return n;
}

/* Regions recover one after the other: 41 ms and more from summit to end (Opthof 2007: dogs; people 90). In high potassium T waves are
 * taller, by a third, and narrower (study hyperkalemia-own-control). */
static void potassium_makes_the_t_wave_tall_and_narrow(void **unused) {
    (void)unused;
    static MlHeartWall w[2];
    MlHeartRead r[2];
    for (int i = 0; i < 2; i++) {
        MlHeartInput in = ml_heart_normal();
        in.bath.potassium = i ? 6.2 : 4.5;
        ml_heart_wall(&in, &r[i], &w[i]);
    }
    if (!(r[0].repolarized - r[0].t_peak > 41 && r[1].t_wave > 1.12 * r[0].t_wave && width(&w[1], &r[1]) < 0.9 * width(&w[0], &r[0])))
        fail_msg("T wave, from summit to end %g ms; higher by %g, wider by %g", r[0].repolarized - r[0].t_peak, r[1].t_wave / r[0].t_wave,
                 (double)width(&w[1], &r[1]) / width(&w[0], &r[0]));
}

/* The end of T does not jump on the way to a block: where cells have lost their plateau none is told. */
static void no_t_wave_where_the_plateau_is_lost(void **unused) {
    (void)unused;
    MlHeartInput in[8];
    MlHeartRead r[8];
    for (int i = 0; i < 8; i++) in[i] = ml_heart_normal(), in[i].bath.potassium = 8.6 + 0.15 * i;
    ml_heart_walls(in, r);
    for (int i = 1; i < 8; i++)
        if (!(isnan(r[i].repolarized) || fabs(r[i].repolarized - r[i - 1].repolarized) < 60))
            fail_msg("potassium %g: T ends at %g, before at %g", in[i].bath.potassium, r[i].repolarized, r[i - 1].repolarized);
    assert_true(isfinite(r[0].repolarized) && isnan(r[7].repolarized));
}

/* Directions that are established, sizes that people show. */
static void the_wall_answers_ions_as_people_do(void **unused) {
    (void)unused;
    enum { USUAL, LOW_K, HIGH_K, HIGHER_K, LOW_CA, HIGH_CA, RESCUED, HIGH_MG };
    MlHeartInput in[8];
    MlHeartRead r[8];
    for (int i = 0; i < 8; i++) in[i] = ml_heart_normal();
    in[LOW_K].bath.potassium = 2.5, in[HIGH_K].bath.potassium = 6.5, in[HIGHER_K].bath.potassium = 8.5;
    in[LOW_CA].bath.calcium = 1, in[HIGH_CA].bath.calcium = 1.4;
    in[RESCUED].bath.potassium = 8.5, in[RESCUED].bath.calcium = 2;
    in[HIGH_MG].bath.magnesium = 1.5;
    ml_heart_walls(in, r);
    NEAR("conduction", r[USUAL].velocity, 50, 5);
    NEAR("rest", r[USUAL].rest, -93, 1.5); /* Nernst: -95 at 4.2 mmol/L */
    assert_true(r[USUAL].t_wave > 0 && r[LOW_K].t_wave > 0);
    /* potassium */
    assert_true(r[LOW_K].repolarized > r[USUAL].repolarized + 15 && r[HIGH_K].repolarized < r[USUAL].repolarized - 10);
    assert_true(r[HIGH_K].velocity < 0.97 * r[USUAL].velocity && r[HIGHER_K].velocity < 0.75 * r[USUAL].velocity);
    assert_true(r[HIGH_K].rise < 0.6 * r[USUAL].rise && r[HIGHER_K].t_wave > 1.2 * r[USUAL].t_wave);
    assert_true(r[LOW_K].t_wave < 0.9 * r[USUAL].t_wave && r[HIGH_K].t_wave > 1.15 * r[USUAL].t_wave);
    assert_true(r[HIGHER_K].rest > r[HIGH_K].rest + 3 && r[HIGH_K].rest > r[USUAL].rest + 10);
    /* calcium: 105 to 125 ms in people for 1 mmol/L (Davis 1995); and it restores conduction */
    const double slope = (r[HIGH_CA].repolarized - r[LOW_CA].repolarized) / (in[HIGH_CA].bath.calcium - in[LOW_CA].bath.calcium);
    if (!(slope < -95 && slope > -125)) fail_msg("T wave moved by %g ms for 1 mmol/L of calcium", slope);
    assert_true(r[RESCUED].velocity > 1.12 * r[HIGHER_K].velocity && r[RESCUED].rise > 1.2 * r[HIGHER_K].rise);
    /* magnesium at a plasma level of 2.2 mmol/L, 1.5 ionized: neither QRS nor QT moved (DiCarlo 1986) */
    const double moved = r[HIGH_MG].repolarized - r[USUAL].repolarized;
    assert_true(r[HIGH_MG].velocity > 0.95 * r[USUAL].velocity);
    if (!(fabs(moved) < 8)) fail_msg("T wave moved by %g ms by magnesium", moved);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cell_is_the_published_one), cmocka_unit_test(steps_are_short_enough),
        cmocka_unit_test(eight_are_as_one),              cmocka_unit_test(any_bath_gives_numbers),
        cmocka_unit_test(steps_of_the_wall_are_short_enough),
        cmocka_unit_test(the_t_wave_is_of_a_normal_height),
        cmocka_unit_test(potassium_makes_the_t_wave_tall_and_narrow),
        cmocka_unit_test(no_t_wave_where_the_plateau_is_lost),
        cmocka_unit_test(the_wall_answers_ions_as_people_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
