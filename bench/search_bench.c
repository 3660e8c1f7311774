/*
 * Throughput of the search against the same search written naively with FLINT rationals,
 * in one run: models of shape 3,3,3 up to symmetry, and
 *
 *     assume same(m,m')  show dim(M(m)) = dim(M(m'))
 *
 * at (2,2,1,3), (2,2,2,3), (2,2,3,2).  The naive one runs through all pairs of models,
 * compares the tables of log-odds, and compares ranks of the literal projections where
 * they are equal; it is stopped after a fixed number of pairs.  Run by bench/search.sh.
 */
#include "search/impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAIVE_PAIRS = 200000 };

static const char text[] =
    "statement pairs\nuse ntp 1\n"
    "given d, d' in dim given m in model(d) given m' in model(d')\n"
    "assume same: same(m,m')\nshow e4: E4(m,m')\n"
    "statement single\ngiven d in dim given m in model(d)\n"
    "show t: forall x in X: <m.f(x), m.g(base)> = 0\n";

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- naive ---- */

static void
naive_model(fmpq_mat_t f, fmpq_mat_t g, uint64_t code)
{
    for (slong j = 0; j < fmpq_mat_nrows(f); j++) {
        for (slong x = 0; x < fmpq_mat_ncols(f); x++, code /= 3)
            fmpq_set_si(fmpq_mat_entry(f, j, x), (slong)(code % 3) - 1, 1);
        for (slong y = 1; y < fmpq_mat_ncols(g); y++, code /= 3)
            fmpq_set_si(fmpq_mat_entry(g, j, y), (slong)(code % 3) - 1, 1);
    }
}

static void
table(fmpq_mat_t l, const fmpq_mat_t f, const fmpq_mat_t g)
{
    fmpq_mat_t t;

    fmpq_mat_init(t, fmpq_mat_ncols(f), fmpq_mat_nrows(f));
    fmpq_mat_transpose(t, f);
    fmpq_mat_mul(l, t, g);
    fmpq_mat_clear(t);
}

static slong
rank_of(const fmpq_mat_t a)
{
    fmpq_mat_t r;
    slong rank;

    fmpq_mat_init(r, fmpq_mat_nrows(a), fmpq_mat_ncols(a));
    rank = fmpq_mat_rref(r, a);
    fmpq_mat_clear(r);
    return rank;
}

/* rank of F F^T G: that of the projection of G onto F */
static slong
naive_complexity(const fmpq_mat_t f, const fmpq_mat_t g)
{
    fmpq_mat_t t, l, p;
    slong rank;

    fmpq_mat_init(t, fmpq_mat_ncols(f), fmpq_mat_nrows(f));
    fmpq_mat_init(l, fmpq_mat_ncols(f), fmpq_mat_ncols(g));
    fmpq_mat_init(p, fmpq_mat_nrows(f), fmpq_mat_ncols(g));
    fmpq_mat_transpose(t, f);
    fmpq_mat_mul(l, t, g);
    fmpq_mat_mul(p, f, l);
    rank = rank_of(p);
    fmpq_mat_clear(p);
    fmpq_mat_clear(l);
    fmpq_mat_clear(t);
    return rank;
}

/* Pairs per second. */
static double
naive(slong d, slong n, slong k, uint64_t models)
{
    const uint64_t step = models * models / NAIVE_PAIRS + 1;
    fmpq_mat_t f, g, f2, g2, l, l2;
    uint64_t pairs = 0, bad = 0;
    const double start = now();

    fmpq_mat_init(f, d, n);
    fmpq_mat_init(g, d, k);
    fmpq_mat_init(f2, d, n);
    fmpq_mat_init(g2, d, k);
    fmpq_mat_init(l, n, k);
    fmpq_mat_init(l2, n, k);
    for (uint64_t at = 0; at < models * models; at += step, pairs++) {
        naive_model(f, g, at / models);
        naive_model(f2, g2, at % models);
        table(l, f, g);
        table(l2, f2, g2);
        if (fmpq_mat_equal(l, l2))
            bad += naive_complexity(f, g) != naive_complexity(f2, g2);
    }
    if (bad > 0)
        puts("the naive search found a counterexample");
    fmpq_mat_clear(l2);
    fmpq_mat_clear(l);
    fmpq_mat_clear(g2);
    fmpq_mat_clear(f2);
    fmpq_mat_clear(g);
    fmpq_mat_clear(f);
    return (double)pairs / (now() - start);
}

/* ---- ours ---- */

static void
pairs(const aon_core *core, const aon_ref *root, uint32_t n, uint32_t k)
{
    const uint32_t shape[] = {2, 2, n, k};
    const aon_find_spec spec = {
        .core = core, .root = root, .min = shape, .max = shape, .jobs = 1};
    const uint64_t models = aon_power(3, 2 * (n + k - 1));
    const double start = now();
    aon_find_result r;
    double time, rate;

    if (aon_find(&r, &spec, NULL) != AON_OK || r.outcome != AON_FIND_NONE)
        exit(1);
    time = now() - start;
    rate = naive(2, (slong)n, (slong)k, models);
    printf("(2,2,%u,%u): %llu pairs, %llu with equal tables, %llu orbits decided in "
           "%.3f s: "
           "%.2e pairs/s, %.2e equal pairs/s, %.2e decisions/s; naive %.2e pairs/s, so "
           "%.0f s "
           "for the scope: ratio %.0f\n",
           n, k, (unsigned long long)(models * models), (unsigned long long)r.space,
           (unsigned long long)r.orbits, time, (double)(models * models) / time,
           (double)r.space / time, (double)r.orbits / time, rate,
           (double)(models * models) / rate, (double)(models * models) / rate / time);
    aon_find_result_clear(&r);
}

static bool
add(void *arg, const uint64_t *code, uint64_t stabiliser)
{
    (void)code;
    *(uint64_t *)arg += 576 / stabiliser;
    return true;
}

static void
singles(const aon_core *core)
{
    const uint32_t shape[] = {3, 3, 3}, chain[] = {1, 1, 1};
    aon_scope_spec spec;
    aon_cell cell;
    uint64_t mass = 0, *first;
    size_t n;
    double start;

    if (aon_scope_spec_init(&spec, core, NULL, 1, false, NULL) != AON_OK)
        exit(1);
    start = now();
    if (!aon_cell_init(&cell, &spec, shape, chain, 3))
        exit(1);
    first = aon_walk_first(&cell, &n);
    for (size_t i = 0; i < n; i++)
        aon_walk_rest(&cell, first[i], add, &mass);
    printf("3,3,3: %llu models, %zu orbits, in %.3f s: %.2e models/s\n",
           (unsigned long long)mass, n, now() - start, (double)mass / (now() - start));
    free(first);
    aon_cell_clear(&cell);
}

int
main(int argc, char **argv)
{
    aon_diags *diags = aon_diags_new();
    const aon_core *core;
    aon_theory *t;
    aon_ref root[1];

    if (argc < 2 || aon_theory_parse(&t, "bench", text, strlen(text), argv[1], NULL, 0,
                                     diags) != AON_OK)
        return 1;
    singles(aon_theory_core(t, 1));
    core = aon_theory_core(t, 0);
    root[0] = core->assume[0].root;
    pairs(core, root, 1, 3);
    pairs(core, root, 2, 3);
    pairs(core, root, 3, 2);
    aon_theory_free(t);
    aon_diags_free(diags);
    return 0;
}
