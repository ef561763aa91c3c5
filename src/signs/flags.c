/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of flags.def as data. */
#include "signs/signs.h"

#include <math.h>
#include <stddef.h>

enum { ML_O_NONE = -1, NOW = 1, LATER = 0, BELOW = -1, ABOVE = 1 };
#define NO NAN

static const MlFlagInfo flags[ML_NFLAG] = {
#define FLAG(id, output, when, text) [ML_FLAG_##id] = {#id, text, ML_O_##output, when, {0}, 0},
#include "signs/flags.def"
};

typedef struct Sign {
    int flag;
    const char *sign[3], *source;
} Sign;

static const Sign signs[] = {
#define SIGN(flag, mild, moderate, severe, source) {ML_FLAG_##flag, {mild, moderate, severe}, source},
#include "signs/flags.def"
};

static const MlFlagMeasureInfo measures[ML_NMEASURE] = {
#define MEASURE(id, unit, text) {#id, unit, text},
#include "signs/flags.def"
};

static const MlFlagLimit limits[] = {
#define LIMIT(flag, measure, output, side, mild, moderate, severe, hysteresis, hold, source)                 \
    {                                                                                                        \
        ML_FLAG_##flag,                                                                                      \
        ML_MEASURE_##measure,                                                                                \
        ML_O_##output,                                                                                       \
        side,                                                                                                \
        {mild, moderate, severe},                                                                            \
        hysteresis,                                                                                          \
        hold,                                                                                                \
        0,                                                                                                   \
        source},
#define LETHAL(measure, output, side, limit, minutes, cause, source)                                         \
    {ML_FLAG_lethal, ML_MEASURE_##measure, ML_O_##output, side, {NO, NO, limit}, 0, minutes, cause, source},
#include "signs/flags.def"
};

int ml_flag_count(void) { return ML_NFLAG; }

MlFlagInfo ml_flag_info(int flag) {
    MlFlagInfo info = flags[flag];
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].flag == flag) {
            for (int k = 0; k < 3; k++) info.sign[k] = signs[i].sign[k];
            info.source = signs[i].source;
        }
    return info;
}

MlFlagMeasureInfo ml_flag_measure(int measure) { return measures[measure]; }

int ml_flag_limits(const MlFlagLimit **list) {
    *list = limits;
    return sizeof limits / sizeof limits[0];
}
