/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_STUDY_EVALUATE_H
#define ML_STUDY_EVALUATE_H

#include "study/study.h"
#include "study/variation.h"

/* Runs one arm, storing what the observations need. go_on may be NULL; 0 from it stops the run. */
void ml_study_run_arm(const MlHouse *house, MlStudy *study, int arm, int (*go_on)(void *self, double done),
                      void *self);

/* An arm that is probed: its result, and that of a healthy person at rest. */
milieu_code ml_probe_arm(MlArm *arm, milieu_error *err);

/* Compares all observations with the results of the arms. */
void ml_study_evaluate(MlStudy *study, const MlVariations *variations);

#endif
