/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_PARTS_H
#define ML_STUDY_PARTS_H

#include "scenario/values.h"
#include "study/study.h"

/* What the parts of the reader of studies share. */
typedef struct MlStudyReader {
    const MlNames *names;
    MlIssues *issues;
    MlStudy *study;
    bool *whole; /* per arm: read without errors, so that its times can be held against */
} MlStudyReader;

/* read.c: the place of a word in a list that ends with NULL; -1 after an error. */
int ml_read_word(MlIssues *issues, const MlNode *node, const char *key, const char *const *words);
size_t ml_count_words(const char *const *words);
/* Every key of a mapping that is not among words is an error. */
void ml_check_keys(MlIssues *issues, const MlNode *mapping, const char *where, const char *const *words);

/* probe.c: an arm with the key `probe`. */
void ml_read_probe(MlStudyReader *r, const MlNode *arm, MlArm *out);

/* observed.c: one entry of `observed`. */
void ml_read_observation(MlStudyReader *r, const MlNode *node, MlObservation *o);

/* amount.c: what was measured, in the unit of the observation, whose other fields have been read. */
void ml_read_measured(MlStudyReader *r, const MlNode *node, MlObservation *o);

#endif
