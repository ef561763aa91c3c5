/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include "command.h"

#include "base/fail.h"
#include "person/person.h"
#include "products/drug.h"
#include "products/menu.h"
#include "products/product.h"
#include "report/json_value.h"
#include "run/labs.h"
#include "signs/safety.h"
#include "timeline/tables.h"

#include <math.h>
#include <stdio.h>

static void put_text(json_t **row, const char *key, const char *text) {
    ml_json_put(row, key, ml_json_text(text));
}

static void put_number(json_t **row, const char *key, double v) {
    ml_json_put(row, key, ml_json_number(v));
}

static void put_now(json_t **row, bool now) { ml_json_put(row, "computed", json_boolean(now)); }

static json_t *quantities(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; i < ML_NOUTPUT; i++) {
        const MlOutputInfo *q = &ml_outputs[i];
        json_t *row = json_object();
        put_text(&row, "name", q->name);
        put_text(&row, "unit", q->unit);
        put_text(&row, "us_unit", q->us_unit);
        put_text(&row, "group", q->group);
        put_now(&row, q->available);
        put_text(&row, "text", q->text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *parameters(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; i < ML_NPARAM; i++) {
        const MlParamInfo *p = &ml_params[i];
        json_t *row = json_object();
        put_text(&row, "name", p->name);
        put_number(&row, "default", p->normal);
        put_number(&row, "low", p->low);
        put_number(&row, "high", p->high);
        put_text(&row, "unit", p->unit);
        put_text(&row, "text", p->text);
        put_text(&row, "source", p->source);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *conditions(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; ml_condition_row(i); i++) {
        json_t *row = json_object();
        put_text(&row, "name", ml_condition_row(i)->name);
        put_text(&row, "text", ml_condition_row(i)->text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *words_of(MlChoiceList list) {
    json_t *words = json_array();
    for (int c = 0; ml_choice_row(c); c++)
        if (ml_choice_row(c)->list == list) ml_json_add(&words, json_string(ml_choice_row(c)->name));
    return words;
}

/* Keys of an event that other tables hold: the ions of a loss, the parts of a diet. */
static void add_keys(json_t **fields, int kind) {
    const MlKeys keys = ml_event_row(kind)->keys;
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        if ((keys != ML_KEYS_SWEAT && keys != ML_KEYS_GUT) || !ml_event_loses((MlEventKind)kind, i)) continue;
        json_t *row = json_object();
        put_text(&row, "name", ml_nutrient(i)->name);
        put_text(&row, "need", "optional");
        put_text(&row, "text", "Its concentration in what is lost");
        ml_json_add(fields, row);
    }
    for (int i = 0; i < ML_NDIET && keys == ML_KEYS_DIET; i++) {
        json_t *row = json_object();
        put_text(&row, "name", ml_diet_row(i)->name);
        put_text(&row, "need", "some of these");
        put_text(&row, "text", ml_diet_row(i)->text);
        ml_json_add(fields, row);
    }
}

/* The names of the fields of an event, with what each must be. */
static json_t *fields_of(int kind) {
    json_t *fields = json_array();
    for (int f = 0; f < ML_NFIELD; f++) {
        const MlEventField *field = ml_event_field((MlEventKind)kind, (MlField)f);
        if (!field) continue;
        static const char *const needs[] = {[ML_MUST] = "needed",
                                            [ML_MAY] = "optional",
                                            [ML_ONE] = "one of these",
                                            [ML_ANY] = "some of these"};
        json_t *row = json_object();
        put_text(&row, "name", ml_field_row(f)->name);
        put_text(&row, "need", needs[field->need]);
        put_text(&row, "text", ml_field_row(f)->text);
        if (field->list != ML_LIST_NONE) ml_json_put(&row, "allowed", words_of(field->list));
        ml_json_add(&fields, row);
    }
    add_keys(&fields, kind);
    return fields;
}

static json_t *events(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; ml_event_row(i); i++) {
        json_t *row = json_object();
        put_text(&row, "name", ml_event_row(i)->name);
        ml_json_put(&row, "fields", fields_of(i));
        put_text(&row, "text", ml_event_row(i)->text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *presets(milieu_error *error) {
    json_t *table = json_array();
    for (int i = 0; i < ml_preset_count(); i++) {
        MlPersonSpec spec;
        MlPerson person;
        MlPresetInfo info = ml_preset_info(i);
        ml_person_spec_init(&spec);
        snprintf(spec.preset, sizeof spec.preset, "%s", info.name);
        if (ml_person_build(&spec, &person, error) != MILIEU_OK) {
            json_decref(table);
            return NULL;
        }
        json_t *row = json_object();
        put_text(&row, "name", info.name);
        put_text(&row, "sex", ml_choice_row(person.sex)->name);
        put_number(&row, "age_y", person.age);
        put_number(&row, "height_m", person.height);
        put_number(&row, "mass_kg", person.mass);
        put_number(&row, "body_fat", person.body_fat);
        put_text(&row, "text", info.text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *flags(milieu_error *error) {
    static const char *const severity[] = {"mild", "moderate", "severe"};
    json_t *table = json_array();
    (void)error;
    for (int i = 0; i < ml_flag_count(); i++) {
        const MlFlagInfo info = ml_flag_info(i);
        json_t *row = json_object(), *signs = json_object();
        put_text(&row, "name", info.name);
        put_now(&row, info.available);
        for (int k = 0; k < 3; k++) put_text(&signs, severity[k], info.sign[k]);
        ml_json_put(&row, "signs", signs);
        put_text(&row, "text", info.text);
        put_text(&row, "source", info.source);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *limits(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; i < ml_safety_count(); i++) {
        const MlSafetyLimit l = ml_safety_limit(i);
        json_t *row = json_object();
        put_text(&row, "name", l.name);
        put_number(&row, "bound", l.bound);
        put_text(&row, "unit", l.unit);
        put_number(&row, "window_min", l.window);
        put_text(&row, "strength", l.hard ? "hard" : "advice");
        put_text(&row, "variable", l.text);
        put_text(&row, "for", l.people);
        put_text(&row, "protects_from", l.protects);
        put_text(&row, "source", l.source);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *units(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; ml_unit_row(i); i++) {
        const MlUnitRow *u = ml_unit_row(i);
        json_t *row = json_object();
        put_text(&row, "name", u->name);
        put_text(&row, "aliases", u->aliases);
        put_number(&row, "factor", u->factor);
        put_text(&row, "of", u->power ? ml_base_unit(u->base) : "1");
        ml_json_put(&row, "power", json_integer(u->power));
        put_text(&row, "text", u->text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *composition_of(const MlProduct *p) {
    json_t *contents = json_object();
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        char key[64];
        if (isnan(p->composition.value[i])) continue;
        snprintf(key, sizeof key, "%s_%s_per_%s", ml_nutrient(i)->name, ml_nutrient(i)->unit,
                 p->per_volume ? "L" : "kg");
        put_number(&contents, key, p->composition.value[i]);
    }
    return contents;
}

static json_t *products(milieu_error *error) {
    MlProducts *all;
    if (products_with_own(&all, error) != MILIEU_OK) return NULL;
    json_t *table = json_array();
    for (size_t i = 0; i < ml_products_count(all); i++) {
        const MlProduct *p = ml_products_at(all, i);
        json_t *row = json_object(), *aliases = json_array();
        put_text(&row, "name", p->name);
        put_text(&row, "kind", ml_product_kind_name(p->kind));
        for (int k = 0; k < p->nalias; k++)
            ml_json_add(&aliases, json_string(ml_product_alias(p, k)));
        ml_json_put(&row, "aliases", aliases);
        ml_json_put(&row, "composition", composition_of(p));
        put_number(&row, "density_kg_per_L", p->density);
        put_number(&row, "serving_g", p->serving_mass);
        put_number(&row, "serving_mL", 1000 * p->serving_volume);
        put_text(&row, "text", p->title);
        put_text(&row, "source", p->source);
        ml_json_add(&table, row);
    }
    ml_products_free(all);
    return table;
}

static json_t *items_of(const MlMenu *menu) {
    json_t *items = json_array();
    for (int i = 0; i < menu->nitem; i++) {
        json_t *row = json_object();
        put_text(&row, "name", menu->item[i].product);
        put_text(&row, "meal", menu->item[i].meal);
        put_number(&row, "amount_g", menu->item[i].grams);
        ml_json_add(&items, row);
    }
    return items;
}

/* A day of each, to whole milligrams. */
static json_t *menus(milieu_error *error) {
    MlProducts *all;
    if (products_with_own(&all, error) != MILIEU_OK) return NULL;
    json_t *table = json_array();
    for (int i = 0; i < ml_menu_count(all); i++) {
        const MlMenu *menu = ml_menu_at(all, i);
        const MlMenuDay day = ml_menu_day(menu, all);
        json_t *row = json_object();
        put_text(&row, "name", menu->name);
        put_number(&row, "sodium_mg", round(day.sodium * ml_nutrient(ML_NUTRIENT_SODIUM)->molar_mass));
        put_number(&row, "potassium_mg", round(day.potassium * ml_nutrient(ML_NUTRIENT_POTASSIUM)->molar_mass));
        put_number(&row, "calcium_mg", round(day.calcium * ml_nutrient(ML_NUTRIENT_CALCIUM)->molar_mass));
        put_number(&row, "magnesium_mg", round(day.magnesium * ml_nutrient(ML_NUTRIENT_MAGNESIUM)->molar_mass));
        put_number(&row, "phosphorus_mg", round(day.phosphorus * 30.974));
        put_number(&row, "protein_g", round(day.protein));
        put_number(&row, "energy_kcal", round(day.energy));
        put_number(&row, "water_L", round(100 * day.water) / 100);
        ml_json_put(&row, "foods", items_of(menu));
        put_text(&row, "text", menu->title);
        put_text(&row, "source", menu->source);
        ml_json_add(&table, row);
    }
    ml_products_free(all);
    return table;
}

static json_t *drugs(milieu_error *error) {
    MlDrugs *all;
    if (ml_drugs_create(NULL, &all, error) != MILIEU_OK) return NULL;
    json_t *table = json_array();
    for (size_t i = 0; i < ml_drugs_count(all); i++) {
        const MlDrug *d = ml_drugs_at(all, i);
        json_t *row = json_object(), *routes = json_array();
        put_text(&row, "name", d->name);
        for (int k = 0; k < ML_NDRUG_ROUTE; k++)
            if (!isnan(d->bioavailability[k]))
                ml_json_add(&routes, json_string(ml_drug_route_name((MlDrugRoute)k)));
        ml_json_put(&row, "routes", routes);
        put_text(&row, "effect", ml_drug_effect_name(d->effect));
        put_text(&row, "acts", ml_drug_effect_text(d->effect));
        put_text(&row, "usual_dose", d->usual);
        put_number(&row, "largest_dose_ug", d->largest);
        put_number(&row, "half_life_min", d->half_life);
        put_text(&row, "text", d->title);
        put_text(&row, "source", d->source);
        ml_json_add(&table, row);
    }
    ml_drugs_free(all);
    return table;
}

/* Fluids that leave the gut, mmol/L. */
static json_t *losses(milieu_error *error) {
    static const struct {
        MlChoice kind;
        double sodium, potassium, chloride, calcium, magnesium, phosphate;
        const char *source;
    } fluid[] = {
#define LOSS(choice, na, k, cl, ca, mg, p, block, hurry, villi, text, source) {ML_C_##choice, na, k, cl, ca, mg, p, source},
#include "run/losses.def"
    };
    json_t *table = json_array();
    (void)error;
    for (size_t i = 0; i < sizeof fluid / sizeof *fluid; i++) {
        const MlChoiceRow *kind = ml_choice_row(fluid[i].kind);
        json_t *row = json_object();
        put_text(&row, "name", kind->name);
        put_text(&row, "event", kind->list == ML_LIST_VOMIT ? "vomit, gastric-suction" : "diarrhea");
        put_number(&row, "sodium", fluid[i].sodium);
        put_number(&row, "potassium", fluid[i].potassium);
        put_number(&row, "chloride", fluid[i].chloride);
        put_number(&row, "calcium", fluid[i].calcium);
        put_number(&row, "magnesium", fluid[i].magnesium);
        put_number(&row, "phosphate", fluid[i].phosphate);
        put_text(&row, "text", kind->text);
        put_text(&row, "source", fluid[i].source);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *infections(milieu_error *error) {
    static const struct {
        MlChoice severity;
        double temperature;
        const char *source;
    } degree[] = {
#define INFECTION(choice, temperature, leak, vasoplegia, adh, catabolism, appetite, gfr, stress, source) {ML_C_##choice, temperature, source},
#include "run/infections.def"
    };
    json_t *table = json_array();
    (void)error;
    for (size_t i = 0; i < sizeof degree / sizeof *degree; i++) {
        json_t *row = json_object();
        put_text(&row, "name", ml_choice_row(degree[i].severity)->name);
        put_text(&row, "field", "severity");
        put_number(&row, "degC", degree[i].temperature);
        put_text(&row, "text", ml_choice_row(degree[i].severity)->text);
        put_text(&row, "source", degree[i].source);
        ml_json_add(&table, row);
    }
    for (int c = 0; ml_choice_row(c); c++) {
        if (ml_choice_row(c)->list != ML_LIST_INFECTION_KIND) continue;
        json_t *row = json_object();
        put_text(&row, "name", ml_choice_row(c)->name);
        put_text(&row, "field", "kind");
        put_text(&row, "text", ml_choice_row(c)->text);
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *measured(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; i < ML_NOUTPUT; i++) {
        const MlLabRow *lab = ml_lab_of(i);
        if (!lab) continue;
        json_t *row = json_object();
        put_text(&row, "name", ml_outputs[i].name);
        put_number(&row, "low", lab->low);
        put_number(&row, "high", lab->high);
        put_text(&row, "unit", ml_outputs[i].unit);
        put_text(&row, "used", ml_outputs[i].available && ml_lab_is_start(i) ? "yes" : "no");
        put_text(&row, "text", ml_outputs[i].text);
        if (i == ML_O_plasma_urea) put_text(&row, "also", "plasma_urea_nitrogen");
        if (i == ML_O_plasma_phosphate) put_text(&row, "also", "plasma_phosphorus");
        ml_json_add(&table, row);
    }
    return table;
}

static json_t *tables(milieu_error *error);

static const Table TABLES[] = {
    {"quantities", "name unit computed text", "What a run can report", quantities},
    {"parameters", "name default unit low high text", "Parameters of the model", parameters},
    {"products", "name kind text", "Foods, drinks, supplements, infusions and blood products", products},
    {"menus", "name sodium_mg potassium_mg calcium_mg magnesium_mg phosphorus_mg protein_g energy_kcal water_L text", "Days of food", menus},
    {"drugs", "name acts routes", "Drugs with their routes", drugs},
    {"conditions", "name text", "Disorders of a person", conditions},
    {"presets", "name sex age_y height_m mass_kg text", "People to begin from", presets},
    {"labs", "name low high unit used text", "Measured values to start from", measured},
    {"events", "name fields text", "What can happen, with its fields", events},
    {"losses", "name event sodium potassium chloride text", "Kinds of vomit, diarrhea and drainage, mmol/L", losses},
    {"infections", "name field degC text", "Severities and kinds of infections", infections},
    {"flags", "name computed text", "Findings that a run tells, with their limits", flags},
    {"limits", "name strength bound unit window_min protects_from", "Safety limits", limits},
    {"units", "name aliases factor of text", "Units with their factors", units},
    {"tables", "name text", "These tables", tables},
};

static json_t *tables(milieu_error *error) {
    json_t *table = json_array();
    (void)error;
    for (int i = 0; table_at(i); i++) {
        json_t *row = json_object();
        put_text(&row, "name", table_at(i)->name);
        put_text(&row, "text", table_at(i)->text);
        ml_json_add(&table, row);
    }
    return table;
}

const Table *table_at(int i) {
    return i >= 0 && i < (int)(sizeof TABLES / sizeof *TABLES) ? &TABLES[i] : NULL;
}
