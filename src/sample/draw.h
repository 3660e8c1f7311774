/*
 * Drawing the givens of a statement that are not models (internal to sample/).
 */
#ifndef AON_SAMPLE_DRAW_H
#define AON_SAMPLE_DRAW_H

#include "base/rng.h"
#include "lang/core.h"
#include "model/generate.h"

/* Add every given that the instance lacks: tokens, contexts and sets at random, a query by
 * copying "q", subspaces as 0, numbers and matrices small and random, dims as they come. */
void aon_draw_placeholders(aon_instance *in, const aon_core *core, const aon_table *t,
                           aon_rng *rng);

/* Subspaces bounded by hypotheses `P <= S`: drawn inside the value of S; the others
 * anywhere.  `wild`: outside the bound on purpose, when there is room. */
void aon_draw_subspaces(aon_instance *in, const aon_core *core, const aon_ref *root,
                        bool wild, aon_rng *rng);

/* Scalars, vectors and matrices that occur in hypotheses: found by deciding that such
 * values exist; left as they are if none do. */
void aon_draw_solved(aon_instance *in, const aon_core *core, const aon_ref *root);

/* The number that a dimension stands for in an instance that has the models. */
slong aon_draw_dim(const aon_instance *in, const aon_core *core, const aon_dim *d);

/* The value for changing. */
aon_value *aon_draw_value(aon_instance *in, const char *name);

#endif
