/* SPDX-License-Identifier: Apache-2.0 */
/* What a start from measured values assumed, and how sure it is: measured; following from charge, osmotic balance or mass action;
 * typical of the disorder, with what it is uncertain by; not measured, as usual.
 *
 * Widths: potassium of the body against plasma, Sterns, Medicine 1981;60:339, half to one and a half times the mean; sodium for
 * glucose, 2.4 mmol/L for 5.5 (Hillier, Am J Med 1999;106:399); breathing against acid, 2 mmHg around the line in the metabolic
 * acidosis of children (Albert, Dell & Winters, Ann Intern Med 1967;66:312), taken as 5 where the time is not known; water of
 * hyponatremia, from none to all of it by what was lost. Filtration from creatinine and cells and bone from plasma: assumed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "run/labs_inside.h"

static const double high_potassium = 5.5; /* mmol/L */

typedef struct Teller {
    const MlLabs *l;
    const MlPersonSpec *spec;
    MlNotes *notes;
    double was[ML_NOUTPUT], now[ML_NOUTPUT];
} Teller;

static double measured(const Teller *t, int output) {
    for (int i = 0; i < t->spec->nlab; i++)
        if (t->spec->lab[i].output == output) return t->spec->lab[i].value;
    return NAN;
}

static bool is_measured(const Teller *t, int output) { return !isnan(measured(t, output)); }

static double change(const Teller *t, int output) { return t->now[output] - t->was[output]; }

static const char *more(double x) { return x > 0 ? "more" : "less"; }

/* Names joined by commas, as many as fit. */
static void add_name(char *list, size_t size, const char *name) {
    const size_t used = strlen(list);
    if (used + strlen(name) + 2 < size) snprintf(list + used, size - used, "%s%s", used ? ", " : "", name);
}

static void tell_measured(const Teller *t) {
    char list[220] = "";
    for (int i = 0; i < t->spec->nlab; i++)
        if (!t->l->told[t->spec->lab[i].output] || ml_lab_has(t->l, t->spec->lab[i].output)) add_name(list, sizeof list, ml_outputs[t->spec->lab[i].output].name);
    ml_notes_add(t->notes, "labs, measured: %s", list);
}

static void tell_water(const Teller *t) {
    static const double worth = 0.3; /* L */
    const bool speaks = is_measured(t, ML_O_plasma_sodium) || is_measured(t, ML_O_plasma_tonicity) || is_measured(t, ML_O_plasma_osmolality);
    const double water = change(t, ML_O_body_water), sodium = change(t, ML_O_plasma_sodium);
    const MlPerson *person = ml_session_person(t->l->session);
    if (t->l->dry > 0) {
        const char *what = t->l->ketoacidosis ? "diabetic ketoacidosis" : "the hyperosmolar state";
        ml_notes_add(t->notes, "labs, typical of %s at arrival, uncertain by half: %.2g L of water and %.0f mmol of sodium less than usual, by what sugar and "
                               "ketones take with them (Kitabchi 2009)", what, -water, -change(t, ML_O_body_sodium));
        return;
    }
    if (!speaks || fabs(water) < worth) return;
    if (water > 0)
        ml_notes_add(t->notes, "labs, typical, uncertain by %s: %.2g L of water more than usual, kept in cells, as after days; of the fluid outside them the kidneys have let "
                               "go salt and water%s", person->adh_release > 0 ? "half" : "all of it", water,
                     person->adh_release > 0 ? "" : "; where more salt was lost, as by diuretics or vomiting, there is less water");
    else
        ml_notes_add(t->notes, "labs, typical, uncertain by half: %.2g L of water less than usual, as if %s by loss of water alone; where salt was gained, less of it lacks",
                     -water, sodium > 0 ? "sodium rose" : "tonicity rose");
    if (t->now[ML_O_plasma_sodium] > ml_thirst_fails)
        ml_notes_add(t->notes, "labs, assumed: so high a sodium has lasted because thirst or access to water failed, and thirst stays as dull: beside the usual drinks "
                               "little is drunk; give what is drunk or infused as events");
    if (person->adh_release > 0 || is_measured(t, ML_O_plasma_adh)) return;
    ml_notes_add(t->notes, "labs, assumed: vasopressin answers the tonicity, %.2g pg/mL, as once the cause is gone; a cause that goes on is to be given "
                           "as a condition (siadh, diabetes-insipidus ...)", t->now[ML_O_plasma_adh]);
}

static void tell_potassium(const Teller *t) {
    static const double worth = 20, deep = 2.2;
    const double body = change(t, ML_O_body_potassium);
    if (!is_measured(t, ML_O_plasma_potassium) || fabs(body) < worth) return;
    if (change(t, ML_O_plasma_potassium) < 0 && body < 0)
        ml_notes_add(t->notes, "labs, typical of a lack of weeks, uncertain by half of it: %.0f mmol of potassium less than usual in the body; a fall within hours, "
                               "by insulin or beta-2 drugs, has none of that%s", -body,
                     t->now[ML_O_plasma_potassium] < deep ? "; so low, cells are taken as emptier than is known of people" : "");
    else
        ml_notes_add(t->notes, "labs, typical, uncertain by half of it: %.0f mmol of potassium %s than usual in the body, by what cells hold at this level, acid and insulin",
                     fabs(body), more(body));
}

/* Whether a high potassium stays. */
static void tell_high_potassium(const Teller *t) {
    const double *was = ml_session_context(t->l->session)->param, *now = t->l->param;
    if (t->l->retained)
        ml_notes_add(t->notes, "labs, assumed: kidneys that filter so little have lived with this potassium and excrete no more than before: adrenals make %.0f %% of the aldosterone "
                               "that it would draw, and tubules secrete at most %.0f %% of what they could; where it is new (a load, cells destroyed), give the event instead",
                     100 * now[ML_P_aldosterone_capacity] / was[ML_P_aldosterone_capacity],
                     100 * now[ML_P_potassium_secretion_greatest] / was[ML_P_potassium_secretion_greatest]);
    else if (measured(t, ML_O_plasma_potassium) > high_potassium && !(t->l->dry > 0))
        ml_notes_add(t->notes, "labs, assumed: this potassium is new, as kidneys that filter enough do not let it last: untreated it falls within hours, as they excrete it and aldosterone "
                               "rises; where they fail, give plasma_creatinine, gfr or the condition, and it stays");
}

/* Which anion stands in the place of bicarbonate. */
static void tell_acid(const Teller *t) {
    static const double worth = 2; /* mmol/L */
    const bool base = is_measured(t, ML_O_plasma_bicarbonate) || is_measured(t, ML_O_plasma_ph), chloride = is_measured(t, ML_O_plasma_chloride);
    const double gap = change(t, ML_O_plasma_anion_gap) - change(t, ML_O_plasma_lactate) - change(t, ML_O_plasma_ketones);
    if (base && !chloride && fabs(change(t, ML_O_plasma_chloride)) > worth)
        ml_notes_add(t->notes, "labs, follows from charge where no other acid is measured: chloride is %.4g mmol/L, in place of bicarbonate; give chloride if it is known",
                     t->now[ML_O_plasma_chloride]);
    if (chloride && !base && fabs(change(t, ML_O_plasma_bicarbonate)) > worth)
        ml_notes_add(t->notes, "labs, follows from charge with the usual anion gap, uncertain by 4 mmol/L: bicarbonate is %.3g mmol/L", t->now[ML_O_plasma_bicarbonate]);
    if (chloride && base && gap > 3 * worth)
        ml_notes_add(t->notes, "labs, follows from charge: %.2g mmol/L of anions more than usual that are neither lactate nor ketones; taken as sulfate, which is not burned", gap);
    if (t->l->ketotic)
        ml_notes_add(t->notes, "labs, assumed: the %s of %.2g mmol/L beside this %s is ketones; give plasma_ketones", chloride || is_measured(t, ML_O_plasma_anion_gap) ? "gap" : "lack of base",
                     change(t, ML_O_plasma_ketones), is_measured(t, ML_O_plasma_glucose) ? "glucose" : "diabetes");
    if (chloride && base && is_measured(t, ML_O_plasma_sodium) && measured(t, ML_O_plasma_sodium) - measured(t, ML_O_plasma_chloride) - t->now[ML_O_plasma_bicarbonate] < 2)
        ml_notes_add(t->notes, "labs contradict each other: sodium less chloride and bicarbonate leaves hardly any other anion; check the three, or think of bromide, lithium, "
                               "or very low albumin");
    if (t->l->acidotic)
        ml_notes_add(t->notes, "labs, assumed: kidneys that filter so little have lived with this acid and make %.0f %% of the ammonium that it would draw from them: it stays",
                     100 * t->l->param[ML_P_ammonium_normal] / ml_session_context(t->l->session)->param[ML_P_ammonium_normal]);
    else if (base && !chloride && change(t, ML_O_plasma_bicarbonate) < -worth && change(t, ML_O_plasma_lactate) + change(t, ML_O_plasma_ketones) < worth)
        ml_notes_add(t->notes, "labs, assumed: what took the base has ended, and kidneys make it good within days; a cause that goes on (diarrhea, type-1-diabetes ...) is to be "
                               "given as an event or a condition");
    if (base && !is_measured(t, ML_O_arterial_pco2) && !is_measured(t, ML_O_plasma_ph) && fabs(change(t, ML_O_plasma_bicarbonate)) > worth)
        ml_notes_add(t->notes, "labs, typical, uncertain by 5 mmHg: breathing has answered for days, carbon dioxide %.3g mmHg and so pH %.3f; give arterial_pco2 or plasma_ph",
                     t->now[ML_O_arterial_pco2], t->now[ML_O_plasma_ph]);
}

static void tell_glucose(const Teller *t) {
    static const double high = 11, usual = 5.5, fall = 2.4;
    const double glucose = measured(t, ML_O_plasma_glucose), sodium = measured(t, ML_O_plasma_sodium);
    if (!(glucose > high) || isnan(sodium)) return;
    ml_notes_add(t->notes, "labs: glucose of %.3g mmol/L draws water from cells; at normal glucose sodium would be near %.4g mmol/L (2.4 for each 5.5; uncertain by a third of "
                           "the difference)", glucose, sodium + fall * (glucose - usual) / usual);
}

/* Whose insulin the measured glucose tells of. */
static void tell_insulin(const Teller *t) {
    static const double low = 3.9; /* mmol/L */
    if (t->l->diabetes)
        ml_notes_add(t->notes, "labs, assumed: diabetes, as the healthy do not hold this glucose: beta cells make %.2g %% of what it would draw from healthy ones, insulin %.3g "
                               "pmol/L, and resistance to it is %.2g of the greatest; where it is known, give the condition type-1-diabetes or plasma_insulin",
                     100 * t->l->input[ML_U_insulin_secretion], t->now[ML_O_plasma_insulin], t->l->param[ML_P_insulin_resistance_own]);
    if (measured(t, ML_O_plasma_glucose) < low)
        ml_notes_add(t->notes, "labs, assumed: what lowered glucose has ended, so that the liver brings it back within an hour or two; what goes on (insulin, sepsis ...) is to be "
                               "given as an event or as plasma_insulin");
}

static void tell_kidney(const Teller *t) {
    const MlPersonSpec *s = t->spec;
    if (!is_measured(t, ML_O_plasma_creatinine)) return;
    if (isnan(s->gfr) && s->ckd_stage == ML_CHOICE_NONE && s->anuric <= 0)
        ml_notes_add(t->notes, "labs, typical, uncertain by a third: filtration of %.3g mL/min, from creatinine with age, sex and mass, as if creatinine were steady", t->now[ML_O_gfr]);
}

static void tell_minerals(const Teller *t) {
    char list[80] = "";
    if (is_measured(t, ML_O_plasma_calcium_total) || is_measured(t, ML_O_plasma_calcium_ionized)) add_name(list, sizeof list, "calcium");
    if (is_measured(t, ML_O_plasma_magnesium_total) || is_measured(t, ML_O_plasma_magnesium_ionized)) add_name(list, sizeof list, "magnesium");
    if (is_measured(t, ML_O_plasma_phosphate)) add_name(list, sizeof list, "phosphate");
    if (*list) ml_notes_add(t->notes, "labs, typical, uncertain by half or more: cells and bone have followed %s of plasma, which tells little of them", list);
}

/* Why calcium is high, where no condition says it. */
static void tell_calcium(const Teller *t) {
    const double *was = ml_session_context(t->l->session)->param, *now = t->l->param;
    const double resorbed = now[ML_P_resorption_uncoupled] - was[ML_P_resorption_uncoupled], day = 1440;
    const bool glands = now[ML_P_pth_set_point] != was[ML_P_pth_set_point];
    if (glands)
        ml_notes_add(t->notes, "labs, assumed: the parathyroids work on their own and rest at this calcium, %.2g times what quiets healthy ones; hormone %.4g pg/mL",
                     now[ML_P_pth_set_point], t->now[ML_O_plasma_pth]);
    if (!(resorbed > 0.05)) return;
    if (glands)
        ml_notes_add(t->notes, "labs, assumed: bone gives %.2g mmol of calcium a day beyond what is known of the hormone, as the kidneys lose it", resorbed * now[ML_P_bone_turnover] * day);
    else
        ml_notes_add(t->notes, "labs, assumed: the calcium comes from bone, of which %.2g mmol a day more is resorbed, as in malignancy with its hormone-related protein; "
                               "parathyroid hormone %.4g pg/mL; another cause is to be given as a condition (primary-hyperparathyroidism) or as what was taken",
                     resorbed * now[ML_P_bone_turnover] * day, t->now[ML_O_plasma_pth]);
}

static void tell_usual(const Teller *t) {
    static const int panel[][2] = {{ML_O_plasma_sodium, ML_O_plasma_tonicity}, {ML_O_plasma_potassium, -1}, {ML_O_plasma_bicarbonate, ML_O_plasma_ph},
                                   {ML_O_plasma_calcium_total, ML_O_plasma_calcium_ionized}, {ML_O_plasma_magnesium_total, ML_O_plasma_magnesium_ionized},
                                   {ML_O_plasma_phosphate, -1}, {ML_O_plasma_glucose, -1}, {ML_O_plasma_urea, -1}, {ML_O_plasma_creatinine, -1},
                                   {ML_O_plasma_albumin, ML_O_plasma_protein}};
    char list[220] = "";
    for (size_t i = 0; i < sizeof panel / sizeof panel[0]; i++)
        if (!is_measured(t, panel[i][0]) && !(panel[i][1] >= 0 && is_measured(t, panel[i][1]))) add_name(list, sizeof list, ml_outputs[panel[i][0]].name + sizeof "plasma_" - 1);
    if (*list) ml_notes_add(t->notes, "labs, not measured and as usual for this person, uncertain by the normal range: %s", list);
}

void ml_labs_tell(const MlLabs *l, const double *y, const MlPersonSpec *spec, MlNotes *notes) {
    Teller t = {.l = l, .spec = spec, .notes = notes};
    ml_session_outputs(l->session, l->before, t.was);
    ml_session_outputs(l->session, y, t.now);
    tell_measured(&t);
    tell_water(&t);
    tell_potassium(&t);
    tell_high_potassium(&t);
    tell_acid(&t);
    tell_glucose(&t);
    tell_insulin(&t);
    tell_kidney(&t);
    tell_minerals(&t);
    tell_calcium(&t);
    tell_usual(&t);
}
