/* SPDX-License-Identifier: Apache-2.0 */
/* milieu import: tables of others to files of products. */
#include "command.h"
#include "import.h"

#include "report/outfile.h"

#include <string.h>

enum { KIND = 256 };

static const Option OPTIONS[] = {
    {'o', "output", "FILE", "the file of products to write; - is the standard output"},
    {KIND, "kind", "LIST", "foods to take: foundation,sr-legacy,survey,branded\n"
     "                             (default: all but branded)"},
    {0},
};

typedef struct Wishes {
    const char *format, *folder, *output;
    unsigned kinds;
} Wishes;

static int read_kinds(const Args *args, const char *list, unsigned *kinds) {
    size_t n;
    for (const char *p = list; *p; p += n + (p[n] == ',')) {
        char word[32];
        n = strcspn(p, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, p);
        const int k = args_choice(args, "kind", word, fdc_kinds);
        if (k < 0) return EXIT_BAD_INPUT;
        *kinds |= 1u << k;
    }
    return *kinds ? EXIT_DONE : complain("import: --kind: the list is empty");
}

/* The tables that are read are not written over. */
static int spare_tables(const Wishes *w) {
    static const char *const name[] = {"food.csv", "nutrient.csv", "food_nutrient.csv", "food_portion.csv", "branded_food.csv",
                                       "FOOD_DES.txt", "NUT_DATA.txt", "WEIGHT.txt"};
    const Outputs output = {.n = 1, .file = {w->output}};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char path[4200];
        snprintf(path, sizeof path, "%s/%s", w->folder, name[i]);
        if (spare_file("import", &output, path, "one of the tables") != EXIT_DONE) return EXIT_BAD_INPUT;
    }
    return EXIT_DONE;
}

static int read_wishes(Args *args, Wishes *w) {
    const char *value;
    int id, status = EXIT_DONE;
    while (status == EXIT_DONE && (id = args_next(args, &value)) != ARG_END) {
        if (id == ARG_STOP) return args->status;
        if (id == 'o') w->output = value;
        else if (id == KIND) status = read_kinds(args, value, &w->kinds);
        else if (!w->format) w->format = value;
        else if (!w->folder) w->folder = value;
        else status = complain("import: one folder at a time, not also %s", value);
    }
    if (status != EXIT_DONE) return status;
    if (!w->format || strcmp(w->format, "fdc") != 0)
        return complain(w->format ? "import: found '%s'; allowed: fdc" : "import: name a format and a folder; see milieu import --help", w->format);
    if (!w->folder) return complain("import fdc: name the folder into which the download was unpacked");
    if (!w->output) return complain("import fdc: name the file to write, -o my-foods.csv");
    if (!w->kinds) w->kinds = 7;
    if (!ml_outfile_is_stdout(w->output) && spare_tables(w) != EXIT_DONE) return EXIT_BAD_INPUT;
    return ml_outfile_is_stdout(w->output) || require_folder("import: -o", w->output) == EXIT_DONE ? ARG_END : EXIT_BAD_INPUT;
}

static void tell(const Wishes *w, const FdcCount *count) {
    printf("Wrote %s: %d foods", w->output, count->foods);
    if (count->left_out)
        printf("; left out %d (%d without figures, %d of more than 100 g in 100 g, %d of more than 930 kcal)", count->left_out,
               count->by_reason[0], count->by_reason[1], count->by_reason[2]);
    printf("\nUse it with milieu run --products %s ...; milieu list products --products %s shows the names\n", w->output, w->output);
}

static int import(const Command *self, int argc, char **argv) {
    Args args = {.command = self, .argc = argc, .argv = argv};
    Wishes w = {0};
    milieu_error error = {0};
    MlOutfile file;
    FdcCount count;
    const int status = read_wishes(&args, &w);
    if (status != ARG_END) return status;
    if (ml_outfile_open(&file, w.output, &error) != MILIEU_OK) return failed(&error);
    catch_interrupts();
    if (fdc_import(w.folder, w.kinds, file.stream, &count, &error) != MILIEU_OK) {
        ml_outfile_discard(&file);
        return failed(&error);
    }
    if (ml_outfile_commit(&file, &error) != MILIEU_OK) return failed(&error);
    if (!ml_outfile_is_stdout(w.output)) tell(&w, &count);
    return finish_output();
}

const Command command_import = {
    .name = "import",
    .arguments = "fdc FOLDER -o FILE.csv [options]",
    .summary = "Make a file of products from FoodData Central",
    .details = "FOLDER holds the tables of a download from https://fdc.nal.usda.gov, unpacked: food.csv,\n"
               "food_nutrient.csv, and if they are there nutrient.csv, food_portion.csv and branded_food.csv;\n"
               "or the Standard Reference in ASCII (SR28, SR Legacy): FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt.",
    .options = OPTIONS,
    .run = import,
};
