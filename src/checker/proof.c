/* Values, proofs, refutations and solution spaces: witness-format.md, sections 3 to 7. */
#include "check.h"

/* ---- environments, facts and what is remembered: 3 ---- */

/* What is known about a node in an environment: value, truth; from FRESH on, the fresh coordinates
   in one form. */
enum { VALUE_OF, FALSE_IS, TRUE_IS, FRESH };

static ck_env *extend(const ck_env *up, long k, long at, ck_mat *basis, ck_mat *m) {
    ck_env e = {up, k, at, basis, m};

    return memcpy(ck_new(sizeof e), &e, sizeof e);
}

static const ck_env *find(const ck_env *env, long k) {
    while (env != NULL && env->k != k) env = env->up;
    return env;
}

/* Is there an unknown without a value? */
static bool is_open(const ck_node *n, const ck_env *env) {
    for (long i = 0; n != NULL && i < n->nfree; i++) {
        const ck_env *e = n->free[i]->op == CK_UNK ? find(env, n->free[i]->k) : NULL;

        if (e != NULL && e->m->op != CK_RAT) return true;
    }
    return false;
}

/* Whatever mentions an unknown without a value is known in its branch only. */
static void **known_at(ck_state *c, long what, const ck_node *n, const ck_env *env) {
    size_t len = (size_t)(3 + 2 * n->nfree) * sizeof(int64_t);
    int64_t *key = ck_new(len), *to = key;

    *to++ = what;
    *to++ = n->id;
    *to++ = is_open(n, env) ? c->branch : 0;
    for (long i = 0; i < n->nfree; i++) {
        const ck_env *e = find(env, n->free[i]->k);

        CK_ASSERT(e != NULL);
        *to++ = e->at;
        *to++ = n->free[i]->op == CK_VEC ? (int64_t)(intptr_t)e->basis : 0;
    }
    return ck_at(&c->known, key, len);
}

/* The next line must be `kind KEY`. */
static void take_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env) {
    ck_text key = {0};

    ck_put(&key, "%s %%%ld", kind, n->id);
    for (long i = 0; i < n->nfree; i++)
        if (n->free[i]->op != CK_UNK) ck_put(&key, " %ld", find(env, n->free[i]->k)->at);
    ck_next_line(c->r);
    CK_REQUIRE(c->r, "fact-order", ck_line_is(c->r, key.s), "%s", key.s);
}

/* Part i of a node, and its environment: an argument, or the scope for an element of the set or a
   column of the basis. NULL: there are not so many. */
static const ck_node *part_of(ck_state *c, const ck_node *n, const ck_env *env, long i,
                              const ck_env **here) {
    bool binder = n->k >= 0;
    ck_mat *basis = n->op == CK_ALLIN ? ck_value(c, n->a[0], env) : NULL;
    const ck_elements *set = binder && basis == NULL ? ck_set(c, n->t[0]) : NULL;

    if (i >= (set != NULL ? set->n : basis != NULL ? basis->cols : 2)) return NULL;
    *here = extend(env, n->k, set != NULL ? set->at[i] : i, basis, NULL);
    return n->a[binder ? 1 : i];
}

/* ---- values: 4 ---- */

/* May be open; again: it is asked for again. */
static ck_mat *form(ck_state *c, const ck_node *n, const ck_env *env, bool again);
/* The form of the projection n of t, which is open, to the space with that basis. */
static ck_mat *project(ck_state *c, const ck_node *n, const ck_env *env, ck_mat *basis, ck_mat *t);
static ck_mat *solutions(ck_state *c, const ck_node *sol, const ck_env *env); /* generators */

/* Their product; basis NULL: z. */
static ck_mat *in_basis(ck_mat *basis, ck_mat *z) {
    return basis != NULL ? ck_apply2(CK_MUL, basis, z) : z;
}

/* The unknown of `ex` or `sol`. */
static ck_env *unknown_of(ck_state *c, const ck_node *n, const ck_env *env, long *next) {
    ck_mat *basis = n->a[0] != NULL ? ck_value(c, n->a[0], env) : NULL;
    long rows = basis != NULL ? basis->cols : ck_dim(c, n->t[1]);

    return extend(env, n->k, ++c->ids, basis, ck_coordinates(next, rows, ck_dim(c, n->t[2])));
}

/* The number of a token or context. */
static long element(ck_state *c, const ck_node *n, const ck_env *env) {
    if (n->op == CK_VAR) return find(env, n->k)->at;
    if (n->op == CK_CAT) return ck_given_find(c, n->t[0])->next[element(c, n->a[0], env)];
    return n->op == CK_BASE ? c->base : ck_given_find(c, n->t[0])->set->at[0];
}

/* The operation on the values of the parts. An argument with fewer variables than its node is asked
   for again. */
static ck_mat *compute(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_env *here;
    const ck_node *a;
    ck_mat **value = NULL;
    long i = 0;

    while ((a = part_of(c, n, env, i, &here)) != NULL)
        CK_PUSH(value, i, form(c, a, here, a->nfree < n->nfree));
    if (i > 0) return ck_apply(n->op == CK_JOIN ? CK_COLS : n->op, value, i);
    return ck_mat_new(ck_dim(c, n->d[0]), n->op == CK_SUM ? ck_dim(c, n->d[1]) : 0);
}

static bool vanishes(ck_op op, ck_mat *a, ck_mat *b) { return ck_mat_is_zero(ck_apply2(op, a, b)); }

/* Z with B^T (T - B Z) = 0; the value is B Z. */
static ck_mat *projection(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *b = ck_value(c, n->a[0], env), *t = form(c, n->a[1], env, false);

    if (t->op != CK_RAT) return project(c, n, env, b, t);
    take_fact(c, "proj", n, env);
    ck_mat *z = ck_apply2(CK_MUL, b, ck_take_mat(c->r, "z", "proj-shape", b->cols, t->cols));
    CK_REQUIRE(c->r, "proj-normal", vanishes(CK_DOT, b, ck_apply2(CK_EQ, t, z)),
               "B^T (T - B Z) = 0");
    return z;
}

/* The entry of a vector: a row that is 0 but for a 1, times the vector. */
static ck_mat *entry(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *t = form(c, n->a[0], env, n->a[0]->nfree < n->nfree), *row = ck_mat_new(1, t->rows);
    long at = ck_place(ck_set(c, n->a[0]->d[0] + 1), element(c, n->a[1], env));

    CK_ASSERT(at >= 0);
    mpz_set_ui(row->e[at], 1);
    return ck_apply2(CK_MUL, row, t);
}

/* So many numbers. */
static mpq_ptr zeros(long n) {
    mpq_ptr q = ck_new((size_t)n * sizeof *q);

    for (long i = 0; i < n; i++) mpq_init(q + i);
    return q;
}

/* Values with one source: a column of a matrix, a number as it is written. */
static ck_mat *column(const ck_mat *m, long at) { return ck_mat_pick(m, NULL, m->rows, &at, 1); }

static ck_mat *rational(const char *text) {
    mpq_ptr q = zeros(1);

    CK_ASSERT(ck_rational(q, text, 1001, false));
    return ck_mat_rationals(q, 1, 1);
}

/* Of a term; the generators of a space; of a formula what is 0, or to be compared with 0. */
static ck_mat *evaluate(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_env *e = find(env, n->k); /* of unk, vec */

    switch (n->op) {
    case CK_RAT: return rational(n->t[0]);
    case CK_SIZE: return ck_mat_diagonal(1, ck_dim(c, n->t[0]));
    case CK_ID: return ck_mat_diagonal(ck_dim(c, n->t[0]), 1);
    case CK_PAR: return ck_given_find(c, n->t[0])->a;
    case CK_F: return column(ck_given_find(c, n->t[0])->f, element(c, n->a[0], env));
    case CK_G: return column(ck_given_find(c, n->t[0])->g, element(c, n->a[0], env));
    case CK_IDX: return entry(c, n, env);
    case CK_UNK: return in_basis(e->basis, e->m);
    case CK_VEC: return column(e->basis, e->at);
    case CK_DIM: return ck_mat_diagonal(1, ck_value(c, n->a[0], env)->cols);
    case CK_PROJ: return projection(c, n, env);
    case CK_GENS:
    case CK_SPAN:
    case CK_ZERO: return form(c, n->a[0], env, false);
    case CK_SOL: return solutions(c, n, env);
    case CK_SAME: return ck_mat_diagonal(1, element(c, n->a[0], env) != element(c, n->a[1], env));
    default: return compute(c, n, env); /* add scale mul dot tr sum cols join eq le lt */
    }
}

/* Columns of the generators A with A = A[:,j] R that a minor shows to be independent. */
static ck_mat *basis(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *a = evaluate(c, s, env);

    take_fact(c, "basis", s, env);
    ck_line(c->r, "cols");
    long n = -1, *col = ck_take_indices(c->r, "basis-cols", &n, a->cols);
    ck_mat *b = ck_mat_pick(a, NULL, a->rows, col, n);
    ck_mat *r = ck_take_mat(c->r, "r", "basis-shape", n, a->cols);
    CK_REQUIRE(c->r, "basis-span", vanishes(CK_EQ, a, ck_apply2(CK_MUL, b, r)), "A = A[:,j] R");
    CK_REQUIRE(c->r, "basis-minor-size", ck_take_minor(c->r, "minor", "basis-minor-size", b) == n,
               "R = %ld", n);
    return b;
}

/* What is asked for again, or has no variables, or takes facts, is remembered. What mentions an
   unknown may be known by an entailment. */
static ck_mat *form(ck_state *c, const ck_node *n, const ck_env *env, bool again) {
    bool keep = again || n->nfree == 0 || n->heavy;
    void **known = keep || is_open(n, env) ? known_at(c, VALUE_OF, n, env) : NULL;

    if (known != NULL && *known != NULL) return *known;
    ck_mat *v = (n->kind == 'S' ? basis : evaluate)(c, n, env);
    return keep && v->op == CK_RAT ? *known = ck_keep(v) : v;
}

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *v = form(c, n, env, false);

    CK_ASSERT(v->op == CK_RAT); /* language.md 6.2 */
    return v;
}

/* ---- proofs: 5 ---- */

static void refute(ck_state *c, const ck_node *ex, const ck_env *env);

/* Does the relation hold? */
static bool compare(ck_state *c, const ck_node *p, const ck_env *env) {
    const ck_mat *a = evaluate(c, p, env);

    if (p->op == CK_LE || p->op == CK_LT) return mpz_sgn(a->e[0]) < (p->op == CK_LE);
    return ck_mat_is_zero(a);
}

/* X with T = B X shows that the columns lie in the space, Y with Y B = 0 and Y T != 0 that not all
   of them do. */
static void prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_mat *t = ck_value(c, p->a[0], env), *b = ck_value(c, p->a[1], env);

    take_fact(c, v ? "in" : "out", p, env);
    if (v) {
        ck_mat *x = ck_take_mat(c->r, "x", "in-shape", b->cols, t->cols);
        CK_REQUIRE(c->r, "in-product", vanishes(CK_EQ, t, ck_apply2(CK_MUL, b, x)), "T = B X");
    } else {
        ck_mat *y = ck_take_mat(c->r, "y", "out-shape", 1, b->rows);
        CK_REQUIRE(c->r, "out-annihilates", vanishes(CK_MUL, y, b), "Y B = 0");
        CK_REQUIRE(c->r, "out-separates", !vanishes(CK_MUL, y, t), "Y T != 0");
    }
}

/* `and or all any allin`: all parts, or the one that the witness picks. */
static void prove_parts(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    bool all = v != (p->op == CK_OR || p->op == CK_ANY), found = all;
    const ck_env *here;
    const ck_node *a = part_of(c, p, env, 0, &here); /* the basis is found before the fact */
    long pick = 0, i = 0;

    if (!all) {
        take_fact(c, "pick", p, env);
        ck_line(c->r, "i");
        pick = ck_take_int(c->r);
    }
    for (; (a = part_of(c, p, env, i, &here)) != NULL; i++)
        if (all || here->at == pick) {
            ck_prove(c, a, here, v);
            found = true;
        }
    CK_REQUIRE(c->r, "pick-range", found, "one of %ld cases", i);
}

/* The unknown gets the coordinates that the witness has. */
static void prove_exists(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_env *u = unknown_of(c, p, env, &(long){0});

    take_fact(c, "value", p, env);
    u->m = ck_take_mat(c->r, "v", "value-shape", u->m->rows, u->m->cols);
    ck_prove(c, p->a[1], u, true);
}

void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    void **known = p->heavy ? known_at(c, v ? TRUE_IS : FALSE_IS, p, env) : NULL;

    if (known != NULL && *known != NULL) return;
    ck_mark mark = ck_begin(CK_PROOF);
    if (p->op == CK_TRUE)
        CK_REQUIRE(c->r, "false", v, "something else than the refutation of true");
    else if (p->op == CK_NOT)
        ck_prove(c, p->a[0], env, !v);
    else if (p->op == CK_WITHIN)
        prove_within(c, p, env, v);
    else if (p->op == CK_EX)
        (v ? prove_exists : refute)(c, p, env);
    else if (p->op > CK_NOT)
        prove_parts(c, p, env, v);
    else
        CK_REQUIRE(c->r, "compare", compare(c, p, env) == v, "%%%ld %s", p->id,
                   v ? "true" : "false");
    ck_end(mark);
    if (known != NULL) *known = c;
}

/* ---- refutations: 6 ---- */

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

    if (p->op < CK_NOT || !is_open(p, env)) return t;
    if (p->op == CK_NOT) return collect(b, p->a[0], env, !sign);
    CK_ASSERT(sign || (p->op != CK_EX && p->op != CK_ALLIN));
    if (p->op == CK_EX) return collect(b, p->a[1], unknown_of(b->c, p, env, &b->unknown), true);
    const ck_env *here;
    const ck_node *part;
    bool joined = sign != (p->op == CK_OR || p->op == CK_ANY);
    t = (tree){.joined = joined, .branches = joined};
    while ((part = part_of(b->c, p, env, t.n, &here)) != NULL) {
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

    if (!is_open(n, env) || *known_at(c, VALUE_OF, n, env) != NULL) return CLOSED;
    if (n->op == CK_UNK) return AFFINE;
    for (long i = 0; most < NEITHER && (a = part_of(c, n, env, i, &here)) != NULL; i++) {
        int part = degree(c, a, here);

        most = product ? most + part : part > most ? part : most;
    }
    bool linear = n->op >= CK_ADD && n->op <= CK_PROJ; /* an open space is neither */
    linear = linear || n->op == CK_EQ || n->op == CK_ZERO || n->op == CK_WITHIN;
    return linear || most == CLOSED ? most : NEITHER;
}

/* B Z with fresh coordinates Z */
static ck_mat *fresh_in(block *b, ck_mat *basis, long cols) {
    return in_basis(basis, ck_coordinates(&b->coordinates, basis->cols, cols));
}

/* B Z, and the equations B^T (form(t) - B Z) = 0. */
static ck_mat *project(ck_state *c, const ck_node *n, const ck_env *env, ck_mat *basis, ck_mat *t) {
    block *b = c->block;
    void **bz = known_at(c, b->fresh, n, env);

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
    block *outer = b->c->block;
    long at = b->neqs;

    b->c->block = b;
    b->fresh = FRESH + ++b->c->ids;
    CK_PUSH(b->eq, b->neqs, (equations){.literal = number});
    ck_mat *m = form(b->c, within ? n->a[0] : n, env, false);
    if (within) m = ck_apply2(CK_EQ, m, fresh_in(b, ck_value(b->c, n->a[1], env), m->cols));
    b->c->block = outer;
    return b->eq[at].m = m;
}

/* ---- equations: 6.3 ---- */

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
            if (found) ck_add_entry(sum, e->m, number, q);
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
        ck_add_entry(sum, m, i, q);
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
    const ck_env *e = find(env, p->k);
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
        const ck_env *e = find(*env, v->k);
        long at = v->op == CK_UNK ? -1 : ck_more(r) ? ck_take_int(r) : -1;

        good = good && (e != NULL ? v->op == CK_UNK || at == e->at : v->op == CK_VAR);
        if (e == NULL) *env = extend(*env, v->k, at, NULL, NULL);
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
    *known_at(c, VALUE_OF, n, env) = m;
    CK_PUSH(b->eq, b->nsteps, step);
    find_equations(b);
}

/* Steps, then what cannot be: a combination, or a literal. */
static void refute_branch(block *b, const tree *t, long number) {
    ck_state *c = b->c;
    long outer = c->branch;

    c->branch = ++c->ids;
    ck_line(c->r, "branch");
    CK_REQUIRE(c->r, "branch-order", ck_take_count(c->r) == number, "branch %ld", number);
    b->n = b->nsteps = 0;
    choose(b, t, number);
    find_equations(b);
    for (ck_next_line(c->r); ck_first(c->r, "entail"); ck_next_line(c->r)) entail(b);
    if (ck_first(c->r, "contradiction")) {
        take_combinations(b, "contradiction", ck_mat_diagonal(1, 1));
    } else {
        bool forced = ck_first(c->r, "forced");
        CK_REQUIRE(c->r, "syntax", forced || ck_first(c->r, "false"), "a step of a branch");
        long i = ck_take_count(c->r);
        const tree *l = i < b->n ? b->lit[i] : NULL;
        int found = l != NULL ? degree(c, l->p, l->env) : NEITHER;
        bool fits = found == AFFINE && !l->sign && l->p->op != CK_WITHIN;
        CK_REQUIRE(c->r, forced ? "forced-literal" : "false-literal",
                   forced ? fits : found == CLOSED,
                   forced ? "a disequation with forms that is not closed" : "a closed literal");
        if (forced)
            take_combinations(b, "forced-comb", make_form(b, l->p, l->env, -1));
        else
            ck_prove(c, l->p, l->env, !l->sign);
    }
    c->branch = outer;
}

static void refute(ck_state *c, const ck_node *ex, const ck_env *env) {
    block b = {.c = c, .unknown = 1};
    tree t = collect(&b, ex->a[1], unknown_of(c, ex, env, &b.unknown), true);

    take_fact(c, "refute", ex, env);
    ck_line(c->r, "branches");
    CK_REQUIRE(c->r, "branch-count", ck_take_count(c->r) == t.branches, "%ld branches", t.branches);
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
        for (long k = 0; k < e->m->rows * e->m->cols; k++, to += n) ck_add_entry(to, e->m, k, one);
    return ck_mat_pick(ck_mat_rationals(row, rows, n), NULL, rows, ck_range(n)->at + 1, n - 1);
}

static ck_mat *solutions(ck_state *c, const ck_node *sol, const ck_env *env) {
    block b = {.c = c, .unknown = 1};
    ck_env *v = unknown_of(c, sol, env, &b.unknown);
    tree t = collect(&b, sol->a[1], v, true);

    CK_ASSERT(t.branches == 1); /* language.md 6.3 */
    choose(&b, &t, 0);
    find_equations(&b);
    ck_mat *s = system_matrix(&b);
    take_fact(c, "kernel", sol, env);
    ck_mat *k = ck_take_mat(c->r, "k", "kernel-shape", s->cols, -1);
    CK_REQUIRE(c->r, "kernel-null", vanishes(CK_MUL, s, k), "C K = 0");
    long big = ck_take_minor(c->r, "cminor", "minor-index", s);
    long small = ck_take_minor(c->r, "kminor", "minor-index", k);
    CK_REQUIRE(c->r, "kernel-dimension", small == k->cols && big + small == s->cols,
               "sizes rho + kappa = %ld, kappa = %ld", s->cols, k->cols);
    return in_basis(v->basis, ck_mat_pick(k, NULL, v->m->rows, NULL, k->cols));
}
