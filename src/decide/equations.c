/*
 * The equations of a branch's literals (docs/witness-format.md, 6.3).
 */
#include "decide/affine.h"

#include <stdlib.h>
#include <string.h>

void
aon_equations_init(aon_equations *e)
{
    memset(e, 0, sizeof *e);
}

void
aon_equations_clear(aon_equations *e)
{
    for (size_t i = 0; i < e->n; i++)
        aon_lin_clear(&e->eq[i]);
    free(e->eq);
    memset(e, 0, sizeof *e);
}

static aon_lin *
push_equation(aon_equations *e)
{
    e->eq = aon_grow(e->eq, &e->cap, e->n + 1, sizeof *e->eq);
    aon_lin_init(&e->eq[e->n]);
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
        aon_lin_addmul(l, q, &a->e[i]);
        fmpq_neg(q, q);
        if (b != NULL)
            aon_lin_addmul(l, q, &b->e[i]);
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
aon_literal_difference(aon_eval *ev, aon_forming *f, const aon_literal *l,
                       aon_equations *out)
{
    const aon_node *n = &ev->core->node[l->node];
    const aon_form *a, *b = NULL;

    if (n->op != AON_EQ && n->op != AON_ZERO)
        return false;
    for (unsigned i = 0; i < n->nargs; i++)
        if (!aon_has_form(ev, n->arg[i]))
            return false;
    a = aon_form_of(ev, f, n->arg[0]);
    if (n->op == AON_EQ)
        b = aon_form_of(ev, f, n->arg[1]);
    if (aon_spent(ev))
        return false;
    push_difference(out, a, b);
    return true;
}

static bool
within_equations(aon_eval *ev, aon_forming *f, const aon_node *n, aon_equations *out)
{
    const aon_form *t;
    const aon_mat *basis;
    aon_form inside;

    if (!aon_closed(ev, n->arg[1]) || !aon_has_form(ev, n->arg[0]))
        return false;
    t = aon_form_of(ev, f, n->arg[0]);
    basis = &aon_space_of(ev, n->arg[1])->value;
    if (aon_spent(ev))
        return false;
    aon_form_coordinates(&inside, aon_mat_rows(basis), t->cols, basis, f->next);
    f->next += aon_mat_cols(basis) * t->cols;
    push_difference(out, t, &inside);
    aon_form_free(&inside);
    return true;
}

bool
aon_literal_equations(aon_eval *ev, aon_forming *f, const aon_literal *l,
                      aon_equations *out)
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
        aon_lin_addmul(push_equation(out), one, &f->extra[i]);
    fmpq_clear(one);
    return true;
}
