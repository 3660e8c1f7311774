/* Refutations: witness-format.md, 6.4. */
#include "affine.h"

typedef struct {
    ck_state *c;
    ck_block *block;
    const ck_branch *b;
    ck_equations *eq; /* of the literals, then of the entail steps */
    long neqs;
    long *offset; /* of the fresh coordinates of eq[i] behind those of the unknowns */
    mpz_t *sum;   /* by coordinate, the constant first */
    long nsum;
} branch;

/* ---- combinations ---- */

typedef struct {
    mpz_t num, den;
    const ck_sparse *e;
    const ck_form *of;
    long shift;
} part;

/* "L:R=RAT" */
static void
take_part(branch *b, part *p, long last[2])
{
    size_t n = 0, lens[4] = {0};
    const char *s = ck_take(b->c->r, &n), *at[4] = {s, NULL, NULL, NULL}, *end = s + n;
    static const char signs[] = ":=/";
    mpz_t l, r;
    long id[2];
    bool good = true;

    for (int i = 0; i < 3 && at[i] != NULL; i++) {
        at[i + 1] = memchr(at[i], signs[i], (size_t)(end - at[i]));
        if (at[i + 1] != NULL)
            lens[i] = (size_t)(at[i + 1]++ - at[i]);
        else
            lens[i] = (size_t)(end - at[i]);
    }
    if (at[3] != NULL)
        lens[3] = (size_t)(end - at[3]);
    mpz_init(l);
    mpz_init(r);
    mpz_init(p->num);
    mpz_init_set_ui(p->den, 1);
    good = at[2] != NULL && ck_int(l, at[0], lens[0], 18) && ck_int(r, at[1], lens[1], 18) &&
           ck_int(p->num, at[2], lens[2], CK_WITNESS_DIGITS) && mpz_sgn(l) >= 0 &&
           mpz_sgn(r) >= 0;
    if (at[3] != NULL)
        good = good && ck_int(p->den, at[3], lens[3], CK_WITNESS_DIGITS) &&
               mpz_sgn(p->den) > 0;
    CK_REQUIRE("syntax", good, "L:R=q");
    id[0] = mpz_get_si(l);
    id[1] = mpz_get_si(r);
    mpz_clear(l);
    mpz_clear(r);
    CK_REQUIRE("comb-order",
               (id[0] > last[0] || (id[0] == last[0] && id[1] > last[1])) &&
                   mpz_sgn(p->num) != 0,
               "increasing equations, no zero");
    CK_REQUIRE("comb-index", id[0] < b->neqs && id[1] < b->eq[id[0]].neqs,
               "an equation of the branch");
    last[0] = id[0];
    last[1] = id[1];
    p->e = id[0] < b->neqs ? ck_equation(&b->eq[id[0]], id[1], &p->of) : NULL;
    p->shift = p->e != NULL ? b->offset[id[0]] : 0;
}

static void
accumulate(branch *b, const ck_sparse *e, long shift, const mpz_t by)
{
    for (long i = 0; i < e->n; i++) {
        long at = 1 + e->id[i] + (e->id[i] >= b->block->ncoords ? shift : 0);

        CK_ASSERT(at >= 0 && at < b->nsum);
        mpz_addmul(b->sum[at], e->co[i], by);
    }
}

static bool
clear_sum(branch *b, const ck_sparse *e, long shift)
{
    bool zero = true;

    for (long i = 0; i < e->n; i++) {
        long at = 1 + e->id[i] + (e->id[i] >= b->block->ncoords ? shift : 0);

        zero = zero && mpz_sgn(b->sum[at]) == 0;
        mpz_set_ui(b->sum[at], 0);
    }
    return zero;
}

/* The next line `y COMB`: is that combination the entry of the form? */
static bool
combination(branch *b, const ck_sparse *target, const mpz_t target_den)
{
    part *p = NULL;
    long n = 0, last[2] = {-1, -1};
    mpz_t den, by;
    bool equal = true;

    ck_next_line(b->c->r);
    CK_REQUIRE("syntax", ck_first(b->c->r, "y"), "a line y");
    while (ck_more(b->c->r)) {
        part q;

        take_part(b, &q, last);
        if (q.e != NULL)
            CK_PUSH(p, n, q);
    }
    mpz_init_set(den, target_den);
    mpz_init(by);
    for (long i = 0; i < n; i++) {
        mpz_mul(p[i].den, p[i].den, p[i].of->den);
        mpz_lcm(den, den, p[i].den);
    }
    for (long i = 0; i < n; i++) {
        mpz_divexact(by, den, p[i].den);
        mpz_mul(by, by, p[i].num);
        accumulate(b, p[i].e, p[i].shift, by);
    }
    mpz_divexact(by, den, target_den);
    mpz_neg(by, by);
    accumulate(b, target, 0, by);
    for (long i = 0; i < n; i++) {
        equal = clear_sum(b, p[i].e, p[i].shift) && equal;
        mpz_clear(p[i].num);
        mpz_clear(p[i].den);
    }
    equal = clear_sum(b, target, 0) && equal;
    mpz_clear(den);
    mpz_clear(by);
    ck_free(p);
    return equal;
}

/* ---- equations of the branch ---- */

static bool
occurs(const ck_node *n, const ck_node *what)
{
    return n == what || (n->a[0] != NULL && occurs(n->a[0], what)) ||
           (n->a[1] != NULL && occurs(n->a[1], what));
}

/* Of all literals that contain the node (NULL: of all), in order. */
static void
find_equations(branch *b, const ck_node *changed)
{
    long fresh = 0, need;

    for (long i = 0; i < b->b->n; i++)
        if (changed == NULL || occurs(b->b->lit[i].p, changed))
            ck_equations_find(b->block, &b->eq[i], &b->b->lit[i]);
    b->offset = ck_grow(b->offset, (size_t)(b->neqs + 1) * sizeof *b->offset);
    for (long i = 0; i < b->neqs; i++) {
        b->offset[i] = fresh;
        fresh += b->eq[i].fresh;
    }
    need = 1 + b->block->ncoords + fresh;
    if (need > b->nsum) {
        b->sum = ck_grow(b->sum, (size_t)need * sizeof *b->sum);
        while (b->nsum < need)
            mpz_init(b->sum[b->nsum++]);
    }
}

/* ---- steps ---- */

/* The environment of an occurrence of n in p with these values; NULL: there is none. */
static const ck_env *
occurrence(ck_state *c, const ck_node *p, const ck_env *env, const ck_node *n, const long *at)
{
    const ck_env *found = NULL;

    if (p == n) {
        for (long i = 0; i < n->nfree; i++) {
            const ck_env *e = ck_env_find(env, n->free[i].k);

            if (e == NULL || (n->free[i].op != CK_UNK && e->at != at[i]))
                return NULL;
        }
        return env;
    }
    if (p->op == CK_SOL)
        return NULL;
    if (p->op == CK_SUM || p->op == CK_COLS) {
        const ck_elements *set = ck_set(c, p->t1);
        ck_env *here = ck_new(sizeof *here);

        *here = (ck_env){.up = env, .k = p->k, .at = set->n > 0 ? set->at[0] : -1};
        for (long i = 0; i < n->nfree; i++)
            if (n->free[i].k == p->k && n->free[i].op == CK_VAR)
                here->at = at[i];
        if (set->n == 0 || here->at > set->at[set->n - 1] || set->index[here->at] < 0)
            return NULL;
        return occurrence(c, p->a[1], here, n, at);
    }
    for (int i = 0; i < 2 && found == NULL; i++)
        if (p->a[i] != NULL)
            found = occurrence(c, p->a[i], env, n, at);
    return found;
}

static void
entail(branch *b)
{
    ck_state *c = b->c;
    long lit = ck_take_count(c->r), *at = NULL, id = -1, n = 0;
    const char *key = ck_take_name(c->r);
    const ck_node *node = NULL;
    const ck_env *env = NULL;
    ck_equations scratch = {0};
    ck_form *f, *diff;
    ck_mat *m;
    mpz_t z;

    mpz_init(z);
    CK_REQUIRE("syntax", key[0] == '%' && ck_int(z, key + 1, strlen(key + 1), 9) &&
               mpz_sgn(z) >= 0, "%%NODE");
    id = mpz_get_si(z);
    mpz_clear(z);
    if (lit < b->b->n && id < c->s->order.n) {
        node = c->s->order.node[id];
        at = ck_new((size_t)(node->nfree + 1) * sizeof *at);
        for (long i = 0; i < node->nfree; i++)
            if (node->free[i].op != CK_UNK)
                at[i] = ck_take_count(c->r);
        env = occurrence(c, b->b->lit[lit].p, b->b->lit[lit].env, node, at);
    }
    CK_REQUIRE("entail-key",
               env != NULL && !ck_closed(c, node, env) && ck_has_form(c, node, env),
               "a term with a form that occurs in the literal and is not closed");
    CK_ASSERT(env != NULL);
    ck_line_done(c->r);
    f = ck_form_of(b->block, &scratch, node, env);
    CK_REQUIRE("entail-key", scratch.fresh == 0, "a form without fresh coordinates");
    m = ck_take_mat(c->r, "value");
    CK_REQUIRE("entail-shape", m->rows == f->rows && m->cols == f->cols, "%ld x %ld",
               f->rows, f->cols);
    diff = ck_form_minus(f, ck_form_constant(m));
    n = diff->rows * diff->cols;
    for (long i = 0; i < n; i++)
        CK_REQUIRE("entail-comb", combination(b, &diff->e[i], diff->den),
                   "form - value of entry %ld", i);
    *ck_known(c, CK_K_OVER, node, env) = m;
    b->eq = ck_grow(b->eq, (size_t)(b->neqs + 1) * sizeof *b->eq);
    b->eq[b->neqs] = (ck_equations){.neqs = n};
    CK_PUSH(b->eq[b->neqs].form, b->eq[b->neqs].nforms, diff);
    b->neqs++;
    find_equations(b, node);
}

static void
contradiction(branch *b)
{
    ck_sparse one = {0};
    long id = CK_CONSTANT;
    mpz_t co;

    mpz_init_set_ui(co, 1);
    one = (ck_sparse){1, &id, &co};
    CK_REQUIRE("contradiction", combination(b, &one, co), "the constant 1");
    mpz_clear(co);
}

static const ck_literal *
take_literal(branch *b, const char *name)
{
    long i = ck_take_count(b->c->r);

    ck_line_done(b->c->r);
    CK_REQUIRE(name, i < b->b->n, "one of %ld literals", b->b->n);
    return &b->b->lit[i < b->b->n ? i : 0];
}

static void
forced(branch *b)
{
    ck_state *c = b->c;
    const ck_literal *l = take_literal(b, "forced-literal");
    bool eq = l->p->op == CK_EQ;
    ck_equations scratch = {0};
    ck_form *f;

    CK_REQUIRE("forced-literal",
               !l->sign && (eq || l->p->op == CK_ZERO) && !ck_literal_closed(c, l) &&
                   ck_has_form(c, l->p->a[0], l->env) &&
                   (!eq || ck_has_form(c, l->p->a[1], l->env)),
               "a disequation with forms that is not closed");
    f = ck_form_side(b->block, &scratch, l);
    for (long i = 0; i < f->rows * f->cols; i++)
        CK_REQUIRE("forced-comb", scratch.fresh == 0 && combination(b, &f->e[i], f->den),
                   "entry %ld of the difference", i);
}

static void
refute_branch(ck_state *c, ck_block *block, const ck_branch *lits, long number)
{
    branch b = {.c = c, .block = block, .b = lits, .neqs = lits->n};
    long outer = c->branch;

    c->branch = ++c->ids;
    ck_next_line(c->r);
    CK_REQUIRE("syntax", ck_first(c->r, "branch"), "a line branch");
    CK_REQUIRE("branch-order", ck_take_count(c->r) == number, "branch %ld", number);
    ck_line_done(c->r);
    b.eq = ck_new((size_t)(b.neqs + 1) * sizeof *b.eq);
    find_equations(&b, NULL);
    ck_next_line(c->r);
    while (ck_first(c->r, "entail")) {
        entail(&b);
        ck_next_line(c->r);
    }
    if (ck_first(c->r, "contradiction")) {
        ck_line_done(c->r);
        contradiction(&b);
    } else if (ck_first(c->r, "forced")) {
        forced(&b);
    } else {
        const ck_literal *l;

        CK_REQUIRE("syntax", ck_first(c->r, "false"), "a step of a branch");
        l = take_literal(&b, "false-literal");
        CK_REQUIRE("false-literal", ck_literal_closed(c, l), "a closed literal");
        ck_prove(c, l->p, l->env, !l->sign);
    }
    c->branch = outer;
    for (long i = 0; i < b.nsum; i++)
        mpz_clear(b.sum[i]);
    ck_free(b.sum);
    ck_free(b.offset);
    ck_free(b.eq);
}

void
ck_refute(ck_state *c, const ck_node *ex, const ck_env *env)
{
    ck_block block = {c, 0};
    ck_branches all = ck_join(&block, ex, env, NULL);

    ck_fact(c, "refute", ex, env);
    ck_next_line(c->r);
    CK_REQUIRE("syntax", ck_first(c->r, "branches"), "a line branches");
    CK_REQUIRE("branch-count", ck_take_count(c->r) == all.n, "%ld branches", all.n);
    ck_line_done(c->r);
    for (long i = 0; i < all.n; i++)
        refute_branch(c, &block, &all.b[i], i);
}
