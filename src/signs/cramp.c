/* SPDX-License-Identifier: Apache-2.0 */
#include "signs/cramp.h"

#include <math.h>
#include <stddef.h>

#include "tissue/axon.h"
#include "tissue/terminal.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "signs/cramp.def"
#undef PARAM

/* Normal threshold of an axon to its threshold in a bath, at normal temperature: stimuli are set to what the warm or cold
 * muscle answers. */
static double excitability(MlAxonKind kind, const MlBath *bath) {
    const MlAxonDrive rest = ml_excite_axon_at_rest();
    MlAxonDrive drive = ml_axon_drive(bath);
    drive.temperature = rest.temperature;
    MlAxonFast now, normal;
    ml_axon_lookup(kind, &drive, &now);
    ml_axon_lookup(kind, &rest, &normal);
    return normal.threshold / now.threshold;
}

/* Logarithm of what swollen fibers add to the drive; shrunken ones take nothing from it. */
static double swelling(double volume) {
    const double s = (volume - 1 - swelling_start) / swelling_width;
    const double beyond = s > 0 ? s + log1p(exp(-s)) : log1p(exp(s));
    return swelling_most * tanh(swelling_drive * swelling_width * beyond / swelling_most);
}

/* Loss of the fluid around cells beyond that from which it counts. */
static double contraction(double interstitium) {
    const double s = (1 - interstitium - contraction_start) / contraction_width;
    return contraction_width * (s > 0 ? s + log1p(exp(-s)) : log1p(exp(s)));
}

/* What the site of the muscle does to the drive. */
static double site_drive(const MlExcite *x) { return 1 + sole_drive * x->value[ML_X_cramp_site]; }

MlPoolInput ml_cramp_pool(const MlExcite *x) {
    const double *v = x->value;
    MlPoolInput in = ml_pool_normal();
    const MlBath nerve = ml_excite_nerve(x), muscle = ml_excite_muscle(x);
    in.csf_potassium = v[ML_X_csf_potassium];
    in.csf_calcium = v[ML_X_csf_calcium];
    in.temperature = v[ML_X_temperature];
    in.disposition = v[ML_X_cramp_prone];
    in.terminal_excitability = excitability(ML_AXON_MOTOR, &muscle) * ml_terminal_transmission(&muscle);
    in.drive = excitability(ML_AXON_SENSORY, &nerve) * site_drive(x) *
               exp(swelling(v[ML_X_muscle_volume]) - filling_drive * log(v[ML_X_plasma_volume]) -
                   length_drive * log(v[ML_X_muscle_length]));
    return in;
}

/* The threshold of this person in normal fluids, from which what moves it counts. */
static double own_normal(const MlExcite *x) {
    MlPoolInput in = ml_pool_normal();
    in.disposition = x->value[ML_X_cramp_prone];
    in.drive = site_drive(x);
    return ml_pool_threshold_fast(&in);
}

MlCramp ml_cramp(const MlExcite *x, double threshold) {
    if (threshold >= ML_POOL_NONE) return (MlCramp){NAN, NAN, NAN, 0};
    MlCramp c = {.threshold = threshold};
    if (threshold > 0) {
        const double moved = spread_model * log(threshold / own_normal(x));
        const double spread = exp(band * sqrt(spread_people * spread_people + moved * moved));
        c.low = threshold / spread;
        c.high = threshold * spread;
    }
    const double often = (threshold_history - c.threshold) / rate_width + rate_fatigue * x->value[ML_X_fatigue] +
                         rate_contraction * contraction(x->value[ML_X_interstitium]);
    const double rate = rate_history * exp(often);
    c.rate = rate * rate_most / (rate + rate_most);
    return c;
}

/* ---- what moved it ---- */

const char *const ml_cramp_causes[ML_NCRAMP_CAUSE] = {
#define CAUSE(id, text) text,
#include "signs/cramp_causes.def"
};

typedef struct Moves {
    int input, cause;
} Moves;
static const Moves moves[] = {
#define MOVES(input, cause) {ML_X_##input, ML_CRAMP_##cause},
#include "signs/cramp_causes.def"
};

static double threshold_of(const MlExcite *x) {
    const MlPoolInput in = ml_cramp_pool(x);
    return ml_pool_threshold_fast(&in);
}

/* Logarithm of the rate, as a run has it. */
static double often_of(const MlExcite *x) {
    double out[ML_NOUTPUT];
    ml_excite_quick(x, out);
    return log(fmax(out[ML_O_cramp_rate], rate_least));
}

/* One way through all causes; half of what each moves is added. */
static void walk(double (*of)(const MlExcite *x), const MlExcite *before, const MlExcite *after, int first, int step,
                 double *moved) {
    MlExcite x = *before;
    double last = of(&x);
    for (int k = 0, cause = first; k < ML_NCRAMP_CAUSE; k++, cause += step) {
        for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
            if (moves[i].cause == cause) x.value[moves[i].input] = after->value[moves[i].input];
        const double now = of(&x);
        moved[cause] += 0.5 * (now - last);
        last = now;
    }
}

static void explain(double (*of)(const MlExcite *x), const MlExcite *before, const MlExcite *after, double *moved) {
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) moved[i] = 0;
    walk(of, before, after, 0, 1, moved);
    walk(of, before, after, ML_NCRAMP_CAUSE - 1, -1, moved);
}

void ml_cramp_explain(const MlExcite *before, const MlExcite *after, double moved[ML_NCRAMP_CAUSE]) {
    explain(threshold_of, before, after, moved);
}

void ml_cramp_explain_rate(const MlExcite *before, const MlExcite *after, double factor[ML_NCRAMP_CAUSE]) {
    explain(often_of, before, after, factor);
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) factor[i] = exp(factor[i]);
}
