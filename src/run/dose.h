/* SPDX-License-Identifier: Apache-2.0 */
/* From an entry of the timeline to what it does to the inputs of the body while it lasts. */
#ifndef ML_RUN_DOSE_H
#define ML_RUN_DOSE_H

#include "person/person.h"
#include "products/drug.h"
#include "products/intake.h"

typedef enum MlOp { ML_OP_ADD, ML_OP_SET, ML_OP_MULTIPLY } MlOp;
typedef struct MlChange {
    short input;
    short op;
    double value;
} MlChange;

enum { ML_MAX_CHANGES = ML_NINPUT + 16 }; /* an event speaks of an input once, of a few twice */
typedef struct MlChanges {
    int n;
    MlChange change[ML_MAX_CHANGES];
} MlChanges;

/* A part of an exchange that has several; its middle is left alone. */
typedef enum MlPhase { ML_PHASE_WHOLE, ML_PHASE_FILL, ML_PHASE_DRAIN } MlPhase;

/* What doses are measured against. */
typedef struct MlDoseContext {
    const MlPerson *person;
    double body_mass; /* kg, at t = 0 */
    const MlProducts *products;
    const MlDrugs *drugs;
    const double *out; /* outputs at the moment the event begins, ML_NOUTPUT */
    double *param;     /* parameters that a `set` or a drug's route changes, ML_NPARAM */
    MlPhase phase;
} MlDoseContext;

/* When that part of an exchange lasts, from when the whole does. */
void ml_exchange_phase(const MlEvent *e, MlPhase phase, double *on, double *off);

/* Changes of one occurrence that lasts `minutes`. text: what happens, in plain words. Assumptions go to
 * notes. */
milieu_code ml_dose(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                    char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err);

/* What would be refused of an event, for a person not yet settled, before anything is known of its moment. */
milieu_code ml_dose_foresee(const MlPerson *person, const MlProducts *products, const MlDrugs *drugs, const MlEvent *e, milieu_error *err);

#define ML_BEYOND_USUAL "times the largest usual dose" /* so a remark says of a dose far from usual */
static const double ML_SHORTEST = 1e-3; /* what happens at once, min */
/* Minutes over which one occurrence brings what it does. */
double ml_dose_lasts(const MlProducts *products, const MlEvent *e);

/* Share of the ordinary that is eaten in that illness. */
double ml_infection_appetite(const MlEvent *e);

/* So begins the note of exercise that exhaustion ended, and of any that ended early. */
#define ML_EXERCISE_ENDED "exercise ended: "
#define ML_EXHAUSTED ML_EXERCISE_ENDED "exhausted"
/* What a loss ended: "exercise ended: body mass -2 %". */
void ml_loss_words(const MlEvent *e, char text[ML_DEED_SIZE]);

void ml_change_add(MlChanges *changes, int input, MlOp op, double value);

/* Sets the pharmacokinetic parameters of the body from the table of drugs. */
void ml_drug_parameters(const MlDrugs *drugs, double *param);

/* Adds an intake, taken at an even rate over `minutes`, by mouth or into a vein. */
void ml_intake_changes(const MlIntake *x, int into_vein, double minutes, MlChanges *changes);

#endif
