/* SPDX-License-Identifier: Apache-2.0 */
/* The reference axon (src/tissue/cable.h) against NEURON on the same model: wall time at equal error of the times at which
 * an impulse passes two nodes. bench_nerve FOLDER: NEURON lies in FOLDER, or is put there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tissue/cable.h"

enum { TEN = 10, SIXTEEN = 16, MOST = 16, REPEAT = 5 };
static const double current = 2, start = 0.5, width = 0.1, until = 2; /* nA, ms */

typedef struct Run {
    double dt, at[2], ms;
} Run;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void note(const MlCable *c, Run *r) {
    const int node[2] = {TEN, SIXTEEN};
    for (int i = 0; i < 2; i++) {
        const double v = c->node[0][node[i]], before = c->node[1][node[i]];
        if (before < 0 && v >= 0 && r->at[i] == 0) r->at[i] = c->time - c->dt * v / (v - before);
    }
}

static Run run(double dt) {
    static MlCable c;
    const MlCableMembrane membrane = ml_cable_membrane();
    Run r = {.dt = dt};
    const double began = now();
    ml_cable_start(&c, &membrane, dt);
    const int first = (int)lround(start / dt), last = first + (int)lround(width / dt), all = (int)lround(until / dt);
    for (int i = 0; i < all; i++) {
        if (i == first) ml_cable_stimulate(&c, TEN, current);
        if (i == last) ml_cable_stimulate(&c, TEN, 0);
        ml_cable_advance(&c, 1);
        note(&c, &r);
    }
    r.ms = now() - began;
    return r;
}

static Run best_of(double dt) {
    Run best = run(dt);
    for (int i = 1; i < REPEAT; i++) {
        const Run r = run(dt);
        if (r.ms < best.ms) best = r;
    }
    return best;
}

static double error(const Run *r, const double *truth) { return fmax(fabs(r->at[0] - truth[0]), fabs(r->at[1] - truth[1])); }

static int neuron_runs(const char *folder, Run *run_of) {
    char command[1024], line[256];
    snprintf(command, sizeof command, "python3 %s/bench/nerve_neuron.py '%s' times", SOURCE_DIR, folder);
    FILE *pipe = popen(command, "r");
    int n = 0;
    while (pipe && n < MOST && fgets(line, sizeof line, pipe)) {
        Run r;
        if (sscanf(line, "%lf %lf %lf %lf", &r.dt, &r.at[0], &r.at[1], &r.ms) == 4) run_of[n++] = r;
    }
    return pipe && pclose(pipe) == 0 ? n : 0;
}

/* Wall time of ours at an error, between the runs (straight in the logarithms). */
static double time_at(const Run *ours, int n, const double *truth, double wanted) {
    for (int i = 1; i < n; i++) {
        const double a = error(&ours[i - 1], truth), b = error(&ours[i], truth);
        if (b <= wanted) {
            const double part = a <= wanted ? 0 : log(a / wanted) / log(a / b);
            return ours[i - 1].ms * pow(ours[i].ms / ours[i - 1].ms, part);
        }
    }
    return ours[n - 1].ms;
}

int main(int argc, char **argv) {
    static const double steps[] = {0.025, 0.0125, 0.00625, 0.003125, 0.0015625};
    enum { N = sizeof steps / sizeof *steps };
    Run ours[N], theirs[MOST];
    if (argc != 2) return fprintf(stderr, "bench_nerve FOLDER-FOR-NEURON\n"), 2;
    for (int i = 0; i < N; i++) ours[i] = best_of(steps[i]);
    const Run fine = run(1e-4);
    printf("reference axon, 21 nodes, 2 ms; the truth: ours with a step of 0.0001 ms\n");
    printf("%-8s %10s %12s %12s %12s\n", "", "step ms", "wall ms", "error us", "");
    for (int i = 0; i < N; i++) printf("%-8s %10.6f %12.3f %12.3f\n", "milieu", steps[i], ours[i].ms, 1e3 * error(&ours[i], fine.at));
    const int n = neuron_runs(argv[1], theirs);
    if (n == 0) return printf("NEURON is missing: no comparison\n"), 0;
    /* a method of first order: what its two finest steps extrapolate to must be the same truth */
    double limit[2];
    for (int i = 0; i < 2; i++) limit[i] = 2 * theirs[n - 1].at[i] - theirs[n - 2].at[i];
    printf("NEURON extrapolated to no step differs by %.3f us\n", 1e3 * fmax(fabs(limit[0] - fine.at[0]), fabs(limit[1] - fine.at[1])));
    for (int i = 0; i < n; i++) {
        const double wanted = error(&theirs[i], fine.at);
        printf("%-8s %10.6f %12.3f %12.3f   %.0f times as long as milieu at equal error\n", "NEURON", theirs[i].dt, theirs[i].ms, 1e3 * wanted,
               theirs[i].ms / time_at(ours, N, fine.at, wanted));
    }
    return 0;
}
