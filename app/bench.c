/* SPDX-License-Identifier: Apache-2.0 */
/* milieu bench: the speed of this build on this machine. */
#include "command.h"

#include "run/run.h"
#include "scenario/scenario.h"
#ifdef MILIEU_WITH_CVODE
#include "against_cvode.h"
#endif

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { REPEAT = 'n', MOST_REPEATS = 1000 };

static const Option OPTIONS[] = {
    {REPEAT, "repeat", "N", "runs of each case, the median is shown (default 7)"},
    {0},
};

static const struct {
    const char *name, *text;
} CASES[] = {
    {"a day at rest, 24 h", "milieu: 1\nduration: 24 h\nreport: {every: 5 min}\n"},
    {"marathon and a normal day, 24 h",
     "milieu: 1\nperson: {preset: adult-woman}\nduration: 24 h\ndrinking: to-thirst\nreport: {every: 5 min}\n"
     "timeline:\n"
     "  - {at: 0 h, exercise: {met: 8, for: 5 h, temperature: 20 degC}}\n"
     "  - {at: 15 min, every: 15 min, until: 5 h, drink: {what: water, amount: 250 mL}}\n"},
    {"a person of their own, 24 h",
     "milieu: 1\nperson: {sex: female, age: 44 y, height: 171 cm, mass: 66 kg}\nduration: 24 h\n"
     "report: {every: 5 min}\n"},
    {"a month, 30 d", "milieu: 1\nduration: 30 d\nreport: {every: 30 min}\n"},
};
enum { NCASE = sizeof CASES / sizeof *CASES };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int ascending(const void *pa, const void *pb) {
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

typedef milieu_code Work(const MlHouse *house, const MlScenario *scenario, void *to, milieu_error *error);

/* Makes the house, reads the text and does the work with them. */
static milieu_code with_scenario(const char *text, Work *work, void *to, milieu_error *error) {
    MlHouse house;
    MlScenario scenario;
    MlIssues issues;
    milieu_code code = ml_house_create(NULL, &house, error);
    if (code != MILIEU_OK) return code;
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    ml_issues_init(&issues);
    code = ml_scenario_read_text(text, strlen(text), "bench", &names, &scenario, &issues);
    if (code == MILIEU_OK)
        code = work(&house, &scenario, to, error);
    else
        print_issues(&issues, stderr);
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    ml_house_free(&house);
    return code;
}

static milieu_code run_once(const MlHouse *house, const MlScenario *scenario, void *to, milieu_error *error) {
    const MlRunOptions options = ml_run_options_default();
    return ml_run(house, scenario, &options, to, error);
}

/* Once from text to result: tables, reader, steady state, integration. Milliseconds, or -1. */
static double once(const char *text, MlResult *result, milieu_error *error) {
    const double from = now();
    return with_scenario(text, run_once, result, error) == MILIEU_OK ? now() - from : -1;
}

#ifdef MILIEU_WITH_CVODE
static milieu_code against(const MlHouse *house, const MlScenario *scenario, void *to, milieu_error *error) {
    (void)to;
    return bench_against_cvode(house, scenario, error);
}

/* The same equations by CVODE, for the two days. */
static int compare(void) {
    milieu_error error = {0};
    for (int i = 0; i < 2; i++) {
        printf("\n%s, against CVODE (BDF) at equal error, integration only\n", CASES[i].name);
        if (with_scenario(CASES[i].text, against, NULL, &error) != MILIEU_OK) return failed(&error);
    }
    return EXIT_DONE;
}
#else
static int compare(void) {
    printf("\nmake bench adds the comparison with CVODE (needs SUNDIALS).\n");
    return EXIT_DONE;
}
#endif

static int time_case(int i, int repeats) {
    double ms[MOST_REPEATS];
    milieu_error error = {0};
    long steps = 0, evaluations = 0;
    for (int k = 0; k < repeats; k++) {
        MlResult result = {0};
        ms[k] = once(CASES[i].text, &result, &error);
        steps = result.steps;
        evaluations = result.evaluations;
        ml_result_free(&result);
        if (ms[k] < 0) return failed(&error);
    }
    qsort(ms, (size_t)repeats, sizeof *ms, ascending);
    printf("%-34s %10.1f %10.1f %8ld %12ld\n", CASES[i].name, ms[repeats / 2], ms[0], steps, evaluations);
    fflush(stdout);
    return EXIT_DONE;
}

static int bench(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    const char *value;
    int id, repeats = 7, status = EXIT_DONE;
    while ((id = args_next(&args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args.status;
        if (id == ARG_WORD) return complain("bench: takes no '%s'; see milieu bench --help", value);
        status = args_integer(&args, "repeat", value, MOST_REPEATS, &repeats);
        if (status != EXIT_DONE) return status;
    }
    printf("%-34s %10s %10s %8s %12s\n", "case", "median ms", "best ms", "steps", "evaluations");
    for (int i = 0; i < NCASE && status == EXIT_DONE; i++) status = time_case(i, repeats);
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        printf("largest memory: %.1f MB\n", (double)usage.ru_maxrss / 1024);
    if (status == EXIT_DONE) status = compare();
    int output = finish_output();
    return status != EXIT_DONE ? status : output;
}

const Command command_bench = {
    .name = "bench",
    .arguments = "[options]",
    .summary = "Measure the speed of this build on this machine",
    .details = "Each run is timed from the text of a scenario to its result: tables, reader, steady state,\n"
               "integration; one core.",
    .options = OPTIONS,
    .run = bench,
};
