/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "person/person.h"
#include "run/labs.h"

static const char *const KEYS[] = {
    "preset", "sex",        "age",           "height",           "mass",         "body_fat",
    "gfr",    "ckd_stage",  "anuric",        "heat_acclimation", "sweat_sodium", "conditions",
    "labs",   "parameters", "cramp_history", "habitual_diet"};

/* ---- conditions ---- */

static void read_severity(const MlReader *r, const MlNode *node, MlMeasure *m) {
    MlChoice choice;
    m->value = NAN;
    if (!ml_read_choice(r->issues, node, "severity", ML_LIST_SEVERITY, &choice)) return;
    m->value = choice - ML_C_SEVERITY_MILD + 1;
}

/* What the condition may be given under that name; NULL after an error that lists what it takes. */
static const MlConditionMeasure *find_measure(const MlReader *r, const MlNode *node, const char *condition,
                                              const char *name) {
    enum { MAX_MEASURES = 16 };
    const char *names[MAX_MEASURES];
    char allowed[200], hint[ML_HINT_SIZE];
    size_t n = 0;
    const MlConditionMeasure *m;
    for (int i = 0; (m = ml_condition_measure(i)); i++) {
        if (strcmp(m->condition, condition) != 0) continue;
        if (strcmp(m->name, name) == 0) return m;
        if (n < MAX_MEASURES) names[n++] = m->name;
    }
    ml_join_names(names, n, allowed, sizeof allowed);
    ml_node_error(r->issues, node, "%s: takes no '%.60s'%s; allowed: %s%s", condition, name,
                  ml_hint(name, names, n, hint), n ? allowed : "nothing besides its name",
                  strncmp(name, "plasma_", 7) == 0 ? "; a measured plasma value belongs into labs" : "");
    return NULL;
}

static void read_measure(const MlReader *r, const MlNode *key, const MlNode *value,
                         MlConditionSpec *condition) {
    MlMeasure m = {.output = -1, .value = NAN};
    if (key->broken || !ml_read_text(r->issues, key, condition->name, m.name, sizeof m.name)) return;
    const MlConditionMeasure *row = find_measure(r, key, condition->name, m.name);
    if (!row || condition->nmeasure == ML_MAX_MEASURES) return;
    if (strcmp(m.name, "severity") == 0) {
        read_severity(r, value, &m);
    } else if (strcmp(m.name, "since_dialysis") == 0) {
        const MlExpect expect = {.key = m.name, .unit = "min", .low = row->low, .high = row->high};
        m.dimension = ML_DIM_TIME;
        if (!ml_read_number(r->issues, value, &expect, &m.value)) return;
    } else if (ml_read_quantity(r->issues, key, condition->name, true, &m.output)) {
        ml_read_value_of(r->issues, value, m.name, m.output, 0, row->low, row->high, NULL, &m.value);
    }
    if (!isnan(m.value)) condition->measure[condition->nmeasure++] = m;
}

/* value: NULL, a severity, or a mapping of measures. */
static void add_condition(const MlReader *r, const MlNode *name, const MlNode *value, MlPersonSpec *person) {
    if (!ml_check_condition(r, name)) return;
    if (ml_person_has_condition(person, name->text)) {
        ml_node_error(r->issues, name, "conditions: '%s' is given twice", name->text);
        return;
    }
    if (person->ncondition == ML_MAX_CONDITIONS) {
        ml_node_error(r->issues, name, "conditions: more than %d", ML_MAX_CONDITIONS);
        return;
    }
    MlConditionSpec *condition = &person->condition[person->ncondition++];
    *condition = (MlConditionSpec){.nmeasure = 0};
    snprintf(condition->name, sizeof condition->name, "%s", name->text);
    if (!value || ml_node_is_null(value)) return;
    if (value->kind == ML_SCALAR) {
        MlMeasure *m = &condition->measure[0];
        if (!find_measure(r, value, condition->name, "severity")) return;
        *m = (MlMeasure){.name = "severity", .output = -1};
        read_severity(r, value, m);
        condition->nmeasure = !isnan(m->value);
    } else if (ml_expect_mapping(r->issues, value, condition->name)) {
        for (int i = 0; i < value->n; i++) read_measure(r, value->key[i], value->item[i], condition);
    }
}

/* A name, a list of names and mappings, or a mapping. */
static void read_conditions(const MlReader *r, const MlNode *node, MlPersonSpec *person) {
    if (node->kind == ML_MAPPING) {
        for (int i = 0; i < node->n; i++) add_condition(r, node->key[i], node->item[i], person);
    } else if (node->kind == ML_SEQUENCE) {
        for (int i = 0; i < node->n; i++) {
            if (node->item[i]->kind == ML_SEQUENCE)
                ml_expect_mapping(r->issues, node->item[i], "conditions");
            else
                read_conditions(r, node->item[i], person);
        }
    } else if (!ml_node_is_null(node)) {
        add_condition(r, node, NULL, person);
    }
}

/* ---- labs and parameters ---- */

/* Two more names for quantities whose mass is counted in another way. */
static bool lab_alias(const char *name, const char **quantity, const char **substance) {
    if (strcmp(name, "plasma_urea_nitrogen") == 0) {
        *quantity = "plasma_urea";
        *substance = "urea-nitrogen";
        return true;
    }
    if (strcmp(name, "plasma_phosphorus") != 0) return false;
    *quantity = "plasma_phosphate";
    *substance = "phosphorus";
    return true;
}

static const MlLabRow *find_lab(const MlReader *r, const MlNode *key, MlMolar *molar, bool *has_molar) {
    const char *quantity, *substance;
    int output;
    *has_molar = lab_alias(key->text, &quantity, &substance);
    if (*has_molar) {
        ml_molar_find(substance, molar);
        return ml_lab_of(ml_output_find(quantity));
    }
    if (key->broken || !ml_read_quantity(r->issues, key, "labs", true, &output)) return NULL;
    *has_molar = ml_molar_of_quantity(output, molar);
    const MlLabRow *lab = ml_lab_of(output);
    if (!lab)
        ml_node_error(r->issues, key,
                      "labs: %s is no measurement to start from; allowed: plasma_..., arterial_pco2, "
                      "hematocrit, urine_sodium, urine_potassium, urine_osmolality",
                      key->text);
    return lab;
}

/* mg/dL of phosphate or urea is mostly meant as the element. */
static void warn_of_mass(const MlReader *r, const MlNode *key, const MlNode *value) {
    MlQuantity q;
    const char *name = strcmp(key->text, "plasma_urea") == 0        ? "plasma_urea_nitrogen"
                       : strcmp(key->text, "plasma_phosphate") == 0 ? "plasma_phosphorus"
                                                                    : NULL;
    if (!name || value->kind != ML_SCALAR || ml_quantity_parse(value->text, &q) != ML_UNIT_OK) return;
    if (q.unit.power[ML_BASE_MASS] == 1 && !*q.rest)
        ml_node_note(r->issues, value,
                     "%s: '%.40s' is read as the mass of the whole molecule; if the laboratory means the "
                     "element, write %s",
                     key->text, value->text, name);
}

static void set_lab(const MlReader *r, const MlNode *key, MlPersonSpec *person, int output, double v) {
    const MlOutputInfo *row = &ml_outputs[output];
    if (!row->available) {
        ml_node_note(r->issues, key,
                     "labs: %s is not computed by this version; the run does not start from its value", row->name);
        return;
    }
    if (!ml_lab_is_start(output)) {
        ml_node_note(r->issues, key,
                     "labs: %s is what the kidneys make of the state at the start; its value is not imposed "
                     "(a condition may state it: {siadh: {urine_osmolality: 500 mOsm/kg}})",
                     row->name);
        return;
    }
    if (!ml_person_set_lab(person, output, v))
        ml_node_error(r->issues, key, "labs: more than %d", ML_MAX_LABS);
    else
        ml_person_lab_place(person, output, key->file, key->line, "");
}

static void read_labs(const MlReader *r, const MlNode *node, MlPersonSpec *person) {
    const MlNode *given[ML_NOUTPUT] = {NULL};
    if (!ml_expect_mapping(r->issues, node, "labs")) return;
    for (int i = 0; i < node->n; i++) {
        MlMolar molar;
        bool has_molar;
        double v;
        const MlLabRow *lab = find_lab(r, node->key[i], &molar, &has_molar);
        if (!lab) continue;
        if (given[lab->output]) {
            ml_node_error(r->issues, node->key[i], "labs: %s and %s are one value; give one of them", given[lab->output]->text, node->key[i]->text);
            continue;
        }
        given[lab->output] = node->key[i];
        MlExpect expect = {.key = node->key[i]->text,
                           .unit = ml_outputs[lab->output].unit,
                           .low = lab->low,
                           .high = lab->high,
                           .molar = has_molar ? &molar : NULL};
        if (!ml_read_number(r->issues, node->item[i], &expect, &v)) continue;
        warn_of_mass(r, node->key[i], node->item[i]);
        set_lab(r, node->key[i], person, lab->output, v);
    }
}

static void read_parameters(const MlReader *r, const MlNode *node, MlPersonSpec *person) {
    if (!ml_expect_mapping(r->issues, node, "parameters")) return;
    for (int i = 0; i < node->n; i++) {
        int p = ml_check_parameter(r, node->key[i], "parameters");
        if (p < 0) continue;
        const MlParamInfo *row = &ml_params[p];
        MlExpect expect = {.key = row->name, .unit = row->unit, .low = row->low, .high = row->high};
        double v;
        if (!ml_read_number(r->issues, node->item[i], &expect, &v)) continue;
        if (ml_person_set_parameter(person, row->name, v)) continue;
        ml_node_error(r->issues, node->key[i], "parameters: more than %d", ML_MAX_PARAMETERS);
        return;
    }
}

/* ---- the person ---- */

static bool read_plain_number(const MlReader *r, const char *key, const MlNode *value, MlPersonSpec *person) {
    const MlPersonNumber *row = ml_person_number(key);
    if (!row) return false;
    const bool age = strcmp(key, "age") == 0; /* of children more is said than that it is out of range */
    double v;
    char found[ML_FOUND_SIZE];
    MlMolar molar;
    MlExpect expect = {.key = key, .unit = row->unit, .low = age ? 0 : row->low, .high = row->high};
    if (strcmp(key, "sweat_sodium") == 0 && ml_molar_find("sodium", &molar)) expect.molar = &molar;
    if (!ml_read_number(r->issues, value, &expect, &v)) return true;
    if (age && v < row->low)
        ml_node_error(r->issues, value, "age: %s is below %g years; the model describes adults only",
                      ml_node_found(value, found), row->low);
    *(double *)(void *)((char *)person + row->offset) = v;
    return true;
}

/* Kidney function is told in one way: a new one in an overriding file takes the place of the old. */
static void settle_kidney(const MlReader *r, const MlNode *node, MlPersonSpec *person) {
    static const char *const ways[] = {"gfr", "ckd_stage", "anuric"};
    const MlNode *given[3];
    int n = 0;
    for (int i = 0; i < 3; i++) {
        given[i] = ml_node_get(node, ways[i]);
        n += given[i] != NULL;
    }
    if (n > 1)
        ml_node_error(r->issues, node, "person: give one of gfr, ckd_stage and anuric, not %d of them", n);
    if (n != 1) return;
    if (!given[0]) person->gfr = NAN;
    if (!given[1]) person->ckd_stage = ML_CHOICE_NONE;
    if (!given[2]) person->anuric = -1;
}

static void read_field(const MlReader *r, const MlNode *key, const MlNode *value, MlPersonSpec *person) {
    const char *k = key->text;
    if (read_plain_number(r, k, value, person)) return;
    if (strcmp(k, "preset") == 0) {
        if (ml_check_preset(r, value, k))
            ml_read_text(r->issues, value, k, person->preset, sizeof person->preset);
    } else if (strcmp(k, "sex") == 0) {
        ml_read_choice(r->issues, value, k, ML_LIST_SEX, &person->sex);
    } else if (strcmp(k, "ckd_stage") == 0) {
        ml_read_choice(r->issues, value, k, ML_LIST_CKD_STAGE, &person->ckd_stage);
    } else if (strcmp(k, "anuric") == 0) {
        ml_read_switch(r->issues, value, k, &person->anuric);
    } else if (strcmp(k, "cramp_history") == 0) {
        ml_read_switch(r->issues, value, k, &person->cramp_history);
    } else if (strcmp(k, "conditions") == 0) {
        person->ncondition = 0;
        read_conditions(r, value, person);
    } else if (strcmp(k, "habitual_diet") == 0) {
        ml_read_diet(r, value, k, &person->diet);
    } else if (strcmp(k, "labs") == 0) {
        read_labs(r, value, person);
    } else if (strcmp(k, "parameters") == 0) {
        read_parameters(r, value, person);
    } else {
        ml_unknown_key(r->issues, key, "person", KEYS, sizeof KEYS / sizeof *KEYS);
    }
}

void ml_person_read(const MlNode *node, const char *key, const MlNames *names, MlPersonSpec *person,
                    MlIssues *issues) {
    const MlReader r = {.issues = issues, .names = names};
    if (ml_node_is_null(node) || !ml_expect_mapping(issues, node, key)) return;
    for (int i = 0; i < node->n; i++) {
        bool people = strcmp(key, "people") == 0 && strcmp(node->key[i]->text, "n") == 0;
        if (!people) read_field(&r, node->key[i], node->item[i], person);
    }
    settle_kidney(&r, node, person);
    milieu_error error;
    if (ml_person_check(person, &error) != MILIEU_OK) {
        const MlNode *place = ml_node_get(node, error.where);
        ml_node_error(issues, place ? place : node, "%s", error.text);
    }
    const MlNode *labs = ml_node_get(node, "labs");
    for (int i = 0; labs && issues->nerror == 0 && i < person->nlab; i++) {
        const double follows = ml_lab_contradicted(person, i);
        char text[400];
        if (!isnan(follows)) ml_node_note(issues, labs, "%s", ml_lab_contradiction(&person->lab[i], follows, text, sizeof text));
    }
    const MlDietSpec *diet = &person->diet;
    double water = diet->value[ML_DIET_WATER], food = diet->value[ML_DIET_FOOD_WATER];
    if (food > water && !diet->per_kg[ML_DIET_WATER] && !diet->per_kg[ML_DIET_FOOD_WATER])
        ml_node_error(issues, node,
                      "habitual_diet: food_water (%.3g L/d) is more than all the water (%.3g L/d)", food,
                      water);
}
