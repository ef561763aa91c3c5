/* SPDX-License-Identifier: Apache-2.0 */
/* Resources of FHIR R4: observations with their components, and the patient. */
#include "scenario/fhir.h"

#include "person/person.h"
#include "run/labs.h"
#include "scenario/fhir_inside.h"
#include "scenario/source.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 4 };
static const double year = 525960, apart = 24 * 60; /* min; further apart, values of one start are told */

void ml_fhir_say(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *node, const char *element, bool note, const char *format, ...) {
    char text[400], said[190];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    const bool named = *place->name, somewhere = *place->path || *element;
    snprintf(text, sizeof text, "%.100s%s%.60s%s%.40s%s%s%s", place->path, *element && *place->path ? "." : "", element, named ? " (" : "", place->name, named ? ")" : "",
             somewhere ? ": " : "", said);
    if (note)
        ml_issues_note(r->issues, node->file, node->line, node->column, "%s", text);
    else
        ml_issues_add(r->issues, MILIEU_BAD_INPUT, node->file, node->line, node->column, "%s", text);
}

/* The text of an element, "" where there is none. */
static const char *text_of(const MlNode *mapping, const char *key) {
    const MlNode *node = mapping->kind == ML_MAPPING ? ml_node_get(mapping, key) : NULL;
    return node && node->kind == ML_SCALAR && !ml_node_is_null(node) ? node->text : "";
}

static bool is_one_of(const char *word, const char *const *list) {
    for (; *list; list++)
        if (strcmp(*list, word) == 0) return true;
    return false;
}

/* ---- codes ---- */

typedef enum Kind { LAB, KNOWN, BODY } Kind;
typedef struct Code {
    const char *code;
    Kind kind;
    const char *quantity, *substance, *text, *more; /* more: why it is not used, or the unit of a body measure */
} Code;
static const Code codes[] = {
#define LOINC_LAB(code, quantity, substance, text) {code, LAB, #quantity, substance, text, ""},
#define LOINC_KNOWN(code, text, why) {code, KNOWN, "", "", text, why},
#define LOINC_BODY(code, field, unit, text) {code, BODY, #field, "", text, unit},
#include "scenario/loinc.def"
};

static const Code *find_code(const char *code) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].code, code) == 0) return &codes[i];
    return NULL;
}

static void count_unread(MlFhirReader *r, const char *code) {
    const size_t used = strlen(r->unread_codes);
    r->unread++;
    if (used + strlen(code) + 8 < sizeof r->unread_codes)
        snprintf(r->unread_codes + used, sizeof r->unread_codes - used, "%s%s", used ? ", " : "", code);
}

/* The first LOINC code of the codings that is known; NULL: none, with an error where one is no code at all. */
static const Code *code_of(MlFhirReader *r, const MlFhirPlace *place, const MlNode *of, const char *prefix) {
    const MlNode *concept = ml_node_get(of, "code"), *list = concept && concept->kind == ML_MAPPING ? ml_node_get(concept, "coding") : NULL;
    const char *met = "without a LOINC code";
    char at[96], found[ML_FOUND_SIZE], right;
    if (concept && concept->kind != ML_MAPPING) {
        snprintf(at, sizeof at, "%scode", prefix);
        ml_fhir_error(r, place, concept, at, "found %s, but a CodeableConcept with a coding belongs here", ml_node_found(concept, found));
        return NULL;
    }
    if (list && list->kind != ML_SEQUENCE) {
        snprintf(at, sizeof at, "%scode.coding", prefix);
        ml_fhir_error(r, place, list, at, "found %s, but a list of codings belongs here", ml_node_found(list, found));
        return NULL;
    }
    if (!list) {
        count_unread(r, met);
        return NULL;
    }
    for (int i = 0; i < list->n; i++) {
        if (list->item[i]->kind == ML_MAPPING) continue;
        snprintf(at, sizeof at, "%scode.coding[%d]", prefix, i);
        ml_fhir_error(r, place, list->item[i], at, "found %s, but a coding, {\"system\": ..., \"code\": ...}, belongs here", ml_node_found(list->item[i], found));
        return NULL;
    }
    for (int i = 0; i < list->n; i++) {
        const char *code = text_of(list->item[i], "code");
        if (strcmp(text_of(list->item[i], "system"), "http://loinc.org") != 0) continue;
        const Code *row = find_code(code);
        if (row) return row;
        met = code;
        if (ml_loinc_is_code(code, &right)) continue;
        snprintf(at, sizeof at, "%scode.coding[%d].code", prefix, i);
        if (right)
            ml_fhir_error(r, place, list->item[i], at, "'%.20s' is no LOINC code: its check digit would be %c", code, right);
        else
            ml_fhir_error(r, place, list->item[i], at, "'%.20s' is no LOINC code, such as 2951-2", code);
        return NULL;
    }
    count_unread(r, met);
    return NULL;
}

/* ---- values ---- */

static void keep_lab(MlFhirReader *r, const MlFhirPlace *place, const MlNode *node, int output, double value, double time) {
    MlFhir *out = r->out;
    int i = 0;
    while (i < out->nlab && out->lab[i].output != output) i++;
    if (i == ML_MAX_LABS) {
        ml_fhir_error(r, place, node, "", "more than %d different labs", ML_MAX_LABS);
        return;
    }
    struct MlFhirLab *lab = &out->lab[i];
    if (i == out->nlab) *lab = (struct MlFhirLab){.output = output, .time = -INFINITY}, out->nlab++;
    lab->times++;
    if (time < lab->time) return;
    lab->value = value, lab->time = time;
    lab->line = node->line, lab->column = node->column;
    snprintf(lab->from, sizeof lab->from, "%.60s", *place->name ? place->name : place->path);
    snprintf(lab->place, sizeof lab->place, *place->name ? "%.60s (%s)" : "%.60s", place->path, place->name);
}

/* What is known of the code, and whether it can be a start. */
static bool is_wanted(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *node, const char *element, const Code *code, int output) {
    if (code->kind == KNOWN) {
        ml_fhir_note(r, place, node, element, "%s is not used: %s", code->text, code->more);
        return false;
    }
    if (code->kind == LAB && !ml_lab_is_start(output)) {
        ml_fhir_note(r, place, node, element, "%s is not used: urine is what the kidneys make of the state at the start", code->text);
        return false;
    }
    return true;
}

static void keep_value(MlFhirReader *r, const MlFhirPlace *place, const MlNode *quantity, const char *element, const Code *code, int output, double time) {
    double value;
    if (code->kind == BODY) {
        const MlPersonNumber *row = ml_person_number(code->quantity);
        if (!ml_fhir_quantity(r, place, quantity, element, row->unit, NULL, row->low, row->high, &value)) return;
        double *to = strcmp(code->quantity, "mass") == 0 ? &r->out->mass : &r->out->height;
        double *when = to == &r->out->mass ? &r->out->mass_time : &r->out->height_time;
        if (isnan(*to) || time >= *when) *to = value, *when = time;
        return;
    }
    MlMolar molar;
    const bool has = *code->substance ? ml_molar_find(code->substance, &molar) : ml_molar_of_quantity(output, &molar);
    const MlLabRow *lab = ml_lab_of(output);
    if (!ml_fhir_quantity(r, place, quantity, element, ml_outputs[output].unit, has ? &molar : NULL, lab->low, lab->high, &value)) return;
    const char *comparator = text_of(quantity, "comparator");
    if (*comparator) ml_fhir_note(r, place, quantity, element, "%s is told as %s %.4g; taken as that value", code->text, comparator, value);
    if (strcmp(code->code, "2028-9") == 0)
        ml_fhir_note(r, place, quantity, element, "total carbon dioxide is taken as bicarbonate; it is about 1 mmol/L more, by dissolved gas");
    if (output == ML_O_plasma_ketones)
        ml_fhir_note(r, place, quantity, element, "3-hydroxybutyrate is taken as all ketones; acetoacetate, which goes with it, is not counted");
    keep_lab(r, place, quantity, output, value, time);
}

/* The value of an observation or component: Quantity, or none with a reason. */
static void read_value(MlFhirReader *r, const MlFhirPlace *place, const MlNode *of, const char *prefix, double time, bool may_lack) {
    char element[64];
    snprintf(element, sizeof element, "%svalueQuantity", prefix);
    const MlNode *quantity = ml_node_get(of, "valueQuantity");
    if (!quantity && may_lack && !ml_node_get(of, "code")) return;
    const Code *code = code_of(r, place, of, prefix);
    if (!code) return;
    const int output = code->kind == LAB ? ml_output_find(code->quantity) : -1;
    if ((quantity || !may_lack) && !is_wanted(r, place, quantity ? quantity : of, quantity ? element : "", code, output)) return;
    if (quantity) {
        keep_value(r, place, quantity, element, code, output, time);
    } else if (ml_node_get(of, "dataAbsentReason")) {
        ml_fhir_note(r, place, of, "", "%s has no value; the resource says that it is absent", code->text);
    } else if (!may_lack) {
        for (int i = 0; i < of->n; i++)
            if (strncmp(of->key[i]->text, "value", 5) == 0) {
                snprintf(element, sizeof element, "%s%.30s", prefix, of->key[i]->text);
                ml_fhir_error(r, place, of->item[i], element, "%s is told by a %.30s; a valueQuantity belongs here", code->text, of->key[i]->text);
                return;
            }
        ml_fhir_error(r, place, of, element, "%s has no value", code->text);
    }
}

/* ---- observations ---- */

static bool is_final(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *o) {
    static const char *const good[] = {"final", "amended", "corrected", NULL}, *const none[] = {"entered-in-error", "cancelled", "registered", NULL},
                             *const unsure[] = {"preliminary", "unknown", "", NULL};
    const char *status = text_of(o, "status");
    const MlNode *node = ml_node_get(o, "status");
    if (is_one_of(status, good)) return true;
    if (is_one_of(status, none)) {
        ml_fhir_note(r, place, node, "status", "left out: its status is %s", status);
        return false;
    }
    if (is_one_of(status, unsure)) {
        ml_fhir_note(r, place, node ? node : o, "status", *status ? "taken, though its status is %s" : "taken, though it states no status%s", status);
        return true;
    }
    ml_fhir_error(r, place, node ? node : o, "status",
                  "unknown status '%.30s'; allowed: registered, preliminary, final, amended, corrected, cancelled, entered-in-error, unknown", status);
    return false;
}

static double time_of(const MlFhirReader *r, const MlFhirPlace *place, const MlNode *o) {
    static const char *const names[] = {"effectiveDateTime", "effectiveInstant"};
    double minutes = -INFINITY;
    const MlNode *node = NULL, *period = ml_node_get(o, "effectivePeriod");
    const char *name = "effectivePeriod";
    for (int i = 0; i < 2 && !node; i++) node = ml_node_get(o, names[i]), name = node ? names[i] : name;
    if (!node && period && period->kind == ML_MAPPING) {
        node = ml_node_get(period, "end");
        if (!node) node = ml_node_get(period, "start");
    }
    if (!node) return -INFINITY;
    if (node->kind == ML_SCALAR && ml_fhir_time(node->text, &minutes)) return minutes;
    char found[ML_FOUND_SIZE];
    ml_fhir_error(r, place, node, name, "%s is no date or time of FHIR, such as 2024-03-01T08:30:00Z", ml_node_found(node, found));
    return -INFINITY;
}

static bool is_same_subject(MlFhirReader *r, const MlFhirPlace *place, const MlNode *o) {
    const MlNode *subject = ml_node_get(o, "subject");
    const char *reference = subject ? text_of(subject, "reference") : "";
    if (!*reference) return true;
    if (!*r->subject) snprintf(r->subject, sizeof r->subject, "%s", reference);
    if (strncmp(r->subject, reference, sizeof r->subject - 1) == 0) return true;
    ml_fhir_error(r, place, subject, "subject.reference", "'%.60s' is another person than '%.60s'; give the values of one", reference, r->subject);
    return false;
}

static void read_observation(MlFhirReader *r, const MlFhirPlace *place, const MlNode *o) {
    if (!is_final(r, place, o) || !is_same_subject(r, place, o)) return;
    const MlNode *parts = ml_node_get(o, "component");
    const bool has_parts = parts && parts->kind == ML_SEQUENCE && parts->n > 0;
    const double time = time_of(r, place, o);
    if (!has_parts || ml_node_get(o, "valueQuantity")) read_value(r, place, o, "", time, has_parts || ml_node_get(o, "hasMember") != NULL);
    for (int i = 0; has_parts && i < parts->n; i++) {
        char prefix[32], found[ML_FOUND_SIZE];
        snprintf(prefix, sizeof prefix, "component[%d].", i);
        if (parts->item[i]->kind == ML_MAPPING)
            read_value(r, place, parts->item[i], prefix, time, false);
        else
            ml_fhir_error(r, place, parts->item[i], "component", "found %s, but a component belongs here", ml_node_found(parts->item[i], found));
    }
}

/* ---- the patient ---- */

static void read_patient(MlFhirReader *r, const MlFhirPlace *place, const MlNode *p) {
    const char *gender = text_of(p, "gender"), *birth = text_of(p, "birthDate");
    if (r->patients++ > 0) {
        ml_fhir_error(r, place, p, "", "a second patient; give the values of one person");
        return;
    }
    if (strcmp(gender, "female") == 0 || strcmp(gender, "male") == 0)
        r->out->sex = *gender == 'f' ? ML_C_FEMALE : ML_C_MALE;
    else if (*gender)
        ml_fhir_note(r, place, ml_node_get(p, "gender"), "gender", "'%.20s' is not used; the body follows the sex of the scenario", gender);
    if (*birth && !ml_fhir_time(birth, &r->birth))
        ml_fhir_error(r, place, ml_node_get(p, "birthDate"), "birthDate", "'%.30s' is no date of FHIR, such as 1958-04-30", birth);
}

/* ---- resources ---- */

static void read_resource(MlFhirReader *r, const MlNode *node, const char *path, int depth);

static void read_each(MlFhirReader *r, const MlNode *list, const char *path, const char *inside, int depth) {
    char found[ML_FOUND_SIZE], at[ML_FHIR_PLACE];
    MlFhirPlace here = {.name = ""};
    snprintf(here.path, sizeof here.path, "%s", path);
    if (list->kind != ML_SEQUENCE) {
        ml_fhir_error(r, &here, list, "", "found %s, but a list belongs here", ml_node_found(list, found));
        return;
    }
    for (int i = 0; i < list->n; i++) {
        const MlNode *item = list->item[i];
        snprintf(at, sizeof at, "%.100s[%d]%s%s", path, i, *inside ? "." : "", inside);
        if (*inside && item->kind == ML_MAPPING) item = ml_node_get(item, inside);
        if (item) read_resource(r, item, at, depth + 1); /* an entry may be a mere request */
    }
}

static void read_resource(MlFhirReader *r, const MlNode *node, const char *path, int depth) {
    char found[ML_FOUND_SIZE], at[ML_FHIR_PLACE];
    MlFhirPlace place = {.name = ""};
    snprintf(place.path, sizeof place.path, "%s", path);
    if (depth > MOST_NESTED) {
        ml_fhir_error(r, &place, node, "", "resources within resources, more than %d deep", MOST_NESTED);
        return;
    }
    const char *type = text_of(node, "resourceType");
    if (node->kind != ML_MAPPING || !*type) {
        ml_fhir_error(r, &place, node, "", "found %s without a resourceType; a FHIR R4 Bundle, Observation or Patient belongs here",
                      node->kind != ML_MAPPING ? ml_node_found(node, found) : node->n ? "an object" : "an empty file or object");
        return;
    }
    if (!*path) snprintf(place.path, sizeof place.path, "%.40s", type);
    const char *id = text_of(node, "id");
    if (*id) snprintf(place.name, sizeof place.name, "%.20s/%.60s", type, id);
    if (strcmp(type, "Observation") == 0) read_observation(r, &place, node);
    if (strcmp(type, "Patient") == 0) read_patient(r, &place, node);
    const bool bundle = strcmp(type, "Bundle") == 0;
    const MlNode *inside = ml_node_get(node, bundle ? "entry" : "contained");
    snprintf(at, sizeof at, "%.100s.%s", place.path, bundle ? "entry" : "contained");
    if (inside) read_each(r, inside, at, bundle ? "resource" : "", depth);
}

/* ---- all of it ---- */

/* What values say of others. */
static void compare_labs(MlFhirReader *r, const MlNode *root) {
    MlPersonSpec spec;
    ml_person_spec_init(&spec);
    for (int i = 0; i < r->out->nlab; i++) ml_person_set_lab(&spec, r->out->lab[i].output, r->out->lab[i].value);
    for (int i = 0; i < spec.nlab; i++) {
        const struct MlFhirLab *lab = &r->out->lab[i];
        const double follows = ml_lab_contradicted(&spec, i);
        char text[400];
        if (isnan(follows)) continue;
        ml_lab_contradiction(&spec.lab[i], follows, text, sizeof text);
        if (fabs(follows - lab->value) > ml_lab_gap(lab->output).most)
            ml_issues_add(r->issues, MILIEU_BAD_INPUT, root->file, lab->line, lab->column, "%s: %s; that is too far apart: check them, or leave one out", lab->place, text);
        else
            ml_issues_note(r->issues, root->file, lab->line, lab->column, "%s", text);
    }
}

/* What may be said only when all was read: which of several counts, how old the values are, the age then. */
static void conclude(MlFhirReader *r, const MlNode *root) {
    MlFhir *out = r->out;
    const MlFhirPlace nowhere = {.path = ""};
    compare_labs(r, root);
    double first = INFINITY, last = -INFINITY;
    for (int i = 0; i < out->nlab; i++) {
        const struct MlFhirLab *lab = &out->lab[i];
        if (lab->times > 1)
            ml_fhir_note(r, &nowhere, root, "", "labs: %s is given %d times; the %s, %.4g %s, counts", ml_outputs[lab->output].name, lab->times,
                         isfinite(lab->time) ? "newest" : "last, as none is dated", lab->value, ml_outputs[lab->output].unit);
        if (isfinite(lab->time)) first = fmin(first, lab->time), last = fmax(last, lab->time);
    }
    const double days = (last - first) / 1440;
    if (last - first > apart)
        ml_fhir_note(r, &nowhere, root, "", "labs: the values lie %.*f days apart; they are taken as of one moment", days < 10, days);
    if (r->unread)
        ml_fhir_note(r, &nowhere, root, "", "labs: %d observation%s of other kinds %s not read (%s%s)", r->unread, r->unread == 1 ? "" : "s",
                     r->unread == 1 ? "was" : "were", r->unread_codes, strlen(r->unread_codes) > 100 ? " ..." : "");
    if (isnan(r->birth) || !isfinite(last)) return;
    out->age = (last - r->birth) / year;
    if (out->age >= 18 && out->age <= 120) return;
    ml_issues_add(r->issues, MILIEU_BAD_INPUT, root->file, 0, 0, "Patient.birthDate: %.3g years at the time of the newest value; the model describes adults of 18 to 120 years", out->age);
}

static milieu_code read_document(MlDocument *document, MlFhir *out, MlIssues *issues) {
    MlFhirReader r = {.out = out, .issues = issues, .birth = NAN};
    if (!document) return ml_issues_code(issues);
    const MlNode *root = ml_document_root(document);
    if (root->kind == ML_SEQUENCE)
        read_each(&r, root, "", "", 0);
    else
        read_resource(&r, root, "", 0);
    if (issues->nerror == 0 && out->nlab == 0)
        ml_issues_add(issues, MILIEU_BAD_INPUT, root->file, 0, 0, "no lab in it: no Observation has a LOINC code of a measurement to start from");
    conclude(&r, root);
    ml_document_free(document);
    return ml_issues_code(issues);
}

static void nothing_told(MlFhir *out) {
    *out = (MlFhir){.mass = NAN, .height = NAN, .age = NAN, .sex = ML_CHOICE_NONE, .mass_time = -INFINITY, .height_time = -INFINITY};
}

milieu_code ml_fhir_read(const char *path, MlFhir *out, MlIssues *issues) {
    nothing_told(out);
    return read_document(ml_document_read(path, issues), out, issues);
}

milieu_code ml_fhir_read_text(const char *text, size_t size, const char *file, MlFhir *out, MlIssues *issues) {
    nothing_told(out);
    return read_document(ml_document_parse(text, size, file, issues), out, issues);
}

bool ml_fhir_is(const char *path) {
    MlIssues issues;
    bool is = false;
    const char *dot = strrchr(path, '.');
    if (!dot || strcmp(dot, ".json") != 0) return false;
    ml_issues_init(&issues);
    MlDocument *document = ml_document_read(path, &issues);
    const MlNode *root = document ? ml_document_root(document) : NULL;
    if (root && root->kind == ML_SEQUENCE && root->n > 0) root = root->item[0];
    if (root) is = *text_of(root, "resourceType") != 0;
    if (document) ml_document_free(document);
    ml_issues_free(&issues);
    return is;
}

/* ---- into a person ---- */

static const MlLab *lab_of(const MlPersonSpec *person, int output) {
    for (int i = 0; i < person->nlab; i++)
        if (person->lab[i].output == output) return &person->lab[i];
    return NULL;
}

static void apply_number(double told, double *of_person, const char *name, const char *unit, double near, const char *file, MlIssues *issues) {
    if (isnan(told)) return;
    if (isnan(*of_person)) {
        *of_person = told;
        ml_issues_note(issues, file, 0, 0, "%s: %.4g %s, from the resources", name, told, unit);
    } else if (fabs(*of_person - told) > near) {
        ml_issues_note(issues, file, 0, 0, "%s: the resources say %.4g %s, the scenario %.4g %s; the scenario counts", name, told, unit, *of_person, unit);
    }
}

static void apply_sex(const MlFhir *fhir, const char *file, MlPersonSpec *person, MlIssues *issues) {
    if (fhir->sex == ML_CHOICE_NONE) return;
    const int preset = *person->preset ? ml_preset_find(person->preset) : -1;
    const MlChoice given = person->sex != ML_CHOICE_NONE ? person->sex : preset >= 0 ? ml_preset_info(preset).sex : ML_CHOICE_NONE;
    if (given == ML_CHOICE_NONE) {
        person->sex = fhir->sex;
        ml_issues_note(issues, file, 0, 0, "sex: %s, from the resources", ml_choice_row(fhir->sex)->name);
    } else if (given != fhir->sex) {
        ml_issues_note(issues, file, 0, 0, "sex: the resources say %s, the scenario %s; the scenario counts", ml_choice_row(fhir->sex)->name, ml_choice_row(given)->name);
    }
}

milieu_code ml_fhir_apply(const MlFhir *fhir, const char *file, MlPersonSpec *person, MlIssues *issues) {
    for (int i = 0; i < fhir->nlab; i++) {
        const struct MlFhirLab *lab = &fhir->lab[i];
        const MlOutputInfo *o = &ml_outputs[lab->output];
        const MlLab *before = lab_of(person, lab->output);
        if (before && fabs(before->value - lab->value) > 1e-3 * fabs(lab->value))
            ml_issues_note(issues, file, 0, 0, "labs: %s is %.4g %s in the resources and %.4g in the scenario; the resources count", o->name, lab->value, o->unit, before->value);
        if (!ml_person_set_lab(person, lab->output, lab->value))
            ml_issues_add(issues, MILIEU_BAD_INPUT, file, 0, 0, "labs: more than %d", ML_MAX_LABS);
        ml_person_lab_place(person, lab->output, file, lab->line, lab->from);
    }
    apply_sex(fhir, file, person, issues);
    apply_number(fhir->age, &person->age, "age", "y", 1, file, issues);
    apply_number(fhir->mass, &person->mass, "mass", "kg", 0.1, file, issues);
    apply_number(fhir->height, &person->height, "height", "m", 0.01, file, issues);
    milieu_error error;
    if (ml_person_check(person, &error) != MILIEU_OK) ml_issues_add(issues, MILIEU_BAD_INPUT, file, 0, 0, "%s", error.text);
    return ml_issues_code(issues);
}
