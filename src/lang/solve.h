/*
 * From hypotheses about given scalars, vectors and matrices to the question whether such
 * values exist: the givens become linear unknowns.
 */
#ifndef AON_LANG_SOLVE_H
#define AON_LANG_SOLVE_H

#include "base/arena.h"
#include "lang/core.h"

#define AON_SOLVE_MAX 32 /* givens at a time */

/*
 * The core of  exists given[0], .., given[n-1]: root[0] and .. and root[nroot-1].
 *
 *   given  indices into core->given of sort scalar, vector or matrix; 1 <= n <= AON_SOLVE_MAX
 *   root   formulas of core
 *
 * The result has .term set, an AON_EX for each given in order; it shares texts and types
 * with core and lives in arena.  NULL if a given stands where no linear unknown may
 * (docs/language.md, 6.2).  Its node numbers below core->nnodes are those of core.
 */
const aon_core *aon_core_solve_for(aon_arena *arena, const aon_core *core,
                                   const size_t *given, size_t n, const aon_ref *root,
                                   size_t nroot);

/* Does the formula or term mention the given? */
bool aon_core_mentions(const aon_core *core, aon_ref node, const char *given);

#endif
