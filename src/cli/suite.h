/*
 * Internal to cli/: what `expect` lines say against what is found (suite and demo).
 */
#ifndef AON_CLI_SUITE_H
#define AON_CLI_SUITE_H

#include "cli/gallery.h"

typedef struct {
    uint64_t seed;
    size_t count;
    unsigned jobs;
    bool plain_only; /* the statement as it stands on sampled instances, no more */
    const aon_gallery *gallery; /* replayed before sampling; or NULL */
    /* NULL: nothing is searched, and what needs it is not run */
    struct aon_suite_searches *searches;
    uint64_t work;            /* orbits in a search; 0: as the outcome says */
    const char *certificates; /* where they go, or NULL */
    /* where witnesses go, or NULL; the theorem file's folder, with its slash */
    const char *witnesses, *folder;
} aon_suite_options;

/* One variant of one statement, on the gallery and on sampled instances.  Both are numbered
 * together: first the gallery in order of replay, then the sampled ones. */
typedef struct {
    const char *variant; /* as text, "" for the statement as it stands */
    const aon_variant *as;
    const aon_theory *theory;
    size_t statement;
    const aon_core *core;
    aon_core *built; /* core if there are drops, else NULL */
    aon_ref *root;
    size_t trials, applicable, violated, undecided;
    const aon_gallery *gallery;
    const size_t *order; /* of replay: nknown numbers of items */
    size_t nknown, known_applicable;
    size_t known_violated;
    size_t *first;  /* per conclusion: first instance where it is false, or SIZE_MAX */
    bool *wanted;   /* per conclusion: some expectation names it */
    bool any, full; /* wants any violation; wants all trials */
    const char *reason;
    const char *missing; /* a drop of what is not there: nothing can be tried */
} aon_suite_run;

typedef enum {
    AON_MET,
    AON_NOT_MET,
    AON_NOT_RUN,
    AON_NOTHING_EXPECTED
} aon_suite_status;

/* One expectation and what was found.  Texts are in the arena of cli. */
typedef struct {
    const char *statement, *variant, *expected, *found;
    aon_suite_status status;
    int code; /* why not met: AON_EXIT_NOT, _UNDECIDED, _VACUOUS, _INPUT */
    const aon_suite_run *run;             /* NULL for files */
    const struct aon_suite_found *search; /* or NULL */
    const char *instance; /* of what was not expected: canonical text, or NULL */
    const char *why;
} aon_suite_line;

typedef struct {
    aon_suite_line *line;
    size_t n, cap;
    size_t trials;
    aon_suite_run *run; /* plain statement first */
    size_t nrun;
} aon_suite_result;

/* Statement i of t; AON_EXIT_RESOURCES if a witness could not be written. */
int aon_suite_statement(aon_cli *cli, aon_suite_result *out, const aon_theory *t,
                        size_t i, const aon_suite_options *o);
void aon_suite_result_clear(aon_suite_result *r);
const char *aon_suite_status_word(aon_suite_status s);

/* All .aon files of files and folders, in each folder sorted, folders included, a file that
 * is named twice once; in the arena. */
const char **aon_suite_files(aon_cli *cli, const char *const *path, size_t npath,
                             size_t *n, int *code);

#endif
