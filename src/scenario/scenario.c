/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/scenario.h"

#include "person/person.h"
#include "scenario/reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { VERSION = 1, MAX_INCLUDE_DEPTH = 16, MAX_FILES = 64, PATH_SIZE = 4096 };

static const char *const KEYS[] = {"milieu", "title",    "include",  "person",   "start",
                                   "meals",  "drinking", "duration", "timeline", "report"};
enum { NKEY = sizeof KEYS / sizeof *KEYS };

/* Files that are being read, the outermost first, and the documents that the nodes of events belong to. */
typedef struct Files {
    bool from_memory;
    int depth, ndocument;
    struct stat open[MAX_INCLUDE_DEPTH];
    MlDocument *document[MAX_FILES];
} Files;

static void read_fields(const MlReader *r, Files *files, const MlNode *node, MlScenario *s);

/* ---- include ---- */

/* path as seen from the file that names it. */
static bool resolve(const MlReader *r, const MlNode *node, char path[PATH_SIZE]) {
    const char *slash = strrchr(node->file, '/');
    size_t folder = slash && node->text[0] != '/' ? (size_t)(slash - node->file) + 1 : 0;
    int n = snprintf(path, PATH_SIZE, "%.*s%s", (int)folder, node->file, node->text);
    if (n > 0 && n < PATH_SIZE) return true;
    ml_node_error(r->issues, node, "include: the path is too long");
    return false;
}

static bool enter(const MlReader *r, Files *files, const MlNode *node, const char *path) {
    char found[ML_FOUND_SIZE];
    struct stat info;
    ml_node_found(node, found);
    if (stat(path, &info) != 0) {
        ml_node_error(r->issues, node, "include: there is no file '%.200s'", path);
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        ml_node_error(r->issues, node, "include: %s is not a plain file", found);
        return false;
    }
    for (int i = 0; i < files->depth; i++) {
        if (files->open[i].st_dev != info.st_dev || files->open[i].st_ino != info.st_ino) continue;
        ml_node_error(r->issues, node, "include: %s includes itself, directly or by way of others", found);
        return false;
    }
    if (files->depth == MAX_INCLUDE_DEPTH || files->ndocument == MAX_FILES) {
        ml_node_error(r->issues, node, "include: more than %d files, or deeper than %d", MAX_FILES,
                      MAX_INCLUDE_DEPTH);
        return false;
    }
    files->open[files->depth++] = info;
    return true;
}

static void include(const MlReader *r, Files *files, const MlNode *node, MlScenario *s) {
    char path[PATH_SIZE], found[ML_FOUND_SIZE];
    if (node->kind == ML_SEQUENCE) {
        for (int i = 0; i < node->n; i++)
            if (node->item[i]->kind == ML_SEQUENCE)
                ml_node_error(r->issues, node->item[i], "include: found a list in a list");
            else
                include(r, files, node->item[i], s);
        return;
    }
    if (node->broken) return;
    if (node->kind != ML_SCALAR || !*node->text || ml_node_is_null(node)) {
        ml_node_error(r->issues, node, "include: found %s, but the name of a file belongs here",
                      ml_node_found(node, found));
        return;
    }
    if (files->from_memory) {
        ml_node_error(r->issues, node, "include: no other file can be read from here");
        return;
    }
    if (!resolve(r, node, path) || !enter(r, files, node, path)) return;
    MlDocument *document = ml_document_read(path, r->issues);
    if (document) {
        files->document[files->ndocument++] = document;
        read_fields(r, files, ml_document_root(document), s);
    }
    files->depth--;
}

/* ---- the fields of a scenario ---- */

static void read_version(const MlReader *r, const MlNode *node) {
    char found[ML_FOUND_SIZE];
    if (node->kind != ML_SCALAR || strcmp(node->text, "1") != 0)
        ml_node_error(r->issues, node, "milieu: found %s, but this program reads version %d of the format",
                      ml_node_found(node, found), VERSION);
}

static void read_report(const MlReader *r, const MlNode *node, MlScenario *s) {
    static const char *const keys[] = {"every", "quantities"};
    milieu_error error;
    int output;
    if (ml_node_is_null(node) || !ml_expect_mapping(r->issues, node, "report")) return;
    for (int i = 0; i < node->n; i++)
        if (strcmp(node->key[i]->text, "every") != 0 && strcmp(node->key[i]->text, "quantities") != 0)
            ml_unknown_key(r->issues, node->key[i], "report", keys, 2);
    const MlNode *every = ml_node_get(node, "every"), *quantities = ml_node_get(node, "quantities");
    if (every) ml_read_time(r->issues, every, "report.every", 0.01, ML_LONGEST, &s->every);
    if (!quantities || ml_node_is_null(quantities) ||
        !ml_expect_list(r->issues, quantities, "report.quantities"))
        return;
    s->nquantity = 0;
    for (int i = 0; i < quantities->n; i++) {
        const MlNode *name = quantities->item[i];
        if (!ml_read_quantity(r->issues, name, "report.quantities", r->arm, &output) || r->arm) continue;
        if (ml_scenario_ask(s, output, &error) != MILIEU_OK)
            ml_issues_add(r->issues, error.code, name->file, name->line, name->column, "%s", error.text);
    }
}

static void read_field(const MlReader *r, const MlNode *key, const MlNode *value, MlScenario *s) {
    const char *k = key->text;
    if (strcmp(k, "milieu") == 0)
        read_version(r, value);
    else if (strcmp(k, "title") == 0)
        ml_read_text(r->issues, value, k, s->title, sizeof s->title);
    else if (strcmp(k, "person") == 0)
        ml_person_read(value, k, r->names, &s->person, r->issues);
    else if (strcmp(k, "start") == 0)
        ml_read_clock(r->issues, value, k, &s->start);
    else if (strcmp(k, "meals") == 0)
        ml_read_choice(r->issues, value, k, ML_LIST_MEALS, &s->meals);
    else if (strcmp(k, "drinking") == 0)
        ml_read_choice(r->issues, value, k, ML_LIST_DRINKING, &s->drinking);
    else if (strcmp(k, "duration") == 0)
        ml_read_time(r->issues, value, k, 1, ML_LONGEST, &s->duration);
    else if (strcmp(k, "timeline") == 0)
        ml_read_timeline(r, value, s);
    else if (strcmp(k, "report") == 0)
        read_report(r, value, s);
    else if (strcmp(k, "include") != 0)
        ml_unknown_key(r->issues, key, "scenario", KEYS, NKEY);
}

/* What is included comes first, so that the including file has the last word. */
static void read_fields(const MlReader *r, Files *files, const MlNode *node, MlScenario *s) {
    if (!ml_expect_mapping(r->issues, node, "scenario")) return;
    const MlNode *other = ml_node_get(node, "include");
    if (other) include(r, files, other, s);
    for (int i = 0; i < node->n; i++) read_field(r, node->key[i], node->item[i], s);
}

/* ---- a whole scenario ---- */

static void check_root(const MlReader *r, const MlNode *root) {
    if (root->kind != ML_MAPPING) return;
    if (root->n == 0) {
        ml_node_error(r->issues, root, "the file is empty; a scenario begins with milieu: 1");
    } else if (ml_node_get(root, "resourceType")) {
        ml_node_error(r->issues, root, "these are measured values (FHIR), not a scenario: milieu run --labs starts from them");
    } else if (ml_node_get(root, "study") || ml_node_get(root, "arms")) {
        ml_node_error(r->issues, root, "this is a study, not a scenario: milieu validate runs it");
    } else if (!ml_node_get(root, "milieu")) {
        ml_node_error(r->issues, root,
                      "the line milieu: 1 is missing, which names the version of the format");
    }
}

static void check_report(const MlReader *r, const MlNode *root, const MlScenario *s) {
    const MlNode *node = root->kind == ML_MAPPING ? ml_node_get(root, "report") : NULL;
    milieu_error error;
    if (ml_scenario_check_every(s, &error) != MILIEU_OK) ml_node_error(r->issues, node ? node : root, "%s: %s", error.where, error.text);
}

/* What only shows when the person is put together. */
static void check_person(const MlReader *r, const MlNode *root, const MlScenario *s) {
    MlPerson person;
    milieu_error error;
    const MlNode *node = ml_node_get(root, "person");
    if (ml_person_build(&s->person, &person, &error) == MILIEU_OK) {
        ml_check_doses(r, s, &person);
        return;
    }
    if (!node) node = root;
    ml_issues_add(r->issues, error.code, node->file, node->line, node->column, "%s: %s", error.where,
                  error.text);
}

static milieu_code read_root(MlReader *r, Files *files, const MlNode *root, MlScenario *out) {
    MlPlaces places = {NULL, 0};
    r->places = &places;
    read_fields(r, files, root, out);
    ml_scenario_sort(out);
    ml_check_timeline(r, out);
    check_report(r, root, out);
    if (r->issues->nerror == 0) check_person(r, root, out);
    free(places.node);
    ml_issues_sort(r->issues);
    for (int i = 0; i < files->ndocument; i++) ml_document_free(files->document[i]);
    return ml_issues_code(r->issues);
}

static milieu_code read_document(MlDocument *document, bool from_memory, const MlNames *names,
                                 MlScenario *out, MlIssues *issues) {
    MlReader r = {.issues = issues, .names = names};
    Files files = {.from_memory = from_memory};
    if (!document) return ml_issues_code(issues);
    const MlNode *root = ml_document_root(document);
    if (!from_memory && stat(root->file, &files.open[0]) == 0) files.depth = 1;
    files.document[files.ndocument++] = document;
    check_root(&r, root);
    if (root->kind == ML_MAPPING && (root->n == 0 || ml_node_get(root, "study") || ml_node_get(root, "resourceType"))) {
        ml_document_free(document);
        return ml_issues_code(issues);
    }
    return read_root(&r, &files, root, out);
}

milieu_code ml_scenario_read(const char *path, const MlNames *names, MlScenario *out, MlIssues *issues) {
    ml_scenario_init(out);
    return read_document(ml_document_read(path, issues), false, names, out, issues);
}

milieu_code ml_scenario_read_text(const char *text, size_t size, const char *file, const MlNames *names,
                                  MlScenario *out, MlIssues *issues) {
    ml_scenario_init(out);
    return read_document(ml_document_parse(text, size, file, issues), true, names, out, issues);
}

milieu_code ml_scenario_read_node(const MlNode *node, const MlPersonSpec *base, const MlNames *names,
                                  MlScenario *out, MlIssues *issues) {
    MlReader r = {.issues = issues, .names = names, .arm = true};
    Files files = {.depth = 0};
    ml_scenario_init(out);
    if (base) out->person = *base;
    files.from_memory = stat(node->file, &files.open[0]) != 0;
    files.depth = !files.from_memory;
    return read_root(&r, &files, node, out);
}
