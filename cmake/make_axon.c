/* SPDX-License-Identifier: Apache-2.0 */
/* Writes src/tissue/axon_table.h as C: both axons over a grid, so that a long run need not compute them. */
#include <math.h>
#include <stdio.h>

#include "tissue/axon_cell.h"
#include "tissue/axon_table.h"

static MlAxonTable table;

static double point(const MlAxis *axis, int i) { return axis->low + i * axis->step; }

static void readouts(MlAxonKind kind, int k, int s, int n, int w) {
    const double test_width = 1; /* ms */
    const MlAxonDrive d = {exp(point(&axis_potassium, k)), point(&axis_sodium, n), point(&axis_shift, s),
                           point(&axis_temperature, w)};
    const MlAxonCell cell = ml_axon_cell(kind, &d);
    double rest[NPATCH];
    ml_axon_rest(&cell, rest);
    const int i = table_point(k, s, n, w);
    table.rest[i] = (float)rest[PATCH_node];
    table.log_threshold[i] = (float)log(ml_axon_threshold_from(&cell, rest, test_width, 0));
    table.velocity[i] = (float)ml_axon_velocity(&cell, rest);
}

static void block(MlAxonKind kind, int s, int w) {
    for (int n = 0; n < TABLE_FINE_SODIUM; n++) {
        const MlAxonDrive d = {ml_bath_normal().potassium, point(&axis_fine_sodium, n), point(&axis_shift, s),
                               point(&axis_temperature, w)};
        table.log_block[table_block(s, n, w)] = (float)log(ml_axon_block_potassium(kind, &d));
    }
}

static void firing(MlAxonKind kind, int k, int w) {
    MlAxonDrive d = {.potassium = exp(point(&axis_fine, k)), .temperature = point(&axis_temperature, w)};
    for (int n = 0; n < TABLE_FINE_SODIUM; n++) {
        d.sodium = point(&axis_fine_sodium, n);
        table.firing_shift[table_firing(k, n, w)] = (float)ml_axon_firing_shift(kind, &d);
    }
    d.sodium = ml_bath_normal().sodium;
    const double shift = ml_axon_firing_shift(kind, &d);
    table.rate[table_rate(k, w)] = isnan(shift) ? 0 : (float)ml_axon_spontaneous_rate(kind, &d, shift);
}

static void fill(MlAxonKind kind) {
    for (int w = 0; w < TABLE_TEMPERATURE; w++) {
        for (int k = 0; k < TABLE_FINE; k++) firing(kind, k, w);
        for (int s = 0; s < TABLE_SHIFT; s++) block(kind, s, w);
        for (int k = 0; k < TABLE_POTASSIUM; k++)
            for (int s = 0; s < TABLE_SHIFT; s++)
                for (int n = 0; n < TABLE_SODIUM; n++) readouts(kind, k, s, n, w);
    }
}

static void numbers(FILE *f, const char *name, const float *x, size_t bytes) {
    fprintf(f, "        .%s = {", name);
    for (size_t i = 0; i < bytes / sizeof *x; i++) {
        fputs(i ? i % 12 ? ", " : ",\n            " : "", f);
        fprintf(f, isnan(x[i]) ? "NAN" : "%af", (double)x[i]);
    }
    fprintf(f, "},\n");
}

#define NUMBERS(f, field) numbers(f, #field, table.field, sizeof table.field)

int main(int argc, char **argv) {
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!f) return fprintf(stderr, "make_axon: cannot write %s\n", argc == 2 ? argv[1] : "without a file name"), 1;
    fprintf(f, "/* Made by cmake/make_axon.c. */\n#include <math.h>\n\n#include \"tissue/axon_table.h\"\n\n"
               "const MlAxonTable ml_axon_table[ML_NAXON] = {\n");
    for (int kind = 0; kind < ML_NAXON; kind++) {
        fill((MlAxonKind)kind);
        fprintf(f, "    {\n");
        NUMBERS(f, rest);
        NUMBERS(f, log_threshold);
        NUMBERS(f, velocity);
        NUMBERS(f, log_block);
        NUMBERS(f, firing_shift);
        NUMBERS(f, rate);
        fprintf(f, "    },\n");
    }
    fprintf(f, "};\n");
    return fclose(f) != 0;
}
