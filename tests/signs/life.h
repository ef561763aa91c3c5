/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up life for the tracker: outputs that stay normal but for one that follows given points. */
#ifndef TESTS_SIGNS_LIFE_H
#define TESTS_SIGNS_LIFE_H

#include "signs/signs.h"

typedef struct Point {
    double t, x;
} Point;

typedef struct Life {
    int output; /* the one that moves */
    int n;
    const Point *point; /* joined by straight lines, constant before and after */
} Life;

/* Outputs of a healthy person of 70 kg at t; urine volume and gfr as given by the life. */
void life_outputs(const Life *life, double t, double *out);

/* Observes from 0 to end at every multiple of `every`, and where located is 1 also just after every change of
 * sign of a margin, as a run does. Death ends it. */
MlSigns *live(const Life *life, double end, double every, int located);

/* The only span of a flag, or NULL where there is none; fails the test where there are more. */
const MlFlagSpan *only_span(const MlSigns *s, int flag);
int count_spans(const MlSigns *s, int flag);

#endif
