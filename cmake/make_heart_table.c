/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the table of the wall of the ventricle as C. */
#include <stdio.h>

#include "tissue/lookup/heart_lookup.h"

static void write_cells(FILE *f, const double *x, int cells) {
    fprintf(f, "{");
    for (int c = 0; c < cells; c++) {
        fprintf(f, "{");
        for (int o = 0; o < ML_HEART_NREAD; o++) fprintf(f, "%.7g,", *x++);
        fprintf(f, "},");
    }
    fprintf(f, "},\n");
}

int main(int argc, char **argv) {
    static MlHeartTable t;
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!f) return fprintf(stderr, "make_heart_table: cannot write\n"), 1;
    ml_heart_tabulate(&t);
    fprintf(f, "/* Made by cmake/make_heart_table.c. */\n#include \"tissue/lookup/heart_lookup.h\"\n\n"
               "const MlHeartTable ml_heart_table = {{\n");
    for (int k = 0; k < ML_HEART_POTASSIUM; k++) write_cells(f, &t.base[k][0][0], ML_HEART_CALCIUM);
    fprintf(f, "},{\n");
    for (int a = 0; a < ML_HEART_NALONE; a++) write_cells(f, &t.alone[a][0][0], ML_HEART_FEW);
    fprintf(f, "},{\n");
    for (int k = 0; k < ML_HEART_POTASSIUM; k++) write_cells(f, &t.rate[k][0][0], ML_HEART_FEW);
    fprintf(f, "}};\n");
    return fclose(f) != 0;
}
