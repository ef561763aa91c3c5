/* SPDX-License-Identifier: Apache-2.0 */
/* milieu compare: several scenarios, each run, side by side. */
#include "command.h"

#include "base/text.h"
#include "report/compare.h"
#include "run/run.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNITS = 256, QUIET, COLOR, QUANTITIES, LABS, PRODUCTS };

static const Option OPTIONS[] = {
    {'o', "output", "FILE", "write the comparison to FILE.csv, .json or .html; may be repeated;\n"
     "                             -.csv, -.json or -.html is the standard output"},
    {LABS, "labs", "FILE", "start all from measured values: a FHIR R4 bundle of observations (JSON)"},
    {QUANTITIES, "quantities", "LIST", "names with commas between, instead of what the scenarios ask for"},
    PRODUCTS_OPTION(PRODUCTS),
    {UNITS, "units", "si|us", "units of the reports (default si)"},
    {QUIET, "quiet", NULL, "print no summary"},
    {COLOR, "color", "WHEN", "color on the terminal: auto, always, never (default auto)"},
    {0},
};

typedef struct Wishes {
    int n;
    const char *file[ML_MOST_COMPARED], *quantities, *labs;
    Outputs outputs;
    int quiet, color;
    MlUnits units;
} Wishes;

typedef struct Runs {
    int n, now; /* how many; which one runs */
    Progress progress;
    MlScenario scenario[ML_MOST_COMPARED];
    MlResult result[ML_MOST_COMPARED];
    LabsTold labs;
} Runs;

static int go_on(void *self, double done) {
    Runs *runs = self;
    char text[40];
    const double share = (runs->now + done) / runs->n;
    snprintf(text, sizeof text, "%.0f %% (run %d of %d)", 100 * share, runs->now + 1, runs->n);
    progress_show(&runs->progress, share, text);
    return !interrupted;
}

/* What is read, and may be JSON, is not to be lost to its own result. */
static int spare_inputs(const Wishes *w) {
    for (int k = 0; k < w->n; k++)
        if (spare_file("compare", &w->outputs, w->file[k], "one of the scenarios") != EXIT_DONE) return EXIT_BAD_INPUT;
    return w->labs && spare_file("compare", &w->outputs, w->labs, "the file of labs") != EXIT_DONE ? EXIT_BAD_INPUT : ARG_END;
}

static int add_file(Wishes *w, const char *file) {
    if (w->n == ML_MOST_COMPARED) return complain("compare: at most %d scenarios, not also %s", ML_MOST_COMPARED, file);
    w->file[w->n++] = file;
    return EXIT_DONE;
}

/* ARG_END when all is well, else the status to exit with. */
static int read_wishes(Args *args, Wishes *w) {
    static const char *const units[] = {"si", "us", NULL}, *const colors[] = {"auto", "always", "never", NULL};
    const char *value;
    int id, status = EXIT_DONE, color = 0, unit = 0;
    while (status == EXIT_DONE && (id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        if (id == 'o')
            status = add_output("compare", &w->outputs, value);
        else if (id == QUANTITIES)
            w->quantities = value;
        else if (id == PRODUCTS)
            status = own_products_wish("compare", value);
        else if (id == LABS && w->labs)
            status = complain("compare: --labs is given twice");
        else if (id == LABS)
            w->labs = value;
        else if (id == QUIET)
            w->quiet = 1;
        else if (id == UNITS)
            status = (unit = args_choice(args, "units", value, units)) < 0 ? EXIT_BAD_INPUT : 0;
        else if (id == COLOR)
            status = (color = args_choice(args, "color", value, colors)) < 0 ? EXIT_BAD_INPUT : 0;
        else
            status = add_file(w, value);
    }
    if (status != EXIT_DONE) return status;
    if (w->outputs.to_stdout) w->quiet = 1;
    w->units = unit ? ML_UNITS_US : ML_UNITS_SI;
    w->color = color == 1 || (color == 0 && isatty(STDOUT_FILENO) && !getenv("NO_COLOR"));
    return w->n >= 2 ? spare_inputs(w) : complain("compare: name two scenarios or more; see milieu compare --help");
}

/* ---- which quantities ---- */

static int ask(Runs *runs, int output) {
    milieu_error error;
    for (int i = 0; i < runs->n; i++)
        if (ml_scenario_ask(&runs->scenario[i], output, &error) != MILIEU_OK) return failed(&error);
    return EXIT_DONE;
}

static int unknown_quantity(const char *name) {
    const char *names[ML_NOUTPUT];
    for (int i = 0; i < ML_NOUTPUT; i++) names[i] = ml_outputs[i].name;
    const char *near = ml_nearest(name, names, ML_NOUTPUT);
    char plasma[ML_NAME_SIZE + 8];
    snprintf(plasma, sizeof plasma, "plasma_%s", name);
    if (ml_output_find(plasma) >= 0) near = plasma;
    return complain("compare: --quantities: unknown quantity '%s'%s%s%s; see milieu list quantities", name, near ? " (did you mean '" : "", near ? near : "",
                    near ? "'?)" : "");
}

static int ask_by_name(Runs *runs, const char *list) {
    for (int i = 0; i < runs->n; i++) runs->scenario[i].nquantity = 0;
    while (*list) {
        char name[ML_NAME_SIZE];
        const size_t n = strcspn(list, ", ");
        snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), list);
        const int output = ml_output_find(name);
        if (n > 0 && (output < 0 || !ml_outputs[output].available))
            return unknown_quantity(name);
        if (n > 0 && ask(runs, output) != EXIT_DONE) return EXIT_FAILED;
        list += n + (list[n] != 0);
    }
    return runs->scenario[0].nquantity > 0 ? EXIT_DONE : complain("compare: --quantities: name at least one");
}

/* Only what all store can be compared: what one asks for, all are asked for; where one asks for the usual ones, all are. */
static int ask_alike(Runs *runs, const Wishes *w) {
    int usual = 0;
    if (w->quantities) return ask_by_name(runs, w->quantities);
    for (int i = 0; i < runs->n; i++) usual |= runs->scenario[i].nquantity == 0;
    for (int i = 0; i < runs->n; i++) {
        if (usual) runs->scenario[i].nquantity = 0;
        for (int k = 0; k < runs->scenario[i].nquantity; k++)
            if (ask(runs, runs->scenario[i].quantity[k]) != EXIT_DONE) return EXIT_FAILED;
    }
    return EXIT_DONE;
}

/* ---- run and report ---- */

static int write_reports(const MlComparison *c, const Wishes *w) {
    milieu_error error;
    int status = interrupts_end_it("compare"), written[MAX_OUTPUTS];
    if (status != EXIT_DONE) return status;
    MlReportOptions options = ml_report_options_for(stdout);
    options.units = w->units;
    options.version = "milieu " MILIEU_VERSION;
    options.color = w->color;
    for (int i = 0; i < w->outputs.n; i++) {
        written[i] = ml_compare_write(c, &options, w->outputs.file[i], &error) == MILIEU_OK;
        if (!written[i]) failed(&error), status = EXIT_FAILED;
    }
    if (!w->quiet) {
        ml_compare_terminal(c, &options, stdout);
        for (int i = 0; i < w->outputs.n; i++)
            if (written[i]) printf("Wrote %s\n", w->outputs.file[i]);
    }
    const int output = finish_output();
    return status != EXIT_DONE ? status : output;
}

static int report(const Runs *runs, const Wishes *w) {
    milieu_error error;
    MlComparison c = {.n = runs->n};
    for (int i = 0; i < runs->n; i++) c.side[i] = (MlSide){.file = w->file[i], .scenario = &runs->scenario[i], .r = &runs->result[i]};
    const int status = ml_comparison_make(&c, &error) == MILIEU_OK ? write_reports(&c, w) : failed(&error);
    ml_comparison_free(&c);
    return status;
}

static int run_all(const MlHouse *house, Runs *runs, const Wishes *w) {
    MlRunOptions options = ml_run_options_default();
    options.progress = go_on;
    options.self = runs;
    options.note = runs->labs.note;
    options.nnote = runs->labs.note ? runs->labs.issues.n : 0;
    catch_interrupts();
    for (runs->now = 0; runs->now < runs->n; runs->now++) {
        milieu_error error;
        if (ml_run(house, &runs->scenario[runs->now], &options, &runs->result[runs->now], &error) == MILIEU_OK) continue;
        progress_end(&runs->progress);
        if (error.code == MILIEU_INTERRUPTED) return complain("compare: %s: %s", w->file[runs->now], error.text), EXIT_FAILED;
        fprintf(stderr, "milieu: in %s:\n", w->file[runs->now]);
        return failed(&error);
    }
    progress_end(&runs->progress);
    return report(runs, w);
}

static int read_all(const MlHouse *house, Runs *runs, const Wishes *w) {
    const MlNames names = {.products = house->products, .drugs = house->drugs, .mass_follows = w->labs != NULL};
    MlIssues issues;
    int status = EXIT_DONE;
    ml_issues_init(&issues);
    for (int i = 0; i < w->n; i++) {
        if (ml_scenario_read(w->file[i], &names, &runs->scenario[i], &issues) != MILIEU_OK) status = EXIT_BAD_INPUT;
        runs->n = i + 1;
    }
    print_issues(&issues, stderr);
    if (issues.nerror) status = EXIT_BAD_INPUT;
    ml_issues_free(&issues);
    return status;
}

static int compare_runs(const MlHouse *house, const void *wishes) {
    const Wishes *w = wishes;
    Runs *runs = calloc(1, sizeof *runs);
    if (!runs) return complain("out of memory"), EXIT_FAILED;
    runs->progress = progress_start();
    ml_issues_init(&runs->labs.issues);
    int status = read_all(house, runs, w);
    if (status == EXIT_DONE && w->labs) status = labs_read(w->labs, runs->scenario, runs->n, &runs->labs);
    if (status == EXIT_DONE) status = ask_alike(runs, w);
    if (status == EXIT_DONE) status = run_all(house, runs, w);
    for (int i = 0; i < runs->n; i++) {
        ml_result_free(&runs->result[i]);
        ml_scenario_free(&runs->scenario[i]);
    }
    labs_free(&runs->labs);
    free(runs);
    return status;
}

static int compare(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    Wishes wishes = {0};
    const int status = read_wishes(&args, &wishes);
    return status == ARG_END ? in_house(compare_runs, &wishes) : status;
}

const Command command_compare = {
    .name = "compare",
    .arguments = "SCENARIO SCENARIO ... [options]",
    .summary = "Run several scenarios and show them side by side: water or the sports drink?",
    .details = "Prints what differs between the scenarios, where the runs differ most, their flags and what came in\n"
               "and went out. Two to eight scenarios; their times count from t = 0 of each.",
    .options = OPTIONS,
    .run = compare,
};
