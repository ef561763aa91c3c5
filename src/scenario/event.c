/* SPDX-License-Identifier: Apache-2.0 */
/* One event: what stands behind its name, and whether it is complete. */
#include "scenario/reader.h"

#include <math.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_KEYS = 128 };

static void unknown_key(const MlReader *r, const MlNode *key, MlEventKind kind) {
    const MlEventRow *row = ml_event_row(kind);
    const char *names[MAX_KEYS];
    size_t n = 0;
    for (int f = 0; f < ML_NFIELD; f++)
        if (ml_event_field(kind, (MlField)f)) names[n++] = ml_field_row(f)->name;
    for (int i = 0; row->keys == ML_KEYS_DIET && i < ML_NDIET; i++) names[n++] = ml_diet_row(i)->name;
    if (row->keys == ML_KEYS_DIET) names[n++] = "menu";
    for (int i = 0; i < ML_NNUTRIENT; i++)
        if (ml_event_loses(kind, i)) names[n++] = ml_nutrient(i)->name;
    ml_unknown_key(r->issues, key, row->name, names, n);
}

static void read_key(const MlReader *r, const MlNode *key, const MlNode *value, MlEvent *e) {
    const MlEventRow *row = ml_event_row(e->kind);
    int f = ml_field_find(key->text), d;
    const MlEventField *field = f >= 0 ? ml_event_field(e->kind, (MlField)f) : NULL;
    if (field)
        ml_read_field(r, value, field, e);
    else if ((row->keys == ML_KEYS_SWEAT || row->keys == ML_KEYS_GUT) && ml_is_nutrient(key->text))
        ml_read_nutrient(r, key, value, e);
    else if (row->keys == ML_KEYS_DIET && (d = ml_diet_find(key->text)) >= 0)
        ml_read_diet_field(r, value, row->name, d, &e->diet);
    else if (row->keys == ML_KEYS_DIET && strcmp(key->text, "menu") == 0)
        return; /* read behind the others */
    else
        unknown_key(r, key, e->kind);
}

/* ---- is it complete ---- */

/* Given in the file, whether or not it could be read. */
static bool given(const MlNode *body, MlField f) { return ml_node_get(body, ml_field_row(f)->name) != NULL; }

static void names_of(MlEventKind kind, MlNeed need, char *text, size_t size) {
    const char *names[MAX_KEYS];
    size_t n = 0;
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *field = ml_event_field(kind, (MlField)f);
        if (field && field->need == need) names[n++] = ml_field_row(f)->name;
    }
    ml_join_names(names, n, text, size);
}

/* Fields that belong together. Of several measures at once enough has been said. */
static void check_pairs(const MlReader *r, const MlNode *body, MlEventKind kind) {
    const MlEventNeed *n;
    for (int i = 0; (n = ml_event_need(i)); i++) {
        if (n->event != kind || !given(body, n->field)) continue;
        const char *name = ml_event_row(kind)->name, *first = ml_field_row(n->field)->name;
        const char *second = n->other == ML_FIELD_NONE ? NULL : ml_field_row(n->other)->name;
        if (second && !given(body, n->other)) ml_node_error(r->issues, body, "%s: '%s' needs '%s'", name, first, second);
        if (!second && given(body, n->without))
            ml_node_error(r->issues, body, "%s: '%s' and '%s' say the same; give one", name, first, ml_field_row(n->without)->name);
        else if (n->without != ML_FIELD_NONE && given(body, n->without))
            ml_node_error(r->issues, body, "%s: '%s' goes with '%s', not with '%s'", name, first, second,
                          ml_field_row(n->without)->name);
    }
}

static void check_needs(const MlReader *r, const MlNode *body, const MlEvent *e) {
    const char *name = ml_event_row(e->kind)->name;
    int count[4] = {0}, present[4] = {0};
    bool in_all = e->has_composition && e->basis == ML_IN_ALL;
    char names[200];
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *field = ml_event_field(e->kind, (MlField)f);
        if (!field) continue;
        bool here = given(body, (MlField)f);
        count[field->need]++;
        present[field->need] += here;
        if (field->need == ML_MUST && !here && !(f == ML_FIELD_AMOUNT && in_all))
            ml_node_error(r->issues, body, "%s: '%s' is missing", name, ml_field_row(f)->name);
    }
    names_of(e->kind, ML_ONE, names, sizeof names);
    if (count[ML_ONE] && present[ML_ONE] == 0 && !in_all)
        ml_node_error(r->issues, body, "%s: one of %s is missing", name, names);
    if (present[ML_ONE] > 1)
        ml_node_error(r->issues, body, "%s: give only one of %s", name, names);
    else
        check_pairs(r, body, e->kind);
    names_of(e->kind, ML_ANY, names, sizeof names);
    if (count[ML_ANY] && present[ML_ANY] == 0) ml_node_error(r->issues, body, "%s: give at least one of %s", name, names);
}

static void check_sweat(const MlReader *r, const MlNode *body, const MlEvent *e) {
    bool by_for = given(body, ML_FIELD_FOR), by_over = given(body, ML_FIELD_OVER);
    if (!by_for && !by_over) ml_node_error(r->issues, body, "sweat: 'for' is missing");
    if (e->has_composition && e->basis == ML_PER_KILOGRAM)
        ml_node_error(r->issues, body, "sweat: contents are per liter, such as 40 mmol/L");
}

/* What a dialysis fluid may hold, mmol/L; glucose 5 % is the most of a peritoneal one. NULL: not computed. */
typedef struct Held {
    int nutrient;
    double low, high;
} Held;
static const Held *in_dialysate(MlEventKind kind, int nutrient) {
    static const Held held[] = {{ML_NUTRIENT_SODIUM, 100, 170},    {ML_NUTRIENT_POTASSIUM, 0, 10},  {ML_NUTRIENT_CALCIUM, 0, 5},
                                {ML_NUTRIENT_MAGNESIUM, 0, 5},     {ML_NUTRIENT_CHLORIDE, 60, 160}, {ML_NUTRIENT_BICARBONATE, 0, 60},
                                {ML_NUTRIENT_PHOSPHATE, 0, 5},     {ML_NUTRIENT_ACETATE, 0, 60},    {ML_NUTRIENT_LACTATE, 0, 60},
                                {ML_NUTRIENT_CITRATE, 0, 40},      {ML_NUTRIENT_UREA, 0, 60},       {ML_NUTRIENT_GLUCOSE, 0, 60}};
    static const Held peritoneal[] = {{ML_NUTRIENT_SODIUM, 80, 170}, {ML_NUTRIENT_GLUCOSE, 0, 280}};
    for (size_t i = 0; kind == ML_EVENT_PERITONEAL_DIALYSIS && i < sizeof peritoneal / sizeof *peritoneal; i++)
        if (peritoneal[i].nutrient == nutrient) return &peritoneal[i];
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (held[i].nutrient == nutrient) return &held[i];
    return NULL;
}

/* Where the fluid tells of a nutrient, or the fluid, or the event. */
static const MlNode *place_in_fluid(const MlNode *body, const char *nutrient) {
    const MlNode *fluid = ml_node_get(body, ml_field_row(ML_FIELD_DIALYSATE)->name);
    if (!fluid) fluid = ml_node_get(body, ml_field_row(ML_FIELD_FLUID)->name);
    const MlNode *place = fluid && fluid->kind == ML_MAPPING ? ml_node_get(fluid, nutrient) : NULL;
    return place ? place : fluid ? fluid : body;
}

static void check_fluid(const MlReader *r, const MlNode *body, const MlEvent *e) {
    const char *name = ml_event_row(e->kind)->name;
    char range[ML_RANGE_SIZE];
    if (!e->has_composition) return;
    if (e->basis != ML_PER_LITER) {
        ml_node_error(r->issues, body, "%s: contents of its fluid are per liter, such as 2 mmol/L", name);
        return;
    }
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        const double v = e->composition.value[i], slack = 1e-9 * fabs(v);
        if (isnan(v)) continue;
        const Held *held = in_dialysate(e->kind, i);
        if (!held)
            ml_node_error(r->issues, body, "%s: %s in its fluid is not computed", name, ml_nutrient(i)->name);
        else if (v < held->low - slack || v > held->high + slack)
            ml_node_error(r->issues, place_in_fluid(body, ml_nutrient(i)->name), "%s: %s in its fluid is %s", name, ml_nutrient(i)->name,
                          ml_range_text(v, false, held->low, held->high, "mmol/L", range));
    }
}

static void check_rules(const MlReader *r, const MlNode *body, const MlEvent *e) {
    switch (e->kind) {
    case ML_EVENT_SWEAT:
        check_sweat(r, body, e);
        break;
    case ML_EVENT_INJURY:
        if (ml_event_has(e, ML_FIELD_AREA) && ml_event_has(e, ML_FIELD_KIND) && (MlChoice)e->value[ML_FIELD_KIND].v != ML_C_INJURY_BURN)
            ml_node_error(r->issues, body, "injury: 'area' goes with kind: burn");
        break;
    case ML_EVENT_DIALYSIS:
    case ML_EVENT_HEMOFILTRATION:
    case ML_EVENT_PERITONEAL_DIALYSIS:
        check_fluid(r, body, e);
        break;
    case ML_EVENT_DIET: {
        int n = ml_node_get(body, "menu") != NULL;
        for (int i = 0; i < ML_NDIET; i++) n += ml_node_get(body, ml_diet_row(i)->name) != NULL;
        if (n == 0) ml_node_error(r->issues, body, "diet: give what changes, such as sodium: 10 mmol/d");
        break;
    }
    default:
        break;
    }
}

/* ---- does the amount fit what is given ---- */

/* The most that one dose may hold of a nutrient, mmol. */
static double largest_dose(int nutrient) {
#define LARGEST_DOSE(id, mmol) \
    if (nutrient == ML_NUTRIENT_##id) return mmol;
#include "timeline/largest_doses.def"
    return INFINITY;
}

static void check_size(const MlReader *r, const MlNode *node, const MlProduct *product, const MlIntake *intake) {
    if (product->kind != ML_SUPPLEMENT || product->counts < 0) return;
    const double mmol = intake->amount[product->counts], most = largest_dose(product->counts);
    char found[ML_FOUND_SIZE];
    if (mmol > most)
        ml_node_error(r->issues, node, "%s of %s is %.4g mmol of %s; one dose may hold %g mmol at most", ml_node_found(node, found), product->name, mmol,
                      ml_nutrient(product->counts)->name, most);
}

static void check_product(const MlReader *r, const MlNode *node, const MlProduct *product,
                          const MlValue *amount, bool elemental) {
    MlAmountUnit unit;
    MlIntake intake;
    milieu_error error;
    if (!ml_amount_unit(amount->dimension, &unit))
        ml_node_error(r->issues, node, "%s is measured by volume, mass, amount or servings", product->name);
    else if (ml_product_intake(product, amount->v, unit, elemental, &intake, NULL, &error) != MILIEU_OK)
        ml_node_error(r->issues, node, "%s", error.text);
    else
        check_size(r, node, product, &intake);
}

/* What is given in place of a product that does not go into a vein; NULL: it goes. */
static const char *instead_by_vein(const char *name) {
#define NOT_BY_VEIN(product, instead) \
    if (strcmp(name, product) == 0) return instead;
#include "timeline/not_by_vein.def"
    return NULL;
}

/* Food and drink are no infusions; most salts and sugars are. */
static void check_vein(const MlReader *r, const MlNode *node, const MlProduct *product, const MlEvent *e) {
    const bool vein = e->kind == ML_EVENT_INFUSE || e->kind == ML_EVENT_INJECT || e->kind == ML_EVENT_TRANSFUSE;
    const bool mouth = product->kind == ML_FOOD || product->kind == ML_DRINK || product->kind == ML_SPORTS_DRINK ||
                       product->kind == ML_ORS;
    const char *instead = instead_by_vein(product->name);
    if (vein && instead)
        ml_node_error(r->issues, node, "%s: %s goes %s, not into a vein; give %s", ml_event_row(e->kind)->name, product->name,
                      strncmp(product->name, "peritoneal-", 11) == 0 ? "into the peritoneum" : "by mouth", instead);
    if (vein && mouth && strcmp(product->name, "water") != 0)
        ml_node_error(r->issues, node, "%s: %s goes by mouth, not into a vein; see milieu list products iv-fluid",
                      ml_event_row(e->kind)->name, product->name);
}

static void check_dose(const MlReader *r, const MlNode *node, const MlDrug *drug, MlDimension d) {
    bool mass = d == ML_DIM_MASS || d == ML_DIM_MASS_RATE, unit = d == ML_DIM_IU || d == ML_DIM_IU_RATE;
    bool amount = d == ML_DIM_AMOUNT || d == ML_DIM_AMOUNT_RATE;
    if ((mass && drug->by_mass) || (unit && drug->by_unit) || (amount && drug->molar_mass > 0)) return;
    const char *how = drug->by_mass && drug->by_unit ? "mass or units" : drug->by_mass ? "mass" : "units";
    ml_node_error(r->issues, node, "%s is given by %s, such as %s", drug->name, how,
                  drug->by_mass ? "40 mg" : "10 IU");
}

static void check_route(const MlReader *r, const MlNode *node, const MlDrug *drug, const MlEvent *e) {
    const MlDrugRoute route = ml_event_route(e);
    if (!isnan(drug->bioavailability[route])) return;
    const char *names[ML_NDRUG_ROUTE];
    char known[200];
    size_t n = 0;
    for (int i = 0; i < ML_NDRUG_ROUTE; i++)
        if (!isnan(drug->bioavailability[i])) names[n++] = ml_drug_route_name((MlDrugRoute)i);
    ml_join_names(names, n, known, sizeof known);
    ml_node_error(r->issues, node, "%s: the route '%s' is not known for it; allowed: %s", drug->name, ml_drug_route_name(route), known);
}

static void check_what(const MlReader *r, const MlNode *body, const MlEvent *e) {
    static const MlField amounts[] = {ML_FIELD_AMOUNT, ML_FIELD_DOSE, ML_FIELD_RATE};
    const MlNames *names = r->names;
    if (!*e->what) return;
    bool drug_first = e->kind == ML_EVENT_DRUG || e->kind == ML_EVENT_STOP_DRUG;
    const MlProduct *product = names->products ? ml_products_find(names->products, e->what) : NULL;
    const MlDrug *drug = names->drugs ? ml_drugs_find(names->drugs, e->what) : NULL;
    if (drug && (drug_first || !product))
        product = NULL;
    else
        drug = NULL;
    const bool dialysis = e->kind == ML_EVENT_DIALYSIS || e->kind == ML_EVENT_HEMOFILTRATION || e->kind == ML_EVENT_PERITONEAL_DIALYSIS;
    if (product && dialysis && product->kind != ML_IV_FLUID)
        ml_node_error(r->issues, body, "%s: %s is no dialysis fluid; see milieu list products iv-fluid", ml_event_row(e->kind)->name, product->name);
    if (product) check_vein(r, body, product, e);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        MlField f = amounts[i];
        if (!ml_event_has(e, f)) continue;
        const MlNode *node = ml_node_get(body, ml_field_row(f)->name);
        if (!node) node = body;
        if (product) check_product(r, node, product, &e->value[f], ml_event_has(e, ML_FIELD_ELEMENTAL));
        if (drug) check_dose(r, node, drug, e->value[f].dimension);
    }
    if (drug && e->kind != ML_EVENT_STOP_DRUG) check_route(r, body, drug, e);
}

/* ---- reading ---- */

static void add(const MlReader *r, const MlNode *node, MlEvent *e, MlScenario *scenario) {
    milieu_error error;
    MlPlaces *places = r->places;
    const MlNode **grown = realloc(places->node, ((size_t)places->n + 1) * sizeof *grown);
    if (grown) places->node = grown;
    e->order = places->n;
    e->line = node->line;
    ml_keep_file(e->file, node->file);
    e->column = node->column;
    if (!grown || ml_scenario_add(scenario, e, &error) != MILIEU_OK)
        ml_issues_add(r->issues, MILIEU_NO_MEMORY, node->file, node->line, node->column,
                      "no memory for the timeline");
    else
        places->node[places->n++] = node;
}

/* Each parameter of a set becomes an event of its own. */
static void read_set(const MlReader *r, const MlNode *body, MlEvent *e, MlScenario *scenario) {
    if (body->n == 0) ml_node_error(r->issues, body, "set: give a parameter and its value");
    for (int i = 0; i < body->n; i++) {
        int p = ml_check_parameter(r, body->key[i], "set");
        if (p < 0) continue;
        const MlParamInfo *row = &ml_params[p];
        MlExpect expect = {.key = row->name, .unit = row->unit, .low = row->low, .high = row->high};
        if (!ml_read_number(r->issues, body->item[i], &expect, &e->parameter_value)) continue;
        snprintf(e->parameter, sizeof e->parameter, "%s", row->name);
        add(r, body, e, scenario);
    }
}

/* A bare value stands for the main field: posture: supine. */
static bool read_bare(const MlReader *r, const MlNode *node, MlEvent *e, MlScenario *scenario) {
    const MlEventRow *row = ml_event_row(e->kind);
    if (node->kind == ML_MAPPING || row->main == ML_FIELD_NONE) return false;
    if (node->kind != ML_SCALAR || ml_node_is_null(node)) return false;
    int before = r->issues->nerror;
    ml_read_field(r, node, ml_event_field(e->kind, row->main), e);
    if (r->issues->nerror == before) check_rules(r, node, e);
    if (r->issues->nerror != before) return true;
    ml_event_complete(e);
    add(r, node, e, scenario);
    return true;
}

/* What an event must tell, for who has told it otherwise: "what: ..., amount: ...". */
static void example_of(MlEventKind kind, char *text, size_t size) {
    int used = 0, n = 0;
    snprintf(text, size, "key: value");
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *row = ml_event_field(kind, (MlField)f);
        if (!row || (row->need != ML_MUST && row->need != ML_ONE) || used >= (int)size || n == 3) continue;
        used += snprintf(text + used, size - (size_t)used, "%s%s: ...", n++ ? ", " : "", ml_field_row((MlField)f)->name);
    }
}

void ml_read_event(const MlReader *r, const MlNode *node, MlEvent *e, MlScenario *scenario) {
    const MlEventRow *row = ml_event_row(e->kind);
    char example[120];
    example_of(e->kind, example, sizeof example);
    if (read_bare(r, node, e, scenario) || !ml_expect_mapping_like(r->issues, node, row->name, example)) return;
    if (row->keys == ML_KEYS_PARAMETERS) {
        read_set(r, node, e, scenario);
        return;
    }
    int before = r->issues->nerror;
    for (int i = 0; i < node->n; i++) read_key(r, node->key[i], node->item[i], e);
    if (ml_event_row(e->kind)->keys == ML_KEYS_DIET) ml_read_menu(r, node, ml_event_row(e->kind)->name, &e->diet);
    check_needs(r, node, e);
    check_rules(r, node, e);
    if (r->issues->nerror == before) ml_settle_composition(r, node, e);
    if (r->issues->nerror == before) check_what(r, node, e);
    ml_event_complete(e);
    add(r, node, e, scenario);
}
