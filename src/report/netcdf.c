/* SPDX-License-Identifier: Apache-2.0 */
/* NetCDF-4: a variable for each quantity over time, one for the severity of each flag that came.
 * Named as in the CF conventions, which it does not claim: their units know no mEq/L and no mOsm/kg.
 * The file is made in memory and written as the others are, so that it appears whole or not at all. */
#include "base/fail.h"
#include "report/outfile.h"
#include "report/values.h"

#ifndef ML_WITH_NETCDF

int ml_report_has_netcdf(void) { return 0; }

milieu_code ml_report_netcdf(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    (void)r, (void)o;
    return ml_fail(err, MILIEU_NOT_AVAILABLE, path, ML_NO_NETCDF);
}

#else

#include <errno.h>
#include <math.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdlib.h>
#include <string.h>

int ml_report_has_netcdf(void) { return 1; }

/* A file being made; the first error stays, and what follows it does nothing. */
typedef struct NetCdf {
    int id, status, time; /* time: the dimension */
    const MlResult *r;
    const MlReportOptions *o;
} NetCdf;

static int good(const NetCdf *n) { return n->status == NC_NOERR; }

static void text(NetCdf *n, int var, const char *name, const char *value) {
    if (good(n) && value && *value) n->status = nc_put_att_text(n->id, var, name, strlen(value), value);
}

static void number(NetCdf *n, int var, const char *name, double value) {
    if (good(n)) n->status = nc_put_att_double(n->id, var, name, NC_DOUBLE, 1, &value);
}

/* -1 where it could not be made. */
static int variable(NetCdf *n, const char *name, nc_type type) {
    int var = -1;
    if (good(n)) n->status = nc_def_var(n->id, name, type, 1, &n->time, &var);
    if (good(n) && n->r->ntime > 0) n->status = nc_def_var_deflate(n->id, var, 1, 1, 4);
    return var;
}

static void values(NetCdf *n, int var, const double *v) {
    const size_t start = 0, count = (size_t)n->r->ntime;
    if (good(n) && count > 0) n->status = nc_put_vara_double(n->id, var, &start, &count, v);
}

/* A pure number has the unit 1. */
static const char *unit_of(const MlOutputInfo *row, MlUnits units) {
    const char *unit = units == ML_UNITS_US ? row->us_unit : row->unit;
    return strcmp(unit, "ratio") ? unit : "1";
}

static void whole(NetCdf *n) {
    const MlResult *r = n->r;
    text(n, NC_GLOBAL, "title", r->title);
    text(n, NC_GLOBAL, "source", n->o->version);
    text(n, NC_GLOBAL, "person", r->person);
    number(n, NC_GLOBAL, "duration", r->duration);
    number(n, NC_GLOBAL, "end_time", r->end_time);
    if (r->lethal) text(n, NC_GLOBAL, "lethal_cause", r->lethal_cause);
    text(n, NC_GLOBAL, "comment", "For research and teaching; not a medical device. Times of attributes are minutes since t = 0.");
    size_t size = 1;
    for (int i = 0; i < r->nnote; i++) size += strlen(r->note[i]) + 1;
    char *notes = calloc(1, size);
    if (!notes) n->status = NC_ENOMEM;
    for (int i = 0, used = 0; notes && i < r->nnote; i++)
        used += snprintf(notes + used, size - (size_t)used, "%s%s", i ? "\n" : "", r->note[i]);
    text(n, NC_GLOBAL, "notes", notes);
    free(notes);
}

/* Programs that know CF read times as dates; the scenario has clock times and no day. */
static void times(NetCdf *n) {
    char since[128];
    const int var = variable(n, "time", NC_DOUBLE);
    snprintf(since, sizeof since, "minutes since 2000-01-01 %s:00", ml_clock(n->r->start_clock, 0).s);
    text(n, var, "standard_name", "time");
    text(n, var, "long_name", "Time since t = 0");
    text(n, var, "units", since);
    text(n, var, "calendar", "standard");
    text(n, var, "axis", "T");
    text(n, var, "comment", "the clock time is that of the scenario, the day stands for any");
    values(n, var, n->r->time);
}

static void quantity(NetCdf *n, int i, double *shown) {
    const int output = n->r->output[i];
    const MlOutputInfo *row = &ml_outputs[output];
    const double none = NAN;
    double low, high;
    const char *source;
    for (int j = 0; j < n->r->ntime; j++) {
        const double v = ml_shown(output, n->o->units, n->r->value[(size_t)i * (size_t)n->r->ntime + (size_t)j]);
        shown[j] = isfinite(v) ? v : none;
    }
    const int var = variable(n, row->name, NC_DOUBLE);
    if (good(n)) n->status = nc_put_att_double(n->id, var, "_FillValue", NC_DOUBLE, 1, &none);
    text(n, var, "long_name", row->text);
    text(n, var, "units", unit_of(row, n->o->units));
    text(n, var, "group", row->group);
    if (ml_reference(output, n->o->units, &low, &high, &source)) {
        number(n, var, "reference_low", low);
        number(n, var, "reference_high", high);
        text(n, var, "reference_source", source);
    }
    values(n, var, shown);
}

/* The worst severity of a span holds for all of it, as in the other reports. */
static void flag(NetCdf *n, int kind, double *severity) {
    const MlResult *r = n->r;
    char name[80];
    int came = 0;
    memset(severity, 0, (size_t)r->ntime * sizeof *severity);
    for (int i = 0; i < r->nflag; i++) {
        const MlFlagSpan *f = &r->flag[i];
        if (f->flag != kind) continue;
        came = 1;
        for (int j = 0; j < r->ntime; j++)
            if (r->time[j] >= f->on && !(r->time[j] >= f->off)) severity[j] = f->severity;
    }
    if (!came) return;
    static const signed char levels[] = {0, 1, 2, 3};
    snprintf(name, sizeof name, "flag_%s", ml_flag_info(kind).name);
    const int var = variable(n, name, NC_BYTE);
    text(n, var, "long_name", ml_flag_info(kind).text);
    if (good(n)) n->status = nc_put_att_schar(n->id, var, "flag_values", NC_BYTE, 4, levels);
    text(n, var, "flag_meanings", "none mild moderate severe");
    text(n, var, "references", ml_flag_info(kind).source);
    values(n, var, severity);
}

static void fill(NetCdf *n) {
    const MlResult *r = n->r;
    double *column = malloc(((size_t)r->ntime + 1) * sizeof *column);
    if (!column) n->status = NC_ENOMEM;
    if (good(n)) n->status = nc_def_dim(n->id, "time", (size_t)r->ntime, &n->time);
    whole(n);
    times(n);
    for (int i = 0; i < r->noutput && good(n); i++) quantity(n, i, column);
    for (int k = 0; k < ml_flag_count() && good(n); k++) flag(n, k, column);
    free(column);
}

milieu_code ml_report_netcdf(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err) {
    NetCdf n = {.r = r, .o = o};
    NC_memio made = {0};
    MlOutfile f;
    n.status = nc_create_mem("milieu", NC_NETCDF4, 1 << 16, &n.id);
    if (!good(&n)) return ml_fail(err, MILIEU_NO_MEMORY, path, "NetCDF: %s", nc_strerror(n.status));
    fill(&n);
    const int closed = nc_close_memio(n.id, &made);
    if (good(&n)) n.status = closed;
    milieu_code code = good(&n) ? ml_outfile_open(&f, path, err)
                                : ml_fail(err, n.status == NC_ENOMEM ? MILIEU_NO_MEMORY : MILIEU_FILE_IO, path, "NetCDF: %s", nc_strerror(n.status));
    if (code == MILIEU_OK) {
        errno = 0;
        if (fwrite(made.memory, 1, made.size, f.stream) != made.size) f.error = errno;
        code = ml_outfile_commit(&f, err);
    }
    free(made.memory);
    return code;
}

#endif
