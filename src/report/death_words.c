/* SPDX-License-Identifier: Apache-2.0 */
/* Death in words: cause, value, what led there, what would have warned or guarded. */
#include "report/death_words.h"

#include "report/breach_words.h"
#include "report/values.h"
#include "run/dose.h"

#include <math.h>
#include <string.h>

enum { ABOVE = 1, BELOW = -1, NO_WHY = -1 };

/* Of the quantity that killed on that side: what its explanation is, and what limits that guard against it speak of. */
static const struct Guard {
    int output, side, why;
    const char *given[3];
} guards[] = {
    {ML_O_plasma_sodium, ABOVE, ML_WHY_SODIUM, {"osmoles by vein", "sodium of food"}},
    {ML_O_plasma_sodium, BELOW, ML_WHY_SODIUM, {"water by mouth", "fluid by vein", "gain of body mass"}},
    {ML_O_brain_water, ABOVE, ML_WHY_SODIUM, {"water by mouth", "fluid by vein", "fall of plasma sodium"}},
    {ML_O_brain_water, BELOW, ML_WHY_SODIUM, {"osmoles by vein", "sodium of food", "rise of plasma sodium"}},
    {ML_O_plasma_potassium, ABOVE, ML_WHY_POTASSIUM, {"potassium"}},
    {ML_O_plasma_potassium, BELOW, ML_WHY_POTASSIUM, {"bicarbonate by vein", "glucose by vein"}},
    {ML_O_ventricular_conduction, BELOW, ML_WHY_POTASSIUM, {"potassium"}},
    {ML_O_heart_potassium, ABOVE, ML_WHY_POTASSIUM, {"potassium"}},
    {ML_O_plasma_magnesium_total, ABOVE, ML_WHY_MAGNESIUM, {"magnesium"}},
    {ML_O_plasma_calcium_ionized, ABOVE, ML_WHY_CALCIUM_IONIZED, {"calcium"}},
    {ML_O_plasma_calcium_ionized, BELOW, ML_WHY_CALCIUM_IONIZED, {"phosphate by vein", "phosphorus by mouth", "bicarbonate by vein"}},
    {ML_O_plasma_ph, ABOVE, ML_WHY_PH, {"bicarbonate by vein"}},
    {ML_O_plasma_ph, BELOW, ML_WHY_PH, {NULL}},
};

static const struct Guard *guard_of(const MlResult *r) {
    const MlFlagLimit *l = r->lethal_limit;
    for (size_t i = 0; l && i < sizeof guards / sizeof guards[0]; i++)
        if (guards[i].output == l->output && guards[i].side == l->side) return &guards[i];
    return NULL;
}

int ml_death_why(const MlResult *r) {
    const struct Guard *g = guard_of(r);
    return g ? g->why : NO_WHY;
}

/* "Plasma potassium was 10.47 mmol/L then, 4.13 at the start." */
static void value_finding(const MlResult *r, const MlReportOptions *o, MlLine *line) {
    const int output = r->lethal_limit->output;
    const MlWord name = ml_capital(ml_plain_name(output));
    const char *unit = ml_shown_unit(output, o->units);
    ml_append(line->s, sizeof line->s, " %s was %s%s%s then", name.s, ml_shown_word(output, o->units, r->lethal_value).s, *unit ? " " : "", unit);
    if (isfinite(r->lethal_start)) ml_append(line->s, sizeof line->s, ", %s at the start", ml_shown_word(output, o->units, r->lethal_start).s);
    ml_append(line->s, sizeof line->s, ".");
}

static void causes_finding(const MlResult *r, const MlReportOptions *o, MlWhy why, MlLine *line) {
    char causes[300];
    const int output = ml_why_output[why];
    const char *unit = ml_shown_unit(output, o->units);
    ml_cause_words(r, o, why, ml_first_time(r), r->end_time, causes, sizeof causes);
    if (*causes) ml_append(line->s, sizeof line->s, "What moved %s until then%s%s: %s.", ml_plain_name(output).s, *unit ? ", in " : "", unit, causes);
}

/* The flags that were severe when it ended, by when they came on. */
static void warning_finding(const MlResult *r, MlLine *line) {
    const char *before = "What warned of it: ";
    for (int i = 0; i < r->nflag; i++) {
        const MlFlagSpan *f = &r->flag[i];
        if (f->flag == ML_FLAG_lethal || f->severity < 3 || !isnan(f->off)) continue;
        ml_append(line->s, sizeof line->s, "%s%s %s %s", before, ml_flag_title(f->flag).s, f->on <= ml_first_time(r) ? "from" : "at", f->on <= ml_first_time(r) ? "the start" : ml_duration(f->on).s);
        before = ", ";
    }
    if (*line->s) ml_append(line->s, sizeof line->s, ".");
}

static int guards_against(const struct Guard *g, const milieu_breach *b) {
    for (size_t k = 0; g && k < sizeof g->given / sizeof g->given[0] && g->given[k]; k++)
        if (strstr(b->variable, g->given[k])) return 1;
    return 0;
}

static double excess(const milieu_breach *b) { return isfinite(b->worst) && b->bound != 0 ? b->worst / b->bound : 0; }

/* Of each thing that is bounded the limit that was passed by most, those that are never to be passed before advice. */
static int is_worst_of_its_kind(const MlResult *r, int i) {
    const milieu_breach *b = &r->breach[i];
    if (!isfinite(b->worst)) return 0;
    for (int k = 0; k < r->nbreach; k++) {
        const milieu_breach *other = &r->breach[k];
        if (k == i || strcmp(other->variable, b->variable) != 0 || !isfinite(other->worst)) continue;
        if (other->hard > b->hard || (other->hard == b->hard && (excess(other) > excess(b) || (excess(other) == excess(b) && k < i)))) return 0;
    }
    return 1;
}

/* "... but given were: insulin: 300 U is 30 times the largest usual dose" */
static int doses_finding(const MlResult *r, MlLine *line) {
    const char *before = "No safety limit that guards against it was passed, but given were: ";
    for (int i = 0; i < r->nnote; i++) {
        const char *beyond = strstr(r->note[i], ML_BEYOND_USUAL);
        if (!beyond) continue;
        ml_append(line->s, sizeof line->s, "%s%.*s" ML_BEYOND_USUAL, before, (int)(beyond - r->note[i]), r->note[i]);
        before = "; ";
    }
    return *line->s != 0;
}

static void guard_finding(const MlResult *r, MlLine *line) {
    const struct Guard *g = guard_of(r);
    const char *before = "Limits that guard against it were passed before: ";
    for (int i = 0; i < r->nbreach; i++) {
        char words[200];
        if (!guards_against(g, &r->breach[i]) || !is_worst_of_its_kind(r, i)) continue;
        ml_breach_words(r, &r->breach[i], 1, words, sizeof words);
        ml_append(line->s, sizeof line->s, "%s%s", before, words);
        before = "; ";
    }
    const int told = *line->s || doses_finding(r, line);
    ml_append(line->s, sizeof line->s, "%s", told ? "." : "No safety limit that guards against it was passed: it came of illness, losses or the surroundings, of what was left undone, or of a treatment that no limit bounds.");
}

int ml_death_findings(const MlResult *r, const MlReportOptions *o, MlLine *lines) {
    int n = 1;
    ml_append(lines[0].s, sizeof lines[0].s, "Died at %s: %s.", ml_moment(r->start_clock, r->end_time).s, *r->lethal_cause ? r->lethal_cause : "cause not stated");
    if (!r->lethal_limit) return n;
    value_finding(r, o, &lines[0]);
    const int why = ml_death_why(r);
    if (why >= 0) causes_finding(r, o, (MlWhy)why, &lines[n]);
    n += *lines[n].s != 0;
    warning_finding(r, &lines[n]);
    n += *lines[n].s != 0;
    guard_finding(r, &lines[n]);
    return n + 1;
}
