#include "ref/ref.h"

#include <stdio.h>
#include <stdlib.h>

static void
need(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "tests/ref: %s\n", what);
        abort();
    }
}

void
ref_init(ref_mat *a, long rows, long cols)
{
    need(rows >= 0 && cols >= 0, "negative size");
    a->rows = rows;
    a->cols = cols;
    a->e = malloc((size_t)(rows * cols + 1) * sizeof *a->e);
    need(a->e != NULL, "out of memory");
    for (long k = 0; k < rows * cols; k++)
        mpq_init(a->e[k]);
}

void
ref_clear(ref_mat *a)
{
    for (long k = 0; k < a->rows * a->cols; k++)
        mpq_clear(a->e[k]);
    free(a->e);
}

mpq_t *
ref_at(const ref_mat *a, long i, long j)
{
    need(i >= 0 && i < a->rows && j >= 0 && j < a->cols, "index out of range");
    return &a->e[i * a->cols + j];
}

static void
reshape(ref_mat *a, long rows, long cols)
{
    ref_clear(a);
    ref_init(a, rows, cols);
}

void
ref_set(ref_mat *out, const ref_mat *a)
{
    reshape(out, a->rows, a->cols);
    for (long k = 0; k < a->rows * a->cols; k++)
        mpq_set(out->e[k], a->e[k]);
}

void
ref_mul(ref_mat *out, const ref_mat *a, const ref_mat *b)
{
    mpq_t t;

    need(a->cols == b->rows, "product of wrong shapes");
    reshape(out, a->rows, b->cols);
    mpq_init(t);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < b->cols; j++)
            for (long k = 0; k < a->cols; k++) {
                mpq_mul(t, *ref_at(a, i, k), *ref_at(b, k, j));
                mpq_add(*ref_at(out, i, j), *ref_at(out, i, j), t);
            }
    mpq_clear(t);
}

void
ref_sub(ref_mat *out, const ref_mat *a, const ref_mat *b)
{
    need(a->rows == b->rows && a->cols == b->cols, "difference of wrong shapes");
    reshape(out, a->rows, a->cols);
    for (long k = 0; k < a->rows * a->cols; k++)
        mpq_sub(out->e[k], a->e[k], b->e[k]);
}

void
ref_transpose(ref_mat *out, const ref_mat *a)
{
    reshape(out, a->cols, a->rows);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < a->cols; j++)
            mpq_set(*ref_at(out, j, i), *ref_at(a, i, j));
}

void
ref_hcat(ref_mat *out, const ref_mat *a, const ref_mat *b)
{
    need(a->rows == b->rows, "hcat of wrong shapes");
    reshape(out, a->rows, a->cols + b->cols);
    for (long i = 0; i < a->rows; i++) {
        for (long j = 0; j < a->cols; j++)
            mpq_set(*ref_at(out, i, j), *ref_at(a, i, j));
        for (long j = 0; j < b->cols; j++)
            mpq_set(*ref_at(out, i, a->cols + j), *ref_at(b, i, j));
    }
}

void
ref_select(ref_mat *out, const ref_mat *a, const long *rows, long nrows,
           const long *cols, long ncols)
{
    if (rows == NULL)
        nrows = a->rows;
    if (cols == NULL)
        ncols = a->cols;
    reshape(out, nrows, ncols);
    for (long i = 0; i < nrows; i++)
        for (long j = 0; j < ncols; j++)
            mpq_set(*ref_at(out, i, j),
                    *ref_at(a, rows != NULL ? rows[i] : i, cols != NULL ? cols[j] : j));
}

bool
ref_equal(const ref_mat *a, const ref_mat *b)
{
    if (a->rows != b->rows || a->cols != b->cols)
        return false;
    for (long k = 0; k < a->rows * a->cols; k++)
        if (!mpq_equal(a->e[k], b->e[k]))
            return false;
    return true;
}

bool
ref_is_zero(const ref_mat *a)
{
    for (long k = 0; k < a->rows * a->cols; k++)
        if (mpq_sgn(a->e[k]) != 0)
            return false;
    return true;
}

/* row i -= f * row k */
static void
eliminate_row(ref_mat *a, long i, long k, const mpq_t f)
{
    mpq_t t;

    mpq_init(t);
    for (long j = 0; j < a->cols; j++) {
        mpq_mul(t, f, *ref_at(a, k, j));
        mpq_sub(*ref_at(a, i, j), *ref_at(a, i, j), t);
    }
    mpq_clear(t);
}

long
ref_gauss_jordan(ref_mat *a, long *pivots)
{
    long rank = 0;
    mpq_t f;

    mpq_init(f);
    for (long j = 0; j < a->cols && rank < a->rows; j++) {
        long k = rank;

        while (k < a->rows && mpq_sgn(*ref_at(a, k, j)) == 0)
            k++;
        if (k == a->rows)
            continue;
        for (long l = 0; l < a->cols; l++)
            mpq_swap(*ref_at(a, k, l), *ref_at(a, rank, l));
        mpq_set(f, *ref_at(a, rank, j));
        for (long l = 0; l < a->cols; l++)
            mpq_div(*ref_at(a, rank, l), *ref_at(a, rank, l), f);
        for (long i = 0; i < a->rows; i++) {
            if (i == rank || mpq_sgn(*ref_at(a, i, j)) == 0)
                continue;
            mpq_set(f, *ref_at(a, i, j));
            eliminate_row(a, i, rank, f);
        }
        if (pivots != NULL)
            pivots[rank] = j;
        rank++;
    }
    mpq_clear(f);
    return rank;
}

long
ref_rank(const ref_mat *a)
{
    ref_mat w;
    long rank;

    ref_init(&w, 0, 0);
    ref_set(&w, a);
    rank = ref_gauss_jordan(&w, NULL);
    ref_clear(&w);
    return rank;
}

bool
ref_solve(ref_mat *x, const ref_mat *a, const ref_mat *b)
{
    long *pivots = malloc((size_t)(a->rows + 1) * sizeof *pivots), rank;
    bool ok;
    ref_mat w;

    need(pivots != NULL, "out of memory");
    ref_init(&w, 0, 0);
    ref_hcat(&w, a, b);
    rank = ref_gauss_jordan(&w, pivots);
    ok = rank == 0 || pivots[rank - 1] < a->cols;
    reshape(x, a->cols, b->cols);
    for (long i = 0; i < rank && ok; i++)
        for (long j = 0; j < b->cols; j++)
            mpq_set(*ref_at(x, pivots[i], j), *ref_at(&w, i, a->cols + j));
    ref_clear(&w);
    free(pivots);
    return ok;
}

bool
ref_within(const ref_mat *a, const ref_mat *b)
{
    ref_mat both;
    bool same;

    ref_init(&both, 0, 0);
    ref_hcat(&both, b, a);
    same = ref_rank(&both) == ref_rank(b);
    ref_clear(&both);
    return same;
}

/* out = <column i of a, column j of b> */
static void
dot(mpq_t out, const ref_mat *a, long i, const ref_mat *b, long j)
{
    mpq_t t;

    mpq_init(t);
    mpq_set_ui(out, 0, 1);
    for (long k = 0; k < a->rows; k++) {
        mpq_mul(t, *ref_at(a, k, i), *ref_at(b, k, j));
        mpq_add(out, out, t);
    }
    mpq_clear(t);
}

void
ref_project(ref_mat *out, const ref_mat *b, const ref_mat *t)
{
    ref_mat q;
    mpq_t f, g, h;

    need(b->rows == t->rows, "projection of wrong shapes");
    ref_init(&q, 0, 0);
    ref_set(&q, b);
    reshape(out, t->rows, t->cols);
    mpq_init(f);
    mpq_init(g);
    mpq_init(h);
    for (long j = 0; j < q.cols; j++) {
        for (long i = 0; i < j; i++) {
            dot(g, &q, i, &q, i);
            if (mpq_sgn(g) == 0)
                continue;
            dot(f, &q, i, b, j);
            mpq_div(f, f, g);
            for (long k = 0; k < q.rows; k++) {
                mpq_mul(h, f, *ref_at(&q, k, i));
                mpq_sub(*ref_at(&q, k, j), *ref_at(&q, k, j), h);
            }
        }
        dot(g, &q, j, &q, j);
        if (mpq_sgn(g) == 0)
            continue;
        for (long c = 0; c < t->cols; c++) {
            dot(f, &q, j, t, c);
            mpq_div(f, f, g);
            for (long k = 0; k < q.rows; k++) {
                mpq_mul(h, f, *ref_at(&q, k, j));
                mpq_add(*ref_at(out, k, c), *ref_at(out, k, c), h);
            }
        }
    }
    mpq_clear(h);
    mpq_clear(g);
    mpq_clear(f);
    ref_clear(&q);
}
