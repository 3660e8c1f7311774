/* Affine forms: witness-format.md, 6.2 and 6.3. */
#include "affine.h"

/* Does `test` hold for the body with every element of the binder's set? */
static bool
for_all(ck_state *c, const ck_node *n, const ck_env *env,
        bool (*test)(ck_state *, const ck_node *, const ck_env *))
{
    const ck_elements *set = ck_set(c, n->t1);

    for (long i = 0; i < set->n; i++) {
        ck_env here = {.up = env, .k = n->k, .at = set->at[i]};

        if (!test(c, n->a[1], &here))
            return false;
    }
    return true;
}

bool
ck_closed(ck_state *c, const ck_node *n, const ck_env *env)
{
    if (!ck_open(n, env))
        return true;
    if (c->branch != 0 && *ck_known(c, CK_K_OVER, n, env) != NULL)
        return true;
    if (n->op == CK_UNK || n->op == CK_SOL)
        return false;
    if (n->op == CK_SUM || n->op == CK_COLS)
        return for_all(c, n, env, ck_closed);
    return (n->a[0] == NULL || ck_closed(c, n->a[0], env)) &&
           (n->a[1] == NULL || ck_closed(c, n->a[1], env));
}

bool
ck_literal_closed(ck_state *c, const ck_literal *l)
{
    return ck_closed(c, l->p, l->env);
}

bool
ck_has_form(ck_state *c, const ck_node *n, const ck_env *env)
{
    bool a, b;

    if (ck_closed(c, n, env))
        return true;
    switch (n->op) {
    case CK_UNK:
        return true;
    case CK_ADD:
        return ck_has_form(c, n->a[0], env) && ck_has_form(c, n->a[1], env);
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT:
        a = ck_closed(c, n->a[0], env);
        b = ck_closed(c, n->a[1], env);
        return a != b && ck_has_form(c, n->a[a ? 1 : 0], env);
    case CK_TR:
    case CK_IDX:
        return ck_has_form(c, n->a[0], env);
    case CK_SUM:
    case CK_COLS:
        return for_all(c, n, env, ck_has_form);
    case CK_PROJ:
        return ck_closed(c, n->a[0], env) && ck_has_form(c, n->a[1], env);
    default:
        return false;
    }
}

/* ---- forms ---- */

static ck_form *
form_new(long rows, long cols)
{
    ck_form *f = ck_new(sizeof *f);

    f->rows = rows;
    f->cols = cols;
    mpz_init_set_ui(f->den, 1);
    f->e = ck_new((size_t)rows * (size_t)cols * sizeof *f->e);
    return f;
}

static void
sparse_push(ck_sparse *s, long id, const mpz_t a, const mpz_t b)
{
    if ((s->n & (s->n - 1)) == 0) {
        size_t cap = s->n == 0 ? 1 : 2 * (size_t)s->n;

        s->id = ck_grow(s->id, cap * sizeof *s->id);
        s->co = ck_grow(s->co, cap * sizeof *s->co);
    }
    s->id[s->n] = id;
    mpz_init(s->co[s->n]);
    mpz_mul(s->co[s->n], a, b);
    s->n++;
}

static void
sparse_clear(ck_sparse *s)
{
    for (long i = 0; i < s->n; i++)
        mpz_clear(s->co[i]);
    ck_free(s->id);
    ck_free(s->co);
    *s = (ck_sparse){0};
}

/* dst += by src */
static void
sparse_addmul(ck_sparse *dst, const ck_sparse *src, const mpz_t by)
{
    ck_sparse sum = {0};
    long i = 0, j = 0;
    mpz_t one;

    if (mpz_sgn(by) == 0 || src->n == 0)
        return;
    if (dst->n == 0 || dst->id[dst->n - 1] < src->id[0]) {
        for (j = 0; j < src->n; j++)
            sparse_push(dst, src->id[j], src->co[j], by);
        return;
    }
    mpz_init_set_ui(one, 1);
    while (i < dst->n || j < src->n) {
        bool left = j == src->n || (i < dst->n && dst->id[i] <= src->id[j]);

        if (left)
            sparse_push(&sum, dst->id[i], dst->co[i], one);
        else
            sparse_push(&sum, src->id[j], src->co[j], by);
        if (left && j < src->n && dst->id[i] == src->id[j])
            mpz_addmul(sum.co[sum.n - 1], src->co[j++], by);
        else if (!left)
            j++;
        if (left)
            i++;
    }
    mpz_clear(one);
    sparse_clear(dst);
    *dst = sum;
}

ck_form *
ck_form_constant(const ck_mat *m)
{
    ck_form *f = form_new(m->rows, m->cols);
    mpz_t one;

    mpz_init_set_ui(one, 1);
    mpz_set(f->den, m->den);
    for (long i = 0; i < m->rows * m->cols; i++)
        if (mpz_sgn(m->e[i]) != 0)
            sparse_push(&f->e[i], CK_CONSTANT, m->e[i], one);
    mpz_clear(one);
    return f;
}

/* a f + b g */
static ck_form *
combine(const ck_form *f, const ck_form *g, int sign)
{
    ck_form *s = form_new(f->rows, f->cols);
    mpz_t a, b;

    CK_ASSERT(f->rows == g->rows && f->cols == g->cols);
    mpz_init(a);
    mpz_init(b);
    mpz_lcm(s->den, f->den, g->den);
    mpz_divexact(a, s->den, f->den);
    mpz_divexact(b, s->den, g->den);
    if (sign < 0)
        mpz_neg(b, b);
    for (long i = 0; i < s->rows * s->cols; i++) {
        sparse_addmul(&s->e[i], &f->e[i], a);
        sparse_addmul(&s->e[i], &g->e[i], b);
    }
    mpz_clear(a);
    mpz_clear(b);
    return s;
}

ck_form *
ck_form_minus(const ck_form *f, const ck_form *g)
{
    return combine(f, g, -1);
}

/* m f, or f m */
static ck_form *
form_mul(const ck_mat *m, const ck_form *f, bool left)
{
    long inner = left ? m->cols : m->rows;
    ck_form *p = form_new(left ? m->rows : f->rows, left ? f->cols : m->cols);

    CK_ASSERT(inner == (left ? f->rows : f->cols));
    mpz_mul(p->den, m->den, f->den);
    for (long i = 0; i < p->rows; i++)
        for (long j = 0; j < p->cols; j++)
            for (long k = 0; k < inner; k++)
                sparse_addmul(&p->e[i * p->cols + j],
                              &f->e[left ? k * f->cols + j : i * f->cols + k],
                              left ? CK_E(m, i, k) : CK_E(m, k, j));
    return p;
}

/* A 1 x 1 matrix times a form, or a 1 x 1 form times a matrix. */
static ck_form *
form_scale(const ck_mat *m, const ck_form *f, bool scalar_closed)
{
    ck_form *p = form_new(scalar_closed ? f->rows : m->rows,
                          scalar_closed ? f->cols : m->cols);

    mpz_mul(p->den, m->den, f->den);
    for (long i = 0; i < p->rows * p->cols; i++)
        sparse_addmul(&p->e[i], &f->e[scalar_closed ? i : 0], m->e[scalar_closed ? 0 : i]);
    return p;
}

static ck_form *
form_tr(const ck_form *f)
{
    ck_form *t = form_new(f->cols, f->rows);

    mpz_set(t->den, f->den);
    for (long i = 0; i < f->rows; i++)
        for (long j = 0; j < f->cols; j++)
            t->e[j * f->rows + i] = f->e[i * f->cols + j];
    return t;
}

/* A column or matrix of coordinates, from number `first` on, row by row. */
static ck_form *
coordinates(long first, long rows, long cols)
{
    ck_form *f = form_new(rows, cols);

    for (long i = 0; i < rows * cols; i++)
        sparse_push(&f->e[i], first + i, f->den, f->den);
    return f;
}

static ck_form *
form_unknown(const ck_unknown *u)
{
    if (u->basis != NULL)
        return form_mul(u->basis, coordinates(u->first, u->count, 1), true);
    return coordinates(u->first, u->rows, u->cols);
}

/* B Z with fresh Z, and the equations B^T (form(t) - B Z) = 0. */
static ck_form *
form_proj(ck_block *b, ck_equations *eq, const ck_node *n, const ck_env *env)
{
    ck_mat *m = ck_basis(b->c, n->a[0], env), *t = ck_mat_tr(m);
    ck_form *f = ck_form_of(b, eq, n->a[1], env), *bz, *rest;
    void **at;
    ck_text text = {0};

    ck_put(&text, "%ld", n->id);
    for (long i = 0; i < n->nfree; i++) {
        const ck_env *e = ck_env_find(env, n->free[i].k);

        ck_put(&text, " %ld %ld", e->at, e->basis != NULL ? e->basis->id : 0);
    }
    at = ck_at(&eq->proj, text.s, text.n);
    ck_free(text.s);
    if (*at != NULL) {
        ck_mat_drop(t);
        return *at;
    }
    bz = form_mul(m, coordinates(b->ncoords + eq->fresh, m->cols, f->cols), true);
    *at = bz;
    eq->fresh += m->cols * f->cols;
    rest = form_mul(t, ck_form_minus(f, bz), true);
    CK_PUSH(eq->extra, eq->nextra, rest);
    ck_mat_drop(t);
    return bz;
}

static ck_form *
form_over_set(ck_block *b, ck_equations *eq, const ck_node *n, const ck_env *env)
{
    const ck_elements *set = ck_set(b->c, n->t1);
    ck_form *all = NULL;

    CK_ASSERT(set->n > 0); /* over an empty set it is closed */
    for (long i = 0; i < set->n; i++) {
        ck_env *here = ck_new(sizeof *here);
        ck_form *f, *both;

        *here = (ck_env){.up = env, .k = n->k, .at = set->at[i]};
        f = ck_form_of(b, eq, n->a[1], here);
        if (all == NULL || n->op == CK_SUM) {
            all = all == NULL ? f : combine(all, f, 1);
            continue;
        }
        both = form_new(f->rows, all->cols + f->cols);
        mpz_mul(both->den, all->den, f->den);
        for (long r = 0; r < both->rows; r++)
            for (long j = 0; j < both->cols; j++) {
                bool left = j < all->cols;

                sparse_addmul(&both->e[r * both->cols + j],
                              left ? &all->e[r * all->cols + j]
                                   : &f->e[r * f->cols + j - all->cols],
                              left ? f->den : all->den);
            }
        all = both;
    }
    return all;
}

static ck_form *
form_product(ck_block *b, ck_equations *eq, const ck_node *n, const ck_env *env)
{
    bool first = ck_closed(b->c, n->a[0], env);
    ck_mat *m = NULL;
    ck_form *f;

    if (first)
        m = ck_value(b->c, n->a[0], env);
    f = ck_form_of(b, eq, n->a[first ? 1 : 0], env);
    if (!first)
        m = ck_value(b->c, n->a[1], env);
    if (n->op == CK_SCALE)
        return form_scale(m, f, first);
    if (n->op == CK_DOT)
        return form_mul(ck_mat_tr(m), f, true);
    return form_mul(m, f, first);
}

ck_form *
ck_form_of(ck_block *b, ck_equations *eq, const ck_node *n, const ck_env *env)
{
    ck_form *f, *e;
    long at;

    if (ck_closed(b->c, n, env))
        return ck_form_constant(ck_value(b->c, n, env));
    switch (n->op) {
    case CK_UNK:
        return form_unknown(ck_env_find(env, n->k)->unk);
    case CK_ADD:
        f = ck_form_of(b, eq, n->a[0], env);
        return combine(f, ck_form_of(b, eq, n->a[1], env), 1);
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT:
        return form_product(b, eq, n, env);
    case CK_TR:
        return form_tr(ck_form_of(b, eq, n->a[0], env));
    case CK_IDX:
        f = ck_form_of(b, eq, n->a[0], env);
        at = ck_position(b->c, n->a[0], n->a[1], env);
        e = form_new(1, 1);
        CK_ASSERT(at < f->rows);
        mpz_set(e->den, f->den);
        e->e[0] = f->e[at];
        return e;
    case CK_SUM:
    case CK_COLS:
        return form_over_set(b, eq, n, env);
    default:
        CK_ASSERT(n->op == CK_PROJ);
        return form_proj(b, eq, n, env);
    }
}

/* ---- equations ---- */

ck_form *
ck_form_side(ck_block *b, ck_equations *eq, const ck_literal *l)
{
    ck_form *f = ck_form_of(b, eq, l->p->a[0], l->env);

    if (l->p->op == CK_ZERO)
        return f;
    return ck_form_minus(f, ck_form_of(b, eq, l->p->a[1], l->env));
}

void
ck_equations_find(ck_block *b, ck_equations *eq, const ck_literal *l)
{
    const ck_node *p = l->p;
    bool within = p->op == CK_WITHIN;
    ck_form *f, *bz;

    *eq = (ck_equations){0};
    if (!l->sign || (p->op != CK_EQ && p->op != CK_ZERO && !within) ||
        ck_literal_closed(b->c, l) || !ck_has_form(b->c, p->a[0], l->env) ||
        (p->op == CK_EQ && !ck_has_form(b->c, p->a[1], l->env)) ||
        (within && !ck_closed(b->c, p->a[1], l->env)))
        return;
    if (within) {
        ck_mat *m;

        f = ck_form_of(b, eq, p->a[0], l->env);
        m = ck_basis(b->c, p->a[1], l->env);
        bz = form_mul(m, coordinates(b->ncoords + eq->fresh, m->cols, f->cols), true);
        eq->fresh += m->cols * f->cols;
        f = ck_form_minus(f, bz);
    } else {
        f = ck_form_side(b, eq, l);
    }
    CK_PUSH(eq->form, eq->nforms, f);
    for (long i = 0; i < eq->nextra; i++)
        CK_PUSH(eq->form, eq->nforms, eq->extra[i]);
    for (long i = 0; i < eq->nforms; i++)
        eq->neqs += eq->form[i]->rows * eq->form[i]->cols;
}

const ck_sparse *
ck_equation(const ck_equations *eq, long i, const ck_form **of)
{
    for (long k = 0; k < eq->nforms; k++) {
        long n = eq->form[k]->rows * eq->form[k]->cols;

        *of = eq->form[k];
        if (i < n)
            return &eq->form[k]->e[i];
        i -= n;
    }
    return NULL;
}
