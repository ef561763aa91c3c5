/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is given per minute, counted as safety limits do. */
#include "run/session_inside.h"

#include <string.h>

static void by_vein(int input, double x, double *rate) {
    switch (input) {
    case ML_U_infuse_water:
    case ML_U_transfuse_redcells:
        rate[ML_SAFE_VEIN_VOLUME] += x;
        return;
    case ML_U_infuse_potassium:
        rate[ML_SAFE_VEIN_POTASSIUM] += x;
        break;
    case ML_U_infuse_magnesium:
        rate[ML_SAFE_VEIN_MAGNESIUM] += x;
        break;
    case ML_U_infuse_calcium:
        rate[ML_SAFE_VEIN_CALCIUM] += x;
        break;
    case ML_U_infuse_phosphate:
        rate[ML_SAFE_VEIN_PHOSPHATE] += x;
        break;
    case ML_U_infuse_bicarbonate:
        rate[ML_SAFE_VEIN_BICARBONATE] += x;
        break;
    case ML_U_infuse_glucose:
        rate[ML_SAFE_VEIN_GLUCOSE] += x;
        break;
    case ML_U_infuse_sodium:
    case ML_U_infuse_chloride:
    case ML_U_infuse_sulfate:
    case ML_U_infuse_organic:
    case ML_U_infuse_lactate:
    case ML_U_infuse_citrate:
    case ML_U_infuse_ammonium:
    case ML_U_infuse_urea:
    case ML_U_infuse_mannitol:
        break;
    default:
        return;
    }
    rate[ML_SAFE_VEIN_OSMOLES] += x; /* every particle counts one, as on labels */
}

static void by_mouth(int input, double x, const MlEvent *event, double *rate) {
    const int taken = event && (event->kind == ML_EVENT_TAKE || event->kind == ML_EVENT_DRUG);
    switch (input) {
    case ML_U_ingest_sodium:
        if (!event || event->kind == ML_EVENT_EAT) rate[ML_SAFE_FOOD_SODIUM] += x;
        break;
    case ML_U_ingest_potassium:
        rate[ML_SAFE_MOUTH_POTASSIUM] += x;
        if (taken) rate[ML_SAFE_TAKEN_POTASSIUM] += x;
        break;
    case ML_U_ingest_calcium:
    case ML_U_undissolved_calcium:
        rate[ML_SAFE_MOUTH_CALCIUM] += x;
        break;
    case ML_U_ingest_magnesium:
    case ML_U_undissolved_magnesium:
        if (taken) rate[ML_SAFE_TAKEN_MAGNESIUM] += x;
        break;
    case ML_U_ingest_phosphate:
        rate[ML_SAFE_MOUTH_PHOSPHORUS] += x;
        break;
    case ML_U_ingest_protein:
        rate[ML_SAFE_MOUTH_PROTEIN] += x;
        break;
    default:
        break;
    }
}

/* Fluid that runs holds less sodium and potassium than this is hypotonic, whatever its glucose, which is burned: below that of Hartmann's
 * solution, mmol/L. */
static const double hypotonic = 130;

/* Red cells are no fluid here. */
static double hypotonic_fluid(const double *infused) {
    const double water = infused[ML_U_infuse_water];
    return infused[ML_U_infuse_sodium] + infused[ML_U_infuse_potassium] < hypotonic * water ? water : 0;
}

/* Water by mouth is not among it: of that the person decides too, by thirst. */
void ml_session_count_given(MlSession *s, int nactive) {
    memset(s->given, 0, sizeof s->given);
    s->exercising = 0;
    double infused[ML_NINPUT] = {0};
    for (int i = 0; i < nactive; i++) {
        const MlBout *b = s->order[i];
        if (b->event && b->event->kind == ML_EVENT_EXERCISE) s->exercising = 1;
        if (b->event && b->event->kind == ML_EVENT_PLASMA_EXCHANGE) continue; /* takes out what it gives */
        for (int k = 0; k < b->changes.n; k++) {
            const MlChange *c = &b->changes.change[k];
            if (c->op != ML_OP_ADD) continue;
            infused[c->input] += c->value;
            by_vein(c->input, c->value, s->given);
            by_mouth(c->input, c->value, b->event, s->given);
        }
    }
    s->given[ML_SAFE_VEIN_HYPOTONIC] = hypotonic_fluid(infused);
}

const double *ml_session_given(const MlSession *s) { return s->given; }
int ml_session_exercising(const MlSession *s) { return s->exercising; }
