/* SPDX-License-Identifier: Apache-2.0 */
#include "run/record.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Fine enough to see what happens, coarse enough to read. */
static double default_interval(double duration) {
    if (duration <= 6 * 60) return 1;
    if (duration <= 3 * 1440) return 5;
    if (duration <= 14 * 1440) return 30;
    if (duration <= 90 * 1440) return 60;
    return 1440; /* the same time of each day: the swing of a day would hide the course of a year */
}

double ml_record_stretch(double length) {
    if (length <= 2 * 60) return 1;
    if (length <= 6 * 60) return 10;
    if (length <= 49 * 60) return 60;
    if (length <= 15 * 1440) return 360;
    if (length <= 60 * 1440) return 1440;
    return length <= 182 * 1440 ? 7 * 1440 : 30 * 1440;
}

/* Where one stretch may end and the next begin: on both sides of t = 0, finer than needed, as death may shorten
 * the run. */
static milieu_code choose_stretches(MlRecorder *rec, double begin, double end, milieu_error *err) {
    const double length = fmin(ml_record_stretch(end - begin), end - begin <= 60 * 1440 ? 60 : 1440);
    const int before = begin < 0 ? (int)ceil(-begin / length - 1e-9) : 0;
    rec->pace = ml_record_stretch(end - begin) / 60;
    rec->spacing = length;
    const int whole = before + (int)ceil(end / length - 1e-9) + 1;
    rec->stretch = ml_new(rec->memory, (size_t)whole, sizeof(double));
    rec->moment = ml_new(rec->memory, (size_t)whole, sizeof *rec->moment);
    if (!rec->stretch || !rec->moment) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    while (rec->nstretch < whole) {
        const double t = (rec->nstretch - before) * length;
        rec->stretch[rec->nstretch++] = fmax(begin, fmin(t, end));
    }
    return MILIEU_OK;
}

milieu_code ml_record_moments(MlRecorder *rec, const MlScenario *sc, milieu_error *err) {
    const double begin = ml_scenario_begin(sc),
                 every = isnan(sc->every) ? default_interval(sc->duration) : sc->every;
    const double count = (sc->duration - begin) / every;
    ML_TRY(ml_scenario_check_every(sc, err));
    const int n = (int)count + 3 + rec->options->nextra;
    rec->when = ml_new(rec->memory, (size_t)n, sizeof(double));
    if (!rec->when) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    int k = 0;
    for (double i = ceil(begin / every - 1e-9); i * every <= sc->duration + 1e-9; i++)
        rec->when[k++] = i * every + 0.0; /* no minus zero */
    rec->when[k++] = begin;
    rec->when[k++] = sc->duration;
    for (int i = 0; i < rec->options->nextra; i++)
        if (rec->options->extra_time[i] >= begin && rec->options->extra_time[i] <= sc->duration)
            rec->when[k++] = rec->options->extra_time[i];
    qsort(rec->when, (size_t)k, sizeof(double), ascending);
    for (int i = 0; i < k; i++)
        if (rec->nwhen == 0 || rec->when[i] > rec->when[rec->nwhen - 1] + 1e-9)
            rec->when[rec->nwhen++] = rec->when[i];
    rec->r->value = ml_new(rec->memory, (size_t)rec->r->noutput * (size_t)rec->nwhen, sizeof(double));
    if (!rec->r->value) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    return choose_stretches(rec, begin, sc->duration, err);
}
