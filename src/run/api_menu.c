/* SPDX-License-Identifier: Apache-2.0 */
/* The public API: menus. */
#include "run/handles.h"

#include "base/fail.h"
#include "timeline/tables.h"

static const MlMenu *menu_at(const milieu_model *model, int i) {
    return i >= 0 && i < ml_menu_count(model->house.products) ? ml_menu_at(model->house.products, i) : NULL;
}

int milieu_menu_count(const milieu_model *model) { return ml_menu_count(model->house.products); }

const char *milieu_menu_name(const milieu_model *model, int i) {
    const MlMenu *menu = menu_at(model, i);
    return menu ? menu->name : NULL;
}

const char *milieu_menu_title(const milieu_model *model, int i) {
    const MlMenu *menu = menu_at(model, i);
    return menu ? menu->title : NULL;
}

const char *milieu_menu_source(const milieu_model *model, int i) {
    const MlMenu *menu = menu_at(model, i);
    return menu ? menu->source : NULL;
}

static milieu_code find_menu(const milieu_model *model, const char *name, const MlMenu **menu, milieu_error *error) {
    *menu = ml_menu_find(model->house.products, name);
    if (*menu) return MILIEU_OK;
    const char *near = ml_menu_nearest(model->house.products, name);
    return ml_fail(error, MILIEU_BAD_INPUT, name, "there is no menu of this name%s%s%s", near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
}

milieu_code milieu_menu_brings(const milieu_model *model, const char *name, const char *field, double *value, milieu_error *error) {
    const MlMenu *menu;
    double brings[ML_NDIET];
    const int k = ml_diet_find(field);
    ML_TRY(find_menu(model, name, &menu, error));
    if (k < 0) return ml_fail(error, MILIEU_BAD_INPUT, field, "the diet has no such field");
    ml_menu_diet(menu, model->house.products, brings);
    *value = brings[k];
    return MILIEU_OK;
}

static milieu_code take(const milieu_model *model, const char *name, MlDietSpec *diet, milieu_error *error) {
    const MlMenu *menu;
    ML_TRY(find_menu(model, name, &menu, error));
    if (*diet->menu) return ml_fail(error, MILIEU_BAD_INPUT, name, "the diet has the menu \"%s\" already", diet->menu);
    if (diet->per_kg[ML_DIET_ENERGY]) return ml_fail(error, MILIEU_BAD_INPUT, "energy", "with a menu energy is that of a day, not per kilogram");
    if (diet->value[ML_DIET_ENERGY] < ML_LEAST_MENU)
        return ml_fail(error, MILIEU_BAD_INPUT, "energy", "all of a menu is scaled to its energy, %d kcal/d at least", ML_LEAST_MENU);
    ml_diet_take_menu(diet, menu, model->house.products);
    return MILIEU_OK;
}

milieu_code milieu_scenario_menu(milieu_scenario *scenario, const milieu_model *model, const char *menu, milieu_error *error) {
    return take(model, menu, &scenario->scenario.person.diet, error);
}

milieu_code milieu_event_menu(milieu_event *event, const milieu_model *model, const char *menu, milieu_error *error) {
    if (ml_event_row(event->event.kind)->keys != ML_KEYS_DIET)
        return ml_fail(error, MILIEU_BAD_INPUT, "menu", "the event \"%s\" has no menu", ml_event_row(event->event.kind)->name);
    return take(model, menu, &event->event.diet, error);
}
