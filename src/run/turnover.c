/* SPDX-License-Identifier: Apache-2.0 */
#include "run/turnover.h"

static const MlFlow flow_of[ML_NTURN] = {
    [ML_TURN_JUICE_CALCIUM] = ML_F_secrete_calcium,       [ML_TURN_JUICE_MAGNESIUM] = ML_F_secrete_magnesium,
    [ML_TURN_JUICE_PHOSPHATE] = ML_F_secrete_phosphate,   [ML_TURN_RESORPTION] = ML_F_bone_resorption,
    [ML_TURN_WASTE_MAGNESIUM] = ML_F_waste_magnesium,     [ML_TURN_WASTE_PHOSPHATE] = ML_F_waste_phosphate,
    [ML_TURN_WASTE_ESTERS] = ML_F_waste_esters,
};

double ml_turn_as(MlTurn turn, int substance) {
    const int flow = (int)flow_of[turn];
    double sum = ml_states[ml_flows[flow].to].substance == substance;
    for (size_t i = 0; i < ml_ncouple; i++)
        if (ml_couples[i].flow == flow && ml_states[ml_couples[i].to].substance == substance) sum += ml_couples[i].ratio;
    return sum;
}

void ml_turnover_follow(const MlContext *context, const double *y, double minutes, MlTurnover *t) {
    double row[ML_NROW];
    ml_body_rows(context, 0, y, row);
    for (int k = 0; k < ML_NTURN; k++) {
        const double rate = row[flow_of[k]];
        t->sum[k] += minutes * 0.5 * (t->rate[k] + rate);
        t->rate[k] = rate;
    }
}
