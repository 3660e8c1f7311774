/* Affine forms and branches: witness-format.md, 6.1 to 6.3. */
#include "affine.h"

enum { MAX_BRANCHES = 4096, MAX_LITERALS = 1000000 };

/* ---- which terms are closed, which have a form: decided by their structure ---- */

typedef bool (*test)(ck_state *, const ck_node *, const ck_env *);

/* Does it hold for the body with every element of the binder's set? */
static bool for_all(ck_state *c, const ck_node *n, const ck_env *env, test holds) {
    const ck_elements *set = ck_set(c, n->t[0]);

    for (long i = 0; i < set->n; i++) {
        ck_env here = {.up = env, .k = n->k, .at = set->at[i]};

        if (!holds(c, n->a[1], &here)) return false;
    }
    return true;
}

bool ck_closed(ck_state *c, const ck_node *n, const ck_env *env) {
    if (!ck_open(n, env)) return true;
    if (c->branch != 0 && *ck_known(c, &c->known, CK_K_OVER, n, env) != NULL) return true;
    if (n->op == CK_UNK || n->op == CK_SOL) return false;
    if (ck_op_table[n->op].form == 'b') return for_all(c, n, env, ck_closed);
    return (n->a[0] == NULL || ck_closed(c, n->a[0], env)) &&
           (n->a[1] == NULL || ck_closed(c, n->a[1], env));
}

bool ck_has_form(ck_state *c, const ck_node *n, const ck_env *env) {
    bool a;

    if (ck_closed(c, n, env)) return true;
    switch (ck_op_table[n->op].form) {
    case 'u': return true;
    case '+': return ck_has_form(c, n->a[0], env) && ck_has_form(c, n->a[1], env);
    case '*':
        a = ck_closed(c, n->a[0], env);
        return a != ck_closed(c, n->a[1], env) && ck_has_form(c, n->a[a], env);
    case '0': return ck_has_form(c, n->a[0], env);
    case 'b': return for_all(c, n, env, ck_has_form);
    case 'p': return ck_closed(c, n->a[0], env) && ck_has_form(c, n->a[1], env);
    default: return false;
    }
}

/* ---- forms ---- */

static ck_form *form_new(long rows, long cols) {
    ck_form *f = ck_new(sizeof *f);

    *f = (ck_form){rows, cols, ck_new((size_t)rows * (size_t)cols * sizeof *f->e)};
    return f;
}

/* dst += by src */
static void addmul(ck_linear *dst, const ck_linear *src, const mpq_t by) {
    ck_linear sum = {0};
    long i = 0, j = 0;

    if (mpq_sgn(by) == 0 || src->n == 0) return;
    while (i < dst->n || j < src->n) {
        bool left = j == src->n || (i < dst->n && dst->t[i].id <= src->t[j].id);
        bool right = i == dst->n || (j < src->n && src->t[j].id <= dst->t[i].id);
        struct ck_term t = {.id = left ? dst->t[i].id : src->t[j].id};

        mpq_init(t.co);
        if (right) mpq_mul(t.co, src->t[j++].co, by);
        if (left) mpq_add(t.co, t.co, dst->t[i].co);
        if (left) mpq_clear(dst->t[i++].co);
        CK_PUSH(sum.t, sum.n, t);
    }
    ck_free(dst->t);
    *dst = sum;
}

static void add(ck_linear *dst, const ck_linear *src, int by) {
    mpq_t q;

    mpq_init(q);
    mpq_set_si(q, by, 1);
    addmul(dst, src, q);
    mpq_clear(q);
}

static ck_linear one_term(long id) {
    ck_linear e = {ck_new(sizeof *e.t), 1};

    e.t->id = id;
    mpq_init(e.t->co);
    mpq_set_ui(e.t->co, 1, 1);
    return e;
}

ck_form *ck_form_constant(const ck_mat *m) {
    ck_form *f = form_new(m->rows, m->cols);

    for (long i = 0; i < m->rows * m->cols; i++)
        if (mpz_sgn(m->e[i]) != 0) {
            f->e[i] = one_term(CK_CONSTANT);
            ck_mat_entry(f->e[i].t->co, m, i / m->cols, i % m->cols);
        }
    return f;
}

ck_form *ck_form_add(const ck_form *f, const ck_form *g, int sign) {
    ck_form *s = form_new(f->rows, f->cols);

    CK_ASSERT(f->rows == g->rows && f->cols == g->cols);
    for (long i = 0; i < s->rows * s->cols; i++) {
        add(&s->e[i], &f->e[i], 1);
        add(&s->e[i], &g->e[i], sign);
    }
    return s;
}

static ck_form *form_tr(const ck_form *f) {
    ck_form *t = form_new(f->cols, f->rows);

    for (long i = 0; i < f->rows * f->cols; i++)
        add(&t->e[i % f->cols * f->rows + i / f->cols], &f->e[i], 1);
    return t;
}

static ck_form *form_mul(const ck_mat *m, const ck_form *f) {
    ck_form *p = form_new(m->rows, f->cols);
    mpq_t q;

    CK_ASSERT(m->cols == f->rows);
    mpq_init(q);
    for (long i = 0; i < m->rows; i++)
        for (long k = 0; k < m->cols; k++) {
            ck_mat_entry(q, m, i, k);
            for (long j = 0; j < f->cols; j++)
                addmul(&p->e[i * f->cols + j], &f->e[k * f->cols + j], q);
        }
    mpq_clear(q);
    return p;
}

/* A scalar m times a form, or a scalar form times m. */
static ck_form *form_scale(const ck_mat *m, const ck_form *f, bool scalar_closed) {
    ck_form *p = scalar_closed ? form_new(f->rows, f->cols) : form_new(m->rows, m->cols);
    mpq_t q;

    mpq_init(q);
    for (long i = 0; i < p->rows * p->cols; i++) {
        ck_mat_entry(q, m, 0, scalar_closed ? 0 : i); /* entry i, row by row */
        addmul(&p->e[i], &f->e[scalar_closed ? i : 0], q);
    }
    mpq_clear(q);
    return p;
}

static ck_form *coordinates(long first, long rows, long cols) {
    ck_form *f = form_new(rows, cols);

    for (long i = 0; i < rows * cols; i++) f->e[i] = one_term(first + i);
    return f;
}

/* B Z with fresh coordinates Z */
static ck_form *fresh_in(ck_block *b, const ck_mat *m, long cols) {
    long first = b->coordinates;

    b->coordinates += m->cols * cols;
    return form_mul(m, coordinates(first, m->cols, cols));
}

static void add_equations(ck_linear **list, long *n, const ck_form *f) {
    for (long i = 0; i < f->rows * f->cols; i++) CK_PUSH(*list, *n, f->e[i]);
}

/* B Z, and the equations B^T (form(t) - B Z) = 0. */
static ck_form *form_proj(ck_block *b, const ck_node *n, const ck_env *env) {
    ck_mat *m = ck_basis(b->c, n->a[0], env);
    ck_form *f = ck_form_of(b, n->a[1], env), *bz = *ck_known(b->c, &b->proj, CK_K_FORM, n, env);

    if (bz != NULL) return bz;
    bz = fresh_in(b, m, f->cols);
    *ck_known(b->c, &b->proj, CK_K_FORM, n, env) = bz;
    add_equations(&b->extra, &b->nextra, form_mul(ck_mat_tr(m), ck_form_add(f, bz, -1)));
    return bz;
}

static ck_form *form_over_set(ck_block *b, const ck_node *n, const ck_env *env) {
    const ck_elements *set = ck_set(b->c, n->t[0]);
    ck_form *all = NULL, *f;

    for (long i = 0; i < set->n; i++) {
        f = ck_form_of(b, n->a[1], ck_env_new(env, (ck_env){.k = n->k, .at = set->at[i]}));
        if (all == NULL) all = form_new(f->rows, n->op == CK_COLS ? f->cols * set->n : f->cols);
        for (long k = 0; k < f->rows * f->cols; k++)
            add(&all->e[n->op == CK_SUM ? k : k / f->cols * all->cols + i * f->cols + k % f->cols],
                &f->e[k], 1);
    }
    CK_ASSERT(all != NULL); /* over an empty set it is closed */
    return all;
}

static ck_form *form_product(ck_block *b, const ck_node *n, const ck_env *env) {
    bool first = ck_closed(b->c, n->a[0], env);
    ck_mat *m = first ? ck_value(b->c, n->a[0], env) : NULL;
    ck_form *f = ck_form_of(b, n->a[first], env);

    if (!first) m = ck_value(b->c, n->a[1], env);
    if (n->op == CK_SCALE) return form_scale(m, f, first);
    if (n->op == CK_DOT) return form_mul(ck_mat_tr(m), f);
    return first ? form_mul(m, f) : form_tr(form_mul(ck_mat_tr(m), form_tr(f)));
}

ck_form *ck_form_of(ck_block *b, const ck_node *n, const ck_env *env) {
    const ck_unknown *u;
    ck_form *f, *e;

    if (ck_closed(b->c, n, env)) return ck_form_constant(ck_value(b->c, n, env));
    switch (n->op) {
    case CK_UNK:
        u = ck_env_find(env, n->k)->unk;
        return u->basis != NULL ? form_mul(u->basis, coordinates(u->first, u->count, 1))
                                : coordinates(u->first, u->rows, u->cols);
    case CK_ADD:
        f = ck_form_of(b, n->a[0], env);
        return ck_form_add(f, ck_form_of(b, n->a[1], env), 1);
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT: return form_product(b, n, env);
    case CK_TR: return form_tr(ck_form_of(b, n->a[0], env));
    case CK_IDX:
        f = ck_form_of(b, n->a[0], env);
        e = form_new(1, 1);
        e->e[0] = f->e[ck_position(b->c, n->a[0], n->a[1], env)];
        return e;
    case CK_SUM:
    case CK_COLS: return form_over_set(b, n, env);
    default: CK_ASSERT(n->op == CK_PROJ); return form_proj(b, n, env);
    }
}

ck_form *ck_form_side(ck_block *b, const ck_literal *l) {
    ck_form *f = ck_form_of(b, l->p->a[0], l->env);

    return l->p->op == CK_ZERO ? f : ck_form_add(f, ck_form_of(b, l->p->a[1], l->env), -1);
}

ck_equations ck_equations_of(ck_block *b, const ck_literal *l) {
    const ck_node *p = l->p, *last = p->a[1];
    ck_equations eq = {0};
    ck_form *f;

    b->proj = (ck_map){0};
    b->extra = NULL;
    b->nextra = 0;
    if (!l->sign || (p->op != CK_EQ && p->op != CK_ZERO && p->op != CK_WITHIN) ||
        ck_closed(b->c, p, l->env) || !ck_has_form(b->c, p->a[0], l->env) ||
        (p->op == CK_EQ && !ck_has_form(b->c, last, l->env)) ||
        (p->op == CK_WITHIN && !ck_closed(b->c, last, l->env)))
        return eq;
    if (p->op == CK_WITHIN) {
        f = ck_form_of(b, p->a[0], l->env);
        f = ck_form_add(f, fresh_in(b, ck_basis(b->c, last, l->env), f->cols), -1);
    } else {
        f = ck_form_side(b, l);
    }
    add_equations(&eq.e, &eq.n, f);
    for (long i = 0; i < b->nextra; i++) CK_PUSH(eq.e, eq.n, b->extra[i]);
    return eq;
}

/* ---- branches ---- */

static void push_branch(const ck_block *b, ck_branches *to, ck_branch add) {
    CK_PUSH(to->b, to->n, add);
    to->literals += add.n;
    CK_REQUIRE(b->c->r, "limit", to->n <= MAX_BRANCHES && to->literals <= MAX_LITERALS,
               "at most 4096 branches and 1000000 literals");
}

static void append(ck_branch *to, const ck_branch *from) {
    for (long i = 0; i < from->n; i++) CK_PUSH(to->lit, to->n, from->lit[i]);
}

/* a or b: one after the other; a and b: all concatenations, a varies slowest. */
static ck_branches merge(const ck_block *b, ck_branches x, ck_branches y, bool both) {
    ck_branches all = {0};

    for (long i = 0; !both && i < y.n; i++) push_branch(b, &x, y.b[i]);
    if (!both) return x;
    for (long i = 0; i < x.n; i++)
        for (long j = 0; j < y.n; j++) {
            ck_branch part = {0};

            if (j < y.n - 1)
                append(&part, &x.b[i]);
            else
                part = x.b[i]; /* the last may grow in place */
            append(&part, &y.b[j]);
            push_branch(b, &all, part);
        }
    return all;
}

static ck_branches collect(ck_block *b, const ck_node *p, const ck_env *env, bool sign) {
    ck_branches all = {0};
    ck_literal l = {p, env, sign};
    ck_cases cases;
    bool both;

    switch (ck_open(p, env) ? p->op : CK_TRUE) {
    case CK_NOT: return collect(b, p->a[0], env, !sign);
    case CK_AND:
    case CK_OR:
    case CK_ALL:
    case CK_ANY:
    case CK_ALLIN:
        CK_ASSERT(sign || p->op != CK_ALLIN);
        cases = ck_cases_of(b->c, p, env);
        both = cases.every == sign;
        if (both) push_branch(b, &all, (ck_branch){0});
        for (long i = 0; i < cases.n; i++) {
            long at = cases.set != NULL ? cases.set->at[i] : i;
            ck_env here = {.k = p->k, .at = at, .basis = cases.basis};

            all = merge(b, all, collect(b, ck_case(p, at), ck_env_new(env, here), sign), both);
        }
        return all;
    case CK_EX: CK_ASSERT(sign); return ck_join(b, p, env, NULL);
    default:
        push_branch(b, &all, (ck_branch){0});
        CK_PUSH(all.b[0].lit, all.b[0].n, l);
        all.literals = 1;
        return all;
    }
}

ck_branches ck_join(ck_block *b, const ck_node *p, const ck_env *env, ck_unknown **first) {
    ck_unknown *u = ck_unknown_new(b->c, p, env);

    u->first = b->coordinates;
    b->joined = b->coordinates += u->count;
    if (first != NULL) *first = u;
    return collect(b, p->a[1], ck_env_new(env, (ck_env){.k = p->k, .at = u->id, .unk = u}), true);
}
