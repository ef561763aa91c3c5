/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of ml_apply_labs. */
#ifndef ML_RUN_LABS_INSIDE_H
#define ML_RUN_LABS_INSIDE_H

#include "run/labs.h"

typedef struct MlLabs {
    const MlSession *session;
    double aim[ML_NOUTPUT];  /* measured, or following from what is; NaN: neither */
    bool told[ML_NOUTPUT];   /* measured, but left to follow from the others */
    bool water;              /* follows from sodium, tonicity or osmolality */
    bool diabetes;           /* assumed, as glucose is what the healthy do not hold */
    bool retained;           /* potassium, by kidneys that fail */
    bool acidotic;           /* by kidneys that fail */
    bool ketotic;            /* the acid that is not measured is taken as ketones */
    double dry;              /* how severe a diabetic crisis is, 0 none to 1: it has taken salt and water */
    bool ketoacidosis;       /* the crisis is that, else the hyperosmolar state */
    double before[ML_NSTATE];
    double row[ML_NROW];     /* flows and rates of that state */
    double param[ML_NPARAM]; /* of the person, and what the values tell of glands and bone */
    double input[ML_NINPUT]; /* of now, and what they tell of beta cells */
    MlContext context;       /* with these */
} MlLabs;

/* Filtration below which it alone tells of kidney disease, mL/min (KDIGO, Kidney Int 2024;105:S117; that it explains what was measured is assumed). */
static const double ml_kidneys_fail = 60;

/* Sodium beyond which thirst is taken to have failed, mmol/L. */
static const double ml_thirst_fails = 150;

static inline bool ml_lab_has(const MlLabs *labs, int output) { return labs->aim[output] == labs->aim[output]; }

/* One output of a state. */
double ml_lab_output(const MlLabs *labs, const double *y, int output);

/* Scales one substance of plasma and interstitium; chloride closes the charge. */
void ml_labs_scale_outside(double *y, int substance, double factor);

/* Sodium or potassium of the interstitium to where as much of it passes from plasma as before,
 * beside what water carries; chloride closes the charge. One Newton step. */
void ml_labs_mix(const MlLabs *labs, double *y, int ion);

/* Which of the measured values of acid and base decide, and which are told. */
void ml_labs_decide_acid(MlLabs *labs);

/* Moves one value of potassium, acid and base; false where it is no such value. */
bool ml_labs_move_acid(const MlLabs *labs, double *y, int output);

/* Whether kidneys have lived with a high potassium, and what adrenals and tubules are like then; the person keeps that. */
void ml_labs_decide_potassium(MlLabs *labs);
void ml_labs_hold_potassium(MlLabs *labs, double *y);
void ml_labs_keep_potassium(const MlLabs *labs, MlSession *session);

/* As for potassium, of the ammonium that failing kidneys do not make. */
void ml_labs_keep_acid(const MlLabs *labs, MlSession *session);

/* As for acid, of calcium, magnesium, phosphate and their hormones. */
void ml_labs_decide_minerals(MlLabs *labs);
bool ml_labs_move_minerals(const MlLabs *labs, double *y, int output);

/* Whether acid that is not measured is taken as the ketones of diabetes. */
bool ml_labs_are_ketotic(const MlLabs *labs);

/* Whether glucose tells of a diabetes that is not told; the insulin and resistance behind it; then the person keeps that. */
void ml_labs_decide_glucose(MlLabs *labs);
void ml_labs_hold_glucose(MlLabs *labs, double *y);
void ml_labs_keep_glucose(const MlLabs *labs, MlSession *session);
/* Takes the salt and water that a diabetic crisis has cost. */
void ml_labs_dry_out(MlLabs *labs, double *y);

/* Calcium that was not measured follows a measured magnesium: it goes where bone is in balance. */
void ml_labs_follow_magnesium(const MlLabs *labs, double *y);

/* What glands and bone are like where a measured calcium or parathyroid hormone stays; then the person keeps that. */
void ml_labs_hold_calcium(MlLabs *labs, double *y);
void ml_labs_keep_calcium(const MlLabs *labs, MlSession *session);
/* Lets cells, buffers and slow signals follow, so that what was moved stays where it was put. */
void ml_labs_hold(MlLabs *labs, double *y);
/* One signal to where it changes at a rate, or as before. */
void ml_labs_hold_signal(const MlLabs *labs, double *y, int state, double rate);
void ml_labs_hold_as_before(const MlLabs *labs, double *y, int state);
/* A store to where the flow that fills it has a value. */
void ml_labs_hold_flow(const MlLabs *labs, double *y, int flow, double value);

/* The ventilation, against what the body asks, that keeps the carbon dioxide tension of y. */
double ml_labs_ventilation(const MlLabs *labs, const double *y);

/* What y rests on, and how sure that is, in words; and values that hardly go together. */
void ml_labs_tell(const MlLabs *labs, const double *y, const MlPersonSpec *spec, MlNotes *notes);

#endif
