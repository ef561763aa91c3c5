/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_AGAINST_CVODE_H
#define BENCH_AGAINST_CVODE_H

#include "run/session.h"
#include "scenario/scenario.h"

/* Times the integrator and CVODE (BDF, dense matrix, its own differences) through one scenario at several
 * tolerances, with the error of each, and prints the table and the ratio of times at equal error. */
milieu_code bench_against_cvode(const MlHouse *house, const MlScenario *scenario, milieu_error *err);

#endif
