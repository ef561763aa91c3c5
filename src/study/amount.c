/* SPDX-License-Identifier: Apache-2.0 */
/* What was measured: a value with its spread, a range, a bound or a direction. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/parts.h"
#include "study/spread.h"

static const double ANY = 1e12;

/* ---- one number in the unit of the observation ---- */

static bool read_percent(MlIssues *issues, const MlNode *node, const char *key, double *value) {
    char found[ML_FOUND_SIZE];
    MlQuantity q;
    if (!ml_read_raw(issues, node, key, true, "-40 %", &q)) return false;
    *value = q.number;
    if (q.unit.percent && !*q.rest) return true;
    ml_node_error(issues, node, "%s: found %s, but percent belong here, such as -40 %%", key,
                  ml_node_found(node, found));
    return false;
}

static bool read_ratio(MlIssues *issues, const MlNode *node, const char *key, double *value) {
    const MlExpect expect = {.key = key, .unit = "1", .low = -ANY, .high = ANY};
    return ml_read_number(issues, node, &expect, value);
}

/* A change per day; the unit may leave the day to `per`. */
static bool read_rate(MlIssues *issues, const MlNode *node, const char *key, int output, double *value) {
    char unit[64], example[80], found[ML_FOUND_SIZE];
    MlQuantity q;
    MlMolar molar;
    const MlMolar *substance = ml_molar_of_quantity(output, &molar) ? &molar : NULL;
    snprintf(unit, sizeof unit, "%s/d", ml_outputs[output].unit);
    snprintf(example, sizeof example, "10 %s", unit);
    if (!ml_read_raw(issues, node, key, true, example, &q)) return false;
    if (!*q.rest && (ml_quantity_convert(&q, unit, substance, 0, value) ||
                     ml_quantity_convert(&q, ml_outputs[output].unit, substance, 0, value)))
        return true;
    ml_node_error(issues, node, "%s: found %s, but per: day gives it a unit such as %s", key,
                  ml_node_found(node, found), unit);
    return false;
}

/* A percentage where a difference in units is meant to stand is most often a forgotten `as`. */
static bool forgot_percent(MlIssues *issues, const MlNode *node, const char *key, int output) {
    MlQuantity q;
    const char *unit = ml_outputs[output].unit;
    char found[ML_FOUND_SIZE];
    if (node->kind != ML_SCALAR || !strcmp(unit, "%") || !strcmp(unit, "ratio") || !strcmp(unit, "1"))
        return false;
    if (ml_quantity_parse(node->text, &q) != ML_UNIT_OK || !q.unit.percent) return false;
    ml_node_error(issues, node, "%s: found %s; a relative change needs as: percent", key,
                  ml_node_found(node, found));
    return true;
}

static bool is_time(const MlObservation *o) {
    return o->take == ML_TAKE_TIME_OF_MAX || o->take == ML_TAKE_TIME_OF_MIN ||
           o->take == ML_TAKE_TIME_TO_REACH;
}

/* spread: the number is a distance also where the value itself is none. */
static bool read_amount(MlStudyReader *r, const MlNode *node, const char *key, const MlObservation *o,
                        bool spread, double *value) {
    if (o->take == ML_TAKE_SHARE_ABOVE || o->take == ML_TAKE_SHARE_BELOW || o->as == ML_AS_PERCENT)
        return read_percent(r->issues, node, key, value);
    if (o->as == ML_AS_RATIO) return read_ratio(r->issues, node, key, value);
    if (is_time(o)) return ml_read_time(r->issues, node, key, -ML_LONGEST, ML_LONGEST, value);
    if (o->per_day) return read_rate(r->issues, node, key, o->output, value);
    const bool change = ml_observation_is_change(o);
    if (change && forgot_percent(r->issues, node, key, o->output)) return false;
    return ml_read_value_of(r->issues, node, key, o->output, spread || change ? ML_CONVERT_DIFFERENCE : 0,
                            -ANY, ANY, NULL, value);
}

static bool read_pair(MlStudyReader *r, const MlNode *node, const char *key, const MlObservation *o,
                      double pair[2]) {
    char found[ML_FOUND_SIZE];
    if (node->broken) return false;
    if (node->kind != ML_SEQUENCE || node->n != 2) {
        ml_node_error(r->issues, node, "%s: found %s, but two values belong here: [lowest, highest]", key,
                      ml_node_found(node, found));
        return false;
    }
    const bool low = read_amount(r, node->item[0], key, o, false, &pair[0]);
    if (!read_amount(r, node->item[1], key, o, false, &pair[1]) || !low) return false;
    if (pair[0] < pair[1]) return true;
    ml_node_error(r->issues, node, "%s: the first value must be below the second", key);
    return false;
}

/* ---- the spread ---- */

/* An sd or a tolerance. A percentage is a share of the value, unless the value is a percentage itself: then
 * it is in points. */
static bool read_sd(MlStudyReader *r, const MlNode *node, const char *key, const MlNode *value,
                    MlObservation *o) {
    MlQuantity q, v;
    const bool share = node->kind == ML_SCALAR && ml_quantity_parse(node->text, &q) == ML_UNIT_OK &&
                       q.unit.percent && !*q.rest;
    const bool points = value && value->kind == ML_SCALAR &&
                        ml_quantity_parse(value->text, &v) == ML_UNIT_OK && v.unit.percent;
    if (!share || points) return read_amount(r, node, key, o, true, &o->sd);
    o->sd = 0.01 * q.number * fabs(o->value);
    return true;
}

static int read_n(MlStudyReader *r, const MlNode *node, const MlNode *spread, const char *key) {
    const MlNode *n = ml_node_get(node, "n");
    int number = r->study->people;
    if (n && !ml_read_integer(r->issues, n, "n", 2, 1000000, &number)) return 0;
    if (number >= 2) return number;
    ml_node_error(r->issues, spread, "%s: needs n, the number of people, here or in people", key);
    return 0;
}

/* false after an error; pair gets the two values of iqr or full_range. */
static bool read_one_spread(MlStudyReader *r, const MlNode *node, const char *key, MlObservation *o,
                            double pair[2]) {
    const MlNode *spread = ml_node_get(node, key);
    int n;
    if (!strcmp(key, "sd") || !strcmp(key, "tolerance"))
        return read_sd(r, spread, key, ml_node_get(node, "value"), o);
    if (!strcmp(key, "sem")) {
        double sem;
        if (!read_amount(r, spread, key, o, true, &sem) || !(n = read_n(r, node, spread, key))) return false;
        o->sd = ml_sd_of_sem(sem, n);
        return true;
    }
    if (!read_pair(r, spread, key, o, pair)) return false;
    if (!strcmp(key, "iqr")) {
        o->sd = ml_sd_of_quartiles(pair[0], pair[1]);
        return true;
    }
    if (!(n = read_n(r, node, spread, key))) return false;
    o->sd = ml_sd_of_range(pair[0], pair[1], n);
    return true;
}

/* The key of a list that is given; a second one is an error. */
static const char *one_of(MlStudyReader *r, const MlNode *node, const char *const *keys) {
    const char *given = NULL;
    for (int i = 0; keys[i]; i++) {
        const MlNode *x = ml_node_get(node, keys[i]);
        if (x && given)
            ml_node_error(r->issues, x, "%s: %s is given too; one of them belongs here", keys[i], given);
        else if (x)
            given = keys[i];
    }
    return given;
}

static void read_spread(MlStudyReader *r, const MlNode *node, const char *key, MlObservation *o) {
    const MlNode *spread = ml_node_get(node, key);
    double pair[2] = {NAN, NAN};
    if (o->measured == ML_MEASURED_RANGE || o->measured == ML_MEASURED_DIRECTION) {
        ml_node_error(r->issues, spread, "%s: belongs with value, at_least or at_most", key);
        return;
    }
    const int errors = r->issues->nerror;
    if (!read_one_spread(r, node, key, o, pair)) {
        o->sd = NAN;
    } else if (!(o->sd > 0)) {
        if (errors == r->issues->nerror && !isnan(o->value))
            ml_node_error(r->issues, spread, "%s: the spread must be above 0", key);
        o->sd = NAN;
    }
    if (isnan(o->value)) o->value = 0.5 * (pair[0] + pair[1]);
}

/* ---- what was measured ---- */

static void read_direction(MlStudyReader *r, const MlNode *node, const MlNode *direction, MlObservation *o) {
    const MlNode *margin = ml_node_get(node, "margin");
    const int word = ml_read_word(r->issues, direction, "direction", ml_direction_words);
    if (word >= 0) o->direction = (MlDirection)word;
    if (!ml_node_get(node, "than") && !ml_node_get(node, "from") && o->take != ML_TAKE_CHANGE)
        ml_node_error(r->issues, direction, "direction: needs from, than or take: change");
    if (!margin || !read_amount(r, margin, "margin", o, true, &o->margin) || o->margin >= 0) return;
    ml_node_error(r->issues, margin, "margin: must be 0 or more");
}

void ml_read_measured(MlStudyReader *r, const MlNode *node, MlObservation *o) {
    static const char *const kinds[] = {"value", "range", "at_least", "at_most", "direction", NULL};
    static const char *const spreads[] = {"sd", "sem", "iqr", "full_range", "tolerance", NULL};
    const char *kind = one_of(r, node, kinds), *spread = one_of(r, node, spreads);
    const bool has_middle = spread && (!strcmp(spread, "iqr") || !strcmp(spread, "full_range"));
    double pair[2];
    if (!kind && !has_middle) {
        ml_node_error(r->issues, node, "value: missing; give value, range, at_least, at_most or direction");
        return;
    }
    for (int i = 0; kind && kinds[i]; i++)
        if (!strcmp(kind, kinds[i])) o->measured = (MlMeasured)i;
    const MlNode *given = kind ? ml_node_get(node, kind) : NULL;
    if (o->measured == ML_MEASURED_DIRECTION) {
        read_direction(r, node, given, o);
    } else if (ml_node_get(node, "margin")) {
        ml_node_error(r->issues, ml_node_get(node, "margin"), "margin: belongs with direction");
    }
    if (o->measured == ML_MEASURED_RANGE && read_pair(r, given, kind, o, pair)) {
        o->low = pair[0];
        o->high = pair[1];
        o->value = 0.5 * (o->low + o->high);
    } else if (given && o->measured != ML_MEASURED_RANGE && o->measured != ML_MEASURED_DIRECTION) {
        read_amount(r, given, kind, o, false, &o->value);
    }
    if (spread) read_spread(r, node, spread, o);
}
