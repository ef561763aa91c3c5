/* SPDX-License-Identifier: Apache-2.0 */
/* milieu validate: published experiments against runs. */
#include "command.h"

#include "base/text.h"
#include "report/outfile.h"
#include "report/study_page.h"
#include "report/study_report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JSON = 256, HTML, MARKDOWN, REQUIRE, QUALITY, THREADS, QUIET, PRODUCTS, MOST_THREADS = 256 };

static const Option OPTIONS[] = {
    {JSON, "json", NULL, "print one JSON object instead of tables"},
    {HTML, "html", "FILE", "write a page with the curves drawn over the measured points"},
    {MARKDOWN, "markdown", "FILE", "write tables of all studies"},
    {QUALITY, "quality", "LIST", "count only points so read: table,figure,abstract,memory"},
    {REQUIRE, "require", "SHARE", "exit 1 when the share within 1 SD is below SHARE (0 to 1, or 80 %)"},
    {THREADS, "threads", "N", "threads to run on (default: one for each processor)"},
    PRODUCTS_OPTION(PRODUCTS),
    {QUIET, "quiet", NULL, "print the summaries only"},
    {0},
};

typedef struct Wishes {
    const char **path; /* npath; part of the arguments */
    int npath, json, quiet, threads;
    const char *html, *markdown;
    double require;
    MlCounted which;
} Wishes;

/* ---- arguments ---- */

static int read_quality(const char *list, MlCounted *which) {
    size_t n;
    for (const char *p = list; *p; p += n + (p[n] == ',')) {
        char word[32];
        int known = -1;
        n = strcspn(p, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, p);
        for (int i = 0; ml_quality_words[i]; i++)
            if (!strcmp(word, ml_quality_words[i])) known = i;
        if (known < 0) {
            const char *near = ml_nearest(word, ml_quality_words, 4);
            return complain("validate: --quality: found '%s'%s%s%s; allowed: table, figure, abstract, memory",
                            word, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
        }
        which->qualities |= 1u << known;
    }
    return which->qualities ? EXIT_DONE : complain("validate: --quality: the list is empty");
}

static int read_share(const char *text, double *share) {
    const char *end = "";
    if (ml_text_number(text, &end, share)) {
        const bool percent = !strcmp(end, "%") || !strcmp(end, " %");
        if (percent) *share /= 100;
        if ((percent || !*end) && *share >= 0 && *share <= 1) return EXIT_DONE;
    }
    return complain("validate: --require: found '%s', but a share from 0 to 1 belongs here, such as 0.8",
                    text);
}

static int read_option(const Args *args, int id, const char *value, Wishes *w) {
    switch (id) {
    case JSON:
        w->json = 1;
        return EXIT_DONE;
    case QUIET:
        w->quiet = 1;
        return EXIT_DONE;
    case HTML:
        w->html = value;
        return require_folder("validate: --html", value);
    case MARKDOWN:
        w->markdown = value;
        return require_folder("validate: --markdown", value);
    case QUALITY:
        return read_quality(value, &w->which);
    case REQUIRE:
        return read_share(value, &w->require);
    case PRODUCTS:
        return own_products_wish("validate", value);
    case THREADS:
        return args_integer(args, "threads", value, MOST_THREADS, &w->threads);
    default:
        w->path[w->npath++] = value;
        return EXIT_DONE;
    }
}

/* ARG_END when all is well, else the status to exit with. */
static int read_wishes(Args *args, Wishes *w) {
    const char *value;
    int id, status = EXIT_DONE;
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    w->threads = processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (int)processors;
    w->which = ml_counted_default();
    while (status == EXIT_DONE && (id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        status = read_option(args, id, value, w);
    }
    if (status != EXIT_DONE) return status;
    return w->npath ? ARG_END
                    : complain("validate: name a study file or a folder; see milieu validate --help");
}

/* ---- running ---- */

static int go_on(void *self) {
    (void)self;
    return !interrupted;
}

static void progress(void *self, int done, int all) {
    char text[40];
    snprintf(text, sizeof text, "%d of %d runs", done, all);
    progress_show(self, (double)done / all, text);
}

/* ---- telling ---- */

typedef void Writer(const MlStudySet *set, const MlCounted *which, FILE *out);

static void write_page(const MlStudySet *set, const MlCounted *which, FILE *out) {
    ml_study_page(set, which, "milieu " MILIEU_VERSION, out);
}

static int write_file(const MlStudySet *set, const MlCounted *which, const char *path, Writer *writer) {
    milieu_error error;
    MlOutfile file;
    if (!path) return EXIT_DONE;
    if (ml_outfile_open(&file, path, &error) != MILIEU_OK) return failed(&error);
    writer(set, which, file.stream);
    if (ml_outfile_commit(&file, &error) != MILIEU_OK) return failed(&error);
    return EXIT_DONE;
}

static void tell_written(const Wishes *w, const char *path, int status) {
    const int silent = w->json || w->quiet || !path || ml_outfile_is_stdout(path);
    if (!silent && status == EXIT_DONE) printf("Wrote %s\n", path);
}

/* Arms that could not run, and how many points have no verdict. */
static int tell_not_run(const MlStudy *s) {
    const char *why = NULL;
    int points = 0, arms = 0;
    for (int k = 0; k < s->narm; k++) {
        const MlArm *arm = &s->arm[k];
        if (arm->ran) continue;
        arms++;
        fprintf(stderr, "milieu: %s: arm %s cannot run: %s\n", s->file, arm->name, arm->error.text);
    }
    for (int k = 0; k < s->nobserved; k++) {
        const MlFinding *f = &s->observed[k].found;
        if (f->verdict != ML_NOT_RUN) continue;
        if (!points++) why = f->why;
    }
    if (points)
        fprintf(stderr, "milieu: %s: %d of %d points not run: %s\n", s->file, points, s->nobserved, why);
    return arms || points ? EXIT_FAILED : EXIT_DONE;
}

static int worse(int a, int b) { return a > b ? a : b; }

static int tell(const MlStudySet *set, const Wishes *w) {
    const int stopped = interrupts_end_it("validate");
    if (stopped != EXIT_DONE) return stopped;
    /* the files first: who reads the tables may stop before their end */
    const int page = write_file(set, &w->which, w->html, write_page);
    const int tables = write_file(set, &w->which, w->markdown, ml_study_markdown);
    int status = worse(page, tables);
    if (!w->json)
        ml_study_terminal(set, &w->which, w->quiet, stdout);
    else if (!ml_study_json(set, &w->which, stdout))
        status = (complain("the JSON cannot be written"), EXIT_FAILED);
    tell_written(w, w->html, page);
    tell_written(w, w->markdown, tables);
    for (int i = 0; i < set->n; i++) status = worse(status, tell_not_run(&set->study[i]));
    const MlCount all = ml_count_set(set, &w->which);
    if (w->require > 0 && !(ml_count_share_1sd(&all) >= w->require)) {
        fprintf(stderr, "milieu: %d of %d points are within 1 SD; %.4g %% were required\n", all.within_1sd,
                all.points, 100 * w->require);
        status = worse(status, EXIT_FAILED);
    }
    return worse(status, finish_output());
}

/* ---- the command ---- */

static bool any_good(const MlStudySet *set) {
    for (int i = 0; i < set->n; i++)
        if (!*set->study[i].error) return true;
    return false;
}

static int run_studies(const MlHouse *house, const Wishes *w) {
    const MlNames names = {.products = house->products, .drugs = house->drugs};
    Progress bar = progress_start();
    const MlSetWatcher watcher = {.self = &bar, .go_on = go_on, .progress = progress};
    milieu_error error;
    MlStudySet set = {0};
    MlIssues issues;
    ml_issues_init(&issues);
    for (int i = 0; i < w->npath; i++) ml_set_read(&set, w->path[i], &names, &issues);
    print_issues(&issues, stderr);
    int status = issues.nerror ? EXIT_BAD_INPUT : EXIT_DONE;
    if (any_good(&set) || w->json) {
        catch_interrupts();
        const milieu_code code = ml_set_run(&set, house, w->threads, &watcher, &error);
        progress_end(&bar);
        status = worse(status, code == MILIEU_OK ? tell(&set, w) : failed(&error));
    }
    ml_issues_free(&issues);
    ml_set_free(&set);
    return status;
}

static int validate(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    Wishes w = {.path = calloc((size_t)argc + 1, sizeof *w.path)};
    MlHouse house;
    milieu_error error;
    if (!w.path) return complain("out of memory"), EXIT_FAILED;
    int status = read_wishes(&args, &w);
    if (status == ARG_END) {
        milieu_code code = ml_house_create(NULL, &house, &error);
        house.stopped = is_interrupted;
        if (code == MILIEU_OK) code = own_products_add(house.products, &error);
        status = code == MILIEU_OK ? run_studies(&house, &w) : failed(&error);
        ml_house_free(&house);
    }
    free(w.path);
    return status;
}

const Command command_validate = {
    .name = "validate",
    .arguments = "FILE|FOLDER ... [options]",
    .summary = "Hold published experiments against runs",
    .details =
        "Runs every arm of every study, prints one line per observation and summaries by study, by topic\n"
        "and in all. docs/studies.md describes study files. A study that cannot be run, or a share below\n"
        "--require, counts as failed; where a file is wrong the others are run all the same.",
    .options = OPTIONS,
    .run = validate,
};
