/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of an event, one by one. */
#include "scenario/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *field_name(MlField f) { return ml_field_row(f)->name; }

static void set(MlEvent *e, MlField f, MlValue value) {
    e->value[f] = value;
    e->given |= (uint64_t)1 << f;
}

/* "a volume, a mass": what the field takes in this event. */
static void allowed_text(MlEventKind kind, MlField f, char *text, size_t size) {
    const char *names[ML_NDIM];
    size_t n = 0;
    for (int d = 0; d < ML_NDIM; d++)
        if (ml_event_takes(kind, f, (MlDimension)d)) names[n++] = ml_dimension_text((MlDimension)d);
    ml_join_names(names, n, text, size);
}

/* What a share of a quantity in that unit is, with its factor to the dimension's own unit; false: no amount.
 */
static bool share_of(const char *unit, MlDimension *dimension, double *factor) {
    *factor = strcmp(unit, "kg") == 0 ? 1000 : 1;
    *dimension = strcmp(unit, "L") == 0    ? ML_DIM_VOLUME
                 : strcmp(unit, "kg") == 0 ? ML_DIM_MASS
                                           : ML_DIM_AMOUNT;
    return *dimension != ML_DIM_AMOUNT || strcmp(unit, "mmol") == 0;
}

/* 150 % of sweat_volume */
static void read_share(const MlReader *r, const MlNode *node, MlField f, const MlQuantity *q, MlEvent *e) {
    char name[ML_NAME_SIZE], found[ML_FOUND_SIZE], range[ML_RANGE_SIZE];
    MlNode of = *node;
    MlDimension dimension;
    int output;
    double factor, share = q->number * q->unit.factor;
    snprintf(name, sizeof name, "%s", q->rest + 3 + strspn(q->rest + 3, " "));
    of.text = name;
    if (!ml_read_quantity(r->issues, &of, field_name(f), false, &output)) return;
    ml_node_found(node, found);
    bool amount = share_of(ml_outputs[output].unit, &dimension, &factor);
    if (f != ML_FIELD_AMOUNT || !q->unit.percent || !amount || !ml_event_takes(e->kind, f, dimension))
        ml_node_error(r->issues, node,
                      "%s: found %s; a share is an amount in %% of a quantity in L, kg or mmol, whichever "
                      "the event takes",
                      field_name(f), found);
    else if (!(share >= 0 && share <= 10))
        ml_node_error(r->issues, node, "%s: %s is %s", field_name(f), found,
                      ml_range_text(share, false, 0, 10, "1", range));
    else
        set(e, f, (MlValue){.v = share * factor, .dimension = dimension, .of_output = output});
}

/* The row of fields.def whose dimension q has; per kilogram of body mass if it says so. */
static const MlFieldUnit *match_unit(MlEventKind kind, MlField f, MlQuantity *q, bool *per_kg, double *v) {
    for (int pass = 0; pass < 2; pass++) {
        *per_kg = pass == 1;
        if (*per_kg && q->unit.power[ML_BASE_PER_KG] != -1) return NULL;
        if (*per_kg) q->unit.power[ML_BASE_PER_KG] = 0;
        for (int i = 0; ml_field_unit(i); i++) {
            const MlFieldUnit *row = ml_field_unit(i);
            if (row->field != f || !ml_event_takes(kind, f, row->dimension)) continue;
            if (*per_kg && row->high_per_kg == 0) continue;
            if (ml_quantity_convert(q, row->unit, NULL, 0, v)) return row;
        }
    }
    return NULL;
}

/* "250 mL": an example in the first unit of the field; food is weighed. */
static const char *example(MlEventKind kind, MlField f) {
    static const struct {
        MlDimension dimension;
        const char *text;
    } examples[] = {{ML_DIM_VOLUME, "250 mL"},        {ML_DIM_MASS, "40 mg"},
                    {ML_DIM_TIME, "30 min"},          {ML_DIM_POWER, "200 W"},
                    {ML_DIM_VOLUME_RATE, "100 mL/h"}, {ML_DIM_TEMPERATURE, "30 degC"},
                    {ML_DIM_SPEED, "10 km/h"},        {ML_DIM_CLOTHING, "0.5 clo"},
                    {ML_DIM_AMOUNT, "20 mmol"},       {ML_DIM_PRESSURE, "40 mmHg"},
                    {ML_DIM_LENGTH, "3000 m"},       {ML_DIM_CONCENTRATION, "3 mmol/L"}};
    if (kind == ML_EVENT_EAT && f == ML_FIELD_AMOUNT) return "100 g";
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (ml_event_takes(kind, f, examples[i].dimension)) return examples[i].text;
    return f == ML_FIELD_MET ? "8" : "50 %";
}

static void read_number(const MlReader *r, const MlNode *node, MlField f, MlEvent *e) {
    char found[ML_FOUND_SIZE], allowed[200], range[ML_RANGE_SIZE];
    MlQuantity q;
    double v, low, high;
    bool per_kg, bare = ml_event_takes(e->kind, f, ML_DIM_NUMBER);
    if (!ml_read_raw(r->issues, node, field_name(f), !bare, example(e->kind, f), &q)) return;
    if (f == ML_FIELD_GFR && !strcmp(q.rest, "of own")) {
        q.rest[0] = 0;
    } else if (strncmp(q.rest, "of ", 3) == 0) {
        read_share(r, node, f, &q, e);
        return;
    }
    const MlFieldUnit *row = *q.rest ? NULL : match_unit(e->kind, f, &q, &per_kg, &v);
    ml_node_found(node, found);
    if (!row && q.unit.percent && f == ML_FIELD_AMOUNT && !*q.rest) {
        ml_node_error(r->issues, node,
                      "amount: %s of what? A share names a quantity, such as 150 %% of sweat_volume", found);
        return;
    }
    if (!row) {
        allowed_text(e->kind, f, allowed, sizeof allowed);
        ml_node_error(r->issues, node, "%s: %s is of the wrong kind; allowed: %s, such as %s", field_name(f),
                      found, allowed, example(e->kind, f));
        return;
    }
    low = per_kg ? 0 : row->low;
    high = per_kg ? row->high_per_kg : row->high;
    if (!per_kg) ml_event_range(e->kind, f, &low, &high);
    const double slack = 1e-12 * fabs(v); /* 110 % is a little more than 1.1 */
    if (!(v >= low - slack && v <= high + slack)) {
        ml_range_text(v, !q.has_unit, low, high, row->unit, range);
        ml_node_error(r->issues, node, "%s: %s is %s%s", field_name(f), found, range,
                      per_kg ? " per kg" : "");
        return;
    }
    set(e, f, (MlValue){.v = v, .dimension = row->dimension, .per_kg = per_kg, .of_output = -1});
}

static void read_what(const MlReader *r, const MlNode *node, MlField f, MlEvent *e) {
    bool loss = ml_event_row(e->kind)->keys == ML_KEYS_GUT;
    bool drug = e->kind == ML_EVENT_DRUG || e->kind == ML_EVENT_STOP_DRUG;
    if (node->kind == ML_MAPPING && !drug) {
        ml_read_composition(r, node, field_name(f), e);
    } else if (loss) {
        ml_expect_mapping(r->issues, node, "what");
        return;
    } else if (!ml_check_what(r, node, field_name(f), e->kind) ||
               !ml_read_text(r->issues, node, field_name(f), e->what, sizeof e->what)) {
        return;
    }
    e->given |= (uint64_t)1 << f;
}

/* until: {body_mass: -2 %} */
static void read_loss(const MlReader *r, const MlNode *node, MlEvent *e) {
    char found[ML_FOUND_SIZE];
    if (node->broken) return;
    if (node->kind != ML_MAPPING || node->n != 1) {
        ml_node_error(r->issues, node,
                      "until: found %s, but one loss such as {body_mass: -2 %%} belongs here; a time goes "
                      "into `for`",
                      ml_node_found(node, found));
        return;
    }
    MlLoss loss;
    if (!ml_read_quantity(r->issues, node->key[0], "until", false, &loss.output)) return;
    if (!ml_read_value_of(r->issues, node->item[0], "until", loss.output, ML_CONVERT_DIFFERENCE, -INFINITY,
                          INFINITY, &loss.relative, &loss.value))
        return;
    if (loss.value == 0 || (loss.relative && loss.value <= -1)) {
        ml_node_error(r->issues, node->item[0], "until: %s is no change that can be reached",
                      ml_node_found(node->item[0], found));
        return;
    }
    e->loss = loss;
    e->given |= (uint64_t)1 << ML_FIELD_UNTIL;
}

void ml_read_field(const MlReader *r, const MlNode *node, const MlEventField *field, MlEvent *e) {
    MlChoice choice;
    int on;
    switch (field->list != ML_LIST_NONE ? ML_TYPE_CHOICE : ml_field_row(field->field)->type) {
    case ML_TYPE_NUMBER:
        read_number(r, node, field->field, e);
        break;
    case ML_TYPE_CHOICE:
        if (ml_read_choice(r->issues, node, field_name(field->field), field->list, &choice))
            ml_event_set(e, field->field, choice, ML_DIM_NUMBER);
        break;
    case ML_TYPE_SWITCH:
        if (ml_read_switch(r->issues, node, field_name(field->field), &on))
            ml_event_set(e, field->field, on, ML_DIM_NUMBER);
        break;
    case ML_TYPE_NAME:
        read_what(r, node, field->field, e);
        break;
    case ML_TYPE_LOSS:
        read_loss(r, node, e);
        break;
    }
}
