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

/* A title and one line for each set; nothing for none. */
void aon_view_put_sets(const aon_ablate_view *v, const aon_ablate_set *list, size_t n,
                       const char *title, aon_buf *out);
/* The titles of sufficient sets, and of others; of a run that was cut short they say less. */
const char *aon_view_title(bool sufficient, bool interrupted);
/* On stderr, if a signal has come: what the sets are then. */
void aon_view_tell(const aon_ablate_view *v, bool interrupted);
/* One JSON object per set and line. */
void aon_view_put_json(const aon_ablate_view *v, const aon_ablate_set *list, size_t n,
                       aon_buf *out);
/* Instances and witnesses, or certificates, into the folder of r. */
void aon_view_write(const aon_ablate_view *v, const aon_ablate_set *list, size_t n);

/* cmd_ablate_conjuncts.c: `aon ablate --conjuncts`. */
void aon_ablate_labels(aon_target *r, const aon_find_spec *spec);

#endif
