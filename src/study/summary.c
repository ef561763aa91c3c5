/* SPDX-License-Identifier: Apache-2.0 */
#include "study/summary.h"

#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- counting ---- */

int ml_count_add(MlCount *c, const MlObservation *o, const char *qualities) {
    if (o->contested || (qualities && (!o->quality[0] || !strstr(qualities, o->quality)))) return 0;
    if (o->verdict == ML_NOT_RUN) {
        c->not_run++;
        return 1;
    }
    c->points++;
    c->within_1sd += o->verdict == ML_WITHIN_1SD;
    c->within_2sd += o->verdict == ML_WITHIN_2SD;
    c->beyond_2sd += o->verdict == ML_BEYOND_2SD;
    c->no_change_points++;
    c->no_change_within_1sd += fabs(o->no_change) <= 1;
    if (!isnan(o->deviation) && o->kind != ML_OBSERVED_DIRECTION) {
        c->sum += o->deviation;
        c->sum_squares += o->deviation * o->deviation;
        c->ndeviation++;
    }
    return 1;
}

double ml_count_bias(const MlCount *c) { return c->ndeviation ? c->sum / c->ndeviation : NAN; }
double ml_count_rms(const MlCount *c) { return c->ndeviation ? sqrt(c->sum_squares / c->ndeviation) : NAN; }
double ml_count_share(const MlCount *c, int n) { return c->points ? (double)n / c->points : NAN; }

/* ---- reading ---- */

static milieu_code add_file(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    MlStudy *grown = realloc(set->study, sizeof *grown * (size_t)(set->n + 1));
    if (!grown) {
        ml_issues_add(issues, MILIEU_NO_MEMORY, path, 0, 0, "out of memory");
        return MILIEU_NO_MEMORY;
    }
    set->study = grown;
    return ml_study_read(path, names, &set->study[set->n++], issues);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int is_yaml(const char *name) {
    const size_t n = strlen(name);
    return name[0] != '.' &&
           ((n > 5 && !strcmp(name + n - 5, ".yaml")) || (n > 4 && !strcmp(name + n - 4, ".yml")));
}

static milieu_code add_folder(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    DIR *dir = opendir(path);
    if (!dir) {
        ml_issues_add(issues, MILIEU_FILE_IO, path, 0, 0, "the folder cannot be read");
        return MILIEU_FILE_IO;
    }
    char **file = NULL;
    int n = 0;
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        char **grown = is_yaml(entry->d_name) ? realloc(file, sizeof *file * (size_t)(n + 1)) : NULL;
        if (!grown) continue;
        file = grown;
        const size_t size = strlen(path) + strlen(entry->d_name) + 2;
        file[n] = malloc(size);
        if (file[n])
            snprintf(file[n++], size, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/",
                     entry->d_name);
    }
    closedir(dir);
    if (n)
        qsort(file, (size_t)n, sizeof *file, by_name);
    else
        ml_issues_add(issues, MILIEU_BAD_INPUT, path, 0, 0, "the folder holds no study files (*.yaml)");
    milieu_code code = n ? MILIEU_OK : MILIEU_BAD_INPUT;
    for (int i = 0; i < n; i++) {
        const milieu_code c = add_file(set, file[i], names, issues);
        if (code == MILIEU_OK) code = c;
        free(file[i]);
    }
    free(file);
    return code;
}

milieu_code ml_set_read(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    struct stat s;
    if (stat(path, &s) == 0 && S_ISDIR(s.st_mode)) return add_folder(set, path, names, issues);
    return add_file(set, path, names, issues);
}

void ml_set_free(MlStudySet *set) {
    for (int i = 0; i < set->n; i++) ml_study_free(&set->study[i]);
    free(set->study);
    set->study = NULL;
    set->n = 0;
}

/* ---- running ---- */

typedef struct Work {
    MlStudySet *set;
    const MlHouse *house;
    pthread_mutex_t lock;
    int study, arm, done, all;
    void (*progress)(void *self, int done, int all);
    void *self;
} Work;

/* The next arm that nobody has taken; 0 when there is none. */
static int take(Work *w, MlStudy **study, int *arm) {
    pthread_mutex_lock(&w->lock);
    while (w->study < w->set->n && w->arm >= w->set->study[w->study].narm) {
        w->study++;
        w->arm = 0;
    }
    const int found = w->study < w->set->n;
    if (found) {
        *study = &w->set->study[w->study];
        *arm = w->arm++;
    }
    pthread_mutex_unlock(&w->lock);
    return found;
}

static void *work(void *self) {
    Work *w = self;
    MlStudy *study;
    int arm;
    while (take(w, &study, &arm)) {
        ml_study_run_arm(w->house, study, arm);
        pthread_mutex_lock(&w->lock);
        w->done++;
        if (w->progress) w->progress(w->self, w->done, w->all);
        pthread_mutex_unlock(&w->lock);
    }
    return NULL;
}

void ml_set_run(MlStudySet *set, const MlHouse *house, int threads, void (*progress)(void *, int, int),
                void *self) {
    Work w = {.set = set, .house = house, .progress = progress, .self = self};
    pthread_t thread[64];
    int n = 0;
    for (int i = 0; i < set->n; i++) w.all += set->study[i].narm;
    pthread_mutex_init(&w.lock, NULL);
    while (n < threads - 1 && n < 64 && pthread_create(&thread[n], NULL, work, &w) == 0) n++;
    work(&w);
    for (int i = 0; i < n; i++) pthread_join(thread[i], NULL);
    pthread_mutex_destroy(&w.lock);
    for (int i = 0; i < set->n; i++) ml_study_evaluate(&set->study[i]);
}

/* ---- Markdown ---- */

static void count_row(FILE *out, const char *name, const MlCount *c) {
    fprintf(out, "| %s | %d | %d | %d | %d | %d | %.0f %% | %.0f %% | %.0f %% | %+.2f | %.2f |\n", name,
            c->points, c->within_1sd, c->within_2sd, c->beyond_2sd, c->not_run,
            100 * ml_count_share(c, c->within_1sd), 100 * ml_count_share(c, c->within_1sd + c->within_2sd),
            100 * ml_count_share(c, c->no_change_within_1sd), ml_count_bias(c), ml_count_rms(c));
}

static void study_table(FILE *out, const MlStudy *s) {
    fprintf(out,
            "\n### %s\n\n%s\n\n| arm | quantity | when | measured | SD | simulated | deviation | verdict "
            "|\n|---|---|---|---|---|---|---|---|\n",
            s->name, s->citation);
    for (int i = 0; i < s->nobserved; i++) {
        const MlObservation *o = &s->observed[i];
        static const char *const directions[] = {"up", "down", "same"};
        char when[120], measured[60];
        ml_observation_when(s, o, when, sizeof when);
        if (o->kind == ML_OBSERVED_DIRECTION)
            snprintf(measured, sizeof measured, "%s", directions[o->direction]);
        else if (o->kind == ML_OBSERVED_RANGE)
            snprintf(measured, sizeof measured, "%.3g to %.3g", o->low, o->high);
        else
            snprintf(measured, sizeof measured, "%s%.4g",
                     o->kind == ML_OBSERVED_AT_LEAST  ? "at least "
                     : o->kind == ML_OBSERVED_AT_MOST ? "at most "
                                                      : "",
                     o->value);
        fprintf(out, "| %s | %s | %s | %s | ", s->arm[o->arm].name, ml_outputs[o->output].name, when,
                measured);
        if (isnan(o->sd))
            fprintf(out, "%s | ", o->sd_assumed ? "usual" : "");
        else
            fprintf(out, "%.3g | ", o->sd);
        if (o->verdict == ML_NOT_RUN)
            fprintf(out, " | | not run: %s |\n", o->why);
        else {
            fprintf(out, "%.3g | ", o->simulated);
            if (isnan(o->deviation))
                fprintf(out, " | ");
            else
                fprintf(out, "%+.1f | ", o->deviation);
            fprintf(out, "%s%s |\n", ml_verdict_text(o->verdict), o->contested ? " (contested)" : "");
        }
    }
}

void ml_set_markdown(const MlStudySet *set, FILE *out) {
    fprintf(out, "# Held against people\n\nWritten by `milieu validate studies --markdown "
                 "docs/validation.md`. Values in SI units of the\n"
                 "quantity (times in minutes, changes `as: percent` in %%). One parameter set for all. \"No "
                 "change\" is the share\n"
                 "within 1 SD that a person in whom nothing happens would score.\n\n"
                 "| topic | points | within 1 SD | 1-2 SD | beyond 2 SD | not run | share within 1 SD | "
                 "within 2 SD | no change | bias | rms |\n"
                 "|---|---|---|---|---|---|---|---|---|---|---|\n");
    MlCount all = {0};
    for (int t = 0; ml_topics[t]; t++) {
        MlCount c = {0};
        for (int i = 0; i < set->n; i++)
            for (int k = 0; !strcmp(set->study[i].topic, ml_topics[t]) && k < set->study[i].nobserved; k++)
                if (ml_count_add(&c, &set->study[i].observed[k], NULL))
                    ml_count_add(&all, &set->study[i].observed[k], NULL);
        if (c.points + c.not_run) count_row(out, ml_topics[t], &c);
    }
    count_row(out, "**all**", &all);
    fprintf(out, "\n## Studies\n");
    for (int i = 0; i < set->n; i++) study_table(out, &set->study[i]);
}
