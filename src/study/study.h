/* SPDX-License-Identifier: Apache-2.0 */
/* A published experiment as a test: arms that are scenarios, and what was observed. docs/studies.md. */
#ifndef ML_STUDY_STUDY_H
#define ML_STUDY_STUDY_H

#include "run/run.h"
#include "scenario/scenario.h"
#include "signs/excite.h"

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

typedef enum MlMeasured {
    ML_MEASURED_VALUE,
    ML_MEASURED_RANGE,
    ML_MEASURED_AT_LEAST,
    ML_MEASURED_AT_MOST,
    ML_MEASURED_DIRECTION
} MlMeasured;

typedef enum MlDirection { ML_DIRECTION_UP, ML_DIRECTION_DOWN, ML_DIRECTION_SAME } MlDirection;
typedef enum MlQuality {
    ML_QUALITY_TABLE,
    ML_QUALITY_FIGURE,
    ML_QUALITY_ABSTRACT,
    ML_QUALITY_MEMORY,
    ML_QUALITY_NONE /* not said */
} MlQuality;
typedef enum MlVerdict { ML_WITHIN_1SD, ML_WITHIN_2SD, ML_BEYOND_2SD, ML_NOT_RUN } MlVerdict;

/* The words of the file format, NULL at the end. */
extern const char *const ml_topic_words[],
    *const ml_take_words[], *const ml_as_words[], *const ml_direction_words[], *const ml_quality_words[],
                                                                                   *const ml_verdict_words[];

/* A moment (to = from) or a window, min since t = 0. NaN: not given. */
typedef struct MlWindow {
    double from, to;
} MlWindow;

/* How a run compares with what was measured. */
typedef struct MlFinding {
    double simulated; /* NaN: there is no value */
    double sd;        /* against which the deviation counts; NaN where none is needed */
    bool usual;       /* sd is the quantity's usual variation */
    double deviation; /* in SD; NaN for a direction and where there is no value */
    bool still;       /* a person in whom nothing happens would be within 1 SD */
    MlVerdict verdict;
    char why[160]; /* where there is no value: the reason */
} MlFinding;

/* Values are in the SI unit of what is observed: of the quantity, that per day, ratio 1, percent, min. */
typedef struct MlObservation {
    int arm, output;
    MlWindow when;
    MlTake take;
    bool per_day;
    double level;  /* of time-to-reach and shares, in the unit of the quantity */
    MlWindow from; /* the change since then */
    bool than;     /* compared with than_arm at than_when */
    int than_arm; /* arm where there is no than */
    MlWindow than_when; /* of its own, or equal to when */
    MlAs as;
    MlMeasured measured;
    double value;     /* of a range its middle */
    double low, high; /* of a range */
    double sd;        /* as measured, or the tolerance; NaN: not printed */
    MlDirection direction;
    double margin; /* NaN: not given */
    bool contested;
    int people; /* of a share; 0: not given */
    MlQuality quality;
    char *note, *source; /* owned; NULL: none */
    int line;            /* in the file */
    MlFinding found;     /* filled by ml_study_evaluate */
} MlObservation;

enum { ML_STUDY_NAME = 80, ML_STUDY_ERROR = 1024, ML_WHEN_TEXT = ML_STUDY_NAME + 160, ML_UNIT_TEXT = 40 };

typedef struct MlArm {
    char name[ML_STUDY_NAME];
    MlScenario scenario;
    bool probed; /* no scenario, but nerve and muscle as `excite` states */
    MlExcite excite;
    bool ran;
    milieu_error error; /* why it did not run; set by the reader where it cannot even be tried */
    MlResult result;
    MlResult still; /* the same outputs in a person in whom nothing happens: values stay as the run begins,
                       totals grow by those of an ordinary day of the same person */
} MlArm;

typedef struct MlStudy {
    char *file; /* owned, as are the other texts */
    char name[ML_STUDY_NAME];
    char error[ML_STUDY_ERROR];    /* the first that keeps it from being run; empty: the file is good */
    char *citation, *title, *note; /* "" where not given */
    int topic;                     /* index of ml_topic_words; -1 with an error */
    int people;                    /* 0: not given */
    int narm;
    MlArm *arm;
    int nobserved;
    MlObservation *observed;
} MlStudy;

/* Reads a study; every error goes to issues. MILIEU_OK if there is none; an arm that needs what this version
 * does not compute is noted and kept as one that cannot run. *study is always to be freed; after an error it
 * has neither arms nor observations. */
milieu_code ml_study_read(const char *path, const MlNames *names, MlStudy *study, MlIssues *issues);
milieu_code ml_study_read_text(const char *text, size_t size, const char *file, const MlNames *names,
                               MlStudy *study, MlIssues *issues);
void ml_study_free(MlStudy *study);

/* What a file looks like. */
typedef enum MlFileKind { ML_FILE_OTHER, ML_FILE_STUDY, ML_FILE_SCENARIO } MlFileKind;
MlFileKind ml_file_kind(const char *path);

/* "8 h", "0-3 h", "max 0-3 h from 0 h than water" */
void ml_observation_when(const MlStudy *study, const MlObservation *o, char *text, size_t size);
/* "mmol/L", "L/d", "%", "ratio", "min": the unit of its values. */
void ml_observation_unit(const MlObservation *o, char *text, size_t size);
/* Whether it is a change or a comparison, not a plain value. */
bool ml_observation_is_change(const MlObservation *o);

#endif
