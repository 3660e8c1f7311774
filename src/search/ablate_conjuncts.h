/*
 * Which labelled conjuncts of definitions are enough?  Every set of kept labels is asked
 * about by itself: a definition may stand in a conclusion, so that more conjuncts need not
 * be better.
 */
#ifndef AON_SEARCH_ABLATE_CONJUNCTS_H
#define AON_SEARCH_ABLATE_CONJUNCTS_H

#include "base/arena.h"
#include "search/ablate.h"

enum { AON_CONJUNCTS_MAX = 10 };

typedef struct {
    const char *label[AON_CONJUNCTS_MAX]; /* "EL.e1"; bit i of a set: label i is kept */
    size_t nlabels;
    aon_ablate_set *sufficient, *insufficient, *open; /* minimal, maximal, maximal */
    size_t nsufficient, ninsufficient, nopen;
    bool monotone;    /* no sufficient set is within an insufficient one */
    bool interrupted; /* by aon_stop_asked: some searches were cut short */
    size_t nshape;
    uint32_t max[AON_SHAPE_MAX];
    uint64_t orbits;
    size_t searches;
    aon_arena *arena;
} aon_conjuncts;

/*
 *   spec     as for aon_ablate, but for core and root
 *   variant  of the statement; what it drops stays dropped
 *   wanted   definitions ("EL") or conjuncts ("EL.e1"); none: all that the statement uses
 *
 * AON_EINPUT: as aon_find; slug "label": something wanted is no labelled conjunct that the
 * statement uses; slug "limit": more than AON_CONJUNCTS_MAX labels.
 *
 * Cost: a search for each of the 2^n sets that no instance found before refutes.
 */
AON_NODISCARD aon_status aon_ablate_conjuncts(aon_conjuncts *out, const aon_theory *t,
                                              size_t statement,
                                              const aon_find_spec *spec,
                                              const aon_variant *variant,
                                              const char *const *wanted, size_t nwanted,
                                              aon_diags *diags);
void aon_conjuncts_clear(aon_conjuncts *c);

/* The variant that keeps these labels and drops the others; in the arena. */
aon_variant aon_conjuncts_variant(const aon_conjuncts *c, const aon_variant *variant,
                                  aon_levels set, aon_arena *arena);

#endif
