/* SPDX-License-Identifier: Apache-2.0 */
#include "study/set.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fail.h"

/* ---- finding and reading ---- */

static void no_memory(MlIssues *issues, const char *path) {
    ml_issues_add(issues, MILIEU_NO_MEMORY, path, 0, 0, "out of memory");
}

static void add_file(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    MlStudy *grown = realloc(set->study, sizeof *grown * (size_t)(set->n + 1));
    if (!grown) {
        no_memory(issues, path);
        return;
    }
    set->study = grown;
    ml_study_read(path, names, &set->study[set->n++], issues);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool is_yaml(const char *name) {
    const char *dot = strrchr(name, '.');
    return name[0] != '.' && dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* NULL without memory. */
static char *join(const char *folder, const char *name) {
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
    return path;
}

static bool list_files(DIR *dir, const char *folder, char ***file, int *n) {
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        if (!is_yaml(entry->d_name)) continue;
        char **grown = realloc(*file, sizeof **file * (size_t)(*n + 1));
        if (!grown) return false;
        *file = grown;
        if (!(grown[*n] = join(folder, entry->d_name))) return false;
        ++*n;
    }
    return true;
}

char **ml_folder_list(const char *path, int *n, MlIssues *issues) {
    DIR *dir = opendir(path);
    char **file = NULL;
    *n = 0;
    if (!dir) {
        ml_issues_add(issues, MILIEU_FILE_IO, path, 0, 0, "the folder cannot be read: %s", strerror(errno));
        return NULL;
    }
    const bool good = list_files(dir, path, &file, n);
    closedir(dir);
    if (!good) {
        no_memory(issues, path);
        while (*n > 0) free(file[--*n]);
    } else if (*n == 0) {
        ml_issues_add(issues, MILIEU_BAD_INPUT, path, 0, 0, "the folder holds no files that end in .yaml");
    }
    if (*n > 1) qsort(file, (size_t)*n, sizeof *file, by_name);
    return file;
}

static void add_folder(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    const int before = set->n;
    int n;
    char **file = ml_folder_list(path, &n, issues);
    for (int i = 0; i < n; i++) {
        if (ml_file_kind(file[i]) == ML_FILE_SCENARIO)
            ml_issues_note(issues, file[i], 0, 0, "a scenario, not a study: left out");
        else
            add_file(set, file[i], names, issues);
        free(file[i]);
    }
    free(file);
    if (n && set->n == before)
        ml_issues_add(issues, MILIEU_BAD_INPUT, path, 0, 0, "the folder holds no studies");
}

void ml_set_read(MlStudySet *set, const char *path, const MlNames *names, MlIssues *issues) {
    struct stat s;
    if (stat(path, &s) == 0 && S_ISDIR(s.st_mode))
        add_folder(set, path, names, issues);
    else
        add_file(set, path, names, issues);
}

void ml_set_free(MlStudySet *set) {
    for (int i = 0; i < set->n; i++) ml_study_free(&set->study[i]);
    free(set->study);
    *set = (MlStudySet){0};
}

/* ---- running ---- */

enum { MAX_THREADS = 256 };

typedef struct Work {
    MlStudySet *set;
    const MlHouse *house;
    const MlSetWatcher *watcher;
    pthread_mutex_t lock;
    int study, done, all;
    bool stopped;
} Work;

/* The next study that nobody has taken, NULL when there is none. Its arms stay together: they are often of the same
 * person. */
static MlStudy *take(Work *w) {
    pthread_mutex_lock(&w->lock);
    MlStudy *study = w->study < w->set->n && !w->stopped ? &w->set->study[w->study++] : NULL;
    pthread_mutex_unlock(&w->lock);
    return study;
}

/* Whether to go on. */
static bool report(Work *w) {
    pthread_mutex_lock(&w->lock);
    w->done++;
    const MlSetWatcher *watcher = w->watcher;
    if (watcher && watcher->go_on && !watcher->go_on(watcher->self)) w->stopped = true;
    if (watcher && watcher->progress) watcher->progress(watcher->self, w->done, w->all);
    const bool go_on = !w->stopped;
    pthread_mutex_unlock(&w->lock);
    return go_on;
}

static int within_a_run(void *self, double done) {
    const Work *w = self;
    (void)done;
    return !w->watcher || !w->watcher->go_on || w->watcher->go_on(w->watcher->self);
}

static void *work(void *self) {
    Work *w = self;
    MlStudy *study;
    while ((study = take(w))) {
        bool go_on = true;
        for (int arm = 0; go_on && arm < study->narm; arm++) {
            ml_study_run_arm(w->house, study, arm, within_a_run, w);
            go_on = report(w);
        }
    }
    return NULL;
}

static void share_out(Work *w, int threads) {
    pthread_t thread[MAX_THREADS];
    int n = 0;
    pthread_mutex_init(&w->lock, NULL);
    while (n < threads - 1 && n < MAX_THREADS && n < w->set->n - 1 &&
           pthread_create(&thread[n], NULL, work, w) == 0)
        n++;
    work(w);
    for (int i = 0; i < n; i++) pthread_join(thread[i], NULL);
    pthread_mutex_destroy(&w->lock);
}

milieu_code ml_set_run(MlStudySet *set, const MlHouse *house, int threads, const MlSetWatcher *watcher,
                       milieu_error *err) {
    Work w = {.set = set, .house = house, .watcher = watcher};
    MlVariations *variations = malloc(sizeof *variations);
    if (!variations) return ml_fail(err, MILIEU_NO_MEMORY, "studies", "out of memory");
    milieu_code code = ml_variations_load(variations, err);
    for (int i = 0; i < set->n; i++) w.all += set->study[i].narm;
    if (code == MILIEU_OK) share_out(&w, threads);
    if (code == MILIEU_OK && w.stopped)
        code = ml_fail(err, MILIEU_INTERRUPTED, "studies", "interrupted after %d of %d runs", w.done, w.all);
    for (int i = 0; i < set->n && code == MILIEU_OK; i++) ml_study_evaluate(&set->study[i], variations);
    free(variations);
    return code;
}
