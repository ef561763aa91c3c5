/* SPDX-License-Identifier: Apache-2.0 */
/* From a description of a person to the parameters and the first state of the body. */
#ifndef ML_PERSON_PERSON_H
#define ML_PERSON_PERSON_H

#include "body/body.h"
#include "timeline/timeline.h"

/* What a person eats and drinks in a day, completed. */
typedef struct MlDiet {
    double value[ML_NDIET]; /* units of timeline/diet.def */
    double food_potassium;  /* mmol/d, that of the habitual diet: comes with organic anions, what differs from it with chloride */
    double salted;          /* 1: salted to taste; 0: its sodium is stated */
} MlDiet;

/* A person, resolved. Immutable once built, but for `set` events, which work on a copy of param. */
typedef struct MlPerson {
    char preset[ML_NAME_SIZE]; /* the preset it began from */
    int custom;                /* 1: differs from the preset, so that its steady state must be found */
    MlChoice sex;
    double age, height, mass, body_fat;
    double body_water;     /* L, expected */
    double metabolic_rate; /* MET, mean over the day */
    int anuric;            /* the kidneys stop at t = 0 */
    double magnesium_wasting; /* share of the tubular maximum of magnesium that is lost until t = 0 */
    double since_dialysis; /* min from the end of the last session to the beginning; 0: no hemodialysis */
    double dialysis_gap;   /* the same to the moment at which the steady state is kept */
    double dry_water;      /* L, body water that sessions aim at, read off the steady state; 0: none */
    double insulin_lack;   /* share of insulin secretion that stops at t = 0 */
    double adh_release;    /* pg/mL of a standing condition */
    double ventilation;    /* alveolar, to what the body asks */
    MlDiet diet;
    double param[ML_NPARAM];
    char text[400]; /* one paragraph for reports */
} MlPerson;

/* Resolves a description: preset, then its own fields, conditions and parameters. Errors name the field. */
milieu_code ml_person_build(const MlPersonSpec *spec, MlPerson *person, milieu_error *err);

/* The same person without the disorders that are described: kidneys of their age, no conditions but pregnancy and a proneness to cramp.
 * Returns 1 if that differs. */
int ml_person_without_disorders(const MlPersonSpec *spec, MlPersonSpec *healthy);

/* A first state near the person's steady state, electroneutral and isosmotic (ML_NSTATE numbers). */
void ml_person_guess(const MlPerson *person, double *state);

/* The inputs of a day on which nothing happens: no food, rest, room temperature (ML_NINPUT numbers). */
void ml_person_inputs(const MlPerson *person, double *input);

/* Adds a share of the daily diet, taken over `minutes`, to the inputs. */
void ml_diet_add(const MlDiet *diet, double food_share, double drink_share, double minutes, double *input);

/* A preset by name or index; -1 if there is none. */
typedef struct MlPresetInfo {
    const char *name, *text;
    MlChoice sex;
    double age;             /* y */
    double diet[ML_NDIET];  /* units of timeline/diet.def */
} MlPresetInfo;
int ml_preset_find(const char *name);
int ml_preset_of(const MlPersonSpec *spec); /* the one a description begins from */
int ml_preset_count(void);
MlPresetInfo ml_preset_info(int i);

/* What in a description cannot be together; `where` of the error: "conditions" or "labs". */
milieu_code ml_person_check(const MlPersonSpec *spec, milieu_error *err);

/* How far a measured value may lie from what the others give; beyond `most` they exclude each other. */
typedef struct MlLabGap {
    int output;
    double allowed, most;
    const char *why; /* it may lie so far */
} MlLabGap;
MlLabGap ml_lab_gap(int output);
/* Whether the other labs give another value for the i-th by definition (pH by carbon dioxide and bicarbonate, the anion gap by its ions):
 * it then, else NaN. */
double ml_lab_contradicted(const MlPersonSpec *spec, int i);
/* "labs contradict each other: ..." */
const char *ml_lab_contradiction(const MlLab *lab, double follows, char *text, size_t size);

#endif
