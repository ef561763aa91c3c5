/* SPDX-License-Identifier: Apache-2.0 */
/* Safety limits that were broken, in words. */
#include "report/breach_words.h"

#include "report/cramp_words.h"

#include <math.h>
#include <string.h>

int ml_breach_whole(const MlResult *r, int i, milieu_breach *whole) {
    *whole = r->breach[i];
    int times = 1;
    for (int k = 0; k < r->nbreach; k++) {
        const milieu_breach *b = &r->breach[k];
        if (k == i || b->limit != whole->limit) continue;
        if (k < i) return 0;
        times++;
        whole->off = b->off;
        if (fabs(b->worst) > fabs(whole->worst)) whole->worst = b->worst, whole->worst_time = b->worst_time;
    }
    return times;
}

static void amount(char *text, size_t size, double v, const char *unit) {
    ml_append(text, size, "%s %s", fabs(v) < 100 ? ml_short(fabs(v), 3).s : ml_fixed(fabs(v), 0).s, unit);
}

static void worst_words(const milieu_breach *b, char *text, size_t size) {
    if (isinf(b->worst)) ml_append(text, size, "no fluid is told");
    else amount(text, size, b->worst, b->unit);
}

static void bound_words(const milieu_breach *b, char *text, size_t size) {
    ml_append(text, size, b->hard ? ", at most " : ", advised at most ");
    amount(text, size, b->bound, b->unit);
}

static void window_words(const milieu_breach *b, char *text, size_t size) {
    if (b->window > 0) ml_append(text, size, " within %s", ml_duration(b->window).s);
}

static void times_words(const MlResult *r, const milieu_breach *b, int times, char *text, size_t size) {
    if (times > 1) ml_append(text, size, "; %d times", times);
    const int moment = !isnan(b->off) && ml_same_moment(r, b->on, b->off);
    ml_append(text, size, moment ? "; at %s" : times > 1 ? " from %s" : "; from %s", ml_moment(r->start_clock, b->on).s);
    if (isnan(b->off)) ml_append(text, size, " to the end");
    else if (!moment) ml_append(text, size, " to %s", ml_moment(r->start_clock, b->off).s);
}

void ml_breach_words(const MlResult *r, const milieu_breach *b, int times, char *text, size_t size) {
    text[0] = 0;
    ml_append(text, size, "%s: ", b->variable);
    worst_words(b, text, size);
    window_words(b, text, size);
    bound_words(b, text, size);
    times_words(r, b, times, text, size);
}

void ml_breach_limit_words(const milieu_breach *b, char *text, size_t size) {
    text[0] = 0;
    ml_append(text, size, "%s", b->variable);
    bound_words(b, text, size);
    window_words(b, text, size);
}

void ml_breach_deed_words(const MlResult *r, const milieu_breach *b, int times, char *text, size_t size) {
    text[0] = 0;
    worst_words(b, text, size);
    times_words(r, b, times, text, size);
}

/* Whether an earlier one is told in the same words. */
static int was_told(const MlResult *r, int i) {
    for (int k = 0; k < i; k++)
        if (r->breach[k].hard && r->breach[k].window == r->breach[i].window && strcmp(r->breach[k].variable, r->breach[i].variable) == 0) return 1;
    return 0;
}

int ml_breach_finding(const MlResult *r, MlLine *line) {
    const char *before = "Beyond safety limits that are not to be passed: ";
    for (int i = 0; i < r->nbreach; i++) {
        if (!r->breach[i].hard || was_told(r, i)) continue;
        ml_append(line->s, sizeof line->s, "%s%s", before, r->breach[i].variable);
        if (r->breach[i].window > 0) ml_append(line->s, sizeof line->s, " (within %s)", ml_duration(r->breach[i].window).s);
        before = ", ";
    }
    if (*line->s) ml_append(line->s, sizeof line->s, ".");
    return *line->s != 0;
}
