/*
 * Internal to cli/: one run of aon minimize, and how it is said.
 */
#ifndef AON_CLI_MINIMIZE_H
#define AON_CLI_MINIMIZE_H

#include "cli/cli.h"
#include "shrink/shrink.h"

/* What is known about smaller shapes, beyond the moves. */
typedef enum {
    AON_GRID_NOT_ASKED,
    AON_GRID_NONE,    /* M2 */
    AON_GRID_NONE_OF, /* no violation of this conclusion: no certificate for that */
    AON_GRID_FOUND,
    AON_GRID_UNKNOWN
} aon_grid_outcome;

typedef struct {
    aon_cli *cli;
    aon_theory *t;
    const aon_core *core;
    aon_variant variant;
    aon_ref *root;
    const char *instance; /* as named on the command line */
    const char *output;   /* -o, or NULL */
    uint64_t work, jobs, grid;
    bool m2; /* --grade M2 */

    size_t naxes;
    uint32_t *before, *after; /* shapes */
    aon_shrink_size size_before, size_after;
    const char *lemma;
    aon_grid_outcome on_grid;
    uint32_t *smaller;    /* AON_GRID_FOUND: the shape */
    const char *no_grade; /* AON_GRID_UNKNOWN: why */
    size_t ncertificates;
    int code;
} aon_minimize_run;

/* minimize_view.c: the result as text, and as one JSON object. */
void aon_minimize_put_text(aon_minimize_run *r, aon_buf *out, aon_decision *d,
                           const aon_shrink_result *s, const aon_report_names *names);
void aon_minimize_put_json(aon_minimize_run *r, aon_buf *out,
                           const aon_shrink_result *s);

#endif
