/*
 * Text to instance: numbers, rows of them, and the matrix they make.
 *
 * Memory stays within a constant times the text: a matrix is made only when all its rows
 * have been read, and what bringing its entries to one denominator costs is limited.
 */
#include "model/reader.h"

#include "base/arena.h"
#include "exact/rat.h"

#include <string.h>

#define MAX_DEN_BITS ((uint64_t)1 << 32) /* entries times bits, over all values */

static aon_status
read_number(fmpq_t out, aon_field f)
{
    bool negative = f.s[0] == '-';
    slong value = 0;

    if (f.len > 18)
        return aon_rat_read(out, f.s, f.len, 0);
    for (size_t i = negative; i < f.len; i++) {
        if (f.s[i] < '0' || f.s[i] > '9')
            return aon_rat_read(out, f.s, f.len, 0);
        value = 10 * value + (f.s[i] - '0');
    }
    if (f.len == (size_t)negative)
        return AON_EINPUT;
    fmpq_set_si(out, negative ? -value : value, 1);
    return AON_OK;
}

static bool
zero_denominator(aon_field f)
{
    const char *bar = memchr(f.s, '/', f.len);
    size_t i;

    if (bar == NULL || bar + 1 == f.s + f.len)
        return false;
    for (i = (size_t)(bar - f.s) + 1; i < f.len && f.s[i] == '0'; i++)
        ;
    return i == f.len;
}

bool
aon_reader_number(aon_reader *r, aon_field f)
{
    aon_scan *sc = &r->sc;
    aon_status st;

    if (r->nentry == r->cap_entry) {
        size_t from = r->cap_entry;

        r->entry = aon_grow(r->entry, &r->cap_entry, r->nentry + 1, sizeof *r->entry);
        for (size_t i = from; i < r->cap_entry; i++)
            fmpq_init(&r->entry[i]);
    }
    st = read_number(&r->entry[r->nentry], f);
    if (st == AON_OK) {
        r->nentry++;
        return true;
    }
    if (st == AON_ELIMIT)
        SCAN_ERROR(sc, aon_scan_at(sc, f), "too-large",
                   "a numerator or denominator may have up to 100000 digits",
                   "number of %zu characters", f.len);
    else if (zero_denominator(f))
        SCAN_ERROR(sc, aon_scan_at(sc, f), "number",
                   "write 0 or a number with another denominator",
                   "the denominator of '%.*s' is zero", SHOW(f));
    else
        SCAN_ERROR(sc, aon_scan_at(sc, f), "number",
                   "numbers are written like 7, -3 or -3/2", "'%.*s' is not a number",
                   SHOW(f));
    return false;
}

bool
aon_reader_natural(aon_reader *r, slong *out, const char *what)
{
    aon_scan *sc = &r->sc;
    aon_field f;
    slong n = 0;

    if (!aon_reader_need(r, &f, what))
        return false;
    for (size_t i = 0; i < f.len; i++) {
        if (f.s[i] < '0' || f.s[i] > '9') {
            SCAN_ERROR(sc, aon_scan_at(sc, f), "number",
                       "write it in digits, such as 3", "'%.*s' is not %s", SHOW(f),
                       what);
            return false;
        }
        if (n <= AON_MAX_DIM)
            n = 10 * n + (f.s[i] - '0');
    }
    if (n > AON_MAX_DIM) {
        SCAN_ERROR(sc, aon_scan_at(sc, f), "too-large",
                   "see the limits in the format description",
                   "%s is at most %d, not %.*s", what, AON_MAX_DIM, SHOW(f));
        return false;
    }
    *out = n;
    return true;
}

bool
aon_reader_row(aon_reader *r, slong width)
{
    aon_scan *sc = &r->sc;
    aon_span extra = aon_scan_here(sc);
    slong n = 0;
    aon_field f;

    while (aon_scan_field(sc, &f)) {
        if (n == width)
            extra = aon_scan_at(sc, f);
        if (n++ < width && !aon_reader_number(r, f))
            return false;
    }
    if (n == width)
        return true;
    SCAN_ERROR(
        sc, n < width ? aon_scan_line_end(sc) : extra, "shape",
        "the first line of the block says how many; lines of a model begin with a name",
        WORD_FMT "d number%s instead of " WORD_FMT "d in this line", n,
        n == 1 ? "" : "s", width);
    return false;
}

bool
aon_reader_matrix(aon_reader *r, aon_mat *out, slong rows, slong cols, bool by_columns,
                  const aon_value *v, aon_span where)
{
    size_t n = r->nentry;
    uint64_t left = n > 0 ? (MAX_DEN_BITS - r->den_bits) / n : 0;
    bool fits = true;
    fmpz_t den, factor;

    AON_ASSERT(n == (size_t)rows * (size_t)cols);
    fmpz_init_set_ui(den, 1);
    fmpz_init(factor);
    for (size_t i = 0; i < n && fits; i++) {
        if (!fmpz_is_one(fmpq_denref(&r->entry[i]))) {
            fmpz_lcm(den, den, fmpq_denref(&r->entry[i]));
            fits = fmpz_bits(den) <= left;
        }
    }
    if (fits) {
        if (!fmpz_is_one(den))
            r->den_bits += (uint64_t)fmpz_bits(den) * n;
        aon_mat_zero(out, rows, cols);
        for (size_t i = 0; i < n; i++) {
            slong at = (slong)i, width = by_columns ? rows : cols;
            slong row = at / width, col = at % width;
            fmpz *to = by_columns ? fmpz_mat_entry(out->num, col, row)
                                  : fmpz_mat_entry(out->num, row, col);
            fmpq *from = &r->entry[i];

            if (!fmpz_equal(den, fmpq_denref(from))) {
                fmpz_divexact(factor, den, fmpq_denref(from));
                fmpz_mul(fmpq_numref(from), fmpq_numref(from), factor);
            }
            fmpz_swap(to, fmpq_numref(from));
        }
        /* Canonical: a prime power of the lcm is in some entry's own denominator. */
        fmpz_set(out->den, den);
    } else {
        SCAN_ERROR(
            &r->sc, where, "too-large", "scale the values to smaller denominators",
            "the entries of '%.60s' have too large a common denominator", v->name);
    }
    fmpz_clear(factor);
    fmpz_clear(den);
    r->nentry = 0;
    return fits;
}
