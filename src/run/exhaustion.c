/* SPDX-License-Identifier: Apache-2.0 */
/* What ends an exercise in the body: a core too hot for it, or a reserve spent by work beyond what can be kept up (circulation.inc). */
#include <math.h>
#include <stdio.h>

#include "run/session_inside.h"

static const double told_share = 0.93; /* of what can be kept up in health: below it, the reasons are told */

double ml_too_hot(const MlSession *s, const double *y) { return y[ML_S_core_temperature] - s->person.param[ML_P_exhaustion_temperature]; }
double ml_spent(const MlSession *s, const double *y) { return s->person.param[ML_P_reserve_least] - y[ML_S_work_reserve]; }

/* What a bout asks, to the greatest oxygen uptake. */
static double asked(const MlSession *s, const MlBout *b) {
    const double *p = s->person.param;
    for (int i = 0; i < b->changes.n; i++)
        if (b->changes.change[i].input == ML_U_metabolic_rate) return b->changes.change[i].value * p[ML_P_oxygen_per_met] / p[ML_P_oxygen_max];
    return 0;
}

MlEnding ml_exhausted_before(const MlSession *s, const MlBout *b) {
    double out[ML_NOUTPUT];
    if (ml_too_hot(s, s->state) >= 0) return ML_ENDS_BY_HEAT;
    if (ml_spent(s, s->state) < 0) return ML_ENDS_NOT;
    ml_session_outputs(s, s->state, out);
    return asked(s, b) > out[ML_O_critical_uptake] ? ML_ENDS_SPENT : ML_ENDS_NOT;
}

void ml_exhaustion_words(const MlSession *s, const MlBout *b, MlEnding why, char text[ML_DEED_SIZE]) {
    const double *p = s->person.param, *y = s->state;
    double out[ML_NOUTPUT];
    if (why == ML_ENDS_BY_HEAT) {
        snprintf(text, ML_DEED_SIZE, ML_EXHAUSTED " by heat, core at %.1f degC", p[ML_P_exhaustion_temperature] + fmax(ml_too_hot(s, y), 0));
        return;
    }
    ml_session_outputs(s, y, out);
    const double kept = out[ML_O_critical_uptake];
    const int n = snprintf(text, ML_DEED_SIZE, ML_EXHAUSTED ", %.3g %% of the highest oxygen uptake asked, %.0f %% can be kept up", 100 * asked(s, b), 100 * kept);
    if (kept < told_share * p[ML_P_critical_uptake])
        snprintf(text + n, ML_DEED_SIZE - (size_t)n, " (%.0f %% of the glycogen of muscle left, %.2g %% of the body's water gone)",
                 100 * y[ML_S_glycogen_water] / p[ML_P_glycogen_water_normal], 100 * fmax(0, 1 - out[ML_O_body_water] / p[ML_P_body_water_normal]));
}
