/* Rational matrices: see mat.h. */
#include "mat.h"

static ck_mat **live; /* those that are not kept */
static long nlive;

void ck_mat_start(void) {
    live = NULL;
    nlive = 0;
}

long ck_mat_mark(void) { return nlive; }

void ck_mat_release(long mark) {
    while (nlive > mark) {
        ck_mat *m = live[--nlive];

        if (m->kept) continue;
        for (long i = 0; i < m->rows * m->cols && !m->borrowed; i++) mpz_clear(m->e[i]);
        mpz_clear(m->den);
        ck_free(m->borrowed ? NULL : m->e);
        ck_free(m);
    }
}

ck_mat *ck_mat_new(long rows, long cols) {
    ck_mat *m = ck_new(sizeof *m);
    size_t n = (size_t)rows * (size_t)cols;

    if (rows < 0 || cols < 0 || n > (size_t)1 << 34)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: a matrix of %ld x %ld", rows, cols);
    m->rows = rows;
    m->cols = cols;
    mpz_init_set_ui(m->den, 1);
    m->e = ck_new(n * sizeof *m->e);
    for (size_t i = 0; i < n; i++) mpz_init(m->e[i]);
    CK_PUSH(live, nlive, m);
    return m;
}

/* Only the representation changes: a common factor of all numbers goes. */
static ck_mat *reduced(ck_mat *a) {
    mpz_t g;

    mpz_init_set(g, a->den);
    for (long i = 0; i < a->rows * a->cols && mpz_cmp_ui(g, 1) != 0; i++) mpz_gcd(g, g, a->e[i]);
    if (mpz_cmp_ui(g, 1) != 0) {
        mpz_divexact(a->den, a->den, g);
        for (long i = 0; i < a->rows * a->cols; i++) mpz_divexact(a->e[i], a->e[i], g);
    }
    mpz_clear(g);
    return a;
}

ck_mat *ck_mat_rationals(mpq_t *e, long rows, long cols) {
    ck_mat *m = ck_mat_new(rows, cols);

    for (long i = 0; i < rows * cols; i++) mpz_lcm(m->den, m->den, mpq_denref(e[i]));
    for (long i = 0; i < rows * cols; i++) {
        mpz_divexact(m->e[i], m->den, mpq_denref(e[i]));
        mpz_mul(m->e[i], m->e[i], mpq_numref(e[i]));
    }
    return m;
}

ck_mat *ck_mat_int(long value) {
    ck_mat *m = ck_mat_new(1, 1);

    mpz_set_si(m->e[0], value);
    return m;
}

ck_mat *ck_mat_id(long n) {
    ck_mat *m = ck_mat_new(n, n);

    for (long i = 0; i < n; i++) mpz_set_ui(CK_E(m, i, i), 1);
    return m;
}

ck_mat *ck_mat_add(const ck_mat *a, const ck_mat *b, int sign) {
    ck_mat *m = ck_mat_new(a->rows, a->cols);
    mpz_t fa, fb;

    CK_ASSERT(a->rows == b->rows && a->cols == b->cols);
    mpz_init(fa);
    mpz_init(fb);
    mpz_lcm(m->den, a->den, b->den);
    mpz_divexact(fa, m->den, a->den);
    mpz_divexact(fb, m->den, b->den);
    mpz_mul_si(fb, fb, sign);
    for (long i = 0; i < m->rows * m->cols; i++) {
        mpz_mul(m->e[i], a->e[i], fa);
        mpz_addmul(m->e[i], b->e[i], fb);
    }
    mpz_clear(fa);
    mpz_clear(fb);
    return reduced(m);
}

ck_mat *ck_mat_scale(const ck_mat *s, const ck_mat *a) {
    ck_mat *m = ck_mat_new(a->rows, a->cols);

    CK_ASSERT(s->rows == 1 && s->cols == 1);
    mpz_mul(m->den, s->den, a->den);
    for (long i = 0; i < m->rows * m->cols; i++) mpz_mul(m->e[i], s->e[0], a->e[i]);
    return reduced(m);
}

static ck_mat *multiplied(const ck_mat *a, bool tr, const ck_mat *b) {
    ck_mat *m = ck_mat_new(tr ? a->cols : a->rows, b->cols);

    CK_ASSERT((tr ? a->rows : a->cols) == b->rows);
    mpz_mul(m->den, a->den, b->den);
    ck_product(m->e, a->e, tr, b->e, m->rows, b->rows, m->cols);
    return reduced(m);
}

ck_mat *ck_mat_mul(const ck_mat *a, const ck_mat *b) { return multiplied(a, false, b); }

ck_mat *ck_mat_tr_mul(const ck_mat *a, const ck_mat *b) { return multiplied(a, true, b); }

ck_mat *ck_mat_tr(const ck_mat *a) {
    ck_mat *m = ck_mat_new(a->cols, a->rows);

    mpz_set(m->den, a->den);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < a->cols; j++) mpz_set(CK_E(m, j, i), CK_E(a, i, j));
    return m;
}

ck_mat *ck_mat_pick(const ck_mat *a, const long *row, long n, const long *col, long m) {
    ck_mat *p = ck_mat_new(n, m);

    mpz_set(p->den, a->den);
    for (long i = 0; i < n; i++)
        for (long j = 0; j < m; j++) {
            long k = row != NULL ? row[i] : i, l = col != NULL ? col[j] : j;

            CK_ASSERT(k >= 0 && k < a->rows && l >= 0 && l < a->cols);
            mpz_set(CK_E(p, i, j), CK_E(a, k, l));
        }
    return reduced(p);
}

ck_mat *ck_mat_row(const ck_mat *a, long i) {
    ck_mat *m = ck_new(sizeof *m);

    CK_ASSERT(i >= 0 && i < a->rows);
    *m = (ck_mat){.rows = a->cols, .cols = 1, .borrowed = true, .e = a->e + i * a->cols};
    mpz_init_set(m->den, a->den);
    CK_PUSH(live, nlive, m);
    return m;
}

ck_mat *ck_mat_beside(ck_mat **v, long n) {
    long cols = 0;
    ck_mat *all;
    mpz_t f;

    for (long i = 0; i < n; i++) cols += v[i]->cols;
    all = ck_mat_new(v[0]->rows, cols);
    mpz_init(f);
    for (long i = 0; i < n; i++) mpz_lcm(all->den, all->den, v[i]->den);
    for (long i = 0, at = 0; i < n; at += v[i++]->cols) {
        CK_ASSERT(v[i]->rows == all->rows);
        mpz_divexact(f, all->den, v[i]->den);
        for (long k = 0; k < all->rows; k++)
            for (long j = 0; j < v[i]->cols; j++)
                mpz_mul(CK_E(all, k, at + j), CK_E(v[i], k, j), f);
    }
    mpz_clear(f);
    return reduced(all);
}

bool ck_mat_is_zero(const ck_mat *a) {
    for (long i = 0; i < a->rows * a->cols; i++)
        if (mpz_sgn(a->e[i]) != 0) return false;
    return true;
}

bool ck_mat_same(const ck_mat *a, const ck_mat *b) {
    return a->rows == b->rows && a->cols == b->cols && ck_mat_is_zero(ck_mat_add(a, b, -1));
}

void ck_mat_entry(mpq_t out, const ck_mat *a, long i, long j) {
    mpz_set(mpq_numref(out), CK_E(a, i, j));
    mpz_set(mpq_denref(out), a->den);
    mpq_canonicalize(out);
}
