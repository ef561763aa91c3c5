/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/heart.h"

#include <math.h>
#include <stddef.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/heart.def"
#undef PARAM

MlHeartInput ml_heart_normal(void) { return (MlHeartInput){ml_bath_normal(), heart_cycle}; }

/* Which layer a cell of the wall belongs to. */
static MlHeartKind layer(int cell) {
    return cell < heart_endo_cells ? ML_HEART_ENDO : cell < heart_endo_cells + heart_mid_cells ? ML_HEART_MID : ML_HEART_EPI;
}

/* Cells of the three layers, and of the regions of the ventricles that recover first and last. */
enum { FIRST = ML_NHEART, LAST, KINDS };

static MlHeartCell cell_of(int kind, const MlBath *bath) {
    MlHeartCell c = ml_heart_cell(kind < ML_NHEART ? (MlHeartKind)kind : ML_HEART_ENDO, bath);
    if (kind == FIRST) c.late_sodium /= heart_regions_late;
    if (kind == LAST) c.late_sodium *= heart_regions_late;
    return c;
}

/* These cells, settled: eight inputs side by side. */
typedef struct Settled {
    MlReal8 state[KINDS][ML_HEART_NSTATE], seen[KINDS][ML_HEART_NSEEN];
} Settled;

static MlHeartBeat settling_beat(const MlHeartInput *in) {
    return (MlHeartBeat){.cycle = in->cycle, .stimulus_time = 1, .giving = heart_giving, .fine = heart_settling_steps};
}

/* Cells hold water by the tonicity of plasma, which goes with its sodium; their ions follow in part, other osmolytes do the rest. */
static void start(const MlHeartInput in[8], MlReal8 state[ML_HEART_NSTATE]) {
    static const int held[] = {ML_HEART_sodium, ML_HEART_sodium_ss, ML_HEART_potassium, ML_HEART_potassium_ss};
    const double normal = ml_bath_normal().sodium;
    double of[ML_HEART_NSTATE];
    ml_heart_start_body(of);
    for (int j = 0; j < ML_HEART_NSTATE; j++) state[j] = of[j] - (MlReal8){0};
    for (size_t h = 0; h < sizeof held / sizeof held[0]; h++)
        for (int i = 0; i < 8; i++) state[held[h]][i] *= 1 + heart_tonicity * (in[i].bath.sodium / normal - 1);
}

static void settle(const MlHeartInput in[8], Settled *s) {
    const MlHeartBeat beat = settling_beat(in);
    for (int kind = 0; kind < KINDS; kind++) {
        MlHeartCell cell[8];
        for (int i = 0; i < 8; i++) cell[i] = cell_of(kind, &in[i].bath);
        start(in, s->state[kind]);
        for (int i = 0; i < ML_HEART_SETTLING; i++) ml_heart_beat8(cell, &beat, s->state[kind], s->seen[kind], NULL);
    }
}

/* The same of one input, its cells side by side. */
static void settle_one(const MlHeartInput *in, Settled *s) {
    const MlHeartBeat beat = settling_beat(in);
    MlReal8 state[ML_HEART_NSTATE], seen[ML_HEART_NSEEN];
    MlHeartInput same[8];
    MlHeartCell cell[8];
    for (int i = 0; i < 8; i++) same[i] = *in, cell[i] = cell_of(i % KINDS, &in->bath);
    start(same, state);
    for (int i = 0; i < ML_HEART_SETTLING; i++) ml_heart_beat8(cell, &beat, state, seen, NULL);
    for (int kind = 0; kind < KINDS; kind++) {
        for (int j = 0; j < ML_HEART_NSTATE; j++) s->state[kind][j][0] = state[j][kind];
        for (int j = 0; j < ML_HEART_NSEEN; j++) s->seen[kind][j][0] = seen[j][kind];
    }
}

/* ---- the electrocardiogram ---- */

static const double early = 20; /* ms */
static const double t_from = 120; /* ms: the QRS complex of an impulse that is not given up is over */

/* Summit of the T wave: farthest from the baseline, after the impulse has passed. */
static int summit(const double *ecg, int from, double baseline) {
    int at = from;
    for (int t = from; t < ML_HEART_TRACE; t++)
        if (fabs(ecg[t] - baseline) > fabs(ecg[at] - baseline)) at = t;
    return at;
}

/* Where the steepest tangent of the way back meets the baseline. */
static double tangent_end(const double *ecg, int peak, double baseline) {
    const double side = ecg[peak] > baseline ? 1 : -1;
    double steepest = 0, end = NAN;
    for (int t = peak + 1; t + 1 < ML_HEART_TRACE; t++) {
        const double slope = side * (ecg[t + 1] - ecg[t - 1]) / 2;
        if (slope < steepest) steepest = slope, end = t - side * (ecg[t] - baseline) / slope;
    }
    return end;
}

static double velocity_of(const double *activated) {
    const int from = ML_HEART_WALL / 4, to = 3 * ML_HEART_WALL / 4;
    for (int i = 0; i < ML_HEART_WALL; i++)
        if (isnan(activated[i]) || activated[i] + t_from >= ML_HEART_TRACE) return 0; /* or too late for a T wave in the trace */
    return 1000 * (to - from) * heart_spacing / (activated[to] - activated[from]);
}

/* From a time on, what an electrode sees of regions that recover one after the other within a time: the mean of the wall over the time before. */
static void see_regions(int from, double apart, double *ecg) {
    double area[ML_HEART_TRACE + 1] = {0}; /* before, since `from` */
    for (int t = 0; t < ML_HEART_TRACE; t++) area[t + 1] = area[t] + (t < from ? 0 : ecg[t] - ecg[0]);
    for (int t = from; t < ML_HEART_TRACE; t++) {
        const double since = fmax(t + 1 - apart, 0);
        const int i = (int)since;
        ecg[t] = ecg[0] + (area[t + 1] - area[i] - (since - i) * (area[i + 1] - area[i])) / apart;
    }
}

/* They do as their action potentials differ and, in part, as the impulse comes later. */
static double regions_apart(const Settled *s, int lane, double velocity) {
    const double differ = s->seen[LAST][ML_HEART_SEEN_apd90][lane] - s->seen[FIRST][ML_HEART_SEEN_apd90][lane];
    return fmax(differ, 0) + heart_later * 1000 * heart_way / velocity;
}

/* From the impulse until 90 % of the way back, of a traced cell. */
static double duration_of(const double *trace, double activated) {
    double peak = trace[0];
    for (int t = 0; t < ML_HEART_TRACE; t++) peak = fmax(peak, trace[t]);
    const double level = trace[0] + 0.1 * (peak - trace[0]);
    for (int t = (int)activated + 20; t + 1 < ML_HEART_TRACE; t++)
        if (trace[t + 1] < level && trace[t] >= level) return t + (trace[t] - level) / (trace[t] - trace[t + 1]) - activated;
    return NAN;
}

/* Of the cells that the impulse reaches early: the others are still on their way up when the first have passed the summit of their plateau. */
static double after_of(const MlHeartWall *w) {
    double most = 0;
    for (int i = 0; i < ML_HEART_WALL; i++)
        if (w->activated[i] < early) most = fmax(most, w->after[i]);
    return most;
}

static void read_wall(const Settled *s, int lane, MlHeartWall *w, MlHeartRead *out) {
    const double last = w->activated[ML_HEART_WALL - 1];
    *out = (MlHeartRead){.rest = s->seen[ML_HEART_ENDO][ML_HEART_SEEN_rest][lane],
                         .rise = s->seen[ML_HEART_ENDO][ML_HEART_SEEN_rise][lane],
                         .duration = NAN,
                         .velocity = velocity_of(w->activated),
                         .repolarized = NAN,
                         .t_peak = NAN,
                         .t_wave = NAN,
                         .after = after_of(w)};
    if (out->velocity == 0) return;
    out->duration = duration_of(w->trace[ML_HEART_MID], w->activated[w->shown[ML_HEART_MID]]);
    see_regions((int)(last + early), regions_apart(s, lane, out->velocity), w->ecg);
    const int from = (int)(last + t_from), peak = summit(w->ecg, from, w->ecg[0]);
    if (peak == from) return; /* no wave of its own: QRS and T run into one another */
    out->t_peak = peak;
    out->t_wave = w->ecg[peak] - w->ecg[0];
    out->repolarized = tangent_end(w->ecg, peak, w->ecg[0]);
}

static void beat_wall(const MlHeartInput *in, const Settled *s, int lane, MlHeartWall *w) {
    MlHeartCell cell[ML_HEART_WALL];
    MlReal8 state[ML_HEART_GROUPS][ML_HEART_NSTATE], seen[ML_HEART_GROUPS][ML_HEART_NSEEN];
    *w = (MlHeartWall){0};
    for (int i = 0; i < ML_HEART_WALL; i++) {
        cell[i] = ml_heart_cell(layer(i), &in->bath);
        for (int j = 0; j < ML_HEART_NSTATE; j++) state[i / 8][j][i % 8] = s->state[layer(i)][j][lane];
    }
    w->shown[ML_HEART_ENDO] = heart_endo_cells / 2, w->shown[ML_HEART_MID] = heart_endo_cells + heart_mid_cells / 2;
    w->shown[ML_HEART_EPI] = (heart_endo_cells + heart_mid_cells + ML_HEART_WALL) / 2;
    const MlHeartBeat beat = {.cycle = in->cycle, .fine = 1};
    ml_heart_wall_run(cell, &beat, ML_HEART_WALL_BEATS, state, seen, w);
    for (int i = 0; i < ML_HEART_WALL; i++) w->after[i] = seen[i / 8][ML_HEART_SEEN_after][i % 8];
}

void ml_heart_walls(const MlHeartInput in[8], MlHeartRead out[8]) {
    Settled s;
    MlHeartWall w;
    settle(in, &s);
    for (int i = 0; i < 8; i++) {
        beat_wall(&in[i], &s, i, &w);
        read_wall(&s, i, &w, &out[i]);
    }
}

void ml_heart_wall(const MlHeartInput *in, MlHeartRead *out, MlHeartWall *wall) {
    Settled s;
    MlHeartWall w;
    settle_one(in, &s);
    if (!wall) wall = &w;
    beat_wall(in, &s, 0, wall);
    read_wall(&s, 0, wall, out);
}
