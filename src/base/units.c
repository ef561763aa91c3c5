/* SPDX-License-Identifier: Apache-2.0 */
#include "base/units.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const MlUnitRow UNITS[] = {
#define UNIT(name, aliases, base, power, factor, text) {name, aliases, text, ML_BASE_##base, power, factor},
#include "base/units.def"
};
enum { NUNIT = sizeof UNITS / sizeof UNITS[0], MAX_TEXT = 160 };

static const struct {
    const char *unit, *text;
} DIMENSIONS[] = {
#define DIMENSION(id, unit, text) {unit, text},
#include "base/units.def"
};

const MlUnitRow *ml_unit_row(int i) { return i >= 0 && i < NUNIT ? &UNITS[i] : NULL; }
const char *ml_dimension_unit(MlDimension d) { return DIMENSIONS[d].unit; }
const char *ml_dimension_text(MlDimension d) { return DIMENSIONS[d].text; }

const char *ml_base_unit(MlBase base) {
    static const char *const name[ML_NBASE] = {
        [ML_BASE_NONE] = "1",       [ML_BASE_TIME] = "min",      [ML_BASE_VOLUME] = "L",
        [ML_BASE_MASS] = "g",       [ML_BASE_AMOUNT] = "mmol",   [ML_BASE_CHARGE] = "mEq",
        [ML_BASE_OSMOLES] = "mOsm", [ML_BASE_IU] = "IU",         [ML_BASE_SERVING] = "serving",
        [ML_BASE_ENERGY] = "kcal",  [ML_BASE_POWER] = "W",       [ML_BASE_PRESSURE] = "mmHg",
        [ML_BASE_LENGTH] = "m",     [ML_BASE_TEMPERATURE] = "K", [ML_BASE_VOLTAGE] = "mV",
        [ML_BASE_CLOTHING] = "clo", [ML_BASE_PER_KG] = "per kg",
    };
    return name[base];
}

/* true if the n letters at text are one of the words of list, separated by spaces. */
static bool in_list(const char *text, size_t n, const char *list) {
    while (*list) {
        size_t length = strcspn(list, " ");
        if (length == n && memcmp(list, text, n) == 0) return true;
        list += length;
        list += strspn(list, " ");
    }
    return false;
}

static const MlUnitRow *find_unit(const char *text, size_t n) {
    if (n == 0) return NULL;
    for (int i = 0; i < NUNIT; i++)
        if (in_list(text, n, UNITS[i].name) || in_list(text, n, UNITS[i].aliases)) return &UNITS[i];
    return NULL;
}

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool space(char c) { return c == ' ' || c == '\t'; }
static const char *skip(const char *p) {
    while (space(*p)) p++;
    return p;
}

/* Length of a sign of multiplication at p: * or the middle dot. */
static size_t times_sign(const char *p) {
    if (*p == '*') return 1;
    return strncmp(p, "\xc2\xb7", 2) == 0 ? 2 : 0;
}

/* The exponent written at p, such as ^-1 or -1; 1 and nothing consumed if there is none. */
static int exponent_at(const char **p) {
    const char *q = *p + (**p == '^');
    int sign = *q == '-' ? -1 : 1;
    if (*q == '-') q++;
    if (q == *p || !digit(*q) || *q == '0' || digit(q[1])) return 1;
    *p = q + 1;
    return sign * (*q - '0');
}

/* Reads fl oz, the one unit of two words (fl alone is a femtoliter). */
static bool fluid_ounce_at(const char **p) {
    static const size_t length = sizeof "fl oz" - 1;
    if (strncmp(*p, "fl oz", length) != 0 || ((*p)[length] && !strchr(" \t/,)", (*p)[length]))) return false;
    *p += length;
    return true;
}

/* Reads one symbol of the table at *p: the longest run that is a unit, cut before digits if need be. */
static const MlUnitRow *symbol_at(const char **p) {
    size_t run = 0;
    if (fluid_ounce_at(p)) return find_unit("floz", 4);
    while ((*p)[run] && !strchr(" \t/^*,()", (*p)[run]) && !times_sign(*p + run)) run++;
    const MlUnitRow *row = find_unit(*p, run);
    if (!row) {
        size_t letters = 0;
        while (letters < run && !digit((*p)[letters]) && (*p)[letters] != '-') letters++;
        row = find_unit(*p, letters);
        run = letters;
    }
    if (row) *p += run;
    return row;
}

/* unit *= row^exponent; mass below the bar becomes "per kilogram of". */
static void multiply(MlUnit *unit, const MlUnitRow *row, int exponent) {
    MlBase base = row->base;
    double factor = row->factor;
    if (base == ML_BASE_MASS && exponent < 0) {
        base = ML_BASE_PER_KG;
        factor /= 1000;
    }
    for (int k = 0; k < abs(exponent); k++)
        unit->factor = exponent < 0 ? unit->factor / factor : unit->factor * factor;
    unit->power[base] = (signed char)(unit->power[base] + row->power * exponent);
}

/* The bar or the word `per` before a divisor. */
static bool bar_at(const char **p) {
    const char *q = skip(*p);
    if (*q == '/')
        q++;
    else if (strncmp(q, "per ", 4) == 0)
        q += 4;
    else
        return false;
    *p = skip(q);
    return true;
}

/* A product: a sign, or a space before another symbol (mL min-1 kg-1). It stays below a bar it comes after.
 */
static bool product_at(const char **p) {
    const char *q = skip(*p);
    size_t sign = times_sign(q);
    if (!sign && q == *p) return false;
    q = skip(q + sign);
    const char *after = q;
    if (!symbol_at(&after) || (*after && !strchr(" \t/^*)-", *after) && !times_sign(after))) return sign > 0;
    *p = q;
    return true;
}

static MlUnitStatus unknown_unit(const char *p, char *unknown) {
    if (unknown) snprintf(unknown, 48, "%.*s", (int)strcspn(p, " \t/*"), p);
    return ML_UNIT_UNKNOWN;
}

/* A number and an opening bracket may stand in front of what is below the bar: /100 g, /(kg min). */
static bool below_at(const char **p, MlUnit *unit, bool *open) {
    double number;
    if (ml_text_number(*p, p, &number)) {
        if (!(number > 0)) return false;
        unit->factor /= number;
        *p = skip(*p);
    }
    if (**p == '(' && !*open) {
        *open = true;
        *p = skip(*p + 1);
    }
    return true;
}

static void close_at(const char **p, bool *open) {
    if (!*open || *skip(*p) != ')') return;
    *p = skip(*p) + 1;
    *open = false;
}

static MlUnitStatus unit_at(const char **p, MlUnit *unit, char *unknown) {
    *unit = (MlUnit){.factor = 1};
    bool below = bar_at(p), open = false;
    int nsymbol = 0;
    const MlUnitRow *first = NULL;
    for (;; nsymbol++) {
        const char *start = *p;
        if (nsymbol >= 8 || (below && !below_at(p, unit, &open))) return unknown_unit(start, unknown);
        start = *p;
        const MlUnitRow *row = symbol_at(p);
        if (!row) return unknown_unit(start, unknown);
        if (!first) first = row;
        int exponent = exponent_at(p);
        multiply(unit, row, below ? -exponent : exponent);
        close_at(p, &open);
        if (bar_at(p))
            below = true;
        else if (!product_at(p))
            break;
    }
    if (open) return unknown_unit(*p, unknown);
    if (nsymbol == 0 && unit->power[ML_BASE_TEMPERATURE] == 1) {
        if (strcmp(first->name, "degF") == 0) unit->offset = -160.0 / 9;
        if (strcmp(first->name, "K") == 0) unit->offset = -273.15;
    }
    unit->percent = nsymbol == 0 && strcmp(first->name, "%") == 0;
    return ML_UNIT_OK;
}

MlUnitStatus ml_unit_parse(const char *text, size_t n, MlUnit *unit, char *unknown) {
    char buffer[MAX_TEXT];
    if (n >= sizeof buffer) return unknown_unit("", unknown);
    memcpy(buffer, text, n);
    buffer[n] = 0;
    const char *p = skip(buffer);
    MlUnitStatus status = unit_at(&p, unit, unknown);
    if (status == ML_UNIT_OK && *skip(p)) return unknown_unit(skip(p), unknown);
    return status;
}

bool ml_unit_same(const MlUnit *a, const MlUnit *b) {
    for (int i = ML_BASE_NONE + 1; i < ML_NBASE; i++)
        if (a->power[i] != b->power[i]) return false;
    return true;
}

/* Copies text with the minus sign U+2212 as -, and the hard spaces as spaces. */
static void plain_copy(char *to, size_t size, const char *text) {
    size_t n = 0;
    while (*text && n + 1 < size) {
        if (strncmp(text, "\xe2\x88\x92", 3) == 0) {
            to[n++] = '-';
            text += 3;
        } else if (strncmp(text, "\xc2\xa0", 2) == 0) {
            to[n++] = ' ';
            text += 2;
        } else if (strncmp(text, "\xe2\x80\xaf", 3) == 0) {
            to[n++] = ' ';
            text += 3;
        } else {
            to[n++] = *text++;
        }
    }
    to[n] = 0;
}

/* Further terms of a sum, such as the 30 min of 4 h 30 min. */
static MlUnitStatus sum_at(const char **p, MlQuantity *q, bool negative) {
    while (q->has_unit && digit(*skip(*p))) {
        double number;
        MlUnit unit;
        *p = skip(*p);
        if (!ml_text_number(*p, p, &number)) return ML_UNIT_BAD_NUMBER;
        *p = skip(*p);
        MlUnitStatus status = unit_at(p, &unit, q->unit_text);
        if (status != ML_UNIT_OK) return status;
        if (!ml_unit_same(&unit, &q->unit)) return ML_UNIT_MIXED;
        number *= unit.factor / q->unit.factor;
        q->number += negative ? -number : number;
    }
    return ML_UNIT_OK;
}

MlUnitStatus ml_quantity_parse(const char *text, MlQuantity *q) {
    char buffer[MAX_TEXT];
    *q = (MlQuantity){.unit = {.factor = 1}};
    if (strlen(text) >= sizeof buffer) return ML_UNIT_NO_NUMBER;
    plain_copy(buffer, sizeof buffer, text);
    const char *p = skip(buffer);
    bool negative = *p == '-';
    if (!digit(p[*p == '-' || *p == '+']) && p[*p == '-' || *p == '+'] != '.') return ML_UNIT_NO_NUMBER;
    if (!ml_text_number(p, &p, &q->number)) return ML_UNIT_BAD_NUMBER;
    if (*p == ',' && digit(p[1])) return ML_UNIT_COMMA;
    if (*p == '.' || digit(*p)) return ML_UNIT_BAD_NUMBER;
    p = skip(p);
    if (!*p) return ML_UNIT_OK;
    const char *start = p;
    MlUnitStatus status = unit_at(&p, &q->unit, q->unit_text);
    if (status != ML_UNIT_OK) return status;
    q->has_unit = true;
    status = sum_at(&p, q, negative);
    if (status != ML_UNIT_OK) return status;
    int length = (int)(p - start);
    while (length > 0 && space(start[length - 1])) length--;
    snprintf(q->unit_text, sizeof q->unit_text, "%.*s", length, start);
    snprintf(q->rest, sizeof q->rest, "%s", skip(p));
    for (size_t n = strlen(q->rest); n > 0 && space(q->rest[n - 1]); n--) q->rest[n - 1] = 0;
    return ML_UNIT_OK;
}

/* One of base `from` is this many of base `to` for the substance; 0 if that has no meaning. */
static double swap_factor(MlBase from, MlBase to, const MlMolar *s) {
    if (from == ML_BASE_AMOUNT && to == ML_BASE_OSMOLES) return 1;
    if (!s) return 0;
    double g_per_mmol = s->molar_mass / 1000, charge = fabs(s->valence);
    double in_grams[ML_NBASE] = {
        [ML_BASE_MASS] = 1, [ML_BASE_AMOUNT] = g_per_mmol, [ML_BASE_IU] = s->g_per_iu};
    if (charge > 0) in_grams[ML_BASE_CHARGE] = g_per_mmol / charge;
    return in_grams[to] > 0 ? in_grams[from] / in_grams[to] : 0;
}

/* Factor that turns a unit of dimension `from` into `to` where one base differs; 0 if none does. */
static double bridge(const MlUnit *from, const MlUnit *to, const MlMolar *substance) {
    int lost = 0, gained = 0;
    for (int i = 1; i < ML_NBASE; i++) {
        int change = to->power[i] - from->power[i];
        if (change == 0) continue;
        if (change == -1 && !lost)
            lost = i;
        else if (change == 1 && !gained)
            gained = i;
        else
            return 0;
    }
    return lost && gained ? swap_factor((MlBase)lost, (MlBase)gained, substance) : 0;
}

bool ml_quantity_convert(const MlQuantity *q, const char *to, const MlMolar *substance, unsigned flags,
                         double *value) {
    MlUnit from = q->unit, target;
    if (ml_unit_parse(to, strlen(to), &target, NULL) != ML_UNIT_OK) return false;
    if (from.percent && (flags & ML_CONVERT_SOLUTION) && !ml_unit_same(&from, &target)) {
        from.factor = 10; /* g per 100 mL, or per 100 g */
        from.power[ML_BASE_MASS] = 1;
        from.power[target.power[ML_BASE_PER_KG] ? ML_BASE_PER_KG : ML_BASE_VOLUME] = -1;
    }
    double factor = ml_unit_same(&from, &target) ? 1 : bridge(&from, &target, substance);
    if (factor == 0) return false;
    bool difference = flags & ML_CONVERT_DIFFERENCE;
    double base = q->number * from.factor + (difference ? 0 : from.offset);
    *value = (base * factor - (difference ? 0 : target.offset)) / target.factor;
    return isfinite(*value);
}
