/* SPDX-License-Identifier: Apache-2.0 */
#include "report/probe.h"

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
    static const char *const groups[] = {"nerve", "muscle", "cramp"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(ml_outputs[output].group, groups[i]) == 0) return ml_outputs[output].available != ML_LATER;
    return 0;
}

MlWord ml_probe_number(int output, double value, double magnitude) {
    enum { FIGURES = 3 };
    static const double small = 0.01; /* below, decimals would tell little */
    if (isnan(value)) return (MlWord){"none"};
    if (isfinite(value) && fabs(magnitude) < small) return ml_short(value, FIGURES);
    return ml_fixed(value, ml_shown_decimals(output, ML_UNITS_SI, magnitude));
}

void ml_probe_given(const MlProbe *p, char *text, size_t size) {
    text[0] = 0;
    for (int i = 0; i < ML_NEXCITE; i++) {
        if (!p->given[i]) continue;
        const MlExciteInfo *info = &ml_excite_inputs[i];
        const int plain = strcmp(info->unit, "1") == 0;
        const size_t from = strlen(text), name = from + strlen(", ");
        ml_append(text, size, "%s%.*s %s%s%s (normal %s)", *text ? ", " : "", (int)strcspn(info->text, ":,"),
                  info->text, ml_short(p->x.value[i], 4).s, plain ? "" : " ", plain ? "" : info->unit,
                  ml_short(p->normal.value[i], 4).s);
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

static void flag_line(const MlProbeFlag *f, MlLine *line) {
    const MlFlagInfo info = ml_flag_info(f->flag);
    const char *unit = ml_shown_unit(f->output, ML_UNITS_SI), *sign = info.sign[f->severity - 1];
    MlWord title = ml_flag_title(f->flag);
    title.s[0] = (char)toupper((unsigned char)title.s[0]);
    ml_append(line->s, sizeof line->s, "%s, %s, by %s %s%s%s", title.s, ml_severity_text(f->severity),
              ml_plain_name(f->output).s, ml_probe_number(f->output, f->value, f->value).s, *unit ? " " : "",
              unit);
    ml_append(line->s, sizeof line->s, "%s%s.", sign ? ": " : "", sign ? sign : "");
}

static void cramp_line(const MlProbe *p, MlLine *line) {
    const int output = ML_O_cramp_threshold_frequency;
    const double here = p->here[output], usual = p->usual[output];
    ml_append(line->s, sizeof line->s,
              "The cramp threshold is %s Hz (four of five such people: %s to %s Hz), normal %s Hz.",
              ml_probe_number(output, here, here).s,
              ml_probe_number(output, p->here[ML_O_cramp_threshold_low], here).s,
              ml_probe_number(output, p->here[ML_O_cramp_threshold_high], here).s,
              ml_probe_number(output, usual, here).s);
}

int ml_probe_findings(const MlProbe *p, MlLine lines[ML_PROBE_FINDINGS]) {
    MlProbeFlag flag[ML_NFLAG];
    memset(lines, 0, ML_PROBE_FINDINGS * sizeof *lines);
    int n = ml_probe_flags(p, flag);
    for (int i = 0; i < n; i++) flag_line(&flag[i], &lines[i]);
    if (n == 0) ml_append(lines[n].s, sizeof lines[n].s, "No sign of nerve or muscle is to be expected."), n++;
    cramp_line(p, &lines[n++]);
    return n;
}
