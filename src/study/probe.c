/* SPDX-License-Identifier: Apache-2.0 */
/* An arm that is no scenario but nerve and muscle at stated concentrations. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "study/evaluate.h"
#include "study/parts.h"

/* Words that stand for numbers. */
typedef struct Word {
    const char *key, *word;
    MlExciteInput input;
    double value;
} Word;
static const Word words[] = {
    {"fiber", "slow", ML_X_slow_fibers, 1},      {"fiber", "mixed", ML_X_slow_fibers, 0.5},
    {"fiber", "fast", ML_X_slow_fibers, 0},      {"cramp_site", "calf", ML_X_cramp_site, 0},
    {"cramp_site", "sole", ML_X_cramp_site, 1},
};
enum { NWORD = sizeof words / sizeof words[0] };

/* Whether the key takes words; their place in *input. */
static bool read_choice(const MlStudyReader *r, const MlNode *key, const MlNode *node, MlExcite *x) {
    const char *allowed[NWORD + 1] = {NULL};
    const Word *at[NWORD];
    int n = 0;
    for (int i = 0; i < NWORD; i++)
        if (!strcmp(words[i].key, key->text)) {
            at[n] = &words[i];
            allowed[n++] = words[i].word;
        }
    if (n == 0) return false;
    const int found = ml_read_word(r->issues, node, key->text, allowed);
    if (found >= 0) x->value[at[found]->input] = at[found]->value;
    return true;
}

static void read_entry(const MlStudyReader *r, const MlNode *key, const MlNode *node, MlExcite *x) {
    const char *known[ML_NEXCITE + 1];
    if (read_choice(r, key, node, x)) return;
    for (int i = 0; i < ML_NEXCITE; i++) {
        const MlExciteInfo *info = &ml_excite_inputs[i];
        const MlExpect expect = {.key = info->key, .unit = info->unit, .low = info->low, .high = info->high};
        known[i] = info->key;
        if (strcmp(info->key, key->text) != 0) continue;
        ml_read_number(r->issues, node, &expect, &x->value[i]);
        return;
    }
    known[ML_NEXCITE] = "fiber";
    ml_unknown_key(r->issues, key, "probe", known, ML_NEXCITE + 1);
}

/* A word and its number together would leave open which counts. */
static void refuse_twice(const MlStudyReader *r, const MlNode *node) {
    const MlNode *fiber = ml_node_get(node, "fiber");
    if (fiber && ml_node_get(node, "slow_fibers"))
        ml_node_error(r->issues, fiber, "fiber and slow_fibers say the same; give one of them");
}

void ml_read_probe(MlStudyReader *r, const MlNode *arm, MlArm *out) {
    const MlNode *node = ml_node_get(arm, "probe");
    static const char *const keys[] = {"probe", NULL};
    out->probed = true;
    out->excite = ml_excite_normal();
    out->scenario.duration = 0; /* all that is observed is of one moment */
    ml_check_keys(r->issues, arm, "an arm with probe", keys);
    if (!ml_expect_mapping(r->issues, node, "probe")) return;
    refuse_twice(r, node);
    for (int i = 0; i < node->n; i++) read_entry(r, node->key[i], node->item[i], &out->excite);
    if (!ml_node_get(node, "muscle_potassium")) out->excite.value[ML_X_muscle_potassium] = out->excite.value[ML_X_potassium];
}

/* What the tissues answer, for each output that is asked of the arm. */
static milieu_code answer(const MlExcite *x, const MlScenario *asked, MlResult *r, milieu_error *err) {
    double out[ML_NOUTPUT];
    const size_t n = (size_t)asked->nquantity;
    *r = (MlResult){.noutput = asked->nquantity, .ntime = 1};
    r->output = ml_new(NULL, n + 1, sizeof *r->output);
    r->time = ml_new(NULL, 1, sizeof *r->time);
    r->value = ml_new(NULL, n + 1, sizeof *r->value);
    if (!r->output || !r->time || !r->value) return ml_fail(err, MILIEU_NO_MEMORY, "study", "out of memory");
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    ml_excite_close(x, asked->quantity, asked->nquantity, out);
    for (size_t i = 0; i < n; i++) {
        r->output[i] = asked->quantity[i];
        r->value[i] = out[r->output[i]];
    }
    return MILIEU_OK;
}

milieu_code ml_probe_arm(MlArm *arm, milieu_error *err) {
    const MlExcite normal = ml_excite_normal();
    ML_TRY(answer(&arm->excite, &arm->scenario, &arm->result, err));
    return answer(&normal, &arm->scenario, &arm->still, err);
}
