/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "study/study.h"

const char *const ml_topic_words[] = {
    "rehydration", "water-sodium", "potassium", "acid-base",      "calcium-magnesium", "nerve-muscle-heart",
    "cramp",       "sweat",        "gut",       "kidney-failure", "treatment",         NULL};
const char *const ml_take_words[] = {"mean",        "max",         "min",           "change",
                                     "time-of-max", "time-of-min", "time-to-reach", "share-above",
                                     "share-below", NULL};
const char *const ml_as_words[] = {"difference", "ratio", "percent", NULL};
const char *const ml_direction_words[] = {"up", "down", "same", NULL};
const char *const ml_quality_words[] = {"table", "figure", "abstract", "memory", NULL};
const char *const ml_verdict_words[] = {"within-1sd", "within-2sd", "beyond-2sd", "not-run", NULL};

static void add(char *text, size_t size, size_t *used, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static void add(char *text, size_t size, size_t *used, const char *format, ...) {
    va_list args;
    if (*used >= size) return;
    va_start(args, format);
    const int n = vsnprintf(text + *used, size - *used, format, args);
    va_end(args);
    *used += n > 0 ? (size_t)n : 0;
}

static void add_window(char *text, size_t size, size_t *used, MlWindow w) {
    const double longest = fmax(fabs(w.from), fabs(w.to));
    const double unit = longest < 60 ? 1 : longest < 4 * 1440 ? 60 : 1440;
    const char *name = unit == 1 ? "min" : unit == 60 ? "h" : "d";
    if (w.from != w.to) add(text, size, used, "%.4g%s", w.from / unit, w.from < 0 || w.to < 0 ? " to " : "-");
    add(text, size, used, "%.4g %s", w.to / unit, longest > 0 ? name : "h");
}

static bool same(MlWindow a, MlWindow b) { return a.from == b.from && a.to == b.to; }

void ml_observation_when(const MlStudy *s, const MlObservation *o, char *text, size_t size) {
    static const char *const words[] = {"",
                                        "max ",
                                        "min ",
                                        "change ",
                                        "time of max ",
                                        "time of min ",
                                        "time to reach ",
                                        "share above ",
                                        "share below "};
    size_t used = 0;
    text[0] = 0;
    add(text, size, &used, "%s", words[o->take]);
    if (o->take >= ML_TAKE_TIME_TO_REACH) add(text, size, &used, "%.4g in ", o->level);
    add_window(text, size, &used, o->when);
    if (o->per_day) add(text, size, &used, " per day");
    if (!isnan(o->from.from)) {
        add(text, size, &used, " from ");
        add_window(text, size, &used, o->from);
    }
    if (o->than) {
        add(text, size, &used, " vs");
        if (o->than_arm != o->arm) add(text, size, &used, " %s", s->arm[o->than_arm].name);
        if (!same(o->than_when, o->when)) {
            add(text, size, &used, " at ");
            add_window(text, size, &used, o->than_when);
        }
    }
}

void ml_observation_unit(const MlObservation *o, char *text, size_t size) {
    const char *unit = ml_outputs[o->output].unit;
    if (o->as == ML_AS_PERCENT || o->take >= ML_TAKE_SHARE_ABOVE)
        unit = "%";
    else if (o->as == ML_AS_RATIO)
        unit = "ratio";
    else if (o->take >= ML_TAKE_TIME_OF_MAX)
        unit = "min";
    else if (o->per_day) {
        snprintf(text, size, "%s/d", unit);
        return;
    }
    snprintf(text, size, "%s", unit);
}
