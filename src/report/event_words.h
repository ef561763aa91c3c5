/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_EVENT_WORDS_H
#define ML_REPORT_EVENT_WORDS_H

#include "timeline/timeline.h"

/* What a scenario asks for, in words. Texts that do not fit are cut. */

/* "drink 333 mL of water, over 10 min" */
void ml_event_told(const MlEvent *e, char *text, size_t size);
/* "at 10 min, every 20 min until 4 h 50 min" */
void ml_event_when(const MlEvent *e, char *text, size_t size);
/* "sodium 150 mmol/d, water 2.3 L/d"; empty where nothing is told. */
void ml_diet_told(const MlDietSpec *d, char *text, size_t size);
/* "333 mL", "0.5 g/kg", "150 % of sweat_volume", "5 h": a value kept in that unit. */
void ml_value_told(double v, const char *unit, char *text, size_t size);

#endif
