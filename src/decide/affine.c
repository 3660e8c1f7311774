/*
 * Arithmetic of affine forms and of matrices of them.
 */
#include "decide/affine.h"

#include <stdlib.h>
#include <string.h>

/* q.u + c */

void
aon_lin_init(aon_lin *l)
{
    memset(l, 0, sizeof *l);
    fmpq_init(l->c);
}

void
aon_lin_clear(aon_lin *l)
{
    for (slong i = 0; i < l->cap; i++)
        fmpq_clear(&l->q[i]);
    free(l->q);
    free(l->coord);
    fmpq_clear(l->c);
}

static void
lin_reserve(aon_lin *l, slong n)
{
    slong cap = l->cap == 0 ? 4 : l->cap;

    if (n <= l->cap)
        return;
    while (cap < n)
        cap *= 2;
    l->q = aon_xrealloc(l->q, (size_t)cap * sizeof *l->q);
    l->coord = aon_xrealloc(l->coord, (size_t)cap * sizeof *l->coord);
    for (slong i = l->cap; i < cap; i++)
        fmpq_init(&l->q[i]);
    l->cap = cap;
}

/* a += s b */
void
aon_lin_addmul(aon_lin *a, const fmpq_t s, const aon_lin *b)
{
    aon_lin sum;
    slong i = 0, j = 0;

    if (fmpq_is_zero(s))
        return;
    aon_lin_init(&sum);
    lin_reserve(&sum, a->n + b->n);
    while (i < a->n || j < b->n) {
        fmpq *out = &sum.q[sum.n];

        if (j == b->n || (i < a->n && a->coord[i] < b->coord[j])) {
            sum.coord[sum.n] = a->coord[i];
            fmpq_set(out, &a->q[i++]);
        } else if (i == a->n || b->coord[j] < a->coord[i]) {
            sum.coord[sum.n] = b->coord[j];
            fmpq_mul(out, s, &b->q[j++]);
        } else {
            sum.coord[sum.n] = a->coord[i];
            fmpq_set(out, &a->q[i++]);
            fmpq_addmul(out, s, &b->q[j++]);
        }
        if (!fmpq_is_zero(out))
            sum.n++;
    }
    fmpq_set(sum.c, a->c);
    fmpq_addmul(sum.c, s, b->c);
    aon_lin_clear(a);
    *a = sum;
}

static void
lin_add_coord(aon_lin *a, const fmpq_t s, slong coord)
{
    aon_lin one;

    aon_lin_init(&one);
    lin_reserve(&one, 1);
    one.n = 1;
    one.coord[0] = coord;
    fmpq_one(&one.q[0]);
    aon_lin_addmul(a, s, &one);
    aon_lin_clear(&one);
}

/* Matrices of forms, row by row. */

void
aon_form_free(aon_form *f)
{
    for (slong i = 0; f->e != NULL && i < f->rows * f->cols; i++)
        aon_lin_clear(&f->e[i]);
    free(f->e);
}

void
aon_form_alloc(aon_form *f, slong rows, slong cols)
{
    f->rows = rows;
    f->cols = cols;
    f->e = aon_xcalloc((size_t)(rows * cols) + 1, sizeof *f->e);
    for (slong i = 0; i < rows * cols; i++)
        aon_lin_init(&f->e[i]);
}

aon_lin *
aon_form_at(const aon_form *f, slong i, slong j)
{
    return &f->e[i * f->cols + j];
}

void
aon_form_constant(aon_form *f, const aon_mat *m)
{
    aon_form_alloc(f, aon_mat_rows(m), aon_mat_cols(m));
    for (slong i = 0; i < f->rows; i++)
        for (slong j = 0; j < f->cols; j++)
            aon_mat_get(aon_form_at(f, i, j)->c, m, i, j);
}

/* out = a * form or form * a, entry by entry */
void
aon_form_mul(aon_form *out, const aon_mat *a, const aon_form *f, bool left)
{
    const slong rows = left ? aon_mat_rows(a) : f->rows;
    const slong cols = left ? f->cols : aon_mat_cols(a);
    const slong inner = left ? aon_mat_cols(a) : f->cols;
    fmpq_t q;

    AON_ASSERT(inner == (left ? f->rows : aon_mat_rows(a)));
    fmpq_init(q);
    aon_form_alloc(out, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            for (slong k = 0; k < inner; k++) {
                aon_mat_get(q, a, left ? i : k, left ? k : j);
                aon_lin_addmul(aon_form_at(out, i, j), q,
                               left ? aon_form_at(f, k, j) : aon_form_at(f, i, k));
            }
    fmpq_clear(q);
}

void
aon_form_scale(aon_form *out, const aon_mat *a, const aon_form *f, bool scalar_is_form)
{
    fmpq_t q;

    fmpq_init(q);
    if (scalar_is_form) {
        aon_form_alloc(out, aon_mat_rows(a), aon_mat_cols(a));
        for (slong i = 0; i < out->rows; i++)
            for (slong j = 0; j < out->cols; j++) {
                aon_mat_get(q, a, i, j);
                aon_lin_addmul(aon_form_at(out, i, j), q, &f->e[0]);
            }
    } else {
        aon_form_alloc(out, f->rows, f->cols);
        aon_mat_get(q, a, 0, 0);
        for (slong i = 0; i < f->rows * f->cols; i++)
            aon_lin_addmul(&out->e[i], q, &f->e[i]);
    }
    fmpq_clear(q);
}

void
aon_form_transpose(aon_form *out, const aon_form *f)
{
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    aon_form_alloc(out, f->cols, f->rows);
    for (slong i = 0; i < f->rows; i++)
        for (slong j = 0; j < f->cols; j++)
            aon_lin_addmul(aon_form_at(out, j, i), one, aon_form_at(f, i, j));
    fmpq_clear(one);
}

/* Coordinates first .. of an unknown, times its basis if it lives in a space. */
void
aon_form_coordinates(aon_form *out, slong rows, slong cols, const aon_mat *basis,
                     slong first)
{
    fmpq_t q;

    fmpq_init(q);
    aon_form_alloc(out, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++) {
            if (basis == NULL) {
                fmpq_one(q);
                lin_add_coord(aon_form_at(out, i, j), q, first + i * cols + j);
                continue;
            }
            for (slong k = 0; k < aon_mat_cols(basis); k++) {
                aon_mat_get(q, basis, i, k);
                lin_add_coord(aon_form_at(out, i, j), q, first + k * cols + j);
            }
        }
    fmpq_clear(q);
}

void
aon_form_add(aon_form *out, const aon_form *a, const aon_form *b)
{
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    aon_form_alloc(out, a->rows, a->cols);
    for (slong i = 0; i < a->rows * a->cols; i++) {
        aon_lin_addmul(&out->e[i], one, &a->e[i]);
        aon_lin_addmul(&out->e[i], one, &b->e[i]);
    }
    fmpq_clear(one);
}
