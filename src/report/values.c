/* SPDX-License-Identifier: Apache-2.0 */
#include "report/values.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define SOURCE(id, text) static const char source_##id[] = text;
#include "report/reference.def"

static const struct {
    int output;
    double low, high;
    const char *source;
} references[] = {
#define REFERENCE(name, low, high, source) {ML_O_##name, low, high, source_##source},
#include "report/reference.def"
};

enum { NREFERENCE = sizeof references / sizeof *references };

MlWord ml_plain_name(int output) {
    MlWord w;
    static const struct {
        int output;
        const char *name;
    } own[] = {{ML_O_gfr, "GFR"},
               {ML_O_plasma_ph, "plasma pH"},
               {ML_O_qt_interval, "QT interval"},
               {ML_O_qtc_interval, "QTc interval"},
               {ML_O_qrs_duration, "QRS duration"},
               {ML_O_pr_interval, "PR interval"},
               {ML_O_arterial_pco2, "arterial PCO2"},
               {ML_O_plasma_calcium_total, "plasma total calcium"},
               {ML_O_plasma_calcium_ionized, "plasma ionized calcium"},
               {ML_O_plasma_magnesium_total, "plasma total magnesium"},
               {ML_O_plasma_magnesium_ionized, "plasma ionized magnesium"},
               {ML_O_plasma_pth, "parathyroid hormone"},
               {ML_O_motor_axon_margin, "distance of motor axons from firing by themselves"},
               {ML_O_sensory_axon_margin, "distance of sensory axons from firing by themselves"},
               {ML_O_muscle_excitable_fraction, "share of excitable muscle fibers"},
               {ML_O_reflex_gain, "tendon reflex gain"},
               {ML_O_endplate_transmission, "share of endplates that transmit"},
               {ML_O_cramp_rate, "rate of cramps were it to last"}};
    snprintf(w.s, sizeof w.s, "%s", ml_outputs[output].name);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (own[i].output == output) snprintf(w.s, sizeof w.s, "%s", own[i].name);
    for (char *p = w.s; *p; p++)
        if (*p == '_') *p = ' ';
    return w;
}

MlWord ml_capital(MlWord name) {
    name.s[0] = (char)toupper((unsigned char)name.s[0]);
    return name;
}

MlWord ml_title(int output) {
    enum { LONGEST = 48 };
    MlWord title = ml_capital(ml_plain_name(output));
    if (strlen(ml_outputs[output].text) <= LONGEST) snprintf(title.s, sizeof title.s, "%s", ml_outputs[output].text);
    return title;
}

const char *ml_shown_unit(int output, MlUnits units) {
    const char *unit = units == ML_UNITS_US ? ml_outputs[output].us_unit : ml_outputs[output].unit;
    if (strcmp(unit, "1") == 0 || strcmp(unit, "ratio") == 0) return "";
    return unit;
}

/* us_factor 0: degrees Fahrenheit. */
double ml_shown_change(int output, MlUnits units, double change) {
    if (units == ML_UNITS_SI) return change;
    double factor = ml_outputs[output].us_factor;
    return change * (factor == 0 ? 1.8 : factor);
}

double ml_shown(int output, MlUnits units, double value) {
    double shown = ml_shown_change(output, units, value);
    return units == ML_UNITS_US && ml_outputs[output].us_factor == 0 ? shown + 32 : shown;
}

int ml_shown_decimals(int output, MlUnits units, double magnitude) {
    if (strcmp(ml_outputs[output].unit, "ratio") == 0) return fabs(magnitude) < 10 ? 3 : 1;
    if (strcmp(ml_outputs[output].unit, "mOsm/kg") == 0) return 0;
    if (strcmp(ml_outputs[output].unit, "degC") == 0) return 1;
    if (strcmp(ml_outputs[output].unit, "ms") == 0 && fabs(magnitude) >= 10) return 0;
    static const char *const tenth_units[] = {"mmHg", "mV", "Hz"};
    for (size_t i = 0; i < sizeof tenth_units / sizeof tenth_units[0]; i++)
        if (strcmp(ml_outputs[output].unit, tenth_units[i]) == 0) return 1;
    static const int tenths[] = {ML_O_plasma_sodium, ML_O_plasma_chloride, ML_O_plasma_bicarbonate, ML_O_plasma_anion_gap,
                                 ML_O_plasma_strong_ion_difference};
    for (size_t i = 0; i < sizeof tenths / sizeof tenths[0]; i++)
        if (output == tenths[i]) return 1;
    if (output == ML_O_body_mass) return units == ML_UNITS_SI ? 2 : 1;
    if (strcmp(ml_outputs[output].unit, "L") == 0) return fabs(magnitude) < 100 ? 2 : 1;
    return ml_decimals(magnitude);
}

MlWord ml_shown_word(int output, MlUnits units, double value) {
    const double v = ml_shown(output, units, value);
    return ml_fixed(v, ml_shown_decimals(output, units, v));
}

int ml_reference(int output, MlUnits units, double *low, double *high, const char **source) {
    for (int i = 0; i < NREFERENCE; i++) {
        if (references[i].output != output) continue;
        *low = ml_shown(output, units, references[i].low);
        *high = ml_shown(output, units, references[i].high);
        if (source) *source = references[i].source;
        return 1;
    }
    return 0;
}

/* How far a value lies outside the limits of its output. */
static double excess(int output, double value) {
    double low, high;
    if (!ml_reference(output, ML_UNITS_SI, &low, &high, NULL)) return 0;
    return value > high ? value - high : value < low ? low - value : 0;
}

static int is_worse(int output, const MlExtremes *x, double value) {
    double now = excess(output, value), before = excess(output, x->worst);
    if (now > 0 || before > 0) return now > before;
    return fabs(value - x->start) > fabs(x->worst - x->start);
}

static void include(MlExtremes *x, int output, double t, double value) {
    if (isnan(value)) return;
    if (x->n++ == 0) {
        x->start = x->low = x->high = x->worst = value;
        x->low_at = x->high_at = x->worst_at = t;
    }
    if (value < x->low) x->low = value, x->low_at = t;
    if (value > x->high) x->high = value, x->high_at = t;
    if (is_worse(output, x, value)) x->worst = value, x->worst_at = t;
    x->end = value;
}

/* Where it began at its worst, or nearly so, what it became is of interest. */
static void turn(MlExtremes *x) {
    const double up = x->high - x->start, down = x->start - x->low, most = fmax(up, down);
    if (fabs(x->worst - x->start) >= 0.5 * most) return;
    x->worst = up >= down ? x->high : x->low;
    x->worst_at = up >= down ? x->high_at : x->low_at;
}

MlExtremes ml_extremes_between(const MlResult *r, int output, double from, double to) {
    MlExtremes x = {0};
    const double *v = ml_result_series(r, output);
    if (!v) return x;
    for (int j = 0; j < r->ntime; j++)
        if (r->time[j] >= from && r->time[j] <= to) include(&x, output, r->time[j], v[j]);
    turn(&x);
    return x;
}

MlExtremes ml_extremes(const MlResult *r, int output) {
    return ml_extremes_between(r, output, -INFINITY, INFINITY);
}

int ml_is_absent(const MlBalance *b) {
    return fabs(b->before) < 5e-5 && fabs(b->after) < 5e-5 && b->throughput < 5e-5;
}

double ml_first_time(const MlResult *r) { return r->ntime > 0 ? r->time[0] : 0; }

double ml_last_time(const MlResult *r) { return r->ntime > 0 ? r->time[r->ntime - 1] : 0; }
