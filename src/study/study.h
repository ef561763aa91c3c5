/* SPDX-License-Identifier: Apache-2.0 */
/* A published experiment as a test: arms that are scenarios, and what was observed. docs/studies.md. */
#ifndef ML_STUDY_STUDY_H
#define ML_STUDY_STUDY_H

#include "run/run.h"
#include "scenario/scenario.h"

typedef enum MlTake {
    ML_TAKE_MEAN,
    ML_TAKE_MAX,
    ML_TAKE_MIN,
    ML_TAKE_CHANGE,
    ML_TAKE_TIME_OF_MAX,
    ML_TAKE_TIME_OF_MIN,
    ML_TAKE_TIME_TO_REACH,
    ML_TAKE_SHARE_ABOVE,
    ML_TAKE_SHARE_BELOW
} MlTake;
typedef enum MlAs { ML_AS_DIFFERENCE, ML_AS_RATIO, ML_AS_PERCENT } MlAs;
typedef enum MlKindOfValue {
    ML_OBSERVED_VALUE,
    ML_OBSERVED_RANGE,
    ML_OBSERVED_AT_LEAST,
    ML_OBSERVED_AT_MOST,
    ML_OBSERVED_DIRECTION
} MlKindOfValue;
typedef enum MlDirection { ML_DIRECTION_UP, ML_DIRECTION_DOWN, ML_DIRECTION_SAME } MlDirection;
typedef enum MlVerdict { ML_WITHIN_1SD, ML_WITHIN_2SD, ML_BEYOND_2SD, ML_NOT_RUN } MlVerdict;

/* A moment (to = from) or a window, min since t = 0. NaN: not given. */
typedef struct MlWindow {
    double from, to;
} MlWindow;

enum { ML_STUDY_NAME = 80, ML_MAX_ARMS = 24 };

typedef struct MlObservation {
    int arm, output;
    MlWindow when;
    MlTake take;
    int per_day;
    double level;  /* of time-to-reach and shares, SI unit of the quantity */
    MlWindow from; /* the change since then */
    int than;      /* 1: compared with than_arm, than_when */
    int than_arm;
    MlWindow than_when;
    MlAs as;
    MlKindOfValue kind;
    double value, sd; /* SI unit, ratio or percent; sd NaN: from tolerance or usual variation */
    double low, high; /* of a range */
    MlDirection direction;
    double margin;
    int sd_assumed; /* 1: sd is the usual variation of the quantity */
    int contested;
    int people;
    char quality[16];
    char note[300];
    /* filled by evaluation */
    double simulated, deviation;
    double no_change; /* deviation for a person in whom nothing happens */
    MlVerdict verdict;
    char why[200]; /* not run: the reason */
} MlObservation;

typedef struct MlArm {
    char name[ML_STUDY_NAME];
    MlScenario scenario;
    int ran;
    MlResult result;
    milieu_error error;
} MlArm;

typedef struct MlStudy {
    char file[400], name[ML_STUDY_NAME], citation[400], topic[40];
    int narm;
    MlArm arm[ML_MAX_ARMS];
    int nobserved;
    MlObservation *observed;
} MlStudy;

/* Reads a study; all errors go to issues. *study is always to be freed. */
milieu_code ml_study_read(const char *path, const MlNames *names, MlStudy *study, MlIssues *issues);
void ml_study_free(MlStudy *study);

/* Runs one arm, storing what its observations need. */
void ml_study_run_arm(const MlHouse *house, MlStudy *study, int arm);
/* Compares all observations with the results of the arms. */
void ml_study_evaluate(MlStudy *study);

/* The usual spread of a quantity between people (change = 0) or of its repeat (change = 1), in the SI unit,
 * for a value of that size; NaN where none is known. */
double ml_usual_variation(int output, int change, double size);

/* "12 h", "0-3 h", "max 0-3 h from 0 h than water" */
void ml_observation_when(const MlStudy *study, const MlObservation *o, char *text, size_t size);
const char *ml_verdict_text(MlVerdict v);
extern const char *const ml_topics[];

#endif
