/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/yaml.h"

#include "scenario/source.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 64, MAX_ANCHORS = 1000, BLOCK_SIZE = 1 << 16 };
static const double MAX_WEIGHT = 1e6, MAX_MERGE = 1e7;
static const char TOO_LARGE[] = "with its aliases it has more than a million entries";

/* Memory that lives as long as the document. */
typedef struct Block {
    struct Block *next;
    size_t used, size;
    max_align_t data[];
} Block;

struct MlDocument {
    Block *block;
    const char *file;
    MlNode *root;
};

typedef struct Anchor {
    const char *name;
    MlNode *node;
    bool open; /* inside the node it names */
} Anchor;

/* A collection under construction. A mapping's entries are keys and values in turn. */
typedef struct Frame {
    MlNode *node;
    MlNode **entry;
    size_t n, room;
    Anchor *anchor; /* NULL if it has none */
    bool flow;      /* in brackets */
} Frame;

typedef struct Builder {
    MlDocument *document;
    MlIssues *issues;
    Frame frame[MAX_DEPTH];
    int depth, nanchor, ndocument, line, column;
    Anchor anchor[MAX_ANCHORS];
    bool failed;      /* stop */
    const char *text; /* what is parsed */
} Builder;

static void *keep(MlDocument *document, size_t size) {
    Block *block = document->block;
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (!block || block->used + size > block->size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = malloc(sizeof *block + room);
        if (!block) return NULL;
        *block = (Block){.next = document->block, .size = room};
        document->block = block;
    }
    void *memory = (char *)block->data + block->used;
    block->used += size;
    return memory;
}

static const char *keep_text(MlDocument *document, const char *text, size_t n) {
    char *copy = keep(document, n + 1);
    if (!copy) return NULL;
    memcpy(copy, text, n);
    copy[n] = 0;
    return copy;
}

static void fail(Builder *b, milieu_code code, int line, int column, const char *text) {
    ml_issues_add(b->issues, code, b->document->file, line, column, "%s", text);
    b->failed = true;
}

static void no_memory(Builder *b) { fail(b, MILIEU_NO_MEMORY, 0, 0, "no memory to read it"); }

static MlNode *new_node(Builder *b, MlNodeKind kind) {
    MlNode *node = keep(b->document, sizeof *node);
    if (!node) {
        no_memory(b);
        return NULL;
    }
    *node = (MlNode){.kind = kind, .line = b->line, .column = b->column, .text = "", .weight = 1};
    node->file = b->document->file;
    return node;
}

/* A copy of the text of a token, of n bytes; NULL without memory. No token is an empty text. */
static const char *token_text(Builder *b, struct fy_token *token, size_t *n) {
    *n = 0;
    const char *text = token ? fy_token_get_text(token, n) : "";
    const char *copy = text ? keep_text(b->document, text, *n) : NULL;
    if (!copy) no_memory(b);
    return copy;
}

static Anchor *set_anchor(Builder *b, struct fy_event *event, MlNode *node) {
    struct fy_token *token = fy_event_get_anchor_token(event);
    if (!token) return NULL;
    if (b->nanchor == MAX_ANCHORS) {
        fail(b, MILIEU_BAD_INPUT, b->line, b->column, "more than 1000 anchors");
        return NULL;
    }
    size_t n;
    Anchor *anchor = &b->anchor[b->nanchor];
    *anchor = (Anchor){.name = token_text(b, token, &n), .node = node, .open = node->kind != ML_SCALAR};
    if (b->failed) return NULL;
    b->nanchor++;
    return anchor;
}

static MlNode *broken_alias(Builder *b) {
    MlNode *node = new_node(b, ML_SCALAR);
    if (node) node->broken = true;
    return node;
}

/* The last anchor of that name, as YAML lets a name be used again. */
static MlNode *follow_alias(Builder *b, struct fy_event *event) {
    size_t n;
    const char *name = token_text(b, fy_event_get_token(event), &n);
    for (int i = b->nanchor - 1; i >= 0 && name; i--) {
        if (strcmp(b->anchor[i].name, name) != 0) continue;
        if (!b->anchor[i].open) return b->anchor[i].node;
        ml_issues_add(b->issues, MILIEU_BAD_INPUT, b->document->file, b->line, b->column,
                      "*%.60s refers to itself: it stands inside its own anchor", name);
        return broken_alias(b);
    }
    if (name)
        ml_issues_add(b->issues, MILIEU_BAD_INPUT, b->document->file, b->line, b->column,
                      "*%.60s has no anchor &%.60s before it", name, name);
    return broken_alias(b);
}

static void put(Builder *b, MlNode *node) {
    if (b->depth == 0) {
        if (!b->document->root) b->document->root = node;
        return;
    }
    Frame *frame = &b->frame[b->depth - 1];
    if (frame->n == frame->room) {
        size_t room = frame->room ? 2 * frame->room : 16;
        MlNode **grown = realloc(frame->entry, room * sizeof *grown);
        if (!grown) {
            no_memory(b);
            return;
        }
        frame->entry = grown;
        frame->room = room;
    }
    bool key = frame->node->kind == ML_MAPPING && frame->n % 2 == 0;
    if (key && node->kind != ML_SCALAR)
        ml_issues_add(b->issues, MILIEU_BAD_INPUT, node->file, b->line, b->column,
                      "a key must be a single word");
    frame->entry[frame->n++] = node;
}

/* Tags of the core schema say nothing new; any other would need a meaning this format does not have. */
static void check_tag(Builder *b, struct fy_event *event, MlNode *node) {
    struct fy_token *token = fy_event_get_tag_token(event);
    size_t n = 0;
    const char *tag = token ? fy_tag_token_suffix(token, &n) : NULL;
    static const char *const known[] = {"str", "int", "float", "bool", "null", "map", "seq"};
    if (!tag || n == 0) return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == n && memcmp(known[i], tag, n) == 0) return;
    ml_node_error(b->issues, node, "tag '!%.*s' has no meaning in this format", (int)(n < 40 ? n : 40), tag);
}

static void open_frame(Builder *b, struct fy_event *event, MlNodeKind kind) {
    if (b->depth == MAX_DEPTH) {
        fail(b, MILIEU_BAD_INPUT, b->line, b->column, "nested more than 64 levels deep");
        return;
    }
    MlNode *node = new_node(b, kind);
    if (!node) return;
    check_tag(b, event, node);
    put(b, node);
    bool flow = fy_event_get_node_style(event) == FYNS_FLOW;
    b->frame[b->depth++] = (Frame){.node = node, .anchor = set_anchor(b, event, node), .flow = flow};
}

/* The key of `<<: *base` is not an entry; what it merges comes after the mapping's own entries. */
static bool is_merge(const MlNode *key) { return key->plain && strcmp(key->text, "<<") == 0; }

static size_t merged_size(const MlNode *value) {
    if (value->kind == ML_MAPPING) return (size_t)value->n;
    size_t n = 0;
    for (int i = 0; value->kind == ML_SEQUENCE && i < value->n; i++) n += (size_t)value->item[i]->n;
    return n;
}

static void merge(Builder *b, MlNode *into, const MlNode *from) {
    if (from->kind == ML_SEQUENCE) {
        for (int i = 0; i < from->n; i++)
            if (from->item[i]->kind == ML_MAPPING) merge(b, into, from->item[i]);
        return;
    }
    if (from->kind != ML_MAPPING || (double)into->n * from->n > MAX_MERGE) {
        ml_node_error(b->issues, from, "<< merges a mapping, or a list of mappings, of moderate size");
        return;
    }
    for (int i = 0; i < from->n; i++) {
        if (ml_node_get(into, from->key[i]->text)) continue;
        into->key[into->n] = from->key[i];
        into->item[into->n++] = from->item[i];
    }
}

static int by_text(const void *pa, const void *pb) {
    const MlNode *a = *(MlNode *const *)pa, *b = *(MlNode *const *)pb;
    int order = strcmp(a->text, b->text);
    if (order) return order;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/* " of entry[0].resource": where the innermost open collection stands; nothing for the file itself. */
static const char *place_of(const Builder *b, char *text, size_t size) {
    size_t used = 0;
    *text = 0;
    for (int d = 0; d + 1 < b->depth && used < size; d++) {
        const Frame *f = &b->frame[d];
        const char *link = d ? "." : " of ";
        if (f->node->kind == ML_SEQUENCE)
            used += (size_t)snprintf(text + used, size - used, "%s[%zu]", d ? "" : link, f->n - 1);
        else if (f->n > 1)
            used += (size_t)snprintf(text + used, size - used, "%s%.40s", link, f->entry[f->n - 2]->text);
    }
    return text;
}

/* Sorts the keys aside; equal neighbors are duplicates. */
static void report_duplicates(Builder *b, const MlNode *node) {
    char place[120];
    MlNode **sorted = malloc(((size_t)node->n + 1) * sizeof *sorted);
    if (!sorted) {
        no_memory(b);
        return;
    }
    for (int i = 0; i < node->n; i++) sorted[i] = node->key[i];
    qsort(sorted, (size_t)node->n, sizeof *sorted, by_text);
    const MlNode *first = NULL;
    for (int i = 0; i < node->n; i++) {
        bool same = first && strcmp(first->text, sorted[i]->text) == 0;
        if (same && sorted[i]->kind == ML_SCALAR)
            ml_node_error(b->issues, sorted[i], "duplicate key '%.60s'%s, first given in line %d", first->text,
                          place_of(b, place, sizeof place), first->line);
        if (!same) first = sorted[i];
    }
    free(sorted);
}

static void close_mapping(Builder *b, Frame *frame) {
    MlNode *node = frame->node;
    size_t npair = frame->n / 2, room = npair;
    for (size_t i = 0; i < npair; i++)
        if (is_merge(frame->entry[2 * i])) room += merged_size(frame->entry[2 * i + 1]);
    if ((double)room > MAX_WEIGHT) {
        fail(b, MILIEU_BAD_INPUT, node->line, node->column, TOO_LARGE);
        return;
    }
    node->key = keep(b->document, (room + 1) * sizeof *node->key);
    node->item = keep(b->document, (room + 1) * sizeof *node->item);
    if (!node->key || !node->item) {
        no_memory(b);
        return;
    }
    for (size_t i = 0; i < npair; i++) {
        if (is_merge(frame->entry[2 * i])) continue;
        node->key[node->n] = frame->entry[2 * i];
        node->item[node->n++] = frame->entry[2 * i + 1];
    }
    report_duplicates(b, node);
    for (size_t i = 0; i < npair; i++)
        if (is_merge(frame->entry[2 * i])) merge(b, node, frame->entry[2 * i + 1]);
}

static void close_sequence(Builder *b, Frame *frame) {
    MlNode *node = frame->node;
    node->item = keep(b->document, (frame->n + 1) * sizeof *node->item);
    if (!node->item) {
        no_memory(b);
        return;
    }
    if (frame->n) memcpy(node->item, frame->entry, frame->n * sizeof *node->item);
    node->n = (int)frame->n;
}

static void close_frame(Builder *b) {
    Frame *frame = &b->frame[b->depth - 1];
    MlNode *node = frame->node;
    if (node->kind == ML_MAPPING)
        close_mapping(b, frame);
    else
        close_sequence(b, frame);
    for (int i = 0; i < node->n; i++) node->weight += node->item[i]->weight;
    if (node->weight > MAX_WEIGHT && !b->failed)
        fail(b, MILIEU_BAD_INPUT, node->line, node->column, TOO_LARGE);
    if (frame->anchor) frame->anchor->open = false;
    free(frame->entry);
    b->depth--;
}

/* 1 where the mark of a quoted scalar lies behind its opening quote, as libfyaml sets it. */
static int inside_quotes(const Builder *b, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_start_mark(event);
    struct fy_token *token = fy_event_get_token(event);
    if (!mark || !token || mark->input_pos == 0) return 0;
    enum fy_scalar_style style = fy_token_scalar_style(token);
    char before = b->text[mark->input_pos - 1];
    return (style == FYSS_SINGLE_QUOTED && before == '\'') || (style == FYSS_DOUBLE_QUOTED && before == '"');
}

static void scalar(Builder *b, struct fy_event *event) {
    struct fy_token *token = fy_event_get_token(event);
    MlNode *node = new_node(b, ML_SCALAR);
    if (!node) return;
    node->column -= inside_quotes(b, event);
    size_t n;
    const char *text = token_text(b, token, &n);
    if (!text) return;
    node->text = text;
    node->plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
    if (strlen(text) != n)
        ml_node_error(b->issues, node, "the text holds a zero character");
    check_tag(b, event, node);
    set_anchor(b, event, node);
    put(b, node);
}

/* A value left out. It has no place of its own (versions of libfyaml differ); it is reported at its key. */
static bool is_nothing(struct fy_event *event) {
    struct fy_token *token = fy_event_get_token(event);
    size_t n = 0;
    if (event->type != FYET_SCALAR || !token) return event->type == FYET_SCALAR;
    fy_token_get_text(token, &n);
    return n == 0 && fy_token_scalar_style(token) == FYSS_PLAIN;
}

static void handle(Builder *b, struct fy_event *event) {
    const struct fy_mark *mark = is_nothing(event) ? NULL : fy_event_start_mark(event);
    if (mark) {
        b->line = mark->line + 1;
        b->column = mark->column + 1;
    }
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (b->ndocument++ > 0)
            fail(b, MILIEU_BAD_INPUT, b->line, b->column, "a second document begins here; a file holds one");
        break;
    case FYET_MAPPING_START:
        open_frame(b, event, ML_MAPPING);
        break;
    case FYET_SEQUENCE_START:
        open_frame(b, event, ML_SEQUENCE);
        break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        close_frame(b);
        break;
    case FYET_SCALAR:
        scalar(b, event);
        break;
    case FYET_ALIAS: {
        MlNode *node = follow_alias(b, event);
        if (node) put(b, node);
        break;
    }
    default:
        break;
    }
}

/* What the file is meant to be, by its name. */
static const char *language(const Builder *b) {
    const char *file = b->document->file;
    const size_t n = strlen(file);
    return n > 5 && strcasecmp(file + n - 5, ".json") == 0 ? "JSON" : "YAML";
}

/* What to do about a complaint of the parser. */
static const char *remedy(const char *message) {
    if (strstr(message, "nested block mapping on the same line")) return "; a text that holds ': ' is written in quotes";
    if (strstr(message, "tab character") || strstr(message, "multiline plain key")) return "; indent with spaces, not with tabs, and begin each key on its own line";
    return "";
}

static void report_syntax(Builder *b, struct fy_diag *diag) {
    void *previous = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(diag, &previous);
    b->failed = true;
    if (!error) {
        ml_issues_add(b->issues, MILIEU_BAD_INPUT, b->document->file, b->line, b->column, "not valid %s", language(b));
        return;
    }
    char inside[64] = "";
    const Frame *frame = b->depth > 0 ? &b->frame[b->depth - 1] : NULL;
    if (frame && frame->flow)
        snprintf(inside, sizeof inside, ", in the brackets opened at %d:%d", frame->node->line,
                 frame->node->column);
    for (; error; error = fy_diag_errors_iterate(diag, &previous))
        ml_issues_add(b->issues, MILIEU_BAD_INPUT, b->document->file, error->line, error->column,
                      "not valid %s: %s%s%s", language(b), error->msg, inside, remedy(error->msg));
}

static void parse_events(Builder *b, struct fy_parser *parser, struct fy_diag *diag) {
    struct fy_event *event;
    while (!b->failed && (event = fy_parser_parse(parser))) {
        handle(b, event);
        fy_parser_event_free(parser, event);
    }
    if (!b->failed && (fy_parser_get_stream_error(parser) || b->depth > 0)) report_syntax(b, diag);
}

static void build(Builder *b, const char *text, size_t size) {
    struct fy_diag_cfg how;
    fy_diag_cfg_default(&how);
    struct fy_diag *diag = fy_diag_create(&how);
    if (!diag) {
        no_memory(b);
        return;
    }
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                                           FYPCF_JSON_NONE,
                                  .diag = diag};
    struct fy_parser *parser = fy_parser_create(&config);
    if (parser && fy_parser_set_string(parser, text, size) == 0)
        parse_events(b, parser, diag);
    else
        no_memory(b);
    if (parser) fy_parser_destroy(parser);
    fy_diag_destroy(diag);
}

MlDocument *ml_document_parse(const char *text, size_t size, const char *file, MlIssues *issues) {
    if (!ml_source_is_text(text, size, file, issues)) return NULL;
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    MlDocument *document = calloc(1, sizeof *document);
    Builder *b = calloc(1, sizeof *b);
    if (document) document->file = keep_text(document, file, strlen(file));
    if (!b || !document || !document->file) {
        ml_issues_add(issues, MILIEU_NO_MEMORY, file, 0, 0, "no memory to read it");
        free(b);
        ml_document_free(document);
        return NULL;
    }
    *b = (Builder){.document = document, .issues = issues, .line = 1, .column = 1, .text = text};
    build(b, text, size);
    if (!b->failed && !document->root) document->root = new_node(b, ML_MAPPING);
    bool failed = b->failed;
    for (int i = 0; i < b->depth; i++) free(b->frame[i].entry);
    free(b);
    if (!failed) return document;
    ml_document_free(document);
    return NULL;
}

MlDocument *ml_document_read(const char *path, MlIssues *issues) {
    size_t size;
    char *text = ml_source_read(path, &size, issues);
    if (!text) return NULL;
    MlDocument *document = ml_document_parse(text, size, path, issues);
    free(text);
    return document;
}

void ml_document_free(MlDocument *document) {
    if (!document) return;
    while (document->block) {
        Block *next = document->block->next;
        free(document->block);
        document->block = next;
    }
    free(document);
}

const MlNode *ml_document_root(const MlDocument *document) { return document->root; }

const MlNode *ml_node_get(const MlNode *mapping, const char *key) {
    for (int i = 0; mapping->kind == ML_MAPPING && i < mapping->n; i++)
        if (strcmp(mapping->key[i]->text, key) == 0) return mapping->item[i];
    return NULL;
}

bool ml_node_is_null(const MlNode *node) {
    if (node->kind != ML_SCALAR || !node->plain) return false;
    return !*node->text || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0;
}

const char *ml_node_found(const MlNode *node, char buffer[ML_FOUND_SIZE]) {
    if (node->kind == ML_MAPPING) return "a mapping";
    if (node->kind == ML_SEQUENCE) return "a list";
    if (ml_node_is_null(node)) return "nothing";
    size_t n = strlen(node->text), cut = n;
    if (n > 40) /* not inside a UTF-8 character */
        for (cut = 40; cut > 0 && ((unsigned char)node->text[cut] & 0xc0) == 0x80;) cut--;
    snprintf(buffer, ML_FOUND_SIZE, "'%.*s%s'", (int)cut, node->text, cut < n ? "..." : "");
    for (char *p = buffer; *p; p++)
        if (*p == '\n' || *p == '\t' || *p == '\r') *p = ' ';
    return buffer;
}
