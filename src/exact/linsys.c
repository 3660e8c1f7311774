/*
 * Sparse linear systems: rows, connected components, one elimination per class.
 *
 * The unknowns of different components never meet in a row, so each is a small dense
 * problem.  Components with the same coefficients (the rows of an unknown matrix often
 * satisfy the same equations) differ in their right-hand sides only and are eliminated
 * together.
 */
#include "exact/linsys_impl.h"

#include "base/arena.h"

#include <stdlib.h>

/* ---- building --------------------------------------------------------------------- */

aon_linsys *
aon_linsys_new(slong unknowns)
{
    aon_linsys *s = aon_xcalloc(1, sizeof *s);

    AON_ASSERT(unknowns >= 0);
    s->unknowns = unknowns;
    s->acc = _fmpz_vec_init(unknowns + 1);
    return s;
}

static void
class_clear(aon_ls_class *k)
{
    fmpz_clear(k->inverse_den);
    fmpz_mat_clear(k->inverse);
    aon_reduced_clear(&k->f);
    _fmpz_vec_clear(k->rhs_den, k->nrhs);
    fmpz_mat_clear(k->a);
}

void
aon_linsys_free(aon_linsys *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->nrows; i++) {
        aon_ls_row *row = &s->rows[i];

        fmpz_clear(row->lead);
        fmpz_clear(row->den);
        fmpz_clear(row->rhs);
        _fmpz_vec_clear(row->w, row->n + 1);
        free(row->col);
    }
    for (slong k = 0; k < s->nclasses; k++)
        class_clear(&s->classes[k]);
    free(s->classes);
    free(s->components);
    free(s->col_list);
    free(s->row_list);
    free(s->position);
    free(s->component_of);
    free(s->rows);
    _fmpz_vec_clear(s->acc, s->unknowns + 1);
    free(s);
}

void
aon_linsys_add(aon_linsys *s, const aon_sparse_row *given)
{
    aon_ls_row *row;
    slong n = 0;
    fmpz_t f;

    AON_ASSERT(s->truth == AON_UNKNOWN);
    s->rows = aon_grow(s->rows, &s->cap, s->nrows + 1, sizeof *s->rows);
    row = &s->rows[s->nrows++];
    row->col = aon_slongs(given->n);
    row->w = _fmpz_vec_init(given->n + 1); /* one more, so never empty; used for rhs */
    fmpz_init(row->rhs);
    fmpz_init(row->lead);
    fmpz_init_set(row->den, fmpq_denref(given->rhs));
    fmpz_init(f);
    for (slong k = 0; k < given->n; k++) {
        AON_ASSERT(given->col[k] >= 0 && given->col[k] < s->unknowns);
        AON_ASSERT(k == 0 || given->col[k] > given->col[k - 1]);
        fmpz_lcm(row->den, row->den, fmpq_denref(given->coef + k));
    }
    for (slong k = 0; k < given->n; k++) {
        if (fmpq_is_zero(given->coef + k))
            continue;
        fmpz_divexact(f, row->den, fmpq_denref(given->coef + k));
        fmpz_mul(row->w + n, f, fmpq_numref(given->coef + k));
        fmpz_gcd(row->lead, row->lead, row->w + n);
        row->col[n++] = given->col[k];
    }
    fmpz_divexact(f, row->den, fmpq_denref(given->rhs));
    fmpz_mul(row->rhs, f, fmpq_numref(given->rhs));
    if (n > 0 && fmpz_sgn(row->w) < 0)
        fmpz_neg(row->lead, row->lead);
    row->n = n;
    fmpz_clear(f);
}

slong
aon_linsys_rows(const aon_linsys *s)
{
    return (slong)s->nrows;
}

/* ---- components ------------------------------------------------------------------- */

static slong
find_root(slong *parent, slong i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* Components numbered by their smallest unknown; rows and columns in order. */
static void
split(aon_linsys *s)
{
    slong n = s->unknowns, m = (slong)s->nrows, count = 0, at = 0;
    slong *parent = aon_slongs(n);

    for (slong j = 0; j < n; j++)
        parent[j] = j;
    for (slong i = 0; i < m; i++)
        for (slong k = 1; k < s->rows[i].n; k++) {
            slong a = find_root(parent, s->rows[i].col[0]);
            slong b = find_root(parent, s->rows[i].col[k]);

            parent[FLINT_MAX(a, b)] = FLINT_MIN(a, b); /* roots are smallest members */
        }
    s->component_of = aon_slongs(n);
    s->position = aon_slongs(n);
    for (slong j = 0; j < n; j++) {
        slong root = find_root(parent, j);

        s->component_of[j] = root == j ? count++ : s->component_of[root];
    }
    s->ncomponents = count;
    s->components = aon_xcalloc((size_t)count + 1, sizeof *s->components);
    for (slong j = 0; j < n; j++)
        s->components[s->component_of[j]].ncols++;
    for (slong i = 0; i < m; i++)
        if (s->rows[i].n > 0)
            s->components[s->component_of[s->rows[i].col[0]]].nrows++;
    s->col_list = aon_slongs(n);
    s->row_list = aon_slongs(m);
    for (slong c = 0, row_at = 0; c < count; c++) {
        aon_ls_component *p = &s->components[c];

        p->cols = s->col_list + at;
        p->rows = s->row_list + row_at;
        at += p->ncols;
        row_at += p->nrows;
        p->ncols = p->nrows = 0;
    }
    for (slong j = 0; j < n; j++) {
        aon_ls_component *p = &s->components[s->component_of[j]];

        s->position[j] = p->ncols;
        p->cols[p->ncols++] = j;
    }
    for (slong i = 0; i < m; i++)
        if (s->rows[i].n > 0) {
            aon_ls_component *p = &s->components[s->component_of[s->rows[i].col[0]]];

            p->rows[p->nrows++] = i;
        }
    free(parent);
}

/* ---- classes ---------------------------------------------------------------------- */

static void
primitive_matrix(fmpz_mat_t a, const aon_linsys *s, const aon_ls_component *c)
{
    for (slong i = 0; i < c->nrows; i++) {
        const aon_ls_row *row = &s->rows[c->rows[i]];

        for (slong k = 0; k < row->n; k++)
            fmpz_divexact(fmpz_mat_entry(a, i, s->position[row->col[k]]), row->w + k,
                          row->lead);
    }
}

static ulong
hash_matrix(const fmpz_mat_t a)
{
    ulong h = 1469598103U;

    for (slong i = 0; i < fmpz_mat_nrows(a); i++)
        for (slong j = 0; j < fmpz_mat_ncols(a); j++)
            h = (h * 1099511U + fmpz_fdiv_ui(fmpz_mat_entry(a, i, j), 2147483647U)) %
                2147483629U;
    return h;
}

static void
classify(aon_linsys *s)
{
    s->classes = aon_xcalloc((size_t)s->ncomponents + 1, sizeof *s->classes);
    for (slong c = 0; c < s->ncomponents; c++) {
        aon_ls_component *p = &s->components[c];
        aon_ls_class *k;
        fmpz_mat_t a;
        ulong hash;

        fmpz_mat_init(a, p->nrows, p->ncols);
        primitive_matrix(a, s, p);
        hash = hash_matrix(a);
        for (p->kind = 0; p->kind < s->nclasses; p->kind++) {
            k = &s->classes[p->kind];
            if (k->hash == hash && k->nrows == p->nrows && k->ncols == p->ncols &&
                fmpz_mat_equal(k->a, a))
                break;
        }
        k = &s->classes[p->kind];
        if (p->kind == s->nclasses) {
            s->nclasses++;
            k->nrows = p->nrows;
            k->ncols = p->ncols;
            k->hash = hash;
            fmpz_mat_init_set(k->a, a);
            aon_reduced_init(&k->f);
            fmpz_mat_init(k->inverse, 0, 0);
            fmpz_init(k->inverse_den);
        }
        p->rhs = k->nrhs++;
        fmpz_mat_clear(a);
    }
}

/* Right-hand side of the primitive rows of p, over one denominator, as a column. */
static void
fill_rhs(fmpz_mat_t a, slong col, fmpz_t den, const aon_linsys *s,
         const aon_ls_component *p)
{
    fmpz_t g, t;

    fmpz_init(g);
    fmpz_init(t);
    fmpz_one(den);
    for (slong i = 0; i < p->nrows; i++) {
        const aon_ls_row *row = &s->rows[p->rows[i]];

        fmpz_gcd(g, row->lead, row->rhs);
        fmpz_divexact(t, row->lead, g);
        fmpz_lcm(den, den, t);
    }
    for (slong i = 0; i < p->nrows; i++) {
        const aon_ls_row *row = &s->rows[p->rows[i]];

        fmpz_mul(t, den, row->rhs);
        fmpz_divexact(fmpz_mat_entry(a, i, col), t, row->lead);
    }
    fmpz_clear(t);
    fmpz_clear(g);
}

static void
eliminate(aon_linsys *s)
{
    for (slong c = 0; c < s->nclasses; c++) {
        aon_ls_class *k = &s->classes[c];
        fmpz_mat_t w;

        k->rhs_den = _fmpz_vec_init(k->nrhs);
        fmpz_mat_init(w, k->nrows, k->ncols + k->nrhs);
        for (slong i = 0; i < k->nrows; i++)
            for (slong j = 0; j < k->ncols; j++)
                fmpz_swap(fmpz_mat_entry(w, i, j), fmpz_mat_entry(k->a, i, j));
        fmpz_mat_swap(k->a, w);
        fmpz_mat_clear(w);
    }
    for (slong c = 0; c < s->ncomponents; c++) {
        const aon_ls_component *p = &s->components[c];
        aon_ls_class *k = &s->classes[p->kind];

        fill_rhs(k->a, k->ncols + p->rhs, k->rhs_den + p->rhs, s, p);
    }
    for (slong c = 0; c < s->nclasses; c++) {
        aon_ls_class *k = &s->classes[c];

        aon_reduce(&k->f, k->a, k->ncols, AON_REDUCE_AUTO);
    }
}

/* ---- solving ---------------------------------------------------------------------- */

/* y C = 0, y c = 1 from the annihilator of the component whose row `bad` fails. */
static void
contradiction(aon_linsys *s, aon_row_combination *y, const aon_ls_component *p)
{
    aon_ls_class *k = &s->classes[p->kind];
    slong bad = k->f.bad[p->rhs];
    fmpz_mat_t v;
    fmpz_t total;

    fmpz_mat_init(v, 0, 0);
    fmpz_init(total);
    aon_reduced_annihilator(v, &k->f, k->a, bad);
    for (slong i = 0; i < k->nrows; i++)
        fmpz_addmul(total, fmpz_mat_entry(v, 0, i),
                    fmpz_mat_entry(k->a, i, k->ncols + p->rhs));
    AON_ASSERT(!fmpz_is_zero(total));
    aon_row_combination_resize(y, k->nrows);
    for (slong i = 0; i < k->nrows; i++) {
        fmpz *e = fmpz_mat_entry(v, 0, i);

        fmpz_mul(e, e, k->rhs_den + p->rhs); /* y (rhs / rhs_den) = 1 */
        aon_ls_put(s, y, p, i, e, total);
    }
    fmpz_clear(total);
    fmpz_mat_clear(v);
}

static void
particular(const aon_linsys *s, aon_mat *u)
{
    fmpz_t d, f;

    fmpz_init(d);
    fmpz_init(f);
    for (slong c = 0; c < s->ncomponents; c++) {
        const aon_ls_component *p = &s->components[c];
        const aon_ls_class *k = &s->classes[p->kind];

        if (k->f.rank == 0)
            continue;
        fmpz_mul(d, k->f.den, k->rhs_den + p->rhs);
        fmpz_lcm(u->den, u->den, d);
    }
    for (slong c = 0; c < s->ncomponents; c++) {
        const aon_ls_component *p = &s->components[c];
        const aon_ls_class *k = &s->classes[p->kind];

        if (k->f.rank == 0)
            continue;
        fmpz_mul(d, k->f.den, k->rhs_den + p->rhs);
        fmpz_divexact(f, u->den, d);
        for (slong i = 0; i < k->f.rank; i++)
            fmpz_mul(fmpz_mat_entry(u->num, p->cols[k->f.cols[i]], 0), f,
                     fmpz_mat_entry(k->f.red, i, k->ncols + p->rhs));
    }
    aon_mat_canonicalise(u);
    fmpz_clear(f);
    fmpz_clear(d);
}

bool
aon_ls_solves(const aon_linsys *s, const aon_mat *u)
{
    bool ok = true;
    fmpz_t sum;

    fmpz_init(sum);
    for (size_t i = 0; i < s->nrows && ok; i++) {
        const aon_ls_row *row = &s->rows[i];

        fmpz_mul(sum, row->rhs, u->den);
        for (slong k = 0; k < row->n; k++)
            fmpz_submul(sum, row->w + k, fmpz_mat_entry(u->num, row->col[k], 0));
        ok = fmpz_is_zero(sum);
    }
    fmpz_clear(sum);
    return ok;
}

aon_truth
aon_linsys_solve(aon_linsys *s, aon_mat *u, aon_row_combination *y)
{
    const aon_ls_component *failing = NULL;
    slong first = -1;
    aon_row_combination res;
    aon_mat sol;
    fmpq_t one;

    if (s->components == NULL) {
        split(s);
        classify(s);
        eliminate(s);
    }
    aon_row_combination_init(&res);
    aon_mat_init(&sol, s->unknowns, 1);
    fmpq_init(one);
    fmpq_one(one);
    for (size_t i = s->nrows; i-- > 0;) /* a row 0 = c needs no elimination */
        if (s->rows[i].n == 0 && !fmpz_is_zero(s->rows[i].rhs))
            first = (slong)i;
    for (slong c = 0; c < s->ncomponents && first < 0 && failing == NULL; c++) {
        const aon_ls_component *p = &s->components[c];

        if (s->classes[p->kind].f.bad[p->rhs] >= 0)
            failing = p;
    }
    if (first >= 0) {
        aon_row_combination_resize(&res, 1);
        fmpq_init(res.y);
        fmpq_set_fmpz_frac(res.y, s->rows[first].den, s->rows[first].rhs);
        res.row[res.n++] = first;
    } else if (failing != NULL) {
        contradiction(s, &res, failing);
    } else {
        particular(s, &sol);
    }
    if (first >= 0 || failing != NULL) {
        AON_ASSERT(aon_ls_combination_is(s, &res, 0, NULL, NULL, one));
        s->truth = AON_FALSE;
        aon_row_combination_swap(y, &res);
    } else {
        AON_ASSERT(aon_ls_solves(s, &sol));
        s->truth = AON_TRUE;
        aon_mat_swap(u, &sol);
    }
    fmpq_clear(one);
    aon_mat_clear(&sol);
    aon_row_combination_clear(&res);
    return s->truth;
}
