/*
 * Sparse rows and combinations of rows: storage, and the product that checks them.
 */
#include "exact/linsys_impl.h"

#include "base/arena.h"

#include <stdlib.h>

void
aon_sparse_row_init(aon_sparse_row *r, slong n)
{
    AON_ASSERT(n >= 0);
    r->n = n;
    r->col = aon_slongs(n);
    r->coef = _fmpq_vec_init(n > 0 ? n : 1);
    fmpq_init(r->rhs);
}

void
aon_sparse_row_clear(aon_sparse_row *r)
{
    fmpq_clear(r->rhs);
    _fmpq_vec_clear(r->coef, r->n > 0 ? r->n : 1);
    free(r->col);
}

void
aon_row_combination_init(aon_row_combination *y)
{
    y->n = 0;
    y->row = NULL;
    y->y = NULL;
}

void
aon_row_combination_clear(aon_row_combination *y)
{
    for (slong k = 0; k < y->n; k++)
        fmpq_clear(y->y + k);
    free(y->y);
    free(y->row);
    aon_row_combination_init(y);
}

void
aon_row_combination_swap(aon_row_combination *a, aon_row_combination *b)
{
    aon_row_combination t = *a;

    *a = *b;
    *b = t;
}

void
aon_row_combination_resize(aon_row_combination *y, slong len)
{
    y->row = aon_xrealloc(y->row, (size_t)(len + 1) * sizeof *y->row);
    y->y = aon_xrealloc(y->y, (size_t)(len + 1) * sizeof *y->y);
}

void
aon_ls_put(aon_linsys *s, aon_row_combination *y, const aon_ls_component *c, slong i,
           const fmpz_t num, const fmpz_t den)
{
    const aon_ls_row *row = &s->rows[c->rows[i]];
    fmpq *out = y->y + y->n;
    fmpz_t a, b;

    if (fmpz_is_zero(num))
        return;
    fmpz_init(a); /* primitive row = given row * den / lead */
    fmpz_init(b);
    fmpz_mul(a, num, row->den);
    fmpz_mul(b, den, row->lead);
    fmpq_init(out);
    fmpq_set_fmpz_frac(out, a, b);
    y->row[y->n++] = c->rows[i];
    fmpz_clear(b);
    fmpz_clear(a);
}

/*
 * With y_k / den_k = z_k / d over one denominator: sum z_k (w_k | rhs_k) must be
 * d (T | value).  All in integers, on the rows as they were given.
 */
bool
aon_ls_combination_is(aon_linsys *s, const aon_row_combination *y, slong n,
                      const slong *col, const fmpq *coef, const fmpq_t value)
{
    fmpz_t d, z, rhs;
    bool ok = true;

    fmpz_init_set_ui(d, 1);
    fmpz_init(z);
    fmpz_init(rhs);
    for (slong k = 0; k < y->n; k++) {
        fmpz_mul(z, fmpq_denref(y->y + k), s->rows[y->row[k]].den);
        fmpz_lcm(d, d, z);
        ok = ok && (k == 0 || y->row[k] > y->row[k - 1]) && !fmpq_is_zero(y->y + k);
    }
    for (slong k = 0; k < n; k++)
        fmpz_lcm(d, d, fmpq_denref(coef + k));
    fmpz_lcm(d, d, fmpq_denref(value));
    for (slong k = 0; k < y->n; k++) {
        const aon_ls_row *row = &s->rows[y->row[k]];

        fmpz_mul(z, fmpq_denref(y->y + k), row->den);
        fmpz_divexact(z, d, z);
        fmpz_mul(z, z, fmpq_numref(y->y + k));
        for (slong j = 0; j < row->n; j++)
            fmpz_addmul(s->acc + row->col[j], z, row->w + j);
        fmpz_addmul(rhs, z, row->rhs);
    }
    for (slong k = 0; k < n; k++) {
        fmpz_divexact(z, d, fmpq_denref(coef + k));
        fmpz_submul(s->acc + col[k], z, fmpq_numref(coef + k));
        ok = ok && fmpz_is_zero(s->acc + col[k]);
        fmpz_zero(s->acc + col[k]);
    }
    for (slong k = 0; k < y->n; k++) {
        const aon_ls_row *row = &s->rows[y->row[k]];

        for (slong j = 0; j < row->n; j++) {
            ok = ok && fmpz_is_zero(s->acc + row->col[j]);
            fmpz_zero(s->acc + row->col[j]);
        }
    }
    fmpz_divexact(z, d, fmpq_denref(value));
    fmpz_submul(rhs, z, fmpq_numref(value));
    ok = ok && fmpz_is_zero(rhs);
    fmpz_clear(rhs);
    fmpz_clear(z);
    fmpz_clear(d);
    return ok;
}
