/* SPDX-License-Identifier: Apache-2.0 */
/* The grid that the maker and the reader of the table share. */
#ifndef ML_TISSUE_LOOKUP_FIBER_GRID_H
#define ML_TISSUE_LOOKUP_FIBER_GRID_H

#include <math.h>

#include "tissue/lookup/fiber_lookup.h"

static const double least_potassium = 0.5, most_potassium = 18; /* mmol/L, those of bath.def and work */
static const double least_share = 1e-6, least_rise = 0.1;

/* By equal ratios. */
static inline double grid_potassium(double row) {
    return least_potassium * pow(most_potassium / least_potassium, row / (ML_LOOKUP_POTASSIUM - 1));
}

static inline double grid_row(double potassium) {
    return (ML_LOOKUP_POTASSIUM - 1) * log(potassium / least_potassium) /
           log(most_potassium / least_potassium);
}

/* Surface potential by calcium, magnesium and pH; what sodium and potassium add is in their own columns. */
static inline double grid_surface(const MlBath *bath) {
    MlBath b = ml_bath_normal();
    b.calcium = bath->calcium, b.magnesium = bath->magnesium, b.ph = bath->ph;
    return ml_surface_potential(&b);
}

static inline double *grid_extra(MlFiberInput *in, int i) {
    double *const extra[ML_LOOKUP_NEXTRA] = {
#define EXTRA(id, ...) &in->id,
#include "tissue/tables/fiber_lookup.def"
#undef EXTRA
    };
    return extra[i];
}

/* The least of each input; no bath. */
static inline MlFiberInput grid_least(void) {
    return (MlFiberInput){
#define INPUT(id, unit, normal, low, high, text) .id = low,
#include "tissue/tables/fiber_input.def"
#undef INPUT
    };
}

/* Sodium that stands in cells for the potassium they have lost: the two change together, and the column of potassium holds
 * what both do. The column of sodium holds what lies off that line. */
static inline double grid_exchanged(const MlFiberInput *in) {
    const MlFiberInput normal = ml_fiber_normal();
    return fmax(normal.cell_potassium - in->cell_potassium, grid_least().cell_sodium - normal.cell_sodium);
}

static inline double logit(double x) {
    x = fmin(fmax(x, least_share), 1 - least_share);
    return log(x / (1 - x));
}

static inline double logistic(double x) { return 1 / (1 + exp(-x)); }

/* Ratio of two shares that may both vanish. */
static inline double per(double x, double share) { return (x + least_share) / (share + least_share); }

/* What adds, from what is told; and back, but for the force of work. */
static inline void grid_of(const MlFiberFast *f, double *cell) {
    cell[ML_LOOKUP_rest] = f->rest, cell[ML_LOOKUP_peak] = f->peak;
    cell[ML_LOOKUP_chloride] = log(f->chloride), cell[ML_LOOKUP_rise] = log(fmax(f->rise, least_rise));
    cell[ML_LOOKUP_polarized] = logit(f->polarized);
    cell[ML_LOOKUP_excitable] = logit(per(f->excitable, f->polarized));
    cell[ML_LOOKUP_wave] = log(per(f->wave, f->excitable));
    cell[ML_LOOKUP_twitch] = log(per(f->twitch, f->excitable));
    cell[ML_LOOKUP_tetanus] = log(per(f->tetanus, f->excitable));
}

static inline void grid_to(const double *cell, MlFiberFast *f) {
    const double polarized = logistic(cell[ML_LOOKUP_polarized]);
    const double excitable = polarized * logistic(cell[ML_LOOKUP_excitable]);
    *f = (MlFiberFast){.rest = cell[ML_LOOKUP_rest],
                       .chloride = exp(cell[ML_LOOKUP_chloride]),
                       .polarized = polarized,
                       .peak = cell[ML_LOOKUP_peak],
                       .rise = exp(cell[ML_LOOKUP_rise]),
                       .excitable = excitable,
                       .wave = excitable * exp(cell[ML_LOOKUP_wave]),
                       .twitch = excitable * exp(cell[ML_LOOKUP_twitch]),
                       .tetanus = excitable * exp(cell[ML_LOOKUP_tetanus])};
}

#endif
