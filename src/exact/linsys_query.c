/*
 * Questions to a solved linear system: forced values, least norm, kernel.
 */
#include "exact/linsys_impl.h"

#include "base/arena.h"

#include <stdlib.h>

/* ---- entailment ------------------------------------------------------------------- */

/*
 * Is t (1 x ncols) in the row space?  Iff t = t[J] R, since R is the reduced form.
 */
static bool
in_row_space(const aon_ls_class *k, const fmpz_mat_t t)
{
    bool ok = true;
    fmpz_t sum;

    fmpz_init(sum);
    for (slong j = 0; j < k->ncols && ok; j++) {
        fmpz_mul(sum, k->f.den, fmpz_mat_entry(t, 0, j));
        for (slong i = 0; i < k->f.rank; i++)
            fmpz_submul(sum, fmpz_mat_entry(t, 0, k->f.cols[i]),
                        fmpz_mat_entry(k->f.red, i, j));
        ok = fmpz_is_zero(sum);
    }
    fmpz_clear(sum);
    return ok;
}

/*
 * y (1 x rank) over den with y A[I,J] = t[J].  One inverse serves all later queries
 * once there are enough of them to pay for it.
 */
static void
row_coordinates(fmpz_mat_t y, fmpz_t den, aon_ls_class *k, const fmpz_mat_t t)
{
    slong r = k->f.rank;
    fmpz_mat_t sq, tj;

    fmpz_mat_init(sq, r, r);
    fmpz_mat_init(tj, 1, r);
    for (slong i = 0; i < r; i++)
        fmpz_set(fmpz_mat_entry(tj, 0, i), fmpz_mat_entry(t, 0, k->f.cols[i]));
    k->queries++;
    if (!k->have_inverse && (r <= 8 || k->queries > r / 2)) {
        aon_submatrix(sq, k->a, k->f.rows, r, k->f.cols, r);
        fmpz_mat_clear(k->inverse);
        fmpz_mat_init(k->inverse, r, r);
        AON_ASSERT(fmpz_mat_inv(k->inverse, k->inverse_den, sq) != 0);
        aon_reduce_fraction(k->inverse, k->inverse_den);
        k->have_inverse = true;
    }
    if (k->have_inverse) {
        fmpz_mat_mul(y, tj, k->inverse);
        fmpz_set(den, k->inverse_den);
    } else {
        fmpz_mat_t col, x;

        fmpz_mat_init(col, r, 1);
        fmpz_mat_init(x, r, 1);
        for (slong i = 0; i < r; i++)
            for (slong j = 0; j < r; j++)
                fmpz_set(fmpz_mat_entry(sq, i, j),
                         fmpz_mat_entry(k->a, k->f.rows[j], k->f.cols[i]));
        fmpz_mat_transpose(col, tj);
        AON_ASSERT(fmpz_mat_solve(x, den, sq, col) != 0);
        fmpz_mat_transpose(y, x);
        fmpz_mat_clear(x);
        fmpz_mat_clear(col);
    }
    fmpz_mat_clear(tj);
    fmpz_mat_clear(sq);
}

/*
 * The part of the form inside component p: entries of row at unknowns of p.  Appends to
 * y and returns true if it is forced.
 */
static bool
entails_component(aon_linsys *s, aon_row_combination *y, const aon_ls_component *p,
                  const aon_sparse_row *row)
{
    aon_ls_class *k = &s->classes[p->kind];
    slong comp = s->component_of[p->cols[0]];
    fmpz_mat_t t, c;
    fmpz_t td, cd, f;
    bool ok;

    fmpz_mat_init(t, 1, k->ncols);
    fmpz_mat_init(c, 1, k->f.rank);
    fmpz_init_set_ui(td, 1);
    fmpz_init_set_ui(cd, 1);
    fmpz_init(f);
    for (slong j = 0; j < row->n; j++)
        if (s->component_of[row->col[j]] == comp)
            fmpz_lcm(td, td, fmpq_denref(row->coef + j));
    for (slong j = 0; j < row->n; j++)
        if (s->component_of[row->col[j]] == comp) {
            fmpz_divexact(f, td, fmpq_denref(row->coef + j));
            fmpz_mul(fmpz_mat_entry(t, 0, s->position[row->col[j]]), f,
                     fmpq_numref(row->coef + j));
        }
    ok = in_row_space(k, t);
    if (ok && k->f.rank > 0) {
        row_coordinates(c, cd, k, t);
        fmpz_mul(cd, cd, td);
        aon_row_combination_resize(y, y->n + k->f.rank);
        for (slong i = 0; i < k->f.rank; i++)
            aon_ls_put(s, y, p, k->f.rows[i], fmpz_mat_entry(c, 0, i), cd);
    }
    fmpz_clear(f);
    fmpz_clear(cd);
    fmpz_clear(td);
    fmpz_mat_clear(c);
    fmpz_mat_clear(t);
    return ok;
}

/* Components append their rows in turn; put the rows in increasing order. */
static void
sort_combination(aon_row_combination *y)
{
    for (slong k = 1; k < y->n; k++)
        for (slong i = k; i > 0 && y->row[i - 1] > y->row[i]; i--) {
            slong t = y->row[i];

            y->row[i] = y->row[i - 1];
            y->row[i - 1] = t;
            fmpq_swap(y->y + i, y->y + i - 1);
        }
}

aon_truth
aon_linsys_entails(aon_linsys *s, const aon_sparse_row *row, fmpq_t value,
                   aon_row_combination *y)
{
    aon_row_combination res;
    aon_truth truth = AON_TRUE;
    fmpq_t v, t;

    AON_ASSERT(s->truth == AON_TRUE);
    aon_row_combination_init(&res);
    fmpq_init(v);
    fmpq_init(t);
    for (slong j = 0; j < row->n; j++) {
        AON_ASSERT(row->col[j] >= 0 && row->col[j] < s->unknowns);
        AON_ASSERT(j == 0 || row->col[j] > row->col[j - 1]);
    }
    for (slong j = 0; j < row->n && truth == AON_TRUE; j++) {
        slong comp = s->component_of[row->col[j]];
        bool seen = false;

        if (fmpq_is_zero(row->coef + j))
            continue;
        for (slong i = 0; i < j && !seen; i++)
            seen = !fmpq_is_zero(row->coef + i) && s->component_of[row->col[i]] == comp;
        if (!seen && !entails_component(s, &res, &s->components[comp], row))
            truth = AON_FALSE;
    }
    if (truth == AON_TRUE) {
        sort_combination(&res);
        for (slong k = 0; k < res.n; k++) {
            const aon_ls_row *r = &s->rows[res.row[k]];

            fmpq_set_fmpz_frac(t, r->rhs, r->den);
            fmpq_addmul(v, t, res.y + k);
        }
        AON_ASSERT(aon_ls_combination_is(s, &res, row->n, row->col, row->coef, v));
        fmpq_swap(value, v);
        aon_row_combination_swap(y, &res);
    }
    fmpq_clear(t);
    fmpq_clear(v);
    aon_row_combination_clear(&res);
    return truth;
}

/* ---- least norm ------------------------------------------------------------------- */

/*
 * All solutions of one class at once: u = C_I^T (C_I C_I^T)^-1 c_I, which lies in the
 * row space.  x is ncols x nrhs over den, before division by rhs_den.
 */
static void
class_least_norm(fmpz_mat_t x, fmpz_t den, const aon_ls_class *k)
{
    slong r = k->f.rank;
    fmpz_mat_t c, ct, gram, rhs, w;

    fmpz_mat_init(c, r, k->ncols);
    fmpz_mat_init(ct, k->ncols, r);
    fmpz_mat_init(gram, r, r);
    fmpz_mat_init(rhs, r, k->nrhs);
    fmpz_mat_init(w, r, k->nrhs);
    for (slong i = 0; i < r; i++) {
        for (slong j = 0; j < k->ncols; j++)
            fmpz_set(fmpz_mat_entry(c, i, j), fmpz_mat_entry(k->a, k->f.rows[i], j));
        for (slong j = 0; j < k->nrhs; j++)
            fmpz_set(fmpz_mat_entry(rhs, i, j),
                     fmpz_mat_entry(k->a, k->f.rows[i], k->ncols + j));
    }
    fmpz_mat_transpose(ct, c);
    fmpz_mat_mul(gram, c, ct);
    AON_ASSERT(fmpz_mat_solve(w, den, gram, rhs) != 0);
    fmpz_mat_mul(x, ct, w);
    aon_reduce_fraction(x, den);
    fmpz_mat_clear(w);
    fmpz_mat_clear(rhs);
    fmpz_mat_clear(gram);
    fmpz_mat_clear(ct);
    fmpz_mat_clear(c);
}

/* Orthogonal to the kernel: u_f den = sum_i red[i][f] u_J[i] for each free column f. */
static bool
orthogonal_to_kernel(const aon_linsys *s, const aon_mat *u)
{
    bool ok = true;
    fmpz_t sum;

    fmpz_init(sum);
    for (slong c = 0; c < s->ncomponents && ok; c++) {
        const aon_ls_component *p = &s->components[c];
        const aon_reduced *f = &s->classes[p->kind].f;

        for (slong j = 0, at = 0; j < p->ncols && ok; j++) {
            if (at < f->rank && f->cols[at] == j) {
                at++;
                continue;
            }
            fmpz_mul(sum, f->den, fmpz_mat_entry(u->num, p->cols[j], 0));
            for (slong i = 0; i < f->rank; i++)
                fmpz_submul(sum, fmpz_mat_entry(f->red, i, j),
                            fmpz_mat_entry(u->num, p->cols[f->cols[i]], 0));
            ok = fmpz_is_zero(sum);
        }
    }
    fmpz_clear(sum);
    return ok;
}

void
aon_linsys_least_norm(aon_linsys *s, aon_mat *u)
{
    aon_mat res, *part; /* part: per class, over its own denominator */
    fmpz_t d, f;

    AON_ASSERT(s->truth == AON_TRUE);
    aon_mat_init(&res, s->unknowns, 1);
    fmpz_init(d);
    fmpz_init(f);
    part = aon_xcalloc((size_t)s->nclasses + 1, sizeof *part);
    for (slong c = 0; c < s->nclasses; c++) {
        const aon_ls_class *k = &s->classes[c];

        aon_mat_init(&part[c], k->ncols, k->nrhs);
        if (k->f.rank > 0)
            class_least_norm(part[c].num, part[c].den, k);
        for (slong t = 0; t < k->nrhs; t++) {
            fmpz_mul(d, part[c].den, k->rhs_den + t);
            fmpz_lcm(res.den, res.den, d);
        }
    }
    for (slong c = 0; c < s->ncomponents; c++) {
        const aon_ls_component *p = &s->components[c];

        fmpz_mul(d, part[p->kind].den, s->classes[p->kind].rhs_den + p->rhs);
        fmpz_divexact(f, res.den, d);
        for (slong j = 0; j < p->ncols; j++)
            fmpz_mul(fmpz_mat_entry(res.num, p->cols[j], 0), f,
                     fmpz_mat_entry(part[p->kind].num, j, p->rhs));
    }
    aon_mat_canonicalise(&res);
    AON_ASSERT(aon_ls_solves(s, &res));
    AON_ASSERT(orthogonal_to_kernel(s, &res));
    aon_mat_swap(u, &res);
    for (slong c = 0; c < s->nclasses; c++)
        aon_mat_clear(&part[c]);
    free(part);
    fmpz_clear(f);
    fmpz_clear(d);
    aon_mat_clear(&res);
}

/* ---- kernel ----------------------------------------------------------------------- */

/*
 * Columns from .. to - 1 of k against the rows of component p as given.  Those columns
 * are zero outside p by construction, so no other row needs a look.
 */
static bool
annihilated(const aon_linsys *s, const aon_ls_component *p, const fmpz_mat_t k,
            slong from, slong to)
{
    bool ok = true;
    fmpz_t sum;

    fmpz_init(sum);
    for (slong i = 0; i < p->nrows && ok; i++) {
        const aon_ls_row *row = &s->rows[p->rows[i]];

        for (slong j = from; j < to && ok; j++) {
            fmpz_zero(sum);
            for (slong t = 0; t < row->n; t++)
                fmpz_addmul(sum, row->w + t, fmpz_mat_entry(k, row->col[t], j));
            ok = fmpz_is_zero(sum);
        }
    }
    fmpz_clear(sum);
    return ok;
}

void
aon_linsys_kernel(aon_linsys *s, aon_mat *k)
{
    aon_mat res;
    slong dim = 0, at = 0, *free_cols;

    AON_ASSERT(s->truth != AON_UNKNOWN);
    for (slong c = 0; c < s->ncomponents; c++)
        dim += s->components[c].ncols - s->classes[s->components[c].kind].f.rank;
    aon_mat_init(&res, s->unknowns, dim);
    free_cols = aon_slongs(s->unknowns);
    for (slong c = 0; c < s->ncomponents; c++) {
        const aon_ls_component *p = &s->components[c];
        const aon_ls_class *kind = &s->classes[p->kind];
        slong part_dim = p->ncols - kind->f.rank;
        fmpz_mat_t part;

        fmpz_mat_init(part, 0, 0);
        aon_reduced_kernel(part, free_cols, &kind->f, p->ncols);
        for (slong j = 0; j < part_dim; j++, at++)
            for (slong i = 0; i < p->ncols; i++)
                fmpz_swap(fmpz_mat_entry(res.num, p->cols[i], at),
                          fmpz_mat_entry(part, i, j));
        fmpz_mat_clear(part);
        AON_ASSERT(annihilated(s, p, res.num, at - part_dim, at));
    }
    AON_ASSERT(at == dim);
    aon_mat_swap(k, &res);
    free(free_cols);
    aon_mat_clear(&res);
}
