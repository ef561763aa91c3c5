/* SPDX-License-Identifier: Apache-2.0 */
/* Study files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/parts.h"

enum { MAX_ARMS = 200, MAX_OBSERVED = 10000 };

/* ---- words ---- */

size_t ml_count_words(const char *const *words) {
    size_t n = 0;
    while (words[n]) n++;
    return n;
}

int ml_read_word(MlIssues *issues, const MlNode *node, const char *key, const char *const *words) {
    char all[256], hint[ML_HINT_SIZE], found[ML_FOUND_SIZE];
    const size_t n = ml_count_words(words);
    if (node->broken) return -1;
    for (size_t i = 0; node->kind == ML_SCALAR && i < n; i++)
        if (!strcmp(node->text, words[i])) return (int)i;
    ml_join_names(words, n, all, sizeof all);
    ml_node_error(issues, node, "%s: found %s%s; allowed: %s", key, ml_node_found(node, found),
                  ml_hint(node->text, words, n, hint), all);
    return -1;
}

void ml_check_keys(MlIssues *issues, const MlNode *mapping, const char *where, const char *const *words) {
    for (int i = 0; i < mapping->n; i++) {
        bool known = false;
        for (int k = 0; words[k]; k++) known |= !strcmp(mapping->key[i]->text, words[k]);
        if (!known) ml_unknown_key(issues, mapping->key[i], where, words, ml_count_words(words));
    }
}

/* ---- memory ---- */

static void out_of_memory(const MlStudyReader *r, const MlNode *node) {
    ml_issues_add(r->issues, MILIEU_NO_MEMORY, node->file, 0, 0, "out of memory");
}

static char *read_text(const MlStudyReader *r, const MlNode *root, const char *key) {
    const MlNode *node = ml_node_get(root, key);
    char found[ML_FOUND_SIZE];
    if (node && node->kind != ML_SCALAR && !node->broken)
        ml_node_error(r->issues, node, "%s: found %s, but a text belongs here", key,
                      ml_node_found(node, found));
    char *text = strdup(node && node->kind == ML_SCALAR && !ml_node_is_null(node) ? node->text : "");
    if (!text) out_of_memory(r, root);
    return text;
}

/* ---- arms ---- */

/* Takes over the issues of one part. What this version does not compute is no error of the file: it becomes a
 * note, and *error says why the part cannot run. false when there are errors. */
static bool take_over(const MlStudyReader *r, MlIssues *part, milieu_error *error) {
    const bool later = ml_issues_code(part) == MILIEU_NOT_AVAILABLE;
    bool good = true;
    for (int i = 0; i < part->n; i++) {
        const MlIssue *x = &part->issue[i];
        if (x->note || (later && x->code == MILIEU_NOT_AVAILABLE)) {
            ml_issues_note(r->issues, x->file, x->line, x->column, "%s", x->text);
        } else {
            ml_issues_add(r->issues, x->code, x->file, x->line, x->column, "%s", x->text);
            good = false;
        }
        if (later && !x->note && error->code == MILIEU_OK) {
            error->code = x->code;
            snprintf(error->where, sizeof error->where, "%.100s:%d:%d", x->file ? x->file : "", x->line,
                     x->column);
            snprintf(error->text, sizeof error->text, "%s", x->text);
        }
    }
    return good;
}

static void read_people(MlStudyReader *r, const MlNode *root, MlPersonSpec *person, milieu_error *error) {
    const MlNode *node = ml_node_get(root, "people");
    MlIssues part;
    ml_person_spec_init(person);
    if (!node || ml_node_is_null(node) || !ml_expect_mapping(r->issues, node, "people")) return;
    const MlNode *n = ml_node_get(node, "n");
    if (n) ml_read_integer(r->issues, n, "people.n", 1, 1000000, &r->study->people);
    ml_issues_init(&part);
    ml_person_read(node, "people", r->names, person, &part);
    if (!take_over(r, &part, error)) ml_person_spec_init(person); /* the arms need not repeat it */
    ml_issues_free(&part);
}

static void read_arm(MlStudyReader *r, const MlNode *name, const MlNode *node, const MlPersonSpec *people,
                     const milieu_error *error) {
    MlArm *arm = &r->study->arm[r->study->narm];
    MlIssues part;
    ml_scenario_init(&arm->scenario);
    arm->error = *error;
    r->study->narm++;
    ml_read_text(r->issues, name, "arms", arm->name, sizeof arm->name);
    if (node->broken) return;
    if (node->kind == ML_MAPPING && ml_node_get(node, "probe")) {
        ml_read_probe(r, node, arm);
        r->whole[r->study->narm - 1] = true;
        return;
    }
    ml_issues_init(&part);
    ml_scenario_free(&arm->scenario);
    ml_scenario_read_node(node, people, r->names, &arm->scenario, &part);
    r->whole[r->study->narm - 1] = take_over(r, &part, &arm->error);
    ml_issues_free(&part);
}

static void read_arms(MlStudyReader *r, const MlNode *root) {
    const MlNode *node = ml_node_get(root, "arms");
    MlPersonSpec people;
    milieu_error error = {.code = MILIEU_OK};
    read_people(r, root, &people, &error);
    if (!node) {
        ml_node_error(r->issues, root, "arms: missing; give at least one, each a scenario");
        return;
    }
    if (!ml_expect_mapping(r->issues, node, "arms")) return;
    if (node->n == 0 || node->n > MAX_ARMS) {
        ml_node_error(r->issues, node, "arms: found %d; 1 to %d belong here", node->n, MAX_ARMS);
        return;
    }
    r->study->arm = calloc((size_t)node->n, sizeof *r->study->arm);
    r->whole = calloc((size_t)node->n, sizeof *r->whole);
    if (!r->study->arm || !r->whole) {
        out_of_memory(r, node);
        return;
    }
    for (int i = 0; i < node->n; i++) read_arm(r, node->key[i], node->item[i], &people, &error);
}

/* ---- the file ---- */

static void read_observed(MlStudyReader *r, const MlNode *root) {
    const MlNode *node = ml_node_get(root, "observed");
    if (!node) {
        ml_node_error(r->issues, root, "observed: missing; give at least one observation");
        return;
    }
    if (!ml_expect_list(r->issues, node, "observed")) return;
    if (node->n == 0 || node->n > MAX_OBSERVED) {
        ml_node_error(r->issues, node, "observed: found %d; 1 to %d belong here", node->n, MAX_OBSERVED);
        return;
    }
    r->study->observed = calloc((size_t)node->n, sizeof *r->study->observed);
    if (!r->study->observed) {
        out_of_memory(r, node);
        return;
    }
    for (int i = 0; i < node->n; i++)
        ml_read_observation(r, node->item[i], &r->study->observed[r->study->nobserved++]);
}

static void read_version(const MlStudyReader *r, const MlNode *root) {
    const MlNode *node = ml_node_get(root, "milieu");
    char found[ML_FOUND_SIZE];
    if (!node)
        ml_node_error(r->issues, root,
                      "the line milieu: 1 is missing, which names the version of the format");
    else if (node->kind != ML_SCALAR || strcmp(node->text, "1") != 0)
        ml_node_error(r->issues, node, "milieu: found %s, but this program reads version 1 of the format",
                      ml_node_found(node, found));
}

static void read_head(MlStudyReader *r, const MlNode *root) {
    MlStudy *s = r->study;
    const MlNode *name = ml_node_get(root, "study"), *topic = ml_node_get(root, "topic");
    read_version(r, root);
    if (name)
        ml_read_text(r->issues, name, "study", s->name, sizeof s->name);
    else
        ml_node_error(r->issues, root, "study: missing; give the study a name, such as maughan-leiper-1995");
    if (topic)
        s->topic = ml_read_word(r->issues, topic, "topic", ml_topic_words);
    else
        ml_node_error(r->issues, root, "topic: missing; give what it is about, such as rehydration");
    s->citation = read_text(r, root, "citation");
    s->title = read_text(r, root, "title");
    s->note = read_text(r, root, "note");
}

static MlFileKind kind_of(const MlNode *root) {
    if (root->kind != ML_MAPPING) return ML_FILE_OTHER;
    if (ml_node_get(root, "study") || ml_node_get(root, "arms") || ml_node_get(root, "observed"))
        return ML_FILE_STUDY;
    return ml_node_get(root, "timeline") || ml_node_get(root, "duration") ? ML_FILE_SCENARIO : ML_FILE_OTHER;
}

static void read_root(MlStudyReader *r, const MlNode *root) {
    static const char *const keys[] = {"milieu",   "study", "citation", "topic",  "people", "arms",
                                       "observed", "title", "note",     "source", NULL};
    if (!ml_expect_mapping(r->issues, root, "study")) return;
    if (root->n == 0) {
        ml_node_error(r->issues, root, "the file is empty; a study begins with milieu: 1");
        return;
    }
    if (kind_of(root) == ML_FILE_SCENARIO) {
        ml_node_error(r->issues, root, "this is a scenario, not a study: milieu run runs it");
        return;
    }
    ml_check_keys(r->issues, root, "study", keys);
    read_head(r, root);
    read_arms(r, root);
    read_observed(r, root);
}

/* A study with errors is left with its file, its name and the first of them. */
static void give_up(MlStudy *s, const MlIssues *issues) {
    MlStudy bare = {.file = s->file, .topic = -1};
    for (int i = issues->n - 1; i >= 0; i--)
        if (!issues->issue[i].note) ml_issue_print(&issues->issue[i], bare.error, sizeof bare.error);
    memcpy(bare.name, s->name, sizeof bare.name);
    if (!*bare.error) snprintf(bare.error, sizeof bare.error, "out of memory");
    s->file = NULL;
    ml_study_free(s);
    *s = bare;
}

static milieu_code read_document(MlDocument *document, const char *file, const MlNames *names, MlStudy *s,
                                 MlIssues *own, MlIssues *issues) {
    MlStudyReader r = {.names = names, .issues = own, .study = s};
    *s = (MlStudy){.file = strdup(file), .topic = -1};
    if (!s->file) ml_issues_add(own, MILIEU_NO_MEMORY, file, 0, 0, "out of memory");
    if (document) read_root(&r, ml_document_root(document));
    ml_document_free(document);
    free(r.whole);
    ml_issues_sort(own);
    const milieu_code code = ml_issues_code(own);
    if (code != MILIEU_OK) give_up(s, own);
    ml_issues_append(issues, own);
    ml_issues_free(own);
    return code;
}

milieu_code ml_study_read(const char *path, const MlNames *names, MlStudy *study, MlIssues *issues) {
    MlIssues own;
    ml_issues_init(&own);
    return read_document(ml_document_read(path, &own), path, names, study, &own, issues);
}

milieu_code ml_study_read_text(const char *text, size_t size, const char *file, const MlNames *names,
                               MlStudy *study, MlIssues *issues) {
    MlIssues own;
    ml_issues_init(&own);
    return read_document(ml_document_parse(text, size, file, &own), file, names, study, &own, issues);
}

MlFileKind ml_file_kind(const char *path) {
    MlIssues issues;
    ml_issues_init(&issues);
    MlDocument *document = ml_document_read(path, &issues);
    const MlFileKind kind = document ? kind_of(ml_document_root(document)) : ML_FILE_OTHER;
    ml_document_free(document);
    ml_issues_free(&issues);
    return kind;
}

void ml_study_free(MlStudy *s) {
    for (int i = 0; i < s->narm; i++) {
        ml_scenario_free(&s->arm[i].scenario);
        ml_result_free(&s->arm[i].result);
        ml_result_free(&s->arm[i].still);
    }
    for (int i = 0; i < s->nobserved; i++) {
        free(s->observed[i].note);
        free(s->observed[i].source);
    }
    free(s->observed);
    free(s->arm);
    free(s->file);
    free(s->citation);
    free(s->title);
    free(s->note);
    *s = (MlStudy){.topic = -1};
}
