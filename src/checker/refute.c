/* Refutations and solution spaces: witness-format.md, sections 6 and 7. */
#include "check.h"

enum { MAX_BRANCHES = 4096, MAX_LITERALS = 1000000 };

/* What collect gives: a literal (p, env, sign), or, if p is NULL, parts; its branches are those of
   one part after the other or, if they are joined, all concatenations. */
typedef struct tree {
    const ck_node *p;
    const ck_env *env;
    bool sign, joined;
    struct tree *part;
    long n, branches, literals; /* how many parts; literals in all branches */
} tree;

/* A matrix of forms that is 0. */
typedef struct {
    long literal; /* the number of its literal */
    ck_mat *m;
} equations;

/* Coordinates: 0 is the constant; those of the unknowns follow, then fresh ones. */
typedef struct ck_block {
    ck_state *c;
    long unknown, coordinates; /* ends of both */
    const tree **lit;          /* of the branch at hand */
    long n;
    equations *eq;            /* of the steps, then of the literals */
    long nsteps, neqs, fresh; /* fresh: where the fresh coordinates of a form are known */
} block;

/* ---- branches: 6.1 ---- */

/* The limits are for each list that is formed on the way. */
static tree collect(block *b, const ck_node *p, const ck_env *env, bool sign) {
    tree t = {.p = p, .env = env, .sign = sign, .branches = 1, .literals = 1};

    if (p->op < CK_NOT || !ck_open(p, env)) return t;
    if (p->op == CK_NOT) return collect(b, p->a[0], env, !sign);
    CK_ASSERT(sign || (p->op != CK_EX && p->op != CK_ALLIN));
    if (p->op == CK_EX) return collect(b, p->a[1], ck_unknown(b->c, p, env, &b->unknown), true);
    const ck_env *here;
    const ck_node *part;
    bool joined = sign != (p->op == CK_OR || p->op == CK_ANY);
    t = (tree){.joined = joined, .branches = joined};
    while ((part = ck_part(b->c, p, env, t.n, &here)) != NULL) {
        tree a = collect(b, part, here, sign);

        t.literals =
            joined ? t.literals * a.branches + a.literals * t.branches : t.literals + a.literals;
        t.branches = joined ? t.branches * a.branches : t.branches + a.branches;
        CK_REQUIRE(b->c->r, "limit", t.branches <= MAX_BRANCHES && t.literals <= MAX_LITERALS,
                   "at most 4096 branches and 1000000 literals");
        CK_PUSH(t.part, t.n, a);
    }
    return t;
}

/* The literals of that branch join those at hand. In a concatenation the first part varies slowest:
   for each of its branches there are `rest` ones of the others. */
static void choose(block *b, const tree *t, long branch) {
    long rest = t->branches;

    if (t->p != NULL) CK_PUSH(b->lit, b->n, t);
    for (const tree *a = t->part; a < CK_END(t->part, t->n); a++) {
        if (t->joined) rest /= a->branches;
        long here = t->joined ? branch / rest : branch;
        if (here >= 0 && here < a->branches) choose(b, a, here);
        branch -= t->joined ? here * rest : a->branches;
    }
}

/* ---- affine forms: 6.2 ---- */

enum { CLOSED, AFFINE, NEITHER };

/* Is it closed; or else has it a form, a formula equations? Decided by its structure. */
static int degree(ck_state *c, const ck_node *n, const ck_env *env) {
    bool product = n->op >= CK_SCALE && n->op <= CK_DOT;
    const ck_env *here;
    const ck_node *a;
    int most = CLOSED;

    if (!ck_open(n, env) || *ck_known(c, CK_VALUE_OF, n, env) != NULL) return CLOSED;
    if (n->op == CK_UNK) return AFFINE;
    for (long i = 0; most < NEITHER && (a = ck_part(c, n, env, i, &here)) != NULL; i++) {
        int part = degree(c, a, here);

        most = product ? most + part : part > most ? part : most;
    }
    bool linear = n->op >= CK_ADD && n->op <= CK_PROJ; /* an open space is neither */
    linear = linear || n->op == CK_EQ || n->op == CK_ZERO || n->op == CK_WITHIN;
    return linear || most == CLOSED ? most : NEITHER;
}

/* B Z with fresh coordinates Z */
static ck_mat *fresh_in(block *b, ck_mat *basis, long cols) {
    return ck_in_basis(basis, ck_coordinates(&b->coordinates, basis->cols, cols));
}

/* B Z, and the equations B^T (form(t) - B Z) = 0. */
ck_mat *ck_project(block *b, const ck_node *n, const ck_env *env, ck_mat *basis, ck_mat *t) {
    void **bz = ck_known(b->c, b->fresh, n, env);

    if (*bz == NULL) {
        equations e = b->eq[b->neqs - 1]; /* of the same literal */

        *bz = fresh_in(b, basis, t->cols);
        e.m = ck_apply2(CK_DOT, basis, ck_apply2(CK_EQ, t, *bz));
        CK_PUSH(b->eq, b->neqs, e);
    }
    return *bz;
}

/* The form of a term, or that which is 0 if a formula holds; it is listed with the number of its
   literal, the additional equations behind it. */
static ck_mat *make_form(block *b, const ck_node *n, const ck_env *env, long number) {
    bool within = n->op == CK_WITHIN;
    equations e = {number, NULL};
    block *outer = b->c->block;
    long at = b->neqs;

    b->c->block = b;
    b->fresh = CK_FRESH + ++b->c->ids;
    CK_PUSH(b->eq, b->neqs, e);
    ck_mat *m = ck_form(b->c, within ? n->a[0] : n, env, false);
    if (within) m = ck_apply2(CK_EQ, m, fresh_in(b, ck_value(b->c, n->a[1], env), m->cols));
    b->c->block = outer;
    return b->eq[at].m = m;
}

/* Adds q times that entry, by coordinate. */
static void add_entry(mpq_ptr sum, const ck_mat *m, long entry, const mpq_t q) {
    ck_mat **part = m->part;
    long i = entry / m->cols, j = entry % m->cols;
    bool scale = m->op == CK_SCALE, second;
    mpq_t by;

    if (mpq_sgn(q) == 0) return;
    mpq_init(by);
    switch (m->op) {
    case CK_RAT: /* closed */
        mpz_mul(mpq_numref(by), mpq_numref(q), m->e[entry]);
        mpz_mul(mpq_denref(by), mpq_denref(q), m->den);
        mpq_canonicalize(by);
        mpq_add(sum, sum, by);
        break;
    case CK_UNK: mpq_add(sum + m->first + entry, sum + m->first + entry, q); break;
    case CK_TR: add_entry(sum, part[0], j * m->rows + i, q); break;
    case CK_COLS:
        part += j / part[0]->cols;
        add_entry(sum, *part, i * (*part)->cols + j % (*part)->cols, q);
        break;
    case CK_ADD:
    case CK_SUM:
        for (long k = 0; k < m->n; k++) add_entry(sum, part[k], entry, q);
        break;
    default: /* scale mul, one of the two closed */
        second = part[0]->op != CK_RAT;
        for (long k = 0, n = scale ? 1 : part[1]->rows; k < n; k++) {
            long at[] = {scale ? 0 : i * n + k, scale ? entry : k * m->cols + j};

            mpq_set_ui(by, 0, 1);
            add_entry(by, part[second], at[second], q);
            add_entry(sum, part[!second], at[!second], by);
        }
    }
    mpq_clear(by); /* mostly the last piece of memory: it can be used again */
}

/* ---- equations: 6.3 ---- */

/* So many numbers. */
static mpq_ptr zeros(long n) {
    mpq_ptr q = ck_new((size_t)n * sizeof *q);

    for (long i = 0; i < n; i++) mpq_init(q + i);
    return q;
}

/* Those of the steps stay. */
static void find_equations(block *b) {
    b->coordinates = b->unknown;
    b->neqs = b->nsteps;
    for (long l = 0; l < b->n; l++) {
        const tree *x = b->lit[l];

        if (x->sign && degree(b->c, x->p, x->env) == AFFINE) make_form(b, x->p, x->env, l);
    }
}

/* COMB, the rest of the line, is added; q is any number. */
static void take_combination(block *b, mpq_ptr sum, mpq_ptr q) {
    ck_reader *r = b->c->r;
    uint64_t from = 0;

    while (ck_more(r)) {
        bool found = false;

        r->stop = ':';
        long l = ck_take_count(r);
        r->stop = '=';
        long number = ck_take_count(r);
        r->stop = ' ';
        uint64_t at = (uint64_t)l << 32 | (uint64_t)number;
        const char *s = ck_field(r);
        CK_REQUIRE(r, "syntax", ck_rational(q, s, CK_WITNESS_DIGITS, false), "L:R=q");
        CK_REQUIRE(r, "comb-order", at >= from && mpq_sgn(q) != 0, "increasing equations, no zero");
        from = at + 1;
        for (const equations *e = b->eq; e < CK_END(b->eq, b->neqs) && !found; e++) {
            long n = e->literal == l ? e->m->rows * e->m->cols : 0;

            found = number < n;
            if (found) add_entry(sum, e->m, number, q);
            number -= n;
        }
        CK_REQUIRE(r, "comb-index", found, "equations of the branch");
    }
}

/* Lines `y COMB`: these combinations are the entries, row by row. */
static void take_combinations(block *b, const char *name, const ck_mat *m) {
    for (long i = 0; i < m->rows * m->cols; i++) {
        ck_mark mark = ck_begin(CK_PROOF);
        mpq_ptr sum = zeros(b->coordinates), q = zeros(1);

        mpq_set_si(q, -1, 1);
        add_entry(sum, m, i, q);
        ck_line(b->c->r, "y");
        take_combination(b, sum, q);
        CK_REQUIRE(b->c->r, name, ck_mat_is_zero(ck_mat_rationals(sum, 1, b->coordinates)),
                   "entry %ld", i);
        ck_end(mark);
    }
}

/* ---- steps: 6.4 ---- */

/* Does n occur in the term or formula p, with the elements that env has for the variables of `sum`
   and `cols`? */
static bool occurs(ck_state *c, const ck_node *n, const ck_node *p, const ck_env *env) {
    if (p == NULL || p == n || p->op == CK_SOL) return p == n;
    if (p->op != CK_SUM && p->op != CK_COLS)
        return occurs(c, n, p->a[0], env) || occurs(c, n, p->a[1], env);
    const ck_env *e = ck_env_find(env, p->k);
    const ck_elements *set = ck_set(c, p->t[0]);
    return (e != NULL ? ck_has(set, e->at) : set->n > 0) && occurs(c, n, p->a[1], env);
}

/* "L %NODE ints": the term and its environment; NULL if it does not occur in the literal. */
static const ck_node *take_term(block *b, const ck_env **env) {
    ck_reader *r = b->c->r;
    long l = ck_take_count(r);

    CK_REQUIRE(r, "syntax", ck_more(r) && *r->rest == '%', "%%NODE");
    r->rest++;
    long id = ck_take_count(r);
    if (id >= b->c->s->core.norder || l >= b->n) return NULL;
    const ck_node *n = b->c->s->core.order[id];
    bool good = n != b->lit[l]->p;
    *env = b->lit[l]->env;
    for (long i = 0; i < n->nfree; i++) {
        const ck_node *v = n->free[i];
        const ck_env *e = ck_env_find(*env, v->k);
        long at = v->op == CK_UNK ? -1 : ck_more(r) ? ck_take_int(r) : -1;

        good = good && (e != NULL ? v->op == CK_UNK || at == e->at : v->op == CK_VAR);
        if (e == NULL) *env = ck_env_new(*env, v->k, at, NULL);
    }
    return good && !ck_more(r) && occurs(b->c, n, b->lit[l]->p, *env) ? n : NULL;
}

/* The term has that value from now on, and this is an equation, too. */
static void entail(block *b) {
    const ck_env *env;
    const ck_node *n = take_term(b, &env);
    ck_state *c = b->c;

    CK_REQUIRE(c->r, "entail-key", n != NULL && degree(c, n, env) == AFFINE,
               "a term with a form that occurs in the literal and is not closed");
    ck_mat *f = make_form(b, n, env, -1);
    ck_mat *m = ck_take_mat(c->r, "value", "entail-shape", f->rows, f->cols);
    equations step = {b->n + b->nsteps, ck_apply2(CK_EQ, f, m)};
    take_combinations(b, "entail-comb", step.m);
    *ck_known(c, CK_VALUE_OF, n, env) = m;
    b->neqs = b->nsteps;
    CK_PUSH(b->eq, b->neqs, step);
    b->nsteps = b->neqs;
    find_equations(b);
}

/* Steps, then what cannot be: a combination, or a literal. */
static void refute_branch(block *b, const tree *t, long number) {
    ck_state *c = b->c;
    long outer = c->branch;

    c->branch = ++c->ids;
    CK_REQUIRE(c->r, "branch-order", ck_take_number(c->r, "branch", ck_take_count) == number,
               "branch %ld", number);
    b->n = b->nsteps = 0;
    choose(b, t, number);
    find_equations(b);
    for (ck_next_line(c->r); ck_first(c->r, "entail"); ck_next_line(c->r)) entail(b);
    if (ck_first(c->r, "contradiction")) {
        ck_line_done(c->r);
        take_combinations(b, "contradiction", ck_mat_diagonal(1, 1));
    } else {
        bool forced = ck_first(c->r, "forced");
        CK_REQUIRE(c->r, "syntax", forced || ck_first(c->r, "false"), "a step of a branch");
        long i = ck_take_count(c->r);
        ck_line_done(c->r);
        const tree *l = i < b->n ? b->lit[i] : NULL;
        bool fits = l != NULL && degree(c, l->p, l->env) == (forced ? AFFINE : CLOSED);
        CK_REQUIRE(c->r, forced ? "forced-literal" : "false-literal",
                   fits && (!forced || (!l->sign && l->p->op != CK_WITHIN)),
                   forced ? "a disequation with forms that is not closed" : "a closed literal");
        if (forced)
            take_combinations(b, "forced-comb", make_form(b, l->p, l->env, -1));
        else
            ck_prove(c, l->p, l->env, !l->sign);
    }
    c->branch = outer;
}

void ck_refute(ck_state *c, const ck_node *ex, const ck_env *env) {
    block b = {.c = c, .unknown = 1};
    tree t = collect(&b, ex->a[1], ck_unknown(c, ex, env, &b.unknown), true);

    ck_fact(c, "refute", ex, env);
    long n = ck_take_number(c->r, "branches", ck_take_count);
    CK_REQUIRE(c->r, "branch-count", n == t.branches, "%ld branches", t.branches);
    for (long i = 0; i < t.branches; i++) refute_branch(&b, &t, i);
}

/* ---- solution spaces: 7 ---- */

/* The matrix of the equations, which have no constants. */
static ck_mat *system_matrix(const block *b) {
    const equations *end = CK_END(b->eq, b->neqs);
    long n = b->coordinates, rows = 0;
    mpq_ptr one = zeros(1);

    mpq_set_ui(one, 1, 1);
    for (const equations *e = b->eq; e < end; e++) rows += e->m->rows * e->m->cols;
    mpq_ptr row = zeros(rows * n), to = row;
    for (const equations *e = b->eq; e < end; e++)
        for (long k = 0; k < e->m->rows * e->m->cols; k++, to += n) add_entry(to, e->m, k, one);
    return ck_mat_pick(ck_mat_rationals(row, rows, n), NULL, rows, ck_range(n)->at + 1, n - 1);
}

ck_mat *ck_solutions(ck_state *c, const ck_node *sol, const ck_env *env) {
    block b = {.c = c, .unknown = 1};
    ck_env *v = ck_unknown(c, sol, env, &b.unknown);
    tree t = collect(&b, sol->a[1], v, true);

    CK_ASSERT(t.branches == 1); /* language.md 6.3 */
    choose(&b, &t, 0);
    find_equations(&b);
    ck_mat *s = system_matrix(&b);
    ck_fact(c, "kernel", sol, env);
    ck_mat *k = ck_take_mat(c->r, "k", "kernel-shape", s->cols, -1);
    CK_REQUIRE(c->r, "kernel-null", ck_mat_is_zero(ck_apply2(CK_MUL, s, k)), "C K = 0");
    long big = ck_take_minor(c->r, "cminor", "minor-index", s);
    long small = ck_take_minor(c->r, "kminor", "minor-index", k);
    CK_REQUIRE(c->r, "kernel-dimension", small == k->cols && big + small == s->cols,
               "sizes rho + kappa = %ld, kappa = %ld", s->cols, k->cols);
    return ck_in_basis(v->basis, ck_mat_pick(k, NULL, v->m->rows, NULL, k->cols));
}
