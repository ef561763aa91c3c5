/* SPDX-License-Identifier: Apache-2.0 */
/* Every observation of a study against the runs of its arms. */
#include "study/evaluate.h"

#include <math.h>
#include <stdio.h>

#include "study/judge.h"

static bool is_share(const MlObservation *o) {
    return o->take == ML_TAKE_SHARE_ABOVE || o->take == ML_TAKE_SHARE_BELOW;
}

static void give_up(MlObservation *o, MlVerdict verdict, const char *why) {
    MlFinding *f = &o->found;
    *f = (MlFinding){.simulated = NAN, .sd = o->sd, .deviation = NAN, .verdict = verdict};
    snprintf(f->why, sizeof f->why, "%.*s", (int)sizeof f->why - 1, why);
}

/* Why the runs gave no value. A person who died, or never came to the level, is a miss of the model. */
static void tell_why(const MlStudy *s, MlObservation *o) {
    const MlResult *r = &s->arm[o->arm].result, *other = &s->arm[o->than_arm].result;
    const double last = fmax(o->when.to, isnan(o->from.to) ? o->when.to : o->from.to);
    const double other_last = o->than ? o->than_when.to : -INFINITY;
    char why[sizeof o->found.why];
    const bool own = r->lethal && r->end_time < last;
    if (own || (o->than && other->lethal && other->end_time < other_last)) {
        const MlResult *dead = own ? r : other;
        snprintf(why, sizeof why, "the person died at %.3g h: %.100s", dead->end_time / 60,
                 dead->lethal_cause);
        give_up(o, ML_BEYOND_2SD, why);
    } else if (o->take == ML_TAKE_TIME_TO_REACH) {
        give_up(o, ML_BEYOND_2SD, "the level is not reached");
    } else {
        give_up(o, ML_NOT_RUN, "the run has no value there");
    }
}

static const MlArm *missing_arm(const MlStudy *s, const MlObservation *o) {
    if (!s->arm[o->arm].ran) return &s->arm[o->arm];
    return o->than && !s->arm[o->than_arm].ran ? &s->arm[o->than_arm] : NULL;
}

static bool judge_still(const MlStudy *s, const MlObservation *o, double sd) {
    const MlComparison c = ml_compare(o, &s->arm[o->arm].still, &s->arm[o->than_arm].still);
    return isfinite(c.value) && ml_judge(o, c.value, sd) == ML_WITHIN_1SD;
}

static void find(const MlStudy *s, MlObservation *o, const MlVariations *variations) {
    MlFinding *f = &o->found;
    const MlArm *missing = missing_arm(s, o);
    if (!ml_outputs[o->output].available) {
        give_up(o, ML_NOT_RUN, "this version does not compute the quantity");
        return;
    }
    if (is_share(o)) {
        give_up(o, ML_NOT_RUN, "this version does not compute shares of many people");
        return;
    }
    if (missing) {
        give_up(o, ML_NOT_RUN, missing->error.text);
        return;
    }
    const MlComparison c = ml_compare(o, &s->arm[o->arm].result, &s->arm[o->than_arm].result);
    if (!isfinite(c.value)) {
        tell_why(s, o);
        return;
    }
    *f = (MlFinding){.simulated = c.value};
    f->sd = ml_spread_of(o, &c, variations, &f->usual);
    f->deviation = ml_deviation(o, c.value, f->sd);
    f->verdict = ml_judge(o, c.value, f->sd);
    f->still = judge_still(s, o, f->sd);
    if (f->verdict == ML_NOT_RUN)
        snprintf(f->why, sizeof f->why, "no usual variation is known; give sd or tolerance");
}

void ml_study_evaluate(MlStudy *s, const MlVariations *variations) {
    for (int i = 0; i < s->nobserved; i++) find(s, &s->observed[i], variations);
}
