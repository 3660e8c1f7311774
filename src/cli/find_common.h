/*
 * Internal to cli/: what the commands that look at scopes share: one FILE:STATEMENT with
 * its variant, bounds, names of files.
 */
#ifndef AON_CLI_FIND_COMMON_H
#define AON_CLI_FIND_COMMON_H

#include "cli/cli.h"
#include "search/find.h"

typedef struct {
    aon_cli *cli;
    aon_theory *t;
    const aon_core *core; /* under the drops of the variant */
    aon_core *built;      /* owned, or NULL: core is the theory's */
    size_t statement;     /* its number in the theory */
    aon_variant variant;
    aon_ref *root;      /* what the variant leaves; in the arena */
    const char *output; /* -o: a folder, or NULL */
    size_t nshape;      /* dimensions, contexts, tokens; 0 until the bound is read */
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    uint32_t grid;
    const char *because; /* --because: the one conclusion that counts; or NULL */
    int code;            /* AON_EXIT_OK while all is well */
} aon_target;

/*
 * Load the one argument, a FILE:STATEMENT (or a FILE with one statement), under the
 * variant options, and make the folder -o.  What goes wrong is said and is in r->code.
 * aon_target_close afterwards, in any case.
 */
void aon_target_open(aon_target *r, aon_cli *cli);
void aon_target_close(aon_target *r);

/* --min, --max, --grid, --work, --jobs into the target and spec; false: r->code is set. */
bool aon_target_bound(aon_target *r, aon_find_spec *spec);
/* "1,2,1,3" or "(1,2,1,3)": the value of an option; unchanged if it is absent. */
bool aon_target_shape(aon_target *r, aon_option o, const char *option, uint32_t *out);

/* "thm14-without-inM": a statement and a variant as part of a file name. */
const char *aon_target_stem(aon_target *r, const aon_variant *v);
/* Write FOLDER/NAME of -o; a failure is in r->code. */
void aon_target_write(aon_target *r, const char *name, const aon_buf *text);
/* "thm14  without inM  " */
void aon_target_put_name(const aon_target *r, aon_buf *out, const aon_variant *v);
/* "(d,d',n,k) = (2,1,3,2)" */
void aon_target_put_shape(const aon_target *r, aon_buf *out, const uint32_t *shape);
/* " because fwd", what --because asks about; nothing if it does not. */
void aon_target_put_because(const aon_target *r, aon_buf *out);
/* " in shard 1/2 on the grid -2..2 from (1,2,1,3) on", what is looked at; nothing if all
 * scopes are, on the grid -1..1. */
void aon_target_put_part(const aon_target *r, aon_buf *out);
/* The same as members, with commas before them: min, grid, shard. */
void aon_target_json_part(const aon_target *r, aon_buf *out);
/* ,"variant":"without h" and, if there is one, ,"because":"fwd" */
void aon_target_json_variant(const aon_target *r, aon_buf *out);
/* "[1,2,1,3]" */
void aon_target_json_shape(const aon_target *r, aon_buf *out, const uint32_t *shape);

#endif
