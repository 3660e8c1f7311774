/*
 * Minors and the column basis they certify.
 */
#include "exact/exact_impl.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
aon_index_init(aon_index *ix)
{
    ix->idx = NULL;
    ix->n = 0;
}

void
aon_index_clear(aon_index *ix)
{
    free(ix->idx);
    aon_index_init(ix);
}

void
aon_index_set(aon_index *ix, const slong *idx, slong n)
{
    slong *copy = aon_slongs(n);

    if (n > 0)
        memcpy(copy, idx, (size_t)n * sizeof *copy);
    free(ix->idx);
    ix->idx = copy;
    ix->n = n;
}

void
aon_index_swap(aon_index *a, aon_index *b)
{
    aon_index t = *a;

    *a = *b;
    *b = t;
}

void
aon_minor_init(aon_minor *m)
{
    aon_index_init(&m->rows);
    aon_index_init(&m->cols);
    fmpz_init_set_ui(m->scale, 1);
    fmpz_init_set_ui(m->modulus, 2);
    aon_mat_init(&m->x, 0, 0);
}

void
aon_minor_clear(aon_minor *m)
{
    aon_mat_clear(&m->x);
    fmpz_clear(m->modulus);
    fmpz_clear(m->scale);
    aon_index_clear(&m->cols);
    aon_index_clear(&m->rows);
}

void
aon_minor_swap(aon_minor *a, aon_minor *b)
{
    aon_index_swap(&a->rows, &b->rows);
    aon_index_swap(&a->cols, &b->cols);
    fmpz_swap(a->scale, b->scale);
    fmpz_swap(a->modulus, b->modulus);
    aon_mat_swap(&a->x, &b->x);
}

/* X (num[rows, cols]) = 1 modulo p < 2^31: products of residues fit a word. */
static bool
multiplies_out(const aon_minor *m, const fmpz_mat_t num, ulong p)
{
    slong n = m->rows.n;
    bool ok = fmpz_cmp_ui(m->modulus, 2) >= 0 && fmpz_equal_ui(m->modulus, p) &&
              fmpz_sgn(m->scale) > 0;
    ulong *x = aon_xcalloc((size_t)(n * n) + 1, sizeof *x);
    ulong *a = aon_xcalloc((size_t)n + 1, sizeof *a);

    for (slong k = 0; k < n * n; k++)
        x[k] = fmpz_fdiv_ui(fmpz_mat_entry(m->x.num, k / n, k % n), p);
    for (slong j = 0; j < n; j++) {
        for (slong k = 0; k < n; k++)
            a[k] = fmpz_fdiv_ui(fmpz_mat_entry(num, m->rows.idx[k], m->cols.idx[j]), p);
        for (slong i = 0; i < n; i++) {
            ulong sum = 0;

            for (slong k = 0; k < n; k++)
                sum = (sum + x[i * n + k] * a[k]) % p;
            ok = ok && sum == (i == j ? 1 : 0);
        }
    }
    free(a);
    free(x);
    return ok;
}

void
aon_minor_set(aon_minor *out, const fmpz_mat_t num, const fmpz_t scale,
              const slong *rows, const slong *cols, slong n)
{
    aon_minor res;
    ulong p = 0;
    bool found = false;

    aon_minor_init(&res);
    aon_index_set(&res.rows, rows, n);
    aon_index_set(&res.cols, cols, n);
    fmpz_set(res.scale, scale);
    aon_mat_zero(&res.x, n, n);
    while (!found) { /* ends: only finitely many primes divide a nonzero determinant */
        nmod_mat_t a, b;

        p = aon_next_prime(p);
        nmod_mat_init(a, n, n, p);
        nmod_mat_init(b, n, n, p);
        for (slong i = 0; i < n; i++)
            for (slong j = 0; j < n; j++)
                nmod_mat_set_entry(
                    a, i, j, fmpz_fdiv_ui(fmpz_mat_entry(num, rows[i], cols[j]), p));
        found = n == 0 || nmod_mat_inv(b, a) != 0;
        for (slong i = 0; i < n && found; i++)
            for (slong j = 0; j < n; j++)
                fmpz_set_ui(fmpz_mat_entry(res.x.num, i, j),
                            nmod_mat_get_entry(b, i, j));
        nmod_mat_clear(b);
        nmod_mat_clear(a);
    }
    fmpz_set_ui(res.modulus, p);
    AON_ASSERT(multiplies_out(&res, num, p));
    aon_minor_swap(out, &res);
    aon_minor_clear(&res);
}

void
aon_basis_init(aon_basis *b)
{
    aon_index_init(&b->cols);
    aon_mat_init(&b->r, 0, 0);
    aon_minor_init(&b->minor);
}

void
aon_basis_clear(aon_basis *b)
{
    aon_minor_clear(&b->minor);
    aon_mat_clear(&b->r);
    aon_index_clear(&b->cols);
}

/* aon_reduce has verified A[:,cols] red = den A over Z, and aon_minor_set its part. */
void
aon_column_basis(aon_basis *out, const aon_mat *a)
{
    aon_reduced f;

    aon_reduced_init(&f);
    aon_reduce(&f, a->num, aon_mat_cols(a), AON_REDUCE_AUTO);
    aon_minor_set(&out->minor, a->num, a->den, f.rows, f.cols, f.rank);
    aon_index_set(&out->cols, f.cols, f.rank);
    fmpz_mat_swap(out->r.num, f.red);
    fmpz_swap(out->r.den, f.den);
    aon_mat_canonicalise(&out->r);
    aon_reduced_clear(&f);
}
