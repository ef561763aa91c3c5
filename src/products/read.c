/* SPDX-License-Identifier: Apache-2.0 */
#include "products/read.h"

#include "base/text.h"
#include "products/column.h"

#include <math.h>
#include <string.h>

static const char *const kinds[ML_NPRODUCT_KIND] = {"food",     "drink", "ors",       "sports-drink",
                                                    "iv-fluid", "blood", "supplement"};

const char *ml_product_kind_name(MlProductKind kind) { return kinds[kind]; }

typedef struct Reader {
    MlCsv csv;
    MlColumn column[ML_CSV_CELLS];
    int ncolumn;
    MlProduct *item;
    size_t n, capacity;
} Reader;

/* One row: the cell that gives each target, and the numbers. */
typedef struct Row {
    const MlCsvCell *cell[ML_NCOLUMN_TARGET];
    MlColumnPer per[ML_NTARGET];
    double value[ML_NTARGET];
} Row;

#define FAIL(r, cell_, ...)                                                                                  \
    ml_csv_fail((r)->csv.errors, (r)->csv.file, (cell_)->line, (cell_)->column, __VA_ARGS__)

static void read_header(Reader *r) {
    r->ncolumn = r->csv.ncell;
    int seen[ML_NCOLUMN_TARGET] = {0};
    for (int i = 0; i < r->ncolumn; i++) {
        const MlCsvCell *cell = &r->csv.cell[i];
        const char *nearest = NULL;
        for (int j = 0; j < i; j++)
            if (!strcmp(cell->text, r->csv.cell[j].text))
                FAIL(r, cell, "column %s is there twice", cell->text);
        if (ml_column_parse(cell->text, &r->column[i], &nearest)) {
            seen[r->column[i].target] = 1;
            continue;
        }
        r->column[i].target = -1;
        FAIL(r, cell, "unknown column %s%s%s", cell->text, nearest ? ": nearest is " : "",
             nearest ? nearest : "");
    }
    static const struct {
        int target;
        const char *name;
    } needed[] = {{ML_TARGET_NAME, "name"},
                  {ML_TARGET_KIND, "kind"},
                  {ML_TARGET_BASIS, "basis"},
                  {ML_TARGET_SOURCE, "source"}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!seen[needed[i].target]) FAIL(r, &r->csv.cell[0], "no column %s", needed[i].name);
}

static const char *text_of(const Row *row, int target) {
    return row->cell[target] ? row->cell[target]->text : "";
}

static void read_number(Reader *r, Row *row, const MlCsvCell *cell, const MlColumn *column) {
    int target = column->target;
    const char *end;
    double number;
    if (!ml_text_number(cell->text, &end, &number) || *end) {
        FAIL(r, cell, "'%s' is no number", cell->text);
        return;
    }
    if (number < 0) {
        FAIL(r, cell, "%s is negative", cell->text);
        return;
    }
    if (row->cell[target]) {
        FAIL(r, cell, "the same figure is also in column %d of this line", row->cell[target]->column);
        return;
    }
    row->cell[target] = cell;
    row->per[target] = column->per;
    row->value[target] = number * column->factor;
}

static void read_cells(Reader *r, Row *row) {
    for (int i = 0; i < ML_NTARGET; i++) row->value[i] = NAN;
    if (r->csv.ncell != r->ncolumn)
        FAIL(r, &r->csv.cell[0], "%d cells, the header has %d", r->csv.ncell, r->ncolumn);
    int n = r->csv.ncell < r->ncolumn ? r->csv.ncell : r->ncolumn;
    for (int i = 0; i < n; i++) {
        const MlCsvCell *cell = &r->csv.cell[i];
        if (!*cell->text || r->column[i].target < 0) continue;
        if (r->column[i].target < ML_NTARGET)
            read_number(r, row, cell, &r->column[i]);
        else
            row->cell[r->column[i].target] = cell;
    }
}

/* Brings the nutrients to one liter or kilogram. */
static void scale(Reader *r, Row *row, int per_volume) {
    for (int i = 0; i <= ML_TARGET_BASE; i++) {
        if (!row->cell[i]) continue;
        double molar_mass = row->value[ML_TARGET_MOLAR_MASS];
        switch (row->per[i]) {
        case ML_COLUMN_PER_100:
            row->value[i] *= 10;
            break;
        case ML_COLUMN_PER_L:
            if (!per_volume) FAIL(r, row->cell[i], "a figure per L in a row of basis g");
            break;
        case ML_COLUMN_PER_KG:
            if (per_volume) FAIL(r, row->cell[i], "a figure per kg in a row of basis mL");
            break;
        case ML_COLUMN_PER_MOL:
            if (per_volume || isnan(molar_mass) || molar_mass == 0)
                FAIL(r, row->cell[i], "a figure per mol needs molar_mass_g_per_mol and basis g");
            else
                row->value[i] *= 1000 / molar_mass;
            break;
        case ML_COLUMN_PLAIN:
            break;
        }
    }
}

/* The names of a product, checked; aliases are cut apart in place. */
static void read_names(Reader *r, const Row *row, MlProduct *p) {
    p->name = text_of(row, ML_TARGET_NAME);
    if (!*p->name)
        FAIL(r, &r->csv.cell[0], "no name");
    else if (!ml_text_is_name(p->name))
        FAIL(r, row->cell[ML_TARGET_NAME], "'%s' is no name: use lower-case words with hyphens", p->name);
    p->alias = "";
    p->nalias = 0;
    const MlCsvCell *cell = row->cell[ML_TARGET_ALIASES];
    if (!cell) return;
    p->alias = cell->text;
    for (char *start = cell->text, *bar; start; start = bar ? bar + 1 : NULL) {
        bar = strchr(start, '|');
        if (bar) *bar = 0;
        p->nalias++;
        if (!ml_text_is_name(start))
            FAIL(r, cell, "alias '%s' is no name: use lower-case words with hyphens, | between them", start);
    }
}

const char *ml_product_alias(const MlProduct *p, int i) {
    const char *alias = p->alias;
    while (i-- > 0) alias += strlen(alias) + 1;
    return alias;
}

static void read_kind(Reader *r, const Row *row, MlProduct *p) {
    const MlCsvCell *cell = row->cell[ML_TARGET_KIND];
    p->kind = ML_NPRODUCT_KIND;
    for (int i = 0; i < ML_NPRODUCT_KIND; i++)
        if (!strcmp(text_of(row, ML_TARGET_KIND), kinds[i])) p->kind = (MlProductKind)i;
    if (p->kind < ML_NPRODUCT_KIND) return;
    const char *nearest = cell ? ml_nearest(cell->text, kinds, ML_NPRODUCT_KIND) : NULL;
    FAIL(r, cell ? cell : &r->csv.cell[0],
         "kind must be food, drink, ors, sports-drink, iv-fluid, blood or supplement%s%s",
         nearest ? ": nearest is " : "", nearest ? nearest : "");
}

static void read_texts(Reader *r, const Row *row, MlProduct *p) {
    const MlCsvCell *first = &r->csv.cell[0];
    p->file = r->csv.file;
    p->line = first->line;
    read_names(r, row, p);
    read_kind(r, row, p);
    p->title = *text_of(row, ML_TARGET_TITLE) ? text_of(row, ML_TARGET_TITLE) : p->name;
    p->source = text_of(row, ML_TARGET_SOURCE);
    if (!*p->source) FAIL(r, first, "no source");
    const char *basis = text_of(row, ML_TARGET_BASIS);
    p->per_volume = !strcmp(basis, "mL");
    if (!p->per_volume && strcmp(basis, "g"))
        FAIL(r, row->cell[ML_TARGET_BASIS] ? row->cell[ML_TARGET_BASIS] : first, "basis must be g or mL");
    p->counts = -1;
    const MlCsvCell *counts = row->cell[ML_TARGET_COUNTS];
    if (!counts) return;
    p->counts = ml_nutrient_find(counts->text);
    if (p->counts < 0) FAIL(r, counts, "counts must name a nutrient, not '%s'", counts->text);
}

/* Carbohydrate that no column names is maltodextrin or starch. */
static void sort_carbohydrate(const Row *row, MlProduct *p) {
    double *v = p->composition.value;
    double sugars = 0;
    if (!isnan(row->value[ML_TARGET_LACTOSE])) /* same molar mass and osmotic effect */
        v[ML_NUTRIENT_SUCROSE] = fmax(0, isnan(v[ML_NUTRIENT_SUCROSE]) ? 0 : v[ML_NUTRIENT_SUCROSE]) +
                                 row->value[ML_TARGET_LACTOSE];
    for (int i = ML_NUTRIENT_GLUCOSE; i <= ML_NUTRIENT_SUCROSE; i++)
        if (!isnan(v[i])) sugars += v[i] * ml_nutrient(i)->molar_mass / 1000;
    p->carbohydrate = row->value[ML_TARGET_CARBOHYDRATE];
    if (!isnan(p->carbohydrate) && isnan(v[ML_NUTRIENT_MALTODEXTRIN]))
        v[ML_NUTRIENT_MALTODEXTRIN] = fmax(0, p->carbohydrate - sugars);
}

/* Fat of a food whose other parts are known: what is left of 100 g, ash taken as twice the minerals measured
 * (USDA tables give carbohydrate by difference, so the parts add up to 100 g), and no more than the energy
 * allows with 2 kcal/g of carbohydrate, most of it fiber. */
static void compute_fat(MlProduct *p) {
    double *v = p->composition.value;
    int food = (p->kind == ML_FOOD || p->kind == ML_DRINK) && !p->per_volume;
    if (!food || !isnan(v[ML_NUTRIENT_FAT]) ||
        isnan(v[ML_NUTRIENT_WATER] + v[ML_NUTRIENT_PROTEIN] + p->carbohydrate))
        return;
    double minerals = 0, alcohol = isnan(v[ML_NUTRIENT_ALCOHOL]) ? 0 : v[ML_NUTRIENT_ALCOHOL];
    for (int i = ML_NUTRIENT_SODIUM; i <= ML_NUTRIENT_PHOSPHATE; i++)
        if (!isnan(v[i])) minerals += v[i] * ml_nutrient_grams(i);
    double rest = 1000 - 1000 * v[ML_NUTRIENT_WATER] - v[ML_NUTRIENT_PROTEIN] - p->carbohydrate - alcohol;
    double fat = rest - 2 * minerals, energy = v[ML_NUTRIENT_ENERGY];
    if (!isnan(energy))
        fat = fmin(fat, (energy - 4 * v[ML_NUTRIENT_PROTEIN] - 2 * p->carbohydrate - 7 * alcohol) / 9);
    v[ML_NUTRIENT_FAT] = fmax(0, fat);
    p->computed |= 1U << ML_NUTRIENT_FAT;
}

/* What follows from the figures of the file. */
static void complete(const Row *row, MlProduct *p) {
    double *v = p->composition.value;
    if (!isnan(row->value[ML_TARGET_BASE])) /* carbon dioxide from the body makes it bicarbonate */
        v[ML_NUTRIENT_BICARBONATE] =
            (isnan(v[ML_NUTRIENT_BICARBONATE]) ? 0 : v[ML_NUTRIENT_BICARBONATE]) + row->value[ML_TARGET_BASE];
    if (isnan(v[ML_NUTRIENT_ENERGY])) {
        v[ML_NUTRIENT_ENERGY] = ml_composition_energy(&p->composition);
        if (!isnan(v[ML_NUTRIENT_ENERGY])) p->computed |= 1U << ML_NUTRIENT_ENERGY;
    }
    if (isnan(v[ML_NUTRIENT_WATER]) && p->per_volume) {
        double cells = isnan(p->hematocrit) ? 0 : p->hematocrit;
        v[ML_NUTRIENT_WATER] = fmax(0, ml_composition_water(&p->composition) - cells);
        p->computed |= 1U << ML_NUTRIENT_WATER;
    }
}

/* Rejects what cannot be in a liter or a kilogram. */
static void check_sums(Reader *r, const Row *row, const MlProduct *p) {
    double whole = !p->per_volume ? 1000 : isnan(p->density) ? 2000 : p->density * 1000;
    const MlCsvCell *most = &r->csv.cell[0];
    double largest = 0;
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        if (!row->cell[i]) continue;
        double mass = p->composition.value[i] * ml_nutrient_grams(i);
        if (mass > largest) largest = mass, most = row->cell[i];
    }
    double mass = ml_composition_mass(&p->composition);
    if (mass > 1.01 * whole)
        FAIL(r, most, "%s adds up to %.4g g in %s", p->name, mass / 10, p->per_volume ? "100 mL" : "100 g");
    if (p->composition.value[ML_NUTRIENT_ENERGY] > 9300) /* pure fat: 9 kcal/g */
        FAIL(r, row->cell[ML_NUTRIENT_ENERGY] ? row->cell[ML_NUTRIENT_ENERGY] : most,
             "more than 930 kcal in 100 g or mL");
    if (p->undissolved > 1) FAIL(r, row->cell[ML_TARGET_UNDISSOLVED], "a share above 1");
    if (p->release > 1440) FAIL(r, row->cell[ML_TARGET_RELEASE], "a release over more than 24 h");
    if (p->hematocrit > 1) FAIL(r, row->cell[ML_TARGET_HEMATOCRIT], "a hematocrit above 1");
    if (p->density < 0.5 || p->density > 3)
        FAIL(r, row->cell[ML_TARGET_DENSITY], "a density outside 0.5 to 3 g/mL");
    if (p->counts >= 0 && !(p->composition.value[p->counts] > 0))
        FAIL(r, row->cell[ML_TARGET_COUNTS], "%s counts %s but holds none", p->name,
             ml_nutrient(p->counts)->name);
}

static void read_product(Reader *r, MlProduct *p) {
    Row row = {0};
    *p = (MlProduct){0};
    read_cells(r, &row);
    read_texts(r, &row, p);
    scale(r, &row, p->per_volume);
    memcpy(p->composition.value, row.value, sizeof p->composition.value);
    p->organic_anions = row.value[ML_TARGET_ORGANIC_ANIONS];
    p->acid = row.value[ML_TARGET_ACID];
    p->density = row.value[ML_TARGET_DENSITY];
    p->serving_mass = row.value[ML_TARGET_SERVING_G];
    p->serving_volume = row.value[ML_TARGET_SERVING_ML];
    p->molar_mass = row.value[ML_TARGET_MOLAR_MASS];
    p->undissolved = row.value[ML_TARGET_UNDISSOLVED];
    p->release = row.value[ML_TARGET_RELEASE];
    p->hematocrit = row.value[ML_TARGET_HEMATOCRIT];
    p->osmolarity = row.value[ML_TARGET_OSMOLARITY];
    p->osmolality = row.value[ML_TARGET_OSMOLALITY];
    sort_carbohydrate(&row, p);
    check_sums(r, &row, p);
    compute_fat(p);
    complete(&row, p);
}

milieu_code ml_products_read(const MlMemory *memory, const char *file, char *text, MlProduct **item,
                             size_t *n, MlCsvErrors *errors) {
    Reader r = {0};
    *item = NULL;
    *n = 0;
    ml_csv_open(&r.csv, file, text, errors);
    if (!ml_csv_row(&r.csv)) {
        ml_csv_fail(errors, file, 1, 1, "no header");
        return MILIEU_OK;
    }
    read_header(&r);
    while (ml_csv_row(&r.csv)) {
        if (r.n == r.capacity) {
            r.capacity = r.capacity ? 2 * r.capacity : 64;
            MlProduct *grown = ml_grow(memory, r.item, r.capacity, sizeof *grown);
            if (!grown) {
                ml_free(r.item);
                return MILIEU_NO_MEMORY;
            }
            r.item = grown;
        }
        read_product(&r, &r.item[r.n++]);
    }
    *item = r.item;
    *n = r.n;
    return MILIEU_OK;
}
