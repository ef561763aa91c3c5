/* SPDX-License-Identifier: Apache-2.0 */
/* Measured values from FHIR resources: codes, units, what is left out, and what is told of a wrong file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/expect.h"
#include "scenario/fhir.h"
#include "scenario/fhir_inside.h"

#define FHIR SOURCE_DIR "/tests/fhir/"

static milieu_code try_to_read(const char *path, const MlNames *names, MlIssues *issues) {
    MlFhir fhir;
    MlPersonSpec person;
    (void)names;
    ml_person_spec_init(&person);
    const milieu_code code = ml_fhir_read(path, &fhir, issues);
    return code == MILIEU_OK ? ml_fhir_apply(&fhir, path, &person, issues) : code;
}

static void every_malformed_file_is_told_what_is_wrong(void **state) {
    const Shipped *shipped = *state;
    assert_true(check_folder(FHIR "malformed", &shipped->names, try_to_read) >= 25);
}

static void read(const char *path, MlFhir *fhir, MlIssues *issues) {
    ml_issues_init(issues);
    if (ml_fhir_read(path, fhir, issues) == MILIEU_OK) return;
    for (int i = 0; i < issues->n; i++) print_error("%s: %s\n", path, issues->issue[i].text);
    fail();
}

static double lab(const MlFhir *fhir, int output) {
    for (int i = 0; i < fhir->nlab; i++)
        if (fhir->lab[i].output == output) return fhir->lab[i].value;
    return NAN;
}

static int is_told(const MlIssues *issues, const char *part) {
    int n = 0;
    for (int i = 0; i < issues->n; i++) n += issues->issue[i].note && strstr(issues->issue[i].text, part) != NULL;
    return n;
}

/* Mass, charge and moles, each by the substance of its code. */
static void values_come_in_our_units(void **state) {
    (void)state;
    static const struct {
        int output;
        double value;
    } wanted[] = {{ML_O_plasma_sodium, 131},           {ML_O_plasma_potassium, 3.1},         {ML_O_plasma_chloride, 92},  {ML_O_plasma_bicarbonate, 29},
                  {ML_O_plasma_urea, 10},              {ML_O_plasma_creatinine, 100},        {ML_O_plasma_calcium_total, 2.4}, {ML_O_plasma_calcium_ionized, 1.05},
                  {ML_O_plasma_magnesium_total, 0.75}, {ML_O_plasma_phosphate, 1},           {ML_O_plasma_glucose, 10},   {ML_O_plasma_albumin, 39},
                  {ML_O_plasma_ph, 7.31},              {ML_O_arterial_pco2, 58.20485},        {ML_O_hematocrit, 0.38},     {ML_O_plasma_osmolality, 280},
                  {ML_O_plasma_pth, 94.25},            {ML_O_plasma_calcidiol, 50},          {ML_O_plasma_aldosterone, 100}};
    MlFhir fhir;
    MlIssues issues;
    read(FHIR "good/units.json", &fhir, &issues);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!(fabs(lab(&fhir, wanted[i].output) - wanted[i].value) < 1e-4 * wanted[i].value))
            fail_msg("%s: %.9g, wanted %.9g", ml_outputs[wanted[i].output].name, lab(&fhir, wanted[i].output), wanted[i].value);
    assert_int_equal(fhir.nlab, sizeof wanted / sizeof *wanted);
    assert_true(fabs(fhir.mass - 72.575) < 0.001 && fabs(fhir.height - 1.778) < 1e-6);
    assert_true(fhir.sex == ML_C_MALE && fabs(fhir.age - 64) < 0.01);
    assert_int_equal(is_told(&issues, "plasma_urea is given 2 times; the newest, 10 mmol/L"), 1);
    assert_int_equal(is_told(&issues, "total carbon dioxide is taken as bicarbonate"), 1);
    ml_issues_free(&issues);
}

static void what_is_left_out_is_told(void **state) {
    (void)state;
    static const char *const told[] = {"plasma_sodium is given 2 times", "its status is entered-in-error", "told as < 3; taken as that value", "Sodium in urine is not used",
                                       "1 observation of other kinds was not read (6690-2)", "the resource says that it is absent", "pH of venous blood is not used"};
    MlFhir fhir;
    MlIssues issues;
    read(FHIR "good/left-out.json", &fhir, &issues);
    assert_true(fhir.nlab == 2 && lab(&fhir, ML_O_plasma_sodium) == 140 && lab(&fhir, ML_O_plasma_potassium) == 3);
    assert_int_equal(is_told(&issues, "Hemoglobin in blood is not used"), 2); /* as text, and without a value */
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (is_told(&issues, told[i]) != 1) fail_msg("told %d times: %s", is_told(&issues, told[i]), told[i]);
    ml_issues_free(&issues);
    read(FHIR "good/one.json", &fhir, &issues);
    assert_true(fhir.nlab == 1 && issues.n == 0);
    ml_issues_free(&issues);
    read(FHIR "good/list.json", &fhir, &issues);
    assert_true(fhir.nlab == 2 && issues.n == 0);
    ml_issues_free(&issues);
}

/* Labs of the resources replace those of the scenario; of age, sex and size the scenario's own count. */
static void what_counts(void **state) {
    (void)state;
    MlFhir fhir;
    MlIssues issues;
    MlPersonSpec p;
    read(FHIR "good/units.json", &fhir, &issues);
    ml_person_spec_init(&p);
    assert_true(ml_person_set_lab(&p, ML_O_plasma_sodium, 125));
    assert_true(ml_person_set_lab(&p, ML_O_plasma_lactate, 2));
    p.sex = ML_C_FEMALE;
    p.mass = 60;
    assert_int_equal(ml_fhir_apply(&fhir, "f", &p, &issues), MILIEU_OK);
    assert_true(p.sex == ML_C_FEMALE && p.mass == 60 && fabs(p.age - 64) < 0.01 && fabs(p.height - 1.778) < 1e-6);
    assert_int_equal(p.nlab, fhir.nlab + 1);
    assert_true(p.lab[0].line > 0 && !strcmp(p.lab_file[0], "f") && !strncmp(p.lab_from[0], "Observation/", 12));
    assert_true(p.lab[1].line == 0 && !*p.lab_from[1]);
    for (int i = 0; i < p.nlab; i++)
        if (p.lab[i].output == ML_O_plasma_sodium) assert_true(p.lab[i].value == 131);
    assert_int_equal(is_told(&issues, "plasma_sodium is 131 mmol/L in the resources and 125 in the scenario"), 1);
    assert_int_equal(is_told(&issues, "sex: the resources say male, the scenario female"), 1);
    assert_int_equal(is_told(&issues, "mass: the resources say 72.57 kg, the scenario 60 kg"), 1);
    assert_int_equal(is_told(&issues, "age: 64"), 1);
    ml_issues_free(&issues);
}

/* Which of several counts: the newest, or the last where none is dated; and how far apart they lie. */
static void which_of_several(void **state) {
    (void)state;
    static const struct {
        const char *first, *second, *told;
    } rows[] = {{"", "", "the last, as none is dated, 130 mmol/L, counts"},
                {"\"effectiveDateTime\": \"2024-03-04\",", "\"effectiveDateTime\": \"2024-03-03\",", "the newest, 140 mmol/L, counts"},
                {"", "\"effectiveDateTime\": \"2024-03-03\",", "the newest, 130 mmol/L, counts"}};
    static const char form[] = "[{\"resourceType\": \"Observation\", \"status\": \"final\", %s \"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"2951-2\"}]},"
                               " \"valueQuantity\": {\"value\": 140, \"code\": \"mmol/L\"}},"
                               "{\"resourceType\": \"Observation\", \"status\": \"final\", %s \"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"%s\"}]},"
                               " \"valueQuantity\": {\"value\": %s, \"code\": \"mmol/L\"}}]";
    char text[1024];
    MlFhir fhir;
    MlIssues issues;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, form, rows[i].first, rows[i].second, "2951-2", "130");
        ml_issues_init(&issues);
        assert_int_equal(ml_fhir_read_text(text, strlen(text), "labs.json", &fhir, &issues), MILIEU_OK);
        if (is_told(&issues, rows[i].told) != 1) fail_msg("not told: %s", rows[i].told);
        ml_issues_free(&issues);
    }
    snprintf(text, sizeof text, form, "\"effectiveDateTime\": \"2018-03-04\",", "\"effectiveDateTime\": \"2024-03-03\",", "2823-3", "4");
    ml_issues_init(&issues);
    assert_int_equal(ml_fhir_read_text(text, strlen(text), "labs.json", &fhir, &issues), MILIEU_OK);
    assert_int_equal(is_told(&issues, "lie 2191 days apart"), 1);
    ml_issues_free(&issues);
}

static void dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double minutes; /* NaN: none */
    } rows[] = {{"1970-01-01", 0},
                {"2000-03-01", 15864480},
                {"1969-12-31T23:59:00Z", -1},
                {"1970-01-01T01:00:30.5+01:00", 0.5},
                {"1970-01-01T00:00-05:30", 330},
                {"1970", 0},
                {"1970-02", 44640},
                {"1970-13-01", NAN},
                {"1970-12-31", 524160},
                {"2000-02-29", 15863040},
                {"1900-02-29", NAN},
                {"2023-02-29", NAN},
                {"1970-04-31", NAN},
                {"1970-01-01T24:00:00Z", 1440},
                {"1970-01-01T24:00:01Z", NAN},
                {"1970-01-01T24:00:00.5Z", NAN},
                {"1970-01-01T24:00", NAN},
                {"1970-01-01T24:30:00Z", NAN},
                {"70-01-01", NAN},
                {"1970-01-01T25:00", NAN},
                {"1970-01-01 10:00", NAN},
                {"1970-01-01T10:00:00X", NAN},
                {"", NAN}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double minutes;
        const bool is = ml_fhir_time(rows[i].text, &minutes);
        if (is == isnan(rows[i].minutes) || (is && fabs(minutes - rows[i].minutes) > 1e-9)) fail_msg("%s: %d %g", rows[i].text, is, minutes);
    }
}

/* Every code of the table passes the check digit; a changed one does not. */
static void codes_have_their_check_digit(void **state) {
    (void)state;
    static const char *const codes[] = {
#define LOINC_LAB(code, quantity, substance, text) code,
#define LOINC_KNOWN(code, text, why) code,
#define LOINC_BODY(code, field, unit, text) code,
#include "scenario/loinc.def"
    };
    char right;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char other[16];
        if (!ml_loinc_is_code(codes[i], &right)) fail_msg("%s: the check digit would be %c", codes[i], right);
        snprintf(other, sizeof other, "%s", codes[i]);
        other[strlen(other) - 1] = (char)(right == '9' ? '0' : right + 1);
        assert_false(ml_loinc_is_code(other, &right));
    }
    assert_false(ml_loinc_is_code("2951", &right));
    assert_false(ml_loinc_is_code("295A-2", &right));
    assert_false(ml_loinc_is_code("", &right));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_malformed_file_is_told_what_is_wrong),
        cmocka_unit_test(values_come_in_our_units),
        cmocka_unit_test(what_is_left_out_is_told),
        cmocka_unit_test(what_counts),
        cmocka_unit_test(which_of_several),
        cmocka_unit_test(dates),
        cmocka_unit_test(codes_have_their_check_digit),
    };
    return cmocka_run_group_tests(tests, shipped_setup, shipped_teardown);
}
