/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include "base/text.h"
#include "report/outfile.h"
#include "report/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HELP = 'h', MAX_OPTIONS = 64 };

static const Option HELP_OPTION = {HELP, "help", NULL, "print this help"};

const Option *options_of(const Command *command) { return command->own_options ? command->own_options() : command->options; }

static void print_option(const Option *option, FILE *out) {
    char left[64], letter[8] = "    ";
    if (option->id < 256) snprintf(letter, sizeof letter, "-%c, ", option->id);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    fprintf(out, "  %-26s %s\n", left, option->text);
}

void print_help(const Command *command, FILE *out) {
    fprintf(out, "Usage: milieu %s%s%s\n\n%s\n\nOptions:\n", command->name, *command->arguments ? " " : "",
            command->arguments, command->summary);
    for (const Option *o = options_of(command); o && o->id; o++) print_option(o, out);
    print_option(&HELP_OPTION, out);
    if (command->details) fprintf(out, "\n%s\n", command->details);
    fprintf(out, "\nExit status: 0 done, 1 it ran and failed, 2 the input is wrong.\n");
}

int complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("milieu: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_BAD_INPUT;
}

int failed(const milieu_error *error) {
    fprintf(stderr, "milieu: %s%s%s\n", error->where, *error->where ? ": " : "", error->text);
    bool input = error->code == MILIEU_BAD_INPUT || error->code == MILIEU_NOT_AVAILABLE;
    return input ? EXIT_BAD_INPUT : EXIT_FAILED;
}

void print_issues(const MlIssues *issues, FILE *out) {
    char text[1024];
    for (int i = 0; i < issues->n; i++) {
        ml_issue_print(&issues->issue[i], text, sizeof text);
        fprintf(out, "%s\n", text);
    }
    if (issues->dropped)
        fprintf(out, issues->n ? "... and %d more\n" : "milieu: %d errors, but no memory to tell them\n",
                issues->dropped);
}

int finish_output(void) {
    const int earlier = errno; /* of a write that failed before */
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return EXIT_DONE;
    if (!errno) errno = earlier;
    fprintf(stderr, "milieu: the output cannot be written%s%s\n", errno ? ": " : "",
            errno ? strerror(errno) : "");
    return EXIT_FAILED;
}

volatile sig_atomic_t interrupted;
static volatile sig_atomic_t at_once;

/* The first lets what goes on end in order, unless it cannot be asked; the second ends it at once. */
static void on_signal(int number) {
    static const char text[] = "\nmilieu: interrupted; what was not complete is not written\n";
    (void)number;
    if (!interrupted && !at_once) {
        interrupted = 1;
        return;
    }
    if (ml_outfile_unfinished) unlink(ml_outfile_unfinished);
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(EXIT_FAILED);
}

/* What was ignored from the beginning (nohup, a shell's background) stays so. */
void catch_interrupts(void) {
    static const int numbers[] = {SIGINT, SIGTERM};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, before;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < 2; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(numbers[i], &action, NULL);
}

int is_interrupted(void) { return interrupted; }

int interrupts_end_it(const char *command) {
    at_once = 1;
    catch_interrupts();
    return interrupted ? (complain("%s: interrupted; nothing was written", command), EXIT_FAILED) : EXIT_DONE;
}

static int stop(Args *args, int status) {
    args->status = status;
    return ARG_STOP;
}

static int unknown(Args *args, const char *word) {
    const char *names[MAX_OPTIONS] = {HELP_OPTION.name};
    size_t n = 1;
    for (const Option *o = options_of(args->command); o && o->id && n < MAX_OPTIONS; o++) names[n++] = o->name;
    const char *near = strncmp(word, "--", 2) == 0 ? ml_nearest(word + 2, names, n) : NULL;
    complain("%s: unknown option '%s'%s%s%s; see milieu %s --help", args->command->name, word,
             near ? " (did you mean '--" : "", near ? near : "", near ? "'?)" : "", args->command->name);
    return stop(args, EXIT_BAD_INPUT);
}

/* The option of that name (n letters) or letter. */
static const Option *find(const Command *command, const char *name, size_t n, int letter) {
    for (const Option *o = options_of(command); o && o->id; o++)
        if (letter ? o->id == letter : strlen(o->name) == n && memcmp(o->name, name, n) == 0) return o;
    bool help = letter ? letter == HELP : n == 4 && memcmp(name, "help", 4) == 0;
    return help ? &HELP_OPTION : NULL;
}

static int take(Args *args, const Option *option, const char *attached, const char **value) {
    if (option->id == HELP) {
        print_help(args->command, stdout);
        return stop(args, finish_output());
    }
    *value = attached;
    if (!option->argument && attached) {
        complain("%s: --%s takes no value", args->command->name, option->name);
        return stop(args, EXIT_BAD_INPUT);
    }
    if (option->argument && !attached) {
        if (args->next == args->argc) {
            complain("%s: --%s needs a value (%s)", args->command->name, option->name, option->argument);
            return stop(args, EXIT_BAD_INPUT);
        }
        *value = args->argv[args->next++];
    }
    return option->id;
}

int args_next(Args *args, const char **value) {
    if (args->next == args->argc) return ARG_END;
    char *word = args->argv[args->next++];
    *value = word;
    if (args->words_only || word[0] != '-' || !word[1]) return ARG_WORD;
    if (strcmp(word, "--") == 0) {
        args->words_only = 1;
        return args_next(args, value);
    }
    const char *attached = NULL;
    const Option *option;
    if (word[1] == '-') {
        size_t n = strcspn(word + 2, "=");
        if (word[2 + n]) attached = word + 3 + n;
        option = find(args->command, word + 2, n, 0);
    } else {
        if (word[2]) attached = word + 2;
        option = find(args->command, "", 0, (unsigned char)word[1]);
    }
    return option ? take(args, option, attached, value) : unknown(args, word);
}

int args_choice(const Args *args, const char *option, const char *value, const char *const *list) {
    char allowed[256] = "";
    size_t used = 0;
    for (int i = 0; list[i]; i++) {
        if (strcmp(list[i], value) == 0) return i;
        if (used < sizeof allowed)
            used += (size_t)snprintf(allowed + used, sizeof allowed - used, "%s%s", i ? ", " : "", list[i]);
    }
    complain("%s: --%s: found '%s'; allowed: %s", args->command->name, option, value, allowed);
    return -1;
}

int args_integer(const Args *args, const char *option, const char *value, int most, int *number) {
    char *end;
    const long n = strtol(value, &end, 10);
    if (!*value || *end || n < 1 || n > most) {
        complain("%s: --%s: found '%s'; allowed: 1 to %d", args->command->name, option, value, most);
        return EXIT_BAD_INPUT;
    }
    *number = (int)n;
    return EXIT_DONE;
}

/* The folder of a path, as "." where none is named. */
static void folder_of(const char *path, char *folder, size_t size) {
    const char *slash = strrchr(path, '/');
    if (slash) snprintf(folder, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    else snprintf(folder, size, ".");
}

int require_folder(const char *command, const char *path) {
    struct stat s;
    char folder[4096];
    folder_of(path, folder, sizeof folder);
    if (stat(folder, &s) != 0) return complain("%s %s: there is no folder %s; make it first", command, path, folder);
    return S_ISDIR(s.st_mode) ? EXIT_DONE : complain("%s %s: %s is no folder", command, path, folder);
}

static int are_one(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

/* Whether two names stand for one file, be it there already or not. */
static int same_file(const char *a, const char *b) {
    struct stat one, other;
    char folder[2][4096];
    const char *slash_a = strrchr(a, '/'), *slash_b = strrchr(b, '/');
    if (strcmp(a, b) == 0) return 1;
    if (stat(a, &one) == 0 && stat(b, &other) == 0) return are_one(&one, &other);
    folder_of(a, folder[0], sizeof folder[0]);
    folder_of(b, folder[1], sizeof folder[1]);
    return strcmp(slash_a ? slash_a + 1 : a, slash_b ? slash_b + 1 : b) == 0 && stat(folder[0], &one) == 0 &&
           stat(folder[1], &other) == 0 && are_one(&one, &other);
}

/* ".csv": a slip for "-.csv", which would make a hidden file. */
static int is_mere_extension(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return name[0] == '.' && !strchr(name + 1, '.');
}

int add_output(const char *command, Outputs *o, const char *path) {
    char option[32];
    const MlReportKind kind = ml_report_kind(path);
    const int netcdf = strcmp(command, "run") == 0; /* one run has one axis of time */
    if (kind == ML_REPORT_UNKNOWN || (kind == ML_REPORT_NETCDF && !netcdf))
        return complain("%s: -o %s: the name must end in .csv, .json%s", command, path, netcdf ? ", .html or .nc" : " or .html");
    if (is_mere_extension(path)) return complain("%s: -o %s: the name is an extension alone; -o -%s is the standard output", command, path, strrchr(path, '.'));
    if (kind == ML_REPORT_NETCDF && !ml_report_has_netcdf()) return complain("run: -o %s: " ML_NO_NETCDF, path);
    if (o->n == MAX_OUTPUTS) return complain("%s: more than %d output files", command, MAX_OUTPUTS);
    for (int i = 0; i < o->n; i++)
        if (same_file(o->file[i], path)) return complain("%s: -o %s: this file is given twice", command, path);
    o->file[o->n++] = path;
    if (ml_outfile_is_stdout(path)) o->to_stdout = 1;
    snprintf(option, sizeof option, "%s: -o", command);
    return require_folder(option, path);
}

int spare_file(const char *command, const Outputs *o, const char *input, const char *what) {
    struct stat in, out;
    if (stat(input, &in) != 0) return EXIT_DONE;
    for (int i = 0; i < o->n; i++)
        if (stat(o->file[i], &out) == 0 && are_one(&in, &out)) return complain("%s: -o %s: this is %s; give another name", command, o->file[i], what);
    return EXIT_DONE;
}
