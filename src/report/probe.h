/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_PROBE_H
#define ML_REPORT_PROBE_H

#include "report/report.h"
#include "report/words.h"
#include "signs/excite.h"

/* Nerve, muscle and cramp at stated concentrations, beside those of a healthy adult at rest, and what is told
 * of them. */
typedef struct MlProbe {
    MlExcite x, normal;
    char given[ML_NEXCITE];                     /* 1: stated */
    double here[ML_NOUTPUT], usual[ML_NOUTPUT]; /* of the groups nerve, muscle and cramp; NaN: none */
    int ncurve;
    MlExciteCurve curve[ML_EXCITE_CURVES], usual_curve[ML_EXCITE_CURVES];
} MlProbe;

/* What a healthy adult at rest shows: computed when the project was built. */
typedef struct MlProbeUsual {
    double out[ML_NOUTPUT];
    MlExciteCurve curve[ML_EXCITE_CURVES];
} MlProbeUsual;
extern const MlProbeUsual ml_probe_usual;

/* Computes all that is told: up to two seconds. */
void ml_probe_look(MlProbe *p);

/* 1 where an output is told: of nerve, muscle or cramp. */
int ml_probe_tells(int output);
/* "4.20", with the decimals that a number of that magnitude needs; "none" for NaN, "under 0.0001" for what is hardly there. */
MlWord ml_probe_number(int output, double value, double magnitude);
/* Of a change, empty for NaN, "0" for less than that. */
MlWord ml_probe_change(int output, double change, double magnitude);
/* "Potassium 2.5 mmol/L (normal 4.2), ..."; "nothing: ..." where nothing is. */
void ml_probe_given(const MlProbe *p, char *text, size_t size);

/* A flag that would be on, with its severity, 1 to 3, and the output and value by which it is. */
typedef struct MlProbeFlag {
    int flag, severity, output;
    double value;
} MlProbeFlag;
/* In the order of the flags; returns their number, at most ML_NFLAG. */
int ml_probe_flags(const MlProbe *p, MlProbeFlag flag[ML_NFLAG]);

/* The same of plasma with such sodium, potassium, calcium and magnesium, where these were stated. */
int ml_probe_plasma_flags(const MlProbe *p, MlProbeFlag flag[ML_NFLAG]);

/* 1 where an output is told and has a value here or in health. */
int ml_probe_knows(const MlProbe *p, int output);

/* What stands out, a sentence each: signs of nerve and muscle, what such a plasma is held to mean, the cramp threshold and
 * rate with their bands and what moved them, potassium; returns their number. */
enum { ML_PROBE_FINDINGS = 2 * ML_NFLAG + 7 };
int ml_probe_findings(const MlProbe *p, MlLine lines[ML_PROBE_FINDINGS]);

/* What may and may not be read from a threshold and a rate of cramps. */
extern const char ml_cramp_notice[];

milieu_code ml_probe_terminal(const MlProbe *p, const MlReportOptions *o, FILE *out);

/* By the extension of path; the file appears whole or not at all. Units are SI. */
milieu_code ml_probe_write(const MlProbe *p, const MlReportOptions *o, const char *path, milieu_error *err);

void ml_probe_page(const MlProbe *p, const MlReportOptions *o, FILE *out); /* HTML */

#endif
