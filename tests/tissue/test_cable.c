/* SPDX-License-Identifier: Apache-2.0 */
/* The reference axon against NEURON 9.0.2 on the same model: figures of bench/nerve_neuron.py. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tissue/cable.h"

enum { TEN = 10, SIXTEEN = 16 };

/* After 200 ms: potential of node 10, mV; threshold at it for an impulse at node 16, nA; rise of both through 0 mV under
 * 2 nA for 0.1 ms, ms (0: 2 nA lies at threshold). All extrapolated to no step. */
static const struct Reference {
    MlCableMembrane reversal;
    double rest, brief, longer, ten, sixteen;
} REFERENCE[] = {
#include "cable_neuron.inc"
};
enum { NREFERENCE = sizeof REFERENCE / sizeof *REFERENCE };

typedef struct Passage {
    double ten, sixteen, peak;
} Passage;

static double crossing(const MlCable *c, int node, double known) {
    const double v = c->node[0][node], before = c->node[1][node];
    return known == 0 && before < 0 && v >= 0 ? c->time - c->dt * v / (v - before) : known;
}

static Passage excite(const MlCable *settled, double dt, double current, double width, double until) {
    MlCable c = *settled;
    Passage p = {.peak = -INFINITY};
    ml_cable_set_step(&c, dt);
    c.time = 0;
    ml_cable_stimulate(&c, TEN, current);
    for (int i = 0; i < (int)lround(until / dt); i++) {
        if (i == (int)lround(width / dt)) ml_cable_stimulate(&c, TEN, 0);
        ml_cable_advance(&c, 1);
        p.ten = crossing(&c, TEN, p.ten), p.sixteen = crossing(&c, SIXTEEN, p.sixteen);
        p.peak = fmax(p.peak, c.node[0][SIXTEEN]);
    }
    return p;
}

static MlCable settle(const MlCableMembrane *membrane) {
    MlCable c;
    ml_cable_start(&c, membrane, 0.025);
    ml_cable_advance(&c, 8000);
    return c;
}

static double threshold(const MlCable *settled, double width) {
    double low = 0, high = 4;
    while (high - low > 5e-4) {
        const double middle = 0.5 * (low + high);
        if (excite(settled, 0.0025, middle, width, width + 2).peak > 0) high = middle;
        else low = middle;
    }
    return 0.5 * (low + high);
}

static void does_what_neuron_does(void **state) {
    (void)state;
    for (int i = 0; i < NREFERENCE; i++) {
        const struct Reference *r = &REFERENCE[i];
        const MlCable settled = settle(&r->reversal);
        const Passage p = excite(&settled, 0.0025, 2, 0.1, 1);
        assert_true(fabs(settled.node[0][TEN] - r->rest) < 0.02);
        assert_true(fabs(threshold(&settled, 0.1) - r->brief) < 0.005 * r->brief);
        assert_true(fabs(threshold(&settled, 1) - r->longer) < 0.002 * r->longer);
        if (r->sixteen > 0) assert_true(fabs(p.ten - r->ten) < 0.001 && fabs(p.sixteen - r->sixteen) < 0.002);
    }
}

/* Halving the step divides the error of the passage by four. */
static void steps_are_of_second_order(void **state) {
    (void)state;
    const MlCableMembrane membrane = ml_cable_membrane();
    const MlCable settled = settle(&membrane);
    double at[3];
    const double dt[3] = {0.004, 0.002, 0.001}; /* divide the pulse */
    for (int i = 0; i < 3; i++) at[i] = excite(&settled, dt[i], 2, 0.1, 0.5).sixteen;
    const double order = log2((at[0] - at[1]) / (at[1] - at[2]));
    assert_true(order > 1.7 && order < 2.3);
}

/* What flows past the middle is the same on both sides of it: every internode is the same, so are both halves. */
static void impulse_travels_both_ways_alike(void **state) {
    (void)state;
    MlCable c;
    const MlCableMembrane membrane = ml_cable_membrane();
    ml_cable_start(&c, &membrane, 0.005);
    ml_cable_stimulate(&c, TEN, 2);
    ml_cable_advance(&c, 60);
    for (int j = 1; j <= TEN; j++) assert_true(fabs(c.node[0][TEN - j] - c.node[0][TEN + j]) < 1e-6);
    assert_true(c.node[0][TEN + 5] > -50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(does_what_neuron_does),
        cmocka_unit_test(steps_are_of_second_order),
        cmocka_unit_test(impulse_travels_both_ways_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
