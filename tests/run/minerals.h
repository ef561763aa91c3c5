/* SPDX-License-Identifier: Apache-2.0 */
/* Stories of calcium, magnesium and phosphate. */
#ifndef ML_TEST_MINERALS_H
#define ML_TEST_MINERALS_H

#define STORY_OUTPUTS                                                                                         \
    "plasma_calcium_total", "plasma_calcium_ionized", "plasma_magnesium_total", "plasma_magnesium_ionized",   \
        "plasma_phosphate", "plasma_pth", "plasma_calcitriol", "plasma_fgf23", "plasma_ph", "plasma_albumin", \
        "plasma_potassium", "urine_magnesium_total", "urine_calcium_total", "urine_potassium_total",          \
        "body_calcium", "body_magnesium", "muscle_sodium"
#include "story.h"

static inline void live_every(Story *s, double minutes) {
    milieu_error e = {0};
    ok(milieu_scenario_every(s->scenario, minutes, &e), &e);
    live(s);
}

static inline void ill(Story *s, const char *condition, const char *severity) {
    milieu_error e = {0};
    ok(milieu_scenario_condition(s->scenario, condition, severity, &e), &e);
}

static inline void lab(Story *s, const char *output, double value) {
    milieu_error e = {0};
    ok(milieu_scenario_lab(s->scenario, output, value, &e), &e);
}

static inline void eat(Story *s, const char *mineral, double per_day, double at_h) {
    milieu_event *event;
    milieu_error e = {0};
    ok(milieu_event_create(model, "diet", &event, &e), &e);
    ok(milieu_event_number(event, mineral, per_day, "mmol/d", &e), &e);
    ok(milieu_event_when(event, 60 * at_h, 0, 1, &e), &e);
    ok(milieu_scenario_add(s->scenario, event, &e), &e);
    milieu_event_destroy(&event);
}

static inline void breathe(Story *s, double pco2, double at_h, double minutes) {
    add(s, "breathe", NULL, at_h, "pco2", pco2, "mmHg", minutes, 0, 1);
}

static inline double moved(const Story *s, const char *output, double from, double to) {
    return at(s, output, to) - at(s, output, from);
}

static inline double ratio(const Story *s, const char *output, double from, double to) {
    return at(s, output, to) / at(s, output, from);
}

static inline double mean(const Story *s, const char *output, double from, double to) {
    const double *t = milieu_result_times(s->result), *v = milieu_result_values(s->result, output);
    double sum = 0, n = 0;
    for (size_t i = 0; i < milieu_result_size(s->result); i++)
        if (t[i] >= 60 * from && t[i] <= 60 * to) sum += v[i], n++;
    return sum / n;
}

static inline double extreme(const Story *s, const char *output, int greatest) {
    const double *v = milieu_result_values(s->result, output);
    double x = v[0];
    for (size_t i = 1; i < milieu_result_size(s->result); i++) x = greatest ? fmax(x, v[i]) : fmin(x, v[i]);
    return x;
}

#endif
