/* SPDX-License-Identifier: Apache-2.0 */
/* A run that starts from a measured value begins at it, and keeps its books and its charge. */
#include "in_house.h"

#include "run/labs.h"
#include "run/run.h"

static milieu_code run_from(const MlLab *lab, int n, MlResult *r, milieu_error *e) {
    MlScenario sc;
    ml_scenario_init(&sc);
    sc.duration = 60;
    sc.person.nlab = n;
    for (int i = 0; i < n; i++) {
        sc.person.lab[i] = lab[i];
        assert_int_equal(ml_scenario_ask(&sc, lab[i].output, NULL), MILIEU_OK);
    }
    const milieu_code code = ml_run(&house, &sc, NULL, r, e);
    ml_scenario_free(&sc);
    return code;
}

/* Some hours from these labs (output ML_NOUTPUT ends them). */
static void live_from(const MlLab *lab, double hours, int meals, const int *asked, int n, MlResult *r) {
    MlScenario sc;
    milieu_error e = {0};
    ml_scenario_init(&sc);
    sc.duration = 60 * hours;
    sc.meals = meals;
    for (; lab->output != ML_NOUTPUT; lab++) assert_true(ml_person_set_lab(&sc.person, lab->output, lab->value));
    for (int k = 0; k < n; k++) assert_int_equal(ml_scenario_ask(&sc, asked[k], NULL), MILIEU_OK);
    ok(ml_run(&house, &sc, NULL, r, &e), &e);
    ml_scenario_free(&sc);
}

static void begins_at_it(void **state) {
    (void)state;
    static const MlLab labs[] = {
        {ML_O_plasma_sodium, 118, 0},  {ML_O_plasma_sodium, 160, 0},   {ML_O_plasma_osmolality, 260, 0},
        {ML_O_plasma_chloride, 92, 0}, {ML_O_plasma_chloride, 115, 0}, {ML_O_plasma_urea, 25, 0},
        {ML_O_plasma_glucose, 30, 0},  {ML_O_plasma_protein, 50, 0},   {ML_O_plasma_albumin, 25, 0},
        {ML_O_hematocrit, 0.28, 0},    {ML_O_hematocrit, 0.55, 0},     {ML_O_plasma_potassium, 2.4, 0},
        {ML_O_plasma_potassium, 6, 0}, {ML_O_plasma_bicarbonate, 12, 0}, {ML_O_plasma_bicarbonate, 36, 0},
        {ML_O_plasma_ph, 7.2, 0},      {ML_O_plasma_ph, 7.55, 0},      {ML_O_arterial_pco2, 60, 0},
        {ML_O_plasma_ketones, 8, 0},   {ML_O_plasma_lactate, 10, 0},   {ML_O_plasma_anion_gap, 22, 0},
        {ML_O_plasma_creatinine, 400, 0},
    };
    for (size_t i = 0; i < sizeof labs / sizeof *labs; i++) {
        MlResult r;
        milieu_error e = {0};
        if (run_from(&labs[i], 1, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
        const double x = ml_result_at(&r, labs[i].output, 0);
        if (!(fabs(x - labs[i].value) < 0.01 * labs[i].value))
            fail_msg("%s: begins at %g, measured %g", ml_outputs[labs[i].output].name, x, labs[i].value);
        if (!(r.charge_residual < 1e-6))
            fail_msg("%s: charge gained %g mmol", ml_outputs[labs[i].output].name, r.charge_residual);
        for (int k = 0; k < r.nbalance; k++)
            assert_true(fabs(r.balance[k].residual) <= fmax(1e-9 * r.balance[k].throughput, 1e-12));
        ml_result_free(&r);
    }
}

typedef struct Kept {
    int output;
    double aim, may_move; /* within the first hour */
} Kept;

/* Runs from these labs and watches them through an hour of fasting. */
static void stays(const char *condition, const Kept *kept, int n) {
    MlScenario sc;
    MlResult r;
    milieu_error e = {0};
    ml_scenario_init(&sc);
    sc.duration = 60;
    sc.meals = ML_C_MEALS_NONE;
    sc.drinking = ML_C_DRINKING_NONE; /* who has been dry for a day drinks at once where there is water */
    if (condition) snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "%s", condition);
    for (int i = 0; i < n; i++) {
        assert_true(ml_person_set_lab(&sc.person, kept[i].output, kept[i].aim));
        assert_int_equal(ml_scenario_ask(&sc, kept[i].output, NULL), MILIEU_OK);
    }
    ok(ml_run(&house, &sc, NULL, &r, &e), &e);
    for (int i = 0; i < n; i++) {
        const char *name = ml_outputs[kept[i].output].name;
        const double first = ml_result_at(&r, kept[i].output, 0), last = ml_result_at(&r, kept[i].output, 60);
        if (!(fabs(first - kept[i].aim) < 0.002 * fabs(kept[i].aim) + 0.02))
            fail_msg("%s: begins at %g, measured %g", name, first, kept[i].aim);
        if (!(fabs(last - first) < kept[i].may_move)) fail_msg("%s: went from %g to %g in an hour", name, first, last);
    }
    assert_true(r.charge_residual < 1e-6);
    ml_result_free(&r);
    ml_scenario_free(&sc);
}

/* Potassium, acid and base: nothing rebounds, whether alone or as the disorder brings them. */
static void no_rebound(void **state) {
    (void)state;
    stays(NULL, (Kept[]){{ML_O_plasma_potassium, 2.5, 0.15}}, 1);
    stays("ckd-5", (Kept[]){{ML_O_plasma_potassium, 5.8, 0.3}, {ML_O_plasma_bicarbonate, 14, 0.5}, {ML_O_plasma_creatinine, 700, 20}}, 3);
    stays(NULL, (Kept[]){{ML_O_plasma_bicarbonate, 12, 0.7}, {ML_O_plasma_potassium, 4.5, 0.2}, {ML_O_plasma_sodium, 140, 1}}, 3);
    stays(NULL, (Kept[]){{ML_O_plasma_bicarbonate, 36, 1}, {ML_O_plasma_chloride, 88, 1.2}, {ML_O_plasma_potassium, 2.8, 0.3}}, 3);
    stays(NULL, (Kept[]){{ML_O_arterial_pco2, 65, 1}, {ML_O_plasma_bicarbonate, 33, 1}, {ML_O_plasma_ph, 7.326, 0.02}}, 3);
    stays(NULL, (Kept[]){{ML_O_plasma_ph, 7.2, 0.03}}, 1);
    stays(NULL, (Kept[]){{ML_O_plasma_creatinine, 300, 5}}, 1);
    stays(NULL, (Kept[]){{ML_O_plasma_glucose, 50, 9}}, 1); /* sugar leaves with the urine */
    stays(NULL, (Kept[]){{ML_O_plasma_glucose, 20, 4}}, 1);
    stays(NULL, (Kept[]){{ML_O_plasma_glucose, 30, 5}, {ML_O_plasma_ketones, 9, 1}, {ML_O_plasma_bicarbonate, 10, 0.8}, {ML_O_plasma_potassium, 5.2, 0.5}}, 4);
    stays("type-1-diabetes", (Kept[]){{ML_O_plasma_ketones, 10, 1}, {ML_O_plasma_glucose, 28, 5}, {ML_O_plasma_bicarbonate, 9, 0.6},
                                      {ML_O_plasma_ph, 7.1, 0.03}, {ML_O_plasma_potassium, 5.5, 0.4}, {ML_O_plasma_sodium, 133, 4.5}}, 6);
}

/* Low potassium is a lack of the whole body, and of the diabetic also behind a high one. */
static void what_plasma_hides(void **state) {
    (void)state;
    const struct {
        const char *condition;
        MlLab lab[3];
        int n;
        double least, most; /* potassium lacking, mmol */
    } rows[] = {
        {NULL, {{ML_O_plasma_potassium, 2.5, 0}}, 1, 250, 800},
        {"type-1-diabetes", {{ML_O_plasma_potassium, 5.2, 0}, {ML_O_plasma_glucose, 28, 0}, {ML_O_plasma_bicarbonate, 9, 0}}, 3, 50, 800},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double body[2];
        for (int labs = 0; labs < 2; labs++) {
            MlScenario sc;
            MlResult r;
            milieu_error e = {0};
            ml_scenario_init(&sc);
            sc.duration = 1;
            if (rows[i].condition) snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "%s", rows[i].condition);
            for (int k = 0; labs && k < rows[i].n; k++) assert_true(ml_person_set_lab(&sc.person, rows[i].lab[k].output, rows[i].lab[k].value));
            assert_int_equal(ml_scenario_ask(&sc, ML_O_body_potassium, NULL), MILIEU_OK);
            ok(ml_run(&house, &sc, NULL, &r, &e), &e);
            body[labs] = ml_result_at(&r, ML_O_body_potassium, 0);
            ml_result_free(&r);
            ml_scenario_free(&sc);
        }
        if (!(body[0] - body[1] > rows[i].least && body[0] - body[1] < rows[i].most))
            fail_msg("row %zu: %g mmol of potassium lacks", i, body[0] - body[1]);
    }
}

/* Of three measures of acid and base, bicarbonate and carbon dioxide decide; a chloride that is a little off is told. */
static int notes_with(const MlResult *r, const char *part) {
    int n = 0;
    for (int i = 0; i < r->nnote; i++) n += strstr(r->note[i], part) != NULL;
    return n;
}

/* Too little breath beside a usual bicarbonate, of minutes or of years, is a start like any other. */
static void breath_fails(void **state) {
    (void)state;
    static const double measured[][2] = {{60, 24}, {70, 24}, {80, 24}, {80, 38}};
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        const MlLab gas[] = {{ML_O_arterial_pco2, measured[i][0], 0}, {ML_O_plasma_bicarbonate, measured[i][1], 0}};
        MlResult r;
        milieu_error e = {0};
        if (run_from(gas, 2, &r, &e) != MILIEU_OK) fail_msg("%g mmHg: %s: %s", measured[i][0], e.where, e.text);
        assert_true(fabs(ml_result_at(&r, ML_O_arterial_pco2, 0) - measured[i][0]) < 0.1);
        ml_result_free(&r);
    }
}

static void told_not_reached(void **state) {
    (void)state;
    static const MlLab acid[] = {{ML_O_plasma_ph, 7.2, 0}, {ML_O_plasma_bicarbonate, 12, 0}, {ML_O_arterial_pco2, 26, 0}};
    static const MlLab ions[] = {{ML_O_plasma_sodium, 138, 0}, {ML_O_plasma_chloride, 105, 0}, {ML_O_plasma_bicarbonate, 27, 0}};
    static const MlLab wrong[] = {{ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_chloride, 125, 0}, {ML_O_plasma_bicarbonate, 27, 0}};
    static const MlLab impossible[] = {{ML_O_plasma_ph, 7.1, 0}, {ML_O_plasma_bicarbonate, 30, 0}, {ML_O_arterial_pco2, 20, 0}};
    static const MlLab deadly[] = {{ML_O_plasma_potassium, 1, 0}, {ML_O_plasma_ph, 7.9, 0}};
    static const MlLab osmoles[] = {{ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_osmolality, 200, 0}};
    MlResult r;
    milieu_error e = {0};
    if (run_from(acid, 3, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_ph, 0) - 7.277) < 0.002);
    assert_int_equal(notes_with(&r, "labs contradict each other: plasma_ph follows from the other values as 7.277"), 1);
    ml_result_free(&r);
    if (run_from(ions, 3, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_bicarbonate, 0) - 27) < 0.1);
    assert_int_equal(notes_with(&r, "labs: plasma_chloride is "), 1);
    ml_result_free(&r);
    assert_int_equal(run_from(wrong, 3, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_chloride");
    assert_int_equal(run_from(impossible, 3, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "labs");
    assert_int_equal(run_from(deadly, 2, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "labs");
    assert_non_null(strstr(e.text, "plasma_potassium 1 mmol/L, plasma_ph 7.9; check the most unusual"));
    assert_int_equal(run_from(osmoles, 2, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_osmolality");
}

/* Labs are refused for what breaks at once, not for what was given later. */
static void later_events_are_not_blamed_on_labs(void **state) {
    (void)state;
    static const struct {
        MlLab lab;
        double at, amount; /* min, mmol of ammonium chloride */
        bool labs;
    } rows[] = {{{ML_O_plasma_sodium, 128, 0}, 20, 800, false}, {{ML_O_plasma_ph, 7.9, 0}, 30, 1, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 120;
        assert_true(ml_person_set_lab(&sc.person, rows[i].lab.output, rows[i].lab.value));
        if (rows[i].labs) assert_true(ml_person_set_lab(&sc.person, ML_O_plasma_potassium, 1));
        MlEvent dose;
        ml_event_init(&dose, ML_EVENT_INJECT);
        snprintf(dose.what, sizeof dose.what, "ammonium-chloride");
        dose.given |= (uint64_t)1 << ML_FIELD_WHAT;
        dose.at = rows[i].at;
        ml_event_set(&dose, ML_FIELD_AMOUNT, rows[i].amount, ML_DIM_AMOUNT);
        ml_event_complete(&dose);
        assert_int_equal(ml_scenario_add(&sc, &dose, NULL), MILIEU_OK);
        assert_int_not_equal(ml_run(&house, &sc, NULL, &r, &e), MILIEU_OK);
        if ((strcmp(e.where, "labs") == 0) != rows[i].labs) fail_msg("row %zu: %s: %s", i, e.where, e.text);
        ml_scenario_free(&sc);
    }
}

/* What a start rests on, and how sure it is, is told; what was not assumed is not. */
static void says_how_sure(void **state) {
    (void)state;
    static const struct {
        const char *condition;
        MlLab lab[4];
        const char *told[5], *untold;
    } rows[] = {
        {NULL, {{ML_O_plasma_sodium, 120, 0}},
         {"labs, measured: plasma_sodium", "uncertain by all of it: ", "L of water more than usual", "vasopressin answers the tonicity", "not measured and as usual for this person, uncertain by the normal range: potassium, bicarbonate"},
         "contradict"},
        {"siadh", {{ML_O_plasma_sodium, 120, 0}}, {"labs, typical, uncertain by half: ", "L of water more than usual"}, "vasopressin answers the tonicity"},
        {NULL, {{ML_O_plasma_sodium, 158, 0}}, {"L of water less than usual"}, "more than usual"},
        {NULL, {{ML_O_plasma_potassium, 2.6, 0}}, {"typical of a lack of weeks, uncertain by half of it", "less than usual in the body"}, "emptier than is known"},
        {NULL, {{ML_O_plasma_potassium, 1.7, 0}}, {"emptier than is known of people"}, "L of water"},
        {NULL, {{ML_O_plasma_bicarbonate, 12, 0}}, {"follows from charge where no other acid is measured: chloride is ", "uncertain by 5 mmHg: breathing has answered for days"}, "contradict"},
        {NULL, {{ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_chloride, 95, 0}, {ML_O_plasma_bicarbonate, 15, 0}}, {"of anions more than usual that are neither lactate nor ketones"}, "chloride is"},
        {NULL, {{ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_chloride, 118, 0}, {ML_O_plasma_bicarbonate, 21, 0}}, {"leaves hardly any other anion"}, "neither lactate"},
        {NULL, {{ML_O_plasma_sodium, 130, 0}, {ML_O_plasma_glucose, 33, 0}}, {"at normal glucose sodium would be near 142"}, "contradict"},
        {NULL, {{ML_O_plasma_sodium, 138, 0}, {ML_O_plasma_osmolality, 330, 0}}, {"labs contradict each other: plasma_osmolality"}, "less than usual"},
        {NULL, {{ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_osmolality, 294, 0}}, {"labs: plasma_osmolality is "}, "contradict"},
        {NULL, {{ML_O_plasma_creatinine, 300, 0}}, {"uncertain by a third: filtration of"}, "contradict"},
        {NULL, {{ML_O_plasma_magnesium_total, 0.5, 0}}, {"uncertain by half or more: cells and bone have followed magnesium"}, "filtration"},
        {NULL, {{ML_O_plasma_calcium_total, 3.3, 0}}, {"the calcium comes from bone"}, "parathyroids work on their own"},
        {NULL, {{ML_O_plasma_calcium_total, 2.3, 0}, {ML_O_plasma_creatinine, 548, 0}, {ML_O_plasma_bicarbonate, 15, 0}}, {"cells and bone have followed calcium"}, "malignancy"},
        {NULL, {{ML_O_plasma_glucose, 40, 0}, {ML_O_plasma_sodium, 140, 0}, {ML_O_plasma_ketones, 3.5, 0}, {ML_O_plasma_ph, 7.38, 0}}, {"typical of the hyperosmolar state"}, "ketoacidosis"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 1;
        if (rows[i].condition) snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "%s", rows[i].condition);
        for (int k = 0; k < 4 && rows[i].lab[k].value > 0; k++) assert_true(ml_person_set_lab(&sc.person, rows[i].lab[k].output, rows[i].lab[k].value));
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        for (int k = 0; k < 5 && rows[i].told[k]; k++)
            if (notes_with(&r, rows[i].told[k]) != 1) {
                for (int n = 0; n < r.nnote; n++) print_error("%s\n", r.note[n]);
                fail_msg("row %zu: told %d times: %s", i, notes_with(&r, rows[i].told[k]), rows[i].told[k]);
            }
        if (notes_with(&r, rows[i].untold)) fail_msg("row %zu: told: %s", i, rows[i].untold);
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

/* Low sodium of days: water in cells, none too much outside them, and vasopressin that has fallen already. */
static void low_sodium_was_lived_with(void **state) {
    (void)state;
    static const int asked[] = {ML_O_ecf_volume, ML_O_body_water, ML_O_plasma_adh};
    double first[2][3];
    for (int low = 0; low < 2; low++) {
        MlResult r;
        live_from((MlLab[]){{low ? ML_O_plasma_sodium : ML_NOUTPUT, 120, 0}, {.output = ML_NOUTPUT}}, 1.0 / 60, ML_C_MEALS_HABITUAL, asked, 3, &r);
        for (int k = 0; k < 3; k++) first[low][k] = ml_result_at(&r, asked[k], 0);
        ml_result_free(&r);
    }
    const double outside = first[1][0] / first[0][0], water = first[1][1] - first[0][1];
    if (!(outside > 0.93 && outside < 1.03 && water > 1.5 && water < 5 && first[1][2] < 0.8 * first[0][2]))
        fail_msg("fluid outside cells %g of before, %g L of water more, vasopressin %g and %g pg/mL", outside, water, first[0][2], first[1][2]);
}

/* Sodium and potassium of days stay where they were put, mixed between plasma and interstitium; what is regulated by itself is as usual. */
static void water_is_mixed(void **state) {
    (void)state;
    static const double measured[][2] = {{NAN, NAN}, {110, 4.0}, {178, 3.4}};
    static const int ions[] = {ML_O_plasma_sodium, ML_O_plasma_potassium}, regulated[] = {ML_O_plasma_calcium_total, ML_O_plasma_magnesium_total, ML_O_plasma_phosphate, ML_O_plasma_glucose};
    static const double may_move[] = {0.5, 0.1};
    double usual[4];
    for (int i = 0; i < 3; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 20;
        sc.meals = ML_C_MEALS_NONE;
        sc.drinking = ML_C_DRINKING_NONE;
        for (int k = 0; k < 2; k++) {
            if (i) assert_true(ml_person_set_lab(&sc.person, ions[k], measured[i][k]));
            assert_int_equal(ml_scenario_ask(&sc, ions[k], NULL), MILIEU_OK);
        }
        for (int k = 0; k < 4; k++) assert_int_equal(ml_scenario_ask(&sc, regulated[k], NULL), MILIEU_OK);
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        for (int k = 0; i && k < 2; k++)
            for (int t = 0; t <= 20; t += 2) {
                const double x = ml_result_at(&r, ions[k], t);
                if (!(fabs(x - measured[i][k]) < may_move[k])) fail_msg("%s of %g is %g after %d min", ml_outputs[ions[k]].name, measured[i][k], x, t);
            }
        for (int k = 0; k < 4; k++) {
            const double x = ml_result_at(&r, regulated[k], 0);
            if (!i) usual[k] = x;
            if (!(fabs(x / usual[k] - 1) < 0.05)) fail_msg("%s is %g at a sodium of %g, usually %g", ml_outputs[regulated[k]].name, x, measured[i][0], usual[k]);
        }
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

static void several_at_once(void **state) {
    (void)state;
    static const MlLab labs[] = {
        {ML_O_plasma_chloride, 88, 0}, {ML_O_plasma_sodium, 125, 0}, {ML_O_plasma_urea, 12, 0}};
    MlResult r;
    milieu_error e = {0};
    if (run_from(labs, 3, &r, &e) != MILIEU_OK) fail_msg("%s: %s", e.where, e.text);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_chloride, 0) - 88) < 0.5);
    assert_true(fabs(ml_result_at(&r, ML_O_plasma_sodium, 0) - 125) < 0.5);
    ml_result_free(&r);
}

static void what_no_state_can_hold(void **state) {
    (void)state;
    static const MlLab chloride = {ML_O_plasma_chloride, 150, 0}, sodium = {ML_O_plasma_sodium, 60, 0};
    MlResult r;
    milieu_error e = {0};
    assert_int_equal(run_from(&chloride, 1, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_chloride");
    assert_int_equal(run_from(&sodium, 1, &r, &e), MILIEU_BAD_INPUT);
    assert_string_equal(e.where, "plasma_sodium");
    assert_false(ml_lab_is_start(ML_O_urine_sodium));
    assert_true(ml_lab_is_start(ML_O_plasma_sodium));
}

static const MlFlagSpan *span_of(const MlResult *r, int flag) {
    for (int i = 0; i < r->nflag; i++)
        if (r->flag[i].flag == flag) return &r->flag[i];
    return NULL;
}

/* A low measured sodium is too much water from the start; a high one, too little. */
static void deficits_count_from_before(void **state) {
    (void)state;
    static const MlLab low = {ML_O_plasma_sodium, 118, 0}, high = {ML_O_plasma_sodium, 165, 0};
    MlResult r;
    milieu_error e = {0};
    assert_int_equal(run_from(&low, 1, &r, &e), MILIEU_OK);
    const MlFlagSpan *more = span_of(&r, ML_FLAG_overhydration);
    assert_non_null(more);
    assert_true(more->on == 0 && more->peak_value > 4);
    assert_null(span_of(&r, ML_FLAG_dehydration));
    ml_result_free(&r);
    assert_int_equal(run_from(&high, 1, &r, &e), MILIEU_OK);
    const MlFlagSpan *less = span_of(&r, ML_FLAG_dehydration);
    assert_non_null(less);
    assert_true(less->on == 0 && less->peak_value < -4);
    assert_null(span_of(&r, ML_FLAG_overhydration));
    ml_result_free(&r);
}

/* At arrival with ketoacidosis 100 mL/kg of water lack, 7 to 10 mmol/kg of sodium, 3 to 5 of potassium (Kitabchi 2009); half of it where it is mild. */
static void ketoacidosis_is_dry(void **state) {
    (void)state;
    static const MlLab labs[2][5] = {
        {{ML_O_plasma_glucose, 30, 0}, {ML_O_plasma_ph, 7.05, 0}, {ML_O_plasma_ketones, 10, 0}, {ML_O_plasma_sodium, 133, 0}, {ML_O_plasma_potassium, 5.2, 0}},
        {{ML_O_plasma_glucose, 20, 0}, {ML_O_plasma_ph, 7.28, 0}, {ML_O_plasma_ketones, 4, 0}, {ML_O_plasma_sodium, 136, 0}, {ML_O_plasma_potassium, 4.8, 0}}};
    static const struct {
        int output;
        double low[2], high[2]; /* lacking, of each kilogram */
    } rows[] = {{ML_O_body_water, {55e-3, 15e-3}, {110e-3, 60e-3}}, {ML_O_body_sodium, {5.5, 2}, {10, 6}}, {ML_O_body_potassium, {2.5, 0.8}, {5.5, 5}}};
    for (int mild = 0; mild < 2; mild++) {
        double had[3] = {0};
        for (int n = 0; n <= 5; n += 5) {
            MlScenario sc;
            MlResult r;
            milieu_error e = {0};
            ml_scenario_init(&sc);
            sc.duration = 1;
            snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "type-1-diabetes");
            for (int k = 0; k < n; k++) assert_true(ml_person_set_lab(&sc.person, labs[mild][k].output, labs[mild][k].value));
            for (int k = 0; k < 3; k++) assert_int_equal(ml_scenario_ask(&sc, rows[k].output, NULL), MILIEU_OK);
            ok(ml_run(&house, &sc, NULL, &r, &e), &e);
            for (int k = 0; k < 3; k++) {
                const double has = ml_result_at(&r, rows[k].output, 0), lacks = (had[k] - has) / 70;
                if (n && !(lacks > rows[k].low[mild] && lacks < rows[k].high[mild])) fail_msg("row %d: %g of %s lack", mild, lacks, ml_outputs[rows[k].output].name);
                had[k] = has;
            }
            if (n && !mild) {
                assert_non_null(span_of(&r, ML_FLAG_dehydration));
                assert_int_equal(notes_with(&r, "typical of diabetic ketoacidosis"), 1);
            }
            ml_result_free(&r);
            ml_scenario_free(&sc);
        }
    }
}

/* Acid beside the glucose of diabetes is ketones where they were not measured: insulin ends it. Lactate, failed kidneys and a usual gap are no ketones. */
static void unmeasured_ketones(void **state) {
    (void)state;
    static const struct {
        const char *condition;
        MlLab lab[6];
        double least, most; /* ketones at the start, mmol/L */
        const char *told;
    } rows[] = {
        {"type-1-diabetes", {{ML_O_plasma_glucose, 30, 0}, {ML_O_plasma_bicarbonate, 8, 0}, {ML_O_plasma_chloride, 98, 0}, {ML_O_plasma_sodium, 132, 0}, {ML_O_plasma_potassium, 5.6, 0}}, 8, 20, "gap of"},
        {NULL, {{ML_O_plasma_glucose, 30, 0}, {ML_O_plasma_bicarbonate, 8, 0}, {ML_O_plasma_chloride, 98, 0}, {ML_O_plasma_sodium, 132, 0}, {ML_O_plasma_creatinine, 140, 0}}, 8, 20, "gap of"},
        {NULL, {{ML_O_plasma_glucose, 26, 0}, {ML_O_plasma_bicarbonate, 9, 0}, {ML_O_plasma_sodium, 134, 0}}, 8, 20, "lack of base of"},
        {NULL, {{ML_O_plasma_glucose, 26, 0}, {ML_O_plasma_bicarbonate, 10, 0}, {ML_O_plasma_anion_gap, 26, 0}}, 8, 20, "gap of"},
        {NULL, {{ML_O_plasma_glucose, 26, 0}, {ML_O_plasma_bicarbonate, 12, 0}, {ML_O_plasma_chloride, 95, 0}, {ML_O_plasma_lactate, 12, 0}}, 0, 1, NULL},
        {NULL, {{ML_O_plasma_glucose, 15, 0}, {ML_O_plasma_bicarbonate, 14, 0}, {ML_O_plasma_chloride, 100, 0}, {ML_O_plasma_creatinine, 800, 0}}, 0, 1, NULL},
        {NULL, {{ML_O_plasma_glucose, 15, 0}, {ML_O_plasma_bicarbonate, 15, 0}, {ML_O_plasma_chloride, 113, 0}}, 0, 1, NULL},
    };
    static const int asked[] = {ML_O_plasma_ketones, ML_O_plasma_bicarbonate};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        MlEvent insulin;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = i == 0 ? 1440 : 1;
        sc.meals = ML_C_MEALS_NONE;
        sc.person.sex = ML_C_FEMALE;
        sc.person.age = 22;
        sc.person.mass = 58;
        if (rows[i].condition) snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "%s", rows[i].condition);
        for (int k = 0; k < 6 && rows[i].lab[k].value > 0; k++) assert_true(ml_person_set_lab(&sc.person, rows[i].lab[k].output, rows[i].lab[k].value));
        for (int k = 0; k < 2; k++) assert_int_equal(ml_scenario_ask(&sc, asked[k], NULL), MILIEU_OK);
        ml_event_init(&insulin, ML_EVENT_INFUSE);
        snprintf(insulin.what, sizeof insulin.what, "insulin");
        insulin.given |= (uint64_t)1 << ML_FIELD_WHAT;
        ml_event_set(&insulin, ML_FIELD_AMOUNT, 70, ML_DIM_IU);
        ml_event_set(&insulin, ML_FIELD_OVER, 1440, ML_DIM_TIME);
        ml_event_complete(&insulin);
        if (i == 0) ok(ml_scenario_add(&sc, &insulin, &e), &e);
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        const double ketones = ml_result_at(&r, ML_O_plasma_ketones, 0), base = ml_result_at(&r, ML_O_plasma_bicarbonate, 1440);
        if (!(ketones > rows[i].least && ketones < rows[i].most)) fail_msg("row %zu: begins with %g mmol/L of ketones", i, ketones);
        assert_int_equal(notes_with(&r, "is ketones; give plasma_ketones"), rows[i].told != NULL);
        if (rows[i].told) assert_int_equal(notes_with(&r, rows[i].told), 1);
        if (rows[i].told) assert_int_equal(notes_with(&r, "have lived with this acid"), 0);
        if (i == 0 && !(base > 15 && ml_result_at(&r, ML_O_plasma_ketones, 1440) < 2))
            fail_msg("after a day of insulin bicarbonate is %g, ketones %g", base, ml_result_at(&r, ML_O_plasma_ketones, 1440));
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

/* The mass is that stated; tonicity is kept where nothing speaks of water, and none is let go for it. */
static void weighs_as_stated(void **state) {
    (void)state;
    static const MlLab labs[] = {{ML_O_plasma_magnesium_total, 0.4, 0}, {ML_O_plasma_potassium, 2.9, 0}, {ML_O_plasma_bicarbonate, 10, 0}, {ML_O_plasma_sodium, 125, 0}};
    static const int asked[] = {ML_O_body_mass, ML_O_plasma_tonicity, ML_O_urine_flow};
    for (size_t i = 0; i < sizeof labs / sizeof *labs; i++) {
        MlResult r;
        live_from((MlLab[]){labs[i], {.output = ML_NOUTPUT}}, 1, ML_C_MEALS_NONE, asked, 3, &r);
        assert_true(fabs(ml_result_at(&r, ML_O_body_mass, 0) - 70) < 1e-6);
        const double moved = ml_result_at(&r, ML_O_plasma_tonicity, 60) - ml_result_at(&r, ML_O_plasma_tonicity, 0);
        const double flow = ml_result_at(&r, ML_O_urine_flow, 60);
        if (labs[i].output != ML_O_plasma_sodium && !(fabs(moved) < 1.5 && flow < 3))
            fail_msg("%s: tonicity moved by %g, urine flows at %g mL/min", ml_outputs[labs[i].output].name, moved, flow);
        ml_result_free(&r);
    }
}

/* Lack of magnesium holds the hormone down, and calcium with it, as the condition does. */
static void magnesium_brings_its_calcium(void **state) {
    (void)state;
    static const int asked[] = {ML_O_plasma_calcium_ionized};
    MlResult r;
    live_from((MlLab[]){{ML_O_plasma_magnesium_total, 0.3, 0}, {.output = ML_NOUTPUT}}, 1, ML_C_MEALS_NONE, asked, 1, &r);
    const double first = ml_result_at(&r, ML_O_plasma_calcium_ionized, 0), last = ml_result_at(&r, ML_O_plasma_calcium_ionized, 60);
    if (!(first > 0.9 && first < 1.12 && fabs(last - first) < 0.03)) fail_msg("ionized calcium went from %g to %g", first, last);
    ml_result_free(&r);
}

/* A thirst that let sodium rise so far does not undo it within hours, which would swell a brain that has gained solutes. */
static void high_sodium_falls_slowly(void **state) {
    (void)state;
    static const int asked[] = {ML_O_plasma_sodium, ML_O_brain_water};
    MlResult r;
    live_from((MlLab[]){{ML_O_plasma_sodium, 170, 0}, {.output = ML_NOUTPUT}}, 48, ML_C_MEALS_HABITUAL, asked, 2, &r);
    const double half = ml_result_at(&r, ML_O_plasma_sodium, 720), last = ml_result_at(&r, ML_O_plasma_sodium, 2880), water = ml_result_at(&r, ML_O_brain_water, 240);
    if (!(half > 154 && last < 158 && water < 1.06)) fail_msg("sodium is %g after half a day and %g after two, brain water %g", half, last, water);
    ml_result_free(&r);
}

/* Potassium stays where kidneys fail, so that treatments compare; healthy ones bring it down within hours. It is told which. */
static void high_potassium_holds_where_kidneys_fail(void **state) {
    (void)state;
    for (int fail = 0; fail < 2; fail++) {
        MlResult r;
        const MlLab labs[] = {{ML_O_plasma_potassium, 6.9, 0}, {fail ? ML_O_plasma_creatinine : ML_NOUTPUT, 548, 0}, {.output = ML_NOUTPUT}};
        live_from(labs, 6, ML_C_MEALS_NONE, (int[]){ML_O_plasma_potassium}, 1, &r);
        const double hour = ml_result_at(&r, ML_O_plasma_potassium, 60), last = ml_result_at(&r, ML_O_plasma_potassium, 360);
        if (fail ? !(hour > 6.75 && last > 6.5 && last < 7.0) : !(last < 5.5)) fail_msg("kidneys %s: potassium %g, then %g", fail ? "fail" : "work", hour, last);
        assert_int_equal(notes_with(&r, "have lived with this potassium"), fail);
        assert_int_equal(notes_with(&r, "this potassium is new"), !fail);
        ml_result_free(&r);
    }
}

/* Acid stays where kidneys fail; healthy ones make it good within days, and hardly overshoot. */
static void acid_holds_where_kidneys_fail(void **state) {
    (void)state;
    for (int fail = 0; fail < 2; fail++) {
        MlResult r;
        const MlLab labs[] = {{ML_O_plasma_bicarbonate, 14, 0}, {fail ? ML_O_plasma_creatinine : ML_NOUTPUT, 300, 0}, {.output = ML_NOUTPUT}};
        live_from(labs, 72, ML_C_MEALS_HABITUAL, (int[]){ML_O_plasma_bicarbonate}, 1, &r);
        const double last = ml_result_at(&r, ML_O_plasma_bicarbonate, 4320);
        if (fail ? !(last > 13.5 && last < 16) : !(last > 23 && last < 27)) fail_msg("kidneys %s: bicarbonate %g after three days", fail ? "fail" : "work", last);
        assert_int_equal(notes_with(&r, "have lived with this acid"), fail);
        assert_int_equal(notes_with(&r, "what took the base has ended"), !fail);
        ml_result_free(&r);
    }
}

/* Sugar of a crisis stays without insulin. */
static void glucose_stays(void **state) {
    (void)state;
    static const int asked[] = {ML_O_plasma_glucose};
    static const double measured[] = {35, 50};
    for (int i = 0; i < 2; i++) {
        MlResult r;
        live_from((MlLab[]){{ML_O_plasma_glucose, measured[i], 0}, {.output = ML_NOUTPUT}}, 24, ML_C_MEALS_NONE, asked, 1, &r);
        const double last = ml_result_at(&r, ML_O_plasma_glucose, 1440);
        if (!(last > 0.6 * measured[i] && last < 1.1 * measured[i])) fail_msg("glucose went from %g to %g in a day", measured[i], last);
        ml_result_free(&r);
    }
}

/* Calcium that was measured holds for two days with the hormone that belongs to it: much of it where the glands work on their own,
 * as much as was measured, little where calcium comes from bone. */
static void calcium_holds(void **state) {
    (void)state;
    static const struct {
        const char *condition;
        double calcium, pth, moves, least, most; /* pth: NaN: not measured; moves: a share of calcium; least, most: of pth, over the days */
    } rows[] = {
        {"primary-hyperparathyroidism", 3.5, NAN, 0.05, 45, 400},
        {"primary-hyperparathyroidism", 3.5, 500, 0.05, 380, 600},
        {NULL, 3.6, NAN, 0.12, 0, 15},
        {"hypoparathyroidism", 1.7, NAN, 0.07, 0, 20},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MlScenario sc;
        MlResult r;
        milieu_error e = {0};
        ml_scenario_init(&sc);
        sc.duration = 2880;
        if (rows[i].condition) snprintf(sc.person.condition[sc.person.ncondition++].name, ML_NAME_SIZE, "%s", rows[i].condition);
        assert_true(ml_person_set_lab(&sc.person, ML_O_plasma_calcium_total, rows[i].calcium));
        if (!isnan(rows[i].pth)) assert_true(ml_person_set_lab(&sc.person, ML_O_plasma_pth, rows[i].pth));
        assert_int_equal(ml_scenario_ask(&sc, ML_O_plasma_calcium_total, NULL), MILIEU_OK);
        assert_int_equal(ml_scenario_ask(&sc, ML_O_plasma_pth, NULL), MILIEU_OK);
        ok(ml_run(&house, &sc, NULL, &r, &e), &e);
        for (double t = 0; t <= 2880; t += 360) {
            const double calcium = ml_result_at(&r, ML_O_plasma_calcium_total, t), pth = ml_result_at(&r, ML_O_plasma_pth, t);
            if (!(fabs(calcium / rows[i].calcium - 1) < rows[i].moves)) fail_msg("case %zu: calcium is %g at %g h", i, calcium, t / 60);
            if (!(pth >= rows[i].least && pth <= rows[i].most)) fail_msg("case %zu: parathyroid hormone is %g at %g h", i, pth, t / 60);
        }
        ml_result_free(&r);
        ml_scenario_free(&sc);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_at_it),
        cmocka_unit_test(several_at_once),
        cmocka_unit_test(no_rebound),
        cmocka_unit_test(what_plasma_hides),
        cmocka_unit_test(breath_fails),
        cmocka_unit_test(told_not_reached),
        cmocka_unit_test(says_how_sure),
        cmocka_unit_test(later_events_are_not_blamed_on_labs),
        cmocka_unit_test(low_sodium_was_lived_with),
        cmocka_unit_test(water_is_mixed),
        cmocka_unit_test(high_sodium_falls_slowly),
        cmocka_unit_test(deficits_count_from_before),
        cmocka_unit_test(ketoacidosis_is_dry),
        cmocka_unit_test(unmeasured_ketones),
        cmocka_unit_test(what_no_state_can_hold),
        cmocka_unit_test(weighs_as_stated),
        cmocka_unit_test(magnesium_brings_its_calcium),
        cmocka_unit_test(calcium_holds),
        cmocka_unit_test(high_potassium_holds_where_kidneys_fail),
        cmocka_unit_test(acid_holds_where_kidneys_fail),
        cmocka_unit_test(glucose_stays),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
