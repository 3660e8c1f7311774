/*
 * Which hypotheses are enough?  All minimal sufficient sets of hypotheses of a statement
 * and all maximal insufficient ones, within finite scopes (docs/search.md, 7.1).
 *
 * A hypothesis is absent, or weakened (if it has a `weaken` formula), or whole; a set is a
 * choice for each.  It is insufficient if an instance in scope satisfies all of it and
 * violates a conclusion; smaller sets are insufficient then, too.
 */
#ifndef AON_SEARCH_ABLATE_H
#define AON_SEARCH_ABLATE_H

#include "search/find.h"

/*
 * A set: bits of aon_steps.  If the weakened form follows from the whole one, its bit is
 * set along with that of the whole.  If not, it is an alternative: a set has one of the
 * two bits at most; both are set in what is true of an instance.
 */
typedef uint64_t aon_levels;

enum {
    AON_ABLATE_MAX_STEPS = 64,
    AON_ABLATE_MAX_SETS = 4096,
    AON_ABLATE_MAX_SEARCHES = 1000,
    AON_ABLATE_MAX_OPEN = 16
};

/* The steps of each hypothesis, lowest first.  None: it is left out by the variant. */
typedef struct {
    struct {
        aon_ref form[2]; /* weakened, whole; or one of them alone */
        unsigned n, first;
        bool alternative; /* an instance satisfies the whole and not the weakened */
    } * of;
    size_t nhyp;
    unsigned nsteps;
    aon_levels top;
} aon_steps;

typedef struct {
    aon_levels set;
    /*
     * Insufficient: AON_FIND_FOUND, with shape and instance.  Sufficient: AON_FIND_NONE, or
     * AON_FIND_VACUOUS: nothing in scope satisfies it.  Open: AON_FIND_UNDECIDED or
     * AON_FIND_BUDGET.
     */
    aon_find_outcome outcome;
    uint32_t shape[AON_SHAPE_MAX];
    bool smallest;    /* no smaller shape has a counterexample, or an undecided one */
    aon_instance *in; /* indexed, owned; violates under roots(set) */
    uint64_t space, orbits, applicable;
    bool solved;                /* matrices were solved for */
    bool interrupted;           /* a signal, not a limit, is why it is open */
    aon_buf certificate;        /* of a sufficient set; empty if there is none */
    const char *no_certificate; /* why */
} aon_ablate_set;

typedef struct {
    aon_steps steps;
    aon_ablate_set *sufficient, *insufficient, *open;
    size_t nsufficient, ninsufficient, nopen;
    size_t nshape;
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    uint64_t orbits; /* looked at, over all passes and searches */
    size_t passes, searches;
    bool stopped;     /* there may be other sets of any kind */
    bool interrupted; /* it stopped because aon_stop_asked */
} aon_ablation;

/*
 * spec as for aon_find: its root are the largest set that is looked at, max_work bounds
 * every pass and every search by itself; resume, shard, all_minimal and the calls are not
 * used.  `certificate`: of every sufficient set that can have one.  The sets come in
 * order of aon_steps_compare.  Of the open sets only the largest are listed.
 *
 * A `weaken` formula that is false where its hypothesis holds is no weaker one: the two are
 * alternatives then, and not compared (steps.of[h].alternative).
 *
 * After 16 searches without an answer the sets that are left are not looked at (stopped).
 *
 * AON_EINPUT: as aon_find; or there are more than 64 steps, 4096 sets or 1000 searches
 * (slug "limit").
 *
 * Cost: one pass for each combination of joining hypotheses, until everything in its
 * reach is known to be insufficient; then one search for each sufficient set.
 */
AON_NODISCARD aon_status aon_ablate(aon_ablation *out, const aon_find_spec *spec,
                                    aon_diags *diags);
void aon_ablation_clear(aon_ablation *a);

/* ablate_sets.c */
void aon_steps_init(aon_steps *s, const aon_core *core, const aon_ref *root);
void aon_steps_clear(aon_steps *s);
/* 0: absent; else the number of its form, up to s->of[h].n; the whole one if there are two
 * alternatives. */
unsigned aon_steps_level(const aon_steps *s, aon_levels set, size_t hypothesis);
/* The set with the hypothesis in that form. */
aon_levels aon_steps_with(const aon_steps *s, aon_levels set, size_t hypothesis,
                          unsigned level);
/* nhyp roots, as aon_variant_roots gives them. */
void aon_steps_roots(const aon_steps *s, aon_levels set, aon_ref *root);
/* Is the hypothesis in the set by its `weaken` formula? */
bool aon_steps_weakened(const aon_steps *s, const aon_core *core, aon_levels set,
                        size_t hypothesis);
/* For qsort and bsearch of aon_levels: fewer steps first; among as many, those with
 * earlier hypotheses. */
int aon_steps_compare(const void *a, const void *b);
/* One form of each hypothesis, and what follows from it? */
bool aon_steps_is_set(const aon_steps *s, aon_levels set);
/* All bits of a hypothesis. */
aon_levels aon_steps_bits(const aon_steps *s, size_t hypothesis);
/* Everything but the form that aon_steps_level names, if there is a lower one. */
aon_levels aon_steps_lower(const aon_steps *s, aon_levels set, size_t hypothesis);
/*
 * The minimal sets that are contained in none of the given ones (minimal transversals, in
 * a product of chains), sorted; malloc'ed.  NULL: more than AON_ABLATE_MAX_SETS at a time.
 */
aon_levels *aon_steps_minimal_outside(const aon_steps *s, const aon_levels *within,
                                      size_t n, size_t *count);

/* Internal to search/: what a search for the set found; takes its certificate. */
void aon_ablate_set_take(aon_ablate_set *out, aon_levels set, aon_find_result *f);
/* A list of sets with what they own. */
void aon_ablate_sets_free(aon_ablate_set *list, size_t n);

#endif
