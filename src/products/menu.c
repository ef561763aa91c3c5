/* SPDX-License-Identifier: Apache-2.0 */
#include "products/menu.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

struct MlMenus {
    char *text;
    MlMenu *menu;
    MlMenuItem *item;
    int n, nitem, room, item_room;
};

enum { MENU, TITLE, MEAL, PRODUCT, AMOUNT, SOURCE, COLUMNS };
static const char *const columns[COLUMNS] = {"menu", "title", "meal", "product", "amount_g", "source"};

void ml_menus_free(MlMenus *m) {
    if (!m) return;
    ml_free(m->text);
    ml_free(m->menu);
    ml_free(m->item);
    ml_free(m);
}

/* Where each column stands; 0 after an error. */
static int read_header(const MlCsv *csv, MlCsvErrors *errors, int *place) {
    int good = 1;
    for (int k = 0; k < COLUMNS; k++) {
        place[k] = -1;
        for (int c = 0; c < csv->ncell; c++)
            if (!strcmp(csv->cell[c].text, columns[k])) place[k] = c;
        if (place[k] < 0) ml_csv_fail(errors, csv->file, csv->line, 1, "there is no column %s", columns[k]), good = 0;
    }
    return good;
}

static milieu_code grow(MlMenus *m) {
    if (m->n == m->room) {
        MlMenu *grown = ml_grow(ml_memory_of(m), m->menu, (size_t)(m->room + 16), sizeof *grown);
        if (!grown) return MILIEU_NO_MEMORY;
        m->menu = grown;
        m->room += 16;
    }
    if (m->nitem == m->item_room) {
        MlMenuItem *grown = ml_grow(ml_memory_of(m), m->item, (size_t)(2 * m->item_room + 64), sizeof *grown);
        if (!grown) return MILIEU_NO_MEMORY;
        m->item = grown;
        m->item_room = 2 * m->item_room + 64;
    }
    return MILIEU_OK;
}

/* One line: another food of the menu before, or the first of a new one. */
static milieu_code read_row(MlMenus *m, const MlProducts *products, const MlCsv *csv, const int *place, MlCsvErrors *errors) {
    static const MlCsvCell none = {"", 0, 0};
    const MlCsvCell *cell[COLUMNS];
    const char *end = "";
    double grams = 0;
    ML_TRY(grow(m));
    for (int k = 0; k < COLUMNS; k++) cell[k] = place[k] < csv->ncell ? &csv->cell[place[k]] : &none;
#define FAIL(k, ...) ml_csv_fail(errors, csv->file, csv->cell[0].line, cell[k]->column ? cell[k]->column : 1, __VA_ARGS__)
    const MlMenu *last = m->n ? &m->menu[m->n - 1] : NULL;
    if (*cell[TITLE]->text) {
        for (int i = 0; i < m->n; i++)
            if (!strcmp(m->menu[i].name, cell[MENU]->text)) FAIL(MENU, "the menu %s is there already", cell[MENU]->text);
        if (!*cell[MENU]->text) FAIL(MENU, "a menu needs a name");
        if (!*cell[SOURCE]->text) FAIL(SOURCE, "%s: a menu needs its source", cell[MENU]->text);
        m->menu[m->n++] = (MlMenu){cell[MENU]->text, cell[TITLE]->text, cell[SOURCE]->text, NULL, 0};
    } else if (!last || strcmp(last->name, cell[MENU]->text) != 0) {
        FAIL(MENU, "the first line of a menu states its title");
        return MILIEU_OK;
    }
    if (!ml_products_find(products, cell[PRODUCT]->text)) FAIL(PRODUCT, "there is no product '%s'", cell[PRODUCT]->text);
    if (!ml_text_number(cell[AMOUNT]->text, &end, &grams) || *end || !(grams > 0 && grams <= 5000))
        FAIL(AMOUNT, "'%s': more than 0 and at most 5000 g belong here", cell[AMOUNT]->text);
#undef FAIL
    m->menu[m->n - 1].nitem++;
    m->item[m->nitem++] = (MlMenuItem){cell[MEAL]->text, cell[PRODUCT]->text, grams};
    return MILIEU_OK;
}

milieu_code ml_menus_read(const MlMemory *memory, const MlProducts *products, const char *file, const char *text, size_t size,
                          MlMenus **menus, MlCsvErrors *errors, milieu_error *err) {
    const size_t before = errors->n;
    int place[COLUMNS];
    MlCsv csv;
    MlMenus *m = *menus = ml_new(memory, 1, sizeof *m);
    if (m) m->text = ml_new(memory, size + 1, 1);
    milieu_code code = m && m->text ? MILIEU_OK : MILIEU_NO_MEMORY;
    if (code == MILIEU_OK) {
        memcpy(m->text, text, size);
        ml_csv_open(&csv, file, m->text, errors);
        if (memchr(text, 0, size)) ml_csv_fail(errors, file, 1, 1, "a NUL byte: this is no text");
        else if (!ml_csv_row(&csv)) ml_csv_fail(errors, file, 1, 1, "no header");
        else if (read_header(&csv, errors, place))
            while (code == MILIEU_OK && ml_csv_row(&csv)) code = read_row(m, products, &csv, place, errors);
    }
    if (code == MILIEU_OK && errors->lost) code = MILIEU_NO_MEMORY;
    if (code == MILIEU_OK && errors->n == before) {
        const MlMenuItem *item = m->item;
        for (int i = 0; i < m->n; i++) m->menu[i].item = item, item += m->menu[i].nitem;
        return MILIEU_OK;
    }
    ml_menus_free(m);
    *menus = NULL;
    if (code != MILIEU_OK) return ml_fail(err, code, file, "out of memory");
    if (err) *err = errors->item[before];
    return MILIEU_BAD_INPUT;
}

/* ---- asking ---- */

int ml_menu_count(const MlProducts *products) {
    const MlMenus *m = ml_products_menus(products);
    return m ? m->n : 0;
}

const MlMenu *ml_menu_at(const MlProducts *products, int i) { return &ml_products_menus(products)->menu[i]; }

const MlMenu *ml_menu_find(const MlProducts *products, const char *name) {
    for (int i = 0; i < ml_menu_count(products); i++)
        if (!strcmp(ml_menu_at(products, i)->name, name)) return ml_menu_at(products, i);
    return NULL;
}

const char *ml_menu_nearest(const MlProducts *products, const char *name) {
    enum { MOST = 64 };
    const char *names[MOST];
    size_t n = 0;
    for (; (int)n < ml_menu_count(products) && n < MOST; n++) names[n] = ml_menu_at(products, (int)n)->name;
    return ml_nearest(name, names, n);
}

MlMenuDay ml_menu_day(const MlMenu *menu, const MlProducts *products) {
    MlMenuDay day = {0};
    for (int i = 0; i < menu->nitem; i++) {
        const MlProduct *p = ml_products_find(products, menu->item[i].product);
        if (!p) continue;
        const double *v = p->composition.value;
        const double density = isnan(p->density) ? 1 : p->density;
        const double size = 1e-3 * menu->item[i].grams / (p->per_volume ? density : 1);
#define ADD(field, id) \
    if (!isnan(v[ML_NUTRIENT_##id])) day.field += size * v[ML_NUTRIENT_##id]
        ADD(sodium, SODIUM);
        ADD(potassium, POTASSIUM);
        ADD(calcium, CALCIUM);
        ADD(magnesium, MAGNESIUM);
        ADD(phosphorus, PHOSPHATE);
        ADD(protein, PROTEIN);
        ADD(energy, ENERGY);
        ADD(water, WATER);
        if (p->kind == ML_FOOD) ADD(food_water, WATER);
#undef ADD
    }
    return day;
}
