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
    MlCramp c = {.threshold = threshold};
    const double moved = spread_model * log(c.threshold / own_normal(x));
    const double spread = exp(band * sqrt(spread_people * spread_people + moved * moved));
    c.low = c.threshold / spread;
    c.high = c.threshold * spread;
    const double often = (threshold_history - c.threshold) / rate_width + rate_fatigue * x->value[ML_X_fatigue];
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

/* One way through all causes; half of what each moves is added. */
static void walk(const MlExcite *before, const MlExcite *after, int first, int step, double *moved) {
    MlExcite x = *before;
    double last = threshold_of(&x);
    for (int k = 0, cause = first; k < ML_NCRAMP_CAUSE; k++, cause += step) {
        for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
            if (moves[i].cause == cause) x.value[moves[i].input] = after->value[moves[i].input];
        const double now = threshold_of(&x);
        moved[cause] += 0.5 * (now - last);
        last = now;
    }
}

void ml_cramp_explain(const MlExcite *before, const MlExcite *after, double moved[ML_NCRAMP_CAUSE]) {
    for (int i = 0; i < ML_NCRAMP_CAUSE; i++) moved[i] = 0;
    walk(before, after, 0, 1, moved);
    walk(before, after, ML_NCRAMP_CAUSE - 1, -1, moved);
}
