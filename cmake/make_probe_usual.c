/* SPDX-License-Identifier: Apache-2.0 */
/* Writes ml_probe_usual of src/report/probe.h as C: nerve and muscle of a healthy adult at rest, beside whom every probe
 * stands. */
#include <math.h>
#include <stdio.h>

#include "signs/excite.h"

static double out[ML_NOUTPUT];
static MlExciteCurve curve[ML_EXCITE_CURVES];

static void numbers(FILE *f, const char *name, const double *x, int n) {
    fprintf(f, ".%s = {", name);
    for (int i = 0; i < n; i++) fprintf(f, isnan(x[i]) ? "NAN" : "%a", x[i]), fputs(i % 8 == 7 ? ",\n" : ", ", f);
    fprintf(f, "},\n");
}

int main(int argc, char **argv) {
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!f) return fprintf(stderr, "make_probe_usual: cannot write %s\n", argc == 2 ? argv[1] : "without a file name"), 1;
    const MlExcite normal = ml_excite_normal();
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    const int n = ml_excite_look(&normal, out, curve);
    fprintf(f, "/* Made by cmake/make_probe_usual.c. */\n#include \"report/probe.h\"\n\n#include <math.h>\n\n"
               "const MlProbeUsual ml_probe_usual = {\n");
    numbers(f, "out", out, ML_NOUTPUT);
    fprintf(f, ".curve = {\n");
    for (const MlExciteCurve *c = curve; c < curve + n; c++) {
        fprintf(f, "{.group = \"%s\", .title = \"%s\", .x_unit = \"%s\", .y_unit = \"%s\", .n = %d,\n", c->group, c->title,
                c->x_unit, c->y_unit, c->n);
        numbers(f, "x", c->x, c->n);
        numbers(f, "y", c->y, c->n);
        fprintf(f, "},\n");
    }
    fprintf(f, "}};\n");
    return fclose(f) != 0;
}
