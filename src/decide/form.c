/*
 * The affine forms of terms in unknowns (docs/witness-format.md, 6.2).
 */
#include "decide/affine.h"

#include <stdlib.h>
#include <string.h>

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

void
aon_forming_clear(aon_forming *f)
{
    for (size_t i = 0; i < f->memo.cap; i++) {
        form_entry *e = f->memo.slot[i];

        if (e != NULL)
            aon_form_free(&e->form);
    }
    free(f->memo.slot);
    for (size_t i = 0; i < f->nextra; i++)
        aon_lin_clear(&f->extra[i]);
    free(f->extra);
}

static aon_lin *
push_extra(aon_forming *f)
{
    f->extra = aon_grow(f->extra, &f->cap_extra, f->nextra + 1, sizeof *f->extra);
    aon_lin_init(&f->extra[f->nextra]);
    return &f->extra[f->nextra++];
}

/* B Z with fresh Z, and the additional equations B^T (t - B Z) = 0. */
static void
form_project(aon_form *out, aon_forming *f, const aon_mat *basis, const aon_form *t)
{
    aon_form residual, normal;
    aon_mat bt;
    fmpq_t q;

    aon_form_coordinates(out, aon_mat_rows(basis), t->cols, basis, f->next);
    f->next += aon_mat_cols(basis) * t->cols;

    fmpq_init(q);
    aon_mat_init(&bt, 0, 0);
    aon_form_alloc(&residual, t->rows, t->cols);
    for (slong i = 0; i < t->rows * t->cols; i++) {
        fmpq_one(q);
        aon_lin_addmul(&residual.e[i], q, &t->e[i]);
        fmpq_neg(q, q);
        aon_lin_addmul(&residual.e[i], q, &out->e[i]);
    }
    aon_mat_transpose(&bt, basis);
    aon_form_mul(&normal, &bt, &residual, true);
    fmpq_one(q);
    for (slong i = 0; i < normal.rows * normal.cols; i++)
        aon_lin_addmul(push_extra(f), q, &normal.e[i]);
    aon_form_free(&normal);
    aon_form_free(&residual);
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
        for (size_t i = 0; aon_next_elem(ev, node, &i);)
            if (!aon_closed(ev, n->arg[0]))
                return false;
        return !aon_spent(ev);
    }
    for (unsigned i = 0; i < n->nargs; i++)
        if (!aon_closed(ev, n->arg[i]))
            return false;
    return true;
}

/* Does the term have a form?  By structure alone: nothing is evaluated. */
bool
aon_has_form(aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];

    if (aon_closed(ev, node))
        return true;
    switch (n->op) {
    case AON_UNK:
        return true;
    case AON_ADD:
        return aon_has_form(ev, n->arg[0]) && aon_has_form(ev, n->arg[1]);
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT: {
        const bool left = aon_closed(ev, n->arg[0]);

        return left != aon_closed(ev, n->arg[1]) &&
               aon_has_form(ev, n->arg[left ? 1 : 0]);
    }
    case AON_TR:
    case AON_IDX:
        return aon_has_form(ev, n->arg[0]);
    case AON_SUM:
    case AON_COLS:
        for (size_t i = 0; aon_next_elem(ev, node, &i);)
            if (!aon_has_form(ev, n->arg[0]))
                return false;
        return !aon_spent(ev);
    case AON_PROJ:
        return aon_closed(ev, n->arg[0]) && aon_has_form(ev, n->arg[1]);
    default:
        return false;
    }
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
    if (aon_spent(ev))
        return;
    if (n->op == AON_SCALE) {
        aon_form_scale(out, c, t, !left);
    } else if (n->op == AON_MUL) {
        aon_form_mul(out, c, t, left);
    } else { /* dot(u, v) = u^T v */
        aon_mat ct;

        aon_mat_init(&ct, 0, 0);
        aon_mat_transpose(&ct, c);
        aon_form_mul(out, &ct, t, true);
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
    size_t parts = 0;
    fmpq_t one;

    while (aon_next_elem(ev, node, &parts))
        part[parts - 1] = aon_form_of(ev, f, n->arg[0]);
    if (aon_spent(ev)) {
        free(part);
        return;
    }
    fmpq_init(one);
    fmpq_one(one);
    for (size_t i = 0; i < parts; i++)
        width += part[i]->cols;
    aon_eval_shape(ev, node, &rows, &cols);
    aon_form_alloc(out, rows, n->op == AON_SUM ? cols : width);
    for (size_t i = 0; i < parts; i++) {
        for (slong r = 0; r < rows; r++)
            for (slong j = 0; j < part[i]->cols; j++)
                aon_lin_addmul(aon_form_at(out, r, col + j), one,
                               aon_form_at(part[i], r, j));
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

    if (aon_spent(ev))
        return;
    fmpq_init(one);
    fmpq_one(one);
    aon_form_alloc(out, 1, 1);
    for (size_t i = 0; i < set->n; i++)
        if (set->elem[i] == x)
            aon_lin_addmul(&out->e[0], one, &c->e[i]);
    fmpq_clear(one);
}

/* The form of a term that has one; nothing if the work is used up meanwhile. */
static void
form_compute(aon_eval *ev, aon_forming *f, aon_ref node, aon_form *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_form *t;

    if (aon_closed(ev, node)) {
        aon_form_constant(out, aon_value_of(ev, node));
        return;
    }
    if (aon_spent(ev))
        return; /* perhaps it is closed */
    switch (n->op) {
    case AON_UNK: {
        const aon_unknown *u = &ev->unknown[ev->env[n->var].v];

        aon_form_coordinates(out, u->rows, u->cols, u->basis, u->first);
        break;
    }
    case AON_ADD: {
        const aon_form *a = aon_form_of(ev, f, n->arg[0]);
        const aon_form *b = aon_form_of(ev, f, n->arg[1]);

        if (!aon_spent(ev))
            aon_form_add(out, a, b);
        break;
    }
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT:
        form_product(ev, f, n, out);
        break;
    case AON_TR:
        t = aon_form_of(ev, f, n->arg[0]);
        if (!aon_spent(ev))
            aon_form_transpose(out, t);
        break;
    case AON_IDX:
        form_index(ev, f, node, out);
        break;
    case AON_SUM:
    case AON_COLS:
        form_over_set(ev, f, node, out);
        break;
    case AON_PROJ: {
        const aon_mat *basis = &aon_space_of(ev, n->arg[0])->value;

        t = aon_form_of(ev, f, n->arg[1]);
        if (!aon_spent(ev))
            form_project(out, f, basis, t);
        break;
    }
    default:
        AON_ASSERT(!"aon_has_form says which terms have a form");
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
        if (aon_has_form(ev, node))
            form_compute(ev, f, node, &e->form);
        e->key = aon_copy_key(ev, node);
        aon_table_put(ev, &f->memo, e);
    }
    return e->form.e == NULL || aon_spent(ev) ? NULL : &e->form;
}
