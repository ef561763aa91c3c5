/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "person/person.h"
#include "scenario/reader.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NAMES = 512 };

static bool is_word(const MlReader *r, const MlNode *node, const char *key) {
    char found[ML_FOUND_SIZE];
    if (node->broken) return false;
    if (node->kind == ML_SCALAR && *node->text && !ml_node_is_null(node)) return true;
    ml_node_error(r->issues, node, "%s: found %s, but a name belongs here", key, ml_node_found(node, found));
    return false;
}

static void unknown(const MlReader *r, const MlNode *node, const char *what, const char *near,
                    const char *list) {
    char hint[ML_HINT_SIZE] = "", found[ML_FOUND_SIZE];
    if (near) snprintf(hint, sizeof hint, " (did you mean '%.80s'?)", near);
    ml_node_error(r->issues, node, "unknown %s %s%s; see milieu list %s", what, ml_node_found(node, found),
                  hint, list);
}

bool ml_check_preset(const MlReader *r, const MlNode *node, const char *key) {
    const char *names[MAX_NAMES];
    size_t n = 0;
    if (!is_word(r, node, key)) return false;
    if (ml_preset_find(node->text) >= 0) return true;
    for (; (int)n < ml_preset_count() && n < MAX_NAMES; n++) names[n] = ml_preset_info((int)n).name;
    unknown(r, node, "preset", ml_nearest(node->text, names, n), "presets");
    return false;
}

/* All names that hold a word, where they are several: "type-1-diabetes' or 'diabetes-insipidus"; else NULL. */
static const char *all_that_hold(const char *word, const char *const *names, size_t n, char *text, size_t size) {
    int found = 0, used = 0;
    for (size_t i = 0; i < n && used < (int)size; i++)
        if (strlen(word) > 2 && ml_text_contains(names[i], word)) used += snprintf(text + used, size - (size_t)used, "%s%s", found++ ? "' or '" : "", names[i]);
    return found > 1 ? text : NULL;
}

bool ml_check_condition(const MlReader *r, const MlNode *node) {
    const char *names[MAX_NAMES];
    size_t n = 0;
    if (!is_word(r, node, "conditions")) return false;
    int i = ml_condition_find(node->text);
    if (i < 0) {
        for (; ml_condition_row((int)n) && n < MAX_NAMES; n++) names[n] = ml_condition_row((int)n)->name;
        if (strcmp(node->text, "name") == 0)
            ml_node_error(r->issues, node, "conditions: the name of a condition is itself the key, such as {siadh: {severity: mild}}; see milieu list conditions");
        else {
            char several[80] = "";
            const char *near = all_that_hold(node->text, names, n, several, sizeof several);
            unknown(r, node, "condition", near ? near : ml_nearest(node->text, names, n), "conditions");
        }
    }
    return i >= 0;
}

int ml_check_parameter(const MlReader *r, const MlNode *node, const char *key) {
    const char *names[ML_NPARAM];
    size_t n = 0;
    if (!is_word(r, node, key)) return -1;
    int i = ml_param_find(node->text);
    if (i >= 0) return i;
    for (; n < ML_NPARAM; n++) names[n] = ml_params[n].name;
    unknown(r, node, "parameter", ml_nearest(node->text, names, n), "parameters");
    return -1;
}

/* The nearer one of a product's and a drug's name. */
static const char *nearest_what(const MlNames *names, const char *word) {
    const char *both[2] = {NULL, NULL};
    if (names->products) both[0] = ml_products_nearest(names->products, word);
    if (names->drugs) both[1] = ml_drugs_nearest(names->drugs, word);
    return ml_nearest(word, both, 2);
}

bool ml_check_what(const MlReader *r, const MlNode *node, const char *key, MlEventKind kind) {
    const MlNames *names = r->names;
    if (!is_word(r, node, key)) return false;
    bool product = names->products && ml_products_find(names->products, node->text);
    bool drug = names->drugs && ml_drugs_find(names->drugs, node->text);
    if (kind == ML_EVENT_DRUG || kind == ML_EVENT_STOP_DRUG) {
        if (drug || !names->drugs) return true;
        if (product) {
            ml_node_error(r->issues, node, "%s is a product, not a drug%s", node->text,
                          kind == ML_EVENT_DRUG ? ": write take, drink, eat or infuse in place of drug" : "");
            return false;
        }
        unknown(r, node, "drug", ml_drugs_nearest(names->drugs, node->text), "drugs");
    } else if (kind == ML_EVENT_EAT || kind == ML_EVENT_DRINK || kind == ML_EVENT_TRANSFUSE || kind == ML_EVENT_DIALYSIS ||
               kind == ML_EVENT_HEMOFILTRATION || kind == ML_EVENT_PERITONEAL_DIALYSIS) {
        if (product || !names->products) return true;
        unknown(r, node, "product", ml_products_nearest(names->products, node->text), "products");
    } else {
        if (product || drug || !names->products || !names->drugs) return true;
        unknown(r, node, "product or drug", nearest_what(names, node->text), "products");
    }
    return false;
}
