/* SPDX-License-Identifier: Apache-2.0 */
#include "person/person.h"

#include <string.h>

/* Not disorders: the body that goes with them is normal for the person. */
static int is_usual(const char *condition) { return !strcmp(condition, "pregnancy") || !strcmp(condition, "cramp-prone"); }

int ml_person_without_disorders(const MlPersonSpec *spec, MlPersonSpec *healthy) {
    *healthy = *spec;
    healthy->gfr = NAN;
    healthy->ckd_stage = ML_CHOICE_NONE;
    healthy->anuric = -1;
    healthy->nlab = 0;
    healthy->ncondition = 0;
    int differs = !isnan(spec->gfr) || spec->ckd_stage != ML_CHOICE_NONE || spec->anuric > 0;
    for (int i = 0; i < spec->ncondition; i++)
        if (is_usual(spec->condition[i].name)) healthy->condition[healthy->ncondition++] = spec->condition[i];
        else differs = 1;
    for (int i = 0; i < spec->nlab; i++)
        if (spec->lab[i].output == ML_O_plasma_creatinine) differs = 1; /* it stands for the kidneys */
    return differs;
}
