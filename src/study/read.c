/* SPDX-License-Identifier: Apache-2.0 */
/* Study files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/values.h"
#include "study/study.h"

const char *const ml_topics[] = {
    "rehydration", "water-sodium", "potassium", "acid-base",      "calcium-magnesium", "nerve-muscle-heart",
    "cramp",       "sweat",        "gut",       "kidney-failure", "treatment",         NULL};

static const char *const take_words[] = {"mean",        "max",         "min",           "change",
                                         "time-of-max", "time-of-min", "time-to-reach", "share-above",
                                         "share-below", NULL};
static const char *const as_words[] = {"difference", "ratio", "percent", NULL};
static const char *const direction_words[] = {"up", "down", "same", NULL};
static const char *const quality_words[] = {"table", "figure", "abstract", "memory", NULL};
static const char *const per_words[] = {"day", NULL};

typedef struct Reader {
    const MlNames *names;
    MlIssues *issues;
    MlStudy *study;
} Reader;

static size_t count(const char *const *words) {
    size_t n = 0;
    while (words[n]) n++;
    return n;
}

/* One of a few words; -1 after an error. */
static int read_word(Reader *r, const MlNode *node, const char *key, const char *const *words) {
    char all[200], hint[ML_HINT_SIZE], found[ML_FOUND_SIZE];
    for (int i = 0; node->kind == ML_SCALAR && words[i]; i++)
        if (!strcmp(node->text, words[i])) return i;
    ml_join_names(words, count(words), all, sizeof all);
    ml_node_error(r->issues, node, "%s: found %s; allowed: %s%s", key, ml_node_found(node, found), all,
                  ml_hint(node->text, words, count(words), hint));
    return -1;
}

static int find_arm(Reader *r, const MlNode *node, const char *key) {
    const char *names[ML_MAX_ARMS];
    char hint[ML_HINT_SIZE], found[ML_FOUND_SIZE];
    for (int i = 0; i < r->study->narm; i++) {
        names[i] = r->study->arm[i].name;
        if (node->kind == ML_SCALAR && !strcmp(node->text, names[i])) return i;
    }
    ml_node_error(r->issues, node, "%s: the study has no arm %s%s", key, ml_node_found(node, found),
                  ml_hint(node->text, names, (size_t)r->study->narm, hint));
    return 0;
}

/* ---- when ---- */

static const double far = 5259600.0; /* ten years, min */

/* T, or [T1, T2]. */
static void read_window(Reader *r, const MlNode *node, const char *key, int must_be_two, MlWindow *w) {
    if (node->kind == ML_SCALAR && !must_be_two) {
        ml_read_time(r->issues, node, key, -far, far, &w->from);
        w->to = w->from;
        return;
    }
    if (node->kind != ML_SEQUENCE || node->n != 2) {
        ml_node_error(r->issues, node, "%s: two times belong here, such as [0 h, 2 h]", key);
        return;
    }
    if (!ml_read_time(r->issues, node->item[0], key, -far, far, &w->from)) return;
    if (!ml_read_time(r->issues, node->item[1], key, -far, far, &w->to)) return;
    if (!(w->from < w->to))
        ml_node_error(r->issues, node, "%s: the first time must lie before the second", key);
}

static void read_when(Reader *r, const MlNode *node, MlWindow *w, int required) {
    const MlNode *at = ml_node_get(node, "at"), *over = ml_node_get(node, "over");
    if (at && over)
        ml_node_error(r->issues, over, "over: at is given too; one of them belongs here");
    else if (at)
        read_window(r, at, "at", 0, w);
    else if (over)
        read_window(r, over, "over", 1, w);
    else if (required)
        ml_node_error(r->issues, node, "at: missing; give at: T or over: [T1, T2]");
}

/* ---- how much ---- */

/* A number in the unit of what is observed: the quantity, a ratio, percent, a rate per day, a time. */
static int read_amount(Reader *r, const MlNode *node, const char *key, const MlObservation *o,
                       double *value) {
    const int timed = o->take >= ML_TAKE_TIME_OF_MAX && o->take <= ML_TAKE_TIME_TO_REACH;
    if (o->take >= ML_TAKE_SHARE_ABOVE || o->as != ML_AS_DIFFERENCE) {
        MlQuantity q;
        if (!ml_read_raw(r->issues, node, key, false, "-40 %", &q)) return 0;
        *value = q.number;
        /* 1.4, 140 % of: both are ratios; -40 % or -40: a percentage */
        if (o->as == ML_AS_RATIO && q.has_unit && q.unit.percent) *value *= 0.01;
        return 1;
    }
    if (timed) return ml_read_time(r->issues, node, key, -far, far, value);
    if (o->per_day) {
        MlQuantity q;
        char unit[64];
        MlMolar molar;
        const int known = ml_molar_of_quantity(o->output, &molar);
        if (!ml_read_raw(r->issues, node, key, true, "150 mmol/d", &q)) return 0;
        snprintf(unit, sizeof unit, "%s/d", ml_outputs[o->output].unit);
        if (ml_quantity_convert(&q, unit, known ? &molar : NULL, 0, value)) return 1;
        snprintf(unit, sizeof unit, "%s", ml_outputs[o->output].unit);
        if (ml_quantity_convert(&q, unit, known ? &molar : NULL, 0, value)) return 1;
        ml_node_error(r->issues, node, "%s: the unit must be %s/d", key, ml_outputs[o->output].unit);
        return 0;
    }
    const int change = o->than || !isnan(o->from.from);
    return ml_read_value_of(r->issues, node, key, o->output, change ? ML_CONVERT_DIFFERENCE : 0, -1e12, 1e12,
                            NULL, value);
}

static int read_pair(Reader *r, const MlNode *node, const char *key, const MlObservation *o, double *low,
                     double *high) {
    if (node->kind != ML_SEQUENCE || node->n != 2) {
        ml_node_error(r->issues, node, "%s: two values belong here, such as [1 L, 2 L]", key);
        return 0;
    }
    if (!read_amount(r, node->item[0], key, o, low) || !read_amount(r, node->item[1], key, o, high)) return 0;
    if (*low < *high) return 1;
    ml_node_error(r->issues, node, "%s: the first value must be below the second", key);
    return 0;
}

/* Standard normal quantile (Acklam's rational approximation, central part), for Wan's rule of ranges. */
static double normal_quantile(double p) {
    const double q = p - 0.5, s = q * q;
    if (fabs(q) <= 0.425)
        return q *
               (((((-39.69683028665376 * s + 220.9460984245205) * s - 275.9285104469687) * s +
                  138.3577518672690) *
                     s -
                 30.66479806614716) *
                    s +
                2.506628277459239) /
               (((((-54.47609879822406 * s + 161.5858368580409) * s - 155.6989798598866) * s +
                  66.80131188771972) *
                     s -
                 13.28068155288572) *
                    s +
                1.0);
    const double t = sqrt(-2.0 * log(q < 0 ? p : 1.0 - p));
    const double x =
        (((((-0.007784894002430293 * t - 0.3223964580411365) * t - 2.400758277161838) * t -
           2.549732539343734) *
              t +
          4.374664141464968) *
             t +
         2.938163982698783) /
        ((((0.007784695709041462 * t + 0.3224671290700398) * t + 2.445134137142996) * t + 3.754408661907416) *
             t +
         1.0);
    return q < 0 ? x : -x;
}

/* sd, sem with n, iqr, full_range with n, or tolerance. */
static void read_spread(Reader *r, const MlNode *node, MlObservation *o, int people) {
    const MlNode *sd = ml_node_get(node, "sd"), *sem = ml_node_get(node, "sem"),
                 *iqr = ml_node_get(node, "iqr");
    const MlNode *full = ml_node_get(node, "full_range"), *tolerance = ml_node_get(node, "tolerance"),
                 *n_node = ml_node_get(node, "n");
    int n = people;
    double a, b;
    if (n_node) ml_read_integer(r->issues, n_node, "n", 1, 1000000, &n);
    if ((sem || full) && n < 2) {
        ml_node_error(r->issues, sem ? sem : full, "%s: give n, the number of people",
                      sem ? "sem" : "full_range");
        return;
    }
    if (sd)
        read_amount(r, sd, "sd", o, &o->sd);
    else if (sem && read_amount(r, sem, "sem", o, &a))
        o->sd = a * sqrt(n);
    else if (iqr && read_pair(r, iqr, "iqr", o, &a, &b))
        o->sd = (b - a) / 1.35; /* Wan, BMC Med Res Methodol 2014;14:135 */
    else if (full && read_pair(r, full, "full_range", o, &a, &b))
        o->sd = (b - a) / (2 * normal_quantile((n - 0.375) / (n + 0.25)));
    else if (tolerance) {
        MlQuantity q;
        if (!ml_read_raw(r->issues, tolerance, "tolerance", false, "10 %", &q)) return;
        if (q.has_unit && q.unit.percent && o->as == ML_AS_DIFFERENCE && strcmp(ml_outputs[o->output].unit, "%") != 0)
            o->sd = 0.01 * q.number * fabs(o->value);
        else
            read_amount(r, tolerance, "tolerance", o, &o->sd);
    }
    if (!isnan(o->sd) && !(o->sd > 0)) {
        ml_node_error(r->issues, node, "sd: the spread must be above 0");
        o->sd = NAN;
    }
}

static void read_observed_value(Reader *r, const MlNode *node, MlObservation *o, int people) {
    const char *const keys[] = {"value", "range", "at_least", "at_most", "direction"};
    const MlNode *given = NULL;
    int which = -1;
    for (int i = 0; i < 5; i++) {
        const MlNode *x = ml_node_get(node, keys[i]);
        if (x && given)
            ml_node_error(r->issues, x, "%s: %s is given too; one of them belongs here", keys[i],
                          keys[which]);
        if (x) given = x, which = i;
    }
    if (which < 0) {
        ml_node_error(r->issues, node, "value: missing; give value, range, at_least, at_most or direction");
        return;
    }
    o->kind = (MlKindOfValue)which;
    if (o->kind == ML_OBSERVED_RANGE) {
        read_pair(r, given, "range", o, &o->low, &o->high);
        o->value = 0.5 * (o->low + o->high);
    } else if (o->kind == ML_OBSERVED_DIRECTION) {
        const int d = read_word(r, given, "direction", direction_words);
        o->direction = d < 0 ? ML_DIRECTION_UP : (MlDirection)d;
        const MlNode *margin = ml_node_get(node, "margin");
        if (margin)
            read_amount(r, margin, "margin", o, &o->margin);
        else if (o->direction == ML_DIRECTION_SAME)
            ml_node_error(r->issues, given, "margin: missing; direction: same needs it");
        if (!o->than && isnan(o->from.from) && o->take != ML_TAKE_CHANGE)
            ml_node_error(r->issues, given, "direction: needs from, than or take: change");
    } else {
        read_amount(r, given, keys[which], o, &o->value);
    }
    read_spread(r, node, o, people);
}

/* ---- one observation ---- */

static void read_than(Reader *r, const MlNode *node, MlObservation *o) {
    static const char *const known[] = {"arm", "at", "over"};
    if (!ml_expect_mapping(r->issues, node, "than")) return;
    for (int i = 0; i < node->n; i++) {
        int ok = 0;
        for (size_t k = 0; k < 3; k++) ok |= !strcmp(node->key[i]->text, known[k]);
        if (!ok) ml_unknown_key(r->issues, node->key[i], "than", known, 3);
    }
    o->than = 1;
    o->than_arm = o->arm;
    const MlNode *arm = ml_node_get(node, "arm");
    if (arm) o->than_arm = find_arm(r, arm, "than.arm");
    read_when(r, node, &o->than_when, 0);
    if (!arm && isnan(o->than_when.from)) ml_node_error(r->issues, node, "than: give an arm, at or over");
}

static void read_observation(Reader *r, const MlNode *node, MlObservation *o, int people) {
    static const char *const known[] = {
        "arm",       "quantity",   "at",     "over",     "take",    "per",       "level",
        "from",      "than",       "as",     "value",    "sd",      "sem",       "n",
        "iqr",       "full_range", "range",  "at_least", "at_most", "direction", "margin",
        "tolerance", "contested",  "people", "quality",  "note",    "source"};
    const size_t nknown = sizeof known / sizeof known[0];
    const double none = NAN;
    memset(o, 0, sizeof *o);
    o->when = o->from = o->than_when = (MlWindow){none, none};
    o->value = o->sd = o->low = o->high = o->level = none;
    if (!ml_expect_mapping(r->issues, node, "observed")) return;
    for (int i = 0; i < node->n; i++) {
        int ok = 0;
        for (size_t k = 0; k < nknown; k++) ok |= !strcmp(node->key[i]->text, known[k]);
        if (!ok) ml_unknown_key(r->issues, node->key[i], "observed", known, nknown);
    }
    const MlNode *x;
    if ((x = ml_node_get(node, "arm")))
        o->arm = find_arm(r, x, "arm");
    else if (r->study->narm > 1)
        ml_node_error(r->issues, node, "arm: missing; the study has more than one");
    if (!(x = ml_node_get(node, "quantity"))) {
        ml_node_error(r->issues, node, "quantity: missing");
        return;
    }
    if (!ml_read_quantity(r->issues, x, "quantity", true, &o->output)) return;
    read_when(r, node, &o->when, 1);
    int word;
    if ((x = ml_node_get(node, "take")) && (word = read_word(r, x, "take", take_words)) >= 0)
        o->take = (MlTake)word;
    if ((x = ml_node_get(node, "per"))) o->per_day = read_word(r, x, "per", per_words) == 0;
    if ((x = ml_node_get(node, "as")) && (word = read_word(r, x, "as", as_words)) >= 0) o->as = (MlAs)word;
    if ((x = ml_node_get(node, "from"))) read_window(r, x, "from", 0, &o->from);
    if ((x = ml_node_get(node, "than"))) read_than(r, x, o);
    if (o->as != ML_AS_DIFFERENCE && isnan(o->from.from) && !o->than)
        ml_node_error(r->issues, ml_node_get(node, "as"), "as: needs from or than");
    if ((x = ml_node_get(node, "level")))
        ml_read_value_of(r->issues, x, "level", o->output, 0, -1e12, 1e12, NULL, &o->level);
    else if (o->take >= ML_TAKE_TIME_TO_REACH)
        ml_node_error(r->issues, node, "level: missing; %s needs it", take_words[o->take]);
    if ((x = ml_node_get(node, "contested"))) ml_read_switch(r->issues, x, "contested", &o->contested);
    if ((x = ml_node_get(node, "people"))) ml_read_integer(r->issues, x, "people", 1, 1000000, &o->people);
    if ((x = ml_node_get(node, "quality")) && (word = read_word(r, x, "quality", quality_words)) >= 0)
        snprintf(o->quality, sizeof o->quality, "%s", quality_words[word]);
    if ((x = ml_node_get(node, "note"))) snprintf(o->note, sizeof o->note, "%s", x->text);
    read_observed_value(r, node, o, people);
}

/* ---- the file ---- */

static void read_arms(Reader *r, const MlNode *node, const MlPersonSpec *base) {
    if (!ml_expect_mapping(r->issues, node, "arms")) return;
    if (node->n == 0 || node->n > ML_MAX_ARMS) {
        ml_node_error(r->issues, node, "arms: 1 to %d arms belong here, found %d", ML_MAX_ARMS, node->n);
        return;
    }
    for (int i = 0; i < node->n; i++) {
        MlArm *arm = &r->study->arm[r->study->narm++];
        snprintf(arm->name, sizeof arm->name, "%s", node->key[i]->text);
        ml_scenario_read_node(node->item[i], base, r->names, &arm->scenario, r->issues);
    }
}

static void read_observed(Reader *r, const MlNode *node, int people) {
    if (!ml_expect_list(r->issues, node, "observed")) return;
    r->study->observed = calloc((size_t)node->n + 1, sizeof *r->study->observed);
    if (!r->study->observed) {
        ml_issues_add(r->issues, MILIEU_NO_MEMORY, node->file, 0, 0, "out of memory");
        return;
    }
    for (int i = 0; i < node->n; i++)
        read_observation(r, node->item[i], &r->study->observed[r->study->nobserved++], people);
}

/* `people` is a person with a number n. */
static int read_people(Reader *r, const MlNode *node, MlPersonSpec *person) {
    int n = 0;
    ml_person_spec_init(person);
    if (!node) return 0;
    const MlNode *count_node = node->kind == ML_MAPPING ? ml_node_get(node, "n") : NULL;
    if (count_node) ml_read_integer(r->issues, count_node, "people.n", 1, 1000000, &n);
    ml_person_read(node, "people", r->names, person, r->issues);
    return n;
}

static void read_root(Reader *r, const MlNode *root) {
    static const char *const known[] = {"milieu", "study",    "citation", "topic", "people",
                                        "arms",   "observed", "title",    "note",  "source"};
    const size_t nknown = sizeof known / sizeof known[0];
    MlStudy *s = r->study;
    if (!ml_expect_mapping(r->issues, root, "study file")) return;
    for (int i = 0; i < root->n; i++) {
        int ok = 0;
        for (size_t k = 0; k < nknown; k++) ok |= !strcmp(root->key[i]->text, known[k]);
        if (!ok) ml_unknown_key(r->issues, root->key[i], "study", known, nknown);
    }
    const MlNode *x;
    int version = 0;
    if (!(x = ml_node_get(root, "milieu")))
        ml_node_error(r->issues, root, "milieu: missing; write `milieu: 1`, the version of the format");
    else
        ml_read_integer(r->issues, x, "milieu", 1, 1, &version);
    if ((x = ml_node_get(root, "study")))
        ml_read_text(r->issues, x, "study", s->name, sizeof s->name);
    else
        ml_node_error(r->issues, root, "study: missing; name the study");
    if ((x = ml_node_get(root, "citation"))) snprintf(s->citation, sizeof s->citation, "%s", x->text);
    if ((x = ml_node_get(root, "topic"))) {
        const int t = read_word(r, x, "topic", ml_topics);
        snprintf(s->topic, sizeof s->topic, "%s", t < 0 ? "" : ml_topics[t]);
    } else {
        ml_node_error(r->issues, root, "topic: missing");
    }
    MlPersonSpec people;
    const int n = read_people(r, ml_node_get(root, "people"), &people);
    if ((x = ml_node_get(root, "arms")))
        read_arms(r, x, &people);
    else
        ml_node_error(r->issues, root, "arms: missing");
    if ((x = ml_node_get(root, "observed")) && s->narm > 0)
        read_observed(r, x, n);
    else if (!x)
        ml_node_error(r->issues, root, "observed: missing");
}

milieu_code ml_study_read(const char *path, const MlNames *names, MlStudy *study, MlIssues *issues) {
    memset(study, 0, sizeof *study);
    snprintf(study->file, sizeof study->file, "%s", path);
    MlDocument *document = ml_document_read(path, issues);
    if (document) {
        Reader r = {names, issues, study};
        read_root(&r, ml_document_root(document));
        ml_document_free(document);
    }
    ml_issues_sort(issues);
    return ml_issues_code(issues);
}

void ml_study_free(MlStudy *s) {
    for (int i = 0; i < s->narm; i++) {
        ml_scenario_free(&s->arm[i].scenario);
        if (s->arm[i].ran) ml_result_free(&s->arm[i].result);
    }
    free(s->observed);
    memset(s, 0, sizeof *s);
}
