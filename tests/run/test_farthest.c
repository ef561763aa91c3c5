/* SPDX-License-Identifier: Apache-2.0 */
/* The moments at which a run keeps nerve and muscle. */
#include "in_house.h"

#include "run/farthest.h"
#include "run/run.h"

/* By each limit of nerve, muscle and cramp: none at normal, half of the way, all of it, and beyond. */
static void shares_of_the_way_to_a_flag(void **state) {
    (void)state;
    double normal[ML_NOUTPUT], out[ML_NOUTPUT];
    const MlFlagLimit *limit;
    int tried = 0;
    ml_excite_usual(normal);
    assert_true(ml_excite_distance(normal, normal) == 0);
    for (int i = 0, n = ml_flag_limits(&limit); i < n; i++) {
        const double from = normal[limit[i].output], to = limit[i].limit[0];
        if (limit[i].measure != ML_MEASURE_VALUE || limit[i].cause || isnan(from) || isnan(to)) continue;
        static const double shares[] = {0, 0.5, 1, 2};
        for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
            memcpy(out, normal, sizeof out);
            out[limit[i].output] = from + shares[k] * (to - from);
            assert_true(fabs(ml_excite_distance(normal, out) - shares[k]) < 1e-9);
        }
        tried++;
    }
    assert_true(tried >= 6);
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    assert_true(ml_excite_distance(normal, out) == 0);
}

static void add_amount(MlScenario *sc, MlEventKind kind, const char *what, double at, double amount, MlDimension dimension, double minutes) {
    MlEvent e;
    ml_event_init(&e, kind);
    snprintf(e.what, sizeof e.what, "%s", what);
    e.given |= (uint64_t)(what[0] != 0) << ML_FIELD_WHAT;
    e.at = at;
    ml_event_set(&e, ML_FIELD_AMOUNT, amount, dimension);
    ml_event_set(&e, ML_FIELD_OVER, minutes, ML_DIM_TIME);
    ml_event_complete(&e);
    assert_int_equal(ml_scenario_add(sc, &e, NULL), MILIEU_OK);
    ml_scenario_sort(sc);
}

static void add(MlScenario *sc, MlEventKind kind, const char *what, double at, double liters, double minutes) {
    add_amount(sc, kind, what, at, liters, ML_DIM_VOLUME, minutes);
}

/* Blood is lost, after a drink before t = 0. */
static MlResult bled(double liters) {
    MlScenario sc;
    MlResult r;
    milieu_error e = {0};
    ml_scenario_init(&sc);
    sc.duration = 4 * 60;
    add(&sc, ML_EVENT_DRINK, "water", -90, 0.5, 10);
    add(&sc, ML_EVENT_BLEED, "", 60, liters, 20);
    ok(ml_run(&house, &sc, NULL, &r, &e), &e);
    ml_scenario_free(&sc);
    return r;
}

static void in_order(const MlResult *r) {
    const MlExciteAt *start = &r->excite[ML_EXCITE_START], *farthest = &r->excite[ML_EXCITE_FARTHEST], *end = &r->excite[ML_EXCITE_END];
    assert_true(start->t == 0 && end->t == r->end_time);
    assert_true(farthest->t >= 0 && farthest->t <= end->t);
    assert_true(farthest->distance >= start->distance && farthest->distance >= end->distance);
    assert_true(end->x.value[ML_X_plasma_volume] < start->x.value[ML_X_plasma_volume]);
}

static void moments_of_a_run(void **state) {
    (void)state;
    MlResult r = bled(0.8);
    assert_false(r.lethal);
    in_order(&r);
    ml_result_free(&r);
    r = bled(4); /* what lies beyond death is not kept */
    assert_true(r.lethal && r.end_time < 120);
    in_order(&r);
    ml_result_free(&r);
}

/* What is lost or given within minutes kills; the equations hold until then. */
static void extremes_kill(void **state) {
    (void)state;
    static const struct {
        MlEventKind kind;
        const char *what;
        double amount, minutes;
        MlDimension dimension;
        const char *cause;
    } extremes[] = {{ML_EVENT_BLEED, "", 4, 1, ML_DIM_VOLUME, "blood"},
                    {ML_EVENT_BLEED, "", 6, 2, ML_DIM_VOLUME, "blood"},
                    {ML_EVENT_INFUSE, "potassium-chloride", 100, 10, ML_DIM_AMOUNT, "heart"}};
    for (size_t i = 0; i < sizeof extremes / sizeof *extremes; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 2 * 60;
        add_amount(&sc, extremes[i].kind, extremes[i].what, 60, extremes[i].amount, extremes[i].dimension, extremes[i].minutes);
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        assert_true(r.lethal && r.end_time > 60 && r.end_time <= 60 + extremes[i].minutes + 1);
        assert_non_null(strstr(r.lethal_cause, extremes[i].cause));
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_of_the_way_to_a_flag), cmocka_unit_test(moments_of_a_run),
                                       cmocka_unit_test(extremes_kill)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
