/* SPDX-License-Identifier: Apache-2.0 */
/* milieu check: reads files and reports every error. */
#include "command.h"

#include "run/session.h"
#include "scenario/scenario.h"

static bool check_file(const char *path, const MlNames *names) {
    MlScenario scenario;
    MlIssues issues;
    ml_issues_init(&issues);
    bool ok = ml_scenario_read(path, names, &scenario, &issues) == MILIEU_OK;
    print_issues(&issues, stdout);
    if (ok) printf("%s: ok\n", path);
    ml_scenario_free(&scenario);
    ml_issues_free(&issues);
    return ok;
}

static int check(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    const char *path;
    int id, nfile = 0, nbad = 0;
    milieu_error error;
    MlProducts *products = NULL;
    MlDrugs *drugs = NULL;
    if (ml_products_create(&products, &error) != MILIEU_OK) return failed(&error);
    if (ml_drugs_create(&drugs, &error) != MILIEU_OK) {
        ml_products_free(products);
        return failed(&error);
    }
    const MlNames names = {.products = products, .drugs = drugs};
    while ((id = args_next(&args, &path)) == ARG_WORD) {
        nfile++;
        nbad += !check_file(path, &names);
    }
    ml_drugs_free(drugs);
    ml_products_free(products);
    if (id == ARG_STOP) return args.status;
    if (nfile == 0) return complain("check: name a file; see milieu check --help");
    int status = finish_output();
    return nbad ? EXIT_BAD_INPUT : status;
}

const Command command_check = {
    .name = "check",
    .arguments = "FILE ...",
    .summary = "Read scenario files and report every error",
    .details = "Each error is printed as FILE:LINE:COLUMN: what was found and what is allowed.\n"
               "A file without errors is answered by FILE: ok.",
    .run = check,
};
