/* SPDX-License-Identifier: Apache-2.0 */
/* Starting from measured values. */
#ifndef ML_RUN_LABS_H
#define ML_RUN_LABS_H

#include <stdbool.h>

#include "run/session.h"

/* Moves the present state to the measured values of the person, the way their disorder would:
 *
 *   plasma_sodium      water gained (low) or lost (high), spread over all fluids, the brain adapted
 *   plasma_urea        urea in all body water
 *   plasma_glucose     glucose outside cells, with the water it draws
 *   plasma_protein     protein of plasma and interstitium
 *   plasma_osmolality  as sodium would
 *   plasma_chloride    chloride in the place of bicarbonate, outside cells
 *   hematocrit         red cells
 *
 * Others are MILIEU_NOT_AVAILABLE. */
milieu_code ml_apply_labs(MlSession *s, const MlPersonSpec *spec, milieu_error *err);

/* Whether a measurement can be started from: urine follows from the state of the body. */
bool ml_lab_is_start(int output);

#endif
