/*
 * Internal to cli/: the lock file, what a theory's statements came to and what they depend
 * on, so that a change shows which verdicts it changes (docs/suite.md, 3).
 *
 * Everything lives in the arena of the run.  Lists are sorted; names are compared as bytes.
 */
#ifndef AON_CLI_LOCK_H
#define AON_CLI_LOCK_H

#include "cli/lock_digest.h"
#include "cli/suite_search.h"

typedef enum {
    AON_LOCK_SURVIVED,
    AON_LOCK_REFUTED,
    AON_LOCK_VACUOUS,
    AON_LOCK_UNDECIDED,
    AON_LOCK_VERDICTS /* how many */
} aon_lock_verdict;

/* A definition that some statement depends on. */
typedef struct {
    const char *file, *name; /* "lib/ntp.aon", "ntp.E1" */
    char digest[AON_DIGEST_LEN + 1];
    size_t line; /* in its file; 0: known from a lock file only */
} aon_lock_def;

typedef struct {
    const char *text; /* "without same"; "-": the statement as it stands */
    aon_lock_verdict verdict;
    const char *shape; /* of the first violation in a search: "1,1,1,2"; or "-" */
    char witness[AON_DIGEST_LEN + 1]; /* of the first counterexample's text; or "-" */
} aon_lock_variant;

typedef struct {
    const char *file, *name; /* "thm15.aon", "thm15" */
    char digest[AON_DIGEST_LEN + 1];
    size_t line;        /* as above */
    aon_lock_def *uses; /* copies, sorted like the table */
    size_t nuses;
    aon_lock_variant *variant;
    size_t nvariants;
} aon_lock_statement;

typedef struct {
    uint64_t seed, count, work; /* what the verdicts rest on */
    aon_lock_statement *statement;
    size_t nstatements, cap;
} aon_lock;

enum { AON_LOCK_COUNT = 24, AON_LOCK_WORK = 3000 };

/* "survived", .. */
const char *aon_lock_verdict_word(aon_lock_verdict v);

/* ---- lock_source.c: statements and definitions as the files have them ---- */

/* Fill in digest, line and uses of statement i of t.  file_of gives the name of a source
 * in the lock. */
void aon_lock_describe(aon_cli *cli, aon_lock_statement *out, const aon_theory *t,
                       size_t i, const char *(*file_of)(void *arg, const char *path),
                       void *arg);
int aon_lock_compare_def(const aon_lock_def *a, const aon_lock_def *b);
int aon_lock_compare_statement(const aon_lock_statement *a,
                               const aon_lock_statement *b);

/* ---- lock_make.c ---- */

typedef struct {
    aon_lock lock;
    const char **file; /* names of the files that were read, sorted */
    size_t nfiles, cap;
    const char **unread; /* names of those that could not be */
    size_t nunread, unread_cap;
    bool whole; /* a folder was named: statements that are not there are gone */
    const char *stopped; /* a signal came in this file: it and later ones are not in; or
                            NULL */
} aon_lock_made;

/*
 * The lock of the theorem files and folders on the command line, with seed, count and work
 * of out->lock.  The exit code: what could not be read.  AON_EXIT_USAGE: two files would
 * have one name in the lock.
 */
int aon_lock_make(aon_cli *cli, aon_lock_made *out, unsigned jobs);

/* ---- lock_text.c ---- */

void aon_lock_print(aon_buf *out, const aon_lock *lock);
/* AON_EXIT_OK, or AON_EXIT_INPUT with line and column of what is wrong. */
int aon_lock_read(aon_cli *cli, aon_lock *out, const char *path);

/* ---- lock_diff.c ---- */

typedef enum {
    AON_LOCK_FLIP, /* survived <-> refuted */
    AON_LOCK_NEW_VACUOUS,
    AON_LOCK_VERDICT_CHANGED, /* in any other way */
    AON_LOCK_MINIMAL_CHANGED,
    AON_LOCK_GONE,
    /* from here on for information */
    AON_LOCK_WITNESS_CHANGED,
    AON_LOCK_STATEMENT_CHANGED,
    AON_LOCK_DEFINITION_CHANGED,
    AON_LOCK_NEW,
    AON_LOCK_KINDS
} aon_lock_kind;

typedef struct {
    aon_lock_kind kind;
    const char *file, *name; /* of the statement, or of the definition */
    const char *variant;     /* NULL: the statement as such; "-": as it stands */
    const char *was, *is;    /* NULL: nothing to say */
    const char **because;    /* "ntp.E1 changed (lib/ntp.aon:12)" */
    size_t nbecause;
} aon_lock_change;

typedef struct {
    aon_lock_change *change; /* definitions, then statements */
    size_t n, cap;
    size_t count[AON_LOCK_KINDS];
    size_t statements, variants; /* compared, or new */
} aon_lock_diff;

void aon_lock_compare(aon_cli *cli, aon_lock_diff *out, const aon_lock *was,
                      const aon_lock_made *is);
void aon_lock_diff_clear(aon_lock_diff *d);
/* "FLIP", "NEW-VACUOUS", .. */
const char *aon_lock_kind_word(aon_lock_kind k);
/* AON_EXIT_NOT if there is more than information. */
int aon_lock_diff_code(const aon_lock_diff *d);
/* On stdout: as lines of JSON if cli->json, else as text. */
void aon_lock_diff_print(aon_cli *cli, const aon_lock_diff *d, const char *lock);

/* ---- lock_merge.c ---- */

/*
 * What the lock becomes when the changes of some statements are accepted: name[] as
 * "thm15" or "thm15.aon:thm15"; NULL: all.  A definition that a statement depends on whose
 * change is not accepted stays as it was.  AON_EXIT_USAGE: there is no such statement.
 */
int aon_lock_accept(aon_cli *cli, aon_lock *out, const aon_lock *was,
                    const aon_lock_made *is, const char *const *name, size_t nnames);

#endif
