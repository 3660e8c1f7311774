/*
 * Matrices over Q as integers over one denominator.  FLINT checks no shapes, so every
 * function here does; results are built aside and swapped in, so out may be an operand.
 */
#include "exact/mat.h"

#include "exact/rat.h"

void
aon_mat_init(aon_mat *a, slong rows, slong cols)
{
    AON_ASSERT(rows >= 0 && cols >= 0);
    fmpz_mat_init(a->num, rows, cols);
    fmpz_init_set_ui(a->den, 1);
}

void
aon_mat_clear(aon_mat *a)
{
    fmpz_clear(a->den);
    fmpz_mat_clear(a->num);
}

void
aon_mat_swap(aon_mat *a, aon_mat *b)
{
    if (a == b)
        return;
    fmpz_mat_swap(a->num, b->num);
    fmpz_swap(a->den, b->den);
}

/* Swap res into out and release what out held. */
static void
move(aon_mat *out, aon_mat *res)
{
    aon_mat_swap(out, res);
    aon_mat_clear(res);
}

slong
aon_mat_rows(const aon_mat *a)
{
    return fmpz_mat_nrows(a->num);
}

slong
aon_mat_cols(const aon_mat *a)
{
    return fmpz_mat_ncols(a->num);
}

void
aon_mat_set(aon_mat *out, const aon_mat *a)
{
    aon_mat res;

    if (out == a)
        return;
    aon_mat_init(&res, aon_mat_rows(a), aon_mat_cols(a));
    fmpz_mat_set(res.num, a->num);
    fmpz_set(res.den, a->den);
    move(out, &res);
}

void
aon_mat_zero(aon_mat *out, slong rows, slong cols)
{
    aon_mat res;

    aon_mat_init(&res, rows, cols);
    move(out, &res);
}

void
aon_mat_one(aon_mat *out, slong n)
{
    aon_mat res;

    aon_mat_init(&res, n, n);
    for (slong i = 0; i < n; i++)
        fmpz_one(fmpz_mat_entry(res.num, i, i));
    move(out, &res);
}

void
aon_mat_canonicalise(aon_mat *a)
{
    slong rows = aon_mat_rows(a), cols = aon_mat_cols(a);
    fmpz_t g;

    AON_ASSERT(!fmpz_is_zero(a->den));
    if (fmpz_sgn(a->den) < 0) {
        fmpz_neg(a->den, a->den);
        fmpz_mat_neg(a->num, a->num);
    }
    if (fmpz_is_one(a->den))
        return;
    fmpz_init_set(g, a->den); /* gcd(den, entries), left as soon as it is 1 */
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols && !fmpz_is_one(g); j++)
            if (!fmpz_is_zero(fmpz_mat_entry(a->num, i, j)))
                fmpz_gcd(g, g, fmpz_mat_entry(a->num, i, j));
    if (!fmpz_is_one(g)) {
        fmpz_divexact(a->den, a->den, g);
        fmpz_mat_scalar_divexact_fmpz(a->num, a->num, g);
    }
    fmpz_clear(g);
}

bool
aon_mat_equal(const aon_mat *a, const aon_mat *b)
{
    return aon_mat_rows(a) == aon_mat_rows(b) && aon_mat_cols(a) == aon_mat_cols(b) &&
           fmpz_equal(a->den, b->den) && fmpz_mat_equal(a->num, b->num);
}

bool
aon_mat_is_zero(const aon_mat *a)
{
    return fmpz_mat_is_zero(a->num) != 0;
}

/* ---- entries ---------------------------------------------------------------------- */

static void
check_entry(const aon_mat *a, slong i, slong j)
{
    AON_ASSERT(i >= 0 && i < aon_mat_rows(a) && j >= 0 && j < aon_mat_cols(a));
}

void
aon_mat_get(fmpq_t out, const aon_mat *a, slong i, slong j)
{
    check_entry(a, i, j);
    fmpz_set(fmpq_numref(out), fmpz_mat_entry(a->num, i, j));
    fmpz_set(fmpq_denref(out), a->den);
    fmpq_canonicalise(out);
}

void
aon_mat_set_entry(aon_mat *a, slong i, slong j, const fmpq_t v)
{
    fmpz_t g, f;

    check_entry(a, i, j);
    fmpz_init(g);
    fmpz_init(f);
    fmpz_gcd(g, a->den, fmpq_denref(v));
    fmpz_divexact(f, fmpq_denref(v), g); /* a->den * f is the common denominator */
    if (!fmpz_is_one(f)) {
        fmpz_mat_scalar_mul_fmpz(a->num, a->num, f);
        fmpz_mul(a->den, a->den, f);
    }
    fmpz_divexact(f, a->den, fmpq_denref(v));
    fmpz_mul(fmpz_mat_entry(a->num, i, j), fmpq_numref(v), f);
    aon_mat_canonicalise(a); /* the entry written over may have kept den large */
    fmpz_clear(f);
    fmpz_clear(g);
}

int
aon_mat_sgn(const aon_mat *a, slong i, slong j)
{
    check_entry(a, i, j);
    return fmpz_sgn(fmpz_mat_entry(a->num, i, j));
}

/* ---- ring operations -------------------------------------------------------------- */

static void
add_or_sub(aon_mat *out, const aon_mat *a, const aon_mat *b, bool sub)
{
    aon_mat res, t;
    fmpz_t g, fa, fb;

    AON_ASSERT(aon_mat_rows(a) == aon_mat_rows(b) &&
               aon_mat_cols(a) == aon_mat_cols(b));
    aon_mat_init(&res, aon_mat_rows(a), aon_mat_cols(a));
    aon_mat_init(&t, aon_mat_rows(a), aon_mat_cols(a));
    fmpz_init(g);
    fmpz_init(fa);
    fmpz_init(fb);
    fmpz_gcd(g, a->den, b->den);
    fmpz_divexact(fa, b->den, g);
    fmpz_divexact(fb, a->den, g);
    fmpz_mat_scalar_mul_fmpz(res.num, a->num, fa);
    fmpz_mat_scalar_mul_fmpz(t.num, b->num, fb);
    if (sub)
        fmpz_mat_sub(res.num, res.num, t.num);
    else
        fmpz_mat_add(res.num, res.num, t.num);
    fmpz_mul(res.den, a->den, fa);
    aon_mat_canonicalise(&res);
    fmpz_clear(fb);
    fmpz_clear(fa);
    fmpz_clear(g);
    aon_mat_clear(&t);
    move(out, &res);
}

void
aon_mat_add(aon_mat *out, const aon_mat *a, const aon_mat *b)
{
    add_or_sub(out, a, b, false);
}

void
aon_mat_sub(aon_mat *out, const aon_mat *a, const aon_mat *b)
{
    add_or_sub(out, a, b, true);
}

void
aon_mat_neg(aon_mat *out, const aon_mat *a)
{
    aon_mat_set(out, a);
    fmpz_mat_neg(out->num, out->num);
}

void
aon_mat_mul(aon_mat *out, const aon_mat *a, const aon_mat *b)
{
    aon_mat res;

    AON_ASSERT(aon_mat_cols(a) == aon_mat_rows(b));
    aon_mat_init(&res, aon_mat_rows(a), aon_mat_cols(b));
    if (aon_mat_cols(a) > 0) {
        fmpz_mat_mul(res.num, a->num, b->num);
        fmpz_mul(res.den, a->den, b->den);
        aon_mat_canonicalise(&res);
    }
    move(out, &res);
}

void
aon_mat_scale(aon_mat *out, const aon_mat *s, const aon_mat *a)
{
    aon_mat res;

    AON_ASSERT(aon_mat_rows(s) == 1 && aon_mat_cols(s) == 1);
    aon_mat_init(&res, aon_mat_rows(a), aon_mat_cols(a));
    fmpz_mat_scalar_mul_fmpz(res.num, a->num, fmpz_mat_entry(s->num, 0, 0));
    fmpz_mul(res.den, a->den, s->den);
    aon_mat_canonicalise(&res);
    move(out, &res);
}

void
aon_mat_transpose(aon_mat *out, const aon_mat *a)
{
    aon_mat res;

    aon_mat_init(&res, aon_mat_cols(a), aon_mat_rows(a));
    fmpz_mat_transpose(res.num, a->num);
    fmpz_set(res.den, a->den);
    move(out, &res);
}

/* ---- structure -------------------------------------------------------------------- */

/* out[r0.., c0..] = f * a */
static void
put_block(fmpz_mat_t out, slong r0, slong c0, const fmpz_mat_t a, const fmpz_t f)
{
    for (slong i = 0; i < fmpz_mat_nrows(a); i++)
        for (slong j = 0; j < fmpz_mat_ncols(a); j++)
            fmpz_mul(fmpz_mat_entry(out, r0 + i, c0 + j), fmpz_mat_entry(a, i, j), f);
}

/*
 * The parts are canonical, so the content of all of them over the least common
 * denominator is 1 again: no reduction is needed.
 */
void
aon_mat_hcat_n(aon_mat *out, slong rows, const aon_mat *const *parts, slong n)
{
    aon_mat res;
    fmpz_t f, den;
    slong cols = 0;

    fmpz_init(f);
    fmpz_init_set_ui(den, 1);
    for (slong k = 0; k < n; k++) {
        AON_ASSERT(aon_mat_rows(parts[k]) == rows);
        cols += aon_mat_cols(parts[k]);
        fmpz_lcm(den, den, parts[k]->den);
    }
    aon_mat_init(&res, rows, cols);
    fmpz_set(res.den, den);
    cols = 0;
    for (slong k = 0; k < n; k++) {
        fmpz_divexact(f, den, parts[k]->den);
        put_block(res.num, 0, cols, parts[k]->num, f);
        cols += aon_mat_cols(parts[k]);
    }
    fmpz_clear(den);
    fmpz_clear(f);
    move(out, &res);
}

void
aon_mat_hcat(aon_mat *out, const aon_mat *a, const aon_mat *b)
{
    const aon_mat *parts[2] = {a, b};

    aon_mat_hcat_n(out, aon_mat_rows(a), parts, 2);
}

void
aon_mat_vcat(aon_mat *out, const aon_mat *a, const aon_mat *b)
{
    aon_mat res;
    fmpz_t f;

    AON_ASSERT(aon_mat_cols(a) == aon_mat_cols(b));
    aon_mat_init(&res, aon_mat_rows(a) + aon_mat_rows(b), aon_mat_cols(a));
    fmpz_init(f);
    fmpz_lcm(res.den, a->den, b->den);
    fmpz_divexact(f, res.den, a->den);
    put_block(res.num, 0, 0, a->num, f);
    fmpz_divexact(f, res.den, b->den);
    put_block(res.num, aon_mat_rows(a), 0, b->num, f);
    fmpz_clear(f);
    move(out, &res);
}

void
aon_mat_select_cols(aon_mat *out, const aon_mat *a, const slong *cols, slong n)
{
    aon_mat res;
    slong rows = aon_mat_rows(a);

    aon_mat_init(&res, rows, n);
    for (slong j = 0; j < n; j++) {
        AON_ASSERT(cols[j] >= 0 && cols[j] < aon_mat_cols(a));
        for (slong i = 0; i < rows; i++)
            fmpz_set(fmpz_mat_entry(res.num, i, j), fmpz_mat_entry(a->num, i, cols[j]));
    }
    fmpz_set(res.den, a->den);
    aon_mat_canonicalise(&res);
    move(out, &res);
}

void
aon_mat_select_rows(aon_mat *out, const aon_mat *a, const slong *rows, slong n)
{
    aon_mat res;
    slong cols = aon_mat_cols(a);

    aon_mat_init(&res, n, cols);
    for (slong i = 0; i < n; i++) {
        AON_ASSERT(rows[i] >= 0 && rows[i] < aon_mat_rows(a));
        for (slong j = 0; j < cols; j++)
            fmpz_set(fmpz_mat_entry(res.num, i, j), fmpz_mat_entry(a->num, rows[i], j));
    }
    fmpz_set(res.den, a->den);
    aon_mat_canonicalise(&res);
    move(out, &res);
}

void
aon_mat_block(aon_mat *out, const aon_mat *a, slong r0, slong c0, slong rows,
              slong cols)
{
    aon_mat res;

    AON_ASSERT(r0 >= 0 && rows >= 0 && r0 <= aon_mat_rows(a) - rows);
    AON_ASSERT(c0 >= 0 && cols >= 0 && c0 <= aon_mat_cols(a) - cols);
    aon_mat_init(&res, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            fmpz_set(fmpz_mat_entry(res.num, i, j),
                     fmpz_mat_entry(a->num, r0 + i, c0 + j));
    fmpz_set(res.den, a->den);
    aon_mat_canonicalise(&res);
    move(out, &res);
}

void
aon_mat_print_entry(aon_buf *out, const aon_mat *a, slong i, slong j)
{
    fmpq_t q;

    fmpq_init(q);
    aon_mat_get(q, a, i, j);
    aon_rat_print(out, q);
    fmpq_clear(q);
}
