/* SPDX-License-Identifier: Apache-2.0 */
#include "report/study_words.h"

#include "report/number.h"

#include <math.h>
#include <stdio.h>

static void direction_text(const MlObservation *o, char text[ML_STUDY_TEXT]) {
    const char *word = ml_direction_words[o->direction];
    if (isnan(o->margin) || o->margin == 0)
        snprintf(text, ML_STUDY_TEXT, "%s", word);
    else if (o->direction == ML_DIRECTION_SAME)
        snprintf(text, ML_STUDY_TEXT, "same within %.20s", ml_plain(o->margin, 4).s);
    else
        snprintf(text, ML_STUDY_TEXT, "%s by more than %.20s", word, ml_plain(o->margin, 4).s);
}

void ml_measured_text(const MlObservation *o, char text[ML_STUDY_TEXT]) {
    switch (o->measured) {
    case ML_MEASURED_RANGE:
        snprintf(text, ML_STUDY_TEXT, "%.20s to %.20s", ml_plain(o->low, 4).s, ml_plain(o->high, 4).s);
        return;
    case ML_MEASURED_AT_LEAST:
        snprintf(text, ML_STUDY_TEXT, "at least %.20s", ml_plain(o->value, 4).s);
        return;
    case ML_MEASURED_AT_MOST:
        snprintf(text, ML_STUDY_TEXT, "at most %.20s", ml_plain(o->value, 4).s);
        return;
    case ML_MEASURED_DIRECTION:
        direction_text(o, text);
        return;
    case ML_MEASURED_VALUE:
        break;
    }
    snprintf(text, ML_STUDY_TEXT, "%s", ml_plain(o->value, 4).s);
}

const char *ml_verdict_text(MlVerdict verdict) {
    static const char *const text[] = {"within 1 SD", "1-2 SD", "beyond 2 SD", "not run"};
    return text[verdict];
}

void ml_share_text(double share, char text[ML_STUDY_TEXT]) {
    if (isnan(share))
        snprintf(text, ML_STUDY_TEXT, "-");
    else
        snprintf(text, ML_STUDY_TEXT, "%.0f %%", 100 * share);
}
