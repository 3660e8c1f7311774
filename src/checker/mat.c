/* Rational matrices: see mat.h. */
#include "mat.h"

ck_mat *
ck_mat_new(long rows, long cols)
{
    ck_mat *m = ck_new(sizeof *m);
    size_t n = (size_t)rows * (size_t)cols;

    if (rows < 0 || cols < 0 || n > (size_t)1 << 34)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: a matrix of %ld x %ld", rows, cols);
    m->rows = rows;
    m->cols = cols;
    m->refs = 1;
    mpz_init_set_ui(m->den, 1);
    m->e = ck_new(n * sizeof *m->e);
    for (size_t i = 0; i < n; i++)
        mpz_init(m->e[i]);
    return m;
}

ck_mat *
ck_mat_keep(ck_mat *m)
{
    m->refs++;
    return m;
}

void
ck_mat_drop(ck_mat *m)
{
    if (--m->refs > 0)
        return;
    for (long i = 0; i < m->rows * m->cols; i++)
        mpz_clear(m->e[i]);
    mpz_clear(m->den);
    ck_free(m->e);
    ck_free(m);
}

/* Only the representation changes: a common factor of all numbers goes. */
void
ck_mat_reduce(ck_mat *a)
{
    mpz_t g;

    if (mpz_cmp_ui(a->den, 1) == 0)
        return;
    mpz_init_set(g, a->den);
    for (long i = 0; i < a->rows * a->cols && mpz_cmp_ui(g, 1) != 0; i++)
        mpz_gcd(g, g, a->e[i]);
    if (mpz_cmp_ui(g, 1) != 0) {
        mpz_divexact(a->den, a->den, g);
        for (long i = 0; i < a->rows * a->cols; i++)
            mpz_divexact(a->e[i], a->e[i], g);
    }
    mpz_clear(g);
}

ck_mat *
ck_mat_int(long value)
{
    ck_mat *m = ck_mat_new(1, 1);

    mpz_set_si(m->e[0], value);
    return m;
}

ck_mat *
ck_mat_id(long n)
{
    ck_mat *m = ck_mat_new(n, n);

    for (long i = 0; i < n; i++)
        mpz_set_ui(CK_E(m, i, i), 1);
    return m;
}

static ck_mat *
combine(const ck_mat *a, const ck_mat *b, int sign)
{
    ck_mat *m = ck_mat_new(a->rows, a->cols);
    bool alike = mpz_cmp(a->den, b->den) == 0;

    CK_ASSERT(a->rows == b->rows && a->cols == b->cols);
    mpz_set(m->den, a->den);
    if (!alike)
        mpz_mul(m->den, a->den, b->den);
    for (long i = 0; i < m->rows * m->cols; i++) {
        mpz_set(m->e[i], a->e[i]);
        if (!alike)
            mpz_mul(m->e[i], a->e[i], b->den);
        if (alike && sign > 0)
            mpz_add(m->e[i], m->e[i], b->e[i]);
        else if (alike)
            mpz_sub(m->e[i], m->e[i], b->e[i]);
        else if (sign > 0)
            mpz_addmul(m->e[i], b->e[i], a->den);
        else
            mpz_submul(m->e[i], b->e[i], a->den);
    }
    return m;
}

ck_mat *
ck_mat_add(const ck_mat *a, const ck_mat *b)
{
    ck_mat *m = combine(a, b, 1);

    ck_mat_reduce(m);
    return m;
}

ck_mat *
ck_mat_sub(const ck_mat *a, const ck_mat *b)
{
    ck_mat *m = combine(a, b, -1);

    ck_mat_reduce(m);
    return m;
}

ck_mat *
ck_mat_scale(const ck_mat *s, const ck_mat *a)
{
    ck_mat *m = ck_mat_new(a->rows, a->cols);

    CK_ASSERT(s->rows == 1 && s->cols == 1);
    mpz_mul(m->den, s->den, a->den);
    for (long i = 0; i < m->rows * m->cols; i++)
        mpz_mul(m->e[i], s->e[0], a->e[i]);
    ck_mat_reduce(m);
    return m;
}

ck_mat *
ck_mat_mul(const ck_mat *a, const ck_mat *b)
{
    ck_mat *m = ck_mat_new(a->rows, b->cols);

    CK_ASSERT(a->cols == b->rows);
    mpz_mul(m->den, a->den, b->den);
    ck_product(m->e, a->e, b->e, a->rows, a->cols, b->cols);
    ck_mat_reduce(m);
    return m;
}

ck_mat *
ck_mat_tr(const ck_mat *a)
{
    ck_mat *m = ck_mat_new(a->cols, a->rows);

    mpz_set(m->den, a->den);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < a->cols; j++)
            mpz_set(CK_E(m, j, i), CK_E(a, i, j));
    return m;
}

ck_mat *
ck_mat_cols(const ck_mat *a, const long *col, long n)
{
    ck_mat *m = ck_mat_new(a->rows, n);

    mpz_set(m->den, a->den);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < n; j++) {
            CK_ASSERT(col[j] >= 0 && col[j] < a->cols);
            mpz_set(CK_E(m, i, j), CK_E(a, i, col[j]));
        }
    return m;
}

ck_mat *
ck_mat_row(const ck_mat *a, long from, long n)
{
    ck_mat *m = ck_mat_new(n, a->cols);

    CK_ASSERT(from >= 0 && n <= a->rows - from);
    mpz_set(m->den, a->den);
    for (long i = 0; i < n * a->cols; i++)
        mpz_set(m->e[i], a->e[from * a->cols + i]);
    return m;
}

ck_mat *
ck_mat_beside(const ck_mat *a, const ck_mat *b)
{
    ck_mat *m = ck_mat_new(a->rows, a->cols + b->cols);
    bool alike = mpz_cmp(a->den, b->den) == 0;

    CK_ASSERT(a->rows == b->rows);
    mpz_set(m->den, a->den);
    if (!alike)
        mpz_mul(m->den, a->den, b->den);
    for (long i = 0; i < m->rows; i++)
        for (long j = 0; j < m->cols; j++) {
            bool left = j < a->cols;

            mpz_set(CK_E(m, i, j), left ? CK_E(a, i, j) : CK_E(b, i, j - a->cols));
            if (!alike)
                mpz_mul(CK_E(m, i, j), CK_E(m, i, j), left ? b->den : a->den);
        }
    ck_mat_reduce(m);
    return m;
}

bool
ck_mat_is_zero(const ck_mat *a)
{
    for (long i = 0; i < a->rows * a->cols; i++)
        if (mpz_sgn(a->e[i]) != 0)
            return false;
    return true;
}

bool
ck_mat_same(const ck_mat *a, const ck_mat *b)
{
    ck_mat *d;
    bool same;

    if (a->rows != b->rows || a->cols != b->cols)
        return false;
    d = combine(a, b, -1);
    same = ck_mat_is_zero(d);
    ck_mat_drop(d);
    return same;
}

int
ck_mat_compare(const ck_mat *a, const ck_mat *b)
{
    ck_mat *d = combine(a, b, -1);
    int sign;

    CK_ASSERT(d->rows == 1 && d->cols == 1);
    sign = mpz_sgn(d->e[0]);
    ck_mat_drop(d);
    return sign;
}
