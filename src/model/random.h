/*
 * Internal to model/: random matrices.  Every draw comes from the given stream.
 */
#ifndef AON_MODEL_RANDOM_H
#define AON_MODEL_RANDOM_H

#include "base/rng.h"
#include "exact/mat.h"

slong aon_mat_rank(const aon_mat *a);

/* An integer of absolute value below 2^bits; bits < 1 counts as 1. */
void aon_random_int(fmpz_t out, slong bits, aon_rng *rng);
/* Entries of that size, over denominators up to dens (0, 1: integers). */
void aon_random_mat(aon_mat *out, slong rows, slong cols, slong bits, unsigned dens,
                    aon_rng *rng);
/* The same, n x n of rank n. */
void aon_random_invertible(aon_mat *out, slong n, slong bits, unsigned dens,
                           aon_rng *rng);
/* 0 .. n-1 in random order; free() releases it. */
slong *aon_random_order(slong n, aon_rng *rng);

/*
 * w is n x n integral of determinant +-1 and dual^T w = 1: a product of elementary
 * operations between columns of the same group, where columns below `split` are one
 * group and the others the second; split = 0 or n: one group.
 */
void aon_random_unimodular(aon_mat *w, aon_mat *dual, slong n, slong split,
                           aon_rng *rng);

#endif
