/*
 * Make a counterexample small: greedy moves along the hypothesis variety, the same
 * conclusion failing after every one (docs/minimize.md).  `decide` is a black box.
 */
#ifndef AON_SHRINK_SHRINK_H
#define AON_SHRINK_SHRINK_H

#include "decide/decide.h"

typedef struct {
    const aon_core *core;
    const aon_ref *root; /* per hypothesis, as aon_variant_roots gives them */
    const char *because; /* the conclusion that must fail; NULL: the first false one */
    uint64_t max_work;   /* decisions; 0: 100 000 */
} aon_shrink_spec;

/* One registered move, and how often it made the instance smaller. */
typedef struct {
    const char *name;
    uint64_t tried, taken;
} aon_shrink_count;

typedef struct {
    aon_instance *in;    /* indexed, violated by aon_decide; NULL: see verdict */
    aon_verdict verdict; /* of the instance as given */
    size_t because;      /* number of the conclusion that failed throughout */
    bool irreducible;    /* no registered move makes it smaller; else the limit, or */
    bool interrupted;    /* aon_stop_asked: this is the smallest so far */
    uint64_t work;       /* decisions */
    const aon_shrink_count *count; /* per registered move, in order; of this result */
    size_t ncount;
} aon_shrink_result;

/*
 * Shrink an instance in which the statement is violated.
 *
 *   in   indexed, borrowed; values that the statement does not mention are left out
 *   out  to be cleared in any case; out->in is NULL unless the instance is violated
 *
 * AON_EINPUT: the instance does not fit, no such conclusion (slug "expectation"), or that
 * conclusion does not fail.  Deterministic; cost at most max_work decisions.
 */
AON_NODISCARD aon_status aon_shrink(aon_shrink_result *out, const aon_shrink_spec *spec,
                                    const aon_instance *in, aon_diags *diags);
void aon_shrink_result_clear(aon_shrink_result *r);

/* The shape of an instance that fits: the `dim` givens in order, contexts, tokens.
 * shape has room for naxes = aon_shrink_axes(core) numbers. */
size_t aon_shrink_axes(const aon_core *core);
void aon_shrink_shape(uint32_t *shape, const aon_core *core, const aon_instance *in);

/*
 * What is compared, in this order: sum of the shape, shape, `entries` (numbers that are
 * not zero, elements of sets), `bits` (of numerators, and of denominators beyond 1).
 */
typedef struct {
    uint64_t sum, entries, bits;
} aon_shrink_size;
aon_shrink_size aon_shrink_size_of(const aon_core *core, const aon_instance *in);

/*
 * lemma.c: is the shape minimal over all of Q, by a lemma (docs/minimize.md, 4)?  Its
 * name, or NULL: no registered lemma applies.  `in` as aon_shrink left it.
 */
const char *aon_shrink_lemma(const aon_core *core, const aon_ref *root, size_t because,
                             const aon_instance *in);

#endif
