/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/bath.h"

#include <math.h>
#include <string.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/surface.def"
#undef PARAM

MlBath ml_bath_normal(void) {
    return (MlBath){
#define BATH(id, key, unit, normal, low, high, text) .id = normal,
#include "tissue/tables/bath.def"
#undef BATH
    };
}

double ml_thermal_voltage(double temperature) {
    return 1000 * ML_GAS * (temperature + ML_ZERO_CELSIUS) / ML_FARADAY;
}

static const double elementary_charge = 1.602176634e-19; /* C */
static const double vacuum_permittivity = 8.8541878128e-12; /* F/m */

/* Relative permittivity of water. Malmberg & Maryott, J Res Natl Bur Stand 1956;56:1. */
static double water_permittivity(double temperature) {
    const double t = temperature;
    return 87.740 - 0.40008 * t + 9.398e-4 * t * t - 1.410e-6 * t * t * t;
}

/* What the bath puts before the face, none of which depends on the potential. */
typedef struct Face {
    double strong, weak, base; /* protons to the dissociation of each site */
    double bound;              /* calcium to its dissociation from an acid */
    double one, two;           /* cations of valence one and two, mol/m3 */
    double layer;              /* 2 eps eps0 RT, (C/m2)2 per mol/m3 */
} Face;

static Face face_of(const MlBath *bath) {
    const double decade = 2.302585092994046, rt = ML_GAS * (bath->temperature + ML_ZERO_CELSIUS);
    return (Face){
        .strong = exp(decade * (surface_acid_strong_pk - bath->ph)),
        .weak = exp(decade * (surface_acid_weak_pk - bath->ph)),
        .base = exp(decade * (surface_base_pk - bath->ph)),
        .bound = 1e-3 * bath->calcium / surface_calcium_dissociation,
        .one = bath->sodium + bath->potassium,
        .two = bath->calcium + bath->magnesium,
        .layer = 2 * vacuum_permittivity * water_permittivity(bath->temperature) * rt,
    };
}

/* An acid is -1 alone, 0 with a proton, +1 with calcium. e: how much more of a monovalent cation there is at the face. */
static double acid(double protons, double bound, double e) {
    const double b = bound * e * e;
    return (b - 1) / (1 + protons * e + b);
}

/* Charge of the sites and of the layer that balances them, C/m2, where the face is at -ln e thermal volts. */
static double imbalance(const Face *f, double e) {
    const double base = f->base * e / (1 + f->base * e);
    const double sites = surface_acid_strong * acid(f->strong, f->bound, e) + surface_acid_weak * acid(f->weak, f->bound, e) + surface_base * base;
    const double anions = f->one + 2 * f->two;
    const double sum = f->one * (e - 1) + f->two * (e * e - 1) + anions * (1 / e - 1);
    return 1e18 * elementary_charge * sites + sqrt(f->layer * fmax(sum, 0)); /* the face is negative */
}

static double potential(const MlBath *bath) {
    enum { MOST = 60 };
    const Face f = face_of(bath);
    double low = 0, high = 12, y = 3.7; /* -F psi / RT; sites outweigh the layer below the root */
    double before = 0.9 * y, g_before = imbalance(&f, exp(before));
    for (int i = 0; i < MOST && high - low > 1e-13; i++) { /* secants within a bracket */
        const double g = imbalance(&f, exp(y));
        if (g < 0) low = y;
        else high = y;
        const double next = y - g * (y - before) / (g - g_before);
        if (g == 0 || fabs(next - y) < 1e-12) break;
        before = y, g_before = g;
        y = next > low && next < high ? next : 0.5 * (low + high);
    }
    return -y * ml_thermal_voltage(bath->temperature);
}

/* Nerve, muscle and heart ask of the same few baths in turn: those asked of last are remembered, in each thread. */
double ml_surface_potential(const MlBath *bath) {
    enum { KEPT = 4 };
    static _Thread_local struct {
        MlBath bath;
        double potential;
    } kept[KEPT];
    static _Thread_local int n, next;
    for (int i = 0; i < n; i++)
        if (memcmp(&kept[i].bath, bath, sizeof *bath) == 0) return kept[i].potential;
    const int i = next;
    next = (next + 1) % KEPT;
    if (n < KEPT) n++;
    kept[i].bath = *bath;
    return kept[i].potential = potential(bath);
}

double ml_surface_shift(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    MlBath at_normal_temperature = *bath;
    at_normal_temperature.temperature = normal.temperature; /* what warmth does to gates is in their rates */
    return ml_surface_potential(&at_normal_temperature) - ml_surface_potential(&normal);
}
