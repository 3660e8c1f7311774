/* Refutations and solution spaces: witness-format.md, sections 6 and 7. */
#include <stdlib.h>

#include "check.h"

enum { MAX_BRANCHES = 4096, MAX_LITERALS = 1000000 };

typedef struct {
    const ck_node *p;
    const ck_env *env;
    bool sign;
} literal;

typedef struct {
    literal *lit;
    long n;
} branch;

typedef struct {
    branch *b;
    long n, literals;
} branches;

/* An entry of a matrix that is zero; when it is asked for, multiples of coordinates. */
typedef struct {
    const ck_mat *m;
    long entry;
    struct term {
        long id;
        __mpq_struct q;
    } * t;
    long n;
} equation;

/* Coordinates: 0 is the constant; those of the unknowns that joined follow, then fresh ones. */
typedef struct ck_block {
    ck_state *c;
    long joined, coordinates;
    const branch *b;
    ck_mat **step, **now; /* entailed; a form and its additional equations, which are being made */
    long nsteps, nnow, fresh; /* fresh: where the fresh coordinates of these are known */
    equation *eq;
    long neqs, *start, nstarts; /* where those of each literal and step start, and the end */
    mpq_ptr sum, entry;         /* by coordinate */
} block;

/* ---- branches: 6.1 ---- */

static void push_branch(const block *b, branches *to, branch add) {
    CK_PUSH(to->b, to->n, add);
    to->literals += add.n;
    CK_REQUIRE(b->c->r, "limit", to->n <= MAX_BRANCHES && to->literals <= MAX_LITERALS,
               "at most 4096 branches and 1000000 literals");
}

static branch appended(branch to, const branch *from) {
    for (long i = 0; i < from->n; i++) CK_PUSH(to.lit, to.n, from->lit[i]);
    return to;
}

/* a or b: one after the other; a and b: all concatenations, a varies slowest. */
static branches merge(const block *b, branches x, branches y, bool both) {
    branches all = {0};

    for (long i = 0; !both && i < y.n; i++) push_branch(b, &x, y.b[i]);
    for (long i = 0; both && i < x.n; i++)
        for (long j = 0; j < y.n; j++) { /* the last may grow in place */
            branch part = j < y.n - 1 ? appended((branch){0}, &x.b[i]) : x.b[i];

            push_branch(b, &all, appended(part, &y.b[j]));
        }
    return both ? all : x;
}

static branches join(block *b, const ck_node *p, const ck_env *env, ck_env **joined);

static branches collect(block *b, const ck_node *p, const ck_env *env, bool sign) {
    branches all = {0};
    literal l = {p, env, sign};
    ck_cases cases;

    if (p->op < CK_NOT || !ck_open(p, env)) {
        push_branch(b, &all, appended((branch){0}, &(branch){&l, 1}));
        return all;
    }
    if (p->op == CK_NOT) return collect(b, p->a[0], env, !sign);
    CK_ASSERT(sign || (p->op != CK_EX && p->op != CK_ALLIN));
    if (p->op == CK_EX) return join(b, p, env, NULL);
    cases = ck_cases_of(b->c, p, env);
    if (cases.every == sign) push_branch(b, &all, (branch){0});
    for (long i = 0; i < cases.set->n; i++) {
        const ck_env *here = ck_env_new(env, p->k, cases.set->at[i], cases.basis);

        all = merge(b, all, collect(b, ck_case(p, here->at), here, sign), cases.every == sign);
    }
    return all;
}

/* The unknown of `ex` or `sol` joins the block; the branches of its scope. */
static branches join(block *b, const ck_node *p, const ck_env *env, ck_env **joined) {
    ck_env *u = ck_unknown(b->c, p, env);

    u->first = b->coordinates;
    b->joined = b->coordinates += u->rows * u->cols;
    if (joined != NULL) *joined = u;
    return collect(b, p->a[1], u, true);
}

/* ---- affine forms: 6.2 ---- */

enum { CLOSED, AFFINE, NEITHER };

/* Is it closed; or else has it a form, a formula equations? Decided by its structure. */
static int degree(ck_state *c, const ck_node *n, const ck_env *env) {
    bool sum =
        n->op == CK_ADD || n->op == CK_TR || n->op == CK_IDX || n->op == CK_EQ || n->op == CK_ZERO;
    bool product = n->op == CK_SCALE || n->op == CK_MUL || n->op == CK_DOT;
    const ck_elements *set;
    int a = CLOSED, b = CLOSED;

    if (!ck_open(n, env) || *ck_known(c, CK_VALUE_OF, n, env) != NULL) return CLOSED;
    if (n->op == CK_UNK) return AFFINE;
    if (n->op == CK_SUM || n->op == CK_COLS) {
        set = ck_set(c, n->t[0]);
        for (long i = 0; i < set->n && a != NEITHER; i++, a = a > b ? a : b) {
            ck_env here = {.up = env, .k = n->k, .at = set->at[i]};

            b = degree(c, n->a[1], &here);
        }
        return a;
    }
    if (n->a[0] != NULL) a = degree(c, n->a[0], env);
    if (n->a[1] != NULL) b = degree(c, n->a[1], env);
    if (sum) return a > b ? a : b;
    if (!product && n->op != CK_WITHIN) a *= 2; /* what has to be closed counts twice */
    if (!product && n->op != CK_PROJ) b *= 2;
    return a + b < NEITHER ? a + b : NEITHER;
}

/* B Z with fresh coordinates Z */
static ck_mat *fresh_in(block *b, ck_mat *basis, long cols) {
    long first = b->coordinates;

    b->coordinates += basis->cols * cols;
    return ck_apply2(CK_MUL, basis, ck_coordinates(first, basis->cols, cols));
}

/* B Z, and the equations B^T (form(t) - B Z) = 0. */
ck_mat *ck_project(block *b, const ck_node *n, const ck_env *env, ck_mat *basis, ck_mat *t) {
    void **bz = ck_known(b->c, b->fresh, n, env);

    if (*bz != NULL) return *bz;
    *bz = fresh_in(b, basis, t->cols);
    t = ck_apply2(CK_DOT, basis, ck_apply2(CK_EQ, t, *bz));
    CK_PUSH(b->now, b->nnow, t);
    return *bz;
}

/* Adds q times that entry, by coordinate. */
static void add_entry(mpq_ptr sum, const ck_mat *m, long i, long j, const mpq_t q) {
    ck_mat **part = m->part;
    bool mul = m->op == CK_MUL, dot = m->op == CK_DOT, second;
    mpq_t by;

    if (mpq_sgn(q) == 0) return;
    mpq_init(by);
    switch (m->op) {
    case CK_RAT: /* closed */
        ck_mat_entry(by, m, i, j);
        mpq_mul(by, by, q);
        mpq_add(sum, sum, by);
        break;
    case CK_UNK:
        sum += m->first + i * m->cols + j;
        mpq_add(sum, sum, q);
        break;
    case CK_TR: add_entry(sum, part[0], j, i, q); break;
    case CK_COLS: add_entry(sum, part[j / part[0]->cols], i, j % part[0]->cols, q); break;
    case CK_EQ:
        add_entry(sum, part[0], i, j, q);
        mpq_neg(by, q);
        add_entry(sum, part[1], i, j, by);
        break;
    case CK_SUM:
    case CK_ADD:
        for (long k = 0; k < m->n; k++) add_entry(sum, part[k], i, j, q);
        break;
    default: /* scale mul dot, one of the two closed */
        second = part[0]->op != CK_RAT;
        for (long k = 0, n = mul ? part[0]->cols : dot ? part[0]->rows : 1; k < n; k++) {
            long at[2][2] = {{mul ? i : k, mul ? k : dot ? i : 0}, {mul || dot ? k : i, j}};

            ck_mat_entry(by, part[second], at[second][0], at[second][1]);
            mpq_mul(by, by, q);
            add_entry(sum, part[!second], at[!second][0], at[!second][1], by);
        }
    }
    mpq_clear(by);
}

static void add_flat(mpq_ptr sum, const ck_mat *m, long entry) {
    mpq_t one;

    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    add_entry(sum, m, entry / m->cols, entry % m->cols, one);
    mpq_clear(one);
}

/* ---- equations: 6.3 ---- */

/* The form of a term, or that which is 0 if a formula holds; then the additional equations. */
static ck_mat *make_forms(block *b, const ck_node *n, const ck_env *env) {
    block *outer = b->c->block;
    bool within = n->op == CK_WITHIN;
    ck_mat *m = NULL;

    b->c->block = b;
    b->fresh = CK_FRESH + ++b->c->ids;
    b->nnow = 0;
    CK_PUSH(b->now, b->nnow, m);
    m = ck_form(b->c, within ? n->a[0] : n, env, false);
    if (within) m = ck_apply2(CK_EQ, m, fresh_in(b, ck_basis(b->c, n->a[1], env), m->cols));
    b->c->block = outer;
    return b->now[0] = m;
}

/* Of all literals, fresh coordinates counted from the start, and of the steps. */
static void find_equations(block *b) {
    b->coordinates = b->joined;
    b->neqs = b->nstarts = 0;
    for (long i = 0; i < b->b->n + b->nsteps; i++) {
        const literal *l = i < b->b->n ? &b->b->lit[i] : NULL;

        CK_PUSH(b->start, b->nstarts, b->neqs);
        b->nnow = 0;
        if (l == NULL) CK_PUSH(b->now, b->nnow, b->step[i - b->b->n]);
        if (l != NULL && l->sign && degree(b->c, l->p, l->env) == AFFINE)
            make_forms(b, l->p, l->env);
        for (long k = 0; k < b->nnow; k++)
            for (equation e = {.m = b->now[k]}; e.entry < e.m->rows * e.m->cols; e.entry++)
                CK_PUSH(b->eq, b->neqs, e);
    }
    CK_PUSH(b->start, b->nstarts, b->neqs);
}

static mpq_ptr zeros(long n) {
    mpq_ptr z = ck_new((size_t)n * sizeof *z);

    for (long i = 0; i < n; i++) mpq_init(z + i);
    return z;
}

static const equation *multiplied_out(block *b, equation *e) {
    if (e->n > 0) return e;
    add_flat(b->entry, e->m, e->entry);
    for (long id = 0; id < b->coordinates; id++)
        if (mpq_sgn(b->entry + id) != 0) {
            struct term t = {id, b->entry[id]};

            CK_PUSH(e->t, e->n, t);
            mpq_init(b->entry + id);
        }
    return e;
}

/* "L:R=RAT", behind the equation `last`. */
static void take_part(block *b, long last[2]) {
    size_t n;
    const char *s = ck_field(b->c->r, &n), *colon = memchr(s, ':', n), *is = memchr(s, '=', n);
    const equation *e;
    mpq_t q, by;
    long id[2];

    mpq_inits(q, by, NULL);
    CK_REQUIRE(b->c->r, "syntax",
               colon != NULL && is != NULL && colon < is &&
                   ck_rational(q, is + 1, (size_t)(s + n - is - 1), CK_WITNESS_DIGITS, false) &&
                   ck_is_count(s, (size_t)(colon - s)) &&
                   ck_is_count(colon + 1, (size_t)(is - colon - 1)),
               "L:R=q");
    id[0] = strtol(s, NULL, 10);
    id[1] = strtol(colon + 1, NULL, 10);
    CK_REQUIRE(b->c->r, "comb-order",
               (id[0] > last[0] || (id[0] == last[0] && id[1] > last[1])) && mpq_sgn(q) != 0,
               "increasing equations, no zero");
    CK_REQUIRE(b->c->r, "comb-index",
               id[0] < b->nstarts - 1 && id[1] < b->start[id[0] + 1] - b->start[id[0]],
               "equations of the branch");
    memcpy(last, id, sizeof id);
    e = multiplied_out(b, &b->eq[b->start[id[0]] + id[1]]);
    for (long i = 0; i < e->n; i++) {
        mpq_mul(by, q, &e->t[i].q);
        mpq_sub(b->sum + e->t[i].id, b->sum + e->t[i].id, by);
    }
    mpq_clears(q, by, NULL);
}

/* Lines `y COMB`: these combinations are the entries, row by row. */
static void take_combinations(block *b, const char *name, const ck_mat *m) {
    b->sum = zeros(b->coordinates);
    b->entry = zeros(b->coordinates);
    for (long i = 0; i < m->rows * m->cols; i++) {
        long last[2] = {-1, -1};
        bool equal = true;

        ck_line(b->c->r, "y");
        add_flat(b->sum, m, i);
        while (ck_more(b->c->r)) take_part(b, last);
        for (long k = 0; k < b->coordinates; k++) {
            equal = equal && mpq_sgn(b->sum + k) == 0;
            mpq_set_ui(b->sum + k, 0, 1);
        }
        CK_REQUIRE(b->c->r, name, equal, "entry %ld", i);
    }
}

/* ---- steps: 6.4 ---- */

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
    if (p->op == CK_SUM || p->op == CK_COLS) {
        const ck_elements *set = ck_set(c, p->t[0]);
        long e = set->n > 0 ? set->at[0] : -1;

        for (long i = 0; i < n->nfree; i++)
            if (n->free[i].k == p->k && n->free[i].op == CK_VAR) e = at[i];
        return ck_has(set, e) ? occurrence(c, p->a[1], ck_env_new(env, p->k, e, NULL), n, at)
                              : NULL;
    }
    for (int i = 0; i < 2 && found == NULL; i++) found = occurrence(c, p->a[i], env, n, at);
    return found;
}

/* "L KEY": the term and its environment, NULL if there is none. */
static const ck_node *take_term(block *b, const ck_env **env) {
    ck_reader *r = b->c->r;
    long l = ck_take_count(r), id, *at;
    const ck_node *n;

    *env = NULL;
    CK_REQUIRE(r, "syntax", ck_more(r) && r->cursor[1] == '%', "%%NODE");
    r->cursor++; /* the sign stands for the space before the number */
    id = ck_take_count(r);
    n = id < b->c->s->core.norder ? b->c->s->core.order[id] : NULL;
    at = ck_new(n != NULL ? (size_t)n->nfree * sizeof *at : 0);
    for (long i = 0; n != NULL && i < n->nfree; i++)
        at[i] = n->free[i].op == CK_UNK ? -1 : ck_more(r) ? ck_take_int(r) : -1;
    if (n != NULL && !ck_more(r) && l < b->b->n && n != b->b->lit[l].p)
        *env = occurrence(b->c, b->b->lit[l].p, b->b->lit[l].env, n, at);
    return n;
}

static void entail(block *b) {
    const ck_env *env;
    const ck_node *n = take_term(b, &env);
    ck_mat *m, *f;

    CK_REQUIRE(b->c->r, "entail-key", env != NULL && degree(b->c, n, env) == AFFINE,
               "a term with a form that occurs in the literal and is not closed");
    f = make_forms(b, n, env);
    m = ck_take_mat(b->c->r, "value", "entail-shape", f->rows, f->cols);
    m->kept = true;
    f = ck_apply2(CK_EQ, f, m);
    take_combinations(b, "entail-comb", f);
    *ck_known(b->c, CK_VALUE_OF, n, env) = m;
    CK_PUSH(b->step, b->nsteps, f);
    find_equations(b);
}

static void refute_branch(block *b, const branch *literals, long number) {
    ck_state *c = b->c;
    long outer = c->branch, i;
    const literal *l;
    bool forced;

    c->branch = ++c->ids;
    CK_REQUIRE(c->r, "branch-order", ck_take_number(c->r, "branch", ck_take_count) == number,
               "branch %ld", number);
    b->b = literals;
    b->nsteps = 0;
    find_equations(b);
    for (ck_next_line(c->r); ck_first(c->r, "entail"); ck_next_line(c->r)) entail(b);
    if (ck_first(c->r, "contradiction")) {
        ck_line_done(c->r);
        take_combinations(b, "contradiction", ck_mat_diagonal(1, 1));
    } else {
        forced = ck_first(c->r, "forced");
        CK_REQUIRE(c->r, "syntax", forced || ck_first(c->r, "false"), "a step of a branch");
        i = ck_take_count(c->r);
        ck_line_done(c->r);
        l = i < b->b->n ? &b->b->lit[i] : NULL;
        CK_REQUIRE(c->r, forced ? "forced-literal" : "false-literal",
                   l != NULL && degree(c, l->p, l->env) == (forced ? AFFINE : CLOSED) &&
                       (!forced || (!l->sign && l->p->op != CK_WITHIN)),
                   forced ? "a disequation with forms that is not closed" : "a closed literal");
        if (forced)
            take_combinations(b, "forced-comb", make_forms(b, l->p, l->env));
        else
            ck_prove(c, l->p, l->env, !l->sign);
    }
    c->branch = outer;
}

void ck_refute(ck_state *c, const ck_node *ex, const ck_env *env) {
    block b = {.c = c, .coordinates = 1};
    branches all = join(&b, ex, env, NULL);

    ck_fact(c, "refute", ex, env);
    CK_REQUIRE(c->r, "branch-count", ck_take_number(c->r, "branches", ck_take_count) == all.n,
               "%ld branches", all.n);
    for (long i = 0; i < all.n; i++) refute_branch(&b, &all.b[i], i);
}

/* ---- solution spaces: 7 ---- */

/* The matrix of the homogeneous equations of the only branch. */
static ck_mat *system_matrix(block *b, const branches *all) {
    long n;
    mpq_ptr e;

    CK_ASSERT(all->n == 1); /* language.md 6.3 */
    b->b = all->b;
    find_equations(b);
    n = b->coordinates;
    e = zeros(b->neqs * n);
    for (long i = 0; i < b->neqs; i++) add_flat(e + i * n, b->eq[i].m, b->eq[i].entry);
    /* without the constants, all 0 */
    return ck_mat_pick(ck_mat_rationals(e, b->neqs, n), NULL, b->neqs, ck_range(n)->at + 1, n - 1);
}

ck_mat *ck_solutions(ck_state *c, const ck_node *n, const ck_env *env) {
    block b = {.c = c, .coordinates = 1};
    ck_env *v;
    branches all = join(&b, n, env, &v);
    ck_mat *s = system_matrix(&b, &all), *k;
    long big, small;

    ck_fact(c, "kernel", n, env);
    k = ck_take_mat(c->r, "k", "kernel-shape", s->cols, -1);
    CK_REQUIRE(c->r, "kernel-null", ck_mat_is_zero(ck_apply2(CK_MUL, s, k)), "C K = 0");
    big = ck_take_minor(c->r, "cminor", "minor-index", s);
    small = ck_take_minor(c->r, "kminor", "minor-index", k);
    CK_REQUIRE(c->r, "kernel-dimension", small == k->cols && big + small == s->cols,
               "sizes rho + kappa = %ld, kappa = %ld", s->cols, k->cols);
    k = ck_mat_pick(k, NULL, v->rows, NULL, k->cols);
    return v->basis != NULL ? ck_apply2(CK_MUL, v->basis, k) : k;
}
