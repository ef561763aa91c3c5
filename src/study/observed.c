/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of `observed`: of which arm, when, and how it is looked at. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/compare.h"
#include "study/parts.h"

/* ---- when ---- */

static bool read_moment(MlIssues *issues, const MlNode *node, const char *key, double *t) {
    return ml_read_time(issues, node, key, -ML_LONGEST, ML_LONGEST, t);
}

/* T where one time may stand, or [T1, T2]. false after an error. */
static bool read_window(MlIssues *issues, const MlNode *node, const char *key, bool moment, bool window,
                        MlWindow *w) {
    char found[ML_FOUND_SIZE];
    MlWindow x;
    if (node->broken) return false;
    if (moment && node->kind == ML_SCALAR) {
        if (!read_moment(issues, node, key, &x.from)) return false;
        w->from = w->to = x.from;
        return true;
    }
    if (!window || node->kind != ML_SEQUENCE || node->n != 2) {
        ml_node_error(issues, node, "%s: found %s, but %s", key, ml_node_found(node, found),
                      !window  ? "a time belongs here, such as 2 h"
                      : moment ? "a time or two belong here, such as 2 h or [0 h, 2 h]"
                               : "two times belong here, such as [0 h, 2 h]");
        return false;
    }
    const bool first = read_moment(issues, node->item[0], key, &x.from);
    if (!read_moment(issues, node->item[1], key, &x.to) || !first) return false;
    if (x.from < x.to) {
        *w = x;
        return true;
    }
    ml_node_error(issues, node, "%s: the first time must lie before the second", key);
    return false;
}

/* Before a run begins the person is as at its beginning; behind its end there is nothing. */
static void check_end(const MlStudyReader *r, const MlNode *node, const char *key, int arm, MlWindow w) {
    if (arm < 0 || isnan(w.to) || !r->whole[arm]) return;
    const double end = r->study->arm[arm].scenario.duration;
    if (w.to <= end + 1e-6) return;
    ml_node_error(r->issues, node, "%s: %.6g h lies behind the end of arm %s, which lasts %.6g h", key,
                  w.to / 60, r->study->arm[arm].name, end / 60);
}

/* at or over of an observation, or of its than. false: neither is given, or an error. */
static bool read_when(const MlStudyReader *r, const MlNode *node, int arm, MlWindow *w) {
    const MlNode *at = ml_node_get(node, "at"), *over = ml_node_get(node, "over");
    if (at && over) ml_node_error(r->issues, over, "over: at is given too; one of them belongs here");
    if (!at && !over) return false;
    const char *key = at ? "at" : "over";
    if (!read_window(r->issues, at ? at : over, key, at != NULL, at == NULL, w)) return false;
    check_end(r, at ? at : over, key, arm, *w);
    return true;
}

/* ---- which arm ---- */

static int find_arm(const MlStudyReader *r, const MlNode *node, const char *key) {
    const MlStudy *s = r->study;
    char hint[ML_HINT_SIZE], found[ML_FOUND_SIZE], all[200];
    const char **names = calloc((size_t)s->narm + 1, sizeof *names);
    int arm = -1;
    for (int i = 0; names && i < s->narm; i++) {
        names[i] = s->arm[i].name;
        if (node->kind == ML_SCALAR && !strcmp(node->text, names[i])) arm = i;
    }
    if (arm < 0 && names && !node->broken) {
        ml_join_names(names, (size_t)s->narm, all, sizeof all);
        ml_node_error(r->issues, node, "%s: found %s%s; the arms are: %s", key, ml_node_found(node, found),
                      ml_hint(node->text, names, (size_t)s->narm, hint), all);
    }
    free(names);
    return arm;
}

static int read_arm(const MlStudyReader *r, const MlNode *node) {
    const MlNode *arm = ml_node_get(node, "arm");
    if (arm) return find_arm(r, arm, "arm");
    if (r->study->narm == 1) return 0;
    if (r->study->narm > 1)
        ml_node_error(r->issues, node, "arm: missing; it may be left out only where there is one");
    return -1;
}

/* ---- from, than, as ---- */

static void read_from(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    const MlNode *from = ml_node_get(node, "from");
    if (!from || !read_window(r->issues, from, "from", true, true, &o->from)) return;
    check_end(r, from, "from", o->arm, o->from);
    if (o->take >= ML_TAKE_TIME_OF_MAX)
        ml_node_error(r->issues, from, "from: %s is no change since then", ml_take_words[o->take]);
}

static void read_than(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    static const char *const keys[] = {"arm", "at", "over", NULL};
    const MlNode *than = ml_node_get(node, "than");
    if (!than || !ml_expect_mapping(r->issues, than, "than")) return;
    ml_check_keys(r->issues, than, "than", keys);
    const MlNode *arm = ml_node_get(than, "arm");
    o->than = true;
    o->than_arm = arm ? find_arm(r, arm, "than.arm") : o->arm;
    o->than_when = o->when;
    const bool own = read_when(r, than, o->than_arm, &o->than_when);
    if (own) return;
    if (!arm && !ml_node_get(than, "at") && !ml_node_get(than, "over"))
        ml_node_error(r->issues, than, "than: empty; give arm, at or over");
    else if (arm && o->than_arm == o->arm && o->arm >= 0)
        ml_node_error(r->issues, arm, "than.arm: compares the arm with itself; give another arm, at or over");
    else if (o->than_arm >= 0 && o->than_arm != o->arm)
        check_end(r, than, "than", o->than_arm, o->than_when);
}

/* A change as a share of the beginning of its window: in words of `from`. */
static void change_since(MlObservation *o) {
    o->from.from = o->from.to = o->when.from;
    o->when.from = o->when.to;
    o->take = ML_TAKE_MEAN;
}

/* false after an error that leaves open what the values mean; so with read_take. */
static bool read_as(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    const MlNode *as = ml_node_get(node, "as"), *from = ml_node_get(node, "from");
    const int word = as ? ml_read_word(r->issues, as, "as", ml_as_words) : 0;
    if (word > 0) o->as = (MlAs)word;
    if (o->take == ML_TAKE_CHANGE && o->from.from == o->from.to && !isnan(o->from.from)) {
        /* a change has its beginning already */
        const bool zero = ml_output_is_total(o->output) && o->from.from == 0; /* where totals are none */
        if (o->from.from != o->when.from && !zero)
            ml_node_error(r->issues, from,
                          "from: take: change begins with its window; compare it with that "
                          "of another window: from: [T1, T2]");
        o->from.from = o->from.to = NAN;
    }
    if (word < 0) return false;
    if (word == 0 || !isnan(o->from.from) || o->than) return true;
    if (o->take == ML_TAKE_CHANGE && !o->per_day)
        change_since(o);
    else if (!from && !ml_node_get(node, "than"))
        ml_node_error(r->issues, as, "as: %s needs from or than", ml_as_words[word]);
    return true;
}

/* ---- take, level, people ---- */

static bool read_take(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    const MlNode *take = ml_node_get(node, "take"), *per = ml_node_get(node, "per");
    static const char *const days[] = {"day", NULL};
    const int word = take ? ml_read_word(r->issues, take, "take", ml_take_words) : ML_TAKE_MEAN;
    if (word >= 0) o->take = (MlTake)word;
    const bool share = o->take >= ML_TAKE_SHARE_ABOVE, moment = o->when.from == o->when.to;
    if (moment && !share && o->take == ML_TAKE_CHANGE && ml_node_get(node, "from"))
        o->take = ML_TAKE_MEAN; /* at T, from T0: what `from` says already */
    else if (moment && !share && o->take != ML_TAKE_MEAN)
        ml_node_error(r->issues, take, "take: %s needs a window: over: [T1, T2]", ml_take_words[o->take]);
    if (!per) return word >= 0;
    o->per_day = ml_read_word(r->issues, per, "per", days) == 0;
    if (o->per_day && o->take != ML_TAKE_CHANGE)
        ml_node_error(r->issues, per, "per: belongs with take: change over a window");
    return word >= 0 && (o->per_day || o->take != ML_TAKE_CHANGE);
}

static void read_level(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    const MlNode *level = ml_node_get(node, "level"), *people = ml_node_get(node, "people");
    const bool share = o->take >= ML_TAKE_SHARE_ABOVE;
    if (people && ml_read_integer(r->issues, people, "people", 1, 1000000, &o->people) && !share)
        ml_node_error(r->issues, people, "people: belongs with take: share-above or share-below");
    if (level) ml_read_value_of(r->issues, level, "level", o->output, 0, -1e12, 1e12, NULL, &o->level);
    if (o->take >= ML_TAKE_TIME_TO_REACH && !level)
        ml_node_error(r->issues, node, "level: missing; take: %s needs it", ml_take_words[o->take]);
    if (o->take < ML_TAKE_TIME_TO_REACH && level)
        ml_node_error(r->issues, level,
                      "level: belongs with take: time-to-reach, share-above or share-below");
}

/* ---- the whole entry ---- */

static char *read_note(const MlStudyReader *r, const MlNode *node, const char *key) {
    const MlNode *x = ml_node_get(node, key);
    char found[ML_FOUND_SIZE];
    if (!x || x->broken || ml_node_is_null(x)) return NULL;
    if (x->kind == ML_SCALAR) return strdup(x->text);
    ml_node_error(r->issues, x, "%s: found %s, but a text belongs here", key, ml_node_found(x, found));
    return NULL;
}

static void read_remarks(const MlStudyReader *r, const MlNode *node, MlObservation *o) {
    const MlNode *contested = ml_node_get(node, "contested"), *quality = ml_node_get(node, "quality");
    const MlNode *n = ml_node_get(node, "n");
    int on = 0, number;
    if (n) ml_read_integer(r->issues, n, "n", 1, 1000000, &number);
    if (contested && ml_read_switch(r->issues, contested, "contested", &on)) o->contested = on;
    const int word = quality ? ml_read_word(r->issues, quality, "quality", ml_quality_words) : -1;
    if (word >= 0) o->quality = (MlQuality)word;
    o->note = read_note(r, node, "note");
    o->source = read_note(r, node, "source");
}

void ml_read_observation(MlStudyReader *r, const MlNode *node, MlObservation *o) {
    static const char *const keys[] = {
        "arm",       "quantity",   "at",     "over",     "take",    "per",       "level",
        "from",      "than",       "as",     "value",    "sd",      "sem",       "n",
        "iqr",       "full_range", "range",  "at_least", "at_most", "direction", "margin",
        "tolerance", "contested",  "people", "quality",  "note",    "source",    NULL};
    const MlWindow never = {NAN, NAN};
    *o = (MlObservation){.arm = -1,
                         .than_arm = -1,
                         .output = -1,
                         .when = never,
                         .from = never,
                         .than_when = never,
                         .level = NAN,
                         .value = NAN,
                         .low = NAN,
                         .high = NAN,
                         .sd = NAN,
                         .margin = NAN,
                         .quality = ML_QUALITY_NONE,
                         .line = node->line};
    if (!ml_expect_mapping(r->issues, node, "observed")) return;
    ml_check_keys(r->issues, node, "observed", keys);
    const MlNode *quantity = ml_node_get(node, "quantity");
    o->arm = o->than_arm = read_arm(r, node);
    if (!read_when(r, node, o->arm, &o->when) && !ml_node_get(node, "at") && !ml_node_get(node, "over"))
        ml_node_error(r->issues, node, "at: missing; give at: T or over: [T1, T2]");
    read_remarks(r, node, o);
    if (!quantity)
        ml_node_error(r->issues, node, "quantity: missing");
    else if (ml_read_quantity(r->issues, quantity, "quantity", true, &o->output)) {
        const bool taken = read_take(r, node, o);
        read_from(r, node, o);
        read_than(r, node, o);
        read_level(r, node, o);
        if (read_as(r, node, o) && taken) ml_read_measured(r, node, o);
    }
}
