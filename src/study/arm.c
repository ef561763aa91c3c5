/* SPDX-License-Identifier: Apache-2.0 */
/* One arm of a study: its run, and the same person with nothing happening. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "study/compare.h"
#include "study/evaluate.h"

enum { FINE = 96 }; /* parts of a window that are looked at */
static const double DAY = 1440;

static bool uses(const MlObservation *o, int arm) { return o->arm == arm || (o->than && o->than_arm == arm); }

/* ---- when to look ---- */

static int add_window(double *t, int n, MlWindow w) {
    if (isnan(w.from)) return n;
    t[n++] = w.from;
    if (w.to == w.from) return n;
    for (int i = 1; i < FINE; i++) t[n++] = w.from + (w.to - w.from) * i / FINE;
    t[n++] = w.to;
    return n;
}

/* The moments of all observations of an arm; *t is to be freed, NULL without memory. */
static int moments(const MlStudy *s, int arm, double **t) {
    int n = 0;
    *t = malloc(sizeof **t * (size_t)(3 * (FINE + 1) * s->nobserved + 1));
    for (int i = 0; *t && i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        if (!uses(o, arm)) continue;
        if (o->arm == arm) n = add_window(*t, n, o->when);
        n = add_window(*t, n, o->from);
        if (o->than && o->than_arm == arm) n = add_window(*t, n, o->than_when);
    }
    return n;
}

/* Of a total nothing is known from before a run: it begins when a total is first looked at. */
static double first_look(const MlStudy *s, int arm) {
    double first = 0;
    for (int i = 0; i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        if (!uses(o, arm) || !ml_output_is_total(o->output)) continue;
        first = fmin(first, o->from.from); /* not given: not a number, which fmin leaves aside */
        if (o->arm == arm) first = fmin(first, o->when.from);
        if (o->than && o->than_arm == arm) first = fmin(first, o->than_when.from);
    }
    return first;
}

/* Asks for the quantities observed and leaves the interval to the length of the run, so that nothing depends
 * on what the file wants reported. */
static milieu_code ask(const MlStudy *s, int arm, MlScenario *scenario, milieu_error *err) {
    scenario->begin = first_look(s, arm);
    scenario->every = NAN;
    scenario->nquantity = 0;
    for (int i = 0; i < s->nobserved; i++)
        if (uses(&s->observed[i], arm) && ml_outputs[s->observed[i].output].available)
            ML_TRY(ml_scenario_ask(scenario, s->observed[i].output, err));
    for (int i = 0; i < scenario->nquantity; i++) /* whole models of tissues: at the moments observed alone */
        if (ml_outputs[scenario->quantity[i]].available == ML_CLOSE) scenario->every = scenario->duration;
    return MILIEU_OK;
}

/* ---- nothing happens ---- */

/* What each total of the arm gains in an ordinary day of the same person. */
static milieu_code live_a_day(const MlHouse *house, const MlArm *arm, double *daily, milieu_error *err) {
    MlScenario sc;
    MlResult r = {0};
    ml_scenario_init(&sc);
    sc.person = arm->scenario.person;
    sc.duration = DAY;
    sc.every = DAY;
    milieu_code code = MILIEU_OK;
    for (int i = 0; code == MILIEU_OK && i < arm->result.noutput; i++)
        code = ml_scenario_ask(&sc, arm->result.output[i], err);
    if (code == MILIEU_OK) code = ml_run(house, &sc, NULL, &r, err);
    for (int i = 0; code == MILIEU_OK && i < arm->result.noutput; i++)
        daily[i] = ml_result_at(&r, arm->result.output[i], DAY);
    ml_result_free(&r);
    ml_scenario_free(&sc);
    return code;
}

/* Straight lines: values stay as the run begins, totals rise by their daily gain. */
static milieu_code stand_still(const MlHouse *house, MlArm *arm, milieu_error *err) {
    const MlResult *r = &arm->result;
    MlResult *still = &arm->still;
    const size_t n = (size_t)r->noutput;
    bool totals = false;
    double *daily = calloc(n + 1, sizeof *daily);
    *still = (MlResult){.noutput = r->noutput, .ntime = 2, .duration = arm->scenario.duration};
    still->end_time = still->duration;
    still->output = ml_new(NULL, n + 1, sizeof *still->output);
    still->time = ml_new(NULL, 2, sizeof *still->time);
    still->value = ml_new(NULL, 2 * n + 1, sizeof *still->value);
    if (!daily || !still->output || !still->time || !still->value) {
        free(daily);
        return ml_fail(err, MILIEU_NO_MEMORY, "study", "out of memory");
    }
    memcpy(still->output, r->output, sizeof *still->output * n);
    for (size_t i = 0; i < n; i++) totals |= ml_output_is_total(r->output[i]);
    const milieu_code code = totals ? live_a_day(house, arm, daily, err) : MILIEU_OK;
    still->time[0] = r->time[0];
    still->time[1] = still->duration;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < 2; j++)
            still->value[2 * i + j] = ml_output_is_total(r->output[i]) ? daily[i] * still->time[j] / DAY
                                                                       : r->value[i * (size_t)r->ntime];
    free(daily);
    return code;
}

/* ---- running ---- */

static milieu_code run(const MlHouse *house, MlStudy *s, int index, MlRunOptions options) {
    MlArm *arm = &s->arm[index];
    double *t;
    ML_TRY(ask(s, index, &arm->scenario, &arm->error));
    if (arm->probed) return ml_probe_arm(arm, &arm->error);
    options.nextra = moments(s, index, &t);
    options.extra_time = t;
    if (!t) return ml_fail(&arm->error, MILIEU_NO_MEMORY, "study", "out of memory");
    milieu_code code = ml_run(house, &arm->scenario, &options, &arm->result, &arm->error);
    free(t);
    if (code == MILIEU_OK) code = ml_result_accounted(&arm->result, &arm->error);
    if (code == MILIEU_OK) code = stand_still(house, arm, &arm->error);
    return code;
}

void ml_study_run_arm(const MlHouse *house, MlStudy *s, int index, int (*go_on)(void *, double), void *self) {
    MlRunOptions options = ml_run_options_default();
    options.progress = go_on;
    options.self = self;
    if (s->arm[index].error.code != MILIEU_OK) return; /* the reader found that it cannot run */
    s->arm[index].ran = run(house, s, index, options) == MILIEU_OK;
}
