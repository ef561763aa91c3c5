/* SPDX-License-Identifier: Apache-2.0 */
/* Losses by vomiting, drainage, diarrhea and, imposed, by sweat. */
#include "run/dose_kinds.h"

#include <stdio.h>

#include "timeline/tables.h"

typedef struct Loss {
    MlChoice choice;
    double na, k, cl, ca, mg, p, block, hurry, villi;
    const char *text;
} Loss;
static const Loss losses[] = {
#define LOSS(choice, na, k, cl, ca, mg, p, block, hurry, villi, text, source) {ML_C_##choice, na, k, cl, ca, mg, p, block, hurry, villi, text},
#include "run/losses.def"
};

/* Charge of calcium, magnesium and phosphate, mEq/L. */
static double minerals(const Loss *loss) {
    return ml_substances[ML_calcium].valence * loss->ca + ml_substances[ML_magnesium].valence * loss->mg +
           ml_substances[ML_phosphate].valence * loss->p;
}

/* What the event itself states; chloride closes the charge, as in fluids. What it leaves open stays that of the
 * kind, and base follows from the rest. */
static void fill_in(Loss *loss, const double *given, MlNotes *notes) {
    const double na = given[ML_NUTRIENT_SODIUM], k = given[ML_NUTRIENT_POTASSIUM];
    const double cl = given[ML_NUTRIENT_CHLORIDE], base = given[ML_NUTRIENT_BICARBONATE];
    const double ca = given[ML_NUTRIENT_CALCIUM], mg = given[ML_NUTRIENT_MAGNESIUM], p = given[ML_NUTRIENT_PHOSPHATE];
    if (!isnan(ca)) loss->ca = ca;
    if (!isnan(mg)) loss->mg = mg;
    if (!isnan(p)) loss->p = p;
    if (!isnan(na)) loss->na = na;
    if (!isnan(k)) loss->k = k;
    if (!isnan(cl)) loss->cl = cl;
    if (isnan(base)) return;
    const double open = loss->na + loss->k + minerals(loss) - base - (isnan(cl) ? 0 : cl);
    if (isnan(cl)) loss->cl = fmax(open, 0);
    else if (open > 0) loss->cl += open;
    if (open < 0) loss->na -= open;
    const double stated = isnan(ca) && isnan(mg) && isnan(p) ? open - minerals(loss) : open;
    if ((!isnan(cl) || open < 0) && fabs(stated) > 0.01 * (base + loss->cl))
        ml_notes_add(notes, "%s: %.3g mEq/L of charge without a named partner closed with %s", loss->text,
                     fabs(stated), stated > 0 ? "chloride" : "sodium");
}

static Loss loss_of(const MlEvent *e, MlChoice otherwise, MlNotes *notes) {
    const MlChoice kind = ml_event_has(e, ML_FIELD_KIND) ? (MlChoice)e->value[ML_FIELD_KIND].v : otherwise;
    Loss loss = losses[0];
    for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++)
        if (losses[i].choice == kind) loss = losses[i];
    if (e->has_composition) fill_in(&loss, e->composition.value, notes);
    return loss;
}

void ml_dose_gut_loss(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                      char text[ML_DEED_SIZE], MlNotes *notes) {
    const int stool = e->kind == ML_EVENT_DIARRHEA;
    const Loss loss = loss_of(e, stool ? ML_C_DIARRHEA_SECRETORY : ML_C_VOMIT_GASTRIC, notes);
    const double volume = ml_dose_amount(c, e, ML_FIELD_AMOUNT, minutes), rate = volume / minutes;
    const double base = loss.na + loss.k + minerals(&loss) - loss.cl;
    const double nausea = 0.5; /* of one who vomits; assumed */
    ml_change_add(changes, stool ? ML_U_purge_water : ML_U_vomit_water, ML_OP_ADD, rate);
    ml_change_add(changes, stool ? ML_U_purge_sodium : ML_U_vomit_sodium, ML_OP_ADD, rate * loss.na);
    ml_change_add(changes, stool ? ML_U_purge_potassium : ML_U_vomit_potassium, ML_OP_ADD, rate * loss.k);
    ml_change_add(changes, stool ? ML_U_purge_chloride : ML_U_vomit_chloride, ML_OP_ADD, rate * loss.cl);
    ml_change_add(changes, stool ? ML_U_purge_bicarbonate : ML_U_vomit_bicarbonate, ML_OP_ADD, rate * base);
    ml_change_add(changes, stool ? ML_U_purge_calcium : ML_U_vomit_calcium, ML_OP_ADD, rate * loss.ca);
    ml_change_add(changes, stool ? ML_U_purge_magnesium : ML_U_vomit_magnesium, ML_OP_ADD, rate * loss.mg);
    ml_change_add(changes, stool ? ML_U_purge_phosphate : ML_U_vomit_phosphate, ML_OP_ADD, rate * loss.p);
    if (stool && loss.block > 0) { /* what drains from a duct leaves the rest of the gut as it is */
        ml_change_add(changes, ML_U_gut_block, ML_OP_SET, loss.block);
        ml_change_add(changes, ML_U_gut_hurry, ML_OP_SET, loss.hurry);
        ml_change_add(changes, ML_U_gut_villi, ML_OP_SET, loss.villi);
    } else if (e->kind == ML_EVENT_VOMIT) {
        ml_change_add(changes, ML_U_nausea, ML_OP_SET, nausea);
    }
    char amount[40];
    snprintf(text, ML_DEED_SIZE, "lost %s of %s", ml_volume_word(volume, amount, sizeof amount), loss.text);
}

void ml_dose_sweat(const MlDoseContext *c, const MlEvent *e, double minutes, MlChanges *changes,
                      char text[ML_DEED_SIZE]) {
    const MlField f = ml_event_has(e, ML_FIELD_AMOUNT) ? ML_FIELD_AMOUNT : ML_FIELD_RATE;
    const double volume = ml_dose_amount(c, e, f, minutes);
    ml_change_add(changes, ML_U_sweat_imposed, ML_OP_SET, 1);
    ml_change_add(changes, ML_U_sweat_imposed_rate, ML_OP_SET, volume / minutes);
    static const struct {
        int nutrient, input;
    } ions[] = {{ML_NUTRIENT_SODIUM, ML_U_sweat_imposed_sodium},
                {ML_NUTRIENT_CHLORIDE, ML_U_sweat_imposed_chloride},
                {ML_NUTRIENT_POTASSIUM, ML_U_sweat_imposed_potassium},
                {ML_NUTRIENT_CALCIUM, ML_U_sweat_imposed_calcium},
                {ML_NUTRIENT_MAGNESIUM, ML_U_sweat_imposed_magnesium}};
    for (size_t i = 0; i < sizeof ions / sizeof ions[0]; i++)
        if (e->has_composition && !isnan(e->composition.value[ions[i].nutrient]))
            ml_change_add(changes, ions[i].input, ML_OP_SET, e->composition.value[ions[i].nutrient]);
    char amount[40];
    snprintf(text, ML_DEED_SIZE, "sweated %s as measured", ml_volume_word(volume, amount, sizeof amount));
}
