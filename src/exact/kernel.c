/*
 * Kernel with the two minors that pin its dimension from both sides.
 */
#include "exact/exact_impl.h"

#include <stdlib.h>

void
aon_kernel_init(aon_kernel *k)
{
    aon_mat_init(&k->k, 0, 0);
    aon_minor_init(&k->c_minor);
    aon_minor_init(&k->k_minor);
}

void
aon_kernel_clear(aon_kernel *k)
{
    aon_minor_clear(&k->k_minor);
    aon_minor_clear(&k->c_minor);
    aon_mat_clear(&k->k);
}

void
aon_nullspace(aon_kernel *out, const aon_mat *c)
{
    slong n = aon_mat_cols(c), dim;
    slong *free_cols, *all;
    aon_reduced f;
    aon_mat k, prod;

    aon_reduced_init(&f);
    aon_mat_init(&k, 0, 0);
    aon_mat_init(&prod, 0, 0);
    aon_reduce(&f, c->num, n, AON_REDUCE_AUTO);
    dim = n - f.rank;
    free_cols = aon_slongs(dim);
    all = aon_slongs(dim);
    for (slong j = 0; j < dim; j++)
        all[j] = j;
    aon_reduced_kernel(k.num, free_cols, &f, n);
    aon_mat_mul(&prod, c, &k);
    AON_ASSERT(aon_mat_is_zero(&prod));
    aon_minor_set(&out->c_minor, c->num, c->den, f.rows, f.cols, f.rank);
    /* On the free rows K is diagonal with positive entries. */
    aon_minor_set(&out->k_minor, k.num, k.den, free_cols, all, dim);
    aon_mat_swap(&out->k, &k);
    free(all);
    free(free_cols);
    aon_mat_clear(&prod);
    aon_mat_clear(&k);
    aon_reduced_clear(&f);
}
