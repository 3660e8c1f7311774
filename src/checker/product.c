/*
 * Products of integer matrices. Packed: a row of b becomes one integer, the sum of
 * b[j] 2^(W j); then a row of c is one sum of products. Every |c[j]| is at most
 * k max|a| max|b| < 2^(W-1), so the signed digits of that sum to base 2^W are the entries.
 */
#include "mat.h"

/* -DCK_SLOT_MINUS=1 makes a slot one bit too narrow: tests/scripts/checker_slot.py. */
#ifndef CK_SLOT_MINUS
#define CK_SLOT_MINUS 0
#endif
enum { PACK_COLS = 4, PACK_PRODUCTS = 64 };

/* Bits of the largest absolute value. */
static size_t max_bits(mpz_t *e, long n) {
    size_t most = 1;

    for (long i = 0; i < n; i++)
        if (mpz_sizeinbase(e[i], 2) > most) most = mpz_sizeinbase(e[i], 2);
    return most;
}

/* The entries with the given sign, one in each slot of `limbs` limbs. */
static void pack(mpz_t out, mpz_t *e, long n, size_t limbs, int sign) {
    mp_size_t size = (mp_size_t)limbs * n;
    mp_limb_t *to = mpz_limbs_write(out, size);

    memset(to, 0, (size_t)size * sizeof *to);
    for (long j = 0; j < n; j++)
        if (mpz_sgn(e[j]) == sign)
            memcpy(to + (size_t)j * limbs, mpz_limbs_read(e[j]), mpz_size(e[j]) * sizeof *to);
    mpz_limbs_finish(out, size);
}

/* Signed digits: one at or above half the base is negative and carries into the next. */
static void unpack(mpz_t *e, mpz_t from, long n, size_t limbs) {
    size_t size = mpz_size(from), width = limbs * (size_t)mp_bits_per_limb;
    unsigned carry = 0;
    mpz_t base;

    mpz_init_set_ui(base, 1);
    mpz_mul_2exp(base, base, width);
    for (long j = 0; j < n; j++) {
        size_t at = (size_t)j * limbs, have = at >= size ? 0 : size - at;
        mp_limb_t *to = mpz_limbs_write(e[j], (mp_size_t)limbs);

        have = have < limbs ? have : limbs;
        memcpy(to, mpz_limbs_read(from) + at, have * sizeof *to);
        mpz_limbs_finish(e[j], (mp_size_t)have);
        mpz_add_ui(e[j], e[j], carry);
        carry = mpz_sizeinbase(e[j], 2) >= width;
        if (carry) mpz_sub(e[j], e[j], base);
        if (mpz_sgn(from) < 0) mpz_neg(e[j], e[j]);
    }
    CK_ASSERT(carry == 0 && size <= (size_t)n * limbs);
    mpz_clear(base);
}

static void packed(mpz_t *c, mpz_t *a, mpz_t *b, long m, long k, long n, long down, long right) {
    size_t bits = max_bits(a, m * k) + max_bits(b, k * n) + 1 - CK_SLOT_MINUS, limbs;
    mpz_t *row = ck_new((size_t)k * sizeof *row), sum;

    for (long t = k - 1; t > 0; t /= 2) bits++; /* k <= 2^t */
    limbs = (bits + (size_t)mp_bits_per_limb - 1) / (size_t)mp_bits_per_limb;
    mpz_init(sum);
    for (long l = 0; l < k; l++) {
        mpz_init(row[l]);
        pack(row[l], b + l * n, n, limbs, 1);
        pack(sum, b + l * n, n, limbs, -1);
        mpz_sub(row[l], row[l], sum);
    }
    for (long i = 0; i < m; i++) {
        mpz_set_ui(sum, 0);
        for (long l = 0; l < k; l++) mpz_addmul(sum, a[i * down + l * right], row[l]);
        unpack(c + i * n, sum, n, limbs);
    }
    for (long l = 0; l < k; l++) mpz_clear(row[l]);
    mpz_clear(sum);
    ck_free(row);
}

void ck_product(mpz_t *c, mpz_t *a, bool tr, mpz_t *b, long m, long k, long n) {
    long down = tr ? 1 : k, right = tr ? m : 1; /* steps in a */

    if (n >= PACK_COLS && m > 1 && m * k >= PACK_PRODUCTS / n) {
        packed(c, a, b, m, k, n, down, right);
        return;
    }
    for (long i = 0; i < m; i++)
        for (long l = 0; l < k; l++)
            for (long j = 0; j < n && mpz_sgn(a[i * down + l * right]) != 0; j++)
                mpz_addmul(c[i * n + j], a[i * down + l * right], b[l * n + j]);
}
