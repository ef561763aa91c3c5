/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/values.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_NAMES = 512 };

const char *ml_hint(const char *word, const char *const *known, size_t n, char buffer[ML_HINT_SIZE]) {
    const char *near = ml_nearest(word, known, n);
    buffer[0] = 0;
    if (near) snprintf(buffer, ML_HINT_SIZE, " (did you mean '%.80s'?)", near);
    return buffer;
}

void ml_join_names(const char *const *names, size_t n, char *buffer, size_t size) {
    size_t used = 0;
    buffer[0] = 0;
    for (size_t i = 0; i < n; i++) {
        if (used + strlen(names[i]) + 8 > size) {
            snprintf(buffer + used, size - used, " ...");
            return;
        }
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", i ? ", " : "", names[i]);
    }
}

/* What others call it. */
static const char *synonym(const char *word, const char *const *known, size_t n) {
    static const char *const same[][2] = {{"weight", "mass"}, {"gender", "sex"},    {"time", "at"},     {"when", "at"},      {"volume", "amount"},
                                          {"dose", "amount"}, {"amount", "dose"},   {"quantity", "amount"}, {"duration", "for"}, {"duration", "over"},
                                          {"product", "what"}, {"name", "what"},    {"repeat", "every"}, {"events", "timeline"}, {"length", "duration"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        for (size_t k = 0; strcmp(word, same[i][0]) == 0 && k < n; k++)
            if (known[k] && strcmp(known[k], same[i][1]) == 0) return known[k];
    return NULL;
}

void ml_unknown_key(MlIssues *issues, const MlNode *key, const char *where, const char *const *known,
                    size_t n) {
    char hint[ML_HINT_SIZE], names[200], found[ML_FOUND_SIZE];
    if (key->kind != ML_SCALAR || key->broken) return;
    ml_join_names(known, n, names, sizeof names);
    const char *other = synonym(key->text, known, n);
    if (other) snprintf(hint, sizeof hint, " (did you mean '%.80s'?)", other);
    ml_node_error(issues, key, "%s: unknown key %s%s; allowed: %s", where, ml_node_found(key, found),
                  other ? hint : ml_hint(key->text, known, n, hint), names);
}

bool ml_expect_mapping_like(MlIssues *issues, const MlNode *node, const char *key, const char *example) {
    char found[ML_FOUND_SIZE];
    if (node->kind == ML_MAPPING) return true;
    if (!node->broken)
        ml_node_error(issues, node, "%s: found %s, but a mapping such as {%s} belongs here", key, ml_node_found(node, found), example);
    return false;
}

bool ml_expect_mapping(MlIssues *issues, const MlNode *node, const char *key) { return ml_expect_mapping_like(issues, node, key, "key: value"); }

bool ml_expect_list(MlIssues *issues, const MlNode *node, const char *key) {
    char found[ML_FOUND_SIZE];
    if (node->kind == ML_SEQUENCE) return true;
    if (!node->broken)
        ml_node_error(issues, node, "%s: found %s, but a list belongs here%s", key, ml_node_found(node, found),
                      node->kind == ML_MAPPING ? ": begin each entry with '- '" : "");
    return false;
}

/* A scalar that is not empty. */
static bool expect_scalar(MlIssues *issues, const MlNode *node, const char *key, const char *what) {
    char found[ML_FOUND_SIZE];
    if (node->broken) return false;
    if (node->kind == ML_SCALAR && !ml_node_is_null(node) && *node->text) return true;
    ml_node_error(issues, node, "%s: found %s, but %s belongs here", key, ml_node_found(node, found), what);
    return false;
}

/* The words of the dimension that unit has, such as "a volume". */
static const char *dimension_words(const char *unit, char buffer[ML_FOUND_SIZE]) {
    MlUnit wanted, known;
    bool ok = ml_unit_parse(unit, strlen(unit), &wanted, NULL) == ML_UNIT_OK;
    for (int d = 0; ok && d < ML_NDIM; d++) {
        const char *text = ml_dimension_unit((MlDimension)d);
        if (ml_unit_parse(text, strlen(text), &known, NULL) != ML_UNIT_OK || !ml_unit_same(&wanted, &known))
            continue;
        snprintf(buffer, ML_FOUND_SIZE, "%s", ml_dimension_text((MlDimension)d));
        return buffer;
    }
    snprintf(buffer, ML_FOUND_SIZE, "a value in %.40s", unit);
    return buffer;
}

/* The unit nearest to an unknown one. */
static const char *unit_hint(const char *word, char buffer[ML_HINT_SIZE]) {
    const char *names[MAX_NAMES];
    size_t n = 0;
    for (int i = 0; ml_unit_row(i) && n < MAX_NAMES; i++) names[n++] = ml_unit_row(i)->name;
    if (!*word) {
        buffer[0] = 0;
        return buffer;
    }
    return ml_hint(word, names, n, buffer);
}

bool ml_read_raw(MlIssues *issues, const MlNode *node, const char *key, bool needs_unit, const char *example,
                 MlQuantity *q) {
    char found[ML_FOUND_SIZE], hint[ML_HINT_SIZE], what[96];
    snprintf(what, sizeof what, "a number such as %.60s", example);
    if (!expect_scalar(issues, node, key, what)) return false;
    ml_node_found(node, found);
    switch (ml_quantity_parse(node->text, q)) {
    case ML_UNIT_OK:
        if (q->has_unit || !needs_unit) return true;
        ml_node_error(issues, node, "%s: %s has no unit; write it with one, such as %s%s", key, found,
                      node->text, example + strcspn(example, " "));
        return false;
    case ML_UNIT_NO_NUMBER:
        ml_node_error(issues, node, "%s: found %s, but a number belongs here, such as %s", key, found,
                      example);
        return false;
    case ML_UNIT_BAD_NUMBER:
        ml_node_error(issues, node, "%s: the number in %s is not one that can be used", key, found);
        return false;
    case ML_UNIT_COMMA:
        ml_node_error(issues, node, "%s: %s has a comma inside its number; decimals follow a point", key,
                      found);
        return false;
    case ML_UNIT_MIXED:
        ml_node_error(issues, node, "%s: %s adds up units that do not go together", key, found);
        return false;
    case ML_UNIT_UNKNOWN:
        if (q->unit_text[0] == ':') {
            ml_node_error(issues, node, "%s: found the clock time %s, but a length of time belongs here, such as %s%s", key, found, example,
                          strcmp(key, "at") == 0 ? "; `start` tells what the clock shows at 0 h" : "");
            return false;
        }
        ml_node_error(issues, node, "%s: unknown unit '%s' in %s%s", key, q->unit_text, found,
                      unit_hint(q->unit_text, hint));
        return false;
    }
    return false;
}

/* Words behind the unit may name the substance: 3.5 mg/dL phosphorus. */
static bool take_rest(MlIssues *issues, const MlNode *node, const char *key, const MlQuantity *q,
                      const MlMolar **molar, MlMolar *named) {
    char found[ML_FOUND_SIZE];
    if (!*q->rest) return true;
    if (*molar && ml_molar_find(q->rest, named)) {
        *molar = named;
        return true;
    }
    ml_node_error(issues, node, "%s: '%.40s' after the unit in %s is not understood", key, q->rest,
                  ml_node_found(node, found));
    return false;
}

static bool is_ratio(const char *unit) { return strcmp(unit, "1") == 0 || strcmp(unit, "ratio") == 0; }

/* A bound of a range; times in the unit that keeps the number short. */
static void bound_text(double v, const char *unit, char *text, size_t size) {
    static const struct {
        double factor;
        const char *unit;
    } times[] = {{525960, "y"}, {1440, "d"}, {60, "h"}, {1, "min"}};
    const char *gap = is_ratio(unit) ? "" : " ";
    if (strcmp(unit, "min") == 0 && v != 0)
        for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
            if (fabs(v) < times[i].factor) continue;
            snprintf(text, size, "%.6g %s", v / times[i].factor, times[i].unit);
            return;
        }
    snprintf(text, size, "%.6g%s%s", v, gap, *gap ? unit : "");
}

const char *ml_range_text(double found, bool bare, double low, double high, const char *unit,
                          char buffer[ML_RANGE_SIZE]) {
    char least[48], most[48];
    bound_text(low, unit, least, sizeof least);
    bound_text(high, unit, most, sizeof most);
    const char *hint = "";
    if (bare && is_ratio(unit) && found > 2 && found > high && found / 100 >= low && found / 100 <= high)
        hint = "; a percentage is written with %";
    if (isfinite(high))
        snprintf(buffer, ML_RANGE_SIZE, "outside the allowed range, %s to %s%s", least, most, hint);
    else
        snprintf(buffer, ML_RANGE_SIZE, "outside the allowed range, at least %s", least);
    return buffer;
}

/* " (2660 g/L)" where it was told in a unit of another kind. */
static const char *other_unit_text(const MlQuantity *q, double v, const MlExpect *expect, char buffer[ML_FOUND_SIZE]) {
    const char *unit = expect->unit;
    MlUnit wanted;
    char beyond[ML_BEYOND_SIZE];
    buffer[0] = 0;
    if (q->has_unit && ml_unit_parse(unit, strlen(unit), &wanted, NULL) == ML_UNIT_OK && !ml_unit_same(&q->unit, &wanted))
        snprintf(buffer, ML_FOUND_SIZE, " (%s %.20s)", ml_text_beyond(v, expect->low, expect->high, beyond), unit);
    return buffer;
}

/* The unit to propose: who writes 165 for meters means centimeters. */
static const char *likely_unit(const MlNode *node, const MlExpect *expect) {
    const char *end;
    double v;
    const bool large = node->kind == ML_SCALAR && ml_text_number(node->text, &end, &v) && v > expect->high;
    return large && strcmp(expect->unit, "m") == 0 ? "cm" : expect->unit;
}

bool ml_read_number(MlIssues *issues, const MlNode *node, const MlExpect *expect, double *value) {
    MlQuantity q;
    MlMolar named;
    const MlMolar *molar = expect->molar;
    char example[48], words[ML_FOUND_SIZE], found[ML_FOUND_SIZE], range[ML_RANGE_SIZE];
    bool bare = is_ratio(expect->unit);
    double v;
    snprintf(example, sizeof example, bare ? "%s" : "10 %.40s", bare ? "0.5" : likely_unit(node, expect));
    if (!ml_read_raw(issues, node, expect->key, !bare, example, &q)) return false;
    if (!take_rest(issues, node, expect->key, &q, &molar, &named)) return false;
    ml_node_found(node, found);
    if (!ml_quantity_convert(&q, expect->unit, molar, expect->flags, &v)) {
        ml_node_error(issues, node, "%s: %s is not %s; it is written in a unit such as %s", expect->key,
                      found, dimension_words(expect->unit, words), expect->unit);
        return false;
    }
    const double slack = 1e-12 * fabs(v); /* 70 % is a little more than 0.7 */
    if (!(v >= expect->low - slack && v <= expect->high + slack)) {
        ml_node_error(issues, node, "%s: %s%s is %s", expect->key, found, other_unit_text(&q, v, expect, words),
                      ml_range_text(v, !q.has_unit, expect->low, expect->high, expect->unit, range));
        return false;
    }
    *value = v;
    return true;
}

bool ml_read_time(MlIssues *issues, const MlNode *node, const char *key, double low, double high,
                  double *minutes) {
    MlExpect expect = {.key = key, .unit = "min", .low = low, .high = high};
    return ml_read_number(issues, node, &expect, minutes);
}

bool ml_read_integer(MlIssues *issues, const MlNode *node, const char *key, int low, int high, int *value) {
    char found[ML_FOUND_SIZE], what[64];
    snprintf(what, sizeof what, "a whole number from %d to %d", low, high);
    if (!expect_scalar(issues, node, key, what)) return false;
    const char *end = node->text;
    double number;
    bool ok = ml_text_number(node->text, &end, &number) && !*end && number == floor(number);
    if (ok && number >= low && number <= high) {
        *value = (int)number;
        return true;
    }
    ml_node_error(issues, node, "%s: found %s, but %s belongs here", key, ml_node_found(node, found), what);
    return false;
}

bool ml_read_switch(MlIssues *issues, const MlNode *node, const char *key, int *value) {
    char found[ML_FOUND_SIZE];
    if (!expect_scalar(issues, node, key, "true or false")) return false;
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(node->text, words[i]) != 0) continue;
        *value = i < 3;
        return true;
    }
    ml_node_error(issues, node, "%s: found %s; allowed: true, false", key, ml_node_found(node, found));
    return false;
}

static bool two_digits(const char *p, int limit, int *value) {
    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9') return false;
    *value = 10 * (p[0] - '0') + (p[1] - '0');
    return *value < limit;
}

bool ml_read_clock(MlIssues *issues, const MlNode *node, const char *key, double *minutes) {
    char found[ML_FOUND_SIZE], text[8];
    int hour, minute;
    if (!expect_scalar(issues, node, key, "a clock time such as 08:00")) return false;
    bool short_hour = strlen(node->text) == 4; /* 8:00 */
    snprintf(text, sizeof text, "%s%.5s", short_hour ? "0" : "", node->text);
    bool ok = strlen(node->text) + short_hour == 5 && text[2] == ':';
    if (ok && two_digits(text, 24, &hour) && two_digits(text + 3, 60, &minute)) {
        *minutes = 60 * hour + minute;
        return true;
    }
    ml_node_error(issues, node, "%s: found %s, but a clock time from 00:00 to 23:59 belongs here", key,
                  ml_node_found(node, found));
    return false;
}

bool ml_read_text(MlIssues *issues, const MlNode *node, const char *key, char *text, size_t size) {
    if (!expect_scalar(issues, node, key, "a text")) return false;
    size_t n = strlen(node->text);
    if (n >= size) {
        ml_node_error(issues, node, "%s: the text has %zu bytes; at most %zu are allowed", key, n, size - 1);
        return false;
    }
    memcpy(text, node->text, n + 1);
    return true;
}

bool ml_read_choice(MlIssues *issues, const MlNode *node, const char *key, MlChoiceList list,
                    MlChoice *choice) {
    char found[ML_FOUND_SIZE], hint[ML_HINT_SIZE], allowed[200];
    const char *names[MAX_NAMES];
    size_t n = 0;
    if (!expect_scalar(issues, node, key, "a word")) return false;
    *choice = ml_choice_find(list, node->text);
    if (*choice != ML_CHOICE_NONE) return true;
    for (int i = 0; ml_choice_row(i) && n < MAX_NAMES; i++)
        if (ml_choice_row(i)->list == list) names[n++] = ml_choice_row(i)->name;
    ml_join_names(names, n, allowed, sizeof allowed);
    ml_node_error(issues, node, "%s: found %s%s; allowed: %s", key, ml_node_found(node, found),
                  ml_hint(node->text, names, n, hint), allowed);
    return false;
}

bool ml_read_quantity(MlIssues *issues, const MlNode *node, const char *key, bool later, int *output) {
    char found[ML_FOUND_SIZE], hint[ML_HINT_SIZE];
    const char *names[ML_NOUTPUT];
    size_t n = 0;
    if (!expect_scalar(issues, node, key, "the name of a quantity")) return false;
    *output = ml_output_find(node->text);
    if (*output < 0) {
        char plasma[ML_NAME_SIZE]; /* sodium: plasma_sodium */
        snprintf(plasma, sizeof plasma, "plasma_%.50s", node->text);
        for (; n < ML_NOUTPUT; n++) names[n] = ml_outputs[n].name;
        const char *word = ml_output_find(plasma) >= 0 ? plasma : node->text;
        ml_node_error(issues, node, "%s: unknown quantity %s%s; see milieu list quantities", key,
                      ml_node_found(node, found), ml_hint(word, names, n, hint));
        return false;
    }
    if (ml_outputs[*output].available || later) return true;
    ml_issues_add(issues, MILIEU_NOT_AVAILABLE, node->file, node->line, node->column,
                  "%s: %s is known, but not computed by this version", key, node->text);
    return false;
}

bool ml_read_value_of(MlIssues *issues, const MlNode *node, const char *key, int output, unsigned flags,
                      double low, double high, bool *relative, double *value) {
    const char *unit = ml_outputs[output].unit;
    bool share = strcmp(unit, "%") == 0 || is_ratio(unit);
    MlMolar molar;
    MlExpect expect = {.key = key, .unit = unit, .low = low, .high = high, .flags = flags};
    if (ml_molar_of_quantity(output, &molar)) expect.molar = &molar;
    if (relative) *relative = false;
    if (relative && !share && node->kind == ML_SCALAR) {
        MlQuantity q;
        if (ml_quantity_parse(node->text, &q) == ML_UNIT_OK && q.unit.percent) {
            *relative = true;
            expect.unit = "1";
            expect.low = -HUGE_VAL;
            expect.high = HUGE_VAL;
        }
    }
    return ml_read_number(issues, node, &expect, value);
}
