/* SPDX-License-Identifier: Apache-2.0 */
/* Drugs: every one arrives by every route it has; its level is that of its source; more of it does more; kidneys that
 * filter little keep it. */
#include "in_house.h"

#include "run/session.h"
#include "timeline/tables.h"

static void between(const char *drug, const char *what, double x, double low, double high) {
    if (!(x >= low && x <= high)) fail_msg("%s: %s is %.4g, expected %.4g to %.4g", drug, what, x, low, high);
}

static MlSession *someone(void) {
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    ml_person_spec_init(&spec);
    ok(ml_person_build(&spec, &person, &e), &e);
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_HABITUAL, .drinking = ML_C_DRINKING_HABITUAL};
    MlSession *s;
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    return s;
}

typedef struct Dose {
    const char *drug;
    MlDrugRoute route;
    double minutes, every_h; /* over so many; 0: once */
} Dose;

/* amount: g, or U of what is given in units only; at h. */
static void give(MlSession *s, const Dose *d, double amount, double at) {
    const MlDrug *drug = ml_drugs_find(house.drugs, d->drug);
    if (!drug) fail_msg("there is no %s", d->drug);
    MlEvent event;
    milieu_error e = {0};
    ml_event_init(&event, ML_EVENT_DRUG);
    snprintf(event.what, sizeof event.what, "%s", d->drug);
    ml_event_set(&event, ML_FIELD_DOSE, amount, drug->by_unit ? ML_DIM_IU : ML_DIM_MASS);
    ml_event_set(&event, ML_FIELD_ROUTE, ML_C_ROUTE_ORAL + (int)d->route, ML_DIM_NUMBER);
    if (d->minutes > 0) ml_event_set(&event, ML_FIELD_OVER, d->minutes, ML_DIM_TIME);
    event.at = 60 * at;
    if (d->every_h > 0) event.every = 60 * d->every_h, event.until = 1e5;
    ml_event_complete(&event);
    ok(ml_session_schedule(s, &event, 1e5, &e), &e);
}

static void live(MlSession *s, double hours) {
    milieu_error e = {0};
    ok(ml_session_advance(s, 60 * hours, NULL, &e), &e);
}

static double state_of(MlSession *s, int state) {
    double y[ML_NSTATE];
    ml_session_state(s, ml_session_time(s), y);
    return y[state];
}

static double output_of(MlSession *s, int output) {
    double y[ML_NSTATE], out[ML_NOUTPUT];
    ml_session_state(s, ml_session_time(s), y);
    ml_session_outputs(s, y, out);
    return out[output];
}

/* By every route that the table has, the share that the table says arrives: as more of some signal, or as more of the
 * solute that the drug is. */
static void every_route_leads_somewhere(void **state) {
    (void)state;
    for (size_t i = 0; i < ml_drugs_count(house.drugs); i++) {
        const MlDrug *d = ml_drugs_at(house.drugs, i);
        for (int r = 0; r < ML_NDRUG_ROUTE; r++) {
            if (isnan(d->bioavailability[r])) continue;
            MlSession *with = someone(), *without = someone();
            give(with, &(Dose){d->name, (MlDrugRoute)r, 0, 0}, 0.01, 0);
            live(with, 0.1), live(without, 0.1);
            double a[ML_NSTATE], b[ML_NSTATE];
            ml_session_state(with, 6, a), ml_session_state(without, 6, b);
            int arrived = 0;
            for (int k = 0; k < ML_NSTATE; k++) arrived |= a[k] > b[k] + 1e-9 * (1 + fabs(b[k]));
            if (!arrived) fail_msg("%s by %s goes nowhere", d->name, ml_drug_route_name((MlDrugRoute)r));
            ml_session_destroy(&with), ml_session_destroy(&without);
        }
    }
}

#define G 1.0
#define MG 1e-3
#define UG 1e-6

/* Highest level after a dose, and when: 0 h and doses before it, followed from `from` h. Levels are in ug/L of plasma
 * (insulin: pmol/L). */
static const struct {
    Dose dose;
    double amount, from, until, early, late, low, high;
    int state;
    const char *source;
} levels[] = {
    {{"salbutamol", ML_ROUTE_ORAL, 0, 0}, 1.2 * MG, 0, 6, 0.6, 3, 2.5, 5.3, ML_S_salbutamol_body, "Du 2002: 1.8 +- 0.6 h (two SD allowed), 3.9 +- 1.4"},
    {{"salbutamol", ML_ROUTE_INHALED, 0, 0}, 1.2 * MG, 0, 2, 0.08, 0.36, 2.3, 4.5, ML_S_salbutamol_body, "Du 2002: 0.22 +- 0.07 h, 3.4 +- 1.1"},
    {{"adrenaline", ML_ROUTE_IV, 60, 0}, 0.1 * 70 * 60 * UG, 0, 2, 0.3, 1.05, 1.4, 2.1, ML_S_adrenaline_body, "Brown 1983: 1.74 +- 0.65 at 0.1 ug/kg/min"},
    {{"propranolol", ML_ROUTE_ORAL, 0, 0}, 80 * MG, 0, 6, 1, 3, 20, 100, ML_S_propranolol_body, "peak at 1 to 3 h; 40 ug/L for full effect: Coltart 1970"},
    {{"spironolactone", ML_ROUTE_ORAL, 0, 24}, 100 * MG, 14 * 24, 15 * 24, 2.5, 4.5, 330, 450, ML_S_spironolactone_body, "product monograph: 391 at 3.2 h on the 15th day"},
    {{"enalapril", ML_ROUTE_ORAL, 0, 0}, 10 * MG, 0, 24, 2.8, 5.7, 28, 86, ML_S_enalapril_body, "2002: 57 +- 29 at 4.28 +- 1.45 h"},
    {{"losartan", ML_ROUTE_ORAL, 0, 0}, 100 * MG, 0, 24, 3, 4, 500, 1100, ML_S_losartan_body, "Lo 1995: 3.5 h"},
    {{"digoxin", ML_ROUTE_ORAL, 0, 24}, 0.25 * MG, 19 * 24, 20 * 24, 1, 8, 0.8, 2, ML_S_digoxin_body, "0.25 mg a day: about 1, by clearance of 6 L/h (sepia.unil.ch)"},
    {{"hydrochlorothiazide", ML_ROUTE_ORAL, 0, 0}, 25 * MG, 0, 12, 1.2, 2.2, 115, 145, ML_S_hydrochlorothiazide_body, "Patel 1984: 127 to 135; peak at 1.6 h"},
    {{"desmopressin", ML_ROUTE_NASAL, 0, 0}, 20 * UG, 0, 6, 0.6, 1.2, 0.01, 0.05, ML_S_desmopressin_body, "peak at 50 min"},
    {{"insulin", ML_ROUTE_SUBCUTANEOUS, 0, 0}, 12, 0, 4, 1, 2.2, 200, 400, ML_S_insulin, "Diabete Metab 1992: 285 +- 62 at 90 to 114 min"},
};

static void levels_are_those_of_the_source(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const MlDrug *d = ml_drugs_find(house.drugs, levels[i].dose.drug);
        MlSession *s = someone();
        if (levels[i].state == ML_S_insulin) live(s, 10); /* past breakfast */
        const double start = levels[i].state == ML_S_insulin ? 15 : 0;
        give(s, &levels[i].dose, levels[i].amount, start);
        double most = 0, when = 0;
        for (double t = levels[i].from; t < levels[i].until; t += 0.05) {
            live(s, start + t);
            const double x = state_of(s, levels[i].state);
            if (x > most) most = x, when = t;
        }
        char what[200];
        snprintf(what, sizeof what, "hour of the peak (%s)", levels[i].source);
        between(d->name, what, when - levels[i].from, levels[i].early, levels[i].late);
        snprintf(what, sizeof what, "peak (%s)", levels[i].source);
        between(d->name, what, most * (isnan(d->ec50) ? 1 : d->ec50), levels[i].low, levels[i].high);
        ml_session_destroy(&s);
    }
}

/* What three doses do, each twice the one before. sign: -1 it falls. */
static const struct {
    Dose dose;
    double least, after;
    int output, sign;
    Dose against; /* given before, at a fixed dose */
    double fixed;
} effects[] = {
    {{"salbutamol", ML_ROUTE_NEBULIZED, 10, 0}, 5 * MG, 1.5, ML_O_plasma_potassium, -1, {0}, 0},
    {{"salbutamol", ML_ROUTE_IV, 15, 0}, 0.25 * MG, 1, ML_O_plasma_potassium, -1, {0}, 0},
    {{"salbutamol", ML_ROUTE_INHALED, 0, 0}, 0.6 * MG, 1, ML_O_plasma_potassium, -1, {0}, 0},
    {{"salbutamol", ML_ROUTE_ORAL, 0, 0}, 2 * MG, 3, ML_O_plasma_potassium, -1, {0}, 0},
    {{"adrenaline", ML_ROUTE_IV, 60, 0}, 100 * UG, 1, ML_O_plasma_potassium, -1, {0}, 0},
    {{"propranolol", ML_ROUTE_IV, 5, 0}, 1 * MG, 1, ML_O_plasma_potassium, 1, {"adrenaline", ML_ROUTE_IV, 60, 0}, 400 * UG},
    {{"propranolol", ML_ROUTE_ORAL, 0, 0}, 10 * MG, 3, ML_O_plasma_potassium, 1, {"salbutamol", ML_ROUTE_NEBULIZED, 10, 0}, 20 * MG},
    {{"spironolactone", ML_ROUTE_ORAL, 0, 24}, 25 * MG, 96, ML_O_plasma_potassium, 1, {0}, 0},
    {{"amiloride", ML_ROUTE_ORAL, 0, 24}, 2.5 * MG, 72, ML_O_plasma_potassium, 1, {0}, 0},
    {{"enalapril", ML_ROUTE_ORAL, 0, 0}, 5 * MG, 5, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"losartan", ML_ROUTE_ORAL, 0, 0}, 25 * MG, 5, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"acetazolamide", ML_ROUTE_ORAL, 0, 0}, 125 * MG, 12, ML_O_plasma_bicarbonate, -1, {0}, 0},
    {{"acetazolamide", ML_ROUTE_IV, 5, 0}, 125 * MG, 12, ML_O_plasma_bicarbonate, -1, {0}, 0},
    {{"digoxin", ML_ROUTE_IV, 5, 0}, 2 * MG, 4, ML_O_plasma_potassium, 1, {0}, 0},
    {{"digoxin", ML_ROUTE_ORAL, 0, 0}, 2 * MG, 6, ML_O_plasma_potassium, 1, {0}, 0},
    {{"patiromer", ML_ROUTE_ORAL, 0, 24}, 8.4 * G, 48, ML_O_stool_potassium_total, 1, {0}, 0},
    {{"sodium-polystyrene-sulfonate", ML_ROUTE_ORAL, 0, 24}, 10 * G, 48, ML_O_stool_potassium_total, 1, {0}, 0},
    {{"sodium-zirconium-cyclosilicate", ML_ROUTE_ORAL, 0, 24}, 5 * G, 48, ML_O_stool_potassium_total, 1, {0}, 0},
    {{"bisacodyl", ML_ROUTE_ORAL, 0, 0}, 5 * MG, 24, ML_O_stool_potassium_total, 1, {0}, 0},
    {{"bisacodyl", ML_ROUTE_RECTAL, 0, 0}, 5 * MG, 12, ML_O_stool_potassium_total, 1, {0}, 0},
    {{"insulin", ML_ROUTE_IV, 1, 0}, 1, 0.5, ML_O_plasma_glucose, -1, {0}, 0},
    {{"insulin", ML_ROUTE_SUBCUTANEOUS, 0, 0}, 2, 2, ML_O_plasma_glucose, -1, {0}, 0},
    {{"furosemide", ML_ROUTE_ORAL, 0, 0}, 20 * MG, 6, ML_O_urine_volume, 1, {0}, 0},
    {{"hydrochlorothiazide", ML_ROUTE_ORAL, 0, 0}, 12.5 * MG, 12, ML_O_urine_sodium_total, 1, {0}, 0},
    {{"desmopressin", ML_ROUTE_ORAL, 0, 0}, 50 * UG, 8, ML_O_urine_volume, -1, {0}, 0},
    {{"bumetanide", ML_ROUTE_ORAL, 0, 0}, 0.5 * MG, 6, ML_O_urine_volume, 1, {0}, 0},
    {{"torasemide", ML_ROUTE_IV, 5, 0}, 5 * MG, 8, ML_O_urine_sodium_total, 1, {0}, 0},
    {{"chlorthalidone", ML_ROUTE_ORAL, 0, 24}, 12.5 * MG, 48, ML_O_urine_sodium_total, 1, {0}, 0},
    {{"indapamide", ML_ROUTE_ORAL, 0, 0}, 1.25 * MG, 24, ML_O_urine_sodium_total, 1, {0}, 0},
    {{"bendroflumethiazide", ML_ROUTE_ORAL, 0, 0}, 1.25 * MG, 12, ML_O_urine_sodium_total, 1, {0}, 0},
    {{"tolvaptan", ML_ROUTE_ORAL, 0, 0}, 7.5 * MG, 8, ML_O_urine_volume, 1, {0}, 0},
    {{"conivaptan", ML_ROUTE_IV, 30, 0}, 10 * MG, 8, ML_O_urine_volume, 1, {0}, 0},
    {{"eplerenone", ML_ROUTE_ORAL, 0, 24}, 25 * MG, 96, ML_O_plasma_potassium, 1, {0}, 0},
    {{"finerenone", ML_ROUTE_ORAL, 0, 24}, 5 * MG, 96, ML_O_plasma_potassium, 1, {0}, 0},
    {{"triamterene", ML_ROUTE_ORAL, 0, 24}, 50 * MG, 72, ML_O_plasma_potassium, 1, {0}, 0},
    {{"trimethoprim", ML_ROUTE_ORAL, 0, 12}, 80 * MG, 96, ML_O_plasma_potassium, 1, {0}, 0},
    {{"lisinopril", ML_ROUTE_ORAL, 0, 0}, 5 * MG, 10, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"ramipril", ML_ROUTE_ORAL, 0, 0}, 1.25 * MG, 6, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"valsartan", ML_ROUTE_ORAL, 0, 0}, 40 * MG, 5, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"candesartan", ML_ROUTE_ORAL, 0, 0}, 4 * MG, 6, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"empagliflozin", ML_ROUTE_ORAL, 0, 0}, 2.5 * MG, 24, ML_O_urine_glucose_total, 1, {0}, 0},
    {{"dapagliflozin", ML_ROUTE_ORAL, 0, 0}, 2.5 * MG, 24, ML_O_urine_glucose_total, 1, {0}, 0},
    {{"hydrocortisone", ML_ROUTE_IV, 1, 6}, 50 * MG, 24, ML_O_plasma_potassium, -1, {0}, 0},
    {{"prednisolone", ML_ROUTE_ORAL, 0, 0}, 10 * MG, 6, ML_O_plasma_glucose, 1, {0}, 0},
    {{"fludrocortisone", ML_ROUTE_ORAL, 0, 24}, 50 * UG, 96, ML_O_plasma_potassium, -1, {0}, 0},
    {{"ibuprofen", ML_ROUTE_ORAL, 0, 8}, 200 * MG, 8, ML_O_urine_sodium_total, -1, {0}, 0},
    {{"indomethacin", ML_ROUTE_ORAL, 0, 8}, 12.5 * MG, 8, ML_O_urine_sodium_total, -1, {0}, 0},
    {{"heparin", ML_ROUTE_SUBCUTANEOUS, 0, 12}, 2500, 72, ML_O_plasma_aldosterone, -1, {0}, 0},
    {{"tacrolimus", ML_ROUTE_ORAL, 0, 12}, 1 * MG, 168, ML_O_plasma_potassium, 1, {0}, 0},
    {{"ciclosporin", ML_ROUTE_ORAL, 0, 12}, 75 * MG, 168, ML_O_plasma_magnesium_total, -1, {0}, 0},
    {{"lithium", ML_ROUTE_ORAL, 0, 8}, 150 * MG, 480, ML_O_plasma_adh, 1, {0}, 0},
    {{"norepinephrine", ML_ROUTE_IV, 60, 0}, 200 * UG, 1, ML_O_mean_arterial_pressure, 1, {0}, 0},
    {{"pantoprazole", ML_ROUTE_ORAL, 0, 24}, 20 * MG, 168, ML_O_stool_magnesium_total, 1, {0}, 0},
    {{"lansoprazole", ML_ROUTE_ORAL, 0, 24}, 15 * MG, 168, ML_O_stool_magnesium_total, 1, {0}, 0},
    {{"alendronate", ML_ROUTE_ORAL, 0, 24}, 10 * MG, 336, ML_O_plasma_pth, 1, {0}, 0},
    {{"risedronate", ML_ROUTE_ORAL, 0, 24}, 5 * MG, 336, ML_O_plasma_pth, 1, {0}, 0},
    {{"ibandronate", ML_ROUTE_IV, 5, 0}, 1 * MG, 168, ML_O_plasma_pth, 1, {0}, 0},
    {{"calcitonin", ML_ROUTE_SUBCUTANEOUS, 0, 0}, 2, 4, ML_O_plasma_pth, 1, {0}, 0},
    {{"alfacalcidol", ML_ROUTE_ORAL, 0, 24}, 0.5 * UG, 120, ML_O_urine_calcium_total, 1, {0}, 0},
    {{"amphotericin-b", ML_ROUTE_IV, 60, 24}, 20 * MG, 168, ML_O_plasma_potassium, -1, {0}, 0},
    {{"cisplatin", ML_ROUTE_IV, 60, 0}, 75 * MG, 336, ML_O_plasma_magnesium_total, -1, {0}, 0},
    {{"gentamicin", ML_ROUTE_IV, 30, 24}, 150 * MG, 168, ML_O_plasma_magnesium_total, -1, {0}, 0},
    {{"succinylcholine", ML_ROUTE_IV, 1, 0}, 25 * MG, 0.07, ML_O_plasma_potassium, 1, {0}, 0},
};

static void more_does_more(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        double last = NAN;
        for (int k = 0; k < 4; k++) { /* none, then three doses */
            MlSession *s = someone();
            if (effects[i].against.drug) give(s, &effects[i].against, effects[i].fixed, 0);
            if (k > 0) give(s, &effects[i].dose, effects[i].least * (1 << (k - 1)), 0);
            live(s, effects[i].after);
            const double x = output_of(s, effects[i].output);
            if (k > 0 && !(effects[i].sign * (x - last) > 1e-4 * fabs(last)))
                fail_msg("%s by %s, dose %d: %s %.6g after %.6g", effects[i].dose.drug, ml_drug_route_name(effects[i].dose.route), k,
                         ml_outputs[effects[i].output].name, x, last);
            last = x;
            ml_session_destroy(&s);
        }
    }
}

/* What is left of a drug after a day, of what was given into a vein or taken. */
static void kidneys_that_fail_keep_it(void **state) {
    (void)state;
    static const struct {
        Dose dose;
        int state;
        double least; /* times what healthy kidneys leave */
    } kept[] = {
        {{"hydrochlorothiazide", ML_ROUTE_ORAL, 0, 0}, ML_S_hydrochlorothiazide_body, 5},
        {{"desmopressin", ML_ROUTE_IV, 0, 0}, ML_S_desmopressin_body, 3},
        {{"salbutamol", ML_ROUTE_IV, 0, 0}, ML_S_salbutamol_body, 3},
        {{"amiloride", ML_ROUTE_ORAL, 0, 0}, ML_S_amiloride_body, 2},
        {{"enalapril", ML_ROUTE_ORAL, 0, 0}, ML_S_enalapril_body, 2},
        {{"acetazolamide", ML_ROUTE_IV, 0, 0}, ML_S_acetazolamide_body, 5},
        {{"digoxin", ML_ROUTE_IV, 0, 0}, ML_S_digoxin_body, 1.1},
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        double left[2];
        for (int k = 0; k < 2; k++) {
            MlSession *s = someone();
            if (k == 1) {
                MlEvent gone;
                milieu_error e = {0};
                ml_event_init(&gone, ML_EVENT_REMOVE);
                ml_event_set(&gone, ML_FIELD_WHAT, ML_C_REMOVE_BOTH_KIDNEYS, ML_DIM_NUMBER);
                gone.at = 0;
                ml_event_complete(&gone);
                ok(ml_session_schedule(s, &gone, 1e5, &e), &e);
            }
            give(s, &kept[i].dose, 0.01, 0);
            live(s, 24);
            left[k] = state_of(s, kept[i].state);
            ml_session_destroy(&s);
        }
        if (!(left[1] > kept[i].least * left[0]))
            fail_msg("%s: %g left without kidneys, %g with", kept[i].dose.drug, left[1], left[0]);
    }
}

/* A vaptan competes: enough desmopressin brings the antidiuresis back. */
static void desmopressin_overcomes_a_vaptan(void **state) {
    (void)state;
    double osmolality[3];
    for (int k = 0; k < 3; k++) {
        MlSession *s = someone();
        give(s, &(Dose){"tolvaptan", ML_ROUTE_ORAL, 0, 0}, 15 * MG, 0);
        if (k > 0) give(s, &(Dose){"desmopressin", ML_ROUTE_IV, 0, 0}, k == 1 ? 0.5 * UG : 4 * UG, 3);
        live(s, 6);
        osmolality[k] = output_of(s, ML_O_urine_osmolality);
        ml_session_destroy(&s);
    }
    between("tolvaptan", "urine osmolality", osmolality[0], 50, 300);
    assert_true(osmolality[1] > osmolality[0] + 50 && osmolality[2] > osmolality[1] + 20);
    between("tolvaptan and desmopressin", "urine osmolality", osmolality[2], 450, 1100);
}

/* Of months: the answer to vasopressin is lost over weeks under lithium, and comes back. */
static void lithium_takes_weeks(void **state) {
    (void)state;
    MlSession *s = someone();
    give(s, &(Dose){"lithium", ML_ROUTE_ORAL, 0, 12}, 0.45, 0);
    live(s, 24 * 3);
    const double early = state_of(s, ML_S_lithium_action);
    live(s, 24 * 40);
    const double late = state_of(s, ML_S_lithium_action);
    assert_true(late > 3 * early && late > 0.3 && late < 0.8);
    between("lithium", "aquaporin", state_of(s, ML_S_aqp2), 0.3, 0.75);
    ml_session_destroy(&s);
}

/* 100 mg of losartan leave 15 % of the action of angiotensin at the peak and 60 to 75 % after a day (product
 * information); the law behind it is x / (1 + x). */
static void losartan_wears_off(void **state) {
    (void)state;
    MlSession *s = someone();
    give(s, &(Dose){"losartan", ML_ROUTE_ORAL, 0, 0}, 100 * MG, 0);
    live(s, 3.5);
    const double peak = state_of(s, ML_S_losartan_body);
    live(s, 24);
    const double trough = state_of(s, ML_S_losartan_body);
    between("losartan", "block at the peak", peak / (1 + peak), 0.8, 0.9);
    between("losartan", "block after a day", trough / (1 + trough), 0.25, 0.4);
    ml_session_destroy(&s);
}

static void remember(void *self, int kind, double from, double to, const char *text) {
    (void)kind, (void)from, (void)to;
    char *all = self;
    snprintf(all + strlen(all), 200 - strlen(all), "%s;", text);
}

/* As it was prescribed: in units, or by mass. */
static void doses_are_told_as_given(void **state) {
    (void)state;
    char told[200] = "";
    const MlWatcher watcher = {.self = told, .happened = remember};
    const Dose insulin = {.drug = "insulin", .route = ML_ROUTE_IV}, thiazide = {.drug = "hydrochlorothiazide", .route = ML_ROUTE_ORAL};
    MlSession *s = someone();
    milieu_error e = {0};
    give(s, &insulin, 10, 0.1);
    give(s, &thiazide, 0.025, 0.2);
    ok(ml_session_advance(s, 30, &watcher, &e), &e);
    assert_string_equal(told, "was given 10 U of insulin (iv);was given 25 mg of hydrochlorothiazide (oral);");
    ml_session_destroy(&s);
}

/* A drug is stopped by any of its names: doses to come of what has begun are not given, one that begins later is. */
static void stopped_by_any_name(void **state) {
    (void)state;
    char told[400] = "";
    const MlWatcher watcher = {.self = told, .happened = remember};
    MlSession *s = someone();
    milieu_error e = {0};
    const struct {
        MlEventKind kind;
        const char *what;
        double at, every;
        int times;
    } entries[] = {{ML_EVENT_DRUG, "furosemide", 0, 360, 4}, {ML_EVENT_STOP_DRUG, "frusemide", 600, NAN, 0}, {ML_EVENT_DRUG, "furosemide", 900, NAN, 0}};
    for (int i = 0; i < 3; i++) {
        MlEvent event;
        ml_event_init(&event, entries[i].kind);
        snprintf(event.what, sizeof event.what, "%s", entries[i].what);
        event.given |= (uint64_t)1 << ML_FIELD_WHAT;
        if (entries[i].kind == ML_EVENT_DRUG) ml_event_set(&event, ML_FIELD_DOSE, 0.04, ML_DIM_MASS);
        event.at = entries[i].at;
        event.every = entries[i].every;
        event.times = entries[i].times;
        ml_event_complete(&event);
        ok(ml_session_schedule(s, &event, 1e5, &e), &e);
    }
    ok(ml_session_advance(s, 1440, &watcher, &e), &e);
    int doses = 0;
    for (const char *p = told; (p = strstr(p, "of furosemide")); p++) doses++;
    assert_int_equal(doses, 3);
    ml_session_destroy(&s);
}

/* What a person states of a drug is not overwritten by the table. */
static void stated_kinetics_stay(void **state) {
    (void)state;
    const char *names[] = {"furosemide_other", "furosemide_steepness", "furosemide_absorption"};
    const double values[] = {0.5, 3, 0.001};
    milieu_error e = {0};
    MlPersonSpec spec;
    MlPerson person;
    MlSession *s;
    ml_person_spec_init(&spec);
    for (int i = 0; i < 3; i++) assert_true(ml_person_set_parameter(&spec, names[i], values[i]));
    ok(ml_person_build(&spec, &person, &e), &e);
    const MlSessionOptions options = {.clock = 480, .meals = ML_C_MEALS_HABITUAL, .drinking = ML_C_DRINKING_HABITUAL};
    ok(ml_session_create(&house, &person, &options, &s, &e), &e);
    give(s, &(Dose){"furosemide", ML_ROUTE_ORAL, 0, 0}, 0.04, 0.5);
    live(s, 1);
    for (int i = 0; i < 3; i++) assert_true(ml_session_person(s)->param[ml_param_find(names[i])] == values[i]);
    ml_session_destroy(&s);
}

/* A route that a drug has not is told, with what there is. */
static void unknown_routes_are_refused(void **state) {
    (void)state;
    MlSession *s = someone();
    MlEvent event;
    milieu_error e = {0};
    ml_event_init(&event, ML_EVENT_DRUG);
    snprintf(event.what, sizeof event.what, "adrenaline");
    ml_event_set(&event, ML_FIELD_DOSE, 1e-3, ML_DIM_MASS);
    ml_event_set(&event, ML_FIELD_ROUTE, ML_C_ROUTE_ORAL, ML_DIM_NUMBER);
    event.at = 0;
    ml_event_complete(&event);
    milieu_code code = ml_session_schedule(s, &event, 1e5, &e);
    if (code == MILIEU_OK) code = ml_session_advance(s, 10, NULL, &e);
    assert_int_equal(code, MILIEU_BAD_INPUT);
    assert_non_null(strstr(e.text, "adrenaline: the route 'oral' is not known"));
    ml_session_destroy(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_leads_somewhere), cmocka_unit_test(levels_are_those_of_the_source),
        cmocka_unit_test(more_does_more),              cmocka_unit_test(kidneys_that_fail_keep_it),
        cmocka_unit_test(losartan_wears_off), cmocka_unit_test(stated_kinetics_stay),         cmocka_unit_test(stopped_by_any_name), cmocka_unit_test(unknown_routes_are_refused),
        cmocka_unit_test(doses_are_told_as_given),     cmocka_unit_test(desmopressin_overcomes_a_vaptan), cmocka_unit_test(lithium_takes_weeks),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
