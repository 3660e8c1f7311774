/*
 * A log-odds table of prescribed rank for contexts in chains.
 *
 * Rows are drawn in coordinates in which the planted relation reads
 *     w(x.q) = C w(x) + c     in the first lin_rank coordinates
 * and then turned by a random invertible matrix.  A draw that misses the wanted rank or
 * is linear in more directions than asked is drawn again.
 */
#include "model/generate.h"

#include "model/chain.h"
#include "model/random.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS = 30, STRICT_ATTEMPTS = 15, PLAIN_FROM = 22 };

void
aon_table_init(aon_table *t)
{
    memset(t, 0, sizeof *t);
    aon_mat_init(&t->u, 0, 0);
    aon_mat_init(&t->v, 0, 0);
    aon_mat_init(&t->beta, 0, 0);
}

void
aon_table_clear(aon_table *t)
{
    aon_mat_clear(&t->beta);
    aon_mat_clear(&t->v);
    aon_mat_clear(&t->u);
}

static slong
clamp(slong x, slong lo, slong hi)
{
    return x > hi ? (hi < lo ? lo : hi) : x < lo ? lo : x;
}

static slong
below(aon_rng *rng, slong n)
{
    return (slong)aon_rng_below(rng, (uint64_t)n);
}

/* ---- rows of contexts ---- */

/* What one attempt at the rows shall look like; per chain: copy a prefix of another. */
typedef struct {
    const aon_layout *lay;
    slong r, lin, bits, repeat, zero;
    unsigned dens;
    slong *from, *copied; /* chain j begins with copied[j] rows of chain from[j] */
    bool *zeroed;         /* per place */
} row_plan;

static void
plan_rows(row_plan *plan, aon_rng *rng)
{
    const aon_layout *lay = plan->lay;
    slong *order = aon_random_order(lay->n, rng);
    slong left = plan->repeat;
    bool *head = aon_xcalloc((size_t)lay->n, sizeof *head);
    bool *copy = aon_xcalloc((size_t)lay->n, sizeof *copy);

    for (slong j = lay->chains - 1; j >= 0; j--) {
        plan->from[j] = j > 0 ? below(rng, j) : 0;
        plan->copied[j] = 0;
        if (j > 0)
            plan->copied[j] =
                clamp(left, 0, clamp(lay->len[j], 0, lay->len[plan->from[j]]));
        left -= plan->copied[j];
        head[lay->first[j]] = true;
        for (slong i = 0; i < plan->copied[j]; i++)
            copy[lay->first[j] + i] = true;
    }
    left = plan->zero;
    for (slong i = 0; i < lay->n; i++) {
        slong p = order[i];

        plan->zeroed[p] = left > 0 && !copy[p] && (plan->lin == 0 || head[p]);
        left -= plan->zeroed[p];
    }
    free(copy);
    free(head);
    free(order);
}

/* C: lin x r.  Sparse where chains are long, so that rows do not grow along them. */
static void
draw_step(aon_mat *c, const row_plan *plan, slong longest, aon_rng *rng)
{
    aon_random_mat(c, plan->lin, plan->r, 1, 0, rng);
    for (slong i = 0; i < plan->lin && longest > 3; i++) {
        slong keep = below(rng, plan->r), second = below(rng, plan->r);

        for (slong j = 0; j < plan->r; j++) {
            if (j != keep && (j != second || longest > 5))
                fmpz_zero(fmpz_mat_entry(c->num, i, j));
        }
    }
    aon_mat_canonicalise(c);
}

/* w: r x n by places. */
static void
draw_rows(aon_mat *w, row_plan *plan, aon_rng *rng)
{
    const aon_layout *lay = plan->lay;
    slong longest = 0;
    aon_mat step, shift, one, column;
    const aon_mat **parts = aon_xcalloc((size_t)lay->n, sizeof *parts);
    aon_mat *rows = aon_xcalloc((size_t)lay->n, sizeof *rows);

    aon_mat_init(&step, 0, 0);
    aon_mat_init(&shift, 0, 0);
    aon_mat_init(&one, 0, 0);
    aon_mat_init(&column, 0, 0);
    plan_rows(plan, rng);
    for (slong j = 0; j < lay->chains; j++)
        longest = lay->len[j] > longest ? lay->len[j] : longest;
    draw_step(&step, plan, longest, rng);
    aon_random_mat(&shift, plan->lin, 1, plan->bits, plan->dens, rng);
    if (aon_rng_chance(rng, 1, 3))
        aon_mat_zero(&shift, plan->lin, 1);
    for (slong j = 0; j < lay->chains; j++) {
        for (slong i = 0; i < lay->len[j]; i++) {
            slong p = lay->first[j] + i;
            slong free_rows = i == 0 ? plan->r : plan->r - plan->lin;

            aon_mat_init(&rows[p], 0, 0);
            parts[p] = &rows[p];
            if (i < plan->copied[j]) {
                aon_mat_set(&rows[p], &rows[lay->first[plan->from[j]] + i]);
                continue;
            }
            aon_random_mat(&column, free_rows, 1, plan->bits, plan->dens, rng);
            if (plan->zeroed[p])
                aon_mat_zero(&column, free_rows, 1);
            if (i > 0 && plan->lin > 0) {
                aon_mat_mul(&one, &step, &rows[p - 1]);
                aon_mat_add(&one, &one, &shift);
                aon_mat_vcat(&column, &one, &column);
            }
            aon_mat_swap(&rows[p], &column);
        }
    }
    aon_mat_hcat_n(w, plan->r, parts, lay->n);
    for (slong p = 0; p < lay->n; p++)
        aon_mat_clear(&rows[p]);
    free(rows);
    free(parts);
    aon_mat_clear(&column);
    aon_mat_clear(&one);
    aon_mat_clear(&shift);
    aon_mat_clear(&step);
}

/* Unit vectors, one after the other through all chains: rank min(r, n), linear steps. */
static void
unit_rows(aon_mat *w, slong r, slong n)
{
    aon_mat_zero(w, r, n);
    for (slong p = 0; p < n && r > 0; p++)
        fmpz_one(fmpz_mat_entry(w->num, p % r, p));
}

/*
 * Is the step x -> x.q linear in no more directions than planned, as far as that can be
 * at all with so few contexts?
 */
static bool
step_is_exact(const aon_mat *w, const row_plan *plan)
{
    const aon_layout *lay = plan->lay;
    slong *at = aon_xcalloc((size_t)lay->n, sizeof *at);
    slong *next = aon_xcalloc((size_t)lay->n, sizeof *next);
    slong *tail = aon_xcalloc((size_t)plan->r, sizeof *tail);
    slong m = 0, known, all, wanted;
    aon_mat here, there;

    for (slong j = 0; j < lay->chains; j++) {
        for (slong i = 0; i + 1 < lay->len[j]; i++, m++) {
            at[m] = lay->first[j] + i;
            next[m] = at[m] + 1;
        }
    }
    for (slong i = plan->lin; i < plan->r; i++)
        tail[i - plan->lin] = i;
    aon_mat_init(&here, 1, m);
    aon_mat_init(&there, 0, 0);
    for (slong i = 0; i < m; i++)
        fmpz_one(fmpz_mat_entry(here.num, 0, i));
    aon_mat_select_cols(&there, w, at, m);
    aon_mat_vcat(&here, &here, &there);
    known = aon_mat_rank(&here);
    aon_mat_select_cols(&there, w, next, m);
    aon_mat_select_rows(&there, &there, tail, plan->r - plan->lin);
    aon_mat_vcat(&here, &here, &there);
    all = aon_mat_rank(&here);
    wanted = clamp(plan->r - plan->lin, 0, m - known);
    aon_mat_clear(&there);
    aon_mat_clear(&here);
    free(tail);
    free(next);
    free(at);
    return all - known == wanted;
}

static void
generate_rows(aon_mat *u, const aon_layout *lay, const aon_table_spec *spec, slong r,
              bool chained, aon_rng *rng)
{
    row_plan plan = {.lay = lay, .r = r, .bits = spec->entry_bits};
    bool found = false;
    aon_mat turn, dual;

    aon_mat_init(&turn, 0, 0);
    aon_mat_init(&dual, 0, 0);
    plan.dens = spec->denominators;
    plan.lin = chained ? clamp(spec->lin_rank, 0, r) : 0;
    plan.zero = clamp(spec->zero_rows, 0, lay->n - r);
    plan.repeat = clamp(spec->repeat, 0, lay->n - r - plan.zero);
    plan.from = aon_xcalloc((size_t)lay->chains, sizeof(slong));
    plan.copied = aon_xcalloc((size_t)lay->chains, sizeof(slong));
    plan.zeroed = aon_xcalloc((size_t)lay->n, sizeof(bool));
    for (int attempt = 0; attempt < ATTEMPTS && !found; attempt++) {
        if (attempt >= PLAIN_FROM)
            plan.zero = plan.repeat = 0;
        draw_rows(u, &plan, rng);
        found = aon_mat_rank(u) == r &&
                (attempt >= STRICT_ATTEMPTS || !chained || step_is_exact(u, &plan));
    }
    if (!found)
        unit_rows(u, r, lay->n);
    aon_random_unimodular(&turn, &dual, r, 0, rng);
    aon_mat_mul(u, &turn, u);
    free(plan.zeroed);
    free(plan.copied);
    free(plan.from);
    aon_mat_clear(&dual);
    aon_mat_clear(&turn);
}

/* ---- columns of tokens ---- */

/* A small number that is not 0. */
static void
draw_beta(aon_mat *beta, aon_rng *rng)
{
    static const slong top[] = {1, -1, 2, -2, 1, -1, 3, 2},
                       bottom[] = {1, 1, 1, 1, 2, 2, 1, 3};
    slong i = below(rng, 8);

    aon_mat_zero(beta, 1, 1);
    fmpz_set_si(fmpz_mat_entry(beta->num, 0, 0), top[i]);
    fmpz_set_si(beta->den, bottom[i]);
}

/* v_a := v_b + beta (v_c - v_d), columns of v. */
static void
plant_quad(aon_mat *v, const slong *quad, const aon_mat *beta)
{
    slong rows = aon_mat_rows(v);
    aon_mat b, c, d;
    fmpq_t entry;

    aon_mat_init(&b, 0, 0);
    aon_mat_init(&c, 0, 0);
    aon_mat_init(&d, 0, 0);
    fmpq_init(entry);
    aon_mat_block(&b, v, 0, quad[1], rows, 1);
    aon_mat_block(&c, v, 0, quad[2], rows, 1);
    aon_mat_block(&d, v, 0, quad[3], rows, 1);
    aon_mat_sub(&c, &c, &d);
    aon_mat_scale(&c, beta, &c);
    aon_mat_add(&b, &b, &c);
    for (slong i = 0; i < rows; i++) {
        aon_mat_get(entry, &b, i, 0);
        aon_mat_set_entry(v, i, quad[0], entry);
    }
    fmpq_clear(entry);
    aon_mat_clear(&d);
    aon_mat_clear(&c);
    aon_mat_clear(&b);
}

/*
 * Of the tokens in a random order that begins with the base, the next r have independent
 * columns, the next zero ones have none, the last `parallel` are determined by others.
 */
static void
generate_columns(aon_table *out, const aon_table_spec *spec, slong base, aon_rng *rng)
{
    slong k = out->k, r = out->r;
    slong zero = clamp(spec->zero_tokens, 0, k - 1 - r);
    slong parallel = clamp(spec->parallel, 0, k - 1 - r - zero);
    slong *order = aon_random_order(k, rng);
    slong *place = aon_xcalloc((size_t)k, sizeof *place);
    aon_mat first, part, rest;

    aon_mat_init(&first, r, 1);
    aon_mat_init(&part, 0, 0);
    aon_mat_init(&rest, r, zero);
    for (slong i = 0; i < k; i++) {
        if (order[i] == base) {
            order[i] = order[0];
            order[0] = base;
        }
    }
    for (slong i = 0; i < k; i++)
        place[order[i]] = i;
    aon_random_invertible(&part, r, spec->entry_bits, spec->denominators, rng);
    aon_mat_hcat(&first, &first, &part);
    aon_mat_hcat(&first, &first, &rest);
    aon_random_mat(&rest, r, k - 1 - r - zero, spec->entry_bits, spec->denominators,
                   rng);
    aon_mat_hcat(&first, &first, &rest);
    aon_mat_select_cols(&out->v, &first, place, k);

    /* There is always a quadruple, if a trivial one: (a, b, a, b) or (a, b, b, a). */
    for (slong i = k - parallel; i < k; i++) {
        slong quad[4] = {order[i], order[below(rng, i)], order[below(rng, i)], 0};

        quad[3] = order[below(rng, i)];
        if (quad[3] == quad[2])
            quad[3] = order[below(rng, i)];
        draw_beta(&part, rng);
        plant_quad(&out->v, quad, &part);
        aon_mat_set(&out->beta, &part);
        for (int j = 0; j < 4; j++)
            out->quad[j] = (uint32_t)quad[j];
    }
    if (parallel == 0) {
        uint32_t a = (uint32_t)below(rng, k), b = (uint32_t)below(rng, k);
        bool back = aon_rng_chance(rng, 1, 2);

        aon_mat_one(&out->beta, 1);
        if (back)
            aon_mat_neg(&out->beta, &out->beta);
        out->quad[0] = a;
        out->quad[1] = b;
        out->quad[2] = back ? b : a;
        out->quad[3] = back ? a : b;
    }
    free(place);
    free(order);
    aon_mat_clear(&rest);
    aon_mat_clear(&part);
    aon_mat_clear(&first);
}

void
aon_generate_table(aon_table *out, aon_instance *in, const aon_table_spec *spec,
                   aon_rng *rng)
{
    slong n = clamp(spec->n, 0, 1000000), k = clamp(spec->k, 1, 1000000);
    slong r = clamp(spec->r, 0, clamp(n, 0, k - 1)), chains = n;
    bool chained = spec->query && spec->query_len > 0;
    aon_word q = {NULL, chained ? (size_t)spec->query_len : 0};
    aon_mat turned;
    aon_layout lay;
    slong *column;

    AON_ASSERT(in->ntokens == 0 && in->ncontexts == 0 && in->nvalues == 0);
    if (chained && n > 0)
        chains = clamp(spec->chains, 1, n);
    q.tok = aon_xcalloc(q.n, sizeof *q.tok);
    for (size_t i = 0; i < q.n; i++)
        q.tok[i] = (uint32_t)below(rng, k);
    aon_layout_init(&lay, n, chains, rng);
    aon_layout_names(in, &lay, k, &q, spec->query, rng);

    out->n = n;
    out->k = k;
    out->r = r;
    aon_mat_init(&turned, 0, 0);
    generate_rows(&turned, &lay, spec, r, chained, rng);
    column = aon_xcalloc((size_t)n, sizeof *column);
    for (slong p = 0; p < n; p++)
        column[lay.number[p]] = p;
    aon_mat_select_cols(&out->u, &turned, column, n);
    generate_columns(out, spec, (slong)in->base, rng);
    AON_ASSERT(aon_mat_rank(&out->u) == r && aon_mat_rank(&out->v) == r);
    free(column);
    aon_mat_clear(&turned);
    aon_layout_clear(&lay);
    free(q.tok);
}
