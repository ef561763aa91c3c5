/* SPDX-License-Identifier: Apache-2.0 */
/* milieu run: one person through one scenario, and the reports. */
#include "command.h"

#include "base/units.h"
#include "report/report.h"
#include "run/run.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <unistd.h>

enum { UNITS = 256, QUIET, COLOR, EVERY, LABS, PRODUCTS };

static const Option OPTIONS[] = {
    {'o', "output", "FILE", "write the results to FILE.csv, .json, .html or .nc (NetCDF); may be\n"
     "                             repeated; -.csv, -.json ... is the standard output"},
    {LABS, "labs", "FILE", "start from measured values: a FHIR R4 bundle of observations (JSON);\n"
     "                             without a scenario an ordinary day follows"},
    {UNITS, "units", "si|us", "units of the reports (default si)"},
    {EVERY, "every", "TIME", "time between results, such as '5 min', instead of the scenario's"},
    PRODUCTS_OPTION(PRODUCTS),
    {QUIET, "quiet", NULL, "print no summary"},
    {COLOR, "color", "WHEN", "color on the terminal: auto, always, never (default auto)"},
    {0},
};

typedef struct Wishes {
    const char *scenario, *labs;
    Outputs outputs;
    int quiet, color;
    MlUnits units;
    double every;
} Wishes;

static int go_on(void *self, double done) {
    char text[32];
    snprintf(text, sizeof text, "%.0f %%", 100 * done);
    progress_show(self, done, text);
    return !interrupted;
}

static int read_every(const char *text, double *every) {
    MlQuantity q;
    if (ml_quantity_parse(text, &q) == ML_UNIT_OK && q.has_unit && !*q.rest &&
        ml_quantity_convert(&q, "min", NULL, 0, every) && *every >= 0.01)
        return EXIT_DONE;
    return complain("run: --every: found '%s', but a time such as '5 min' belongs here", text);
}

/* What is read, and may be JSON, is not to be lost to its own result. */
static int spare_inputs(const Wishes *w) {
    if (w->scenario && spare_file("run", &w->outputs, w->scenario, "the scenario itself") != EXIT_DONE) return EXIT_BAD_INPUT;
    return w->labs && spare_file("run", &w->outputs, w->labs, "the file of labs") != EXIT_DONE ? EXIT_BAD_INPUT : ARG_END;
}

/* ARG_END when all is well, else the status to exit with. */
static int read_wishes(Args *args, Wishes *w) {
    static const char *const units[] = {"si", "us", NULL}, *const colors[] = {"auto", "always", "never",
                                                                              NULL};
    const char *value;
    int id, status = EXIT_DONE, color = 0, unit = 0;
    while (status == EXIT_DONE && (id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        if (id == 'o')
            status = add_output("run", &w->outputs, value);
        else if (id == PRODUCTS)
            status = own_products_wish("run", value);
        else if ((id == EVERY && w->every > 0) || (id == LABS && w->labs))
            status = complain("run: --%s is given twice", id == EVERY ? "every" : "labs");
        else if (id == EVERY)
            status = read_every(value, &w->every);
        else if (id == LABS)
            w->labs = value;
        else if (id == QUIET)
            w->quiet = 1;
        else if (id == UNITS)
            status = (unit = args_choice(args, "units", value, units)) < 0 ? EXIT_BAD_INPUT : 0;
        else if (id == COLOR)
            status = (color = args_choice(args, "color", value, colors)) < 0 ? EXIT_BAD_INPUT : 0;
        else if (w->scenario)
            status = complain("run: one scenario at a time, not also %s", value);
        else
            w->scenario = value;
    }
    if (status != EXIT_DONE) return status;
    if (w->outputs.to_stdout) w->quiet = 1;
    w->units = unit ? ML_UNITS_US : ML_UNITS_SI;
    w->color = color == 1 || (color == 0 && isatty(STDOUT_FILENO) && !getenv("NO_COLOR"));
    return w->scenario || w->labs ? spare_inputs(w) : complain("run: name a scenario; see milieu run --help");
}

/* The files first: who reads the summary may stop before its end. */
static int write_reports(const MlResult *result, const Wishes *w) {
    milieu_error error;
    int status = interrupts_end_it("run");
    if (status != EXIT_DONE) return status;
    MlReportOptions options = ml_report_options_for(stdout);
    options.units = w->units;
    options.version = "milieu " MILIEU_VERSION;
    options.color = w->color;
    int written[MAX_OUTPUTS];
    for (int i = 0; i < w->outputs.n; i++) {
        written[i] = ml_report_write(result, &options, w->outputs.file[i], &error) == MILIEU_OK;
        if (!written[i]) failed(&error), status = EXIT_FAILED;
    }
    if (!w->quiet) {
        if (ml_report_terminal(result, &options, stdout) == MILIEU_NO_MEMORY)
            status = (complain("out of memory"), EXIT_FAILED);
        for (int i = 0; i < w->outputs.n; i++)
            if (written[i]) printf("Wrote %s\n", w->outputs.file[i]);
    }
    const int output = finish_output();
    return status != EXIT_DONE ? status : output;
}

static int run_scenario(const MlHouse *house, const MlScenario *scenario, const LabsTold *labs, const Wishes *w) {
    milieu_error error;
    MlResult result = {0};
    MlRunOptions options = ml_run_options_default();
    Progress progress = progress_start();
    options.progress = go_on;
    options.self = &progress;
    options.note = labs->note;
    options.nnote = labs->note ? labs->issues.n : 0;
    catch_interrupts();
    milieu_code code = ml_run(house, scenario, &options, &result, &error);
    progress_end(&progress);
    int status = code == MILIEU_OK ? write_reports(&result, w) : failed(&error);
    ml_result_free(&result);
    return status;
}

static int read_and_run(const MlHouse *house, const void *wishes) {
    const Wishes *w = wishes;
    const MlNames names = {.products = house->products, .drugs = house->drugs, .mass_follows = w->labs != NULL};
    MlScenario scenario;
    MlIssues issues;
    ml_issues_init(&issues);
    static const char ordinary[] = "milieu: 1\ntitle: A day from measured values\n";
    milieu_code code = w->scenario ? ml_scenario_read(w->scenario, &names, &scenario, &issues)
                                   : ml_scenario_read_text(ordinary, sizeof ordinary - 1, "an ordinary day", &names, &scenario, &issues);
    print_issues(&issues, stderr);
    if (w->every > 0) scenario.every = w->every;
    LabsTold labs = {.note = NULL};
    ml_issues_init(&labs.issues);
    int status = code == MILIEU_OK ? EXIT_DONE : EXIT_BAD_INPUT;
    if (status == EXIT_DONE && w->labs) status = labs_read(w->labs, &scenario, 1, &labs);
    if (status == EXIT_DONE) status = run_scenario(house, &scenario, &labs, w);
    labs_free(&labs);
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    return status;
}

static int run(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    Wishes wishes = {0};
    const int status = read_wishes(&args, &wishes);
    return status == ARG_END ? in_house(read_and_run, &wishes) : status;
}

const Command command_run = {
    .name = "run",
    .arguments = "SCENARIO|--labs FILE [options]",
    .summary = "Run a scenario and say what happened, when and why",
    .details =
        "Prints a summary: what happened hour by hour, flags, the balance of water and of each substance.\n"
        "docs/format.md describes scenario files; milieu check FILE reads one without running it.",
    .options = OPTIONS,
    .run = run,
};
