/* SPDX-License-Identifier: Apache-2.0 */
/* The cramp threshold frequency without running the pool: its natural log is a polynomial of the second degree in the
 * inputs (drive and terminal excitability by their logs, the others as differences from normal), with products of each and
 * the square of drive, fitted to the pool itself at random inputs. Inputs outside the ranges of the fit count as at the
 * nearest limit. Only less drive than that raises the threshold further, in inverse proportion: what volleys add to the
 * mean conductance is drive times frequency. */
#include <math.h>

#include "tissue/pool.h"

typedef struct Terms {
    double one, drive_squared;
#define RANGE(id, low, high) double id;
#define TERM(a, b, value)
#include "tissue/tables/pool_fast.def"
#undef RANGE
} Terms;

static double within(double x, double low, double high) { return fmin(fmax(x, low), high); }

double ml_pool_threshold_fast(const MlPoolInput *in) {
    const MlPoolInput normal = ml_pool_normal();
    Terms x = {.one = 1};
#define RANGE(id, low, high) x.id = within(in->id, low, high) - normal.id;
#include "tissue/tables/pool_fast.def"
#undef RANGE
#undef TERM
    const double share = fmax(in->drive, 0) / (normal.drive + x.drive);
    x.drive = log(normal.drive + x.drive);
    x.drive_squared = x.drive * x.drive;
    x.terminal_excitability = log(normal.terminal_excitability + x.terminal_excitability);
    double sum = 0;
#define RANGE(id, low, high)
#define TERM(a, b, value) sum += (value) * x.a * x.b;
#include "tissue/tables/pool_fast.def"
#undef RANGE
#undef TERM
    return fmin(exp(sum) / fmin(share, 1), ML_POOL_NONE);
}
