/* SPDX-License-Identifier: Apache-2.0 */
/* milieu bench: the speed of this build on this machine. */
#include "command.h"

#ifdef MILIEU_WITH_CVODE
#include "against_cvode.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPEAT = 'n', DAYS = 'd', MOST_REPEATS = 1000, MOST_DAYS = 365 };

static const Option OPTIONS[] = {
    {REPEAT, "repeat", "N", "runs of each case, the median is shown (default 7)"},
    {DAYS, "days", "N", "only cases of at most N days (default 365: all)"},
    {0},
};

static const struct {
    int days;
    const char *name, *text;
} CASES[] = {
    {1, "a day at rest, 24 h", "milieu: 1\nduration: 24 h\nreport: {every: 5 min}\n"},
    {1, "marathon and a normal day, 24 h",
     "milieu: 1\nperson: {preset: adult-woman}\nduration: 24 h\ndrinking: to-thirst\nreport: {every: 5 min}\n"
     "timeline:\n"
     "  - {at: 0 h, exercise: {met: 8, for: 5 h, temperature: 20 degC}}\n"
     "  - {at: 15 min, every: 15 min, until: 5 h, drink: {what: water, amount: 250 mL}}\n"},
    {1, "a person of their own, 24 h",
     "milieu: 1\nperson: {sex: female, age: 44 y, height: 171 cm, mass: 66 kg}\nduration: 24 h\n"
     "report: {every: 5 min}\n"},
    {30, "a month, 30 d", "milieu: 1\nduration: 30 d\nreport: {every: 30 min}\n"},
    {7, "a week of dialysis, 7 d", "milieu: 1\nperson: {conditions: [hemodialysis]}\nduration: 7 d\nreport: {every: 30 min}\n"},
    {365, "a year at rest, 365 d", "milieu: 1\nduration: 365 d\nreport: {every: 6 h}\n"},
    {365, "a year of failing kidneys, 365 d", "milieu: 1\nperson: {conditions: [ckd-4]}\nduration: 365 d\nreport: {every: 1 d}\n"},
};
enum { NCASE = sizeof CASES / sizeof *CASES };

/* ---- from the start of a process to its end ---- */

typedef struct Place {
    char folder[256], scenario[300], table[300];
} Place;

static int no_place(const char *path) {
    fprintf(stderr, "milieu: %s: %s; set TMPDIR to a folder that can be written\n", path, strerror(errno));
    return EXIT_FAILED;
}

static int make_place(Place *place) {
    const char *top = getenv("TMPDIR");
    snprintf(place->folder, sizeof place->folder, "%s/milieu-bench-XXXXXX", top && *top ? top : "/tmp");
    if (!mkdtemp(place->folder)) return no_place(place->folder);
    snprintf(place->scenario, sizeof place->scenario, "%s/day.yaml", place->folder);
    snprintf(place->table, sizeof place->table, "%s/day.csv", place->folder);
    return EXIT_DONE;
}

static void leave_place(const Place *place) {
    unlink(place->scenario);
    unlink(place->table);
    rmdir(place->folder);
}

static int write_scenario(const Place *place, const char *text) {
    FILE *file = fopen(place->scenario, "w");
    if (!file) return no_place(place->scenario);
    const int written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written ? EXIT_DONE : no_place(place->scenario);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

/* `milieu run` to a CSV file as a process of its own: milliseconds, and the most memory it held at once. This
 * process must stay small: what it holds would be counted. */
static int run_process(Place *place, double *ms, double *mb) {
    extern char **environ;
    char *arguments[] = {"milieu", "run", "--quiet", "-o", place->table, place->scenario, NULL};
    struct rusage usage;
    pid_t child;
    int status = -1;
    const double from = now();
    const int error = posix_spawn(&child, "/proc/self/exe", NULL, NULL, arguments, environ);
    if (error) {
        fprintf(stderr, "milieu: bench cannot start the program again: %s\n", strerror(error));
        return EXIT_FAILED;
    }
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
        ;
    *ms = now() - from;
    *mb = (double)usage.ru_maxrss / 1024;
    if (interrupted) return complain("bench: interrupted"), EXIT_FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_DONE ? EXIT_DONE : EXIT_FAILED;
}

static int ascending(const void *pa, const void *pb) {
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

static int time_case(Place *place, int i, int repeats) {
    double ms[MOST_REPEATS], most = 0;
    int status = write_scenario(place, CASES[i].text);
    for (int k = 0; k < repeats && status == EXIT_DONE; k++) {
        double mb = 0;
        status = run_process(place, &ms[k], &mb);
        if (mb > most) most = mb;
    }
    if (status != EXIT_DONE) return status;
    qsort(ms, (size_t)repeats, sizeof *ms, ascending);
    printf("%-34s %10.1f %10.1f %10.1f\n", CASES[i].name, ms[repeats / 2], ms[0], most);
    fflush(stdout);
    return EXIT_DONE;
}

static int time_processes(int repeats, int days) {
    Place place;
    int status = make_place(&place);
    if (status != EXIT_DONE) return status;
    printf("milieu run to CSV, from the start of the process to its end\n");
    printf("%-34s %10s %10s %10s\n", "case", "median ms", "best ms", "memory MB");
    for (int i = 0; i < NCASE && status == EXIT_DONE; i++)
        if (CASES[i].days <= days) status = time_case(&place, i, repeats);
    leave_place(&place);
    return status;
}

/* ---- the same equations by CVODE ---- */

#ifdef MILIEU_WITH_CVODE
static milieu_code compare_case(const char *text, milieu_error *error) {
    MlHouse house;
    MlScenario scenario;
    MlIssues issues;
    milieu_code code = ml_house_create(NULL, &house, error);
    if (code != MILIEU_OK) return code;
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    ml_issues_init(&issues);
    code = ml_scenario_read_text(text, strlen(text), "bench", &names, &scenario, &issues);
    if (code == MILIEU_OK)
        code = bench_against_cvode(&house, &scenario, error);
    else
        print_issues(&issues, stderr);
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    ml_house_free(&house);
    return code;
}

/* For the two days. */
static int compare(void) {
    milieu_error error = {0};
    for (int i = 0; i < 2; i++) {
        printf("\n%s, against CVODE (BDF) at equal error, integration only\n", CASES[i].name);
        if (compare_case(CASES[i].text, &error) != MILIEU_OK) return failed(&error);
    }
    return EXIT_DONE;
}
#else
static int compare(void) {
    printf("\nmake bench adds the comparison with CVODE (needs SUNDIALS).\n");
    return EXIT_DONE;
}
#endif

static int bench(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    const char *value;
    int id, repeats = 7, days = MOST_DAYS, status = EXIT_DONE;
    while ((id = args_next(&args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args.status;
        if (id == ARG_WORD) return complain("bench: takes no '%s'; see milieu bench --help", value);
        status = id == DAYS ? args_integer(&args, "days", value, MOST_DAYS, &days)
                            : args_integer(&args, "repeat", value, MOST_REPEATS, &repeats);
        if (status != EXIT_DONE) return status;
    }
    catch_interrupts();
    status = time_processes(repeats, days);
    if (status == EXIT_DONE) status = compare();
    int output = finish_output();
    return status != EXIT_DONE ? status : output;
}

const Command command_bench = {
    .name = "bench",
    .arguments = "[options]",
    .summary = "Measure the speed of this build on this machine",
    .details = "Each run is a process of its own, timed from its start to its end: tables, reader, steady\n"
               "state of a person who is no preset, integration, a CSV file; one core.",
    .options = OPTIONS,
    .run = bench,
};
