/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_REPORT_H
#define ML_REPORT_REPORT_H

#include "milieu/error.h"
#include "run/result.h"

#include <stdio.h>

/* The reports of one run. Numbers have a decimal point whatever the locale. */

typedef enum MlUnits { ML_UNITS_SI, ML_UNITS_US } MlUnits;

typedef struct MlReportOptions {
    MlUnits units;
    const char *version; /* of the program, "milieu 0.1.0"; NULL: left out */
    int color;           /* terminal: 1 for colors */
    int width;           /* terminal: columns, 40 to 200 */
    int ascii;           /* terminal: 1 for ASCII only */
} MlReportOptions;

/* SI units, no color, 80 columns, UTF-8. */
MlReportOptions ml_report_options(void);

/* The same for what is at the other end of out: its width where it is a terminal, ASCII where the locale of
 * the environment is not UTF-8. Color stays off. */
MlReportOptions ml_report_options_for(FILE *out);

/* What happened, why, flags, drawing, main values, balance sheet. Fails only where out does. */
milieu_code ml_report_terminal(const MlResult *r, const MlReportOptions *o, FILE *out);

/* Files. They appear whole or not at all: a temporary file in the same folder is renamed at the end. */
milieu_code ml_report_csv(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err);
milieu_code ml_report_json(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err);
milieu_code ml_report_html(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err);
/* NetCDF-4; where the program was built without it, an error that says so. */
milieu_code ml_report_netcdf(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err);
int ml_report_has_netcdf(void);
#define ML_NO_NETCDF "this program was built without NetCDF: build it where libnetcdf is found (libnetcdf-dev), or write .csv or .json"

/* One of these by the extension of path. */
milieu_code ml_report_write(const MlResult *r, const MlReportOptions *o, const char *path, milieu_error *err);

/* What the extension of path asks for; to say before a run that it is unknown. */
typedef enum MlReportKind { ML_REPORT_UNKNOWN, ML_REPORT_CSV, ML_REPORT_JSON, ML_REPORT_HTML, ML_REPORT_NETCDF } MlReportKind;
MlReportKind ml_report_kind(const char *path);

#endif
