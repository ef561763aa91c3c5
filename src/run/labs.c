/* SPDX-License-Identifier: Apache-2.0 */
#include "run/labs.h"

#include <string.h>

#include "base/fail.h"

static void scale_substance(double *y, int substance, double factor) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].substance == substance && ml_places[ml_states[i].place].inside) y[i] *= factor;
}

/* Water in or out of every fluid alike, as after days of too much or too little; the brain has shed or
 * gained solutes and keeps most of its volume. */
static void add_water(const MlPerson *person, double *y, double factor) {
    static const int fluids[] = {ML_S_plasma_water, ML_S_interstitial_water, ML_S_muscle_water,
                                 ML_S_other_water, ML_S_redcell_water};
    for (size_t i = 0; i < sizeof fluids / sizeof fluids[0]; i++) y[fluids[i]] *= factor;
    const double *p = person->param;
    const double fall = 1.0 - 1.0 / factor, osmoles = p[ML_P_brain_osmoles_normal];
    const double salt = p[ML_P_brain_salt_share] * osmoles * fall / (2.0 * p[ML_P_osmotic_coefficient]);
    const double na = p[ML_P_brain_sodium_part] * salt, k = salt - na;
    y[ML_S_brain_sodium] -= na;
    y[ML_S_brain_potassium] -= k;
    y[ML_S_brain_chloride] -= salt;
    y[ML_S_brain_osmolyte] -= p[ML_P_brain_osmolyte_share] * osmoles * fall;
    /* what the brain gave up went to the extracellular fluid with the rest */
    y[ML_S_interstitial_sodium] += na;
    y[ML_S_interstitial_potassium] += k;
    y[ML_S_interstitial_chloride] += salt;
    y[ML_S_brain_water] *=
        1.0 + (1.0 - p[ML_P_brain_salt_share] - p[ML_P_brain_osmolyte_share]) * (factor - 1.0);
}

static double output_of(const MlSession *s, const double *y, int output) {
    double out[ML_NOUTPUT];
    ml_session_outputs(s, y, out);
    return out[output];
}

/* The factor on water at which the output reads the value, by bisection on a monotone response. */
static milieu_code reach_by_water(MlSession *s, double *y, int output, double value, milieu_error *err) {
    double low = 0.7, high = 1.6, trial[ML_NSTATE];
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        memcpy(trial, y, sizeof trial);
        add_water(ml_session_person(s), trial, middle);
        if (output_of(s, trial, output) > value)
            low = middle;
        else
            high = middle;
    }
    if (low < 0.701 || high > 1.599)
        return ml_fail(err, MILIEU_BAD_INPUT, ml_outputs[output].name,
                       "%.4g %s cannot be reached by a change of body water", value, ml_outputs[output].unit);
    add_water(ml_session_person(s), y, 0.5 * (low + high));
    return MILIEU_OK;
}

/* Glucose above or below normal draws water between cells and the fluid outside; the model does that within
 * minutes, so here the amount alone is set. */
static void set_glucose(const MlSession *s, double *y, double value) {
    const double factor = value / output_of(s, y, ML_O_plasma_glucose);
    y[ML_S_plasma_glucose] *= factor;
    y[ML_S_interstitial_glucose] *= factor;
}

/* Protein takes up volume itself, so that its concentration is not quite proportional to its amount. */
static void set_protein(const MlSession *s, double *y, int output, double value) {
    for (int i = 0; i < 8; i++) {
        const double factor = value / output_of(s, y, output);
        y[ML_S_plasma_protein] *= factor;
        y[ML_S_interstitial_protein] *= factor;
    }
}

static void set_hematocrit(const MlSession *s, double *y, double value) {
    const double ratio = ml_session_person(s)->param[ML_P_hematocrit_ratio];
    const double now = output_of(s, y, ML_O_hematocrit) * ratio, aim = value * ratio;
    const double factor = aim / (1 - aim) * (1 - now) / now;
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].place == ML_AT_redcell) y[i] *= factor;
}

/* Chloride in the place of bicarbonate or the reverse, outside cells, as when stomach or bowel lose one of them. */
static milieu_code set_chloride(const MlSession *s, double *y, double value, milieu_error *err) {
    const double factor = value / output_of(s, y, ML_O_plasma_chloride);
    static const int place[][2] = {{ML_S_plasma_chloride, ML_S_plasma_bicarbonate},
                                   {ML_S_interstitial_chloride, ML_S_interstitial_bicarbonate}};
    for (size_t i = 0; i < sizeof place / sizeof place[0]; i++) {
        const double more = y[place[i][0]] * (factor - 1.0);
        y[place[i][0]] += more;
        y[place[i][1]] -= more;
        if (!(y[place[i][1]] > 0))
            return ml_fail(err, MILIEU_BAD_INPUT, "plasma_chloride",
                           "%.4g mmol/L leaves no room for bicarbonate at this plasma sodium", value);
    }
    return MILIEU_OK;
}

bool ml_lab_is_start(int output) {
    return output != ML_O_urine_sodium && output != ML_O_urine_potassium && output != ML_O_urine_osmolality;
}

milieu_code ml_apply_labs(MlSession *s, const MlPersonSpec *spec, milieu_error *err) {
    double y[ML_NSTATE];
    ml_session_state(s, ml_session_time(s), y);
    int sodium = -1, chloride = -1;
    for (int i = 0; i < spec->nlab; i++) {
        const MlLab *lab = &spec->lab[i];
        switch (lab->output) {
        case ML_O_plasma_sodium:
        case ML_O_plasma_osmolality:
            sodium = i;
            break;
        case ML_O_plasma_chloride:
            chloride = i;
            break;
        case ML_O_plasma_urea:
            scale_substance(y, ML_urea, lab->value / output_of(s, y, ML_O_plasma_urea));
            break;
        case ML_O_plasma_glucose:
            set_glucose(s, y, lab->value);
            break;
        case ML_O_plasma_albumin:
        case ML_O_plasma_protein:
            set_protein(s, y, lab->output, lab->value);
            break;
        case ML_O_hematocrit:
            set_hematocrit(s, y, lab->value);
            break;
        default:
            return ml_fail(err, MILIEU_NOT_AVAILABLE, ml_outputs[lab->output].name,
                           "starting from a measured %s is not possible in this version",
                           ml_outputs[lab->output].name);
        }
    }
    if (sodium >= 0) ML_TRY(reach_by_water(s, y, spec->lab[sodium].output, spec->lab[sodium].value, err));
    if (chloride >= 0) ML_TRY(set_chloride(s, y, spec->lab[chloride].value, err));
    if (spec->nlab) ml_session_set_state(s, y);
    return MILIEU_OK;
}
