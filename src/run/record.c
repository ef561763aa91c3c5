/* SPDX-License-Identifier: Apache-2.0 */
#include "run/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "run/account.h"
#include "run/farthest.h"

double *ml_record_value(const MlRecorder *rec, int i, int j) {
    return &rec->r->value[(size_t)i * (size_t)rec->nwhen + (size_t)j];
}

/* Potassium of cells, gut and bone over the minutes until t. */
static void follow(const MlSession *s, double t, double minutes, MlShifts *shifts, MlTurnover *turnover) {
    double y[ML_NSTATE];
    ml_session_state(s, t, y);
    ml_shifts_follow(ml_session_context(s), y, minutes, shifts);
    ml_turnover_follow(ml_session_context(s), y, minutes, turnover);
}

/* If that is far enough from when they were followed last. */
static void follow_shift(MlRecorder *rec, const MlSession *s, double t, double least) {
    const double minutes = t - rec->followed;
    if (!(minutes > least)) return;
    follow(s, t, minutes, &rec->shifts, &rec->turnover);
    rec->followed = t;
}

static void keep_moment(const MlSession *s, double t, const MlShifts *shifts, const MlTurnover *turnover, MlMoment *m) {
    double out[ML_NOUTPUT];
    m->t = t;
    ml_session_state(s, t, m->state);
    ml_session_outputs(s, m->state, out);
    for (int k = 0; k < ML_NWHY; k++) m->plasma[k] = out[ml_why_output[k]];
    for (int k = 0; k < ML_NSHIFT; k++) m->shift[k] = ml_shifts_out(shifts, (MlShift)k);
    m->ahead = ml_shifts_ahead(shifts, m->state);
    memcpy(m->turned, turnover->sum, sizeof m->turned);
}

static void store_stretch(MlRecorder *rec, const MlSession *s, double t) {
    follow_shift(rec, s, t, 0);
    keep_moment(s, t, &rec->shifts, &rec->turnover, &rec->moment[rec->next_stretch++]);
}

/* The moments at which what is explained was lowest and highest so far. */
static void keep_extremes(MlRecorder *rec, const MlSession *s, double t, const double *out) {
    MlMoment now = {.t = NAN};
    for (int k = 0; k < ML_NWHY; k++)
        for (int high = 0; high < 2; high++) {
            MlMoment *kept = &rec->extreme[k][high];
            const double value = out[ml_why_output[k]], farthest = kept->plasma[k];
            if (rec->next > 0 && kept->t < t && !(high ? value > farthest : value < farthest)) continue;
            if (isnan(now.t)) {
                MlShifts shifts = rec->shifts;
                MlTurnover turnover = rec->turnover;
                if (t > rec->followed) follow(s, t, t - rec->followed, &shifts, &turnover);
                keep_moment(s, t, &shifts, &turnover, &now);
            }
            *kept = now;
        }
}

static void store_moment(MlRecorder *rec, const MlSession *s, double t) {
    double y[ML_NSTATE];
    ml_session_state(s, t, y);
    double out[ML_NOUTPUT];
    if (rec->close) ml_session_close(s, y, rec->r->output, rec->r->noutput, out);
    else ml_session_outputs(s, y, out);
    for (int i = 0; i < rec->r->noutput; i++) *ml_record_value(rec, i, rec->next) = out[rec->r->output[i]];
    keep_extremes(rec, s, t, out);
    if (t >= 0) rec->r->charge_residual = fmax(rec->r->charge_residual, ml_charge_gained(rec->start, y));
    rec->next++;
}

/* ---- signs ---- */

typedef struct Watch {
    const MlSession *session;
    const MlSigns *signs;
} Watch;

static void margins(void *user, double t, const double *y, double *margin) {
    const Watch *w = user;
    double out[ML_NOUTPUT];
    ml_session_outputs(w->session, y, out);
    ml_signs_margins(w->signs, t, out, margin);
}

/* Keeps nerve, muscle and heart of a moment: the first, the farthest from normal so far, that of the cramp threshold farthest from
 * the first, that of the electrocardiogram farthest from normal. */
static void keep_excite(MlRecorder *rec, const MlSession *s, double t, const double *y, const double *out) {
    MlExciteAt *kept = rec->r->excite;
    const double distance = ml_excite_distance(rec->usual, out), heart = ml_heart_distance(rec->usual, out);
    const double moved = fabs(out[ML_O_cramp_threshold_frequency] - rec->cramp_start);
    const int first = isnan(kept[ML_EXCITE_START].t);
    const int wanted[ML_NEXCITE_MOMENT] = {[ML_EXCITE_START] = first,
                                           [ML_EXCITE_FARTHEST] = first || distance > kept[ML_EXCITE_FARTHEST].distance,
                                           [ML_EXCITE_CRAMP] = first || moved > rec->cramp_moved,
                                           [ML_EXCITE_HEART] = first || heart > kept[ML_EXCITE_HEART].heart};
    if (first) rec->cramp_start = out[ML_O_cramp_threshold_frequency];
    else if (wanted[ML_EXCITE_CRAMP]) rec->cramp_moved = moved;
    for (int k = 0; k < ML_NEXCITE_MOMENT; k++)
        if (wanted[k]) kept[k] = (MlExciteAt){t, distance, ml_session_excite(s, y), heart};
}

void ml_record_end_excite(MlRecorder *rec, const MlSession *s) {
    MlExciteAt *kept = rec->r->excite, *end = &kept[ML_EXCITE_END];
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, rec->r->end_time, y);
    ml_session_outputs(s, y, out);
    *end = (MlExciteAt){rec->r->end_time, ml_excite_distance(rec->usual, out), ml_session_excite(s, y), ml_heart_distance(rec->usual, out)};
    for (int k = 0; k < ML_NEXCITE_MOMENT; k++)
        if (k != ML_EXCITE_START && kept[k].t > end->t) kept[k] = *end;
}

void ml_record_observe(MlRecorder *rec, const MlSession *s, double t) {
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, t, y);
    ml_session_outputs(s, y, out);
    if (!rec->before) keep_excite(rec, s, t, y, out);
    if (ml_signs_observe(rec->signs, t, out, NULL) != MILIEU_OK) rec->out_of_memory = 1;
    if (!rec->before && ml_safety_observe(rec->guard.safety, rec->signs, t, out) != MILIEU_OK) rec->out_of_memory = 1;
}

/* Observes where a limit is crossed within the step, then its end. Returns 1 when the person has died. */
static int watch_signs(MlRecorder *rec, MlSession *s, double from, double to) {
    Watch watch = {s, rec->signs};
    MlCrossing crossing;
    double t = from;
    while (ml_session_locate(s, rec->locator, margins, &watch, t, &crossing) && crossing.t < to) {
        ml_record_observe(rec, s, crossing.t);
        t = crossing.t;
    }
    ml_record_observe(rec, s, to);
    return ml_signs_death(rec->signs, NULL) != NULL;
}

int ml_record_step(void *self, MlSession *s, double from, double to) {
    MlRecorder *rec = self;
    rec->from = from;
    while (rec->next < rec->nwhen && rec->when[rec->next] <= to) store_moment(rec, s, rec->when[rec->next]);
    while (rec->next_stretch < rec->nstretch && rec->stretch[rec->next_stretch] <= to)
        store_stretch(rec, s, rec->stretch[rec->next_stretch]);
    follow_shift(rec, s, to, rec->pace);
    if (from < to && ml_guard_step(&rec->guard, s, from, to) != MILIEU_OK) rec->out_of_memory = 1;
    if (rec->options->progress && !rec->options->progress(rec->options->self, to / rec->end)) return 1;
    return rec->signs && from < to && watch_signs(rec, s, from, to);
}

void ml_record_event(void *self, int kind, double from, double to, const char *text) {
    MlRecorder *rec = self;
    MlResult *r = rec->r;
    if (r->nlog == rec->log_space) {
        const int space = rec->log_space ? 2 * rec->log_space : 64;
        MlLogEntry *grown = ml_grow(rec->memory, r->log, (size_t)space, sizeof *grown);
        if (!grown) {
            rec->out_of_memory = 1;
            return;
        }
        r->log = grown;
        rec->log_space = space;
    }
    MlLogEntry *e = &r->log[r->nlog++];
    *e = (MlLogEntry){.at = from, .until = to, .kind = kind, .planned = to};
    snprintf(e->text, sizeof e->text, "%s", text);
}

void ml_record_ended(void *self, int kind, double from, double to) {
    const MlRecorder *rec = self;
    for (int i = rec->r->nlog - 1; i >= 0; i--) {
        MlLogEntry *e = &rec->r->log[i];
        if (e->kind != kind || e->at != from) continue;
        e->until = to;
        return;
    }
}

void ml_record_note(void *self, const char *text) {
    MlRecorder *rec = self;
    MlResult *r = rec->r;
    for (int i = 0; i < r->nnote; i++)
        if (!strcmp(r->note[i], text)) return;
    if (r->nnote == rec->note_space) {
        const int space = rec->note_space ? 2 * rec->note_space : 16;
        void *grown = ml_grow(rec->memory, r->note, (size_t)space, sizeof r->note[0]);
        if (!grown) {
            rec->out_of_memory = 1;
            return;
        }
        r->note = grown;
        rec->note_space = space;
    }
    snprintf(r->note[r->nnote++], sizeof r->note[0], "%s", text);
}

/* ---- death, and t = 0 ---- */

/* Of what killed, then and at the beginning. */
static void tell_value(MlRecorder *rec, const MlSession *s, const MlFlagLimit *limit, double t) {
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, t, y);
    ml_session_outputs(s, y, out);
    rec->r->lethal_limit = limit;
    rec->r->lethal_value = out[limit->output];
    rec->r->lethal_start = ml_signs_start(rec->signs)[limit->output];
}

void ml_record_death(MlRecorder *rec, const MlSession *s) {
    MlResult *r = rec->r;
    double t;
    const char *death = ml_signs_death(rec->signs, &t);
    if (!death) return;
    r->lethal = 1;
    r->end_time = t = fmax(t, rec->from);
    snprintf(r->lethal_cause, sizeof r->lethal_cause, "%s", death);
    tell_value(rec, s, ml_signs_deadly(rec->signs), t);
    while (rec->next > 1 && rec->when[rec->next - 1] >= t) rec->next--;
    while (rec->next_stretch > 1 && rec->stretch[rec->next_stretch - 1] >= t) rec->next_stretch--;
    rec->when[rec->next] = rec->stretch[rec->next_stretch] = t;
    store_moment(rec, s, t);
    store_stretch(rec, s, t);
}

void ml_record_from_zero(MlRecorder *rec, MlSession *s) {
    double y[ML_NSTATE], before[ML_NOUTPUT], after[ML_NOUTPUT];
    ml_session_state(s, 0, y);
    ml_session_outputs(s, y, before);
    ml_session_zero(s);
    ml_session_outputs(s, y, after);
    for (int i = 0; i < rec->r->noutput; i++) {
        const double shift = before[rec->r->output[i]] - after[rec->r->output[i]];
        for (int j = 0; j < rec->next && isfinite(shift); j++) *ml_record_value(rec, i, j) -= shift;
    }
}
