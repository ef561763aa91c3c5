/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_YAML_H
#define ML_SCENARIO_YAML_H

#include "scenario/issues.h"

/* A YAML 1.2 file (so JSON too) as a tree of nodes that know their place. Aliases share the node of their
 * anchor, `<<` has been merged, duplicate keys and loops have been reported. A tree is read only. */

typedef enum MlNodeKind { ML_SCALAR, ML_SEQUENCE, ML_MAPPING } MlNodeKind;

typedef struct MlNode MlNode;
struct MlNode {
    MlNodeKind kind;
    bool plain;       /* a scalar without quotes */
    bool broken;      /* stands for an alias that leads nowhere, already reported: read as not given */
    int line, column; /* from 1 */
    const char *file;
    const char *text; /* of a scalar; "" otherwise */
    int n;            /* entries */
    MlNode **key;     /* of a mapping: scalars, n of them */
    MlNode **item;    /* entries of a sequence, values of a mapping */
    double weight;    /* nodes in all, every alias counted in full */
};

typedef struct MlDocument MlDocument;

/* Parses text; NULL if it is no YAML, in which case an error was added. Duplicate keys are errors too, but
 * the tree is given, with the first of them. file is copied. An empty file has an empty mapping as root. */
MlDocument *ml_document_parse(const char *text, size_t size, const char *file, MlIssues *issues);
MlDocument *ml_document_read(const char *path, MlIssues *issues);
void ml_document_free(MlDocument *document);
const MlNode *ml_document_root(const MlDocument *document);

const MlNode *ml_node_get(const MlNode *mapping, const char *key); /* NULL if absent */
bool ml_node_is_null(const MlNode *node);                          /* nothing, ~ or null, without quotes */

/* What a reader found, for messages: "'12 mL'" (cut if long), "a mapping", "a list", "nothing". */
enum { ML_FOUND_SIZE = 64 };
const char *ml_node_found(const MlNode *node, char buffer[ML_FOUND_SIZE]);

/* An error or note at the place of a node. */
#define ml_node_error(issues, node, ...)                                                                     \
    ml_issues_add(issues, MILIEU_BAD_INPUT, (node)->file, (node)->line, (node)->column, __VA_ARGS__)
#define ml_node_note(issues, node, ...)                                                                      \
    ml_issues_note(issues, (node)->file, (node)->line, (node)->column, __VA_ARGS__)

#endif
