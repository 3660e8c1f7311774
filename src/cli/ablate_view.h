/*
 * Internal to cli/: sets of hypotheses, or of labelled conjuncts, as text, JSON and files.
 */
#ifndef AON_CLI_ABLATE_VIEW_H
#define AON_CLI_ABLATE_VIEW_H

#include "cli/find_common.h"
#include "search/ablate.h"

typedef struct aon_ablate_view aon_ablate_view;
struct aon_ablate_view {
    aon_target *r;
    void *arg;
    size_t nelements;
    const char *(*name)(const aon_ablate_view *v, size_t i);
    /* Is element i in the set?  *weakened is false before. */
    bool (*has)(const aon_ablate_view *v, aon_levels set, size_t i, bool *weakened);
    /* The variant that leaves just the set; in the arena of r->cli. */
    aon_variant (*variant)(const aon_ablate_view *v, aon_levels set);
    const uint32_t *max; /* r->nshape components */
};

/* What a run has found. */
typedef struct {
    const aon_ablate_set *sufficient, *insufficient, *open;
    size_t nsufficient, ninsufficient, nopen;
    bool stopped, interrupted;
} aon_view_sets;

/*
 * Files into the folder of r, the sets as text (`put_text`) or one JSON object each, the
 * exit code in r->code; on stderr, if a signal has come, what the sets are then.
 */
void aon_view_deliver(const aon_ablate_view *v, const aon_view_sets *s,
                      void (*put_text)(const aon_ablate_view *v, const aon_view_sets *s,
                                       aon_buf *out));
/* For put_text: "thm14  without inM  sets of WHAT, because fwd, in scopes up to .." and its
 * line end; then a title and a line for each set.  The titles of a run that was cut short
 * say less. */
void aon_view_put_head(const aon_ablate_view *v, const char *what, aon_buf *out);
void aon_view_put_sets(const aon_ablate_view *v, const aon_view_sets *s, aon_buf *out);

/* cmd_ablate_conjuncts.c: `aon ablate --conjuncts`. */
void aon_ablate_labels(aon_target *r, const aon_find_spec *spec);

#endif
