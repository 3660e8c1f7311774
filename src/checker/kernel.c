/* Solution spaces: witness-format.md, section 7. */
#include "affine.h"

/* The matrix of a homogeneous system: its rows are equations. */
typedef struct {
    const ck_sparse **row;
    const ck_form **of;
    long *shift, n, base, cols;
} system_matrix;

static void
system_entry(const void *a, long i, long j, mpz_t num, mpz_t den)
{
    const system_matrix *s = a;
    const ck_sparse *e = s->row[i];

    mpz_set_ui(num, 0);
    mpz_set(den, s->of[i]->den);
    for (long k = 0; k < e->n; k++)
        if (e->id[k] + (e->id[k] >= s->base ? s->shift[i] : 0) == j)
            mpz_set(num, e->co[k]);
}

static system_matrix
find_system(ck_block *block, const ck_branches *b)
{
    system_matrix s = {.base = block->ncoords};
    long fresh = 0;

    CK_ASSERT(b->n == 1); /* language.md 6.3 */
    for (long i = 0; i < b->b[0].n; i++) {
        ck_equations eq;
        const ck_literal *l = &b->b[0].lit[i];

        ck_equations_find(block, &eq, l);
        CK_ASSERT(eq.nforms > 0 || ck_literal_closed(block->c, l));
        for (long k = 0; k < eq.neqs; k++) {
            long n = s.n, m = s.n;
            const ck_form *of = NULL;
            const ck_sparse *e = ck_equation(&eq, k, &of);

            CK_ASSERT(e->n == 0 || e->id[0] != CK_CONSTANT || mpz_sgn(e->co[0]) == 0);
            CK_PUSH(s.row, n, e);
            CK_PUSH(s.of, m, of);
            CK_PUSH(s.shift, s.n, fresh);
        }
        fresh += eq.fresh;
    }
    s.cols = s.base + fresh;
    return s;
}

static bool
annihilates(const system_matrix *s, const ck_mat *k)
{
    mpz_t sum;
    bool zero = true;

    mpz_init(sum);
    for (long i = 0; i < s->n; i++)
        for (long j = 0; j < k->cols && zero; j++) {
            mpz_set_ui(sum, 0);
            for (long t = 0; t < s->row[i]->n; t++) {
                long at = s->row[i]->id[t];

                if (at != CK_CONSTANT)
                    mpz_addmul(sum, s->row[i]->co[t],
                               CK_E(k, at + (at >= s->base ? s->shift[i] : 0), j));
            }
            zero = mpz_sgn(sum) == 0;
        }
    mpz_clear(sum);
    return zero;
}

ck_mat *
ck_solutions(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_block block = {c, 0};
    ck_unknown *v = NULL;
    ck_branches all = ck_join(&block, n, env, &v);
    system_matrix s = find_system(&block, &all);
    ck_mat *k, *a, *res;
    ck_minor big, small;

    ck_fact(c, "kernel", n, env);
    k = ck_take_mat(c->r, "k");
    CK_REQUIRE("kernel-shape", k->rows == s.cols, "%ld rows", s.cols);
    CK_ASSERT(k->rows >= s.cols);
    CK_REQUIRE("kernel-null", annihilates(&s, k), "C K = 0");
    big = ck_take_minor(c->r, "cminor");
    small = ck_take_minor(c->r, "kminor");
    CK_REQUIRE("kernel-dimension", small.r == k->cols && big.r + small.r == s.cols,
               "sizes rho + kappa = %ld, kappa = %ld", s.cols, k->cols);
    ck_minor_check(&big, system_entry, &s, s.n, s.cols);
    ck_minor_check(&small, ck_mat_entry, k, k->rows, k->cols);
    ck_minor_clear(&big);
    ck_minor_clear(&small);
    a = ck_mat_row(k, 0, v->count);
    ck_mat_drop(k);
    if (v->basis == NULL)
        return a;
    res = ck_mat_mul(v->basis, a);
    ck_mat_drop(a);
    return res;
}
