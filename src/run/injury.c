/* SPDX-License-Identifier: Apache-2.0 */
/* Burns and dead muscle: what they do to the inputs while they happen. */
#include "run/dose_kinds.h"

#include <stdio.h>

#include "timeline/tables.h"

typedef struct Injury {
    MlChoice kind, severity;
    double area, dead, room, leak; /* shares of skin and muscle; L/kg */
} Injury;
static const Injury injuries[] = {
#define INJURY(kind, severity, area, dead, room, leak, source) {ML_C_INJURY_##kind, ML_C_SEVERITY_##severity, area, dead, 1e-3 * (room), leak},
#include "run/injuries.def"
};

static const double leak_begins = 0.1, leak_slope = 4; /* of all capillaries, with the area of a burn: as the rows of injuries.def */

static Injury injury_of(const MlEvent *e) {
    const MlChoice severity = ml_event_has(e, ML_FIELD_SEVERITY) ? (MlChoice)e->value[ML_FIELD_SEVERITY].v : ML_C_SEVERITY_MODERATE;
    Injury found = injuries[0];
    for (size_t i = 0; i < sizeof injuries / sizeof injuries[0]; i++)
        if (injuries[i].kind == (MlChoice)e->value[ML_FIELD_KIND].v && injuries[i].severity == severity) found = injuries[i];
    if (!ml_event_has(e, ML_FIELD_AREA)) return found;
    const double area = e->value[ML_FIELD_AREA].v, more = area / found.area;
    return (Injury){found.kind, severity, area, more * found.dead, more * found.room, leak_slope * fmax(area - leak_begins, 0)};
}

void ml_dose_injury(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes, char text[ML_DEED_SIZE]) {
    const Injury x = injury_of(e);
    ml_change_add(changes, ML_U_muscle_death, ML_OP_ADD, x.dead / minutes);
    ml_change_add(changes, ML_U_tissue_room, ML_OP_ADD, x.room * c->body_mass / minutes);
    ml_change_add(changes, ML_U_injury_leak, ML_OP_ADD, x.leak / minutes);
    ml_change_add(changes, ML_U_open_wound, ML_OP_ADD, x.area / minutes);
    if (x.kind == ML_C_INJURY_BURN)
        snprintf(text, ML_DEED_SIZE, "burned: %.3g %% of the skin", 100 * x.area);
    else
        snprintf(text, ML_DEED_SIZE, "muscle died: %.2g %% of it", 100 * x.dead);
}
