/* SPDX-License-Identifier: Apache-2.0 */
/* test_twin scenarios, test_twin studies PART PARTS: the first days of each scenario, and of each arm of a study in which something
 * acts that does in no scenario and no arm before it, are lived again by CVODE, which must find the same values at every event,
 * where also no row reads a state of which the Jacobian does not know. What acts: features.c. Scenarios are lived to their end
 * besides: every substance is accounted for. (Every arm of every study is, by `milieu validate`, which the test of
 * docs/validation.md runs.)
 *
 * Limits against CVODE: 1e-3 of the value or 1e-3 of the quantity's usual size, a tenth or less of what a laboratory can
 * tell; of vasopressin, which is measured within a tenth, 3e-3, and of momentary urine flow 5e-3. */
#include "features.h"
#include "life.h"
#include "run/run.h"
#include "study/set.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LONGEST = 2 * 1440; /* min followed by CVODE */

static int wrong; /* findings printed */

static void check_run(const MlHouse *house, const MlScenario *sc, const char *name) {
    MlResult r = {0};
    milieu_error e = {0};
    if (ml_run(house, sc, NULL, &r, &e) != MILIEU_OK || ml_result_accounted(&r, &e) != MILIEU_OK) {
        printf("%s: %s: %s\n", name, e.where, e.text);
        wrong++;
    }
    ml_result_free(&r);
}

/* What the two must agree on, and the size below which a difference of it is nothing. */
static const struct {
    int output;
    double small;
} WATCHED[] = {
    {ML_O_plasma_sodium, 1},       {ML_O_plasma_osmolality, 1},   {ML_O_plasma_volume, 0.1},
    {ML_O_interstitial_volume, 1}, {ML_O_icf_volume, 1},          {ML_O_brain_water, 0.1},
    {ML_O_urine_volume, 0.5},      {ML_O_urine_sodium_total, 5},  {ML_O_urine_flow, 0.5},
    {ML_O_plasma_renin, 0.1},      {ML_O_plasma_aldosterone, 30}, {ML_O_plasma_adh, 0.1},
    {ML_O_plasma_urea, 0.5},       {ML_O_plasma_glucose, 0.5},    {ML_O_plasma_protein, 1},
    {ML_O_sweat_volume, 0.1},      {ML_O_core_temperature, 1},    {ML_O_gastric_volume, 0.1},
};

/* Vasopressin begins sharply at its threshold, and urine flow follows it steeply. */
static double limit_of(int output) { return output == ML_O_urine_flow ? 5e-3 : output == ML_O_plasma_adh ? 3e-3 : 1e-3; }

static void compare(const Life *life, int k, const double *cvode, const char *name) {
    double a[ML_NOUTPUT], b[ML_NOUTPUT];
    ml_body_outputs(&life->frame->context, &life->baseline, life->stretch[k].state, a);
    ml_body_outputs(&life->frame->context, &life->baseline, cvode, b);
    for (size_t i = 0; i < sizeof WATCHED / sizeof *WATCHED; i++) {
        const int o = WATCHED[i].output;
        if (fabs(a[o] - b[o]) <= limit_of(o) * fmax(fabs(b[o]), WATCHED[i].small)) continue;
        printf("%s: at %.6g min %s is %.8g, CVODE says %.8g\n", name, life->stretch[k].to, ml_outputs[o].name,
               a[o], b[o]);
        wrong++;
        return;
    }
}

/* The Jacobian must know every state that a row reads. */
static void check_reads(const Life *life, int k, const char *name) {
    const MlProblem *p = life->problem;
    double y[ML_NSTATE], row[ML_NROW], moved[ML_NROW];
    memcpy(y, life->stretch[k].state, sizeof y);
    p->rows(&life->frame->context, 0, y, row);
    for (int j = 0; j < ML_NSTATE; j++) {
        y[j] += 1e-4 * fmax(fabs(y[j]), 1e3 * p->atol[j]);
        p->rows(&life->frame->context, 0, y, moved);
        y[j] = life->stretch[k].state[j];
        for (int r = 0; r < ML_NROW; r++) {
            if (moved[r] == row[r]) continue;
            int known = 0;
            for (int m = p->read_ptr[r]; m < p->read_ptr[r + 1]; m++) known |= p->read_col[m] == j;
            if (known) continue;
            printf("%s: row %d reads %s, which the model did not notice\n", name, r, ml_states[j].name);
            wrong++;
        }
    }
}

static void check_twin(const MlHouse *house, const MlScenario *sc, const char *name) {
    Life life;
    milieu_error e = {0};
    milieu_code code = life_record(&life, house, sc, LONGEST, &e);
    MlCvode *cvode = ml_cvode_create(life.problem, ML_CVODE_KLU);
    double(*y)[ML_NSTATE] = calloc((size_t)life.n + 1, sizeof *y);
    if (code != MILIEU_OK || !cvode || !y || life.n == 0 || life_by_cvode(&life, cvode, 1e-8, 1e-3, y) < 0) {
        printf("%s: could not be lived again: %s\n", name, e.text);
        wrong++;
    } else {
        for (int k = 0; k < life.n; k++) {
            life_enter(&life, k);
            compare(&life, k, y[k], name);
            check_reads(&life, k, name);
        }
    }
    free(y);
    ml_cvode_destroy(&cvode);
    life_free(&life);
}

static int is_study(const char *path) {
    char line[256];
    int found = 0;
    FILE *f = fopen(path, "r");
    while (f && !found && fgets(line, sizeof line, f)) found = strncmp(line, "study:", 6) == 0;
    if (f) fclose(f);
    return found;
}

/* Which of the lives that are worth it are lived here; none: what acts in them is noted only. */
typedef struct Work {
    const MlHouse *house;
    Features features;
    int part, parts;   /* parts 0: none */
    int worth, lived;
} Work;

static void check_study(Work *w, const MlStudy *study) {
    for (int i = 0; i < study->narm; i++) {
        const MlArm *arm = &study->arm[i]; /* one that only probes nerve and muscle is no life */
        char name[600];
        if (arm->probed || !features_add(&w->features, w->house, &arm->scenario, LONGEST) || w->worth++ % w->parts != w->part) continue;
        snprintf(name, sizeof name, "%s, %s", study->name, arm->name);
        check_twin(w->house, &arm->scenario, name);
        w->lived++;
    }
}

static void check_scenario(Work *w, const MlScenario *sc, const char *name) {
    features_add(&w->features, w->house, sc, LONGEST);
    if (w->parts == 0 || w->worth++ % w->parts != w->part) return;
    check_run(w->house, sc, name);
    check_twin(w->house, sc, name);
    w->lived++;
}

static void check_file(Work *w, const char *path) {
    const MlNames names = {.products = w->house->products, .drugs = w->house->drugs};
    MlIssues issues;
    ml_issues_init(&issues);
    if (is_study(path)) {
        MlStudy study;
        ml_study_read(path, &names, &study, &issues);
        check_study(w, &study);
        ml_study_free(&study);
    } else {
        MlScenario sc;
        if (ml_scenario_read(path, &names, &sc, &issues) == MILIEU_OK) check_scenario(w, &sc, strrchr(path, '/') + 1);
        ml_scenario_free(&sc);
    }
    for (int i = 0; i < issues.n; i++) {
        if (issues.issue[i].note) continue;
        printf("%s: %s\n", path, issues.issue[i].text);
        wrong++;
    }
    ml_issues_free(&issues);
}

static int is_yaml(const struct dirent *entry) { return strstr(entry->d_name, ".yaml") != NULL; }

/* 0 where the folder cannot be read. */
static int check_folder(Work *w, const char *folder) {
    struct dirent **file;
    const int n = scandir(folder, &file, is_yaml, alphasort);
    for (int i = 0; i < n; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, file[i]->d_name);
        check_file(w, path);
        free(file[i]);
    }
    if (n >= 0) free(file);
    return n > 0;
}

int main(int argc, char **argv) {
    MlHouse house;
    const int studies = argc == 4 && strcmp(argv[1], "studies") == 0;
    if ((!studies && argc != 2) || ml_house_create(NULL, &house, NULL) != MILIEU_OK) return 2;
    Work w = {.house = &house, .parts = !studies};
    int read = check_folder(&w, SOURCE_DIR "/scenarios");
    if (studies) {
        w.part = atoi(argv[2]);
        w.parts = atoi(argv[3]);
        w.worth = 0;
        read = read && check_folder(&w, SOURCE_DIR "/studies");
    }
    ml_house_free(&house);
    printf("%d lives of %d, %d things that act, %d findings\n", w.lived, w.worth, w.features.n, wrong);
    free(w.features.hash);
    return !read || wrong > 0 || w.lived < 5;
}
