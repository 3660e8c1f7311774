/*
 * Internal to ablation.
 */
#ifndef AON_SEARCH_ABLATE_IMPL_H
#define AON_SEARCH_ABLATE_IMPL_H

#include "search/ablate.h"
#include "search/impl.h"

/* A counterexample: the set of what is true of it. */
typedef struct {
    aon_levels set;
    uint32_t shape[AON_SHAPE_MAX];
    bool smallest;
    bool searched; /* no use looking for a smaller one */
    aon_instance *in;
} aon_specimen;

typedef struct {
    const aon_find_spec *spec;
    const aon_steps *steps;
    aon_diags *diags;
    aon_specimen *specimen; /* none within another one */
    size_t nspecimen;
    uint64_t orbits;
    size_t passes;
    aon_levels alternative; /* of hypotheses just found to be no chains: start again */
    aon_status st;          /* AON_EINPUT: said in diags */
} aon_ablating;

/* Is the set known to be insufficient? */
bool aon_ablate_covers(const aon_ablating *a, aon_levels set);
/* Takes the instance. */
void aon_ablate_add(aon_ablating *a, aon_levels set, const uint32_t *shape,
                    bool smallest, aon_instance *in);
/*
 * ablate_pass.c: every orbit of the scopes in which pairs agree in what the hypotheses in
 * `cap` join them on.  *joined are the steps that are taken for granted that way.  Of the
 * sets between `joined` and `cap` the insufficient ones are known afterwards, unless cells
 * were left out (too large, or with matrices that are solved for) or something undecided.
 */
void aon_ablate_pass(aon_ablating *a, aon_levels cap, aon_levels *joined);

#endif
