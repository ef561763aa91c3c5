/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/bath.h"

#include <math.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/surface.def"
#undef PARAM

MlBath ml_bath_normal(void) {
    return (MlBath){
#define BATH(id, option, unit, normal, low, high, text) .id = normal,
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

/* Charge of the sites, C/m2, where the potential is y thermal volts: what is bound depends on the concentration at the
 * face, which is that of the bulk times exp(-z y). */
static double site_charge(const MlBath *bath, double y) {
    const double proton = pow(10, -bath->ph) * exp(-y), calcium = 1e-3 * bath->calcium * exp(-2 * y); /* mol/L */
    const double strong = proton / pow(10, -surface_acid_strong_pk), weak = proton / pow(10, -surface_acid_weak_pk);
    const double bound = calcium / surface_calcium_dissociation, base = proton / pow(10, -surface_base_pk);
    /* an acid is -1 alone, 0 with a proton, +1 with calcium */
    const double charge = surface_acid_strong * (bound - 1) / (1 + strong + bound) +
                          surface_acid_weak * (bound - 1) / (1 + weak + bound) + surface_base * base / (1 + base);
    return 1e18 * elementary_charge * charge;
}

/* Charge of the double layer that balances the sites. */
static double layer_charge(const MlBath *bath, double y) {
    const double one = bath->sodium + bath->potassium, two = bath->calcium + bath->magnesium; /* mol/m3 */
    const double anions = one + 2 * two;
    const double rt = ML_GAS * (bath->temperature + ML_ZERO_CELSIUS);
    const double sum = one * expm1(-y) + two * expm1(-2 * y) + anions * expm1(y);
    const double permittivity = vacuum_permittivity * water_permittivity(bath->temperature);
    return copysign(sqrt(2 * permittivity * rt * fmax(sum, 0)), y);
}

double ml_surface_potential(const MlBath *bath) {
    double low = -12, high = 4; /* thermal volts; sites less layer falls steadily between */
    for (int i = 0; i < 60; i++) {
        const double y = 0.5 * (low + high);
        if (site_charge(bath, y) > layer_charge(bath, y)) low = y;
        else high = y;
    }
    return 0.5 * (low + high) * ml_thermal_voltage(bath->temperature);
}

double ml_surface_shift(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    MlBath at_normal_temperature = *bath;
    at_normal_temperature.temperature = normal.temperature; /* what warmth does to gates is in their rates */
    return ml_surface_potential(&at_normal_temperature) - ml_surface_potential(&normal);
}
