/* SPDX-License-Identifier: Apache-2.0 */
/* The last few people whose steady state was found, so that the next run of the same person need not look for it. */
#ifndef ML_RUN_KNOWN_H
#define ML_RUN_KNOWN_H

#include "base/memory.h"
#include "person/person.h"

typedef struct MlKnown MlKnown;

/* Memory for a fixed number of people, none of them known yet; NULL without memory. */
MlKnown *ml_known_create(const MlMemory *memory);
void ml_known_destroy(MlKnown **known);

/* Completes *person and fills state (ML_NSTATE numbers) as ml_person_settle did for the same person; false if he is
 * not known. Safe from several threads, as is ml_known_keep. */
bool ml_known_find(MlKnown *known, MlPerson *person, double *state);

/* Remembers what became of a person: asked is the person before, found the same after ml_person_settle. */
void ml_known_keep(MlKnown *known, const MlPerson *asked, const MlPerson *found, const double *state);

#endif
