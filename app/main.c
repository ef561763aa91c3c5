/* SPDX-License-Identifier: Apache-2.0 */
/* The program: a table of commands. */
#include "command.h"

#include "base/text.h"

#include <string.h>

static const Command *const COMMANDS[] = {&command_run,      &command_probe, &command_check,
                                          &command_compare,  &command_validate, &command_list,
                                          &command_import,   &command_bench};
enum { NCOMMAND = sizeof COMMANDS / sizeof *COMMANDS };

static void usage(FILE *out) {
    fprintf(out,
            "Usage: milieu COMMAND ...\n\n"
            "Human body fluids and electrolytes: what a person drinks, eats, is given, sweats and loses,\n"
            "followed through the body. For research and teaching; no medical device.\n\nCommands:\n");
    for (int i = 0; i < NCOMMAND; i++) fprintf(out, "  %-10s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    fprintf(out, "\nmilieu COMMAND --help tells more; milieu --version prints the version.\n");
}

static int unknown(const char *name) {
    const char *names[NCOMMAND];
    for (int i = 0; i < NCOMMAND; i++) names[i] = COMMANDS[i]->name;
    const char *near = ml_nearest(name, names, NCOMMAND);
    if (near) return complain("unknown command '%s' (did you mean '%s'?); see milieu --help", name, near);
    return complain("unknown command '%s'; see milieu --help", name);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        usage(stderr);
        return EXIT_BAD_INPUT;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        puts("milieu " MILIEU_VERSION);
        return finish_output();
    }
    bool help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
    if (help && argc < 3) {
        usage(stdout);
        return finish_output();
    }
    if (help) name = argv[2];
    for (int i = 0; i < NCOMMAND; i++) {
        if (strcmp(COMMANDS[i]->name, name) != 0) continue;
        if (!help) return COMMANDS[i]->run(COMMANDS[i], argc - 2, argv + 2);
        print_help(COMMANDS[i], stdout);
        return finish_output();
    }
    return unknown(name);
}
