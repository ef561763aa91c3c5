/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the table of the muscle fiber's fast level as C. */
#include <stdio.h>
#include <stdlib.h>

#include "tissue/lookup/fiber_lookup.h"

/* An array of so many dimensions, in braces. Gives where its numbers end. */
static const double *write_array(FILE *f, const double *x, const int *extent, int dimensions) {
    fprintf(f, "{");
    for (int i = 0; i < extent[0]; i++) {
        if (dimensions > 1)
            x = write_array(f, x, extent + 1, dimensions - 1);
        else
            fprintf(f, "%.6g,", *x++);
    }
    fprintf(f, dimensions > 1 ? "},\n" : "},");
    return x;
}

static void write_table(FILE *f, const MlFiberTable *t) {
    const int base[] = {ML_LOOKUP_POTASSIUM, ML_LOOKUP_SHIFT, ML_LOOKUP_NOUTPUT};
    const int alone[] = {ML_LOOKUP_NEXTRA, ML_LOOKUP_LEVEL, ML_LOOKUP_POTASSIUM, ML_LOOKUP_NOUTPUT};
    fprintf(f, "{");
    write_array(f, t->surface, &base[1], 1);
    write_array(f, &t->base[0][0][0], base, 3);
    write_array(f, &t->alone[0][0][0][0], alone, 4);
    fprintf(f, "},\n");
}

int main(int argc, char **argv) {
    MlFiberTable *table = malloc(sizeof *table);
    FILE *f = argc == 2 && table ? fopen(argv[1], "w") : NULL;
    int failed = !f;
    if (f) {
        fprintf(f, "/* Made by cmake/make_fiber_table.c. */\n#include \"tissue/lookup/fiber_lookup.h\"\n\n"
                   "const MlFiberTable ml_fiber_table[ML_NFIBER] = {\n");
        for (int kind = 0; kind < ML_NFIBER; kind++) {
            ml_fiber_tabulate(kind, table);
            write_table(f, table);
        }
        fprintf(f, "};\n");
        failed = fclose(f) != 0;
    }
    if (failed) fprintf(stderr, "make_fiber_table: could not write\n");
    free(table);
    return failed;
}
