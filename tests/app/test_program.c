/* SPDX-License-Identifier: Apache-2.0 */
/* The program from outside: what it prints, and its exit status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <jansson.h>

/* From the top folder, where the tests run: a shell reads these, and what lies above may hold anything. */
#define GOOD "tests/scenario/good/"
#define BAD "tests/malformed/"
#define BUILT(name) "'" BINARY_DIR "/" name "'"

enum { OUTPUT_SIZE = 4 << 20 };

/* Runs the program with what a shell makes of `arguments`; its output, errors included, to be freed. */
static char *output_of(const char *arguments, int *status) {
    char command[2048];
    snprintf(command, sizeof command, "exec 2>&1; '%s' %s", PROGRAM, arguments);
    FILE *pipe = popen(command, "r");
    char *text = malloc(OUTPUT_SIZE);
    assert_non_null(pipe);
    assert_non_null(text);
    text[fread(text, 1, OUTPUT_SIZE - 1, pipe)] = 0;
    int code = pclose(pipe);
    assert_true(WIFEXITED(code));
    *status = WEXITSTATUS(code);
    return text;
}

static void expect(const char *arguments, int wanted, const char *part) {
    int status;
    char *text = output_of(arguments, &status);
    if (status != wanted || !strstr(text, part))
        fail_msg("milieu %s: status %d, wanted %d with '%s':\n%.2000s", arguments, status, wanted, part,
                 text);
    free(text);
}

static void version_and_help(void **state) {
    (void)state;
    expect("--version", 0, "milieu " VERSION "\n");
    expect("--help", 0, "Usage: milieu COMMAND");
    expect("", 2, "Usage: milieu COMMAND");
    static const char *const commands[] = {"run", "compare", "probe", "check", "validate", "list", "import", "bench"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char arguments[64], usage[64];
        snprintf(usage, sizeof usage, "Usage: milieu %s", commands[i]);
        snprintf(arguments, sizeof arguments, "%s --help", commands[i]);
        expect(arguments, 0, usage);
        snprintf(arguments, sizeof arguments, "help %s", commands[i]);
        expect(arguments, 0, usage);
        expect("--help", 0, commands[i]);
    }
}

static void wrong_arguments(void **state) {
    (void)state;
    expect("chek x.yaml", 2, "did you mean 'check'?");
    expect("frobnicate", 2, "unknown command 'frobnicate'");
    expect("check", 2, "name a file");
    expect("check --colour x", 2, "unknown option '--colour'");
    expect("probe --pulse 200 --quiet", 2, "the greatest heart rate is 187 1/min; give less, or tell a greater one by --pulse-most");
    expect("list product", 2, "did you mean 'products'?");
    expect("list units --jsn", 2, "did you mean '--json'?");
    expect("list units --json=yes", 2, "takes no value");
    expect("run", 2, "name a scenario");
    expect("run a.yaml b.yaml", 2, "one scenario at a time");
    expect("run a.yaml --units", 2, "needs a value");
    expect("run a.yaml --units metric", 2, "allowed: si, us");
    expect("run a.yaml -o .csv", 2, "-o -.csv is the standard output");
    expect("run a.yaml --every 5", 2, "a time such as '5 min'");
    expect("run a.yaml --every '5 min' --every '6 min'", 2, "--every is given twice");
    expect("run a.yaml --labs a.json --labs b.json", 2, "run: --labs is given twice");
    expect("compare a.yaml b.yaml --labs a.json --labs b.json", 2, "compare: --labs is given twice");
    expect("run a.yaml -o a.doc", 2, "must end in");
    expect("compare a.yaml b.yaml -o a.nc", 2, "must end in .csv, .json or .html");
    expect("run a.yaml -o a.csv -o a.csv", 2, "-o a.csv: this file is given twice");
    expect("run " GOOD "plain.json -o " GOOD "plain.json", 2, "this is the scenario itself");
    expect("run no-such-file.yaml", 2, "cannot be opened");
    expect("run " GOOD "least.yaml -o no-such-folder/a.csv", 2, "there is no folder no-such-folder; make it first");
    expect("validate --html no-such-folder/a.html a.yaml", 2, "there is no folder no-such-folder");
    expect("bench --repeat 0", 2, "allowed: 1 to");
    expect("bench --repeat 7x", 2, "found '7x'");
    expect("bench --days 0", 2, "allowed: 1 to");
    expect("validate --threads 0 a.yaml", 2, "allowed: 1 to");
}

static void compare_arguments(void **state) {
    (void)state;
    expect("compare", 2, "name two scenarios or more");
    expect("compare a.yaml", 2, "name two scenarios or more");
    expect("compare 1 2 3 4 5 6 7 8 9", 2, "at most 8 scenarios, not also 9");
    expect("compare " GOOD "least.yaml " GOOD "plain.json -o " GOOD "plain.json", 2, "this is one of the scenarios");
    expect("compare " GOOD "least.yaml no-such-file.yaml", 2, "cannot be opened");
    expect("compare " GOOD "least.yaml " GOOD "plain.json --quantities plasma_sodum", 2, "unknown quantity 'plasma_sodum'");
    expect("compare " GOOD "least.yaml " GOOD "plain.json --quantities ,", 2, "name at least one");
    expect("compare " GOOD "least.yaml " GOOD "plain.json -o a.doc", 2, "must end in");
    expect("compare " BAD "drink-bare.yaml " BAD "bleed-mass.yaml", 2, "bleed-mass.yaml:");
}

/* Two cups and one: from files to words, JSON and CSV; what one asks for, both are asked for. */
static void compare_runs(void **state) {
    (void)state;
    int status;
    expect("compare scenarios/saline-2-liters.yaml scenarios/dextrose-2-liters.yaml", 0, "What differs");
    expect("compare scenarios/saline-2-liters.yaml scenarios/saline-2-liters.yaml --quantities plasma_sodium,body_mass", 0, "The runs hardly differ.");
    expect("compare scenarios/saline-2-liters.yaml scenarios/dextrose-2-liters.yaml --quiet -o " BUILT("both.html") " -o " BUILT("both.csv"), 0, "");
    char *text = output_of("compare scenarios/saline-2-liters.yaml scenarios/dextrose-2-liters.yaml --units us --quantities plasma_sodium -o -.json", &status);
    json_t *root = json_loads(text, 0, NULL);
    assert_int_equal(status, 0);
    assert_int_equal(json_array_size(json_object_get(root, "runs")), 2);
    assert_int_equal(json_array_size(json_object_get(root, "quantities")), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(root, "quantities"), 0), "unit")), "mEq/L");
    assert_true(json_array_size(json_object_get(root, "differences")) > 0);
    json_decref(root);
    free(text);
}

#define LABS "scenarios/labs/thiazide-low-sodium.json"

/* A start from resources begins at their values; what they say is told, wrong ones are refused before anything runs. */
static void labs_of_resources(void **state) {
    (void)state;
    int status;
    char *text = output_of("run " GOOD "least.yaml --labs " LABS " --quiet -o -.json 2>/dev/null", &status);
    json_t *root = json_loads(text, 0, NULL);
    assert_int_equal(status, 0);
    const json_t *sodium = json_object_get(json_object_get(json_object_get(root, "quantities"), "plasma_sodium"), "values");
    const double off = json_real_value(json_array_get(sodium, 0)) - 121;
    assert_true(off < 0.2 && off > -0.2);
    int told = 0;
    const json_t *notes = json_object_get(root, "notes");
    for (size_t i = 0; i < json_array_size(notes); i++) {
        const char *note = json_string_value(json_array_get(notes, i));
        told += strstr(note, "plasma_sodium is given 2 times") || strstr(note, "labs, measured: ") || strstr(note, "sex: female, from the resources");
    }
    assert_int_equal(told, 3);
    json_decref(root);
    free(text);
    expect("check " LABS, 0, LABS ": ok");
    expect("compare " GOOD "least.yaml " GOOD "plain.json --labs " LABS, 0, "- A and B: labs, measured: plasma_sodium");
    expect("run " GOOD "least.yaml --labs tests/fhir/malformed/several.json", 2, "Bundle.entry[1].resource.valueQuantity.code (Observation/k): 'mm' does not measure this");
    expect("run " GOOD "least.yaml --labs tests/fhir/malformed/several.json", 2, "check digit would be 0");
    expect("run " GOOD "least.yaml --labs no-such-file.json", 2, "cannot be opened");
    expect("run " GOOD "least.yaml --labs " LABS " -o " LABS, 2, "this is the file of labs");
}

/* A shell has what it starts in the background ignore interrupts: it goes on. */
static void an_ignored_interrupt_ends_nothing(void **state) {
    (void)state;
    static const char command[] = "'" PROGRAM "' run scenarios/night-cramps-thiazide.yaml --quiet & sleep 0.3; kill -INT $!; wait $!";
    assert_int_equal(system(command), 0);
}

static void probe_arguments(void **state) {
    (void)state;
    expect("probe --help", 0, "--calcium-ionized X");
    expect("probe --help", 0, "--muscle-length X");
    expect("probe --potassium 99", 2, "--potassium: found '99'; allowed: 0.5 to 14 mmol/L");
    expect("probe --temperature '120 degF'", 2, "allowed: 20 to 42 degC");
    expect("probe --potasium 3", 2, "did you mean '--potassium'?");
    expect("probe --potassium", 2, "needs a value");
    expect("probe --potassium=", 2, "found ''");
    expect("probe --potassium nan", 2, "found 'nan'");
    expect("probe --potassium '3 L'", 2, "but a number such as '4.2 mmol/L' belongs here");
    expect("probe --potassium 3 --potassium 4", 2, "--potassium is given twice");
    expect("probe --fiber slow --slow-fibers 0.3", 2, "--fiber and --slow-fibers say the same; give one of them");
    expect("probe --fiber red", 2, "allowed: fast, mixed, slow");
    expect("probe --site arm", 2, "allowed: calf, sole");
    expect("probe --isolated 0.5", 2, "--isolated: found '0.5'; allowed: 0 or 1");
    expect("probe --cramp-site 1", 2, "unknown option '--cramp-site'");
    expect("probe 3", 2, "only options belong here");
    expect("probe -o a.doc", 2, "must end in");
    expect("probe --quiet -o no/such/folder/a.html", 2, "there is no folder no/such/folder");
    expect("probe -o a.csv -o a.csv", 2, "-o a.csv: this file is given twice");
    expect("probe -o a.csv -o ./a.csv", 2, "-o ./a.csv: this file is given twice");
}

/* Numbers alone and with units, other units than those of the table, and what follows potassium. */
static void probe_reads_numbers_with_units(void **state) {
    (void)state;
    int status;
    char *text = output_of("probe --potassium '3 mEq/L' --calcium-ionized '4.008 mg/dL' --temperature '98.6 degF' --fatigue '25 %' "
                           "--ph 7.3 --fiber slow --site sole -o -.json",
                           &status);
    json_t *root = json_loads(text, 0, NULL), *inputs = json_object_get(root, "inputs");
    assert_int_equal(status, 0);
    static const struct {
        const char *key;
        double value;
        int given;
    } wanted[] = {{"potassium", 3, 1}, {"muscle_potassium", 3, 0}, {"calcium_ionized", 1, 1}, {"temperature", 37, 1},
                  {"fatigue", 0.25, 1}, {"ph", 7.3, 1}, {"slow_fibers", 1, 1}, {"cramp_site", 1, 1}, {"sodium", 140, 0}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const json_t *input = json_object_get(inputs, wanted[i].key);
        const double off = json_real_value(json_object_get(input, "here")) - wanted[i].value;
        if (!(off < 1e-9 && off > -1e-9) || json_is_true(json_object_get(input, "given")) != wanted[i].given) fail_msg("%s", wanted[i].key);
    }
    json_decref(root);
    free(text);
    expect("probe --potassium 3 --muscle-potassium 6", 0, "6 mmol/L (normal 4.2)");
    expect("probe --quiet -o " BUILT("probe.html") " -o " BUILT("probe.csv"), 0, "");
    expect("probe -o " BUILT("probe.json"), 0, "Wrote ");
    expect("probe", 0, "lower end of the band");
}

static void check_says_ok_or_why_not(void **state) {
    (void)state;
    expect("check " GOOD "least.yaml", 0, "least.yaml: ok\n");
    expect("check -- " GOOD "least.yaml " GOOD "plain.json", 0, "plain.json: ok\n");
    expect("check " GOOD "least.yaml " BAD "duration-bare.yaml", 2,
           "duration-bare.yaml:3:11: duration: '24' has no unit");
    expect("run " BAD "duration-bare.yaml", 2, "duration-bare.yaml:3:11: ");
    expect("run /", 2, "is a folder");
    expect("check src", 2, "the folder holds no files that end in .yaml");
}

#define STUDIES "tests/study/"

static void check_reads_studies_and_folders(void **state) {
    (void)state;
    expect("check " STUDIES "good", 0, "every-row.yaml: ok\n");
    expect("check " STUDIES "good " STUDIES "malformed", 2,
           "as-alone.yaml:11:54: as: percent needs from or than");
}

/* A quantity and an event that are still to come: the other points are compared. */
static void what_is_not_computed_is_not_run(void **state) {
    (void)state;
    expect("validate " STUDIES "good/not-yet.yaml", 1, "1 of 2 points not run");
}

/* Those that are good are run. */
static void a_bad_study_spoils_no_other(void **state) {
    (void)state;
    int status;
    expect("validate " STUDIES "malformed/as-alone.yaml", 2, "as-alone.yaml:11:54: as:");
    expect("validate " STUDIES "good/plain.json " STUDIES "malformed/as-alone.yaml --quiet --markdown " BUILT("two.md") " --html " BUILT("two.html"),
           2, "within 1 SD");
    expect("validate " STUDIES "good/parts", 2, "protocol.yaml: note: a scenario, not a study: left out");
    expect("validate " STUDIES "good/plain.json " STUDIES "malformed/as-alone.yaml", 2, "within 1 SD");
    char *text = output_of("validate --json " STUDIES "good/plain.json " STUDIES
                           "malformed/as-alone.yaml 2> /dev/null",
                           &status);
    json_t *root = json_loads(text, 0, NULL), *studies = json_object_get(root, "studies"), *bias;
    const char *error = NULL;
    assert_int_equal(status, 2);
    assert_int_equal(json_array_size(studies), 2);
    assert_true(json_is_null(json_object_get(json_array_get(studies, 0), "error")));
    error = json_string_value(json_object_get(json_array_get(studies, 1), "error"));
    assert_non_null(error);
    assert_non_null(strstr(error, "as-alone.yaml:11:54: as:"));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "summary"), "points")), 3);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "summary"), "within_1sd")), 3);
    assert_true(json_is_integer(json_object_get(json_object_get(root, "summary"), "not_run")));
    bias = json_object_get(json_object_get(root, "contested"), "bias");
    assert_true(json_is_null(bias));
    json_decref(root);
    free(text);
}

/* FoodData Central in small: as many foods as there are, numbers as they were, and blanks where nothing was measured. */
#define FDC "tests/app/fdc"
static void foods_are_imported(void **state) {
    (void)state;
    int status;
    expect("import fdc " FDC " -o " BUILT("fdc.csv") " --kind foundation,sr-legacy,survey,branded", 0,
           "6 foods; left out 2 (1 without figures, 1 of more than 100 g in 100 g, 0 of more than 930 kcal)");
    char *text = output_of("import fdc " FDC " -o -", &status);
    assert_int_equal(status, 0);
    assert_non_null(strstr(text, "\nhummus-commercial-900001,\"Hummus, commercial\",food,g,33.9,,58.7,243,14.9,7.35,17.1,438,289,41,71.1,166,"));
    assert_non_null(strstr(text, "\nbutter-salted-900002,\"Butter, salted\",food,g,5,,15.87,717,0.06,0.85,81.11,643,24,,,,,,,,,,USDA"));
    assert_non_null(strstr(text, "\nbutter-salted-900009,"));
    assert_non_null(strstr(text, "\"Beverages, tea, \"\"iced\"\", sweetened, with a very long name that goes on and on\",drink,g,,,91.2,,0,"));
    assert_non_null(strstr(text, "\nmilk-nfs-900004,\"Milk, NFS\",food,g,,,89,,,,,41,151,121,"));
    assert_null(strstr(text, "lemonade"));
    assert_null(strstr(text, "sample"));
    free(text);
    text = output_of("import fdc " FDC " -o - --kind branded", &status);
    assert_non_null(strstr(text, "\nsparkling-lemonade-900005,\"SPARKLING LEMONADE\",drink,mL,,240,,45,11.2,,,8,"));
    free(text);
    expect("list products --products " BUILT("fdc.csv") " hummus-commercial", 0, "hummus-commercial-900001");
    expect("list products hummus-commercial", 0, "Nothing in products");
}

/* What came before FoodData Central: other names, other signs between cells, ISO 8859-1, numbers of nutrients. */
static void foods_of_the_standard_reference(void **state) {
    (void)state;
    int status;
    char *text = output_of("import fdc " FDC "-sr -o -", &status);
    assert_int_equal(status, 0);
    assert_non_null(strstr(text, "\nbutter-salted-1001,\"Butter, salted\",food,g,5,,15.87,717,0.06,0.85,81.11,643,,"));
    assert_non_null(strstr(text, "Standard Reference 01001\n"));
    assert_non_null(strstr(text, "\"Beverages, tea, black, brewed, prepared with tap water\",drink,g,178,,99.7,"));
    assert_non_null(strstr(text, "\"Cr\xC3\xA8me fra\xC3\xAE" "che\",food"));
    free(text);
    expect("import fdc " FDC "-sr -o " BUILT("sr.csv"), 0, "Wrote ");
    expect("check " GOOD "least.yaml --products " BUILT("sr.csv"), 0, "ok");
    expect("import fdc " FDC "-sr -o - --kind branded", 2, "FOOD_DES.txt: there is no food of the kinds asked for");
    expect("import fdc " FDC "-sr -o " FDC "-sr/WEIGHT.txt", 2, "this is one of the tables");
}

/* Branded foods may come without the table of nutrients, whose ids are known. */
static void a_download_without_nutrients(void **state) {
    (void)state;
    int status;
    char *text = output_of("import fdc " FDC "-no-nutrient -o - --kind branded", &status);
    assert_int_equal(status, 0);
    assert_non_null(strstr(text, "\nlemonade-900005,\"LEMONADE\",drink,mL,,240,,42,,,,8,"));
    free(text);
}

static void a_wrong_download_is_told_where(void **state) {
    (void)state;
    remove(BINARY_DIR "/none.csv");
    expect("import fdc " FDC "-bad-number -o " BUILT("none.csv"), 2, "food_nutrient.csv:2: amount: '58,7x' is no number");
    expect("import fdc " FDC "-too-much -o " BUILT("none.csv"), 2, "food_nutrient.csv:2: amount: '1e300' is beyond what 100 g can hold");
    expect("import fdc " FDC "-negative -o " BUILT("none.csv"), 2, "food_nutrient.csv:3: amount: '-643' is less than nothing");
    expect("import fdc " FDC "-no-use -o " BUILT("none.csv"), 2, "none of the 2 foods has figures that can be used");
    expect("import fdc " FDC "-no-use -o " FDC "-no-use/food.csv", 2, "this is one of the tables; give another name");
    expect("import fdc " FDC "-large-id -o " BUILT("none.csv"), 2, "fdc_id: '99999999999999999999' is no number");
    expect("import fdc " FDC "-no-column -o " BUILT("none.csv"), 2, "food_nutrient.csv:1: there is no column nutrient_id");
    expect("import fdc " FDC "-open-quote -o " BUILT("none.csv"), 2, "food.csv:3: a quote is not closed");
    expect("import fdc tests/app -o " BUILT("none.csv"), 2, "food.csv: No such file or directory; give the folder");
    expect("import fdc " FDC " -o " BUILT("none.csv") " --kind experimental", 2, "allowed: foundation, sr-legacy, survey, branded");
    expect("import fdc " FDC " -o no/such/folder/a.csv", 2, "there is no folder no/such/folder");
    expect("import sr28 " FDC " -o a.csv", 2, "allowed: fdc");
    expect("import fdc -o a.csv", 2, "name the folder");
    expect("import fdc " FDC, 2, "name the file to write");
    assert_null(fopen(BINARY_DIR "/none.csv", "r"));
}

/* A food of the user's own, in every command that reads scenarios. */
static void products_of_ones_own(void **state) {
    (void)state;
    static const char scenario[] = "milieu: 1\nduration: 3 h\ntimeline: [{at: 1 h, eat: {what: hummus-commercial-900001, amount: 200 g}}]\n";
    static const char bad[] = "name,kind,basis,sodium_mg,source\nmy-food,food,g,-3,me\nmy food,food,g,3,me\n";
    FILE *file = fopen(BINARY_DIR "/own.yaml", "w");
    assert_non_null(file);
    fputs(scenario, file);
    fclose(file);
    file = fopen(BINARY_DIR "/own.csv", "w");
    assert_non_null(file);
    fputs(bad, file);
    fclose(file);
    expect("import fdc " FDC " -o " BUILT("fdc.csv"), 0, "Wrote ");
    expect("check " BUILT("own.yaml"), 2, "unknown product 'hummus-commercial-900001'");
    expect("check --products " BUILT("fdc.csv") " " BUILT("own.yaml"), 0, "own.yaml: ok");
    expect("run --products=" BUILT("fdc.csv") " " BUILT("own.yaml"), 0, "ate 200 g of hummus-commercial-900001");
    expect("run --products " BUILT("own.csv") " " BUILT("own.yaml"), 2, "own.csv:2:16: -3 is negative");
    expect("run --products " BUILT("own.csv") " " BUILT("own.yaml"), 2, "own.csv:3:1: 'my food' is no name");
    expect("list products --products no-such-file.csv", 1, "cannot be read: No such file");
    expect("validate --products no-such-file.csv tests/study/good/plain.json", 1, "cannot be read: No such file");
}

static void every_table_is_listed(void **state) {
    (void)state;
    static const struct {
        const char *table, *name;
    } tables[] = {{"quantities", "plasma_sodium"}, {"parameters", "gfr_rest"}, {"products", "saline-0.9%"},
                  {"drugs", "furosemide"},         {"conditions", "siadh"},    {"events", "drink"},
                  {"presets", "adult-woman"},      {"units", "mmol"},
                  {"flags", "brain_swelling"},     {"limits", "potassium_vein_hour"}, {"menus", "dash"},
                  {"losses", "cholera"},           {"infections", "septic-shock"}, {"labs", "arterial_pco2"}, {"", "quantities"}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char arguments[128];
        int status;
        bool found = false;
        snprintf(arguments, sizeof arguments, "list %s", tables[i].table);
        expect(arguments, 0, tables[i].name);
        snprintf(arguments, sizeof arguments, "list %s --json", tables[i].table);
        char *text = output_of(arguments, &status);
        assert_int_equal(status, 0);
        json_t *rows = json_loads(text, 0, NULL), *row;
        assert_true(json_is_array(rows));
        size_t k;
        json_array_foreach(rows, k, row) {
            const char *name = json_string_value(json_object_get(row, "name"));
            assert_non_null(name);
            found |= strcmp(name, tables[i].name) == 0;
        }
        assert_true(found);
        json_decref(rows);
        free(text);
    }
    expect("list events gastric-suction", 0, "sodium, potassium, calcium, magnesium, chloride, bicarbonate, phosphate");
    expect("list products saline hypertonic", 0, "saline-3%");
    expect("list products no-such-thing", 0, "Nothing in products");
    expect("list events drnk", 0, "Nothing in events holds that text. Did you mean 'drink'?");
    expect("list outputs plasma_sulfate", 0, "mmol/L");
    expect("list quantities fractional_excretion_ammonium", 0, "not yet");
}

static void its_own_speed(void **state) {
    (void)state;
    expect("bench --repeat 1 --days 1", 0, "\na person of their own, 24 h  ");
    setenv("TMPDIR", "/no/such/folder", 1);
    expect("bench", 1, "set TMPDIR to a folder that can be written");
    unsetenv("TMPDIR");
}

static void a_full_disk_is_told(void **state) {
    (void)state;
    expect("list units > /dev/full", 1, "cannot be written");
}

/* A reader who stops early costs no file; "-" is the standard output. */
static void files_come_first(void **state) {
    (void)state;
    char command[1024], line[64] = "";
    remove(BINARY_DIR "/first.json");
    snprintf(command, sizeof command, "exec 2>&1; (sleep 0.2; '%s' run %s -o %s) | true", PROGRAM, GOOD "least.yaml",
             BUILT("first.json"));
    assert_int_equal(system(command), 0);
    FILE *file = fopen(BINARY_DIR "/first.json", "r");
    assert_non_null(file);
    assert_true(fread(line, 1, 1, file) == 1 && line[0] == '{');
    fclose(file);
    remove(BINARY_DIR "/first.json");
    int status;
    char *text = output_of("run " GOOD "least.yaml -o -", &status);
    assert_int_equal(status, 0);
    assert_memory_equal(text, "time[min],body_mass[kg],", 24);
    free(text);
    text = output_of("run " GOOD "least.yaml -o -.json", &status);
    json_t *root = json_loads(text, 0, NULL);
    assert_true(json_is_object(root));
    json_decref(root);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_and_help),
        cmocka_unit_test(wrong_arguments),
        cmocka_unit_test(compare_arguments),
        cmocka_unit_test(compare_runs),
        cmocka_unit_test(labs_of_resources),
        cmocka_unit_test(an_ignored_interrupt_ends_nothing),
        cmocka_unit_test(probe_arguments),
        cmocka_unit_test(probe_reads_numbers_with_units),
        cmocka_unit_test(check_says_ok_or_why_not),
        cmocka_unit_test(foods_are_imported),
        cmocka_unit_test(foods_of_the_standard_reference),
        cmocka_unit_test(a_download_without_nutrients),
        cmocka_unit_test(a_wrong_download_is_told_where),
        cmocka_unit_test(products_of_ones_own),
        cmocka_unit_test(every_table_is_listed),
        cmocka_unit_test(its_own_speed),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(files_come_first),
        cmocka_unit_test(check_reads_studies_and_folders),
        cmocka_unit_test(what_is_not_computed_is_not_run),
        cmocka_unit_test(a_bad_study_spoils_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
