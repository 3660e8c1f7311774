/*
 * Column space inclusion, both ways: coordinates, or an annihilator (Fredholm).
 */
#include "exact/exact_impl.h"

void
aon_inclusion_init(aon_inclusion *i)
{
    i->truth = AON_UNKNOWN;
    aon_mat_init(&i->x, 0, 0);
    aon_mat_init(&i->y, 0, 0);
    i->col = -1;
}

void
aon_inclusion_clear(aon_inclusion *i)
{
    aon_mat_clear(&i->y);
    aon_mat_clear(&i->x);
}

static void
inclusion_swap(aon_inclusion *a, aon_inclusion *b)
{
    aon_truth truth = a->truth;
    slong col = a->col;

    a->truth = b->truth;
    a->col = b->col;
    b->truth = truth;
    b->col = col;
    aon_mat_swap(&a->x, &b->x);
    aon_mat_swap(&a->y, &b->y);
}

static bool
multiplies_out(const aon_inclusion *res, const aon_mat *a, const aon_mat *b)
{
    aon_mat t;
    bool ok;

    aon_mat_init(&t, 0, 0);
    if (res->truth == AON_TRUE) {
        aon_mat_mul(&t, b, &res->x);
        ok = aon_mat_equal(&t, a);
    } else {
        aon_mat_mul(&t, &res->y, b);
        ok = aon_mat_is_zero(&t) && fmpz_is_one(res->y.den);
        aon_mat_mul(&t, &res->y, a);
        ok = ok && aon_mat_sgn(&t, 0, res->col) != 0;
    }
    aon_mat_clear(&t);
    return ok;
}

void
aon_within(aon_inclusion *out, const aon_mat *a, const aon_mat *b)
{
    slong m = aon_mat_rows(a), k = aon_mat_cols(a), n = aon_mat_cols(b);
    aon_inclusion res;
    aon_reduced f;
    fmpz_mat_t w;

    AON_ASSERT(aon_mat_rows(b) == m);
    aon_inclusion_init(&res);
    aon_reduced_init(&f);
    fmpz_mat_init(w, m, n + k); /* [B | A], numerators: the spans are the same */
    for (slong i = 0; i < m; i++) {
        for (slong j = 0; j < n; j++)
            fmpz_set(fmpz_mat_entry(w, i, j), fmpz_mat_entry(b->num, i, j));
        for (slong j = 0; j < k; j++)
            fmpz_set(fmpz_mat_entry(w, i, n + j), fmpz_mat_entry(a->num, i, j));
    }
    aon_reduce(&f, w, n, AON_REDUCE_AUTO);
    for (slong j = 0; j < k && res.col < 0; j++)
        if (f.bad[j] >= 0)
            res.col = j;
    if (res.col < 0) {
        res.truth = AON_TRUE;
        aon_mat_zero(&res.x, n, k);
        for (slong i = 0; i < f.rank; i++)
            for (slong j = 0; j < k; j++)
                fmpz_mul(fmpz_mat_entry(res.x.num, f.cols[i], j),
                         fmpz_mat_entry(f.red, i, n + j), b->den);
        fmpz_mul(res.x.den, f.den, a->den);
        aon_mat_canonicalise(&res.x);
    } else {
        res.truth = AON_FALSE;
        aon_reduced_annihilator(res.y.num, &f, w, f.bad[res.col]);
    }
    AON_ASSERT(multiplies_out(&res, a, b));
    inclusion_swap(out, &res);
    fmpz_mat_clear(w);
    aon_reduced_clear(&f);
    aon_inclusion_clear(&res);
}
