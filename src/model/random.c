/*
 * Random matrices from a seeded stream.  What is drawn never depends on the machine: no
 * FLINT generator, no hash order, no size of a C type.
 */
#include "model/random.h"

#include "base/arena.h"

#include <stdlib.h>

/*
 * Steers what is drawn; nothing here is evidence.  The rank modulo a prime is at most the
 * rank, so where it is full there is no need for an exact elimination.
 */
slong
aon_mat_rank(const aon_mat *a)
{
    slong rows = aon_mat_rows(a), cols = aon_mat_cols(a), rank;
    nmod_mat_t mod;

    if (rows == 0 || cols == 0)
        return 0;
    nmod_mat_init(mod, rows, cols, UINT64_C(2147483647));
    fmpz_mat_get_nmod_mat(mod, a->num);
    rank = nmod_mat_rank(mod);
    nmod_mat_clear(mod);
    return rank == (rows < cols ? rows : cols) ? rank : fmpz_mat_rank(a->num);
}

void
aon_random_int(fmpz_t out, slong bits, aon_rng *rng)
{
    if (bits < 1)
        bits = 1;
    if (bits < 31) {
        int64_t top = ((int64_t)1 << bits) - 1;

        fmpz_set_si(out, (slong)aon_rng_range(rng, -top, top));
        return;
    }
    fmpz_zero(out);
    for (slong left = bits; left > 0; left -= 30) {
        slong take = left < 30 ? left : 30;

        fmpz_mul_2exp(out, out, (ulong)take);
        fmpz_add_ui(out, out, (ulong)aon_rng_below(rng, (uint64_t)1 << take));
    }
    if (aon_rng_chance(rng, 1, 2))
        fmpz_neg(out, out);
}

void
aon_random_mat(aon_mat *out, slong rows, slong cols, slong bits, unsigned dens,
               aon_rng *rng)
{
    fmpz_t den, share;

    fmpz_init_set_ui(den, 1);
    fmpz_init(share);
    for (unsigned b = 2; b <= dens; b++) {
        fmpz_set_ui(share, b);
        fmpz_lcm(den, den, share);
    }
    aon_mat_zero(out, rows, cols);
    for (slong i = 0; i < rows; i++) {
        for (slong j = 0; j < cols; j++) {
            fmpz *e = fmpz_mat_entry(out->num, i, j);

            aon_random_int(e, bits, rng);
            if (dens > 1) {
                fmpz_divexact_ui(share, den, (ulong)aon_rng_below(rng, dens) + 1);
                fmpz_mul(e, e, share);
            }
        }
    }
    fmpz_set(out->den, den);
    aon_mat_canonicalise(out);
    fmpz_clear(share);
    fmpz_clear(den);
}

void
aon_random_invertible(aon_mat *out, slong n, slong bits, unsigned dens, aon_rng *rng)
{
    for (int attempt = 0; attempt < 20; attempt++) {
        aon_random_mat(out, n, n, bits, dens, rng);
        if (aon_mat_rank(out) == n)
            return;
    }
    for (slong i = 0; i < n; i++) {
        fmpz_set(fmpz_mat_entry(out->num, i, i), out->den);
        for (slong j = i + 1; j < n; j++)
            fmpz_zero(fmpz_mat_entry(out->num, i, j));
    }
    aon_mat_canonicalise(out);
}

slong *
aon_random_order(slong n, aon_rng *rng)
{
    slong *p = aon_xcalloc((size_t)n, sizeof *p);

    for (slong i = 0; i < n; i++) {
        slong j = (slong)aon_rng_below(rng, (uint64_t)i + 1);

        p[i] = p[j];
        p[j] = i;
    }
    return p;
}

/* Column to += s column from. */
static void
add_column(aon_mat *a, slong to, slong from, slong s)
{
    for (slong i = 0; i < aon_mat_rows(a); i++) {
        fmpz *x = fmpz_mat_entry(a->num, i, to);
        const fmpz *y = fmpz_mat_entry(a->num, i, from);

        if (s > 0)
            fmpz_add(x, x, y);
        else
            fmpz_sub(x, x, y);
    }
}

void
aon_random_unimodular(aon_mat *w, aon_mat *dual, slong n, slong split, aon_rng *rng)
{
    aon_mat_one(w, n);
    for (slong i = 0; i < n; i++) {
        if (aon_rng_chance(rng, 1, 3))
            fmpz_set_si(fmpz_mat_entry(w->num, i, i), -1);
    }
    aon_mat_set(dual, w);
    for (slong step = 0; n > 1 && step < n + n / 2; step++) {
        slong i = (slong)aon_rng_below(rng, (uint64_t)n);
        slong j = (slong)aon_rng_below(rng, (uint64_t)n);
        slong s = aon_rng_chance(rng, 1, 2) ? 1 : -1;

        if (i == j || (i < split) != (j < split))
            continue;
        add_column(w, i, j, s);
        add_column(dual, j, i, -s);
    }
}
