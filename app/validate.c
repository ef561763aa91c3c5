/* SPDX-License-Identifier: Apache-2.0 */
/* milieu validate: published experiments against runs. */
#include "command.h"

#include "report/outfile.h"
#include "study/summary.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_PATHS = 4096, JSON = 256, REQUIRE, QUALITY, MARKDOWN, QUIET, THREADS };

static const Option OPTIONS[] = {
    {JSON, "json", NULL, "print one JSON object instead of tables"},
    {MARKDOWN, "markdown", "FILE", "write tables of all studies to FILE"},
    {QUALITY, "quality", "LIST", "count only points so read: table,figure,abstract,memory"},
    {REQUIRE, "require", "SHARE", "exit 1 when the share within 1 SD is below SHARE (0 to 1)"},
    {THREADS, "threads", "N", "threads to run on (default: the processors)"},
    {QUIET, "quiet", NULL, "print the summary only"},
    {0},
};

typedef struct Wishes {
    const char *path[MAX_PATHS], *quality, *markdown;
    int npath, json, quiet, threads;
    double require;
} Wishes;

/* ---- the terminal ---- */

static void progress(void *self, int done, int all) {
    (void)self;
    fprintf(stderr, "\r%d of %d runs%s", done, all, done == all ? "\r                    \r" : "");
    fflush(stderr);
}

static void print_observation(const MlStudy *s, const MlObservation *o) {
    static const char *const directions[] = {"up", "down", "same"};
    char when[120], measured[40];
    ml_observation_when(s, o, when, sizeof when);
    if (o->kind == ML_OBSERVED_DIRECTION)
        snprintf(measured, sizeof measured, "%s", directions[o->direction]);
    else if (o->kind == ML_OBSERVED_RANGE)
        snprintf(measured, sizeof measured, "%.4g..%.4g", o->low, o->high);
    else
        snprintf(measured, sizeof measured, "%s%.4g",
                 o->kind == ML_OBSERVED_AT_LEAST  ? ">="
                 : o->kind == ML_OBSERVED_AT_MOST ? "<="
                                                  : "",
                 o->value);
    printf("  %-14.14s %-24.24s %-26.26s %10s ", s->arm[o->arm].name, ml_outputs[o->output].name, when,
           measured);
    if (o->verdict == ML_NOT_RUN)
        printf("  not run: %s\n", o->why);
    else if (isnan(o->deviation))
        printf("%10.4g        %s%s\n", o->simulated, ml_verdict_text(o->verdict),
               o->contested ? " contested" : "");
    else
        printf("%10.4g %+6.1f %s%s\n", o->simulated, o->deviation, ml_verdict_text(o->verdict),
               o->contested ? " contested" : "");
}

static void print_count(const char *name, const MlCount *c) {
    printf("%-24s %4d points  %3.0f %% within 1 SD  %3.0f %% within 2 SD  (no change: %3.0f %%)  bias %+.2f  "
           "rms %.2f",
           name, c->points, 100 * ml_count_share(c, c->within_1sd),
           100 * ml_count_share(c, c->within_1sd + c->within_2sd),
           100 * ml_count_share(c, c->no_change_within_1sd), ml_count_bias(c), ml_count_rms(c));
    if (c->not_run) printf("  %d not run", c->not_run);
    printf("\n");
}

static MlCount count_topic(const MlStudySet *set, const char *topic, const char *quality) {
    MlCount c = {0};
    for (int i = 0; i < set->n; i++)
        for (int k = 0; k < set->study[i].nobserved; k++)
            if (!topic || !strcmp(set->study[i].topic, topic))
                ml_count_add(&c, &set->study[i].observed[k], quality);
    return c;
}

static void print_all(const MlStudySet *set, const Wishes *w) {
    for (int i = 0; i < set->n && !w->quiet; i++) {
        const MlStudy *s = &set->study[i];
        MlCount c = {0};
        printf("%s (%s)\n", s->name, s->topic);
        for (int k = 0; k < s->nobserved; k++) {
            print_observation(s, &s->observed[k]);
            ml_count_add(&c, &s->observed[k], w->quality);
        }
        printf("  ");
        print_count("in all", &c);
    }
    printf("\n");
    for (int t = 0; ml_topics[t]; t++) {
        const MlCount c = count_topic(set, ml_topics[t], w->quality);
        if (c.points + c.not_run) print_count(ml_topics[t], &c);
    }
    const MlCount all = count_topic(set, NULL, w->quality);
    print_count("all", &all);
}

/* ---- JSON ---- */

static json_t *number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static json_t *json_count(const MlCount *c) {
    return json_pack("{s:i,s:i,s:i,s:i,s:i,s:o,s:o,s:o}", "points", c->points, "within_1sd", c->within_1sd,
                     "within_2sd", c->within_2sd, "beyond_2sd", c->beyond_2sd, "not_run", c->not_run, "bias",
                     number(ml_count_bias(c)), "rms", number(ml_count_rms(c)), "no_change_within_1sd",
                     number(ml_count_share(c, c->no_change_within_1sd)));
}

static json_t *json_study(const MlStudy *s) {
    json_t *observed = json_array();
    const char *error = NULL;
    for (int i = 0; i < s->narm; i++)
        if (!s->arm[i].ran) error = s->arm[i].error.text;
    for (int k = 0; k < s->nobserved; k++) {
        const MlObservation *o = &s->observed[k];
        char when[120];
        ml_observation_when(s, o, when, sizeof when);
        json_array_append_new(
            observed, json_pack("{s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:s}", "arm", s->arm[o->arm].name, "quantity",
                                ml_outputs[o->output].name, "when", when, "measured", number(o->value), "sd",
                                number(o->sd), "simulated", number(o->simulated), "deviation",
                                number(o->deviation), "verdict", ml_verdict_text(o->verdict)));
    }
    return json_pack("{s:s,s:s,s:s,s:o,s:o}", "study", s->name, "topic", s->topic, "file", s->file, "error",
                     error ? json_string(error) : json_null(), "observed", observed);
}

static int print_json(const MlStudySet *set, const Wishes *w) {
    json_t *topics = json_object(), *studies = json_array();
    for (int t = 0; ml_topics[t]; t++) {
        const MlCount c = count_topic(set, ml_topics[t], w->quality);
        if (c.points + c.not_run) json_object_set_new(topics, ml_topics[t], json_count(&c));
    }
    for (int i = 0; i < set->n; i++) json_array_append_new(studies, json_study(&set->study[i]));
    const MlCount all = count_topic(set, NULL, w->quality);
    json_t *root =
        json_pack("{s:o,s:o,s:o}", "summary", json_count(&all), "topics", topics, "studies", studies);
    if (!root) {
        complain("validate: out of memory");
        return EXIT_FAILED;
    }
    json_dumpf(root, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(8));
    printf("\n");
    json_decref(root);
    return EXIT_DONE;
}

/* ---- the command ---- */

static int read_wishes(Args *args, Wishes *w) {
    const char *value;
    char *end;
    int id;
    while ((id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        if (id == JSON)
            w->json = 1;
        else if (id == QUIET)
            w->quiet = 1;
        else if (id == MARKDOWN)
            w->markdown = value;
        else if (id == QUALITY)
            w->quality = value;
        else if (id == THREADS) {
            w->threads = (int)strtol(value, &end, 10);
            if (*end || w->threads < 1 || w->threads > 64)
                return complain("validate: --threads: found '%s'; allowed: 1 to 64", value);
        } else if (id == REQUIRE) {
            w->require = strtod(value, &end);
            if (*end || !(w->require >= 0 && w->require <= 1))
                return complain("validate: --require: found '%s'; allowed: 0 to 1", value);
        } else if (w->npath == MAX_PATHS)
            return complain("validate: more than %d files", MAX_PATHS);
        else
            w->path[w->npath++] = value;
    }
    return w->npath ? ARG_END
                    : complain("validate: name a study file or a folder; see milieu validate --help");
}

static int write_markdown(const MlStudySet *set, const char *path) {
    milieu_error error;
    MlOutfile file;
    if (ml_outfile_open(&file, path, &error) != MILIEU_OK) return failed(&error);
    ml_set_markdown(set, file.stream);
    return ml_outfile_commit(&file, &error) == MILIEU_OK ? EXIT_DONE : failed(&error);
}

static int run_and_tell(MlStudySet *set, const MlHouse *house, const Wishes *w) {
    const int threads = w->threads ? w->threads : (int)sysconf(_SC_NPROCESSORS_ONLN);
    ml_set_run(set, house, threads, isatty(STDERR_FILENO) ? progress : NULL, NULL);
    int status = EXIT_DONE;
    if (w->json)
        status = print_json(set, w);
    else
        print_all(set, w);
    if (w->markdown && status == EXIT_DONE) status = write_markdown(set, w->markdown);
    for (int i = 0; i < set->n; i++)
        for (int k = 0; k < set->study[i].narm; k++)
            if (!set->study[i].arm[k].ran) {
                fprintf(stderr, "milieu: %s: arm %s: %s: %s\n", set->study[i].file, set->study[i].arm[k].name,
                        set->study[i].arm[k].error.where, set->study[i].arm[k].error.text);
                status = EXIT_FAILED;
            }
    const MlCount all = count_topic(set, NULL, w->quality);
    if (w->require > 0 && !(ml_count_share(&all, all.within_1sd) >= w->require)) status = EXIT_FAILED;
    const int flushed = finish_output();
    return status == EXIT_DONE ? flushed : status;
}

static int validate(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    static Wishes w;
    memset(&w, 0, sizeof w);
    const int end = read_wishes(&args, &w);
    if (end != ARG_END) return end;
    milieu_error error;
    MlHouse house;
    if (ml_house_create(&house, &error) != MILIEU_OK) return failed(&error);
    const MlNames names = {.products = house.products, .drugs = house.drugs};
    MlStudySet set = {0};
    MlIssues issues;
    ml_issues_init(&issues);
    int bad = 0;
    for (int i = 0; i < w.npath; i++) bad |= ml_set_read(&set, w.path[i], &names, &issues) != MILIEU_OK;
    print_issues(&issues, stderr);
    ml_issues_free(&issues);
    const int status = bad ? EXIT_BAD_INPUT : run_and_tell(&set, &house, &w);
    ml_set_free(&set);
    ml_house_free(&house);
    return status;
}

const Command command_validate = {
    .name = "validate",
    .arguments = "FILE|FOLDER ...",
    .summary = "Hold published experiments against runs",
    .details =
        "Runs every arm of every study, prints one line per observation and a summary by study, by topic "
        "and\n"
        "in all. Exit status: 0 everything ran, 1 an arm did not or --require was missed, 2 a file is wrong.",
    .options = OPTIONS,
    .run = validate,
};
