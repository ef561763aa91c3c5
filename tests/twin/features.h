/* SPDX-License-Identifier: Apache-2.0 */
/* What acts in a scenario, so that of many alike one is enough. */
#ifndef TESTS_TWIN_FEATURES_H
#define TESTS_TWIN_FEATURES_H

#include "run/house.h"
#include "timeline/timeline.h"

#include <stdint.h>

typedef struct Features {
    int n, space;
    uint64_t *hash;
} Features;

/* Adds what acts in the first so many minutes; how much of it is new. */
int features_add(Features *f, const MlHouse *house, const MlScenario *sc, double minutes);

#endif
