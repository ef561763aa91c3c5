/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "base/fail.h"
#include "base/text.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { NARROWEST = 40, WIDEST = 200, USUAL = 80 };

MlReportOptions ml_report_options(void) { return (MlReportOptions){.width = USUAL}; }

/* The rules of setlocale: the first of these that is set and not empty. */
static int speaks_utf8(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *locale = getenv(names[i]);
        if (locale && *locale) return ml_text_contains(locale, "utf-8") || ml_text_contains(locale, "utf8");
    }
    return 0;
}

MlReportOptions ml_report_options_for(FILE *out) {
    MlReportOptions o = ml_report_options();
    struct winsize w;
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) > 0)
        o.width = atoi(columns);
    else if (ioctl(fileno(out), TIOCGWINSZ, &w) == 0 && w.ws_col > 0) o.width = w.ws_col;
    if (o.width < NARROWEST) o.width = NARROWEST;
    if (o.width > WIDEST) o.width = WIDEST;
    o.ascii = !speaks_utf8();
    return o;
}

MlReportKind ml_report_kind(const char *path) {
    if (strcmp(path, "-") == 0) return ML_REPORT_CSV;
    static const struct {
        const char *extension;
        MlReportKind kind;
    } kinds[] = {{".csv", ML_REPORT_CSV}, {".json", ML_REPORT_JSON}, {".html", ML_REPORT_HTML}, {".htm", ML_REPORT_HTML}, {".nc", ML_REPORT_NETCDF}};
    const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (ml_text_distance(dot, kinds[i].extension, 0) == 0) return kinds[i].kind;
    return ML_REPORT_UNKNOWN;
}

milieu_code ml_report_write(const MlResult *r, const MlReportOptions *o, const char *path,
                            milieu_error *err) {
    switch (ml_report_kind(path)) {
    case ML_REPORT_CSV:
        return ml_report_csv(r, o, path, err);
    case ML_REPORT_JSON:
        return ml_report_json(r, o, path, err);
    case ML_REPORT_HTML:
        return ml_report_html(r, o, path, err);
    case ML_REPORT_NETCDF:
        return ml_report_netcdf(r, o, path, err);
    default:
        return ml_fail(err, MILIEU_BAD_INPUT, path, "the extension of a report must be .csv, .json, .html or .nc");
    }
}
