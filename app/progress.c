/* SPDX-License-Identifier: Apache-2.0 */
/* How far a long run is: a bar on a terminal, drawn anew when it has moved and erased at the end. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include <time.h>
#include <unistd.h>

enum { WIDTH = 30, ROOM = 40 };
static const double patience = 0.5; /* shorter runs show none, s */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

Progress progress_start(void) { return (Progress){.shown = isatty(STDERR_FILENO), .from = now(), .percent = -1}; }

void progress_show(Progress *p, double share, const char *text) {
    char bar[WIDTH + 1];
    const int percent = (int)(100 * share);
    if (!p->shown || percent <= p->percent || now() - p->from < patience) return;
    p->percent = percent;
    for (int i = 0; i < WIDTH; i++) bar[i] = 100 * i < percent * WIDTH ? '#' : '.';
    bar[WIDTH] = 0;
    fprintf(stderr, "\r[%s] %s", bar, text);
    fflush(stderr);
}

void progress_end(Progress *p) {
    if (p->percent >= 0) fprintf(stderr, "\r%*s\r", WIDTH + ROOM, "");
    p->percent = -1;
}
