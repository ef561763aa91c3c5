/* SPDX-License-Identifier: Apache-2.0 */
/* FoodData Central of the USDA, as it is downloaded: food.csv, food_nutrient.csv, and where they are there nutrient.csv,
 * food_portion.csv and branded_food.csv, to rows of products; or the Standard Reference before it (SR28, SR Legacy in ASCII):
 * FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt. Figures are per 100 g, of branded drinks per 100 mL; what is not measured stays blank. */
#include "command.h"
#include "import.h"

#include "base/fail.h"
#include "base/text.h"
#include "products/product.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const fdc_kinds[] = {"foundation", "sr-legacy", "survey", "branded", NULL};
static const char *const data_types[] = {"foundation_food", "sr_legacy_food", "survey_fndds_food", "branded_food"};

/* The figures that are taken over, by the number of the nutrient; of several for one column the first that is there counts. */
enum { ENERGY = 1, WATER = 0, NFIGURE = 16 };
static const struct {
    int number;       /* nutrient_nbr */
    long id;          /* in all downloads so far */
    int column;       /* of the output */
    const char *unit; /* of the table */
} figures[] = {
    {255, 1051, 0, "G"},  {208, 1008, 1, "KCAL"}, {958, 2048, 1, "KCAL"}, {957, 2047, 1, "KCAL"}, {205, 1005, 2, "G"},
    {203, 1003, 3, "G"},  {204, 1004, 4, "G"},    {298, 1085, 4, "G"},    {307, 1093, 5, "MG"},   {306, 1092, 6, "MG"},
    {301, 1087, 7, "MG"}, {304, 1090, 8, "MG"},   {305, 1091, 9, "MG"},   {211, 1011, 10, "G"},   {212, 1012, 11, "G"},
    {210, 1010, 12, "G"}, {213, 1013, 13, "G"},   {221, 1018, 14, "G"},   {262, 1057, 15, "MG"},
};
enum { NSOURCE = sizeof figures / sizeof figures[0] };
static const char *const names[NFIGURE] = {"water_g",      "energy_kcal",   "carbohydrate_g", "protein_g",     "fat_g",     "sodium_mg",
                                           "potassium_mg", "calcium_mg",    "magnesium_mg",   "phosphorus_mg", "glucose_g", "fructose_g",
                                           "sucrose_g",    "lactose_g",     "alcohol_g",      "caffeine_mg"};
enum { CARBOHYDRATE = 2, FIRST_SUGAR = 10, LAST_SUGAR = 13 };
static const double grams[NFIGURE] = {1, 0, 1, 1, 1, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1, 1, 1, 1, 1, 1e-3};

typedef struct Food {
    long id;
    int kind, drink, per_volume;
    float serving, portion; /* g or mL; seq_num of the portion it came from */
    float value[NFIGURE];
    signed char from[NFIGURE]; /* index of figures; -1: none */
    char *title;
} Food;

typedef struct Import {
    const char *folder;
    unsigned kinds;
    Food *food;
    size_t n, room;
    long nutrient[NSOURCE]; /* nutrient_id of each figure */
    int nutrients;          /* rows of nutrient.csv */
    int reference;          /* the Standard Reference, not FoodData Central */
    Progress progress;
    milieu_error *error;
} Import;

static milieu_code no_memory(Import *m) { return ml_fail(m->error, MILIEU_NO_MEMORY, m->folder, "out of memory"); }

/* Now and then: how far, and whether to go on. */
static milieu_code go_on(Import *m, const TableFile *t) {
    if (t->line % 4096) return MILIEU_OK;
    char text[64];
    const char *slash = strrchr(t->path, '/');
    const double share = t->size > 0 ? (double)t->done / (double)t->size : 0;
    snprintf(text, sizeof text, "%.30s %.0f %%", slash ? slash + 1 : t->path, 100 * share);
    progress_show(&m->progress, share, text);
    return interrupted ? ml_fail(m->error, MILIEU_INTERRUPTED, t->path, "interrupted; nothing was written") : MILIEU_OK;
}

static milieu_code read_long(Import *m, const TableFile *t, const char *text, const char *what, long *value) {
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    return *text && !*end && !errno && *value >= 0 ? MILIEU_OK : table_fail(t, m->error, "%s: '%.40s' is no number", what, text);
}

static int by_id(const void *a, const void *b) {
    const Food *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static Food *find(const Import *m, long id) {
    const Food key = {.id = id};
    return bsearch(&key, m->food, m->n, sizeof key, by_id);
}

/* ---- the foods ---- */

static int kind_of(const char *type) {
    for (int i = 0; fdc_kinds[i]; i++)
        if (!strcmp(type, data_types[i])) return i;
    return -1;
}

/* Beverages of SR and Foundation are category 14, those of the surveys WWEIA categories 7002 to 7802. */
static int is_drink(const char *category) {
    const long c = strtol(category, NULL, 10);
    return c == 14 || (c >= 7002 && c <= 7802);
}

static milieu_code keep(Import *m, const TableFile *t, const char *id, int kind, const char *title, const char *category) {
    if (m->n == m->room) {
        const size_t room = m->room ? 2 * m->room : 4096;
        Food *grown = realloc(m->food, room * sizeof *grown);
        if (!grown) return no_memory(m);
        m->food = grown;
        m->room = room;
    }
    Food *f = &m->food[m->n];
    *f = (Food){.kind = kind, .drink = is_drink(category), .serving = NAN, .portion = INFINITY};
    memset(f->from, -1, sizeof f->from);
    ML_TRY(read_long(m, t, id, "fdc_id", &f->id));
    f->title = malloc(strlen(title) + 1);
    if (!f->title) return no_memory(m);
    memcpy(f->title, title, strlen(title) + 1);
    m->n++;
    return MILIEU_OK;
}

/* Runs over the rows of a table. */
typedef milieu_code OnRow(Import *m, const TableFile *t, const int *place);

static milieu_code run_over(Import *m, TableFile *t, const int *place, OnRow *row) {
    milieu_code code = MILIEU_OK;
    int got = 0;
    m->progress = progress_start();
    while (t->stream && code == MILIEU_OK && (got = table_row(t, m->error)) > 0) {
        code = go_on(m, t);
        if (code == MILIEU_OK) code = row(m, t, place);
    }
    progress_end(&m->progress);
    table_close(t);
    return code != MILIEU_OK ? code : got < 0 ? m->error->code : MILIEU_OK;
}

static milieu_code each_row(Import *m, const char *name, int needed, const char *const *column, OnRow *row) {
    TableFile t;
    int place[16];
    ML_TRY(table_open(&t, m->folder, name, needed, column, place, m->error));
    return run_over(m, &t, place, row);
}

static milieu_code each_reference_row(Import *m, const char *name, int needed, const int *place, OnRow *row) {
    TableFile t;
    ML_TRY(table_open_carets(&t, m->folder, name, needed, m->error));
    return run_over(m, &t, place, row);
}

static milieu_code on_food(Import *m, const TableFile *t, const int *place) {
    const int kind = kind_of(table_cell(t, place[1]));
    if (kind < 0 || !(m->kinds >> kind & 1)) return MILIEU_OK;
    return keep(m, t, table_cell(t, place[0]), kind, table_cell(t, place[2]), table_cell(t, place[3]));
}

/* Text in ISO 8859-1, as that of the Standard Reference, to UTF-8. */
static void to_utf8(const char *latin, char *text, size_t size) {
    size_t n = 0;
    for (const unsigned char *p = (const unsigned char *)latin; *p && n + 3 < size; p++) {
        if (*p >= 0x80) text[n++] = (char)(0xC0 | *p >> 6);
        text[n++] = (char)(*p >= 0x80 ? 0x80 | (*p & 0x3F) : *p);
    }
    text[n] = 0;
}

/* NDB_No, FdGrp_Cd (1400: beverages), Long_Desc. */
static milieu_code on_reference_food(Import *m, const TableFile *t, const int *place) {
    enum { SR_LEGACY = 1 };
    char title[512];
    if (!(m->kinds >> SR_LEGACY & 1)) return MILIEU_OK;
    to_utf8(table_cell(t, place[2]), title, sizeof title);
    return keep(m, t, table_cell(t, place[0]), SR_LEGACY, title, strcmp(table_cell(t, place[1]), "1400") ? "" : "14");
}

static milieu_code read_foods(Import *m) {
    static const char *const column[] = {"fdc_id", "data_type", "description", "food_category_id", NULL};
    static const int place[] = {0, 1, 2};
    const char *name = m->reference ? "FOOD_DES.txt" : "food.csv";
    ML_TRY(m->reference ? each_reference_row(m, name, 1, place, on_reference_food) : each_row(m, name, 1, column, on_food));
    if (m->n == 0) return ml_fail(m->error, MILIEU_BAD_INPUT, name, "there is no food of the kinds asked for; see --kind");
    qsort(m->food, m->n, sizeof *m->food, by_id);
    for (size_t i = 1; i < m->n; i++)
        if (m->food[i].id == m->food[i - 1].id)
            return ml_fail(m->error, MILIEU_BAD_INPUT, name, "the food %ld is there twice", m->food[i].id);
    return MILIEU_OK;
}

/* ---- their figures ---- */

static milieu_code on_nutrient(Import *m, const TableFile *t, const int *place) {
    m->nutrients++;
    for (int i = 0; i < NSOURCE; i++) {
        if (atof(table_cell(t, place[2])) != figures[i].number) continue;
        if (strcmp(table_cell(t, place[1]), figures[i].unit) != 0)
            return table_fail(t, m->error, "nutrient %d: found unit '%.20s', allowed: %s", figures[i].number, table_cell(t, place[1]),
                              figures[i].unit);
        ML_TRY(read_long(m, t, table_cell(t, place[0]), "id", &m->nutrient[i]));
    }
    return MILIEU_OK;
}

/* Not every download brings the table. */
static milieu_code read_nutrients(Import *m) {
    static const char *const column[] = {"id", "unit_name", "nutrient_nbr", NULL};
    for (int i = 0; i < NSOURCE; i++) m->nutrient[i] = -1;
    if (m->reference) return MILIEU_OK; /* which gives the numbers */
    ML_TRY(each_row(m, "nutrient.csv", 0, column, on_nutrient));
    for (int i = 0; i < NSOURCE; i++) {
        if (!m->nutrients) m->nutrient[i] = figures[i].id;
        if (figures[i].number == 307 && m->nutrient[i] < 0)
            return ml_fail(m->error, MILIEU_BAD_INPUT, "nutrient.csv", "sodium (nutrient_nbr 307) is not among the nutrients");
    }
    return MILIEU_OK;
}

/* By id; some downloads of the surveys give the number instead. */
static int figure_of(const Import *m, long nutrient) {
    for (int i = 0; i < NSOURCE; i++)
        if (m->nutrient[i] == nutrient) return i;
    for (int i = 0; i < NSOURCE && nutrient < 1000; i++)
        if (figures[i].number == nutrient) return i;
    return -1;
}

enum { MOST_FIGURE = 1000000, LEAST_DIFFERENCE = -5 }; /* carbohydrate, what is left of 100 g, may be a little below 0 */

static milieu_code on_figure(Import *m, const TableFile *t, const int *place) {
    long id, nutrient;
    ML_TRY(read_long(m, t, table_cell(t, place[1]), "nutrient_id", &nutrient));
    const int i = figure_of(m, nutrient);
    if (i < 0) return MILIEU_OK;
    ML_TRY(read_long(m, t, table_cell(t, place[0]), "fdc_id", &id));
    Food *f = find(m, id);
    const char *text = table_cell(t, place[2]), *end;
    double amount;
    if (!f || !*text) return MILIEU_OK;
    if (!ml_text_number(text, &end, &amount) || *end) return table_fail(t, m->error, "amount: '%.40s' is no number", text);
    if (!(amount > -MOST_FIGURE && amount < MOST_FIGURE))
        return table_fail(t, m->error, "amount: '%.40s' is beyond what 100 g can hold", text);
    const int c = figures[i].column;
    if (amount < (c == CARBOHYDRATE ? LEAST_DIFFERENCE : 0)) return table_fail(t, m->error, "amount: '%.40s' is less than nothing", text);
    if (f->from[c] >= 0 && f->from[c] <= i) return MILIEU_OK;
    f->from[c] = (signed char)i;
    f->value[c] = (float)fmax(amount, 0);
    return MILIEU_OK;
}

static milieu_code read_figures(Import *m) {
    static const char *const column[] = {"fdc_id", "nutrient_id", "amount", NULL};
    static const int place[] = {0, 1, 2}; /* NDB_No, Nutr_No, Nutr_Val */
    if (m->reference) return each_reference_row(m, "NUT_DATA.txt", 1, place, on_figure);
    return each_row(m, "food_nutrient.csv", 1, column, on_figure);
}

/* ---- servings ---- */

static milieu_code on_portion(Import *m, const TableFile *t, const int *place) {
    long id;
    const char *end;
    double weight, order;
    ML_TRY(read_long(m, t, table_cell(t, place[0]), "fdc_id", &id));
    Food *f = find(m, id);
    if (!f || !ml_text_number(table_cell(t, place[2]), &end, &weight) || !(weight > 0 && weight < MOST_FIGURE)) return MILIEU_OK;
    if (!ml_text_number(table_cell(t, place[1]), &end, &order)) order = 1e6;
    if (order >= f->portion) return MILIEU_OK;
    f->portion = (float)order;
    f->serving = (float)weight;
    return MILIEU_OK;
}

static milieu_code on_brand(Import *m, const TableFile *t, const int *place) {
    long id;
    const char *end, *unit = table_cell(t, place[2]);
    double size;
    ML_TRY(read_long(m, t, table_cell(t, place[0]), "fdc_id", &id));
    Food *f = find(m, id);
    if (!f) return MILIEU_OK;
    f->per_volume = !strcmp(unit, "ml") || !strcmp(unit, "mL") || !strcmp(unit, "MLT");
    const int weighed = !strcmp(unit, "g") || !strcmp(unit, "GRM");
    if ((weighed || f->per_volume) && ml_text_number(table_cell(t, place[1]), &end, &size) && size > 0 && size < MOST_FIGURE) f->serving = (float)size;
    return MILIEU_OK;
}

static milieu_code read_servings(Import *m) {
    static const char *const portion[] = {"fdc_id", "seq_num", "gram_weight", NULL};
    static const char *const brand[] = {"fdc_id", "serving_size", "serving_size_unit", NULL};
    static const int place[] = {0, 1, 4}; /* NDB_No, Seq, Gm_Wgt */
    if (m->reference) return each_reference_row(m, "WEIGHT.txt", 0, place, on_portion);
    ML_TRY(each_row(m, "food_portion.csv", 0, portion, on_portion));
    return m->kinds >> 3 & 1 ? each_row(m, "branded_food.csv", 0, brand, on_brand) : MILIEU_OK;
}

/* ---- writing ---- */

/* Lower-case words of the description, joined by hyphens, cut at a word; the id makes it unique: butter-salted-173410. */
static void name_of(const Food *f, char *name, size_t size) {
    enum { LONGEST = 44 };
    size_t n = 0, word = 0;
    for (const char *p = f->title; *p; p++) {
        const int c = tolower((unsigned char)*p);
        const int good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!good && n > 0 && name[n - 1] != '-' && n < LONGEST) name[n++] = '-', word = n;
        if (good && n == LONGEST) {
            n = word > 0 ? word : n;
            break;
        }
        if (good) name[n++] = (char)c;
    }
    while (n > 0 && name[n - 1] == '-') n--;
    snprintf(name + n, size - n, "%s%ld", n ? "-" : "food-", f->id);
}

static void write_text(const char *text, FILE *out) {
    putc('"', out);
    for (const char *p = text; *p; p++) {
        if (*p == '"') putc('"', out);
        putc((unsigned char)*p < ' ' ? ' ' : *p, out);
    }
    putc('"', out);
}

/* Why a food is of no use, as the reader of products sees it: 0 without figures, 1 more than a whole, 2 more energy than pure fat has; -1: it is fine. */
static int fault(const Food *f) {
    double sum = 0, sugars = 0;
    int n = 0;
    for (int c = 0; c < NFIGURE; c++) {
        if (f->from[c] < 0) continue;
        n++;
        *(c >= FIRST_SUGAR && c <= LAST_SUGAR ? &sugars : &sum) += grams[c] * f->value[c];
    }
    sum += f->from[CARBOHYDRATE] >= 0 ? fmax(sugars - f->value[CARBOHYDRATE], 0) : sugars; /* carbohydrate holds the sugars */
    if (n == 0) return 0;
    if (sum > (f->per_volume ? 150 : 100.9)) return 1;
    return f->from[ENERGY] >= 0 && f->value[ENERGY] > 930 ? 2 : -1;
}

static void write_food(const Import *m, const Food *f, FILE *out) {
    char name[64];
    name_of(f, name, sizeof name);
    fprintf(out, "%s,", name);
    write_text(f->title, out);
    fprintf(out, ",%s,%s,", f->drink || f->per_volume ? "drink" : "food", f->per_volume ? "mL" : "g");
    if (!isnan(f->serving)) fprintf(out, f->per_volume ? ",%.6g" : "%.6g,", (double)f->serving);
    else putc(',', out);
    for (int c = 0; c < NFIGURE; c++)
        if (f->from[c] >= 0) fprintf(out, ",%.6g", (double)f->value[c]);
        else putc(',', out);
    if (m->reference) fprintf(out, ",USDA National Nutrient Database for Standard Reference %05ld\n", f->id);
    else fprintf(out, ",USDA FoodData Central %s %ld\n", fdc_kinds[f->kind], f->id);
}

static milieu_code write_foods(const Import *m, FILE *out, FdcCount *count) {
    fputs("# Made from tables of foods of the USDA (public domain); figures per 100 g or mL, blank where nobody measured.\n"
          "name,title,kind,basis,serving_g,serving_mL",
          out);
    for (int c = 0; c < NFIGURE; c++) fprintf(out, ",%s", names[c]);
    fputs(",source\n", out);
    for (size_t i = 0; i < m->n; i++) {
        const int why = fault(&m->food[i]);
        if (why >= 0) {
            count->left_out++;
            count->by_reason[why]++;
            continue;
        }
        write_food(m, &m->food[i], out);
        count->foods++;
    }
    if (count->foods == 0) return ml_fail(m->error, MILIEU_BAD_INPUT, m->folder, "none of the %d foods has figures that can be used", count->left_out);
    return ferror(out) ? ml_fail(m->error, MILIEU_FILE_IO, "import", "the output cannot be written") : MILIEU_OK;
}

/* Whether the folder holds this table. */
static int is_there(const char *folder, const char *name) {
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (f) fclose(f);
    return f != NULL;
}

milieu_code fdc_import(const char *folder, unsigned kinds, FILE *out, FdcCount *count, milieu_error *error) {
    Import m = {.folder = folder, .kinds = kinds, .error = error};
    m.reference = !is_there(folder, "food.csv") && is_there(folder, "FOOD_DES.txt");
    *count = (FdcCount){0};
    milieu_code code = read_foods(&m);
    if (code == MILIEU_OK) code = read_nutrients(&m);
    if (code == MILIEU_OK) code = read_figures(&m);
    if (code == MILIEU_OK) code = read_servings(&m);
    if (code == MILIEU_OK) code = write_foods(&m, out, count);
    for (size_t i = 0; i < m.n; i++) free(m.food[i].title);
    free(m.food);
    return code;
}
