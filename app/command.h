/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "milieu/error.h"
#include "products/product.h"
#include "run/house.h"
#include "scenario/issues.h"
#include "timeline/timeline.h"

#include <signal.h>
#include <stdio.h>

/* A command of the program is one file with one of these in it, listed in main.c. --help is written from it.
 */

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_BAD_INPUT = 2 };

typedef struct Option {
    int id;               /* its letter; beyond 255 where it has none; 0 ends the list */
    const char *name;     /* without the dashes */
    const char *argument; /* NULL: takes none */
    const char *text;
} Option;

typedef struct Command {
    const char *name, *arguments, *summary;
    const char *details; /* further lines of --help, NULL: none */
    const Option *options;
    const Option *(*own_options)(void); /* those of a table of the engine, instead; NULL: options */
    int (*run)(const struct Command *self, int argc, char **argv); /* arguments behind the name */
} Command;

extern const Command command_import, command_run, command_probe, command_check, command_compare, command_validate, command_list, command_bench;

/* ---- reading arguments ---- */

enum { ARG_END = -1, ARG_WORD = 0, ARG_STOP = -2 };

typedef struct Args {
    const Command *command;
    int argc, next, words_only;
    char **argv;
    int status; /* of ARG_STOP: what to exit with */
} Args;

/* The id of the next option, its argument in *value; ARG_WORD with a word in *value; ARG_END; ARG_STOP when
 * help was printed or a message about a wrong argument. */
int args_next(Args *args, const char **value);

/* One of the words of list (NULL at its end) as an index; -1 with a message on stderr. */
int args_choice(const Args *args, const char *option, const char *value, const char *const *list);

/* A whole number from 1 to most: EXIT_DONE, or EXIT_BAD_INPUT with a message on stderr. */
int args_integer(const Args *args, const char *option, const char *value, int most, int *number);

/* ---- how far it is ---- */

typedef struct Progress {
    int shown, percent; /* whether stderr is a terminal; what is drawn, -1: nothing */
    double from;        /* s */
} Progress;
Progress progress_start(void);
void progress_show(Progress *p, double share, const char *text);
void progress_end(Progress *p);

/* ---- shared manners ---- */

/* EXIT_DONE where the folder of a file to be written is there; else EXIT_BAD_INPUT with a message. */
int require_folder(const char *command, const char *path);

/* The files that a command is to write: reports by their extension. */
enum { MAX_OUTPUTS = 16 };
typedef struct Outputs {
    const char *file[MAX_OUTPUTS];
    int n, to_stdout; /* to_stdout: one of them is the standard output */
} Outputs;

/* One more: EXIT_DONE, or EXIT_BAD_INPUT with a message. */
int add_output(const char *command, Outputs *o, const char *path);
/* EXIT_BAD_INPUT with a message where one of them is that input, "the scenario itself". */
int spare_file(const char *command, const Outputs *o, const char *input, const char *what);

/* Measured values of FHIR resources into n scenarios; what was told about them stays for the reports. EXIT_DONE, or another status after
 * messages on stderr; to be freed in any case. */
typedef struct LabsTold {
    MlIssues issues;
    const char **note; /* issues.n texts */
} LabsTold;
int labs_read(const char *path, MlScenario *scenario, int n, LabsTold *told);
void labs_free(LabsTold *told);

/* --products FILE: one more; adding all of them to a table, the library's own or a new one. */
#define PRODUCTS_OPTION(id) {id, "products", "FILE", "products of your own besides those of the library; may be repeated"}
int own_products_wish(const char *command, const char *path);
milieu_code own_products_add(MlProducts *products, milieu_error *error);
milieu_code products_with_own(MlProducts **products, milieu_error *error);
/* The work of a command in a house with them; its status. */
int in_house(int (*work)(const MlHouse *house, const void *wishes), const void *wishes);

/* Set once the user or the system has asked the program to stop; from catch_interrupts on. A second time, or from interrupts_end_it on,
 * ends it at once, without half-written files. */
extern volatile sig_atomic_t interrupted;
void catch_interrupts(void);
int is_interrupted(void);
/* Before reports are written: EXIT_DONE, or EXIT_FAILED with a message where it was interrupted meanwhile. */
int interrupts_end_it(const char *command);

const Option *options_of(const Command *command);
void print_help(const Command *command, FILE *out);
int complain(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* "milieu: ..." on stderr; gives 2 */
int failed(const milieu_error *error);     /* prints it on stderr; gives the status for its code */
void print_issues(const MlIssues *issues, FILE *out);
int finish_output(void); /* flushes stdout: EXIT_DONE, or EXIT_FAILED with a message */

#endif
