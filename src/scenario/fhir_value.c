/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities with UCUM units, dates and codes of FHIR. */
#include "scenario/fhir_inside.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_SIZE = 64 };

/* ---- units ---- */

/* A UCUM code as this project writes it: without annotations in braces, a point as a sign of multiplication. */
static void translate(const char *code, char unit[UNIT_SIZE]) {
    static const struct {
        const char *code, *unit;
    } rows[] = {
#define UCUM(code, unit) {code, unit},
#include "scenario/ucum.def"
    };
    size_t used = 0;
    while (*code && used + 8 < UNIT_SIZE) {
        const char *put = NULL;
        if (*code == '{') {
            code += strcspn(code, "}");
            code += *code == '}';
            continue;
        }
        for (size_t i = 0; i < sizeof rows / sizeof *rows && !put; i++)
            if (strncmp(code, rows[i].code, strlen(rows[i].code)) == 0) put = rows[i].unit, code += strlen(rows[i].code);
        if (put)
            used += (size_t)snprintf(unit + used, UNIT_SIZE - used, "%s", put);
        else
            unit[used++] = *code == '.' ? '*' : *code, code++;
    }
    unit[used] = 0;
}

/* The value in the unit wanted: 1, or 0 where the unit is unknown, -1 where it measures something else. */
static int convert(double number, const char *code, const char *wanted, const MlMolar *molar, double *value) {
    char unit[UNIT_SIZE], text[UNIT_SIZE + 32];
    MlQuantity q;
    translate(code, unit);
    snprintf(text, sizeof text, "%.17g %s", number, unit);
    if (ml_quantity_parse(text, &q) != ML_UNIT_OK || *q.rest) return 0;
    return ml_quantity_convert(&q, wanted, molar, 0, value) ? 1 : -1;
}

static bool is_bare(const char *unit) { return strcmp(unit, "1") == 0 || strcmp(unit, "ratio") == 0; }

static bool wrong_unit(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *node, const char *element, const char *part, const char *wanted, int how) {
    char at[80];
    snprintf(at, sizeof at, "%s.%s", element, part);
    if (how == 0)
        ml_fhir_error(r, place, node, at, "unknown unit '%.40s'; a UCUM unit such as %s belongs here", node->text, is_bare(wanted) ? "1" : wanted);
    else
        ml_fhir_error(r, place, node, at, "'%.40s' does not measure this; a unit that becomes %s belongs here", node->text, is_bare(wanted) ? "a ratio" : wanted);
    return false;
}

static const MlNode *text_at(const MlNode *mapping, const char *key) {
    const MlNode *node = ml_node_get(mapping, key);
    return node && node->kind == ML_SCALAR && *node->text && !ml_node_is_null(node) ? node : NULL;
}

/* By code where that is UCUM, else by the unit as printed; where both are known they must agree. */
static bool in_unit(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *quantity, const char *element, double number, const char *wanted,
                    const MlMolar *molar, double *value) {
    const MlNode *system = text_at(quantity, "system"), *code = text_at(quantity, "code"), *unit = text_at(quantity, "unit");
    if (code && system && strcmp(system->text, "http://unitsofmeasure.org") != 0) code = NULL;
    double other;
    if (!code && !unit) {
        if (is_bare(wanted)) {
            *value = number;
            return true;
        }
        ml_fhir_error(r, place, quantity, element, "the value has no unit; give unit and code of UCUM, such as %s", wanted);
        return false;
    }
    const int how = convert(number, (code ? code : unit)->text, wanted, molar, value);
    if (how <= 0) return wrong_unit(r, place, code ? code : unit, element, code ? "code" : "unit", wanted, how);
    if (!code || !unit) return true;
    const int agree = convert(number, unit->text, wanted, molar, &other);
    if (agree == 0 || (agree == 1 && fabs(other - *value) <= 1e-6 * fabs(*value))) return true;
    char at[80];
    snprintf(at, sizeof at, "%s.unit", element);
    ml_fhir_error(r, place, unit, at, "unit '%.40s' and code '%.40s' are two different units; one of them is wrong", unit->text, code->text);
    return false;
}

bool ml_fhir_quantity(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *quantity, const char *element, const char *unit,
                      const MlMolar *molar, double low, double high, double *value) {
    char at[80], found[ML_FOUND_SIZE], range[ML_RANGE_SIZE];
    const char *end;
    double number;
    if (quantity->kind != ML_MAPPING) {
        ml_fhir_error(r, place, quantity, element, "found %s, but a Quantity with value and unit belongs here", ml_node_found(quantity, found));
        return false;
    }
    snprintf(at, sizeof at, "%s.value", element);
    const MlNode *node = ml_node_get(quantity, "value");
    if (!node || ml_node_is_null(node)) {
        ml_fhir_error(r, place, quantity, at, "the value is missing");
        return false;
    }
    if (node->kind != ML_SCALAR || !node->plain || !ml_text_number(node->text, &end, &number) || *end) {
        ml_fhir_error(r, place, node, at, "found %s%s, but a number belongs here", ml_node_found(node, found), node->kind == ML_SCALAR && !node->plain ? " in quotes" : "");
        return false;
    }
    if (!in_unit(r, place, quantity, element, number, unit, molar, value)) return false;
    if (strcmp(unit, "ratio") == 0 && *value > 2 && !ml_node_get(quantity, "code")) *value /= 100; /* a hematocrit of 42 */
    const double slack = 1e-9 * fabs(*value);
    if (*value >= low - slack && *value <= high + slack) return true;
    char other[64] = "", beyond[ML_BEYOND_SIZE];
    if (!is_bare(unit) && fabs(number - *value) > slack) snprintf(other, sizeof other, " (%s %.20s)", ml_text_beyond(*value, low, high, beyond), unit);
    ml_fhir_error(r, place, node, at, "%s%s is %s", ml_node_found(node, found), other, ml_range_text(*value, false, low, high, unit, range));
    return false;
}

/* ---- dates ---- */

static bool digits(const char **p, int n, int *value) {
    *value = 0;
    for (int i = 0; i < n; i++, (*p)++) {
        if (**p < '0' || **p > '9') return false;
        *value = 10 * *value + (**p - '0');
    }
    return true;
}

/* Days since 1970-01-01 of the Gregorian calendar. */
static double days_of(int y, int m, int d) {
    const int year = m > 2 ? y : y - 1, era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    const int of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return 146097.0 * era + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int days_in(int year, int month) {
    return (int)(month < 12 ? days_of(year, month + 1, 1) - days_of(year, month, 1) : 31);
}

static bool zone(const char **p, double *minutes) {
    int hour, minute;
    if (**p == 'Z') {
        (*p)++;
        return true;
    }
    if (**p != '+' && **p != '-') return !**p;
    const double sign = **p == '+' ? 1 : -1;
    (*p)++;
    if (!digits(p, 2, &hour) || *(*p)++ != ':' || !digits(p, 2, &minute) || hour > 14 || minute > 59) return false;
    *minutes -= sign * (60 * hour + minute);
    return true;
}

static bool clock_time(const char **p, double *minutes) {
    int hour, minute, second;
    if (!digits(p, 2, &hour) || *(*p)++ != ':' || !digits(p, 2, &minute)) return false;
    *minutes += 60 * hour + minute;
    if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return false;
    if (**p != ':') return hour < 24 && zone(p, minutes);
    (*p)++;
    if (!digits(p, 2, &second) || second > 60 || (hour == 24 && second > 0)) return false;
    *minutes += second / 60.0;
    if (**p == '.') (*p)++, *p += strspn(*p, hour < 24 ? "0123456789" : "0");
    return zone(p, minutes);
}

bool ml_fhir_time(const char *text, double *minutes) {
    int year, month = 1, day = 1;
    const char *p = text;
    if (!digits(&p, 4, &year)) return false;
    if (*p == '-' && (p++, !digits(&p, 2, &month))) return false;
    if (*p == '-' && (p++, !digits(&p, 2, &day))) return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
    *minutes = 1440 * days_of(year, month, day);
    if (*p == 'T' && (p++, !clock_time(&p, minutes))) return false;
    return !*p;
}

/* ---- codes ---- */

/* The check digit of LOINC is that of Luhn: every second digit doubled, from the right. */
bool ml_loinc_is_code(const char *code, char *right) {
    const size_t n = strspn(code, "0123456789");
    int sum = 0;
    *right = 0;
    if (n < 1 || n > 7 || code[n] != '-' || !code[n + 1] || code[n + 2]) return false;
    for (size_t i = 0; i < n; i++) {
        const int digit = (code[n - 1 - i] - '0') * (i % 2 ? 1 : 2);
        sum += digit > 9 ? digit - 9 : digit;
    }
    *right = (char)('0' + (10 - sum % 10) % 10);
    return code[n + 1] == *right;
}
