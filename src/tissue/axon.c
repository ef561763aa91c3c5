/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/axon_cell.h"
#include "lanes/real.h"
#include "tissue/axon_params.h"

#include <complex.h>
#include <math.h>
#include <string.h>

#include "tissue/axon_cell.inc"

/* What differs between the two axons. */
typedef struct Kind {
    double na, persistent, ks, kf, leak, leak_na, ks_internode, kf_internode, leak_internode, leak_na_internode;
    double hcn, hcn_half, pump, pump_internode, bb, site, site_kf;
} Kind;

#define KIND(name)                                                                                           \
    (Kind) {                                                                                                 \
        .na = axon_##name##_na, .persistent = axon_##name##_persistent, .ks = axon_##name##_ks,              \
        .kf = axon_##name##_kf, .leak = axon_##name##_leak, .leak_na = axon_##name##_leak_na,                \
        .ks_internode = axon_##name##_ks_internode, .kf_internode = axon_##name##_kf_internode,              \
        .leak_internode = axon_##name##_leak_internode,                                                      \
        .leak_na_internode = axon_##name##_leak_na_internode, .hcn = axon_##name##_hcn,                      \
        .hcn_half = axon_##name##_hcn_half, .pump = axon_##name##_pump,                                      \
        .pump_internode = axon_##name##_pump_internode, .bb = axon_##name##_bb, .site = axon_##name##_site,  \
        .site_kf = axon_##name##_site_kf                                                                     \
    }

static Kind kind_of(MlAxonKind kind) { return kind == ML_AXON_MOTOR ? KIND(motor) : KIND(sensory); }

MlAxonDrive ml_axon_drive(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    return (MlAxonDrive){.potassium = bath->potassium,
                         .sodium = bath->sodium,
                         .shift = ml_surface_shift(bath) + axon_shift_ph * (bath->ph - normal.ph),
                         .temperature = bath->temperature};
}

/* Rate of the pump to that in the normal bath. */
static double pump_factor(double potassium) {
    const double normal = ml_bath_normal().potassium;
    const double ratio = potassium / (potassium + axon_pump_half) * (normal + axon_pump_half) / normal;
    return ratio * ratio;
}

MlAxonCell ml_axon_cell(MlAxonKind kind, const MlAxonDrive *drive) {
    const Kind k = kind_of(kind);
    const double tens = (drive->temperature - axon_temperature) / 10;
    const double flow = pow(axon_q10_flow, tens), pump = pow(axon_q10_pump, tens) * pump_factor(drive->potassium);
    const double fast = pow(axon_q10_m, tens), slow = pow(axon_q10_k, tens);
    const double h = axon_shift_h * drive->shift, p = axon_shift_k * drive->shift;
    return (MlAxonCell){
        .volt = ml_thermal_voltage(drive->temperature),
        .sodium = drive->sodium,
        .potassium = drive->potassium,
        .shift = {[GATE_m] = drive->shift, [GATE_p] = drive->shift, [GATE_h] = h, [GATE_n] = p, [GATE_s] = p,
                  [GATE_ni] = p, [GATE_si] = p, [GATE_q] = p},
        .speed = {[GATE_m] = fast, [GATE_p] = fast, [GATE_h] = pow(axon_q10_h, tens), [GATE_n] = slow, [GATE_s] = slow,
                  [GATE_ni] = slow, [GATE_si] = slow, [GATE_q] = slow},
        .na = flow * k.na,
        .persistent = k.persistent / 100,
        .ks = flow * k.ks,
        .kf = flow * k.kf,
        .leak = flow * k.leak,
        .leak_na = flow * k.leak_na,
        .pump = pump * k.pump,
        .ks_internode = flow * k.ks_internode,
        .kf_internode = flow * k.kf_internode,
        .leak_internode = flow * k.leak_internode,
        .leak_na_internode = flow * k.leak_na_internode,
        .hcn = flow * k.hcn,
        .hcn_half = k.hcn_half,
        .pump_internode = pump * k.pump_internode,
        .bb = flow * k.bb,
        .axial = flow * 1000 / axon_axial,
    };
}

MlAxonCell ml_axon_site(MlAxonKind kind, const MlAxonDrive *drive) {
    const Kind k = kind_of(kind);
    MlAxonCell c = ml_axon_cell(kind, drive);
    c.na *= axon_site_na;
    c.persistent *= k.site;
    c.kf += c.kf / k.kf * k.site_kf;
    return c;
}

/* ---- rest ---- */

/* What leaves node and internode together when the internode is at v and nothing changes; fills the state. */
static double net_current(const MlAxonCell *c, double v, Patch *y) {
    y->internode = v;
    y->node = v; /* for the gates of the internode */
    settle_gates(c, y);
    const double through = internode_current(c, y->gate, v).current;
    y->node = v + through / c->bb;
    settle_gates(c, y);
    return through + node_current(c, y->gate, y->u, y->node).current;
}

void ml_axon_rest(const MlAxonCell *c, double *patch) {
    const double first = -140, last = 20, stride = 4;
    Patch y;
    double low = first, high = last;
    for (double v = first + stride; v < last; v += stride)
        if (net_current(c, v, &y) > 0) {
            low = v - stride, high = v;
            break;
        }
    for (int i = 0; i < 36; i++) {
        const double middle = 0.5 * (low + high);
        if (net_current(c, middle, &y) > 0) high = middle;
        else low = middle;
    }
    net_current(c, low, &y);
    memcpy(patch, &y, sizeof y);
}

/* ---- stability of rest ---- */

/* What a gate adds to the admittance: its current per unit of the gate, the slope of its steady state, its rate. */
typedef struct Response {
    double strength, rate;
} Response;

static const double nudge = 1e-3; /* mV, or of a gate: differences are taken across this */

static double membrane(const MlAxonCell *c, const Patch *y, int inner) {
    return inner ? internode_current(c, y->gate, y->internode).current : node_current(c, y->gate, y->u, y->node).current;
}

static Response response_of(const MlAxonCell *c, const Patch *y, int g) {
    const int inner = g >= GATE_ni;
    const double v = inner ? y->internode : y->node;
    const Rates a = rates_of(c, g, v - nudge), b = rates_of(c, g, v + nudge), now = rates_of(c, g, v);
    Patch up = *y, down = *y;
    const double d = nudge * fmin(y->gate[g], 1 - y->gate[g]);
    up.gate[g] += d, down.gate[g] -= d;
    const double per_gate = (membrane(c, &up, inner) - membrane(c, &down, inner)) / (2 * d);
    const double per_mv = (b.open / (b.open + b.shut) - a.open / (a.open + a.shut)) / (2 * nudge);
    return (Response){per_gate * per_mv, c->speed[g] * (now.open + now.shut)};
}

/* Nodal and internodal membrane with what joins them, at a frequency (1/ms): zero at a free oscillation. */
static double complex joint_admittance(const MlAxonCell *c, const Patch *y, const Response *r, double frequency) {
    const double complex s = I * frequency;
    double complex a = node_current(c, y->gate, y->u, y->node).slope + s * axon_node_capacity;
    double complex b = internode_current(c, y->gate, y->internode).slope + s * axon_internode_capacity;
    for (int g = 0; g < NGATE; g++) *(g < GATE_ni ? &a : &b) += r[g].strength / (1 + s / r[g].rate);
    const double complex link = c->bb + s * axon_myelin_capacity;
    return a * (b + link) + b * link;
}

/* The admittance has no poles to the right and grows as frequency squared, so its argument turns by half a circle from 0
 * to infinity, less one circle for each pair of growing solutions. (Nyquist) */
int ml_axon_stable(const MlAxonCell *c, const double *patch) {
    const double lowest = 1e-4, ratio = 1.25; /* 1/ms, between frequencies */
    enum { N = 90 };                          /* to 5e4/ms */
    const double pi = acos(-1);
    Patch y;
    memcpy(&y, patch, sizeof y);
    Response r[NGATE];
    for (int g = 0; g < NGATE; g++) r[g] = response_of(c, &y, g);
    double complex last = joint_admittance(c, &y, r, 0);
    double turned = 0, frequency = lowest;
    if (creal(last) < 0) return 0;
    for (int i = 0; i < N; i++, frequency *= ratio) {
        const double complex next = joint_admittance(c, &y, r, frequency);
        turned += carg(next / last);
        last = next;
    }
    return turned > 0.5 * pi;
}

/* ---- readouts ---- */

static const double spike_level = -20, step_length = 0.01; /* mV; ms */

double ml_axon_threshold_from(const MlAxonCell *c, const double *patch, double width, double background) {
    const double most = 1e4, first = 4, after = 2; /* pA; ms beyond the pulse */
    enum { ROUNDS = 4 };                           /* to 0.1 % */
    double low = 0, high = most;
    for (int round = 0; round < ROUNDS; round++) {
        MlAxonPulse pulse = {.width = width, .until = width + after, .dt = step_length};
        _Alignas(64) double state[NPATCH * LANES], peak[LANES];
        for (int k = 0; k < LANES; k++) {
            const double part = (k + 1.0) / (LANES + 1);
            pulse.amplitude[k] = round ? low + part * (high - low) : first * pow(most / first, (double)k / LANES);
            pulse.background[k] = background;
            for (int i = 0; i < NPATCH; i++) state[i * LANES + k] = patch[i];
        }
        ml_axon_pulse8(c, &pulse, state, peak);
        for (int k = LANES - 1; k >= 0; k--)
            if (peak[k] > spike_level) high = pulse.amplitude[k];
        for (int k = 0; k < LANES; k++)
            if (pulse.amplitude[k] < high) low = pulse.amplitude[k];
    }
    return 0.5 * (low + high);
}

/* Whether the site is at rest: stable, and not carried off from where it was at a slightly higher shift. */
static int rests(MlAxonKind kind, const MlAxonDrive *drive, double shift, double *rest) {
    const double farthest = 6; /* mV of rest between two shifts */
    const MlAxonDrive d = {drive->potassium, drive->sodium, shift, drive->temperature};
    const MlAxonCell c = ml_axon_site(kind, &d);
    double found[NPATCH];
    ml_axon_rest(&c, found);
    if (found[PATCH_node] - *rest > farthest || !ml_axon_stable(&c, found)) return 0;
    *rest = found[PATCH_node];
    return 1;
}

double ml_axon_firing_shift(MlAxonKind kind, const MlAxonDrive *drive) {
    const double lowest = -12, highest = 14, stride = 1;
    double rest = INFINITY, shift = highest;
    while (shift > lowest && rests(kind, drive, shift, &rest)) shift -= stride;
    if (shift <= lowest) return NAN;
    double gone = shift, resting = shift + stride;
    for (int i = 0; i < 10; i++) {
        const double middle = 0.5 * (gone + resting);
        double before = rest;
        if (rests(kind, drive, middle, &before)) resting = middle;
        else gone = middle;
    }
    return 0.5 * (gone + resting);
}

double ml_axon_spontaneous_rate(MlAxonKind kind, const MlAxonDrive *drive, double firing_shift) {
    const double before = 0.1, away = 2, up = -45, down = -55;                    /* mV */
    const double settle = 20, counted = 600, stride = 0.2, dt = 2 * step_length; /* ms */
    MlAxonDrive d = *drive;
    d.shift = firing_shift + before;
    MlAxonCell c = ml_axon_site(kind, &d);
    double patch[NPATCH], peak, first = 0, last = 0;
    ml_axon_rest(&c, patch);
    patch[PATCH_node] += away;
    d.shift = firing_shift - axon_site_depth;
    c = ml_axon_site(kind, &d);
    MlAxonPulse pulse = {.until = settle, .dt = dt};
    ml_axon_pulse1(&c, &pulse, patch, &peak);
    pulse.until = stride;
    int impulses = 0, above = 0;
    for (double t = 0; t < counted; t += stride) {
        ml_axon_pulse1(&c, &pulse, patch, &peak);
        if (!above && peak > up) {
            if (impulses++ == 0) first = t;
            last = t;
        }
        above = peak > (above ? down : up);
    }
    return impulses > 1 ? 1000 * (impulses - 1) / (last - first) : 0; /* one alone may be that of the push */
}

static double velocity_at(MlAxonKind kind, const MlAxonDrive *drive, double potassium) {
    const MlAxonDrive d = {potassium, drive->sodium, drive->shift, drive->temperature};
    const MlAxonCell c = ml_axon_cell(kind, &d);
    double rest[NPATCH];
    ml_axon_rest(&c, rest);
    return ml_axon_velocity(&c, rest);
}

double ml_axon_block_potassium(MlAxonKind kind, const MlAxonDrive *drive) {
    enum { ROUNDS = 12 }; /* to 0.12 % */
    double low = 0.3, high = 40; /* mmol/L */
    for (int i = 0; i < ROUNDS; i++) {
        const double middle = sqrt(low * high);
        if (velocity_at(kind, drive, middle) > 0) low = middle;
        else high = middle;
    }
    return sqrt(low * high);
}

MlAxonNerve ml_axon_nerve(double potassium, double block) {
    const double farthest = 8; /* SD; beyond, the shares are rounding */
    const double a = fmin(fmax(log(block / potassium) / axon_spread, -farthest), farthest);
    const double share = 0.5 * erfc(-a * M_SQRT1_2), density = exp(-0.5 * a * a) * 0.5 * M_SQRT1_2 * M_2_SQRTPI;
    return (MlAxonNerve){share, potassium * exp(-axon_spread * density / share), share < axon_fewest};
}

void ml_axon_fast(MlAxonKind kind, const MlAxonDrive *drive, MlAxonFast *fast) {
    const double test_width = 1; /* ms */
    const double firing_shift = ml_axon_firing_shift(kind, drive);
    const MlAxonNerve nerve = ml_axon_nerve(drive->potassium, ml_axon_block_potassium(kind, drive));
    const MlAxonCell c = ml_axon_cell(kind, drive);
    double rest[NPATCH];
    ml_axon_rest(&c, rest);
    *fast = (MlAxonFast){.resting_potential = rest[PATCH_node],
                         .threshold = ml_axon_threshold_from(&c, rest, test_width, 0),
                         .velocity = nerve.blocked ? 0 : velocity_at(kind, drive, nerve.potassium),
                         .conducting = nerve.conducting,
                         .margin = drive->shift - firing_shift,
                         .blocked = nerve.blocked};
    if (fast->margin < 0) fast->spontaneous_rate = ml_axon_spontaneous_rate(kind, drive, firing_shift);
}
