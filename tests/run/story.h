/* SPDX-License-Identifier: Apache-2.0 */
/* A story in few words, through the public interface, for tests of what must come out of the mechanisms. The file that
 * includes this names its outputs of interest first. */
#ifndef ML_TEST_STORY_H
#define ML_TEST_STORY_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "milieu/milieu.h"

static milieu_model *model;

static int setup(void **state) {
    (void)state;
    return milieu_model_create(NULL, &model, NULL) != MILIEU_OK;
}
static int teardown(void **state) {
    (void)state;
    milieu_model_destroy(&model);
    return 0;
}

typedef struct Story {
    milieu_scenario *scenario;
    milieu_result *result;
} Story;

static void ok(milieu_code code, const milieu_error *e) {
    if (code != MILIEU_OK) fail_msg("%s: %s", e->where, e->text);
}

static Story begin(const char *preset, double hours, const char *meals, const char *drinking) {
    Story s = {0};
    milieu_error e = {0};
    ok(milieu_scenario_create(model, &s.scenario, &e), &e);
    ok(milieu_scenario_preset(s.scenario, preset, &e), &e);
    ok(milieu_scenario_time(s.scenario, 480, 60 * hours, &e), &e);
    ok(milieu_scenario_habits(s.scenario, meals, drinking, &e), &e);
    return s;
}

/* An event of so much of something; negative minutes: not stated. */
static void add(Story *s, const char *kind, const char *what, double at_h, const char *field, double value,
                const char *unit, double minutes, double every_h, int times) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, kind, &event, &e), &e);
    if (what) ok(milieu_event_word(event, "what", what, &e), &e);
    ok(milieu_event_number(event, field, value, unit, &e), &e);
    const int lasts = !strcmp(kind, "exercise") || !strcmp(kind, "breathe");
    if (minutes > 0) ok(milieu_event_number(event, lasts ? "for" : "over", minutes, "min", &e), &e);
    ok(milieu_event_when(event, 60 * at_h, 60 * every_h, times, &e), &e);
    ok(milieu_scenario_add(s->scenario, event, &e), &e);
    milieu_event_destroy(&event);
}

static void live(Story *s) {
    milieu_error e = {0};
    static const char *const outputs[] = {STORY_OUTPUTS};
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++)
        ok(milieu_scenario_ask(s->scenario, outputs[i], &e), &e);
    ok(milieu_run(model, s->scenario, &s->result, &e), &e);
}

static double at(const Story *s, const char *output, double hours) {
    const double *t = milieu_result_times(s->result), *v = milieu_result_values(s->result, output);
    for (size_t i = 0; i < milieu_result_size(s->result); i++)
        if (fabs(t[i] - 60 * hours) < 1e-6) return v[i];
    fail_msg("%s was not stored at %g h", output, hours);
    return NAN;
}

static void end(Story *s) {
    milieu_result_destroy(&s->result);
    milieu_scenario_destroy(&s->scenario);
}

static void between(const char *what, double x, double low, double high) {
    if (!(x >= low && x <= high)) fail_msg("%s is %.4g, expected %.4g to %.4g", what, x, low, high);
}

#endif
