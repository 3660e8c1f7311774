/*
 * Numbers of up to 1000 digits as little-endian 32-bit limbs.  Shift and subtract only:
 * a statement holds few long rationals, so simple beats fast here.
 */
#include "lang/rat_text.h"

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LIMBS 106 /* 1000 digits are 3322 bits are 104 limbs; one for a shift */

typedef struct {
    uint32_t limb[LIMBS];
    size_t n; /* no leading zero limb; 0: the number 0 */
} big;

static void
big_trim(big *a)
{
    while (a->n > 0 && a->limb[a->n - 1] == 0)
        a->n--;
}

/* a = a * m + c */
static void
big_muladd(big *a, uint32_t m, uint32_t c)
{
    uint64_t carry = c;

    for (size_t i = 0; i < a->n; i++) {
        carry += (uint64_t)a->limb[i] * m;
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        AON_ASSERT(a->n < LIMBS);
        a->limb[a->n++] = (uint32_t)carry;
    }
}

/* a = a / m, the remainder is returned */
static uint32_t
big_divmod_small(big *a, uint32_t m)
{
    uint64_t rest = 0;

    for (size_t i = a->n; i-- > 0;) {
        rest = (rest << 32) | a->limb[i];
        a->limb[i] = (uint32_t)(rest / m);
        rest %= m;
    }
    big_trim(a);
    return (uint32_t)rest;
}

static int
big_cmp(const big *a, const big *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (size_t i = a->n; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* a = a - b, b <= a */
static void
big_sub(big *a, const big *b)
{
    uint64_t borrow = 0;

    for (size_t i = 0; i < a->n; i++) {
        uint64_t s = (i < b->n ? b->limb[i] : 0) + borrow;

        borrow = a->limb[i] < s;
        a->limb[i] = (uint32_t)(a->limb[i] - s);
    }
    AON_ASSERT(borrow == 0);
    big_trim(a);
}

static void
big_halve(big *a)
{
    for (size_t i = 0; i < a->n; i++)
        a->limb[i] = (a->limb[i] >> 1) | (i + 1 < a->n ? a->limb[i + 1] << 31 : 0);
    big_trim(a);
}

static bool
big_even(const big *a)
{
    return a->n == 0 || (a->limb[0] & 1) == 0;
}

/* Binary gcd; neither is 0. */
static big
big_gcd(big a, big b)
{
    size_t twos = 0;

    for (; big_even(&a) && big_even(&b); twos++) {
        big_halve(&a);
        big_halve(&b);
    }
    while (big_even(&a))
        big_halve(&a);
    while (b.n > 0) {
        while (big_even(&b))
            big_halve(&b);
        if (big_cmp(&a, &b) > 0) {
            big t = a;

            a = b;
            b = t;
        }
        big_sub(&b, &a);
    }
    for (; twos > 0; twos--)
        big_muladd(&a, 2, 0);
    return a;
}

/* a / b, b > 0, bit by bit. */
static big
big_div(const big *a, const big *b)
{
    big quotient = {.n = a->n}, rest = {.n = 0};

    for (size_t i = 32 * a->n; i-- > 0;) {
        big_muladd(&rest, 2, (a->limb[i / 32] >> (i % 32)) & 1);
        if (big_cmp(&rest, b) >= 0) {
            big_sub(&rest, b);
            quotient.limb[i / 32] |= (uint32_t)1 << (i % 32);
        }
    }
    big_trim(&quotient);
    return quotient;
}

static big
big_read(const char *s, size_t len)
{
    big a = {.n = 0};

    AON_ASSERT(len <= AON_RAT_DIGITS);
    for (size_t i = 0; i < len; i++)
        big_muladd(&a, 10, (uint32_t)(s[i] - '0'));
    return a;
}

/* Decimal digits of a, written to the end of buf[size]; the start is returned. */
static char *
big_write(big a, char *buf, size_t size)
{
    char *p = buf + size;

    do
        *--p = (char)('0' + big_divmod_small(&a, 10));
    while (a.n > 0);
    return p;
}

const char *
aon_rat_text(aon_arena *arena, const char *num, size_t num_len, const char *den,
             size_t den_len)
{
    char top[AON_RAT_DIGITS + 10], bottom[AON_RAT_DIGITS + 10], *s, *p, *q;
    size_t np, nq;
    big a, b, g;

    if (num_len == 1 && num[0] == '0')
        return "0";
    if (den == NULL || (den_len == 1 && den[0] == '1'))
        return aon_arena_strndup(arena, num, num_len);
    a = big_read(num, num_len);
    b = big_read(den, den_len);
    g = big_gcd(a, b);
    a = big_div(&a, &g);
    b = big_div(&b, &g);
    p = big_write(a, top, sizeof top);
    q = big_write(b, bottom, sizeof bottom);
    np = (size_t)(top + sizeof top - p);
    nq = (size_t)(bottom + sizeof bottom - q);
    if (nq == 1 && *q == '1')
        return aon_arena_strndup(arena, p, np);
    s = aon_arena_alloc(arena, np + nq + 2);
    memcpy(s, p, np);
    s[np] = '/';
    memcpy(s + np + 1, q, nq);
    return s;
}
