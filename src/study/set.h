/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_SET_H
#define ML_STUDY_SET_H

#include "study/evaluate.h"

/* Many studies: found, read, run. */

typedef struct MlStudySet {
    int n;
    MlStudy *study;
} MlStudySet;

/* The *.yaml and *.yml of a folder in order of their names, to be freed as is the list; after an
 * error *n is 0. */
char **ml_folder_list(const char *path, int *n, MlIssues *issues);

/* Adds a study file, or all of a folder (scenarios are left out, which arms may include). All errors go to
 * issues; a file that has one is kept as such and not run. *set begins as {0} and is always to be freed. */
void ml_set_read(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues);
void ml_set_free(MlStudySet *set);

typedef struct MlSetWatcher {
    void *self;
    int (*go_on)(void *self); /* asked at every step of every run, by several threads at once; 0 stops everything */
    void (*progress)(void *self, int done, int all); /* told after each run, by one thread at a time */
} MlSetWatcher;

/* Runs every arm and compares. Nothing depends on the number of threads. MILIEU_INTERRUPTED when the watcher
 * stopped it; arms that cannot run are no error. */
milieu_code ml_set_run(MlStudySet *set, const MlHouse *house, int threads, const MlSetWatcher *watcher,
                       milieu_error *err);

#endif
