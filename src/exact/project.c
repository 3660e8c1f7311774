/*
 * Orthogonal projection by the normal equations, for all right-hand sides at once.
 */
#include "exact/exact_impl.h"

/*
 * With B = Bn/bd and T = Tn/td: the solution X/den of (Bn^T Bn) X = den Bn^T Tn gives
 * z = (X bd) / (den td).  Over Q the Gram matrix is singular iff the columns of B are
 * dependent, so the solve itself checks the precondition.
 */
void
aon_project(aon_mat *z, const aon_mat *b, const aon_mat *t)
{
    slong n = aon_mat_cols(b), c = aon_mat_cols(t);
    aon_mat res, bt, prod;
    fmpz_mat_t gram, rhs;

    AON_ASSERT(aon_mat_rows(b) == aon_mat_rows(t));
    aon_mat_init(&res, n, c);
    aon_mat_init(&bt, 0, 0);
    aon_mat_init(&prod, 0, 0);
    fmpz_mat_init(gram, n, n);
    fmpz_mat_init(rhs, n, c);
    if (n > 0) {
        AON_ASSERT(n <= aon_mat_rows(b));
        aon_mat_transpose(&bt, b);
        fmpz_mat_mul(gram, bt.num, b->num);
        fmpz_mat_mul(rhs, bt.num, t->num);
        AON_ASSERT(fmpz_mat_solve(res.num, res.den, gram, rhs) != 0);
        fmpz_mat_scalar_mul_fmpz(res.num, res.num, b->den);
        fmpz_mul(res.den, res.den, t->den);
        aon_mat_canonicalise(&res);
        aon_mat_mul(&prod, b, &res); /* B^T (T - B z) = 0 */
        aon_mat_sub(&prod, t, &prod);
        aon_mat_mul(&prod, &bt, &prod);
        AON_ASSERT(aon_mat_is_zero(&prod));
    }
    aon_mat_swap(z, &res);
    fmpz_mat_clear(rhs);
    fmpz_mat_clear(gram);
    aon_mat_clear(&prod);
    aon_mat_clear(&bt);
    aon_mat_clear(&res);
}
