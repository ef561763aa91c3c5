/* SPDX-License-Identifier: Apache-2.0 */
#include "run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "run/account.h"
#include "run/explain.h"
#include "run/farthest.h"
#include "run/guard.h"
#include "run/labs.h"
#include "run/settle.h"
#include "solve/locate.h"

MlRunOptions ml_run_options_default(void) { return (MlRunOptions){0}; }

/* What is written down while the person lives. */
typedef struct Recorder {
    const MlMemory *memory;
    const MlRunOptions *options;
    MlResult *r;
    double *when; /* moments to store, ascending */
    int nwhen, next;
    double cramp_start, cramp_moved; /* cramp threshold at t = 0, and how far it has been from that, Hz */
    int close;       /* an output is asked for that only whole models of tissues give */
    double *stretch; /* beginnings of explained stretches, ascending, and the end */
    int nstretch, next_stretch;
    MlMoment *moment;        /* at each of these bounds */
    MlShifts shifts;     /* potassium of cells, until `followed` */
    MlTurnover turnover; /* of gut and bone, until then */
    double followed, pace, spacing; /* spacing: of the stretches, but for the first hours, min */
    double start[ML_NSTATE]; /* at t = 0 */
    double from;             /* where the last step began */
    double end;
    int log_space, note_space;
    int out_of_memory;
    MlSigns *signs; /* from t = 0 on */
    MlGuard guard;  /* safety limits */
    double usual[ML_NOUTPUT]; /* nerve and muscle of a healthy adult at rest */
    MlLocator *locator;
} Recorder;

/* ---- which moments ---- */

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Fine enough to see what happens, coarse enough to read. */
static double default_interval(double duration) {
    if (duration <= 6 * 60) return 1;
    if (duration <= 3 * 1440) return 5;
    if (duration <= 14 * 1440) return 30;
    if (duration <= 90 * 1440) return 60;
    return 1440; /* the same time of each day: the swing of a day would hide the course of a year */
}

/* They divide the hours, days, weeks and months in which a report tells the story of a run of that length. */
static double stretch_length(double length) {
    if (length <= 2 * 60) return 1;
    if (length <= 6 * 60) return 10;
    if (length <= 49 * 60) return 60;
    if (length <= 15 * 1440) return 360;
    if (length <= 60 * 1440) return 1440;
    return length <= 182 * 1440 ? 7 * 1440 : 30 * 1440;
}

enum { MOST_MOMENTS = 2000000, EARLY_STEP = 10, EARLY = 180, NEARLY = EARLY / EARLY_STEP }; /* min; how many */

/* Where one stretch may end and the next begin: on both sides of t = 0, finer than needed, as death may shorten
 * the run. */
static milieu_code choose_stretches(Recorder *rec, double begin, double end, milieu_error *err) {
    const double length = fmin(stretch_length(end - begin), end - begin <= 60 * 1440 ? 60 : 1440);
    const int before = begin < 0 ? (int)ceil(-begin / length - 1e-9) : 0;
    rec->pace = stretch_length(end - begin) / 60;
    rec->spacing = length;
    const int whole = before + (int)ceil(end / length - 1e-9) + 1;
    rec->stretch = ml_new(rec->memory, (size_t)(whole + NEARLY), sizeof(double));
    rec->moment = ml_new(rec->memory, (size_t)(whole + NEARLY), sizeof *rec->moment);
    if (!rec->stretch || !rec->moment) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    for (int i = 0; i < whole; i++) {
        const double t = (i - before) * length;
        rec->stretch[rec->nstretch++] = fmax(begin, fmin(t, end));
        for (double k = EARLY_STEP; t >= 0 && k < length - 1e-6 && t + k < fmin(EARLY, end) - 1e-6; k += EARLY_STEP)
            rec->stretch[rec->nstretch++] = t + k;
    }
    return MILIEU_OK;
}

static milieu_code choose_moments(Recorder *rec, const MlScenario *sc, milieu_error *err) {
    const double begin = ml_scenario_begin(sc),
                 every = isnan(sc->every) ? default_interval(sc->duration) : sc->every;
    const double count = (sc->duration - begin) / every;
    if (!(count < MOST_MOMENTS))
        return ml_fail(err, MILIEU_BAD_INPUT, "report.every",
                       "%.3g results are more than %d; report less often", count, MOST_MOMENTS);
    const int n = (int)count + 3 + rec->options->nextra;
    rec->when = ml_new(rec->memory, (size_t)n, sizeof(double));
    if (!rec->when) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    int k = 0;
    for (double i = ceil(begin / every - 1e-9); i * every <= sc->duration + 1e-9; i++)
        rec->when[k++] = i * every + 0.0; /* no minus zero */
    rec->when[k++] = begin;
    rec->when[k++] = sc->duration;
    for (int i = 0; i < rec->options->nextra; i++)
        if (rec->options->extra_time[i] >= begin && rec->options->extra_time[i] <= sc->duration)
            rec->when[k++] = rec->options->extra_time[i];
    qsort(rec->when, (size_t)k, sizeof(double), ascending);
    for (int i = 0; i < k; i++)
        if (rec->nwhen == 0 || rec->when[i] > rec->when[rec->nwhen - 1] + 1e-9)
            rec->when[rec->nwhen++] = rec->when[i];
    rec->r->value = ml_new(rec->memory, (size_t)rec->r->noutput * (size_t)rec->nwhen, sizeof(double));
    if (!rec->r->value) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    return choose_stretches(rec, begin, sc->duration, err);
}

/* ---- watching ---- */

/* While the run goes on there is room for every moment; fill_series closes the ranks. */
static double *value_at(const Recorder *rec, int i, int j) {
    return &rec->r->value[(size_t)i * (size_t)rec->nwhen + (size_t)j];
}

static void store_moment(Recorder *rec, const MlSession *s, double t) {
    double y[ML_NSTATE];
    ml_session_state(s, t, y);
    double out[ML_NOUTPUT];
    if (rec->close) ml_session_close(s, y, rec->r->output, rec->r->noutput, out);
    else ml_session_outputs(s, y, out);
    for (int i = 0; i < rec->r->noutput; i++) *value_at(rec, i, rec->next) = out[rec->r->output[i]];
    if (t >= 0) rec->r->charge_residual = fmax(rec->r->charge_residual, ml_charge_gained(rec->start, y));
    rec->next++;
}

/* Potassium of cells, gut and bone until t, if that is far enough from when it was followed last. */
static void follow_shift(Recorder *rec, const MlSession *s, double t, double least) {
    double y[ML_NSTATE];
    const double minutes = t - rec->followed;
    if (!(minutes > least)) return;
    ml_session_state(s, t, y);
    ml_shifts_follow(ml_session_context(s), y, minutes, &rec->shifts);
    ml_turnover_follow(ml_session_context(s), y, minutes, &rec->turnover);
    rec->followed = t;
}

static void store_stretch(Recorder *rec, const MlSession *s, double t) {
    double out[ML_NOUTPUT];
    MlMoment *m = &rec->moment[rec->next_stretch++];
    m->t = t;
    ml_session_state(s, t, m->state);
    ml_session_outputs(s, m->state, out);
    for (int k = 0; k < ML_NWHY; k++) m->plasma[k] = out[ml_why_output[k]];
    follow_shift(rec, s, t, 0);
    for (int k = 0; k < ML_NSHIFT; k++) m->shift[k] = ml_shifts_out(&rec->shifts, (MlShift)k);
    m->ahead = ml_shifts_ahead(&rec->shifts, m->state);
    memcpy(m->turned, rec->turnover.sum, sizeof m->turned);
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
static void keep_excite(Recorder *rec, const MlSession *s, double t, const double *y, const double *out) {
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

/* The end, beyond which nothing is kept. */
static void end_excite(Recorder *rec, const MlSession *s) {
    MlExciteAt *kept = rec->r->excite, *end = &kept[ML_EXCITE_END];
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, rec->r->end_time, y);
    ml_session_outputs(s, y, out);
    *end = (MlExciteAt){rec->r->end_time, ml_excite_distance(rec->usual, out), ml_session_excite(s, y), ml_heart_distance(rec->usual, out)};
    for (int k = 0; k < ML_NEXCITE_MOMENT; k++)
        if (k != ML_EXCITE_START && kept[k].t > end->t) kept[k] = *end;
}

static void observe(Recorder *rec, const MlSession *s, double t) {
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, t, y);
    ml_session_outputs(s, y, out);
    keep_excite(rec, s, t, y, out);
    if (ml_signs_observe(rec->signs, t, out, NULL) != MILIEU_OK) rec->out_of_memory = 1;
    if (ml_safety_observe(rec->guard.safety, rec->signs, t, out) != MILIEU_OK) rec->out_of_memory = 1;
}

/* Observes where a limit is crossed within the step, then its end. Returns 1 when the person has died. */
static int watch_signs(Recorder *rec, MlSession *s, double from, double to) {
    Watch watch = {s, rec->signs};
    MlCrossing crossing;
    double t = from;
    while (ml_session_locate(s, rec->locator, margins, &watch, t, &crossing) && crossing.t < to) {
        observe(rec, s, crossing.t);
        t = crossing.t;
    }
    observe(rec, s, to);
    return ml_signs_death(rec->signs, NULL) != NULL;
}

static int on_step(void *self, MlSession *s, double from, double to) {
    Recorder *rec = self;
    rec->from = from;
    while (rec->next < rec->nwhen && rec->when[rec->next] <= to) store_moment(rec, s, rec->when[rec->next]);
    while (rec->next_stretch < rec->nstretch && rec->stretch[rec->next_stretch] <= to)
        store_stretch(rec, s, rec->stretch[rec->next_stretch]);
    follow_shift(rec, s, to, rec->pace);
    if (from < to && ml_guard_step(&rec->guard, s, from, to) != MILIEU_OK) rec->out_of_memory = 1;
    if (rec->options->progress && !rec->options->progress(rec->options->self, to / rec->end)) return 1;
    return rec->signs && from < to && watch_signs(rec, s, from, to);
}

static void on_event(void *self, int kind, double from, double to, const char *text) {
    Recorder *rec = self;
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
    *e = (MlLogEntry){.at = from, .until = to, .kind = kind};
    snprintf(e->text, sizeof e->text, "%s", text);
}

static void on_end(void *self, int kind, double from, double to) {
    const Recorder *rec = self;
    for (int i = rec->r->nlog - 1; i >= 0; i--) {
        MlLogEntry *e = &rec->r->log[i];
        if (e->kind != kind || e->at != from) continue;
        e->until = to;
        return;
    }
}

static void on_note(void *self, const char *text) {
    Recorder *rec = self;
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

/* ---- the result ---- */

/* What a report shows when nothing is asked for. */
static const int default_quantities[] = {
    ML_O_body_mass,
    ML_O_water_balance,
    ML_O_ecf_volume,
    ML_O_icf_volume,
    ML_O_plasma_volume,
    ML_O_brain_water,
    ML_O_muscle_cell_volume,
    ML_O_core_temperature,
    ML_O_thirst,
    ML_O_mean_arterial_pressure,
    ML_O_gfr,
    ML_O_hematocrit,
    ML_O_plasma_sodium,
    ML_O_plasma_potassium,
    ML_O_plasma_chloride,
    ML_O_plasma_bicarbonate,
    ML_O_plasma_ph,
    ML_O_arterial_pco2,
    ML_O_plasma_anion_gap,
    ML_O_plasma_lactate,
    ML_O_plasma_ketones,
    ML_O_plasma_urea,
    ML_O_plasma_creatinine,
    ML_O_plasma_glucose,
    ML_O_plasma_protein,
    ML_O_plasma_osmolality,
    ML_O_plasma_adh,
    ML_O_plasma_renin,
    ML_O_plasma_aldosterone,
    ML_O_plasma_anp,
    ML_O_plasma_insulin,
    ML_O_urine_flow,
    ML_O_urine_volume,
    ML_O_urine_osmolality,
    ML_O_urine_sodium,
    ML_O_urine_sodium_total,
    ML_O_urine_potassium,
    ML_O_urine_potassium_total,
    ML_O_urine_ph,
    ML_O_urine_bicarbonate_rate,
    ML_O_urine_ammonium_rate,
    ML_O_fractional_excretion_sodium,
    ML_O_fractional_excretion_potassium,
    ML_O_sweat_rate,
    ML_O_sweat_volume,
    ML_O_sweat_sodium_total,
    ML_O_insensible_volume,
    ML_O_gastric_volume,
    ML_O_gut_volume,
    ML_O_intake_water,
    ML_O_intake_sodium_total,
    ML_O_intake_potassium_total,
    ML_O_stool_potassium_total,
    ML_O_body_potassium,
    ML_O_plasma_calcium_total,
    ML_O_plasma_calcium_ionized,
    ML_O_plasma_magnesium_total,
    ML_O_plasma_phosphate,
    ML_O_plasma_pth,
    ML_O_plasma_calcitriol,
    ML_O_urine_calcium_total,
    ML_O_urine_magnesium_total,
    ML_O_urine_phosphate_total,
    ML_O_motor_axon_threshold,
    ML_O_sensory_axon_threshold,
    ML_O_motor_axon_margin,
    ML_O_sensory_axon_margin,
    ML_O_muscle_resting_potential,
    ML_O_muscle_excitable_fraction,
    ML_O_muscle_force,
    ML_O_reflex_gain,
    ML_O_cramp_threshold_frequency,
    ML_O_cramp_threshold_low,
    ML_O_cramp_threshold_high,
    ML_O_cramp_rate,
};

/* The ends of its band come with the cramp threshold, asked for or not. */
static const int band[] = {ML_O_cramp_threshold_low, ML_O_cramp_threshold_high};
enum { NBAND = sizeof band / sizeof band[0] };

static int is_kept(const MlResult *r, int output) {
    int i = 0;
    while (i < r->noutput && r->output[i] != output) i++;
    return i < r->noutput;
}

static void complete_band(MlResult *r) {
    if (!is_kept(r, ML_O_cramp_threshold_frequency)) return;
    for (int k = 0; k < NBAND; k++)
        if (!is_kept(r, band[k])) r->output[r->noutput++] = band[k];
}

static milieu_code choose_outputs(Recorder *rec, const MlScenario *sc, milieu_error *err) {
    MlResult *r = rec->r;
    const int *which = sc->nquantity ? sc->quantity : default_quantities;
    r->noutput = sc->nquantity ? sc->nquantity : (int)(sizeof default_quantities / sizeof default_quantities[0]);
    r->output = ml_new(rec->memory, (size_t)r->noutput + NBAND, sizeof(int));
    if (!r->output) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    memcpy(r->output, which, sizeof(int) * (size_t)r->noutput);
    complete_band(r);
    for (int i = 0; i < r->noutput; i++) rec->close |= ml_outputs[r->output[i]].available == ML_CLOSE;
    return MILIEU_OK;
}

static milieu_code fill_series(Recorder *rec, milieu_error *err) {
    MlResult *r = rec->r;
    r->ntime = rec->next;
    r->time = ml_new(rec->memory, (size_t)r->ntime + 1, sizeof(double));
    if (!r->time) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    memcpy(r->time, rec->when, sizeof(double) * (size_t)r->ntime);
    for (int i = 0; i < r->noutput; i++)
        memmove(r->value + (size_t)i * (size_t)r->ntime, value_at(rec, i, 0), sizeof(double) * (size_t)r->ntime);
    return MILIEU_OK;
}

/* 1 where a stretch of that length ends: at its multiples and where the run does. */
static int is_bound(const Recorder *rec, int i, double length) {
    return i + 1 == rec->next_stretch || fabs(remainder(rec->stretch[i], length)) < 1e-6;
}

/* Of the first hours, from each moment to the next. */
static milieu_code fill_early(Recorder *rec, const MlContext *context, milieu_error *err) {
    MlResult *r = rec->r;
    for (int k = 0; k < ML_NWHY; k++) {
        r->early[k] = ml_new(rec->memory, NEARLY, sizeof *r->early[k]);
        if (!r->early[k]) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    }
    for (int to = 1; to < rec->next_stretch && rec->stretch[to] <= EARLY + 1e-6; to++) {
        if (rec->stretch[to - 1] < 0 || rec->stretch[to] - rec->stretch[to - 1] > EARLY_STEP + 1e-6 || r->nearly == NEARLY) continue;
        for (int k = 0; k < ML_NWHY; k++)
            ml_explain((MlWhy)k, context, &rec->moment[to - 1], &rec->moment[to], &r->early[k][r->nearly]);
        r->nearly++;
    }
    return MILIEU_OK;
}

static milieu_code fill_accounts(Recorder *rec, const MlContext *context, const double *last, milieu_error *err) {
    MlResult *r = rec->r;
    r->balance = ml_balance(rec->memory, rec->start, last, &r->nbalance);
    if (!r->balance) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    for (int k = 0; k < ML_NWHY; k++) {
        r->explanation[k] = ml_new(rec->memory, (size_t)rec->nstretch, sizeof *r->explanation[k]);
        if (!r->explanation[k]) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    }
    const double length = fmax(stretch_length(r->end_time - rec->stretch[0]), rec->spacing); /* death may have shortened the run */
    for (int from = 0, to = 1; to < rec->next_stretch; to++) {
        if (!is_bound(rec, to, length)) continue;
        for (int k = 0; k < ML_NWHY; k++)
            ml_explain((MlWhy)k, context, &rec->moment[from], &rec->moment[to], &r->explanation[k][r->nexplanation]);
        r->nexplanation++;
        from = to;
    }
    return length > EARLY_STEP ? fill_early(rec, context, err) : MILIEU_OK;
}

/* The flags. */
static void fill_flags(Recorder *rec) {
    MlResult *r = rec->r;
    const MlFlagSpan *spans = ml_signs_spans(rec->signs, &r->nflag);
    r->flag = ml_new(rec->memory, (size_t)r->nflag + 1, sizeof *r->flag);
    if (!r->flag) {
        rec->out_of_memory = 1;
        r->nflag = 0;
    }
    for (int i = 0; i < r->nflag; i++) { /* in order of time: a flag that had to wait is told from before its wait */
        int k = i;
        for (; k > 0 && r->flag[k - 1].on > spans[i].on; k--) r->flag[k] = r->flag[k - 1];
        r->flag[k] = spans[i];
    }
}

/* A person who died within the last step: what was stored beyond that moment is dropped, the moment itself
 * kept. */
static void end_at_death(Recorder *rec, const MlSession *s) {
    MlResult *r = rec->r;
    double t;
    const char *death = ml_signs_death(rec->signs, &t);
    if (!death) return;
    r->lethal = 1;
    r->end_time = t = fmax(t, rec->from);
    snprintf(r->lethal_cause, sizeof r->lethal_cause, "%s", death);
    while (rec->next > 1 && rec->when[rec->next - 1] >= t) rec->next--;
    while (rec->next_stretch > 1 && rec->stretch[rec->next_stretch - 1] >= t) rec->next_stretch--;
    rec->when[rec->next] = rec->stretch[rec->next_stretch] = t;
    store_moment(rec, s, t);
    store_stretch(rec, s, t);
}

/* ---- running ---- */

/* Totals count from t = 0; those of the moments before, kept since the run began, are moved by what had come
 * together until then. */
static void count_from_zero(Recorder *rec, MlSession *s) {
    double y[ML_NSTATE], before[ML_NOUTPUT], after[ML_NOUTPUT];
    ml_session_state(s, 0, y);
    ml_session_outputs(s, y, before);
    ml_session_zero(s);
    ml_session_outputs(s, y, after);
    for (int i = 0; i < rec->r->noutput; i++) {
        const double shift = before[rec->r->output[i]] - after[rec->r->output[i]];
        for (int j = 0; j < rec->next && isfinite(shift); j++) *value_at(rec, i, j) -= shift;
    }
}

/* In pregnancy the normal tension of carbon dioxide and with it bicarbonate are lower. */
static void own_acid(const MlSession *s, MlSigns *signs) {
    static const double plasma_water = 0.94; /* of plasma; the parameter is of its water */
    const double *p = ml_session_person(s)->param;
    ml_signs_own_acid(signs, plasma_water * (p[ML_P_bicarbonate_normal] - ml_params[ML_P_bicarbonate_normal].normal),
                      p[ML_P_pco2_normal] - ml_params[ML_P_pco2_normal].normal);
}

/* Water that is normal: what there was when life began to be followed, as it was before measured values moved it, less what a disorder had
 * added to it; on hemodialysis the dry weight. Whatever a run does before t = 0 is no new normal. */
static milieu_code own_water(const MlHouse *house, const MlSession *s, const MlPersonSpec *spec, double begin, double *water, milieu_error *err) {
    double excess;
    const MlPerson *person = ml_session_person(s);
    ML_TRY(ml_settled_excess(house, spec, s, &excess, err));
    *water = person->since_dialysis > 0 ? person->dry_water : begin - excess;
    return MILIEU_OK;
}

static milieu_code live(const MlHouse *house, MlSession *s, const MlScenario *sc, Recorder *rec, milieu_error *err) {
    const MlWatcher watcher = {
        .self = rec, .step = on_step, .happened = on_event, .ended = on_end, .note = on_note};
    for (int i = 0; i < sc->nevent; i++) ML_TRY(ml_session_schedule(s, &sc->event[i], sc->duration, err));
    MlNotes notes = {0};
    double own[ML_NOUTPUT], y[ML_NSTATE];
    ml_session_state(s, ml_session_time(s), y);
    for (int i = 0; i < rec->options->nnote; i++) on_note(rec, rec->options->note[i]);
    ML_TRY(ml_apply_labs(s, &sc->person, &notes, err));
    ml_session_outputs(s, y, own); /* as it was before, to the mass as stated */
    double water;
    ML_TRY(own_water(house, s, &sc->person, own[ML_O_body_water], &water, err));
    for (int i = 0; i < notes.n; i++) on_note(rec, notes.text[i]);
    ml_session_state(s, ml_session_time(s), rec->start);
    ML_TRY(ml_guard_begin(rec->memory, s, &rec->guard, err));
    ml_shifts_begin(ml_session_context(s), rec->start, &rec->shifts);
    ml_turnover_follow(ml_session_context(s), rec->start, 0, &rec->turnover);
    rec->followed = ml_session_time(s);
    if (ml_session_time(s) < 0) {
        on_step(rec, s, ml_session_time(s), ml_session_time(s));
        ML_TRY(ml_session_advance(s, 0, &watcher, err));
        /* the moment t = 0 counts from zero */
        while (rec->next > 0 && rec->when[rec->next - 1] >= 0) rec->next--;
    }
    count_from_zero(rec, s);
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
    ML_TRY(ml_session_locator(s, ml_signs_margin_count(), &rec->locator, err));
    observe(rec, s, 0);
    on_step(rec, s, 0, 0);
    ML_TRY(ml_session_advance(s, sc->duration, &watcher, err));
    rec->r->end_time = ml_session_time(s);
    end_at_death(rec, s);
    end_excite(rec, s);
    fill_flags(rec);
    ML_TRY(ml_guard_end(&rec->guard, s, &who, rec->r, err));
    if (rec->r->end_time < sc->duration && !rec->r->lethal)
        return ml_fail(err, MILIEU_INTERRUPTED, "run", "interrupted after %.6g of %.6g h", rec->r->end_time / 60, sc->duration / 60);
    return rec->out_of_memory ? ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory") : MILIEU_OK;
}

static milieu_code run(const MlHouse *house, const MlScenario *sc, Recorder *rec, milieu_error *err) {
    MlPerson person;
    ML_TRY(ml_person_build(&sc->person, &person, err));
    ML_TRY(choose_outputs(rec, sc, err));
    ML_TRY(choose_moments(rec, sc, err));
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
    if (code == MILIEU_OK) {
        double last[ML_NSTATE];
        ml_session_state(s, rec->r->end_time, last);
        code = fill_accounts(rec, ml_session_context(s), last, err);
        const MlSolverStats *stats = ml_session_stats(s);
        rec->r->steps = stats->steps;
        rec->r->rejected = stats->rejected;
        rec->r->evaluations = stats->rows + stats->rows8;
    }
    ml_session_destroy(&s);
    if (code == MILIEU_OK) code = fill_series(rec, err);
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
    Recorder rec = {.memory = ml_memory_of(house->model),
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
