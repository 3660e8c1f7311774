/*
 * Affine forms: terms in unknowns as rational combinations of coordinates
 * (docs/witness-format.md, 6.2 and 6.3).
 */
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

/* q.u + c */

static void
lin_init(aon_lin *l)
{
    memset(l, 0, sizeof *l);
    fmpq_init(l->c);
}

static void
lin_clear(aon_lin *l)
{
    for (slong i = 0; i < l->cap; i++)
        fmpq_clear(&l->q[i]);
    free(l->q);
    free(l->coord);
    fmpq_clear(l->c);
}

static void
lin_reserve(aon_lin *l, slong n)
{
    slong cap = l->cap == 0 ? 4 : l->cap;

    if (n <= l->cap)
        return;
    while (cap < n)
        cap *= 2;
    l->q = aon_xrealloc(l->q, (size_t)cap * sizeof *l->q);
    l->coord = aon_xrealloc(l->coord, (size_t)cap * sizeof *l->coord);
    for (slong i = l->cap; i < cap; i++)
        fmpq_init(&l->q[i]);
    l->cap = cap;
}

/* a += s b */
static void
lin_addmul(aon_lin *a, const fmpq_t s, const aon_lin *b)
{
    aon_lin sum;
    slong i = 0, j = 0;

    if (fmpq_is_zero(s))
        return;
    lin_init(&sum);
    lin_reserve(&sum, a->n + b->n);
    while (i < a->n || j < b->n) {
        fmpq *out = &sum.q[sum.n];

        if (j == b->n || (i < a->n && a->coord[i] < b->coord[j])) {
            sum.coord[sum.n] = a->coord[i];
            fmpq_set(out, &a->q[i++]);
        } else if (i == a->n || b->coord[j] < a->coord[i]) {
            sum.coord[sum.n] = b->coord[j];
            fmpq_mul(out, s, &b->q[j++]);
        } else {
            sum.coord[sum.n] = a->coord[i];
            fmpq_set(out, &a->q[i++]);
            fmpq_addmul(out, s, &b->q[j++]);
        }
        if (!fmpq_is_zero(out))
            sum.n++;
    }
    fmpq_set(sum.c, a->c);
    fmpq_addmul(sum.c, s, b->c);
    lin_clear(a);
    *a = sum;
}

static void
lin_add_coord(aon_lin *a, const fmpq_t s, slong coord)
{
    aon_lin one;

    lin_init(&one);
    lin_reserve(&one, 1);
    one.n = 1;
    one.coord[0] = coord;
    fmpq_one(&one.q[0]);
    lin_addmul(a, s, &one);
    lin_clear(&one);
}

/* Forms of one literal. */

typedef struct {
    aon_ref node;
    const aon_slot *key;
    aon_form form;
} form_entry;

void
aon_forming_init(aon_forming *f, slong next)
{
    memset(f, 0, sizeof *f);
    f->next = next;
}

static void
form_free(aon_form *f)
{
    for (slong i = 0; f->e != NULL && i < f->rows * f->cols; i++)
        lin_clear(&f->e[i]);
    free(f->e);
}

void
aon_forming_clear(aon_forming *f)
{
    for (size_t i = 0; i < f->memo.cap; i++) {
        form_entry *e = f->memo.slot[i];

        if (e != NULL)
            form_free(&e->form);
    }
    free(f->memo.slot);
    for (size_t i = 0; i < f->nextra; i++)
        lin_clear(&f->extra[i]);
    free(f->extra);
}

static void
form_alloc(aon_form *f, slong rows, slong cols)
{
    f->rows = rows;
    f->cols = cols;
    f->e = aon_xcalloc((size_t)(rows * cols) + 1, sizeof *f->e);
    for (slong i = 0; i < rows * cols; i++)
        lin_init(&f->e[i]);
}

static aon_lin *
at(const aon_form *f, slong i, slong j)
{
    return &f->e[i * f->cols + j];
}

static void
form_constant(aon_form *f, const aon_mat *m)
{
    form_alloc(f, aon_mat_rows(m), aon_mat_cols(m));
    for (slong i = 0; i < f->rows; i++)
        for (slong j = 0; j < f->cols; j++)
            aon_mat_get(at(f, i, j)->c, m, i, j);
}

/* out = a * form or form * a, entry by entry */
static void
form_mul(aon_form *out, const aon_mat *a, const aon_form *f, bool left)
{
    const slong rows = left ? aon_mat_rows(a) : f->rows;
    const slong cols = left ? f->cols : aon_mat_cols(a);
    const slong inner = left ? aon_mat_cols(a) : f->cols;
    fmpq_t q;

    AON_ASSERT(inner == (left ? f->rows : aon_mat_rows(a)));
    fmpq_init(q);
    form_alloc(out, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            for (slong k = 0; k < inner; k++) {
                aon_mat_get(q, a, left ? i : k, left ? k : j);
                lin_addmul(at(out, i, j), q, left ? at(f, k, j) : at(f, i, k));
            }
    fmpq_clear(q);
}

static void
form_scale(aon_form *out, const aon_mat *a, const aon_form *f, bool scalar_is_form)
{
    fmpq_t q;

    fmpq_init(q);
    if (scalar_is_form) {
        form_alloc(out, aon_mat_rows(a), aon_mat_cols(a));
        for (slong i = 0; i < out->rows; i++)
            for (slong j = 0; j < out->cols; j++) {
                aon_mat_get(q, a, i, j);
                lin_addmul(at(out, i, j), q, &f->e[0]);
            }
    } else {
        form_alloc(out, f->rows, f->cols);
        aon_mat_get(q, a, 0, 0);
        for (slong i = 0; i < f->rows * f->cols; i++)
            lin_addmul(&out->e[i], q, &f->e[i]);
    }
    fmpq_clear(q);
}

static void
form_transpose(aon_form *out, const aon_form *f)
{
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    form_alloc(out, f->cols, f->rows);
    for (slong i = 0; i < f->rows; i++)
        for (slong j = 0; j < f->cols; j++)
            lin_addmul(at(out, j, i), one, at(f, i, j));
    fmpq_clear(one);
}

/* Coordinates first .. of an unknown, times its basis if it lives in a space. */
static void
form_coordinates(aon_form *out, slong rows, slong cols, const aon_mat *basis, slong first)
{
    fmpq_t q;

    fmpq_init(q);
    form_alloc(out, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++) {
            if (basis == NULL) {
                fmpq_one(q);
                lin_add_coord(at(out, i, j), q, first + i * cols + j);
                continue;
            }
            for (slong k = 0; k < aon_mat_cols(basis); k++) {
                aon_mat_get(q, basis, i, k);
                lin_add_coord(at(out, i, j), q, first + k * cols + j);
            }
        }
    fmpq_clear(q);
}

static aon_lin *
push_extra(aon_forming *f)
{
    f->extra = aon_grow(f->extra, &f->cap_extra, f->nextra + 1, sizeof *f->extra);
    lin_init(&f->extra[f->nextra]);
    return &f->extra[f->nextra++];
}

/* B Z with fresh Z, and the additional equations B^T (t - B Z) = 0. */
static void
form_project(aon_form *out, aon_forming *f, const aon_mat *basis, const aon_form *t)
{
    aon_form residual, normal;
    aon_mat bt;
    fmpq_t q;

    form_coordinates(out, aon_mat_rows(basis), t->cols, basis, f->next);
    f->next += aon_mat_cols(basis) * t->cols;

    fmpq_init(q);
    aon_mat_init(&bt, 0, 0);
    form_alloc(&residual, t->rows, t->cols);
    for (slong i = 0; i < t->rows * t->cols; i++) {
        fmpq_one(q);
        lin_addmul(&residual.e[i], q, &t->e[i]);
        fmpq_neg(q, q);
        lin_addmul(&residual.e[i], q, &out->e[i]);
    }
    aon_mat_transpose(&bt, basis);
    form_mul(&normal, &bt, &residual, true);
    fmpq_one(q);
    for (slong i = 0; i < normal.rows * normal.cols; i++)
        lin_addmul(push_extra(f), q, &normal.e[i]);
    form_free(&normal);
    form_free(&residual);
    aon_mat_clear(&bt);
    fmpq_clear(q);
}

bool
aon_closed(aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];

    if (!aon_is_open(ev, node) || aon_find_entry(ev, node) != NULL)
        return true;
    if (n->op == AON_UNK || n->op == AON_SOL)
        return false;
    if (n->op == AON_SUM || n->op == AON_COLS) {
        const aon_elems *set = aon_eval_set(ev, node);

        for (size_t i = 0; i < set->n; i++) {
            ev->env[n->var].v = (int32_t)set->elem[i];
            if (!aon_closed(ev, n->arg[0]))
                return false;
        }
        return true;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        if (!aon_closed(ev, n->arg[i]))
            return false;
    return true;
}

/* Does the term have a form?  By structure alone: nothing is evaluated. */
static bool
has_form(aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];

    if (aon_closed(ev, node))
        return true;
    switch (n->op) {
    case AON_UNK: return true;
    case AON_ADD: return has_form(ev, n->arg[0]) && has_form(ev, n->arg[1]);
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT: {
        const bool left = aon_closed(ev, n->arg[0]);

        return left != aon_closed(ev, n->arg[1]) && has_form(ev, n->arg[left ? 1 : 0]);
    }
    case AON_TR:
    case AON_IDX: return has_form(ev, n->arg[0]);
    case AON_SUM:
    case AON_COLS: {
        const aon_elems *set = aon_eval_set(ev, node);

        for (size_t i = 0; i < set->n; i++) {
            ev->env[n->var].v = (int32_t)set->elem[i];
            if (!has_form(ev, n->arg[0]))
                return false;
        }
        return true;
    }
    case AON_PROJ: return aon_closed(ev, n->arg[0]) && has_form(ev, n->arg[1]);
    default: return false;
    }
}

static void
form_add(aon_form *out, const aon_form *a, const aon_form *b)
{
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    form_alloc(out, a->rows, a->cols);
    for (slong i = 0; i < a->rows * a->cols; i++) {
        lin_addmul(&out->e[i], one, &a->e[i]);
        lin_addmul(&out->e[i], one, &b->e[i]);
    }
    fmpq_clear(one);
}

/* scale, mul, dot: exactly one argument is closed */
static void
form_product(aon_eval *ev, aon_forming *f, const aon_node *n, aon_form *out)
{
    const bool left = aon_closed(ev, n->arg[0]);
    const aon_mat *c;
    const aon_form *t;

    if (left) {
        c = aon_value_of(ev, n->arg[0]);
        t = aon_form_of(ev, f, n->arg[1]);
    } else {
        t = aon_form_of(ev, f, n->arg[0]);
        c = aon_value_of(ev, n->arg[1]);
    }
    if (n->op == AON_SCALE) {
        form_scale(out, c, t, !left);
    } else if (n->op == AON_MUL) {
        form_mul(out, c, t, left);
    } else { /* dot(u, v) = u^T v */
        aon_mat ct;

        aon_mat_init(&ct, 0, 0);
        aon_mat_transpose(&ct, c);
        form_mul(out, &ct, t, true);
        aon_mat_clear(&ct);
    }
}

static void
form_over_set(aon_eval *ev, aon_forming *f, aon_ref node, aon_form *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_elems *set = aon_eval_set(ev, node);
    const aon_form **part = aon_xcalloc(set->n + 1, sizeof *part);
    slong rows, cols, width = 0, col = 0;
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    for (size_t i = 0; i < set->n; i++) {
        ev->env[n->var].v = (int32_t)set->elem[i];
        part[i] = aon_form_of(ev, f, n->arg[0]);
        width += part[i]->cols;
    }
    aon_eval_shape(ev, node, &rows, &cols);
    form_alloc(out, rows, n->op == AON_SUM ? cols : width);
    for (size_t i = 0; i < set->n; i++) {
        for (slong r = 0; r < rows; r++)
            for (slong j = 0; j < part[i]->cols; j++)
                lin_addmul(at(out, r, col + j), one, at(part[i], r, j));
        col += n->op == AON_SUM ? 0 : part[i]->cols;
    }
    fmpq_clear(one);
    free(part);
}

static void
form_index(aon_eval *ev, aon_forming *f, aon_ref node, aon_form *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_elems *set = aon_eval_set(ev, node);
    const uint32_t x = (uint32_t)aon_eval_elem(ev, n->arg[1]);
    const aon_form *c = aon_form_of(ev, f, n->arg[0]);
    fmpq_t one;

    fmpq_init(one);
    fmpq_one(one);
    form_alloc(out, 1, 1);
    for (size_t i = 0; i < set->n; i++)
        if (set->elem[i] == x)
            lin_addmul(&out->e[0], one, &c->e[i]);
    fmpq_clear(one);
}

/* The form of a term that has one. */
static void
form_compute(aon_eval *ev, aon_forming *f, aon_ref node, aon_form *out)
{
    const aon_node *n = &ev->core->node[node];

    if (aon_closed(ev, node)) {
        form_constant(out, aon_value_of(ev, node));
        return;
    }
    switch (n->op) {
    case AON_UNK: {
        const aon_unknown *u = &ev->unknown[ev->env[n->var].v];

        form_coordinates(out, u->rows, u->cols, u->basis, u->first);
        break;
    }
    case AON_ADD: {
        const aon_form *a = aon_form_of(ev, f, n->arg[0]);
        const aon_form *b = aon_form_of(ev, f, n->arg[1]);

        form_add(out, a, b);
        break;
    }
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT: form_product(ev, f, n, out); break;
    case AON_TR: form_transpose(out, aon_form_of(ev, f, n->arg[0])); break;
    case AON_IDX: form_index(ev, f, node, out); break;
    case AON_SUM:
    case AON_COLS: form_over_set(ev, f, node, out); break;
    case AON_PROJ: {
        const aon_mat *basis = &aon_space_of(ev, n->arg[0])->value;

        form_project(out, f, basis, aon_form_of(ev, f, n->arg[1]));
        break;
    }
    default: AON_ASSERT(!"has_form says which terms have a form");
    }
}

const aon_form *
aon_form_of(aon_eval *ev, aon_forming *f, aon_ref node)
{
    form_entry *e = aon_table_find(ev, &f->memo, node);

    if (e == NULL) {
        e = AON_NEW(ev->arena, form_entry);
        e->node = node;
        ev->work++;
        if (has_form(ev, node))
            form_compute(ev, f, node, &e->form);
        e->key = aon_copy_key(ev, node);
        aon_table_put(ev, &f->memo, e);
    }
    return e->form.e == NULL ? NULL : &e->form;
}

/* Equations of literals. */

void
aon_equations_init(aon_equations *e)
{
    memset(e, 0, sizeof *e);
}

void
aon_equations_clear(aon_equations *e)
{
    for (size_t i = 0; i < e->n; i++)
        lin_clear(&e->eq[i]);
    free(e->eq);
    memset(e, 0, sizeof *e);
}

static aon_lin *
push_equation(aon_equations *e)
{
    e->eq = aon_grow(e->eq, &e->cap, e->n + 1, sizeof *e->eq);
    lin_init(&e->eq[e->n]);
    return &e->eq[e->n++];
}

/* One equation for each entry of a - b; b may be NULL. */
static void
push_difference(aon_equations *out, const aon_form *a, const aon_form *b)
{
    fmpq_t q;

    fmpq_init(q);
    for (slong i = 0; i < a->rows * a->cols; i++) {
        aon_lin *l = push_equation(out);

        fmpq_one(q);
        lin_addmul(l, q, &a->e[i]);
        fmpq_neg(q, q);
        if (b != NULL)
            lin_addmul(l, q, &b->e[i]);
    }
    fmpq_clear(q);
}

bool
aon_literal_closed(aon_eval *ev, const aon_literal *l)
{
    const aon_node *n = &ev->core->node[l->node];

    if (!aon_is_open(ev, l->node))
        return true;
    for (unsigned i = 0; i < n->nargs; i++)
        if (!aon_closed(ev, n->arg[i]))
            return false;
    return true;
}

bool
aon_literal_difference(aon_eval *ev, aon_forming *f, const aon_literal *l, aon_equations *out)
{
    const aon_node *n = &ev->core->node[l->node];
    const aon_form *a, *b = NULL;

    if (n->op != AON_EQ && n->op != AON_ZERO)
        return false;
    for (unsigned i = 0; i < n->nargs; i++)
        if (!has_form(ev, n->arg[i]))
            return false;
    a = aon_form_of(ev, f, n->arg[0]);
    if (n->op == AON_EQ)
        b = aon_form_of(ev, f, n->arg[1]);
    push_difference(out, a, b);
    return true;
}

static bool
within_equations(aon_eval *ev, aon_forming *f, const aon_node *n, aon_equations *out)
{
    const aon_form *t;
    const aon_mat *basis;
    aon_form inside;

    if (!aon_closed(ev, n->arg[1]) || !has_form(ev, n->arg[0]))
        return false;
    t = aon_form_of(ev, f, n->arg[0]);
    basis = &aon_space_of(ev, n->arg[1])->value;
    form_coordinates(&inside, aon_mat_rows(basis), t->cols, basis, f->next);
    f->next += aon_mat_cols(basis) * t->cols;
    push_difference(out, t, &inside);
    form_free(&inside);
    return true;
}

bool
aon_literal_equations(aon_eval *ev, aon_forming *f, const aon_literal *l, aon_equations *out)
{
    const aon_node *n = &ev->core->node[l->node];
    bool linear;
    fmpq_t one;

    if (!l->positive || aon_literal_closed(ev, l))
        return false;
    linear = n->op == AON_WITHIN ? within_equations(ev, f, n, out)
                                 : aon_literal_difference(ev, f, l, out);
    if (!linear)
        return false;
    fmpq_init(one);
    fmpq_one(one);
    for (size_t i = 0; i < f->nextra; i++)
        lin_addmul(push_equation(out), one, &f->extra[i]);
    fmpq_clear(one);
    return true;
}
