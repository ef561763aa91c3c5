/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of ml_dose: what each kind of event does to the inputs. */
#ifndef ML_RUN_DOSE_KINDS_H
#define ML_RUN_DOSE_KINDS_H

#include <math.h>

#include "run/dose.h"

/* The amount asked for in field f, per-kilogram doses and shares of a quantity resolved; rates become totals. */
double ml_dose_amount(const MlDoseContext *c, const MlEvent *e, MlField f, double minutes);

/* Amounts for reading: "450 mL", "1.16 L"; "600 mg", "5 g". */
const char *ml_volume_word(double liters, char *text, size_t size);
const char *ml_mass_word(double micrograms, char *text, size_t size);

/* medicine.c: a drug whose dose stands in field f */
milieu_code ml_dose_drug(const MlDoseContext *c, const MlEvent *e, const MlDrug *d, MlField f, double minutes,
                         MlChanges *changes, char text[ML_DEED_SIZE], MlNotes *notes, milieu_error *err);

/* loss.c */
void ml_dose_gut_loss(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                      char text[ML_DEED_SIZE], MlNotes *notes);
void ml_dose_sweat(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                   char text[ML_DEED_SIZE]);

/* dialysis.c */
milieu_code ml_dose_dialysis(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                             MlNotes *notes, milieu_error *err);
milieu_code ml_dose_hemofiltration(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                                   MlNotes *notes, milieu_error *err);
milieu_code ml_dose_peritoneal(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE],
                               MlNotes *notes, milieu_error *err);
/* injury.c */
void ml_dose_injury(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE]);

/* circumstance.c */
void ml_dose_exercise(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE],
                      MlNotes *notes);
void ml_dose_heat(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]);
void ml_dose_infection(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE], MlNotes *notes);
void ml_dose_kidney(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]);
void ml_dose_removal(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]);
void ml_dose_posture(const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]);
void ml_dose_breathing(const MlDoseContext *c, const MlEvent *e, MlChanges *changes, char text[ML_DEED_SIZE]);

#endif
