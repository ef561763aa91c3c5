/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of motoneurons: cells of graded size, their synapses, and what a trial does with them.
 *
 * A volley adds to two conductances that decay: a fast one at the soma (monosynaptic) and a slow one in the dendrite
 * (through interneurons). Each spike of the pool adds to a recurrent (Renshaw) inhibition of all somata and to the force
 * of the muscle, which inhibits all dendrites (Ib) beside a constant inhibition. Input inhibition scales all three.
 * Noise grows with force, as the traffic of afferents does: its variance is that of rest and a share that saturates.
 * Motor terminals that discharge by themselves during and after a train act as weak volleys. */
#include "tissue/pool.h"

#include <math.h>
#include <string.h>

#include "tissue/bath.h"

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/pool.def"
#undef PARAM

static const struct {
#define PARAM(id, unit, value, text, source) double id;
#include "tissue/tables/motoneuron.def"
#undef PARAM
} base = {
#define PARAM(id, unit, value, text, source) value,
#include "tissue/tables/motoneuron.def"
#undef PARAM
};

MlPoolInput ml_pool_normal(void) {
    return (MlPoolInput){
#define INPUT(id, unit, normal, low, high, text) .id = normal,
#include "tissue/tables/pool_input.def"
#undef INPUT
    };
}

MlPoolTrial ml_pool_trial(double frequency) {
    return (MlPoolTrial){.frequency = frequency, .burst = pool_burst, .watch = pool_watch};
}

typedef struct Pool {
    MlMotoneuronTraits traits;
    MlMotoneurons cells;
    MlMotoneuronInputs inputs;
    double drive, inhibition;
    double fast, slow, recurrent, activity, force; /* conductances, mS/cm2; activity and force: 1 at full force */
    double phase, terminal_phase;                  /* of the train, of the terminals: a volley at each whole number */
    int fired;                                     /* cells, in the last block */
} Pool;

static double block_time(void) { return ML_BLOCK_STEPS * base.mn_step; }

static double between(double small, double large, double size) { return small * pow(large / small, size); }

/* Evenly from -1 to 1 in an order that is independent of size: multiples of an irrational number, less the whole ones. */
static double scatter(int cell, double irrational) { return 2 * fmod((cell + 0.5) * irrational, 1) - 1; }

static void set_bath(MlMotoneuronTraits *t, const MlPoolInput *in) {
    const MlPoolInput normal = ml_pool_normal();
    const double thermal = ml_thermal_voltage(in->temperature);
    const double potassium = thermal * log(in->csf_potassium / normal.csf_potassium);
    const double calcium = 0.5 * thermal * log(in->csf_calcium / normal.csf_calcium);
    const double entry = in->csf_calcium / normal.csf_calcium * (normal.csf_calcium + pool_calcium_saturation) /
                         (in->csf_calcium + pool_calcium_saturation);
    MlBath bath = ml_bath_normal(), usual = bath;
    bath.magnesium = usual.magnesium = pool_csf_magnesium;
    usual.potassium = normal.csf_potassium, usual.calcium = normal.csf_calcium;
    bath.potassium = in->csf_potassium, bath.calcium = in->csf_calcium;
    const double shift = ml_surface_shift(&bath) - ml_surface_shift(&usual);
    const double pace = pow(pool_q10, (in->temperature - normal.temperature) / 10);
    for (int i = 0; i < ML_CELLS; i++) {
        t->potassium_reversal[i] += potassium;
        t->leak_reversal[i] += pool_leak_potassium * potassium;
        t->calcium_reversal[i] += calcium;
        t->calcium_soma[i] *= entry;
        t->calcium_dendrite[i] *= entry;
        t->persistent[i] *= entry;
        t->shift[i] = shift;
        t->pace[i] = pace;
        t->slow_rate[i] *= pace;
    }
}

static void set_cells(MlMotoneuronTraits *t, const MlPoolInput *in) {
    const double golden = 0.5 * (sqrt(5) - 1), silver = sqrt(2) - 1;
    ml_motoneuron_published(t, 0);
    for (int i = 0; i < ML_CELLS; i++) {
        const double size = (i + 0.5) / ML_CELLS;
        t->leak[i] = between(pool_leak_small, pool_leak_large, size);
        t->leak_reversal[i] = pool_leak_reversal;
        t->persistent[i] =
            pool_persistent * exp(pool_disposition * in->disposition + pool_persistent_spread * scatter(i, golden));
        t->kca_soma[i] = between(pool_kca_small, pool_kca_large, size);
        t->kca_dendrite[i] = pool_kca_dendrite;
        t->couple_soma[i] = pool_coupling / base.mn_soma_share;
        t->couple_dendrite[i] = pool_coupling / (1 - base.mn_soma_share);
        t->slow_rate[i] = exp(pool_slow_spread * scatter(i, silver)) / (1000 * pool_slow_time);
        t->noise_soma[i] = pool_noise_soma;
        t->noise_dendrite[i] = pool_noise_dendrite;
    }
    set_bath(t, in);
}

static void volley(Pool *p, double strength) {
    p->fast += strength * p->drive * pool_fast_weight;
    p->slow += strength * p->drive * pool_slow_excite_weight;
}

/* Volleys at a frequency. */
static void train(Pool *p, double *phase, double frequency, double strength) {
    *phase += 1e-3 * frequency * block_time();
    if (*phase < 1) return;
    *phase -= 1;
    volley(p, strength);
}

static void fill(double *x, double value) {
    for (int i = 0; i < ML_CELLS; i++) x[i] = value;
}

static void advance(Pool *p, double command) {
    const double dt = block_time();
    fill(p->inputs.current_soma, command);
    fill(p->inputs.excite_soma, p->fast);
    fill(p->inputs.excite_dendrite, p->slow);
    fill(p->inputs.inhibit_soma, p->inhibition * p->recurrent);
    fill(p->inputs.inhibit_dendrite, p->inhibition * (pool_tonic_inhibition + pool_tendon * p->force));
    fill(p->inputs.noise_level, sqrt(pool_noise_rest + p->force / (p->force + pool_noise_half)));
    ml_motoneuron_block8(&p->traits, &p->inputs, base.mn_step, &p->cells);
    p->fired = 0;
    for (int i = 0; i < ML_CELLS; i++) p->fired += p->cells.fired[i] > 0;
    const double share = (double)p->fired / ML_CELLS;
    p->fast *= exp(-dt / pool_fast_time);
    p->slow *= exp(-dt / pool_slow_excite_time);
    p->recurrent = p->recurrent * exp(-dt / pool_recurrent_time) + pool_recurrent * share;
    const double left = exp(-dt / pool_tendon_time); /* a twitch: two decays in a row, of unit area */
    p->force = p->activity + (p->force - p->activity) * left;
    p->activity = p->activity * left + share * 1000 / pool_full_rate / pool_tendon_time;
}

static void start(Pool *p, const MlPoolInput *in) {
    memset(p, 0, sizeof *p);
    set_cells(&p->traits, in);
    ml_motoneuron_start(&p->cells);
    p->drive = in->drive * exp(pool_disposition_drive * in->disposition);
    p->inhibition = in->inhibition;
}

double ml_pool_threshold_blocked(const MlPoolInput *in) {
    return pool_terminal_frequency * exp(-pool_terminal_disposition * in->disposition) / in->terminal_excitability;
}

/* Share of them that discharges by itself at a frequency of stimulation. */
static double terminals(const MlPoolInput *in, double frequency) {
    return frequency > 0 ? 1 / (1 + pow(ml_pool_threshold_blocked(in) / frequency, pool_terminal_steepness)) : 0;
}

typedef struct Count {
    double last, sum, squares; /* s: last spike; sums of intervals after the burst and of their squares */
    int intervals, stopped;
} Count;

/* Time t is from the start of the burst. */
static void count_spike(Count *c, double t, double burst_end) {
    if (c->stopped) return;
    if (c->last > burst_end) {
        const double d = t - c->last;
        c->sum += d, c->squares += d * d, c->intervals++;
    }
    c->last = t;
}

static int going_on(Count *counts, double t) {
    int n = 0;
    for (int i = 0; i < ML_CELLS; i++) {
        if (t - counts[i].last > pool_silence) counts[i].stopped = 1;
        n += !counts[i].stopped;
    }
    return n;
}

static void describe(const Count *counts, double burst_end, MlPoolTrace *trace) {
    for (int i = 0; i < ML_CELLS; i++) {
        const Count *c = &counts[i];
        trace->unit_time[i] = fmax(c->last - burst_end, 0);
        trace->unit_rate[i] = c->intervals > 0 ? c->intervals / c->sum : 0;
        const double mean = c->intervals > 0 ? c->sum / c->intervals : 1;
        trace->unit_variation[i] = c->intervals > 1 ? sqrt(fmax(c->squares / c->intervals - mean * mean, 0)) / mean : 0;
        trace->units += trace->unit_time[i] > pool_criterion;
    }
}

static void record(const Pool *p, double t, Count *counts, double burst_end, MlPoolTrace *trace) {
    const int at = (int)(t / pool_bin);
    if (at < ML_POOL_BINS) {
        trace->rate[at] += p->fired / (ML_CELLS * pool_bin);
        trace->bins = at + 1;
    }
    if (p->fired == 0) return;
    for (int i = 0; i < ML_CELLS; i++) {
        if (p->cells.fired[i] == 0) continue;
        count_spike(&counts[i], t, burst_end);
        if (trace->count < trace->capacity && trace->spikes) trace->spikes[trace->count] = (MlPoolSpike){t, i};
        trace->count++;
    }
}

/* Ends once fewer than quorum cells go on. */
static void run(const MlPoolInput *in, const MlPoolTrial *trial, int quorum, MlPoolTrace *trace) {
    Pool p;
    Count counts[ML_CELLS] = {0};
    MlPoolSpike *spikes = trace->spikes;
    const int capacity = trace->capacity;
    *trace = (MlPoolTrace){.spikes = spikes, .capacity = capacity, .bin = pool_bin};
    start(&p, in);
    for (double t = 0; t < 1000 * pool_settle; t += block_time()) {
        advance(&p, 0);
        trace->before += p.fired;
    }
    trace->terminal_share = terminals(in, trial->command > 0 ? 0 : trial->frequency);
    trace->terminal_time = pool_terminal_time * trace->terminal_share;
    const double step = 1e-3 * block_time(), end = trial->burst, last = end + trial->watch;
    for (double t = 0; t < last; t += step) {
        const int bursting = t < end, direct = trial->command > 0;
        if (bursting && !direct) train(&p, &p.phase, trial->frequency, 1);
        const double left = bursting ? 1 : exp((end - t) / pool_terminal_time);
        train(&p, &p.terminal_phase, pool_terminal_rate, pool_terminal_feedback * trace->terminal_share * left);
        if (trial->relief_time > 0 && t > end + trial->relief_time) p.inhibition = trial->relief_inhibition;
        advance(&p, bursting ? trial->command : 0);
        record(&p, t, counts, end, trace);
        if (t > end + pool_silence && going_on(counts, t) < quorum) break;
        trace->duration = fmax(t - end, 0);
    }
    trace->duration = fmax(trace->duration - pool_silence, 0);
    describe(counts, end, trace);
}

void ml_pool_run(const MlPoolInput *in, const MlPoolTrial *trial, MlPoolTrace *trace) { run(in, trial, 1, trace); }

void ml_pool_cramp(const MlPoolInput *in, double frequency, MlPoolTrace *trace) {
    const MlPoolTrial trial = ml_pool_trial(frequency);
    ml_pool_run(in, &trial, trace);
}

/* Whether a train leaves the pool discharging for longer than the criterion. */
static int goes_on(const MlPoolInput *in, double frequency) {
    MlPoolTrial trial = ml_pool_trial(frequency);
    trial.watch = pool_criterion + pool_silence;
    MlPoolTrace trace = {0};
    run(in, &trial, (int)pool_part, &trace);
    return trace.units >= pool_part;
}

double ml_pool_threshold(const MlPoolInput *in) {
    double low = pool_lowest, high = ML_POOL_NONE, f = ml_pool_threshold_fast(in);
    while (low < f && f < high) { /* from the formula's guess up or down until it is enclosed */
        const int goes = goes_on(in, f);
        if (goes) high = f;
        else low = f;
        f = goes ? f / pool_stride : f * pool_stride;
    }
    while (high > low * pool_precision) {
        const double middle = sqrt(low * high);
        if (goes_on(in, middle)) high = middle;
        else low = middle;
    }
    if (high == ML_POOL_NONE) return ML_POOL_NONE;
    return low == pool_lowest && goes_on(in, 0) ? 0 : sqrt(low * high);
}

enum { VOLLEYS = 16 };

/* Spikes to volleys of rising size, each on the pool at rest. */
static int answered(const MlPoolInput *in) {
    Pool rest;
    start(&rest, in);
    for (double t = 0; t < 1000 * pool_settle; t += block_time()) advance(&rest, 0);
    int spikes = 0;
    double size = pool_volley_smallest;
    for (int i = 0; i < VOLLEYS; i++, size *= pool_volley_step) {
        Pool p = rest;
        volley(&p, size);
        for (double t = 0; t < pool_volley_time; t += block_time()) {
            advance(&p, 0);
            spikes += p.fired;
        }
    }
    return spikes;
}

double ml_pool_reflex(const MlPoolInput *in) {
    const MlPoolInput normal = ml_pool_normal();
    return (double)answered(in) / answered(&normal);
}
