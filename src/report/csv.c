/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values by RFC 4180: a header with units, one row per moment, empty where a quantity has no
 * meaning. Ten significant digits, no more than needed. */
#include "report/outfile.h"
#include "report/values.h"

#include <math.h>

/* Names and units hold no comma or quote; a unit is left out for pure numbers as [1]. */
static void header(const MlResult *r, MlUnits units, FILE *out) {
    fputs("time[min]", out);
    for (int i = 0; i < r->noutput; i++) {
        const MlOutputInfo *row = &ml_outputs[r->output[i]];
        fprintf(out, ",%s[%s]", row->name, units == ML_UNITS_US ? row->us_unit : row->unit);
    }
    fputs("\r\n", out);
}

static void row(const MlResult *r, MlUnits units, int j, FILE *out) {
    fputs(ml_short(r->time[j], 10).s, out);
    for (int i = 0; i < r->noutput; i++) {
        double v = ml_shown(r->output[i], units, r->value[(size_t)i * (size_t)r->ntime + (size_t)j]);
        putc(',', out);
        if (isfinite(v)) fputs(ml_short(v, 10).s, out);
    }
    fputs("\r\n", out);
}

milieu_code ml_report_csv(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    MlOutfile f;
    milieu_code code = ml_outfile_open(&f, path, err);
    if (code != MILIEU_OK) return code;
    header(r, o->units, f.stream);
    for (int j = 0; j < r->ntime && !ferror(f.stream); j++) row(r, o->units, j, f.stream);
    return ml_outfile_commit(&f, err);
}
