/* SPDX-License-Identifier: Apache-2.0 */
#include "report/event_words.h"

#include <string.h>

#include "report/number.h"
#include "report/words.h"
#include "timeline/tables.h"

/* ---- values ---- */

/* Small volumes and masses in the unit that keeps the number short. */
static const struct {
    const char *unit, *small;
    double factor, below;
} smaller[] = {{"L", "mL", 1000, 1}, {"L/min", "mL/min", 1000, 1}, {"g", "ug", 1e6, 1e-3}, {"g", "mg", 1000, 1}, {"g/min", "ug/min", 1e6, 1e-3}, {"g/min", "mg/min", 1000, 1}};

void ml_value_told(double v, const char *unit, char *text, size_t size) {
    if (strcmp(unit, "min") == 0) {
        ml_append(text, size, "%s", ml_duration(v).s);
        return;
    }
    for (size_t i = 0; i < sizeof smaller / sizeof *smaller; i++) {
        if (strcmp(unit, smaller[i].unit) != 0 || v == 0 || fabs(v) >= smaller[i].below) continue;
        v *= smaller[i].factor;
        unit = smaller[i].small;
        break;
    }
    const int bare = strcmp(unit, "1") == 0 || strcmp(unit, "ratio") == 0;
    ml_append(text, size, "%s%s%s", ml_plain(v, 4).s, bare ? "" : " ", bare ? "" : unit);
}

/* A share of something is a percentage, but a ventilation and a metabolic rate are multiples. */
static int is_share(MlField f) {
    return f == ML_FIELD_GRADE || f == ML_FIELD_INTENSITY || f == ML_FIELD_HUMIDITY || f == ML_FIELD_AREA || f == ML_FIELD_GFR;
}

static void number(const MlEvent *e, MlField f, char *text, size_t size) {
    const MlValue *v = &e->value[f];
    const MlFieldUnit *row = ml_field_unit_of(f, v->dimension);
    if (v->of_output >= 0) {
        const double scale = v->dimension == ML_DIM_MASS ? 1000 : 1; /* kg, kept as g */
        ml_append(text, size, "%s %% of %s", ml_plain(100 * v->v / scale, 4).s, ml_outputs[v->of_output].name);
    } else if (v->dimension == ML_DIM_NUMBER && is_share(f)) {
        ml_append(text, size, "%s %%", ml_plain(100 * v->v, 4).s);
    } else {
        ml_value_told(v->v, row ? row->unit : "1", text, size);
        if (v->per_kg) ml_append(text, size, "/kg");
    }
}

/* "sodium 23 mmol/L, glucose 333 mmol/L" */
static void contents(const MlEvent *e, char *text, size_t size) {
    static const char *const per[] = {[ML_PER_LITER] = "/L", [ML_PER_KILOGRAM] = "/kg", [ML_IN_ALL] = ""};
    const char *before = "{";
    for (int i = 0; i < ML_NNUTRIENT; i++) {
        const double v = e->composition.value[i];
        if (isnan(v)) continue;
        ml_append(text, size, "%s%s %s %s%s", before, ml_nutrient(i)->name, ml_plain(v, 4).s, ml_nutrient(i)->unit, per[e->basis]);
        before = ", ";
    }
    ml_append(text, size, "}");
}

void ml_diet_told(const MlDietSpec *d, char *text, size_t size) {
    const char *before = "";
    for (int i = 0; i < ML_NDIET; i++) {
        if (isnan(d->value[i])) continue;
        ml_append(text, size, "%s%s %s %s%s", before, ml_diet_row(i)->name, ml_plain(d->value[i], 4).s, ml_diet_row(i)->unit,
                  d->per_kg[i] ? " per kg" : "");
        before = ", ";
    }
}

/* ---- events ---- */

static double usual(const MlEvent *e, MlField f) {
#define EVENT_DEFAULT(event, field, value) if (e->kind == ML_EVENT_##event && f == ML_FIELD_##field) return value;
#include "timeline/fields.def"
    return NAN;
}

/* What ml_event_complete put there says nothing new. */
static int is_implied(const MlEvent *e, MlField f) {
    const double v = e->value[f].v;
    if (v == usual(e, f)) return 1;
    return f == ML_FIELD_OVER && ml_event_has(e, ML_FIELD_FOR) && e->value[ML_FIELD_FOR].v == v;
}

static void field(const MlEvent *e, MlField f, const char *before, char *text, size_t size) {
    const MlFieldRow *row = ml_field_row(f);
    const MlChoiceRow *choice;
    ml_append(text, size, "%s", before);
    switch (row->type) {
    case ML_TYPE_NUMBER:
        ml_append(text, size, "%s ", row->name);
        number(e, f, text, size);
        break;
    case ML_TYPE_CHOICE:
        choice = ml_choice_row((int)e->value[f].v);
        ml_append(text, size, "%s", choice ? choice->name : "?");
        break;
    case ML_TYPE_SWITCH:
        ml_append(text, size, "%s%s", e->value[f].v > 0 ? "" : "not ", row->name);
        break;
    case ML_TYPE_LOSS:
        ml_append(text, size, "until %s ", ml_outputs[e->loss.output].name);
        if (e->loss.relative)
            ml_append(text, size, "%s %%", ml_signed(100 * e->loss.value, 1).s);
        else
            ml_value_told(e->loss.value, ml_outputs[e->loss.output].unit, text, size);
        break;
    default:
        ml_append(text, size, "%s %s", row->name, e->what);
    }
}

/* "333 mL of water" */
static void what(const MlEvent *e, MlField amount, char *text, size_t size) {
    const char *before = " ";
    if (amount != ML_FIELD_NONE) {
        ml_append(text, size, " ");
        number(e, amount, text, size);
        before = " of ";
    }
    if (!*e->what && !e->has_composition) return;
    ml_append(text, size, "%s", before);
    if (*e->what)
        ml_append(text, size, "%s", e->what);
    else
        contents(e, text, size);
}

static MlField amount_of(const MlEvent *e) {
    static const MlField ways[] = {ML_FIELD_AMOUNT, ML_FIELD_DOSE, ML_FIELD_RATE, ML_FIELD_VOLUME};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ml_event_has(e, ways[i])) return ways[i];
    return ML_FIELD_NONE;
}

void ml_event_told(const MlEvent *e, char *text, size_t size) {
    const MlField amount = amount_of(e);
    text[0] = 0;
    ml_append(text, size, "%s", ml_event_row(e->kind)->name);
    if (e->kind == ML_EVENT_SET) {
        ml_append(text, size, " %s to %s", e->parameter, ml_plain(e->parameter_value, 5).s);
        return;
    }
    what(e, amount, text, size);
    char diet[200] = "";
    ml_diet_told(&e->diet, diet, sizeof diet);
    if (*diet) ml_append(text, size, " of %s", diet);
    const int named = *e->what || e->has_composition; /* whichever field it stands in */
    const char *before = amount == ML_FIELD_NONE && !named && !*diet ? " " : ", ";
    for (int f = 0; f < ML_NFIELD; f++) {
        if (!ml_event_has(e, (MlField)f) || f == (int)amount || (named && ml_field_row((MlField)f)->type == ML_TYPE_NAME) || is_implied(e, (MlField)f)) continue;
        field(e, (MlField)f, before, text, size);
        before = ", ";
    }
}

void ml_event_when(const MlEvent *e, char *text, size_t size) {
    text[0] = 0;
    ml_append(text, size, "at %s", ml_duration(e->at).s);
    if (isnan(e->every)) return;
    ml_append(text, size, ", every %s", ml_duration(e->every).s);
    if (!isnan(e->until)) ml_append(text, size, " until %s", ml_duration(e->until).s);
    if (e->times > 0) ml_append(text, size, ", %d times", e->times);
}
