/*
 * Text to Q and back.  GMP's own reader takes " 2/ 4", "3/-6" and "1/0", so the lexing
 * is done here and FLINT only ever sees digits.
 */
#include "exact/rat.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t
digits(const char *s, size_t len)
{
    size_t n = 0;

    while (n < len && s[n] >= '0' && s[n] <= '9')
        n++;
    return n;
}

static void
set_digits(fmpz_t out, const char *s, size_t len)
{
    char *copy = aon_xmalloc(len + 1);

    memcpy(copy, s, len);
    copy[len] = '\0';
    AON_ASSERT(fmpz_set_str(out, copy, 10) == 0);
    free(copy);
}

static bool
leading_zero(const char *s, size_t len)
{
    return len > 1 && s[0] == '0';
}

aon_status
aon_rat_read(fmpq_t out, const char *s, size_t len, int canonical)
{
    const char *top, *bottom = NULL;
    size_t ntop, nbottom = 0, at = 0;
    bool negative = len > 0 && s[0] == '-';
    aon_status st = AON_OK;
    fmpz_t num, den, g;

    if (negative)
        at = 1;
    top = s + at;
    ntop = digits(top, len - at);
    if (ntop == 0)
        return AON_EINPUT;
    at += ntop;
    if (at < len) {
        if (s[at] != '/')
            return AON_EINPUT;
        at++;
        bottom = s + at;
        nbottom = digits(bottom, len - at);
        if (nbottom == 0 || at + nbottom != len)
            return AON_EINPUT;
    }
    if (ntop > AON_MAX_DIGITS || nbottom > AON_MAX_DIGITS)
        return AON_ELIMIT;
    if (canonical != 0 &&
        (leading_zero(top, ntop) || (bottom != NULL && leading_zero(bottom, nbottom)) ||
         (negative && ntop == 1 && top[0] == '0')))
        return AON_EINPUT;

    fmpz_init(num);
    fmpz_init_set_ui(den, 1);
    fmpz_init(g);
    set_digits(num, top, ntop);
    if (bottom != NULL)
        set_digits(den, bottom, nbottom);
    if (negative)
        fmpz_neg(num, num);
    if (fmpz_is_zero(den)) {
        st = AON_EINPUT;
    } else {
        fmpz_gcd(g, num, den);
        if (canonical != 0 && bottom != NULL && (fmpz_is_one(den) || !fmpz_is_one(g)))
            st = AON_EINPUT;
    }
    if (st == AON_OK) {
        fmpz_divexact(fmpq_numref(out), num, g);
        fmpz_divexact(fmpq_denref(out), den, g);
    }
    fmpz_clear(g);
    fmpz_clear(den);
    fmpz_clear(num);
    return st;
}

void
aon_int_print(aon_buf *out, const fmpz_t z)
{
    char *s = fmpz_get_str(NULL, 10, z);

    aon_buf_puts(out, s);
    flint_free(s);
}

void
aon_rat_print(aon_buf *out, const fmpq_t q)
{
    aon_int_print(out, fmpq_numref(q));
    if (!fmpz_is_one(fmpq_denref(q))) {
        aon_buf_putc(out, '/');
        aon_int_print(out, fmpq_denref(q));
    }
}
