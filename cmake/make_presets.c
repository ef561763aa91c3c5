/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the steady state of every preset and what each row reads as C, so that a run need not look for them. */
#include <stdio.h>

#include "person/steady.h"

/* seldom: cleared for states that this person has. */
static int write_preset(FILE *f, const MlModel *model, int i, double clock, int *seldom, milieu_error *err) {
    MlPersonSpec spec;
    MlPerson person;
    ml_person_spec_init(&spec);
    snprintf(spec.preset, sizeof spec.preset, "%s", ml_preset_info(i).name);
    double state[ML_NSTATE];
    if (ml_person_build(&spec, &person, err) || ml_person_settle(model, &person, clock, NULL, state, err)) return 1;
    fprintf(f, "    {%a, {", person.param[ML_P_tonicity_normal]);
    for (int k = 0; k < ML_NSTATE; k++) seldom[k] &= state[k] == 0;
    for (int k = 0; k < ML_NSTATE; k++)
        fprintf(f, "%s%a", k % 8 ? ", " : k ? ",\n        " : "\n        ", state[k]);
    fprintf(f, "}},\n");
    return 0;
}

static void write_numbers(FILE *f, const char *type, const char *name, const int *number, int n) {
    fprintf(f, "static const %s %s[] = {", type, name);
    for (int i = 0; i < n; i++) fprintf(f, "%s%d,", i % 20 ? " " : "\n    ", number[i]);
    fprintf(f, "\n};\n");
}

static void write_reads(FILE *f, const MlModel *model, const int *seldom) {
    write_numbers(f, "int", "read_ptr", model->read_ptr, ML_NROW + 1);
    write_numbers(f, "int", "read_col", model->read_col, model->read_ptr[ML_NROW]);
    write_numbers(f, "unsigned char", "seldom", seldom, ML_NSTATE);
    fprintf(f, "const MlReads ml_settled_reads = {read_ptr, read_col, seldom};\n");
}

int main(int argc, char **argv) {
    milieu_error err = {0};
    MlModel *model = NULL;
    int seldom[ML_NSTATE];
    for (int k = 0; k < ML_NSTATE; k++) seldom[k] = 1;
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;
    int failed = !f || ml_model_create(NULL, NULL, &model, &err);
    if (!failed) {
        fprintf(f, "/* Made by cmake/make_presets.c. */\n#include \"run/settled.h\"\n\nconst MlSettled "
                   "ml_settled[] = {\n");
        for (int i = 0; i < ml_preset_count() && !failed; i++)
            failed = write_preset(f, model, i, ml_settled_clock, seldom, &err);
        fprintf(f, "};\n");
        write_reads(f, model, seldom);
    }
    if (f) failed |= fclose(f) != 0;
    if (failed) fprintf(stderr, "make_presets: %s: %s\n", err.where, err.text);
    ml_model_destroy(&model);
    return failed;
}
