/*
 * Internal to cli/: arguments, what commands share, exit codes.
 */
#ifndef AON_CLI_CLI_H
#define AON_CLI_CLI_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "lang/core.h"
#include "model/instance.h"
#include "report/report.h"

#include <stdint.h>

enum {
    AON_EXIT_OK = 0,
    AON_EXIT_NOT = 1, /* not as expected: violated, false, different */
    AON_EXIT_USAGE = 2,
    AON_EXIT_INPUT = 3,
    AON_EXIT_UNDECIDED = 4,
    AON_EXIT_VACUOUS = 5,   /* vacuous or not applicable */
    AON_EXIT_RESOURCES = 71 /* memory, disk, pipe; our bugs are 70: AON_ASSERT */
};

typedef enum {
#define AON_COMMAND(id, arguments, summary) AON_CMD_##id,
#include "cli/options.def"
    AON_COMMANDS
} aon_command;

typedef enum {
#define AON_OPTION(id, name, letter, argument, commands, help) AON_OPT_##id,
#include "cli/options.def"
    AON_OPTIONS
} aon_option;

/* options.c */
typedef struct {
    const char *name, *arguments, *summary;
} aon_command_row;

typedef struct {
    const char *name, *argument; /* argument NULL: a flag */
    const char *help;
    unsigned commands; /* bit per command */
    char letter;       /* or 0 */
} aon_option_row;

extern const aon_command_row aon_command_table[AON_COMMANDS];
extern const aon_option_row aon_option_table[AON_OPTIONS];

/* One run: the arguments, and what every command needs. */
typedef struct {
    aon_command command;
    bool has_command;
    const char **arg;
    size_t narg;
    const char **value[AON_OPTIONS]; /* in order; "" for flags */
    size_t nvalue[AON_OPTIONS];

    aon_arena *arena;
    aon_diags *diags; /* printed by aon_cli_flush */
    bool json, quiet, color_out, color_err;
    const char *program; /* argv[0] */
    const char **wrote;  /* paths of aon_cli_wrote; in the arena, as they are */
    size_t nwrote;
    bool interrupted;  /* something was cut short by a signal: the run ends by it */
    const char **root; /* folders where lib/ is looked up, best first; computed once */
    size_t nroot;
} aon_cli;

/* Fills in cli; a message on stderr and AON_EXIT_USAGE if it cannot be read. */
int aon_cli_parse(aon_cli *cli, int argc, char **argv);
bool aon_cli_has(const aon_cli *cli, aon_option o);
const char *aon_cli_value(const aon_cli *cli, aon_option o); /* the last, or NULL */
/* A number lo..hi, `none` if absent; false with a message if it is not one. */
bool aon_cli_number(const aon_cli *cli, aon_option o, uint64_t none, uint64_t lo,
                    uint64_t hi, uint64_t *out);
/* "aon: ..." and where to find help, on stderr; AON_EXIT_USAGE. */
int aon_cli_usage(const aon_cli *cli, const char *fmt, ...) AON_PRINTF(2, 3);
/* The same for a command that is not there, with the nearest one. */
int aon_cli_unknown_command(const aon_cli *cli, const char *s);

/* common.c */
/* Print and forget the diagnostics so far. */
void aon_cli_flush(aon_cli *cli);
void aon_cli_note(aon_cli *cli, const char *fmt, ...) AON_PRINTF(2, 3); /* stderr */
char *aon_cli_printf(aon_cli *cli, const char *fmt, ...)
    AON_PRINTF(2, 3); /* in the arena */
/* A file whose name the program has made up stands now; aon_cli_tell_wrote says so of all
 * of them in one line on stderr, unless --quiet. */
void aon_cli_wrote(aon_cli *cli, const char *path);
void aon_cli_tell_wrote(aon_cli *cli);
/* A signal has cut the work short: where, and how to go on, on stderr. */
void aon_cli_interrupted(aon_cli *cli, const char *fmt, ...) AON_PRINTF(2, 3);
/* What a status of reading input means for the exit code. */
int aon_cli_exit(aon_status st);
/* Worse of two in the order 71, 3, 1, 4, 5, 0. */
int aon_exit_worse(int a, int b);

/* theorems.c */
/* The folder of the theorems that is used when none is named; NULL if there is none. */
const char *aon_cli_theorems(aon_cli *cli);
void aon_cli_roots(aon_cli *cli);
int aon_cli_load(aon_cli *cli, aon_theory **out, const char *path);
/* --lib, or lib/ntp.aon of the first root that has it. */
int aon_cli_load_library(aon_cli *cli, aon_theory **out);
int aon_cli_instance(aon_cli *cli, aon_instance **out, const char *path);
/* FILE or FILE:STATEMENT; *statement is NULL if none is named. */
void aon_cli_split(aon_cli *cli, const char *arg, const char **file,
                   const char **statement);
/* Number of the named statement, or -1 with a diagnostic. */
long aon_cli_statement(aon_cli *cli, const aon_theory *t, const char *file,
                       const char *name);
/* Which statement of the file is meant: the named one, or the only one.  Its number, or an
 * exit code, said. */
int aon_cli_choose(aon_cli *cli, const aon_theory *t, const char *file,
                   const char *statement, size_t *out);
/* Every value of an instance as a given, dimensions as numbers; in the arena. */
const aon_given *aon_cli_givens(aon_cli *cli, const aon_instance *in, size_t *n);

/* variant.c */
/* --without, --weaken, --only, --drop. */
void aon_cli_variant(aon_cli *cli, aon_variant *v);
/* AON_EXIT_USAGE, said, if these options contradict each other. */
int aon_cli_variant_check(aon_cli *cli);
/*
 * Statement i under a variant: its core, and a root for each hypothesis, in the arena.  The
 * core is *built, the caller's (aon_core_free), if there are drops; else *built is NULL.
 */
AON_NODISCARD aon_status aon_cli_under(aon_cli *cli, const aon_theory *t, size_t i,
                                       const aon_variant *v, aon_core **built,
                                       const aon_core **core, aon_ref **root,
                                       aon_diags *diags);

/* outputs.c */
/* Is this file one that the command line names as input? */
bool aon_cli_is_input(aon_cli *cli, const char *path);
/* AON_EXIT_USAGE, said, if what is written would be written over what is read, or twice in
 * one file. */
int aon_cli_outputs_check(aon_cli *cli);

/* kind.c: by the first word. */
bool aon_cli_is_instance(const aon_buf *text);
/* AON_EINPUT, said, if it is something else of ours: an instance, a witness, .. */
AON_NODISCARD aon_status aon_cli_is_theorem(aon_cli *cli, const char *path,
                                            const aon_buf *text);
/* The text of the file `path` (- for stdin), which has been read; as aon_cli_load: `aon core`
 * skips what `expect` lines say. */
AON_NODISCARD aon_status aon_cli_read_theorems(aon_cli *cli, aon_theory **out,
                                               const char *path, const aon_buf *text);

/* source.c */
bool aon_cli_name_char(char c);
/* The text of a statement: from its line to the next statement or library. */
const char *aon_cli_statement_text(const char *text, const char *name, size_t *len);
/* The next `let` from *at on as "NAME := expr"; false: none. */
bool aon_cli_next_let(const char **at, const char *end, aon_buf *out);

/* names.c: to be cleared with aon_cli_names_clear. */
void aon_cli_names(aon_cli *cli, aon_report_names *out, const aon_theory *t,
                   const aon_core *core);
void aon_cli_names_clear(aon_report_names *names);

/* help.c */
void aon_cli_help(aon_buf *out);
void aon_cli_help_command(aon_buf *out, aon_command c);

#define AON_COMMAND(id, arguments, summary) int aon_cmd_##id(aon_cli *cli);
#include "cli/options.def"

#endif
