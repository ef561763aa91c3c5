/* SPDX-License-Identifier: Apache-2.0 */
#include "person/dialysis.h"

#include <math.h>
#include <string.h>

const MlDialysate ml_dialysate_usual = {.sodium = 138, .potassium = 2, .calcium = 1.5, .magnesium = 0.5, .bicarbonate = 32, .organic = 3, .glucose = 5.5};
const double ml_dialyzer_koa[2] = {[ML_LOW_FLUX] = 0.6, [ML_HIGH_FLUX] = 0.9};
const double ml_session_minutes = 240;

static const double day = 1440;
static const double long_gap = 56 * 60; /* since the end of a session: beyond it the gap is that of three days */

MlDialyzer ml_dialyzer_usual(void) {
    return (MlDialyzer){.blood = 0.3, .dialysate = 0.5, .koa = ml_dialyzer_koa[ML_HIGH_FLUX], .fluid = ml_dialysate_usual};
}

void ml_dialysate_inputs(const MlDialysate *f, double *input) {
    input[ML_U_dialysate_sodium] = f->sodium;
    input[ML_U_dialysate_potassium] = f->potassium;
    input[ML_U_dialysate_calcium] = f->calcium;
    input[ML_U_dialysate_magnesium] = f->magnesium;
    input[ML_U_dialysate_bicarbonate] = f->bicarbonate;
    input[ML_U_dialysate_phosphate] = f->phosphate;
    input[ML_U_dialysate_organic] = f->organic;
    input[ML_U_dialysate_lactate] = f->lactate;
    input[ML_U_dialysate_citrate] = f->citrate;
    input[ML_U_dialysate_urea] = f->urea;
    input[ML_U_dialysate_glucose] = f->glucose;
}

void ml_dialyzer_inputs(const MlDialyzer *d, double *input) {
    input[ML_U_dialyzing] = 1;
    input[ML_U_dialyzer_blood_flow] = d->blood;
    input[ML_U_dialyzer_dialysate_flow] = d->dialysate;
    input[ML_U_dialyzer_koa] = d->koa;
    input[ML_U_dialyzer_filtration] = d->filtration;
    input[ML_U_dialyzer_before] = d->before;
    input[ML_U_dialyzer_after] = d->after;
    input[ML_U_dialyzer_citrate] = d->citrate;
    ml_dialysate_inputs(&d->fluid, input);
}

double ml_spared_water(const MlPerson *person, double water, double minutes) {
    static const double spared = 0.1; /* of blood; assumed: more lowers pressure */
    const double most = spared * person->param[ML_P_blood_volume_normal] + person->param[ML_P_ascites_return] * minutes;
    return fmin(fmax(water - person->dry_water, 0), most);
}

double ml_past_session(double gap, double since, int k) {
    static const int gaps[2][3] = {{3, 2, 2}, {2, 2, 3}}; /* before the last session: after a short gap, after the long one */
    double start = -gap - ml_session_minutes;
    for (int i = 0; i < k; i++) start -= gaps[since > long_gap][i % 3] * day;
    return start;
}
