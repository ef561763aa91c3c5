/* SPDX-License-Identifier: Apache-2.0 */
#include "report/flags.h"

#include "body/tables.h"

#include <stdio.h>
#include <string.h>

enum { ML_O_NONE = -1 };

static const struct {
    const char *id;
    int output;
} flags[] = {
#define FLAG(id, output, ...) {#id, ML_O_##output},
#include "signs/flags.def"
};

enum { NFLAG = sizeof flags / sizeof *flags };

const char *ml_flag_id(int flag) { return flag >= 0 && flag < NFLAG ? flags[flag].id : "unknown"; }

int ml_flag_output(int flag) { return flag >= 0 && flag < NFLAG ? flags[flag].output : -1; }

MlWord ml_flag_title(int flag) {
    MlWord w;
    snprintf(w.s, sizeof w.s, "%s", ml_flag_id(flag));
    for (char *p = w.s; *p; p++)
        if (*p == '_') *p = ' ';
    return w;
}

const char *ml_severity_text(int severity) {
    return severity <= 1 ? "mild" : severity == 2 ? "moderate" : "severe";
}
