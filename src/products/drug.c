/* SPDX-License-Identifier: Apache-2.0 */
#include "products/drug.h"

#include "base/text.h"
#include "products/data.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *const routes[] = {
#define ROUTE(id, name, text) name,
    ML_ROUTES(ROUTE)
#undef ROUTE
};

static const char *const effects[] = {
#define EFFECT(id, name, text) name,
    ML_DRUG_EFFECTS(EFFECT)
#undef EFFECT
};

static const char *const effect_texts[] = {
#define EFFECT(id, name, text) text,
    ML_DRUG_EFFECTS(EFFECT)
#undef EFFECT
};

struct MlDrugs {
    char *text;
    MlDrug *item;
    size_t n;
};

const char *ml_drug_route_name(MlDrugRoute route) { return routes[route]; }
const char *ml_drug_effect_name(MlDrugEffect effect) { return effects[effect]; }
const char *ml_drug_effect_text(MlDrugEffect effect) { return effect_texts[effect]; }

/* Numbers of a drug: column, place, range. */
static const struct {
    const char *name;
    size_t offset;
    double low, high;
} number[] = {
    {"ug_per_U", offsetof(MlDrug, ug_per_unit), 0, 1e9},
    {"molar_mass_g_per_mol", offsetof(MlDrug, molar_mass), 1, 1e7},
    {"volume_L_per_kg", offsetof(MlDrug, volume), 1e-3, 1e4},
    {"half_life_min", offsetof(MlDrug, half_life), 1e-3, 1e7},
    {"central_volume_L_per_kg", offsetof(MlDrug, central_volume), 1e-3, 1e4},
    {"distribution_half_life_min", offsetof(MlDrug, distribution), 1e-3, 1e7},
    {"renal_share", offsetof(MlDrug, renal_share), 0, 1},
    {"ec50_ug_per_L", offsetof(MlDrug, ec50), 0, 1e12},
    {"er50_ug_per_min", offsetof(MlDrug, er50), 0, 1e12},
    {"ed50_ug", offsetof(MlDrug, ed50), 0, 1e12},
    {"hill", offsetof(MlDrug, hill), 0.1, 50},
    {"largest_dose_ug", offsetof(MlDrug, largest), 0, 1e12},
    {"capacity_mmol_per_g", offsetof(MlDrug, capacity), 1e-3, 100},
};
enum { NUMBERS = sizeof number / sizeof *number };

/* What a column holds: a text, a number of the table above, or a figure of a route. */
typedef enum Column {
    NAME,
    ALIASES,
    TITLE,
    UNITS,
    EFFECT,
    USUAL,
    SOURCE,
    NTEXT,
    NUMBER = NTEXT,
    ROUTE = NUMBER + NUMBERS
} Column;

static const char *const texts[NTEXT] = {"name", "aliases", "title", "units", "effect", "usual_dose", "source"};

typedef struct Reader {
    MlCsv csv;
    int column[ML_CSV_CELLS];
    int ncolumn;
} Reader;

#define FAIL(r, cell, ...)                                                                                   \
    ml_csv_fail((r)->csv.errors, (r)->csv.file, (cell)->line, (cell)->column, __VA_ARGS__)

/* ROUTE + 2 i: bioavailability of route i; one more: its half-time of absorption. */
static int parse_column(const char *name) {
    for (int i = 0; i < NTEXT; i++)
        if (!strcmp(name, texts[i])) return i;
    for (int i = 0; i < NUMBERS; i++)
        if (!strcmp(name, number[i].name)) return NUMBER + i;
    for (int i = 0; i < ML_NDRUG_ROUTE; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s_bioavailability", routes[i]);
        if (!strcmp(name, text)) return ROUTE + 2 * i;
        snprintf(text, sizeof text, "%s_absorption_half_time_min", routes[i]);
        if (!strcmp(name, text)) return ROUTE + 2 * i + 1;
    }
    return -1;
}

static void read_header(Reader *r) {
    r->ncolumn = r->csv.ncell;
    int seen[NTEXT] = {0};
    for (int i = 0; i < r->ncolumn; i++) {
        const MlCsvCell *cell = &r->csv.cell[i];
        r->column[i] = parse_column(cell->text);
        if (r->column[i] < 0)
            FAIL(r, cell, "unknown column %s", cell->text);
        else if (r->column[i] < NTEXT)
            seen[r->column[i]] = 1;
        for (int j = 0; j < i; j++)
            if (r->column[i] >= 0 && r->column[j] == r->column[i])
                FAIL(r, cell, "column %s is there twice", cell->text);
    }
    for (int i = 0; i < NTEXT; i++)
        if (!seen[i] && i != ALIASES && i != TITLE && i != USUAL) FAIL(r, &r->csv.cell[0], "no column %s", texts[i]);
}

static void read_number(Reader *r, const MlCsvCell *cell, double low, double high, double *value) {
    const char *end;
    double x;
    if (!ml_text_number(cell->text, &end, &x) || *end)
        FAIL(r, cell, "'%s' is no number", cell->text);
    else if (x < low || x > high)
        FAIL(r, cell, "%s is outside %g to %g", cell->text, low, high);
    else
        *value = x;
}

/* The parts of a cell between bars, cut apart in place; returns how many. */
static int cut(char *text) {
    int n = 1;
    for (; *text; text++)
        if (*text == '|') *text = 0, n++;
    return n;
}

static void read_units(Reader *r, const MlCsvCell *cell, MlDrug *d) {
    int n = cut(cell->text);
    const char *unit = cell->text;
    for (int i = 0; i < n; i++, unit += strlen(unit) + 1) {
        if (!strcmp(unit, "ng") || !strcmp(unit, "ug") || !strcmp(unit, "mg") || !strcmp(unit, "g"))
            d->by_mass = 1;
        else if (!strcmp(unit, "U"))
            d->by_unit = 1;
        else
            FAIL(r, cell, "unit '%s': allowed are ng, ug, mg, g, U", unit);
    }
}

static void read_text(Reader *r, MlCsvCell *cell, int column, MlDrug *d) {
    switch (column) {
    case NAME:
        d->name = cell->text;
        if (!ml_text_is_name(d->name))
            FAIL(r, cell, "'%s' is no name: use lower-case words with hyphens", d->name);
        break;
    case ALIASES: {
        d->alias = cell->text;
        d->nalias = cut(cell->text);
        const char *alias = d->alias;
        for (int i = 0; i < d->nalias; i++, alias += strlen(alias) + 1)
            if (!ml_text_is_name(alias)) FAIL(r, cell, "alias '%s' is no name", alias);
        break;
    }
    case TITLE:
        d->title = cell->text;
        break;
    case USUAL:
        d->usual = cell->text;
        break;
    case SOURCE:
        d->source = cell->text;
        break;
    case UNITS:
        read_units(r, cell, d);
        break;
    case EFFECT: {
        int found = -1;
        for (int i = 0; i < ML_NDRUG_EFFECT; i++)
            if (!strcmp(cell->text, effects[i])) found = i;
        if (found >= 0)
            d->effect = (MlDrugEffect)found;
        else
            FAIL(r, cell, "unknown effect %s", cell->text);
        break;
    }
    default:
        break;
    }
}

static void clear(MlDrug *d) {
    *d = (MlDrug){.name = "", .title = "", .usual = "", .source = "", .alias = "", .effect = ML_NDRUG_EFFECT};
    for (int i = 0; i < NUMBERS; i++) *(double *)(void *)((char *)d + number[i].offset) = NAN;
    for (int i = 0; i < ML_NDRUG_ROUTE; i++) d->bioavailability[i] = d->absorption[i] = NAN;
}

/* What a drug must state. */
static void check(Reader *r, const MlDrug *d) {
    const MlCsvCell *first = &r->csv.cell[0];
    if (!*d->name) FAIL(r, first, "no name");
    if (!*d->source) FAIL(r, first, "no source");
    if (!d->by_mass && !d->by_unit) FAIL(r, first, "no units");
    if (d->effect == ML_NDRUG_EFFECT) FAIL(r, first, "no effect");
    if (d->by_unit && !(d->ug_per_unit > 0)) FAIL(r, first, "doses in U need ug_per_U");
    if (isnan(d->half_life)) FAIL(r, first, "no half-life");
    if (!isnan(d->ec50) && isnan(d->volume)) FAIL(r, first, "ec50_ug_per_L needs a volume of distribution");
    if (!isnan(d->er50) && !(d->renal_share > 0)) FAIL(r, first, "er50_ug_per_min needs a renal_share");
    const int two = !isnan(d->central_volume), halves = !isnan(d->distribution);
    if (two != halves || (two && !(d->central_volume <= d->volume && d->distribution <= d->half_life)))
        FAIL(r, first, "two compartments need a central volume and a half-life of distribution below those of the whole");
    int known = 0;
    for (int i = 0; i < ML_NDRUG_ROUTE; i++) {
        if (isnan(d->bioavailability[i]) != isnan(d->absorption[i]))
            FAIL(r, first, "route %s needs both bioavailability and absorption half-time", routes[i]);
        known |= !isnan(d->bioavailability[i]);
    }
    if (!known) FAIL(r, first, "no route");
}

static void read_drug(Reader *r, MlDrug *d) {
    clear(d);
    d->line = r->csv.cell[0].line;
    if (r->csv.ncell != r->ncolumn)
        FAIL(r, &r->csv.cell[0], "%d cells, the header has %d", r->csv.ncell, r->ncolumn);
    for (int i = 0; i < r->csv.ncell && i < r->ncolumn; i++) {
        MlCsvCell *cell = &r->csv.cell[i];
        int column = r->column[i];
        if (column < 0 || !*cell->text) continue;
        if (column < NTEXT) {
            read_text(r, cell, column, d);
        } else if (column < ROUTE) {
            int k = column - NUMBER;
            read_number(r, cell, number[k].low, number[k].high,
                        (double *)(void *)((char *)d + number[k].offset));
        } else {
            int route = (column - ROUTE) / 2, half_time = (column - ROUTE) % 2;
            read_number(r, cell, 0, half_time ? 1e6 : 1,
                        half_time ? &d->absorption[route] : &d->bioavailability[route]);
        }
    }
    if (!*d->title) d->title = d->name;
    check(r, d);
}

static int is_called(const MlDrug *d, const char *name) {
    if (!strcmp(d->name, name)) return 1;
    const char *alias = d->alias;
    for (int i = 0; i < d->nalias; i++, alias += strlen(alias) + 1)
        if (!strcmp(alias, name)) return 1;
    return 0;
}

static void check_names(const MlDrugs *t, const char *file, MlCsvErrors *errors) {
    for (size_t i = 0; i < t->n; i++) {
        const char *name = t->item[i].name;
        for (int k = 0; k <= t->item[i].nalias; k++) {
            for (size_t j = 0; j < i; j++)
                if (is_called(&t->item[j], name))
                    ml_csv_fail(errors, file, t->item[i].line, 1, "the name %s is already taken by %s", name,
                                t->item[j].name);
            name = k == 0 ? t->item[i].alias : name + strlen(name) + 1;
        }
    }
}

static milieu_code read_rows(MlDrugs *t, const char *file, MlCsvErrors *errors) {
    Reader r = {0};
    size_t capacity = 0;
    ml_csv_open(&r.csv, file, t->text, errors);
    if (!ml_csv_row(&r.csv)) {
        ml_csv_fail(errors, file, 1, 1, "no header");
        return MILIEU_OK;
    }
    read_header(&r);
    while (ml_csv_row(&r.csv)) {
        if (t->n == capacity) {
            capacity = capacity ? 2 * capacity : 16;
            MlDrug *grown = ml_grow(ml_memory_of(t), t->item, capacity, sizeof *grown);
            if (!grown) return MILIEU_NO_MEMORY;
            t->item = grown;
        }
        read_drug(&r, &t->item[t->n++]);
    }
    check_names(t, file, errors);
    return errors->lost ? MILIEU_NO_MEMORY : MILIEU_OK;
}

milieu_code ml_drugs_read(const MlMemory *memory, MlDrugs **table, const char *file, const char *text,
                          size_t size, MlCsvErrors *errors, milieu_error *err) {
    size_t before = errors->n;
    *table = NULL;
    MlDrugs *t = ml_new(memory, 1, sizeof *t);
    if (t) t->text = ml_new(memory, size + 1, 1);
    if (!t || !t->text) {
        ml_drugs_free(t);
        return ml_fail(err, MILIEU_NO_MEMORY, file, "out of memory");
    }
    memcpy(t->text, text, size);
    t->text[size] = 0;
    if (memchr(text, 0, size)) ml_csv_fail(errors, file, 1, 1, "a NUL byte: this is no text");
    milieu_code code = read_rows(t, file, errors);
    if (code == MILIEU_OK && errors->n == before) {
        *table = t;
        return MILIEU_OK;
    }
    ml_drugs_free(t);
    if (code != MILIEU_OK) return ml_fail(err, code, file, "out of memory");
    if (err) *err = errors->item[before];
    return MILIEU_BAD_INPUT;
}

milieu_code ml_drugs_create(const MlMemory *memory, MlDrugs **table, milieu_error *err) {
    MlCsvErrors errors = {.memory = memory};
    milieu_code code =
        ml_drugs_read(memory, table, ml_drug_file.name, ml_drug_file.text, ml_drug_file.size, &errors, err);
    ml_csv_errors_free(&errors);
    return code;
}

void ml_drugs_free(MlDrugs *table) {
    if (!table) return;
    ml_free(table->text);
    ml_free(table->item);
    ml_free(table);
}

size_t ml_drugs_count(const MlDrugs *table) { return table->n; }

const MlDrug *ml_drugs_at(const MlDrugs *table, size_t i) { return &table->item[i]; }

const MlDrug *ml_drugs_find(const MlDrugs *table, const char *name) {
    for (size_t i = 0; i < table->n; i++)
        if (is_called(&table->item[i], name)) return &table->item[i];
    return NULL;
}

const char *ml_drugs_nearest(const MlDrugs *table, const char *name) {
    const char **names = ml_new(ml_memory_of(table), table->n + 1, sizeof *names);
    if (!names) return NULL;
    for (size_t i = 0; i < table->n; i++) names[i] = table->item[i].name;
    const char *nearest = ml_nearest(name, names, table->n);
    ml_free(names);
    return nearest;
}
