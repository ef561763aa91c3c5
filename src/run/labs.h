/* SPDX-License-Identifier: Apache-2.0 */
/* Starting from measured values. */
#ifndef ML_RUN_LABS_H
#define ML_RUN_LABS_H

#include <stdbool.h>

#include "run/session.h"

/* Moves the present state to the measured values of the person, the way their disorder would:
 *
 *   plasma_sodium, plasma_tonicity, plasma_osmolality
 *                      water gained (low) or lost (high), spread over all fluids, the brain adapted; the first
 *                      of them decides, the others follow and are told in a note; with siadh the fluid outside
 *                      cells keeps its volume, its sodium having gone; glucose, calcium, magnesium and phosphate stay
 *   plasma_potassium   potassium outside cells, its charge closed with chloride; of cells so much that the value stays
 *                      (low: lost over weeks, with sodium in its place, and the kidney adapted; high in failing
 *                      kidneys: these and the adrenals do not answer it)
 *   plasma_bicarbonate, plasma_ph, arterial_pco2
 *                      bicarbonate in place of chloride, buffers and cells along; two of the three give the third, of
 *                      pH alone the disorder is metabolic; a carbon dioxide tension that bicarbonate does not explain is
 *                      kept by a changed ventilation
 *   plasma_chloride    in place of bicarbonate; where that is known, of sulfate
 *   plasma_anion_gap   sulfate in place of chloride, or of bicarbonate where chloride is known
 *   plasma_lactate, plasma_ketones
 *                      in place of bicarbonate; where that is known, of chloride; ketones as the liver goes on making them
 *   plasma_creatinine  kidneys that keep it there (ml_person_build), or, where they are told otherwise, as such
 *   plasma_urea        urea in all body water
 *   plasma_glucose     glucose outside cells, which shrink
 *   plasma_protein, plasma_albumin, plasma_oncotic_pressure
 *                      protein of plasma and interstitium, its charge closed with chloride
 *   plasma_volume      plasma as such
 *   hematocrit         red cells
 *   plasma_adh, plasma_renin, plasma_aldosterone, plasma_anp, plasma_insulin
 *                      the hormone at the start
 *
 * Others are MILIEU_NOT_AVAILABLE; values that exclude each other are an error. */
milieu_code ml_apply_labs(MlSession *s, const MlPersonSpec *spec, MlNotes *notes, milieu_error *err);

/* A refusal in place of equations that hold no more where the values have just been set. */
milieu_code ml_labs_refuse(const MlPersonSpec *spec, milieu_error *err);

/* Whether a measurement can be started from: urine follows from the state of the body. */
bool ml_lab_is_start(int output);

#endif
