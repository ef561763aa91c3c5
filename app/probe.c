/* SPDX-License-Identifier: Apache-2.0 */
/* milieu probe: nerve, muscle and cramp at stated concentrations. */
#include "command.h"

#include "base/units.h"
#include "body/body.h"
#include "report/probe.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIBER = 256, SITE, QUIET, COLOR, FIRST_INPUT, NOPTION = ML_NEXCITE + 6 };

typedef struct Wishes {
    MlProbe *probe;
    Outputs outputs;
    int quiet, color;
    const char *by[ML_NEXCITE]; /* the option that gave an input */
} Wishes;

/* ---- options: one for each input ---- */

/* The muscle is chosen by word. */
static int is_input_option(int input) { return input != ML_X_cramp_site; }

static void describe(int input, char *name, size_t name_size, char *text, size_t text_size) {
    const MlExciteInfo *info = &ml_excite_inputs[input];
    const int plain = strcmp(info->unit, "1") == 0;
    snprintf(name, name_size, "%s", info->key);
    for (char *p = name; *p; p++)
        if (*p == '_') *p = '-';
    if (input == ML_X_pump)
        snprintf(text, text_size, "Drive of the sodium pumps of muscle, to rest (%g to %g, default %g)", info->low, info->high, info->normal);
    else if (input == ML_X_muscle_potassium)
        snprintf(text, text_size, "%s (%s; %g to %g, default that of --potassium)", info->text, info->unit,
                 info->low, info->high);
    else
        snprintf(text, text_size, "%s (%s%s%g to %g, default %g)", info->text, plain ? "" : info->unit,
                 plain ? "" : "; ", info->low, info->high, info->normal);
}

static const Option *own_options(void) {
    static const Option others[] = {
        {FIBER, "fiber", "KIND", "fibers of the muscle: slow, fast, mixed (default); or --slow-fibers"},
        {SITE, "site", "MUSCLE", "muscle that may cramp: calf (default), sole"},
        {'o', "output", "FILE",
         "write FILE.html, .csv or .json; may be repeated; -.json is the standard\n"
         "                             output"},
        {QUIET, "quiet", NULL, "print nothing on the terminal"},
        {COLOR, "color", "WHEN", "color on the terminal: auto, always, never (default auto)"},
    };
    static Option options[NOPTION];
    static char names[ML_NEXCITE][40], texts[ML_NEXCITE][160];
    if (options[0].id) return options;
    int n = 0;
    for (int i = 0; i < ML_NEXCITE; i++) {
        if (!is_input_option(i)) continue;
        describe(i, names[i], sizeof names[i], texts[i], sizeof texts[i]);
        options[n++] = (Option){FIRST_INPUT + i, names[i], "X", texts[i]};
    }
    memcpy(&options[n], others, sizeof others);
    return options;
}

static const char *name_of(int id) {
    for (const Option *o = own_options(); o->id; o++)
        if (o->id == id) return o->name;
    return "";
}

/* ---- reading them ---- */

/* Each input once, by whichever option. */
static int take(Wishes *w, const char *option, int input, double value) {
    const char *before = w->by[input];
    if (before && strcmp(before, option) == 0) return complain("probe: --%s is given twice", option);
    if (before) return complain("probe: --%s and --%s say the same; give one of them", before, option);
    w->by[input] = option;
    w->probe->given[input] = 1;
    w->probe->x.value[input] = value;
    return EXIT_DONE;
}

/* By which mass and charge of what is dissolved become an amount. */
static MlMolar molar_of(int input) {
    static const double mmol_per_mol = 1000; /* masses of the table are in g per mmol */
    for (int i = 0; i < ML_NSUBSTANCE; i++)
        if (strstr(ml_excite_inputs[input].key, ml_substances[i].name))
            return (MlMolar){.molar_mass = mmol_per_mol * ml_substances[i].mass, .valence = ml_substances[i].valence};
    return (MlMolar){0};
}

/* A number in the unit of the input, or with a unit of its own. */
static int read_input(Wishes *w, int id, const char *text) {
    const int input = id - FIRST_INPUT;
    const MlExciteInfo *info = &ml_excite_inputs[input];
    const char *option = name_of(id), *unit = strcmp(info->unit, "1") == 0 ? "" : info->unit,
               *space = *unit ? " " : "";
    MlQuantity q;
    double value = 0;
    int good = ml_quantity_parse(text, &q) == ML_UNIT_OK && !*q.rest;
    if (good && !q.has_unit) value = q.number;
    const MlMolar molar = molar_of(input);
    if (good && q.has_unit) good = ml_quantity_convert(&q, info->unit, &molar, 0, &value);
    if (!good)
        return complain("probe: --%s: found '%s', but a number such as '%g%s%s' belongs here", option, text,
                        info->normal, space, unit);
    if (!(value >= info->low && value <= info->high))
        return complain("probe: --%s: found '%s'; allowed: %g to %g%s%s", option, text, info->low, info->high,
                        space, unit);
    if (input == ML_X_isolated && value != info->low && value != info->high)
        return complain("probe: --%s: found '%s'; allowed: %g or %g", option, text, info->low, info->high);
    return take(w, option, input, value);
}

static int read_word(const Args *args, Wishes *w, int id, const char *text) {
    static const char *const fibers[] = {"fast", "mixed", "slow", NULL}, *const sites[] = {"calf", "sole",
                                                                                           NULL};
    static const double share[] = {0, 0.5, 1}; /* of slow fibers */
    const int found = args_choice(args, name_of(id), text, id == FIBER ? fibers : sites);
    if (found < 0) return EXIT_BAD_INPUT;
    return id == FIBER ? take(w, "fiber", ML_X_slow_fibers, share[found])
                       : take(w, "site", ML_X_cramp_site, found);
}

/* ARG_END when all is well, else the status to exit with. */
static int read_wishes(Args *args, Wishes *w) {
    static const char *const colors[] = {"auto", "always", "never", NULL};
    const char *value;
    int id, status = EXIT_DONE, color = 0;
    w->probe->x = ml_excite_normal();
    while (status == EXIT_DONE && (id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        if (id == ARG_WORD)
            status =
                complain("probe: found '%s', but only options belong here; see milieu probe --help", value);
        else if (id == 'o')
            status = add_output("probe", &w->outputs, value);
        else if (id == QUIET)
            w->quiet = 1;
        else if (id == COLOR)
            status = (color = args_choice(args, "color", value, colors)) < 0 ? EXIT_BAD_INPUT : EXIT_DONE;
        else
            status = id == FIBER || id == SITE ? read_word(args, w, id, value) : read_input(w, id, value);
    }
    if (status != EXIT_DONE) return status;
    if (w->outputs.to_stdout) w->quiet = 1;
    if (!w->probe->given[ML_X_muscle_potassium])
        w->probe->x.value[ML_X_muscle_potassium] = w->probe->x.value[ML_X_potassium];
    w->color = color == 1 || (color == 0 && isatty(STDOUT_FILENO) && !getenv("NO_COLOR"));
    const double *x = w->probe->x.value;
    if (x[ML_X_pulse] > x[ML_X_pulse_most])
        return complain("probe: --pulse: found '%g', but the greatest heart rate is %g 1/min; give less, or tell a greater one by --pulse-most", x[ML_X_pulse], x[ML_X_pulse_most]);
    return ARG_END;
}

/* ---- what comes out ---- */

static int write_reports(const Wishes *w) {
    milieu_error error;
    int status = EXIT_DONE, written[MAX_OUTPUTS];
    MlReportOptions options = ml_report_options_for(stdout);
    options.version = "milieu " MILIEU_VERSION;
    options.color = w->color;
    for (int i = 0; i < w->outputs.n; i++) {
        written[i] = ml_probe_write(w->probe, &options, w->outputs.file[i], &error) == MILIEU_OK;
        if (!written[i]) failed(&error), status = EXIT_FAILED;
    }
    if (!w->quiet) {
        (void)ml_probe_terminal(w->probe, &options, stdout); /* finish_output tells what went wrong */
        for (int i = 0; i < w->outputs.n; i++)
            if (written[i]) printf("Wrote %s\n", w->outputs.file[i]);
    }
    const int output = finish_output();
    return status != EXIT_DONE ? status : output;
}

static int look(const Wishes *w) {
    const int stopped = interrupts_end_it("probe");
    if (stopped != EXIT_DONE) return stopped;
    ml_probe_look(w->probe);
    return write_reports(w);
}

static int run(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    Wishes wishes = {.probe = calloc(1, sizeof *wishes.probe)};
    if (!wishes.probe) return complain("out of memory"), EXIT_FAILED;
    int status = read_wishes(&args, &wishes);
    if (status == ARG_END) status = wishes.quiet && wishes.outputs.n == 0 ? EXIT_DONE : look(&wishes);
    free(wishes.probe);
    return status;
}

const Command command_probe = {
    .name = "probe",
    .arguments = "[options]",
    .summary = "Show nerve, muscle and cramp at stated concentrations, beside normal",
    .details =
        "X is a number in the unit of that option, or with a unit of its own: --potassium '2.5 mEq/L',\n"
        "--temperature '97 degF'. Concentrations are those of the fluid around the cells, as a laboratory\n"
        "reports plasma. What is not given is that of a healthy adult at rest, who also stands for "
        "normal.\n\n"
        "Examples:\n"
        "  milieu probe --potassium 2.5 --calcium-ionized 0.9\n"
        "  milieu probe --magnesium-ionized 2.5 -o magnesium.html\n"
        "  milieu probe --potassium 7 --temperature 36 --fiber slow -o '-.json'\n\n"
        "docs/tissue tells the models, docs/reports.md what comes out.",
    .own_options = own_options,
    .run = run,
};
