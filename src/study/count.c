/* SPDX-License-Identifier: Apache-2.0 */
#include "study/count.h"

#include <math.h>

MlCounted ml_counted_default(void) { return (MlCounted){.topic = -1}; }

bool ml_counts(const MlCounted *which, const MlStudy *study, const MlObservation *o) {
    if (which->topic >= 0 && which->topic != study->topic) return false;
    if (which->qualities && !(which->qualities >> o->quality & 1)) return false;
    return o->contested == which->contested;
}

static void add(MlCount *c, const MlFinding *f) {
    if (f->verdict == ML_NOT_RUN) {
        c->not_run++;
        return;
    }
    c->points++;
    c->within_1sd += f->verdict == ML_WITHIN_1SD;
    c->within_2sd += f->verdict == ML_WITHIN_2SD;
    c->beyond_2sd += f->verdict == ML_BEYOND_2SD;
    c->still += f->still;
    if (isnan(f->deviation)) return;
    c->ndeviation++;
    c->sum += f->deviation;
    c->sum_squares += f->deviation * f->deviation;
}

static void add_study(MlCount *c, const MlStudy *study, const MlCounted *which) {
    for (int i = 0; i < study->nobserved; i++)
        if (ml_counts(which, study, &study->observed[i])) add(c, &study->observed[i].found);
}

MlCount ml_count_study(const MlStudy *study, const MlCounted *which) {
    MlCount c = {0};
    add_study(&c, study, which);
    return c;
}

MlCount ml_count_set(const MlStudySet *set, const MlCounted *which) {
    MlCount c = {0};
    for (int i = 0; i < set->n; i++) add_study(&c, &set->study[i], which);
    return c;
}

static double share(int n, int all) { return all ? (double)n / all : NAN; }

double ml_count_share_1sd(const MlCount *c) { return share(c->within_1sd, c->points); }
double ml_count_share_2sd(const MlCount *c) { return share(c->within_1sd + c->within_2sd, c->points); }
double ml_count_share_still(const MlCount *c) { return share(c->still, c->points); }
double ml_count_bias(const MlCount *c) { return c->ndeviation ? c->sum / c->ndeviation : NAN; }
double ml_count_rms(const MlCount *c) { return c->ndeviation ? sqrt(c->sum_squares / c->ndeviation) : NAN; }
