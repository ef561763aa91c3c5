/* SPDX-License-Identifier: Apache-2.0 */
#include "products/product.h"

#include "base/text.h"
#include "products/data.h"
#include "products/menu.h"
#include "products/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name or alias, and the product it stands for. */
typedef struct Name {
    const char *text;
    size_t product;
} Name;

struct MlProducts {
    MlProduct *item;
    size_t n;
    Name *name; /* sorted */
    size_t nname;
    char **text; /* what the products' text points into */
    size_t ntext;
    MlMenus *menus;
};

static int by_text(const void *a, const void *b) {
    const Name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->product > y->product) - (x->product < y->product);
}

/* Lists all names, sorted. */
static milieu_code list_names(const MlMemory *memory, const MlProduct *item, size_t n, Name **name,
                              size_t *nname) {
    size_t total = 0, k = 0;
    for (size_t i = 0; i < n; i++) total += 1 + (size_t)item[i].nalias;
    Name *list = ml_new(memory, total + 1, sizeof *list);
    if (!list) return MILIEU_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        list[k++] = (Name){item[i].name, i};
        const char *alias = item[i].alias;
        for (int j = 0; j < item[i].nalias; j++, alias += strlen(alias) + 1) list[k++] = (Name){alias, i};
    }
    qsort(list, total, sizeof *list, by_text);
    *name = list;
    *nname = total;
    return MILIEU_OK;
}

/* Sees that each name stands for one product. A later file takes an alias of an earlier one for itself; any
 * other name given twice is an error of the later row. Returns how many names are left. */
static size_t check_names(const MlProduct *item, Name *name, size_t n, MlCsvErrors *errors) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && !strcmp(name[kept - 1].text, name[i].text)) {
            const MlProduct *first = &item[name[kept - 1].product], *second = &item[name[i].product];
            int is_alias = name[kept - 1].text != first->name;
            if (is_alias && first->file != second->file)
                kept--;
            else
                ml_csv_fail(errors, second->file, second->line, 1,
                            "the name %s is already taken by %s (%s:%d)", name[i].text, first->name,
                            first->file, first->line);
        }
        name[kept++] = name[i];
    }
    return kept;
}

static int by_pointed_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Puts the rows read behind those of the table; rows of the table that have the same name go. */
static milieu_code merge(const MlProducts *t, const MlProduct *added, size_t nadded, MlProduct **item,
                         size_t *n, int *replaced) {
    const MlMemory *memory = ml_memory_of(t);
    const char **fresh = ml_new(memory, nadded + 1, sizeof *fresh);
    MlProduct *all = ml_new(memory, t->n + nadded + 1, sizeof *all);
    if (!fresh || !all) {
        ml_free(fresh);
        ml_free(all);
        return MILIEU_NO_MEMORY;
    }
    for (size_t i = 0; i < nadded; i++) fresh[i] = added[i].name;
    qsort(fresh, nadded, sizeof *fresh, by_pointed_text);
    size_t k = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (bsearch(&t->item[i].name, fresh, nadded, sizeof *fresh, by_pointed_text))
            ++*replaced;
        else
            all[k++] = t->item[i];
    }
    ml_free(fresh);
    for (size_t i = 0; i < nadded; i++) all[k++] = added[i];
    *item = all;
    *n = k;
    return MILIEU_OK;
}

/* Adds text that the table then owns; on any error nothing is kept. */
static milieu_code add_owned(MlProducts *t, const char *file, char *text, int *replaced,
                             MlCsvErrors *errors) {
    const MlMemory *memory = ml_memory_of(t);
    MlProduct *added = NULL, *item = NULL;
    Name *name = NULL;
    size_t nadded = 0, n = 0, nname = 0, before = errors->n;
    int gone = 0;
    milieu_code code = ml_products_read(memory, file, text, &added, &nadded, errors);
    if (code == MILIEU_OK) code = merge(t, added, nadded, &item, &n, &gone);
    if (code == MILIEU_OK) code = list_names(memory, item, n, &name, &nname);
    if (code == MILIEU_OK) nname = check_names(item, name, nname, errors);
    ml_free(added);
    char **texts = code == MILIEU_OK ? ml_grow(memory, t->text, t->ntext + 1, sizeof *texts) : NULL;
    if (texts)
        t->text = texts;
    else if (code == MILIEU_OK)
        code = MILIEU_NO_MEMORY;
    if (code == MILIEU_OK && errors->lost) code = MILIEU_NO_MEMORY;
    if (code == MILIEU_OK && errors->n > before) code = MILIEU_BAD_INPUT;
    if (code != MILIEU_OK) {
        ml_free(item);
        ml_free(name);
        return code;
    }
    t->text[t->ntext++] = text;
    ml_free(t->item);
    ml_free(t->name);
    t->item = item, t->n = n;
    t->name = name, t->nname = nname;
    if (replaced) *replaced += gone;
    return MILIEU_OK;
}

milieu_code ml_products_add_text(MlProducts *table, const char *file, const char *text, size_t size,
                                 int *replaced, MlCsvErrors *errors, milieu_error *err) {
    size_t before = errors->n, name_size = strlen(file) + 1;
    /* One block holds the text and the name of the file. */
    char *copy = ml_new(ml_memory_of(table), 1, size + 1 + name_size);
    if (!copy) return ml_fail(err, MILIEU_NO_MEMORY, file, "out of memory");
    memcpy(copy, text, size);
    copy[size] = 0;
    memcpy(copy + size + 1, file, name_size);
    const char *nul = memchr(copy, 0, size);
    if (nul) ml_csv_fail(errors, file, 1, 1, "byte %zu is NUL: this is no text", (size_t)(nul - copy) + 1);
    milieu_code code = nul ? MILIEU_BAD_INPUT : add_owned(table, copy + size + 1, copy, replaced, errors);
    if (code == MILIEU_OK) return code;
    ml_free(copy);
    if (code == MILIEU_BAD_INPUT && errors->n > before) {
        if (err) *err = errors->item[before];
        return code;
    }
    return ml_fail(err, code, file, "out of memory");
}

milieu_code ml_products_add_file(MlProducts *table, const char *path, int *replaced, MlCsvErrors *errors,
                                 milieu_error *err) {
    errno = 0;
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, capacity = 0;
    int failed = !f;
    while (!failed && !feof(f)) {
        if (size == capacity) {
            capacity = capacity ? 2 * capacity : 65536;
            char *grown = ml_grow(ml_memory_of(table), text, capacity, 1);
            if (!grown) {
                ml_free(text);
                fclose(f);
                return ml_fail(err, MILIEU_NO_MEMORY, path, "out of memory");
            }
            text = grown;
        }
        size += fread(text + size, 1, capacity - size, f);
        failed = ferror(f);
    }
    if (f) fclose(f);
    milieu_code code = failed ? ml_fail(err, MILIEU_FILE_IO, path, "cannot be read: %s", errno ? strerror(errno) : "unknown why")
                              : ml_products_add_text(table, path, text, size, replaced, errors, err);
    ml_free(text);
    return code;
}

milieu_code ml_products_create_empty(const MlMemory *memory, MlProducts **table, milieu_error *err) {
    *table = ml_new(memory, 1, sizeof **table);
    return *table ? MILIEU_OK : ml_fail(err, MILIEU_NO_MEMORY, "products", "out of memory");
}

milieu_code ml_products_create(const MlMemory *memory, MlProducts **table, milieu_error *err) {
    ML_TRY(ml_products_create_empty(memory, table, err));
    MlCsvErrors errors = {.memory = memory};
    milieu_code code = MILIEU_OK;
    for (size_t i = 0; i < ml_product_file_count && code == MILIEU_OK; i++) {
        const MlDataFile *f = &ml_product_files[i];
        code = ml_products_add_text(*table, f->name, f->text, f->size, NULL, &errors, err);
    }
    if (code == MILIEU_OK)
        code = ml_menus_read(memory, *table, ml_menu_file.name, ml_menu_file.text, ml_menu_file.size, &(*table)->menus, &errors, err);
    ml_csv_errors_free(&errors);
    if (code == MILIEU_OK) return code;
    ml_products_free(*table);
    *table = NULL;
    return code;
}

void ml_products_free(MlProducts *table) {
    if (!table) return;
    for (size_t i = 0; i < table->ntext; i++) ml_free(table->text[i]);
    ml_free(table->text);
    ml_free(table->name);
    ml_free(table->item);
    ml_menus_free(table->menus);
    ml_free(table);
}

const MlMenus *ml_products_menus(const MlProducts *table) { return table->menus; }

size_t ml_products_count(const MlProducts *table) { return table->n; }

const MlProduct *ml_products_at(const MlProducts *table, size_t i) { return &table->item[i]; }

const MlProduct *ml_products_find(const MlProducts *table, const char *name) {
    size_t low = 0, high = table->nname;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, table->name[middle].text);
        if (order == 0) return &table->item[table->name[middle].product];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *ml_products_nearest(const MlProducts *table, const char *name) {
    const char **names = ml_new(ml_memory_of(table), table->nname + 1, sizeof *names);
    if (!names) return NULL;
    for (size_t i = 0; i < table->nname; i++) names[i] = table->name[i].text;
    const char *nearest = ml_nearest(name, names, table->nname);
    ml_free(names);
    return nearest;
}
