/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/terminal.h"

#include <math.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/terminal.def"
#undef PARAM

static double occupied(const MlBath *bath) {
    const double calcium = bath->calcium / terminal_calcium_half;
    return calcium / (1 + calcium + bath->magnesium / terminal_magnesium_half);
}

double ml_terminal_release(const MlBath *bath) {
    const MlBath normal = ml_bath_normal();
    return pow(occupied(bath) / occupied(&normal), terminal_order);
}

static const double terminal_nearest = 0.1; /* shifts beyond that are not met */

double ml_terminal_transmission(const MlBath *bath) {
    const double farther = fmax(1 + ml_surface_shift(bath) / terminal_distance, terminal_nearest);
    const double spare = log(terminal_safety * ml_terminal_release(bath) / farther) / terminal_safety_spread;
    return 0.5 * erfc(-spare / sqrt(2));
}
