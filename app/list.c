/* SPDX-License-Identifier: Apache-2.0 */
/* milieu list: what there is. */
#include "command.h"
#include "tables.h"

#include "base/fail.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { JSON = 256, PRODUCTS, MAX_COLUMNS = 12, MAX_TABLES = 32, WIDEST = 64, FEW = 3 };

static const Option OPTIONS[] = {
    {JSON, "json", NULL, "print for machines, with all that is known of each row"},
    PRODUCTS_OPTION(PRODUCTS),
    {0},
};

typedef struct Column {
    char name[32];
    int width;
} Column;

/* Every text of a row, one after the other, so that a search finds any. */
static bool row_holds(const json_t *value, const char *word) {
    if (json_is_string(value)) return ml_text_contains(json_string_value(value), word);
    const char *key;
    json_t *item;
    size_t i;
    json_object_foreach((json_t *)value, key, item) if (row_holds(item, word)) return true;
    json_array_foreach(value, i, item) if (row_holds(item, word)) return true;
    return false;
}

/* Removes the rows that do not hold every word. */
static void filter(json_t *table, const char *const *word, int nword) {
    for (size_t i = json_array_size(table); i-- > 0;)
        for (int k = 0; k < nword; k++) {
            if (row_holds(json_array_get(table, i), word[k])) continue;
            json_array_remove(table, i);
            break;
        }
}

/* A value in a cell: lists as words, a switch as a word only where it says no. */
static void cell(const json_t *value, char *text, size_t size) {
    text[0] = 0;
    if (json_is_string(value))
        snprintf(text, size, "%s", json_string_value(value));
    else if (json_is_number(value))
        snprintf(text, size, "%.6g", json_number_value(value));
    else if (json_is_false(value))
        snprintf(text, size, "not yet");
    size_t i, used = 0;
    json_t *item;
    json_array_foreach(value, i, item) {
        json_t *name = json_is_object(item) ? json_object_get(item, "name") : item;
        if (used < size && json_is_string(name))
            used +=
                (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", json_string_value(name));
    }
}

/* Columns as wide as their widest cell; the last is as wide as it is. */
static int measure(const Table *table, const json_t *rows, Column *column) {
    int n = 0;
    for (const char *p = table->columns; *p && n < MAX_COLUMNS; n++) {
        int length = (int)strcspn(p, " ");
        column[n] = (Column){.width = length};
        snprintf(column[n].name, sizeof column[n].name, "%.*s", length, p);
        p += length;
        p += strspn(p, " ");
    }
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) for (int c = 0; c < n; c++) {
        char text[512];
        cell(json_object_get(row, column[c].name), text, sizeof text);
        int width = ml_text_width(text, strlen(text));
        if (width > column[c].width) column[c].width = width < WIDEST ? width : WIDEST;
    }
    return n;
}

/* Between a cell that leaves so many columns and the next. */
static int gap(int left) { return left > 0 ? left + 2 : 2; }

static void print_line(const Column *column, int n, const json_t *row) {
    for (int c = 0; c < n; c++) {
        char text[512];
        if (row)
            cell(json_object_get(row, column[c].name), text, sizeof text);
        else
            snprintf(text, sizeof text, "%s", column[c].name);
        if (c == n - 1)
            printf("%s\n", text);
        else
            printf("%s%*s", text, gap(column[c].width - ml_text_width(text, strlen(text))), "");
    }
}

static bool has_column(const Column *column, int n, const char *name) {
    for (int c = 0; c < n; c++)
        if (strcmp(column[c].name, name) == 0) return true;
    return false;
}

/* What is known of each part of a row, such as the fields of an event: "amount (needed): How much". */
static bool print_parts(const char *key, const json_t *value) {
    size_t i;
    json_t *item;
    if (!json_is_object(json_array_get(value, 0))) return false;
    printf("%s:\n", key);
    json_array_foreach(value, i, item) {
        const char *name = json_string_value(json_object_get(item, "name")), *need = json_string_value(json_object_get(item, "need"));
        const char *text = json_string_value(json_object_get(item, "text"));
        char allowed[1024];
        cell(json_object_get(item, "allowed"), allowed, sizeof allowed);
        printf("  %s%s%s%s%s%s%s%s\n", name ? name : "", need ? " (" : "", need ? need : "", need ? ")" : "", text ? ": " : "", text ? text : "",
               *allowed ? "; one of " : "", allowed);
    }
    return true;
}

/* All else that is known of a row. */
static void print_rest(const Column *column, int n, const json_t *row) {
    const char *key;
    json_t *value;
    printf("\n");
    json_object_foreach((json_t *)row, key, value) {
        char text[2048];
        if (print_parts(key, value) || has_column(column + 1, n - 1, key)) continue;
        cell(value, text, sizeof text);
        if (*text) printf("%s: %s\n", key, text);
    }
}

static void print_table(const Table *table, const json_t *rows) {
    Column column[MAX_COLUMNS];
    int n = measure(table, rows, column);
    size_t i;
    json_t *row;
    print_line(column, n, NULL);
    json_array_foreach(rows, i, row) print_line(column, n, row);
    if (json_array_size(rows) > FEW) return;
    json_array_foreach(rows, i, row) print_rest(column, n, row);
}

static const Table *find_table(const char *name) {
    const char *names[MAX_TABLES];
    size_t n = 0;
    if (strcmp(name, "outputs") == 0) name = "quantities"; /* as docs call them, too */
    for (; table_at((int)n) && n < MAX_TABLES; n++) {
        names[n] = table_at((int)n)->name;
        if (strcmp(names[n], name) == 0) return table_at((int)n);
    }
    const char *near = ml_nearest(name, names, n);
    complain("list: there is no table '%s'%s%s%s; milieu list names them", name,
             near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
    return NULL;
}

/* The name of a row that is nearest to a word; "": none is near. */
static void nearest_name(const json_t *rows, const char *word, char *near, size_t size) {
    const size_t n = json_array_size(rows);
    const char **names = calloc(n + 1, sizeof *names), *found;
    near[0] = 0;
    if (!names) return;
    for (size_t i = 0; i < n; i++) names[i] = json_string_value(json_object_get(json_array_get(rows, i), "name"));
    found = ml_nearest(word, names, n);
    if (found) snprintf(near, size, "%s", found);
    free(names);
}

static int show(const Table *table, const char *const *word, int nword, bool as_json) {
    milieu_error error = {0};
    json_t *rows = table->build(&error);
    if (!rows && error.code == MILIEU_OK) ml_fail(&error, MILIEU_NO_MEMORY, "list", "out of memory");
    if (!rows) return failed(&error);
    char near[128];
    nearest_name(rows, nword ? word[nword - 1] : "", near, sizeof near);
    filter(rows, word, nword);
    if (as_json) {
        json_dumpf(rows, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
        putchar('\n');
    } else if (json_array_size(rows) > 0) {
        print_table(table, rows);
    } else {
        printf("Nothing in %s holds %s.%s%s%s\n", table->name, nword > 1 ? "all these words" : "that text", *near ? " Did you mean '" : "", near, *near ? "'?" : "");
    }
    json_decref(rows);
    return finish_output();
}

/* Files of products are looked at whatever the table. */
static int readable_products(void) {
    milieu_error error = {0};
    MlProducts *all;
    if (products_with_own(&all, &error) != MILIEU_OK) return failed(&error);
    ml_products_free(all);
    return EXIT_DONE;
}

static int list(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    const char *word[16], *value;
    int id, nword = 0;
    bool as_json = false, own = false;
    while ((id = args_next(&args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args.status;
        if (id == JSON)
            as_json = true;
        else if (id == PRODUCTS) {
            if (own_products_wish("list", value) != EXIT_DONE) return EXIT_BAD_INPUT;
            own = true;
        }
        else if (nword < 16)
            word[nword++] = value;
    }
    if (nword == 0) word[nword++] = "tables";
    if (own && (id = readable_products()) != EXIT_DONE) return id;
    const Table *table = find_table(word[0]);
    return table ? show(table, word + 1, nword - 1, as_json) : EXIT_BAD_INPUT;
}

const Command command_list = {
    .name = "list",
    .arguments = "[TABLE [TEXT ...]] [options]",
    .summary = "List what there is: quantities, products, events ...",
    .details = "Tables: quantities, parameters, products, menus, drugs, conditions, presets, labs, events, losses,\n"
               "infections, flags, limits, units; alone it tells what each is.\n"
               "With TEXT only the rows that hold every word of it, in any column; of three rows and fewer, all that is known.",
    .options = OPTIONS,
    .run = list,
};
