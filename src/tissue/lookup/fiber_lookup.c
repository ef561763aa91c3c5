/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/force.h"
#include "tissue/lookup/fiber_grid.h"

/* Where x lies on an axis: the node below and the part of the way to the next; ends are held. */
static double place(const double *axis, int n, double x, int *node) {
    int i = 0;
    while (i < n - 2 && x > axis[i + 1]) i++;
    *node = i;
    return fmin(fmax((x - axis[i]) / (axis[i + 1] - axis[i]), 0), 1);
}

/* Adds weight times the row, between potassium k and k + 1. */
static void add(const double (*column)[ML_LOOKUP_NOUTPUT], int stride, double part, double weight,
                double *cell) {
    for (int o = 0; o < ML_LOOKUP_NOUTPUT; o++)
        cell[o] += weight * ((1 - part) * column[0][o] + part * column[stride][o]);
}

static void look(MlFiberKind kind, const MlFiberInput *in, double surface, double potassium,
                 MlFiberFast *out) {
    static const double level[ML_LOOKUP_NEXTRA][ML_LOOKUP_LEVEL] = {
#define EXTRA(id, ...) {__VA_ARGS__},
#include "tissue/tables/fiber_lookup.def"
#undef EXTRA
    };
    const MlFiberTable *table = &ml_fiber_table[kind];
    MlFiberInput x = *in;
    x.cell_acid = ml_fiber_acidity(in); /* whatever it comes from */
    x.cell_sodium = fmax(in->cell_sodium - grid_exchanged(in), ml_fiber_normal().cell_sodium);
    const double row = fmin(fmax(grid_row(potassium), 0), ML_LOOKUP_POTASSIUM - 1);
    const int k = row < ML_LOOKUP_POTASSIUM - 2 ? (int)row : ML_LOOKUP_POTASSIUM - 2;
    const double part = row - k;
    double cell[ML_LOOKUP_NOUTPUT] = {0};
    int s, l;
    const double of_surface = place(table->surface, ML_LOOKUP_SHIFT, surface, &s);
    add(&table->base[k][s], ML_LOOKUP_SHIFT, part, 1 - of_surface, cell);
    add(&table->base[k][s + 1], ML_LOOKUP_SHIFT, part, of_surface, cell);
    for (int i = 0; i < ML_LOOKUP_NEXTRA; i++) {
        const double of_level = place(level[i], ML_LOOKUP_LEVEL, *grid_extra(&x, i), &l);
        add(&table->alone[i][l][k], 1, part, 1 - of_level, cell);
        add(&table->alone[i][l + 1][k], 1, part, of_level, cell);
    }
    grid_to(cell, out);
}

void ml_fiber_lookup(MlFiberKind kind, const MlFiberInput *in, MlFiberFast *out) {
    const double surface = grid_surface(&in->bath);
    const MlForceNormal normal = ml_force_normal(kind);
    MlFiberFast working;
    look(kind, in, surface, in->bath.potassium, out);
    look(kind, in, surface, in->bath.potassium + normal.work_potassium, &working);
    out->force = out->polarized * working.tetanus / working.polarized * normal.tetanus / normal.work;
}
