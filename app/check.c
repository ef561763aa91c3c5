/* SPDX-License-Identifier: Apache-2.0 */
/* milieu check: reads files and reports every error. */
#include "command.h"

#include "scenario/fhir.h"
#include "study/set.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { PRODUCTS = 256 };
static const Option OPTIONS[] = {PRODUCTS_OPTION(PRODUCTS), {0}};

static int check_file(const char *path, const MlNames *names) {
    MlIssues issues;
    milieu_code code;
    ml_issues_init(&issues);
    if (ml_fhir_is(path)) {
        MlFhir fhir;
        code = ml_fhir_read(path, &fhir, &issues);
    } else if (ml_file_kind(path) == ML_FILE_STUDY) {
        MlStudy study;
        code = ml_study_read(path, names, &study, &issues);
        ml_study_free(&study);
    } else {
        MlScenario scenario;
        code = ml_scenario_read(path, names, &scenario, &issues);
        ml_scenario_free(&scenario);
    }
    print_issues(&issues, stdout);
    if (code == MILIEU_OK) printf("%s: ok\n", path);
    ml_issues_free(&issues);
    return code == MILIEU_OK ? EXIT_DONE : EXIT_BAD_INPUT;
}

static int check_folder(const char *path, const MlNames *names) {
    MlIssues issues;
    int n, status = EXIT_DONE;
    ml_issues_init(&issues);
    char **file = ml_folder_list(path, &n, &issues);
    print_issues(&issues, stdout);
    if (issues.nerror) status = EXIT_BAD_INPUT;
    for (int i = 0; i < n; i++) {
        if (check_file(file[i], names) != EXIT_DONE) status = EXIT_BAD_INPUT;
        free(file[i]);
    }
    free(file);
    ml_issues_free(&issues);
    return status;
}

static int check_all(Args *args, const char **word) {
    const char *path;
    struct stat info;
    int id, npath = 0, status = EXIT_DONE;
    milieu_error error;
    MlProducts *products = NULL;
    MlDrugs *drugs = NULL;
    while ((id = args_next(args, &path)) == PRODUCTS || id == ARG_WORD)
        if (id == ARG_WORD) word[npath++] = path;
        else if (own_products_wish("check", path) != EXIT_DONE) return EXIT_BAD_INPUT;
    if (id == ARG_STOP) return args->status;
    if (npath == 0) return complain("check: name a file; see milieu check --help");
    if (products_with_own(&products, &error) != MILIEU_OK) return failed(&error);
    if (ml_drugs_create(NULL, &drugs, &error) != MILIEU_OK) {
        ml_products_free(products);
        return failed(&error);
    }
    const MlNames names = {.products = products, .drugs = drugs};
    for (int i = 0; i < npath; i++) {
        const bool folder = stat(word[i], &info) == 0 && S_ISDIR(info.st_mode);
        if ((folder ? check_folder : check_file)(word[i], &names) != EXIT_DONE) status = EXIT_BAD_INPUT;
    }
    ml_drugs_free(drugs);
    ml_products_free(products);
    const int written = finish_output();
    return status ? status : written;
}

static int check(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    const char **word = calloc((size_t)argc + 1, sizeof *word);
    if (!word) return complain("out of memory"), EXIT_FAILED;
    const int status = check_all(&args, word);
    free(word);
    return status;
}

const Command command_check = {
    .name = "check",
    .arguments = "FILE|FOLDER ...",
    .summary = "Read scenario, study and FHIR files and report every error",
    .details = "Each error is printed as FILE:LINE:COLUMN: what was found and what is allowed.\n"
               "A file without errors is answered by FILE: ok. Of a folder all *.yaml are read.\n"
               "FHIR resources with measured values are JSON; milieu run --labs starts from them.",
    .options = OPTIONS,
    .run = check,
};
