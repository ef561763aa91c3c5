/* SPDX-License-Identifier: Apache-2.0 */
/* What is written down of a run: run.c lives it, record.c watches, record_moments.c chooses when, record_result.c makes the result. */
#ifndef ML_RUN_RECORD_H
#define ML_RUN_RECORD_H

#include "run/explain.h"
#include "run/guard.h"
#include "run/run.h"
#include "run/shift.h"
#include "run/turnover.h"
#include "solve/locate.h"

/* What is written down while the person lives. */
typedef struct MlRecorder {
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
    MlMoment extreme[ML_NWHY][2]; /* where what is explained was lowest and highest, of the stored moments */
    MlShifts shifts;     /* potassium of cells, until `followed` */
    MlTurnover turnover; /* of gut and bone, until then */
    double followed, pace, spacing; /* spacing: of the stretches, min */
    double start[ML_NSTATE]; /* at t = 0 */
    double from;             /* where the last step began */
    double end;
    int log_space, note_space;
    int out_of_memory;
    MlSigns *signs; /* before t = 0 others than from then on */
    int before;     /* t < 0: death alone is looked for */
    MlGuard guard;  /* safety limits */
    double usual[ML_NOUTPUT]; /* nerve and muscle of a healthy adult at rest */
    MlLocator *locator;
} MlRecorder;

/* The moments to store and the stretches to explain. */
milieu_code ml_record_moments(MlRecorder *rec, const MlScenario *sc, milieu_error *err);
/* They divide the hours, days, weeks and months in which a report tells the story of a run of that length. */
double ml_record_stretch(double length);

/* What a session tells as it goes; self is the recorder. */
int ml_record_step(void *self, MlSession *s, double from, double to);
void ml_record_event(void *self, int kind, double from, double to, const char *text);
void ml_record_ended(void *self, int kind, double from, double to);
void ml_record_note(void *self, const char *text);
/* Signs and limits at a moment. */
void ml_record_observe(MlRecorder *rec, const MlSession *s, double t);
/* Of output i of the result at moment j. While the run goes on there is room for every moment; ml_record_series closes the ranks. */
double *ml_record_value(const MlRecorder *rec, int i, int j);
/* Totals count from t = 0; those of the moments before, kept since the run began, are moved by what had come together until then. */
void ml_record_from_zero(MlRecorder *rec, MlSession *s);
/* A person who died within the last step: what was stored beyond that moment is dropped, the moment itself kept. */
void ml_record_death(MlRecorder *rec, const MlSession *s);
/* The end, beyond which nothing of nerve and muscle is kept. */
void ml_record_end_excite(MlRecorder *rec, const MlSession *s);

/* From what was written down to the result. */
milieu_code ml_record_outputs(MlRecorder *rec, const MlScenario *sc, milieu_error *err);
milieu_code ml_record_series(MlRecorder *rec, milieu_error *err);
milieu_code ml_record_accounts(MlRecorder *rec, const MlContext *context, const double *last, milieu_error *err);
void ml_record_flags(MlRecorder *rec);

#endif
