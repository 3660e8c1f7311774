/* Rational matrices: see check.h. */
#include "check.h"

/* A new one, like this. */
static ck_mat *made(ck_mat m) { return memcpy(ck_new(sizeof m), &m, sizeof m); }

ck_mat *ck_mat_new(long rows, long cols) {
    size_t n = (size_t)rows * (size_t)cols;

    if (rows < 0 || cols < 0 || n > (size_t)1 << 34)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: a matrix of %ld x %ld", rows, cols);
    ck_mat *m =
        made((ck_mat){.op = CK_RAT, .rows = rows, .cols = cols, .e = ck_new(n * sizeof(mpz_t))});
    mpz_init_set_ui(m->den, 1);
    for (size_t i = 0; i < n; i++) mpz_init(m->e[i]);
    return m;
}

ck_mat *ck_coordinates(long *next, long rows, long cols) {
    *next += rows * cols;
    return made((ck_mat){.op = CK_UNK, .rows = rows, .cols = cols, .first = *next - rows * cols});
}

ck_mat *ck_keep(ck_mat *a) {
    int was = ck_use(CK_CASE);
    ck_mat *m = ck_apply(CK_SUM, &a, 1);

    ck_use(was);
    return m;
}

ck_mat *ck_mat_rationals(mpq_ptr e, long rows, long cols) {
    ck_mat *m = ck_mat_new(rows, cols);

    for (long i = 0; i < rows * cols; i++) mpz_lcm(m->den, m->den, mpq_denref(e + i));
    for (long i = 0; i < rows * cols; i++) {
        mpz_divexact(m->e[i], m->den, mpq_denref(e + i));
        mpz_mul(m->e[i], m->e[i], mpq_numref(e + i));
    }
    return m;
}

ck_mat *ck_mat_diagonal(long n, long value) {
    ck_mat *m = ck_mat_new(n, n);

    for (long i = 0; i < n; i++) mpz_set_si(CK_E(m, i, i), value);
    return m;
}

ck_mat *ck_mat_pick(const ck_mat *a, const long *row, long n, const long *col, long m) {
    ck_mat *p = ck_mat_new(n, m);

    mpz_set(p->den, a->den);
    for (long i = 0; i < n; i++)
        for (long j = 0; j < m; j++) {
            long k = row != NULL ? row[i] : i, l = col != NULL ? col[j] : j;

            CK_ASSERT(k >= 0 && k < a->rows && l >= 0 && l < a->cols);
            *CK_E(p, i, j) = *CK_E(a, k, l);
        }
    return p;
}

bool ck_mat_is_zero(const ck_mat *a) {
    CK_ASSERT(a->op == CK_RAT);
    for (long i = 0; i < a->rows * a->cols; i++)
        if (mpz_sgn(a->e[i]) != 0) return false;
    return true;
}

/* ---- products ---- */

/* -DCK_SLOT_MINUS=1 makes a slot one bit too narrow: tests/scripts/checker_slot.py. */
#ifndef CK_SLOT_MINUS
#define CK_SLOT_MINUS 0
#endif
enum { PACK_COLS = 4, PACK_WIDE = 16 }; /* packing is quadratic in the columns */

/* Bits of the largest absolute value. */
static size_t max_bits(const ck_mat *a) {
    size_t most = 1;

    for (long i = 0; i < a->rows * a->cols; i++)
        if (mpz_sizeinbase(a->e[i], 2) > most) most = mpz_sizeinbase(a->e[i], 2);
    return most;
}

/*
 * A row of b becomes one integer, the sum of b[j] 2^(W j); then a row of c is one sum of products.
 * Every |c[j]| is at most k max|a| max|b| < 2^(W-1) = half. An integer with such signed digits,
 * and `halves`, which has the digits half, added, has the digits c[j] + half, which are not
 * negative: these are its limbs. Its highest bit is set above them, to have them all.
 */
static void packed(ck_mat *c, const ck_mat *a, const ck_mat *b) {
    size_t bits = max_bits(a) + max_bits(b) + 1 - CK_SLOT_MINUS, n = (size_t)c->cols;
    mpz_t *row = ck_new((size_t)b->rows * sizeof *row), half, halves, sum, digit;

    for (long t = b->rows - 1; t > 0; t /= 2) bits++; /* k <= 2^t */
    size_t limbs = (bits + GMP_NUMB_BITS - 1) / GMP_NUMB_BITS, width = limbs * GMP_NUMB_BITS;
    mpz_inits(half, halves, sum, NULL);
    mpz_setbit(half, width - 1);
    for (size_t j = 0; j < n; j++) mpz_setbit(halves, width * j + width - 1);
    for (long l = 0; l < b->rows; l++) {
        mpz_init(row[l]);
        for (long j = c->cols - 1; j >= 0; j--) {
            mpz_mul_2exp(row[l], row[l], width);
            mpz_add(row[l], row[l], CK_E(b, l, j));
        }
    }
    for (long i = 0; i < c->rows; i++) {
        mpz_set(sum, halves);
        mpz_setbit(sum, width * n);
        for (long l = 0; l < b->rows; l++) mpz_addmul(sum, CK_E(a, i, l), row[l]);
        for (size_t j = 0; j < n; j++) {
            mpz_roinit_n(digit, mpz_limbs_read(sum) + j * limbs, (mp_size_t)limbs);
            mpz_sub(CK_E(c, i, (long)j), digit, half);
        }
    }
}

static void multiply(ck_mat *m, const ck_mat *a, const ck_mat *b) {
    CK_ASSERT(a->cols == b->rows);
    if (m->rows > 1 && m->cols >= PACK_COLS && m->cols <= PACK_WIDE * m->rows)
        packed(m, a, b);
    else
        for (long i = 0; i < m->rows; i++)
            for (long l = 0; l < b->rows; l++)
                for (long j = 0; j < m->cols && mpz_sgn(CK_E(a, i, l)) != 0; j++)
                    mpz_addmul(CK_E(m, i, j), CK_E(a, i, l), CK_E(b, l, j));
}

/* ---- operations ---- */

/* Only the representation changes: a common factor of all numbers goes. */
static ck_mat *reduced(ck_mat *a) {
    mpz_t g;

    mpz_init_set(g, a->den);
    for (long i = 0; i < a->rows * a->cols && mpz_cmp_ui(g, 1) != 0; i++) mpz_gcd(g, g, a->e[i]);
    if (mpz_cmp_ui(g, 1) == 0) return a;
    mpz_divexact(a->den, a->den, g);
    for (long i = 0; i < a->rows * a->cols; i++) mpz_divexact(a->e[i], a->e[i], g);
    return a;
}

/* Adds f a, from that column on. */
static void addmul(ck_mat *to, long col, const ck_mat *a, const mpz_t f) {
    CK_ASSERT(a->rows == to->rows && col + a->cols <= to->cols);
    for (long i = 0; i < a->rows; i++)
        for (long j = 0; j < a->cols; j++) mpz_addmul(CK_E(to, i, col + j), CK_E(a, i, j), f);
}

/* All parts, added or side by side. */
static void add_up(ck_mat *m, ck_mat **part, long n, bool beside) {
    mpz_t f;

    mpz_init(f);
    for (long i = 0; i < n; i++) mpz_lcm(m->den, m->den, part[i]->den);
    for (long i = 0, col = 0; i < n; col += beside ? part[i]->cols : 0, i++) {
        mpz_divexact(f, m->den, part[i]->den);
        addmul(m, col, part[i], f);
    }
}

ck_mat *ck_apply(ck_op op, ck_mat **part, long n) {
    ck_mat *a = part[0], *b = part[n - 1];
    bool open = false, tr = op == CK_TR, beside = op == CK_COLS;
    long rows = tr ? a->cols : op == CK_SCALE ? b->rows : a->rows, cols = 0;

    if (op == CK_DOT) return ck_apply2(CK_MUL, ck_apply2(CK_TR, a, NULL), b);
    if (op >= CK_EQ) return ck_apply2(CK_ADD, a, ck_apply2(CK_SCALE, ck_mat_diagonal(1, -1), b));
    for (long i = 0; i < n; i++) {
        open = open || part[i]->op != CK_RAT;
        cols = tr ? a->rows : beside ? cols + part[i]->cols : b->cols;
    }
    if (open) return made((ck_mat){.op = op, .rows = rows, .cols = cols, .part = part, .n = n});
    ck_mat *m = ck_mat_new(rows, cols);
    if (tr) {
        mpz_set(m->den, a->den);
        for (long i = 0; i < rows; i++)
            for (long j = 0; j < cols; j++) *CK_E(m, i, j) = *CK_E(a, j, i);
        return m;
    }
    if (op == CK_SCALE || op == CK_MUL) mpz_mul(m->den, a->den, b->den);
    if (op == CK_SCALE)
        addmul(m, 0, b, a->e[0]);
    else if (op == CK_MUL)
        multiply(m, a, b);
    else /* add sum cols */
        add_up(m, part, n, beside);
    return reduced(m);
}

ck_mat *ck_apply2(ck_op op, ck_mat *a, ck_mat *b) {
    ck_mat *part[] = {a, b};

    return ck_apply(op, memcpy(ck_new(sizeof part), part, sizeof part), b != NULL ? 2 : 1);
}

/* ---- entries ---- */

void ck_add_entry(mpq_ptr sum, const ck_mat *m, long entry, const mpq_t q) {
    ck_mat **part = m->part;
    long i = entry / m->cols, j = entry % m->cols;
    bool scale = m->op == CK_SCALE, second = m->n > 0 && part[0]->op != CK_RAT;
    mpq_t by;

    if (mpq_sgn(q) == 0) return;
    mpq_init(by);
    switch (m->op) {
    case CK_RAT: /* closed */
        mpz_mul(mpq_numref(by), mpq_numref(q), m->e[entry]);
        mpz_mul(mpq_denref(by), mpq_denref(q), m->den);
        mpq_canonicalize(by);
        mpq_add(sum, sum, by);
        break;
    case CK_UNK: mpq_add(sum + m->first + entry, sum + m->first + entry, q); break;
    case CK_TR: ck_add_entry(sum, part[0], j * m->rows + i, q); break;
    case CK_COLS:
        part += j / part[0]->cols;
        ck_add_entry(sum, *part, i * (*part)->cols + j % (*part)->cols, q);
        break;
    case CK_ADD:
    case CK_SUM:
        for (long k = 0; k < m->n; k++) ck_add_entry(sum, part[k], entry, q);
        break;
    default: /* scale mul, one of the two closed */
        for (long k = 0, n = scale ? 1 : part[1]->rows; k < n; k++) {
            long at[] = {scale ? 0 : i * n + k, scale ? entry : k * m->cols + j};

            mpq_set_ui(by, 0, 1);
            ck_add_entry(by, part[second], at[second], q);
            ck_add_entry(sum, part[!second], at[!second], by);
        }
    }
    mpq_clear(by); /* mostly the last piece of memory: it can be used again */
}
