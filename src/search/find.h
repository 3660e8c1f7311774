/*
 * Find the smallest instance that violates a statement: a ladder of finite scopes, each
 * run through completely up to symmetry (docs/search.md).
 */
#ifndef AON_SEARCH_FIND_H
#define AON_SEARCH_FIND_H

#include "decide/decide.h"

/* A shape: the `dim` givens in order, then the numbers of contexts and tokens. */
enum { AON_SHAPE_MAX = 8 };

typedef struct aon_find_hit {
    uint32_t shape[AON_SHAPE_MAX];
    aon_instance *in; /* indexed, violated by aon_decide */
    uint64_t
        undecided; /* instances of smaller shapes: if any, it need not be the least */
} aon_find_hit;

typedef struct {
    const aon_core *core;
    const aon_ref *root;        /* per hypothesis, as aon_variant_roots gives them */
    const aon_variant *variant; /* the same, for the certificate */
    const char *because; /* only violations of this conclusion count; NULL: of any */
    uint32_t grid;       /* entries -grid .. grid; 0: 1 */
    const uint32_t *min, *max; /* NULL: 1, .., 1 and 2, .., 2, 3, 3 */
    uint64_t max_work;         /* orbits looked at; 0: 10 million */
    unsigned jobs;             /* threads; the answer does not depend on it */
    uint32_t shard, shards;    /* this part of that many; 0, 0: everything */
    bool no_symmetry;          /* every assignment is its own representative */
    bool all_minimal;          /* go on: every shape that is minimal componentwise */
    const char *resume; /* a state as `checkpoint` got it; NULL: from the start */
    bool certificate;   /* write one while searching */
    bool
        skip; /* not with a certificate: what begins with codes that a hypothesis is false
                  for is one orbit, not looked into; only figures depend on this */
    /* Called on the calling thread; each may be NULL.  After each scope: progress with a
     * line about it, checkpoint with a text from which the search can be resumed.  hit:
     * number `index` has just been found, or is in the state. */
    void (*progress)(void *arg, const char *line);
    void (*checkpoint)(void *arg, const char *state);
    void (*hit)(void *arg, const aon_find_hit *hit, size_t index);
    void *arg;
} aon_find_spec;

typedef enum {
    AON_FIND_FOUND,
    AON_FIND_NONE,      /* none in scope, and some instance is applicable */
    AON_FIND_VACUOUS,   /* none in scope, none applicable */
    AON_FIND_UNDECIDED, /* none, but some instances are undecided */
    AON_FIND_BUDGET /* the limit was reached, a shape is too large, or `interrupted` */
} aon_find_outcome;

typedef struct {
    aon_find_outcome outcome;
    size_t nshape;
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    aon_find_hit *hit;
    size_t nhit;
    size_t cells, next_cell; /* scopes in the bound; the first one that is not done */
    /* The search ended at next_cell by the limit, a shape that is too large (`too_large`)
     * or a signal (`interrupted`); with all_minimal there may be hits, too. */
    bool cut_short, too_large;
    /* Undecided instances of shapes without a hit, as far as they are not larger than one:
     * there may be hits among them. */
    uint64_t open;
    /* over all cells that were done, or begun: */
    uint64_t space; /* assignments, counted without symmetry */
    uint64_t mass;  /* sum of the sizes of the orbits that were looked at */
    uint64_t orbits, applicable, inapplicable, undecided, violated;
    uint64_t applicable_mass;   /* assignments in the applicable orbits */
    bool solved;                /* some matrices were solved for, not enumerated */
    bool interrupted;           /* aon_stop_asked: next_cell is where it happened */
    aon_buf certificate;        /* empty if there is none */
    const char *no_certificate; /* why, if one was wished for */
} aon_find_result;

/* AON_EINPUT: the statement or the bound has no such scopes, or the state is one of another
 * search; a diagnostic says why. */
AON_NODISCARD aon_status aon_find(aon_find_result *out, const aon_find_spec *spec,
                                  aon_diags *diags);
void aon_find_result_clear(aon_find_result *r);

/* Is this a counterexample: violated, and in the conclusion that counts (NULL: any)? */
bool aon_find_counts(const aon_core *core, const char *because, const aon_decision *d);
/* "(2,1,3,2)" */
void aon_find_print_shape(aon_buf *out, const uint32_t *shape, size_t n);

#endif
