/* SPDX-License-Identifier: Apache-2.0 */
#include "run/record.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "run/farthest.h"
#include "run/labs.h"
#include "run/settle.h"

MlRunOptions ml_run_options_default(void) { return (MlRunOptions){0}; }

/* In pregnancy the normal tension of carbon dioxide and with it bicarbonate are lower. */
static void own_acid(const MlSession *s, MlSigns *signs) {
    static const double plasma_water = 0.94; /* of plasma; the parameter is of its water */
    const double *p = ml_session_person(s)->param;
    ml_signs_own_acid(signs, plasma_water * (p[ML_P_bicarbonate_normal] - ml_params[ML_P_bicarbonate_normal].normal),
                      p[ML_P_pco2_normal] - ml_params[ML_P_pco2_normal].normal);
}

static milieu_code interrupted(double t, double duration, milieu_error *err) {
    if (t < 0) return ml_fail(err, MILIEU_INTERRUPTED, "run", "interrupted %.4g h before t = 0", -t / 60);
    return ml_fail(err, MILIEU_INTERRUPTED, "run", "interrupted after %.4g of %.4g h", t / 60, duration / 60);
}

/* To t = 0, which must be reached alive. Flags and changes count from zero. */
static milieu_code live_before(MlSession *s, const MlWatcher *watcher, double water, MlRecorder *rec, milieu_error *err) {
    double out[ML_NOUTPUT], when;
    const double begin = ml_session_time(s);
    ml_session_outputs(s, rec->start, out);
    ML_TRY(ml_signs_create(rec->memory, out, &rec->signs, err));
    own_acid(s, rec->signs);
    ml_signs_own_water(rec->signs, water);
    rec->before = 1;
    ml_record_observe(rec, s, begin);
    ml_record_step(rec, s, begin, begin);
    ML_TRY(ml_session_advance(s, 0, watcher, err));
    rec->before = 0;
    const char *cause = ml_signs_death(rec->signs, &when);
    if (cause)
        return ml_fail(err, MILIEU_BAD_INPUT, "timeline", "the person dies %.3g h before t = 0: %s; let t = 0 come before that", -when / 60, cause);
    if (ml_session_time(s) < 0) return interrupted(ml_session_time(s), 0, err);
    ml_signs_destroy(&rec->signs);
    while (rec->next > 0 && rec->when[rec->next - 1] >= 0) rec->next--; /* the moment t = 0 */
    return MILIEU_OK;
}

static milieu_code live(const MlHouse *house, MlSession *s, const MlScenario *sc, MlRecorder *rec, milieu_error *err) {
    const MlWatcher watcher = {
        .self = rec, .step = ml_record_step, .happened = ml_record_event, .ended = ml_record_ended, .note = ml_record_note};
    for (int i = 0; i < sc->nevent; i++) ML_TRY(ml_session_schedule(s, &sc->event[i], sc->duration, err));
    MlNotes notes = {0};
    double own[ML_NOUTPUT], y[ML_NSTATE];
    ml_session_state(s, ml_session_time(s), y);
    for (int i = 0; i < rec->options->nnote; i++) ml_record_note(rec, rec->options->note[i]);
    ML_TRY(ml_apply_labs(s, &sc->person, &notes, err));
    ml_session_outputs(s, y, own); /* as it was before, to the mass as stated */
    double water;
    ML_TRY(ml_own_water(house, &sc->person, s, own[ML_O_body_water], &water, err));
    for (int i = 0; i < notes.n; i++) ml_record_note(rec, notes.text[i]);
    ml_session_state(s, ml_session_time(s), rec->start);
    ML_TRY(ml_guard_begin(rec->memory, s, &rec->guard, err));
    ml_shifts_begin(ml_session_context(s), rec->start, &rec->shifts);
    ml_turnover_follow(ml_session_context(s), rec->start, 0, &rec->turnover);
    rec->followed = ml_session_time(s);
    ML_TRY(ml_session_locator(s, ml_signs_margin_count(), &rec->locator, err));
    if (ml_session_time(s) < 0) ML_TRY(live_before(s, &watcher, water, rec, err));
    ml_record_from_zero(rec, s);
    ml_session_state(s, 0, rec->start);
    double start[ML_NOUTPUT];
    ml_session_outputs(s, rec->start, start);
    if (sc->person.nlab > 0) { /* water gained or lost before, not since */
        start[ML_O_body_mass] = own[ML_O_body_mass];
        start[ML_O_blood_volume] = own[ML_O_blood_volume];
    }
    const MlSafetyPerson who = ml_guard_person(s, &sc->person, start);
    ML_TRY(ml_signs_create(rec->memory, start, &rec->signs, err));
    own_acid(s, rec->signs);
    ml_signs_own_water(rec->signs, water);
    ml_record_observe(rec, s, 0);
    ml_record_step(rec, s, 0, 0);
    ML_TRY(ml_session_advance(s, sc->duration, &watcher, err));
    rec->r->end_time = ml_session_time(s);
    ml_record_death(rec, s);
    ml_record_end_excite(rec, s);
    ml_record_flags(rec);
    ML_TRY(ml_guard_end(&rec->guard, s, &who, rec->r, err));
    if (rec->r->end_time < sc->duration && !rec->r->lethal)
        return interrupted(rec->r->end_time, sc->duration, err);
    return rec->out_of_memory ? ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory") : MILIEU_OK;
}

enum { SOON = 60 }; /* min: what breaks by then broke by the values it began from */

/* The labs alone explain what breaks by then, where nothing was done to the person before. */
static bool labs_broke_it(const MlScenario *sc, double begin, double broke) {
    bool done = false;
    for (int i = 0; i < sc->nevent; i++) done = done || sc->event[i].at <= broke;
    return sc->person.nlab > 0 && (broke <= begin || (broke < begin + SOON && !done));
}

static milieu_code run(const MlHouse *house, const MlScenario *sc, MlRecorder *rec, milieu_error *err) {
    MlPerson person;
    ML_TRY(ml_person_build(&sc->person, &person, err));
    ML_TRY(ml_record_outputs(rec, sc, err));
    ML_TRY(ml_record_moments(rec, sc, err));
    const MlSessionOptions options = {.clock = sc->start,
                                      .begin = ml_scenario_begin(sc),
                                      .meals = sc->meals,
                                      .drinking = sc->drinking,
                                      .rtol = rec->options->rtol};
    MlSession *s;
    ML_TRY(ml_session_create(house, &person, &options, &s, err));
    snprintf(rec->r->person, sizeof rec->r->person, "%s", person.text);
    rec->r->sex = person.sex;
    milieu_code code = live(house, s, sc, rec, err);
    const int broken = code == MILIEU_OUT_OF_DOMAIN || code == MILIEU_STEP_TOO_SMALL;
    if (broken && labs_broke_it(sc, options.begin, ml_session_time(s))) code = ml_labs_refuse(&sc->person, err);
    if (code == MILIEU_OK) {
        double last[ML_NSTATE];
        ml_session_state(s, rec->r->end_time, last);
        code = ml_record_accounts(rec, ml_session_context(s), last, err);
        const MlSolverStats *stats = ml_session_stats(s);
        rec->r->steps = stats->steps;
        rec->r->rejected = stats->rejected;
        rec->r->evaluations = stats->rows + stats->rows8;
    }
    ml_session_destroy(&s);
    if (code == MILIEU_OK) code = ml_record_series(rec, err);
    return code;
}

milieu_code ml_run(const MlHouse *house, const MlScenario *sc, const MlRunOptions *options, MlResult *r,
                   milieu_error *err) {
    const MlRunOptions usual = ml_run_options_default();
    memset(r, 0, sizeof *r);
    for (int i = 0; i < ML_NEXCITE_MOMENT; i++) r->excite[i].t = NAN;
    snprintf(r->title, sizeof r->title, "%s", sc->title);
    r->start_clock = sc->start;
    r->duration = sc->duration;
    MlRecorder rec = {.memory = ml_memory_of(house->model),
                    .options = options ? options : &usual,
                    .r = r,
                    .end = sc->duration};
    ml_excite_usual(rec.usual);
    const milieu_code code = run(house, sc, &rec, err);
    ml_free(rec.when);
    ml_free(rec.stretch);
    ml_free(rec.moment);
    ml_signs_destroy(&rec.signs);
    ml_safety_destroy(&rec.guard.safety);
    ml_locator_destroy(&rec.locator);
    if (code != MILIEU_OK) ml_result_free(r);
    return code;
}
