/* SPDX-License-Identifier: Apache-2.0 */
#include "report/probe.h"

#include "report/cramp_words.h"
#include "report/values.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

const char ml_cramp_notice[] =
    "The risk of a cramp is a probability, and electrolytes explain it in part only: most cramps of exercise "
    "and of the night "
    "come without any change in plasma. What brings on the cramps of exercise is contested.";

void ml_probe_look(MlProbe *p) {
    for (int i = 0; i < ML_NOUTPUT; i++) p->here[i] = NAN;
    p->normal = ml_excite_normal();
    p->ncurve = ml_excite_look(&p->x, p->here, p->curve);
    memcpy(p->usual, ml_probe_usual.out, sizeof p->usual);
    memcpy(p->usual_curve, ml_probe_usual.curve, sizeof p->usual_curve);
}

int ml_probe_tells(int output) {
    static const char *const groups[] = {"nerve", "muscle", "cramp", "heart"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(ml_outputs[output].group, groups[i]) == 0) return ml_outputs[output].available != ML_LATER;
    return 0;
}

int ml_probe_knows(const MlProbe *p, int output) {
    return ml_probe_tells(output) && !(isnan(p->here[output]) && isnan(p->usual[output]));
}

static const double small = 0.01, least_told = 0.0001; /* below, decimals would tell little, and figures nothing */

MlWord ml_probe_number(int output, double value, double magnitude) {
    enum { FIGURES = 3 };
    if (isnan(value)) return (MlWord){"none"};
    if (!(isfinite(value) && fabs(magnitude) < small)) return ml_fixed(value, ml_shown_decimals(output, ML_UNITS_SI, magnitude));
    return value > 0 && value < least_told ? (MlWord){"under 0.0001"} : ml_plain(value, FIGURES);
}

MlWord ml_probe_change(int output, double change, double magnitude) {
    if (isnan(change)) return (MlWord){""};
    return ml_probe_number(output, fabs(change) < least_told ? 0 : change, magnitude);
}

void ml_probe_given(const MlProbe *p, char *text, size_t size) {
    text[0] = 0;
    for (int i = 0; i < ML_NEXCITE; i++) {
        if (!p->given[i]) continue;
        const MlExciteInfo *info = &ml_excite_inputs[i];
        const int plain = strcmp(info->unit, "1") == 0;
        const size_t from = strlen(text), name = from + strlen(", ");
        ml_append(text, size, "%s%.*s %s%s%s (normal %s)", *text ? ", " : "", (int)strcspn(info->text, ":,"),
                  info->text, ml_plain(p->x.value[i], 4).s, plain ? "" : " ", plain ? "" : info->unit,
                  ml_plain(p->normal.value[i], 4).s);
        if (from > 0 && name < size) text[name] = (char)tolower((unsigned char)text[name]);
    }
    ml_append(text, size, "%s",
              *text ? "; all else as in a healthy adult at rest." : "Nothing: a healthy adult at rest.");
}

/* ---- flags ---- */

/* How severe a flag is by one of its limits; 0: off. */
static int severity_by(const MlFlagLimit *limit, double value) {
    int severity = 0;
    for (int k = 0; k < 3; k++)
        if (limit->side * (value - limit->limit[k]) > 0) severity = k + 1;
    return severity;
}

int ml_probe_flags(const MlProbe *p, MlProbeFlag flag[ML_NFLAG]) {
    const MlFlagLimit *limits;
    const int nlimit = ml_flag_limits(&limits);
    int n = 0;
    for (int f = 0; f < ML_NFLAG; f++) {
        MlProbeFlag worst = {.flag = f};
        for (int i = 0; i < nlimit; i++) {
            const MlFlagLimit *limit = &limits[i];
            if (limit->flag != f || limit->cause || limit->measure != ML_MEASURE_VALUE ||
                !ml_probe_tells(limit->output))
                continue;
            const double value = p->here[limit->output];
            const int severity = severity_by(limit, value);
            if (severity > worst.severity) worst = (MlProbeFlag){f, severity, limit->output, value};
        }
        if (worst.severity > 0) flag[n++] = worst;
    }
    return n;
}

/* An ion as laboratories report it in plasma; total magnesium by what is normal of it and of the ionized. */
static double in_plasma(const MlProbe *p, int input, int output) {
    double low, high, total_low, total_high;
    if (input != ML_X_magnesium || !ml_reference(ML_O_plasma_magnesium_ionized, ML_UNITS_SI, &low, &high, NULL) ||
        !ml_reference(output, ML_UNITS_SI, &total_low, &total_high, NULL))
        return p->x.value[input];
    return p->x.value[input] * (total_low + total_high) / (low + high);
}

/* Limits of a concentration itself; glucose is taken as normal. */
static int is_of_level(const MlFlagLimit *limit, int output) {
    return limit->output == output && !limit->cause && (limit->measure == ML_MEASURE_VALUE || limit->measure == ML_MEASURE_CORRECTED);
}

int ml_probe_plasma_flags(const MlProbe *p, MlProbeFlag flag[ML_NFLAG]) {
    static const int ions[][2] = {{ML_X_sodium, ML_O_plasma_sodium},
                                  {ML_X_potassium, ML_O_plasma_potassium},
                                  {ML_X_calcium, ML_O_plasma_calcium_ionized},
                                  {ML_X_magnesium, ML_O_plasma_magnesium_total}};
    const MlFlagLimit *limits;
    const int nlimit = ml_flag_limits(&limits);
    int n = 0;
    for (size_t k = 0; k < sizeof ions / sizeof ions[0]; k++)
        for (int i = 0; i < nlimit; i++) {
            const double value = in_plasma(p, ions[k][0], ions[k][1]);
            const int severity = severity_by(&limits[i], value);
            if (p->given[ions[k][0]] && is_of_level(&limits[i], ions[k][1]) && severity > 0)
                flag[n++] = (MlProbeFlag){limits[i].flag, severity, ions[k][1], value};
        }
    return n;
}

/* What such a plasma is held to mean, by its own flag. */
static void plasma_line(const MlProbeFlag *f, MlLine *line) {
    const MlFlagInfo info = ml_flag_info(f->flag);
    const char *sign = info.sign[f->severity - 1];
    ml_append(line->s, sizeof line->s, "Such a plasma (%s %s%s %s) is %s %s, of which is told: %s.", ml_plain_name(f->output).s,
              f->output == ML_O_plasma_magnesium_total ? "about " : "", ml_probe_number(f->output, f->value, f->value).s,
              ml_shown_unit(f->output, ML_UNITS_SI), ml_severity_text(f->severity), ml_flag_title(f->flag).s, sign ? sign : info.text);
}

/* A rate of cramps with what the band of the threshold makes of it. */
static void rate_words(const MlProbe *p, char *text, size_t size) {
    const MlCrampTold told = ml_cramp_told(&p->x, p->here[ML_O_cramp_threshold_frequency], p->here[ML_O_cramp_rate]);
    ml_cramp_rate_words(told.rate, told.rate_low, told.rate_high, text, size);
}

static void flag_line(const MlProbe *p, const MlProbeFlag *f, MlLine *line) {
    const MlFlagInfo info = ml_flag_info(f->flag);
    const char *unit = ml_shown_unit(f->output, ML_UNITS_SI), *sign = info.sign[f->severity - 1];
    const MlWord title = ml_capital(ml_flag_title(f->flag));
    char value[120] = "";
    if (f->output == ML_O_cramp_rate)
        rate_words(p, value, sizeof value);
    else
        ml_append(value, sizeof value, "%s%s%s", ml_probe_number(f->output, f->value, f->value).s, *unit ? " " : "", unit);
    ml_append(line->s, sizeof line->s, "%s, %s, by %s %s", title.s, ml_severity_text(f->severity), ml_plain_name(f->output).s, value);
    ml_append(line->s, sizeof line->s, "%s%s.", sign ? ": " : "", sign ? sign : "");
}

static void cramp_line(const MlProbe *p, MlLine *line) {
    const int output = ML_O_cramp_threshold_frequency;
    const double here = p->here[output], usual = p->usual[output];
    char rate[120];
    if (isnan(here)) {
        ml_append(line->s, sizeof line->s, "No train of impulses brings on a cramp here; normally one of %s Hz does.",
                  ml_probe_number(output, usual, usual).s);
        return;
    }
    rate_words(p, rate, sizeof rate);
    ml_append(line->s, sizeof line->s,
              "The cramp threshold is %s Hz (four of five such people: %s to %s Hz), normal %s Hz; cramps to be expected, were it to last: %s.",
              ml_probe_number(output, here, here).s, ml_probe_number(output, p->here[ML_O_cramp_threshold_low], here).s,
              ml_probe_number(output, p->here[ML_O_cramp_threshold_high], here).s,
              ml_probe_number(output, usual, here).s, rate);
}

/* What moved the threshold from normal; disposition, which is no cause of a moment, apart. */
static void moved_line(const MlProbe *p, MlLine *line) {
    static const double notable = 0.2; /* Hz */
    const double own = ml_cramp_disposition(&p->x);
    MlExcite before = p->normal;
    char moved[300];
    before.value[ML_X_cramp_prone] = p->x.value[ML_X_cramp_prone];
    ml_cramp_moved_words(&before, &p->x, moved, sizeof moved);
    if (fabs(own) >= notable) ml_append(moved, sizeof moved, "%sdisposition %+.1f", *moved ? ", " : "", own);
    if (*moved) ml_append(line->s, sizeof line->s, "What moved the threshold from normal, in Hz: %s.", moved);
}

/* How many lines from here on hold a sentence: 1 or 0. */
static int add(MlLine *line, int wanted, const char *text) {
    if (wanted) ml_append(line->s, sizeof line->s, "%s", text);
    return wanted;
}

int ml_probe_findings(const MlProbe *p, MlLine lines[ML_PROBE_FINDINGS]) {
    MlProbeFlag flag[ML_NFLAG];
    int cramps = 0, n = 0;
    memset(lines, 0, ML_PROBE_FINDINGS * sizeof *lines);
    const int nflag = ml_probe_flags(p, flag);
    for (int i = 0; i < nflag; i++) flag_line(p, &flag[i], &lines[n++]), cramps |= flag[i].flag == ML_FLAG_muscle_cramp;
    n += add(&lines[n], nflag == 0, "No limit of the signs of nerve, muscle and heart is passed.");
    const int nplasma = ml_probe_plasma_flags(p, flag);
    for (int i = 0; i < nplasma; i++) plasma_line(&flag[i], &lines[n++]);
    n += add(&lines[n], nplasma > 0, "The brain, which such a plasma also reaches, is not computed here.");
    n += add(&lines[n], ml_force_without_nerve(p->here[ML_O_motor_axon_conducting], p->here[ML_O_muscle_force]), ml_block_words);
    cramp_line(p, &lines[n++]);
    moved_line(p, &lines[n]);
    n += *lines[n].s != 0;
    n += add(&lines[n], ml_potassium_is_unusual(p->x.value[ML_X_potassium]), ml_potassium_words);
    return n + add(&lines[n], 1, cramps ? ml_cramp_remedies : ml_cramp_notice);
}
