/* SPDX-License-Identifier: Apache-2.0 */
#include "life.h"

#include "base/fail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int record(void *self, MlSession *s, double from, double to) {
    Life *life = self;
    const MlContext *now = ml_session_context(s);
    Stretch *last = life->n > 0 ? &life->stretch[life->n - 1] : NULL;
    if (!last || memcmp(last->input, now->input, sizeof last->input) != 0 ||
        memcmp(last->param, now->param, sizeof last->param) != 0) {
        if (life->n == life->room) {
            const int room = life->room ? 2 * life->room : 64;
            Stretch *more = realloc(life->stretch, (size_t)room * sizeof *more);
            if (!more) return 1;
            life->stretch = more;
            life->room = room;
        }
        last = &life->stretch[life->n++];
        last->from = from;
        memcpy(last->input, now->input, sizeof last->input);
        memcpy(last->param, now->param, sizeof last->param);
    }
    last->to = to;
    ml_session_state(s, to, last->state);
    return 0;
}

milieu_code life_record(Life *life, const MlHouse *house, const MlScenario *sc, double until,
                        milieu_error *err) {
    *life = (Life){.problem = &house->model->problem, .frame = ml_frame_create(NULL)};
    if (!life->frame) return ml_fail(err, MILIEU_NO_MEMORY, "life", "out of memory");
    MlSession *s = NULL;
    MlPerson person;
    const MlSessionOptions options = {
        .clock = sc->start, .begin = ml_scenario_begin(sc), .meals = sc->meals, .drinking = sc->drinking};
    milieu_code code = ml_person_build(&sc->person, &person, err);
    if (code == MILIEU_OK) code = ml_session_create(house, &person, &options, &s, err);
    for (int i = 0; code == MILIEU_OK && i < sc->nevent; i++)
        code = ml_session_schedule(s, &sc->event[i], sc->duration, err);
    if (code == MILIEU_OK) {
        const MlWatcher watcher = {.self = life, .step = record};
        ml_session_state(s, ml_session_time(s), life->start);
        life->baseline = *ml_session_baseline(s);
        code = ml_session_advance(s, fmin(sc->duration, until), &watcher, err);
    }
    ml_session_destroy(&s);
    return code;
}

void life_free(Life *life) {
    free(life->stretch);
    ml_frame_destroy(&life->frame);
    *life = (Life){0};
}

void life_enter(Life *life, int k) {
    ml_frame_set(life->frame, life->stretch[k].param, life->stretch[k].input);
}

int life_by_cvode(Life *life, MlCvode *cvode, double rtol, double atol_factor, double (*y)[ML_NSTATE]) {
    double state[ML_NSTATE];
    memcpy(state, life->start, sizeof state);
    for (int k = 0; k < life->n; k++) {
        const Stretch *s = &life->stretch[k];
        life_enter(life, k);
        const int code =
            ml_cvode_advance(cvode, &life->frame->context, s->from, s->to, state, rtol, atol_factor);
        if (code < 0) return code;
        memcpy(y[k], state, sizeof state);
    }
    return 0;
}
