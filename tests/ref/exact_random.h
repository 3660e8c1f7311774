/*
 * Random matrices for the tests of exact/, corners first, and the way from aon_mat to
 * ref_mat.  Included after unit/t.h, whose t_below() drives it; static, because tests/ref
 * itself links neither FLINT nor exact/.
 */
#ifndef AON_REF_EXACT_RANDOM_H
#define AON_REF_EXACT_RANDOM_H

#include "exact/mat.h"
#include "ref/ref.h"

#define P1 UWORD(2147483647) /* the first two primes of the list in exact/ */
#define P2 UWORD(2147483629)

T_UNUSED static void
to_ref(ref_mat *out, const aon_mat *a)
{
    long rows = (long)aon_mat_rows(a), cols = (long)aon_mat_cols(a);

    ref_clear(out);
    ref_init(out, rows, cols);
    for (long i = 0; i < rows; i++)
        for (long j = 0; j < cols; j++) {
            fmpz_get_mpz(mpq_numref(*ref_at(out, i, j)), fmpz_mat_entry(a->num, i, j));
            fmpz_get_mpz(mpq_denref(*ref_at(out, i, j)), a->den);
            mpq_canonicalize(*ref_at(out, i, j));
        }
}

/* den > 0 and gcd(den, entries) = 1 */
T_UNUSED static bool
is_canonical(const aon_mat *a)
{
    fmpz_t g;
    bool ok;

    fmpz_init(g);
    fmpz_mat_content(g, a->num);
    fmpz_gcd(g, g, a->den);
    ok = fmpz_is_one(g) && fmpz_sgn(a->den) > 0;
    fmpz_clear(g);
    return ok;
}

T_UNUSED static void
random_bits(fmpz_t out, unsigned bits)
{
    fmpz_zero(out);
    for (unsigned done = 0; done < bits; done += 30) {
        fmpz_mul_2exp(out, out, 30);
        fmpz_add_ui(out, out, (ulong)t_below(1U << 30));
    }
    fmpz_fdiv_q_2exp(out, out, (30 - bits % 30) % 30);
    if (t_below(2) == 0)
        fmpz_neg(out, out);
}

/* Entry styles: tiny, mostly zero, 24, 64, 200 bits, and three unlucky modulo P1. */
enum { STYLES = 8 };

T_UNUSED static void
random_entry(fmpz_t out, unsigned style)
{
    switch (style) {
    case 0:
        fmpz_set_si(out, (slong)t_below(5) - 2);
        break;
    case 1:
        fmpz_set_si(out, t_below(4) == 0 ? (slong)t_below(7) - 3 : 0);
        break;
    case 2:
        random_bits(out, 24);
        break;
    case 3:
        random_bits(out, 64);
        break;
    case 4:
        random_bits(out, 200);
        break;
    case 5: /* zero modulo the first prime now and then */
        fmpz_set_si(out, (slong)t_below(5) - 2);
        if (t_below(2) == 0)
            fmpz_mul_ui(out, out, P1);
        break;
    case 6: /* equal modulo the first prime */
        fmpz_set_ui(out, P1);
        fmpz_mul_si(out, out, (slong)t_below(3));
        fmpz_add_ui(out, out, 1);
        break;
    default: /* zero modulo the first two */
        fmpz_set_si(out, (slong)t_below(5) - 2);
        fmpz_mul_ui(out, out, P1);
        fmpz_mul_ui(out, out, P2);
        break;
    }
}

T_UNUSED static void
random_dense(aon_mat *a, slong rows, slong cols, unsigned style)
{
    aon_mat_zero(a, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            random_entry(fmpz_mat_entry(a->num, i, j), style);
}

/* A random denominator; divisible by P1 now and then. */
T_UNUSED static void
random_den(aon_mat *a)
{
    switch (t_below(4)) {
    case 0:
        fmpz_set_ui(a->den, 1 + (ulong)t_below(12));
        break;
    case 1:
        random_bits(a->den, 40);
        fmpz_abs(a->den, a->den);
        fmpz_add_ui(a->den, a->den, 1);
        break;
    case 2:
        fmpz_set_ui(a->den, P1);
        break;
    default:
        break;
    }
    aon_mat_canonicalise(a);
}

/* Any matrix of the shape: full, of low rank, with repeated or zero rows and columns. */
T_UNUSED static void
random_shaped(aon_mat *a, slong rows, slong cols)
{
    unsigned style = (unsigned)t_below(STYLES);
    slong small = FLINT_MIN(rows, cols);

    if (t_below(2) == 0) {
        random_dense(a, rows, cols, style);
    } else {
        slong rank = (slong)t_below((uint64_t)small + 1);
        aon_mat left, right;

        aon_mat_init(&left, 0, 0);
        aon_mat_init(&right, 0, 0);
        random_dense(&left, rows, rank, style);
        random_dense(&right, rank, cols, (unsigned)t_below(3));
        aon_mat_mul(a, &left, &right);
        aon_mat_clear(&right);
        aon_mat_clear(&left);
    }
    if (t_below(3) == 0 && rows > 1) {
        slong from = (slong)t_below((uint64_t)rows),
              to = (slong)t_below((uint64_t)rows);

        for (slong j = 0; j < cols; j++)
            fmpz_set(fmpz_mat_entry(a->num, to, j), fmpz_mat_entry(a->num, from, j));
    }
    if (t_below(3) == 0 && cols > 0) {
        slong to = (slong)t_below((uint64_t)cols);

        for (slong i = 0; i < rows; i++)
            fmpz_zero(fmpz_mat_entry(a->num, i, to));
    }
    random_den(a);
}

/* Sizes 0..n, the empty and the one-dimensional ones often. */
T_UNUSED static slong
random_size(slong n)
{
    return t_below(4) == 0 ? (slong)t_below(2) : (slong)t_below((uint64_t)n + 1);
}

#endif
