/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of motoneurons: its cost in CPU time, or
 *     bench_pool samples N SEED SHARE          N random inputs over a share of the ranges of the fit, the threshold of the
 *                                              full pool and the gain of its reflex: fit_pool.py reads them
 *     bench_pool spikes FREQUENCY DISPOSITION  time, s, and cell of each spike of a cramp: draw_pool.py draws them */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tissue/pool.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double uniform(unsigned long long *state, double low, double high) {
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(*state >> 11) * 0x1p-53;
}

static void samples(int n, unsigned long long seed, double share) {
    unsigned long long state = seed * 7919 + 12345;
    for (int i = 0; i < n; i++) {
        MlPoolInput in = ml_pool_normal();
#define RANGE(id, low, high) in.id += share * (uniform(&state, low, high) - in.id);
#define TERM(a, b, value)
#include "tissue/tables/pool_fast.def"
#undef RANGE
#undef TERM
        printf("%.6f %.6f %.6f %.6f %.6f %.6f %.6f %.3f %.3f\n", in.drive, in.inhibition, in.disposition, in.csf_potassium,
               in.csf_calcium, in.temperature, in.terminal_excitability, ml_pool_threshold(&in), ml_pool_reflex(&in));
        fflush(stdout);
    }
}

static void spikes(double frequency, double disposition) {
    static MlPoolSpike list[100000];
    MlPoolTrace trace = {.spikes = list, .capacity = sizeof list / sizeof list[0]};
    MlPoolInput in = ml_pool_normal();
    in.disposition = disposition;
    ml_pool_cramp(&in, frequency, &trace);
    for (int i = 0; i < trace.count && i < trace.capacity; i++) printf("%.4f %d\n", list[i].time, list[i].cell);
}

/* ms a simulated second of the pool, or of one cell when cell by cell. */
static double cost(void (*block)(const MlMotoneuronTraits *, const MlMotoneuronInputs *, double, MlMotoneurons *)) {
    static MlMotoneuronTraits traits;
    static MlMotoneurons cells;
    static MlMotoneuronInputs inputs;
    const double step = 0.05;
    ml_motoneuron_published(&traits, 1);
    ml_motoneuron_start(&cells);
    const double start = now();
    for (int b = 0; b < (int)(1000 / (step * ML_BLOCK_STEPS)); b++) block(&traits, &inputs, step, &cells);
    return 1000 * (now() - start);
}

int main(int argc, char **argv) {
    if (argc == 5 && !strcmp(argv[1], "samples")) {
        samples(atoi(argv[2]), strtoull(argv[3], NULL, 10), atof(argv[4]));
        return 0;
    }
    if (argc == 4 && !strcmp(argv[1], "spikes")) {
        spikes(atof(argv[2]), atof(argv[3]));
        return 0;
    }
    printf("a second of 32 cells: %.1f ms in lanes; of one cell: %.2f ms\n", cost(ml_motoneuron_block8),
           cost(ml_motoneuron_block1) / ML_CELLS);
    const MlPoolInput in = ml_pool_normal();
    double start = now();
    const double threshold = ml_pool_threshold(&in);
    printf("threshold %.1f Hz: %.2f s", threshold, now() - start);
    enum { CALLS = 100000 };
    double sum = 0;
    MlPoolInput moved = in;
    start = now();
    for (int i = 0; i < CALLS; i++) {
        moved.drive = 1 + 1e-6 * i;
        sum += ml_pool_threshold_fast(&moved);
    }
    printf("; by formula %.1f Hz: %.2f us\n", ml_pool_threshold_fast(&in), 1e6 * (now() - start) / CALLS + 0 * sum);
    start = now();
    printf("reflex %.2f", ml_pool_reflex(&in));
    printf(": %.0f ms\n", 1000 * (now() - start));
    MlPoolTrace trace = {0};
    start = now();
    ml_pool_cramp(&in, 1.5 * threshold, &trace);
    printf("cramp of %.1f s: %.2f s\n", trace.duration, now() - start);
    return 0;
}
