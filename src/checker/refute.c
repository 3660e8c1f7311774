/* Refutations and solution spaces: witness-format.md, 6.4 and 7. */
#include "affine.h"

typedef struct {
    ck_state *c;
    ck_block *block;
    const ck_branch *b;
    ck_equations *eq; /* of the literals, then of the entail steps */
    long neqs;
    bool missing; /* a combination names an equation that there is not */
    mpq_t *sum;   /* by coordinate, the constant first */
    long nsum;
} branch;

/* The equations of all literals, fresh coordinates counted from the start. */
static void find_equations(branch *b) {
    b->block->coordinates = b->block->joined;
    for (long i = 0; i < b->b->n; i++) b->eq[i] = ck_equations_of(b->block, &b->b->lit[i]);
}

/* ---- combinations ---- */

static void accumulate(branch *b, const ck_linear *e, const mpq_t by) {
    mpq_t q;

    mpq_init(q);
    for (long i = 0; i < e->n; i++) {
        mpq_mul(q, e->t[i].co, by);
        mpq_add(b->sum[1 + e->t[i].id], b->sum[1 + e->t[i].id], q);
    }
    mpq_clear(q);
}

/* "L:R=RAT" */
static void take_part(branch *b, long last[2]) {
    ck_reader *r = b->c->r;
    size_t n;
    const char *s = ck_field(r, &n), *colon = memchr(s, ':', n);
    const char *is = colon != NULL ? memchr(colon, '=', (size_t)(s + n - colon)) : NULL;
    mpq_t q, l, row;
    long id[2] = {0, 0};
    bool good, there;

    mpq_init(q);
    mpq_init(l);
    mpq_init(row);
    good = is != NULL && memchr(s, '/', (size_t)(is - s)) == NULL &&
           ck_rational(l, s, (size_t)(colon - s), 18, false) &&
           ck_rational(row, colon + 1, (size_t)(is - colon - 1), 18, false) && mpq_sgn(l) >= 0 &&
           mpq_sgn(row) >= 0 &&
           ck_rational(q, is + 1, (size_t)(s + n - is - 1), CK_WITNESS_DIGITS, false);
    CK_REQUIRE(r, "syntax", good, "L:R=q");
    if (good) {
        id[0] = mpz_get_si(mpq_numref(l));
        id[1] = mpz_get_si(mpq_numref(row));
    }
    CK_REQUIRE(r, "comb-order",
               (id[0] > last[0] || (id[0] == last[0] && id[1] > last[1])) && mpq_sgn(q) != 0,
               "increasing equations, no zero");
    there = id[0] < b->neqs && id[1] < b->eq[id[0]].n;
    b->missing = b->missing || !there;
    last[0] = id[0];
    last[1] = id[1];
    if (there) accumulate(b, &b->eq[id[0]].e[id[1]], q);
    mpq_clear(q);
    mpq_clear(l);
    mpq_clear(row);
}

/* The next line `y COMB`: is that combination equal to the target? */
static bool combination(branch *b, const ck_linear *target) {
    long last[2] = {-1, -1}, need = 1 + b->block->coordinates;
    bool equal = true;
    mpq_t minus;

    if (need > b->nsum) b->sum = ck_grow(b->sum, (size_t)need * sizeof *b->sum);
    while (b->nsum < need) mpq_init(b->sum[b->nsum++]);
    for (long i = 0; i < b->nsum; i++) mpq_set_ui(b->sum[i], 0, 1);
    ck_line(b->c->r, "y");
    while (ck_more(b->c->r)) take_part(b, last);
    CK_REQUIRE(b->c->r, "comb-index", !b->missing, "equations of the branch");
    mpq_init(minus);
    mpq_set_si(minus, -1, 1);
    accumulate(b, target, minus);
    mpq_clear(minus);
    for (long i = 0; i < b->nsum; i++) equal = equal && mpq_sgn(b->sum[i]) == 0;
    return equal;
}

/* ---- steps ---- */

/* The environment of an occurrence of n in p with these values; NULL: there is none. */
static const ck_env *occurrence(ck_state *c, const ck_node *p, const ck_env *env, const ck_node *n,
                                const long *at) {
    const ck_env *found = NULL;

    if (p == NULL || p->op == CK_SOL) return NULL;
    if (p == n) {
        for (long i = 0; i < n->nfree; i++) {
            const ck_env *e = ck_env_find(env, n->free[i].k);

            if (e == NULL || (n->free[i].op != CK_UNK && e->at != at[i])) return NULL;
        }
        return env;
    }
    if (ck_op_table[p->op].form == 'b') {
        const ck_elements *set = ck_set(c, p->t[0]);
        ck_env here = {.k = p->k, .at = set->n > 0 ? set->at[0] : -1};

        for (long i = 0; i < n->nfree && set->n > 0; i++)
            if (n->free[i].k == p->k && n->free[i].op == CK_VAR) here.at = at[i];
        if (here.at < 0 || here.at > set->at[set->n - 1] || set->place[here.at] == 0) return NULL;
        return occurrence(c, p->a[1], ck_env_new(env, here), n, at);
    }
    for (int i = 0; i < 2 && found == NULL; i++) found = occurrence(c, p->a[i], env, n, at);
    return found;
}

static void entail(branch *b) {
    ck_state *c = b->c;
    long lit = ck_take_count(c->r), id, *given = NULL, n = 0, *at, used = 0;
    const ck_node *node = NULL;
    const ck_env *env = NULL;
    ck_equations step = {0};
    ck_form *f;
    ck_mat *m;

    CK_REQUIRE(c->r, "syntax", ck_more(c->r) && c->r->cursor[1] == '%', "%%NODE");
    c->r->cursor++; /* the sign stands for the space before the number */
    id = ck_take_count(c->r);
    while (ck_more(c->r)) {
        long next = ck_take_int(c->r);

        CK_PUSH(given, n, next);
    }
    if (lit < b->b->n && id < c->s->core.norder) {
        node = c->s->core.order[id];
        at = ck_new((size_t)(node->nfree + 1) * sizeof *at);
        for (long i = 0; i < node->nfree; i++)
            at[i] = node->free[i].op == CK_UNK || used == n ? -1 : given[used++];
        if (used == n) env = occurrence(c, b->b->lit[lit].p, b->b->lit[lit].env, node, at);
    }
    CK_REQUIRE(c->r, "entail-key",
               env != NULL && !ck_closed(c, node, env) && ck_has_form(c, node, env),
               "a term with a form that occurs in the literal and is not closed");
    CK_ASSERT(env != NULL);
    b->block->proj = (ck_map){0};
    f = ck_form_of(b->block, node, env);
    m = ck_take_mat(c->r, "value", "entail-shape", f->rows, f->cols);
    f = ck_form_add(f, ck_form_constant(m), -1);
    for (long i = 0; i < f->rows * f->cols; i++) {
        CK_REQUIRE(c->r, "entail-comb", combination(b, &f->e[i]), "form - value of entry %ld", i);
        CK_PUSH(step.e, step.n, f->e[i]);
    }
    m->kept = true;
    *ck_known(c, &c->known, CK_K_OVER, node, env) = m;
    b->eq = ck_grow(b->eq, (size_t)(b->neqs + 1) * sizeof *b->eq);
    b->eq[b->neqs++] = step;
    find_equations(b);
}

/* The literal with that number, or NULL. */
static const ck_literal *take_literal(branch *b) {
    long i = ck_take_count(b->c->r);

    ck_line_done(b->c->r);
    return i < b->b->n ? &b->b->lit[i] : NULL;
}

static void forced(branch *b) {
    const ck_literal *l = take_literal(b);
    const ck_node *p = l != NULL ? l->p : NULL;
    ck_form *f;

    CK_REQUIRE(b->c->r, "forced-literal",
               l != NULL && !l->sign && (p->op == CK_EQ || p->op == CK_ZERO) &&
                   !ck_closed(b->c, p, l->env) && ck_has_form(b->c, p->a[0], l->env) &&
                   (p->op == CK_ZERO || ck_has_form(b->c, p->a[1], l->env)),
               "a disequation with forms that is not closed");
    b->block->proj = (ck_map){0};
    f = ck_form_side(b->block, l);
    for (long i = 0; i < f->rows * f->cols; i++)
        CK_REQUIRE(b->c->r, "forced-comb", combination(b, &f->e[i]), "entry %ld of the difference",
                   i);
}

static void refute_branch(ck_state *c, ck_block *block, const ck_branch *lits, long number) {
    branch b = {.c = c, .block = block, .b = lits, .neqs = lits->n};
    long outer = c->branch;

    c->branch = ++c->ids;
    CK_REQUIRE(c->r, "branch-order", ck_take_number(c->r, "branch", ck_take_count) == number,
               "branch %ld", number);
    b.eq = ck_new((size_t)(b.neqs + 1) * sizeof *b.eq);
    find_equations(&b);
    ck_next_line(c->r);
    while (ck_first(c->r, "entail")) {
        entail(&b);
        ck_next_line(c->r);
    }
    if (ck_first(c->r, "contradiction")) {
        ck_line_done(c->r);
        CK_REQUIRE(c->r, "contradiction", combination(&b, ck_form_constant(ck_mat_int(1))->e),
                   "the constant 1");
    } else if (ck_first(c->r, "forced")) {
        forced(&b);
    } else {
        const ck_literal *l;

        CK_REQUIRE(c->r, "syntax", ck_first(c->r, "false"), "a step of a branch");
        l = take_literal(&b);
        CK_REQUIRE(c->r, "false-literal", l != NULL && ck_closed(c, l->p, l->env),
                   "a closed literal");
        ck_prove(c, l->p, l->env, !l->sign);
    }
    c->branch = outer;
}

void ck_refute(ck_state *c, const ck_node *ex, const ck_env *env) {
    ck_block block = {.c = c};
    ck_branches all = ck_join(&block, ex, env, NULL);

    ck_fact(c, "refute", ex, env);
    CK_REQUIRE(c->r, "branch-count", ck_take_number(c->r, "branches", ck_take_count) == all.n,
               "%ld branches", all.n);
    for (long i = 0; i < all.n; i++) refute_branch(c, &block, &all.b[i], i);
}

/* ---- solution spaces ---- */

/* The matrix of the homogeneous equations of the only branch. */
static ck_mat *system_matrix(ck_block *block, const ck_branches *all) {
    branch b = {.c = block->c, .block = block, .b = all->b};
    mpq_t *e;
    long rows = 0, cols;

    CK_ASSERT(all->n == 1); /* language.md 6.3 */
    b.eq = ck_new((size_t)(b.b->n + 1) * sizeof *b.eq);
    find_equations(&b);
    for (long i = 0; i < b.b->n; i++) rows += b.eq[i].n;
    cols = block->coordinates;
    e = ck_new((size_t)(rows * cols + 1) * sizeof *e);
    for (long i = 0; i < rows * cols; i++) mpq_init(e[i]);
    for (long i = 0, row = 0; i < b.b->n; i++)
        for (long k = 0; k < b.eq[i].n; k++, row++)
            for (long t = 0; t < b.eq[i].e[k].n; t++) {
                const struct ck_term *term = &b.eq[i].e[k].t[t];

                CK_ASSERT(term->id != CK_CONSTANT || mpq_sgn(term->co) == 0);
                if (term->id != CK_CONSTANT) mpq_set(e[row * cols + term->id], term->co);
            }
    return ck_mat_rationals(e, rows, cols);
}

ck_mat *ck_solutions(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_block block = {.c = c};
    ck_unknown *v = NULL;
    ck_branches all = ck_join(&block, n, env, &v);
    ck_mat *s = system_matrix(&block, &all), *k, *a;
    ck_minor big, small;

    ck_fact(c, "kernel", n, env);
    k = ck_take_mat(c->r, "k", "kernel-shape", s->cols, -1);
    CK_REQUIRE(c->r, "kernel-null", ck_mat_is_zero(ck_mat_mul(s, k)), "C K = 0");
    big = ck_take_minor(c->r, "cminor");
    small = ck_take_minor(c->r, "kminor");
    CK_REQUIRE(c->r, "kernel-dimension", small.r == k->cols && big.r + small.r == s->cols,
               "sizes rho + kappa = %ld, kappa = %ld", s->cols, k->cols);
    ck_minor_check(c->r, &big, s);
    ck_minor_check(c->r, &small, k);
    a = ck_mat_pick(k, NULL, v->count, NULL, k->cols);
    return v->basis != NULL ? ck_mat_mul(v->basis, a) : a;
}
