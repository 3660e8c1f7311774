/*
 * Instances for a statement, by construction: models from one log-odds table
 * (model/generate.h), the other givens drawn so that hypotheses hold.
 *
 * Nothing here knows a definition of the theory.  Two shapes of hypotheses are used:
 * `P <= S` bounds a subspace given P, so P is drawn inside the value of S; scalars,
 * vectors and matrices that occur in hypotheses are found by deciding
 * `exists them: the hypotheses that mention them`.  `decide` re-checks every hypothesis.
 */
#ifndef AON_SAMPLE_SAMPLE_H
#define AON_SAMPLE_SAMPLE_H

#include "decide/decide.h"

typedef struct {
    uint64_t seed;
    slong max_dim;      /* of every model; 8 if 0 */
    slong max_n, max_k; /* 12 and 10 if 0 */
} aon_sample_spec;

/*
 * Instance number `index` for the statement: the same for the same (core, spec, index) on
 * every machine and thread.  About a fifth are near misses or degenerate on purpose (the
 * kind is written to *kind unless that is NULL, a literal such as "equivalent", "near miss", "degenerate").
 * root: as for aon_decide; the hypotheses to be met.  Always succeeds.
 */
aon_instance *aon_sample_instance(const aon_core *core, const aon_ref *root,
                                  const aon_sample_spec *spec, uint64_t index,
                                  const char **kind);

#endif
