/*
 * One round of deciding a branch: linear system, contradictions, entailed terms
 * (docs/language.md, 6.1; docs/witness-format.md, 6.3 and 6.4).
 */
#include "decide/round.h"

#include <stdlib.h>
#include <string.h>

/*
 * Some conditions (image(A,S) <= T) tie all entries of an unknown matrix together, others
 * (A v = w) only those of one row.  A round that may put literals off leaves out those
 * that tie more than PUT_OFF times as many coordinates as the loosest one; often the rest
 * determines the terms in them, and they become closed.
 */
enum { PUT_OFF = 3 };

static void
clear_comb(void *p)
{
    aon_comb *c = p;

    for (size_t i = 0; i < c->n; i++)
        fmpq_clear(c->term[i].q);
}

static void
set_comb(aon_round *r, aon_comb *c, const aon_row_combination *y)
{
    c->n = (size_t)y->n;
    c->term = AON_NEW_N(r->ev->arena, aon_comb_term, c->n + 1);
    for (slong i = 0; i < y->n; i++) {
        c->term[i].literal = r->from[y->row[i]].literal;
        c->term[i].equation = r->from[y->row[i]].equation;
        fmpq_init(c->term[i].q);
        fmpq_set(c->term[i].q, &y->y[i]);
    }
    aon_on_clear(r->ev, clear_comb, c);
}

static void
to_sparse(aon_sparse_row *row, const aon_lin *l)
{
    aon_sparse_row_init(row, l->n);
    for (slong i = 0; i < l->n; i++) {
        row->col[i] = l->coord[i];
        fmpq_set(&row->coef[i], &l->q[i]);
    }
    fmpq_neg(row->rhs, l->c);
}

static bool
uses_equations(const aon_literal_state *s)
{
    return s->has_equations && !s->put_off;
}

/* Put off what couples too much.  Returns whether anything was. */
static bool
put_off(aon_round *r)
{
    const size_t n = r->br->n;
    slong *tied = aon_xcalloc(n + 1, sizeof *tied);
    slong least = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (!r->lit[i].has_equations)
            continue;
        tied[i] = aon_coupling(&r->lit[i].eq, r->ncoord);
        if (tied[i] > 0 && (least == 0 || tied[i] < least))
            least = tied[i];
    }
    for (size_t i = 0; i < n; i++) {
        r->lit[i].put_off = tied[i] > PUT_OFF * least;
        any = any || r->lit[i].put_off;
    }
    free(tied);
    return any;
}

/* Forms of all literals under the present overrides, and the linear system. */
void
aon_round_begin(aon_round *r, slong ncoord, bool may_put_off)
{
    const size_t n = r->br->n;
    slong rows = 0;

    r->nblock = ncoord;
    r->lit = aon_xcalloc(n + 1, sizeof *r->lit);
    for (size_t i = 0; i < n; i++) {
        aon_literal_state *s = &r->lit[i];
        const aon_literal *l = &r->br->lit[i];

        aon_set_env(r->ev, l->env);
        aon_forming_init(&s->f, ncoord);
        aon_equations_init(&s->eq);
        s->closed = aon_literal_closed(r->ev, l);
        if (!s->closed && l->positive)
            s->has_equations = aon_literal_equations(r->ev, &s->f, l, &s->eq);
        if (!s->closed && !l->positive)
            s->has_difference =
                aon_literal_difference(r->ev, &s->f, l, &s->eq) && s->f.next == ncoord;
        ncoord = s->f.next;
        rows += s->has_equations ? (slong)s->eq.n : 0;
    }
    r->ncoord = ncoord;
    r->partial = may_put_off && put_off(r);
    r->sys = aon_linsys_new(ncoord);
    r->from = aon_xcalloc((size_t)rows + r->known->n + 1, sizeof *r->from);
    rows = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t e = 0; uses_equations(&r->lit[i]) && e < r->lit[i].eq.n; e++) {
            aon_sparse_row row;

            to_sparse(&row, &r->lit[i].eq.eq[e]);
            aon_linsys_add(r->sys, &row);
            aon_sparse_row_clear(&row);
            r->from[rows].literal = i;
            r->from[rows++].equation = (slong)e;
        }
    for (size_t i = 0; i < r->known->n; i++) {
        aon_linsys_add(r->sys, &r->known->row[i]);
        r->from[rows++] = r->known->from[i];
    }
}

void
aon_round_end(aon_round *r)
{
    for (size_t i = 0; i < r->br->n; i++) {
        aon_forming_clear(&r->lit[i].f);
        aon_equations_clear(&r->lit[i].eq);
    }
    free(r->lit);
    free(r->from);
    aon_linsys_free(r->sys);
}

/* Is a closed literal false?  Then the branch ends there. */
static aon_truth
closed_literals(aon_round *r, const char **reason)
{
    aon_truth all = AON_TRUE;

    for (size_t i = 0; i < r->br->n; i++) {
        const aon_literal *l = &r->br->lit[i];
        const aon_judgement *j;

        if (!r->lit[i].closed)
            continue;
        aon_set_env(r->ev, l->env);
        j = aon_judge(r->ev, l->node);
        if (j->truth == AON_UNKNOWN) {
            all = AON_UNKNOWN;
            *reason = j->reason;
        } else if ((j->truth == AON_TRUE) != l->positive) {
            r->end->end = AON_END_FALSE;
            r->end->literal = i;
            return AON_FALSE;
        }
    }
    return all;
}

/* A disequation whose sides the system forces to be equal? */
static bool
forced_disequation(aon_round *r)
{
    for (size_t i = 0; i < r->br->n; i++) {
        const aon_literal_state *s = &r->lit[i];
        aon_row_combination *y;
        fmpq_t value;
        size_t e = 0;

        if (!s->has_difference)
            continue;
        y = aon_xcalloc(s->eq.n + 1, sizeof *y);
        fmpq_init(value);
        for (; e < s->eq.n; e++) {
            aon_sparse_row row;
            aon_truth t;

            to_sparse(&row, &s->eq.eq[e]);
            aon_row_combination_init(&y[e]);
            t = aon_linsys_entails(r->sys, &row, value, &y[e]);
            aon_sparse_row_clear(&row);
            fmpq_add(value, value, s->eq.eq[e].c);
            if (t != AON_TRUE || !fmpq_is_zero(value)) {
                aon_row_combination_clear(&y[e]);
                break;
            }
        }
        fmpq_clear(value);
        if (e == s->eq.n) {
            r->end->end = AON_END_FORCED;
            r->end->literal = i;
            r->end->ncomb = s->eq.n;
            r->end->comb = AON_NEW_N(r->ev->arena, aon_comb, s->eq.n + 1);
            for (size_t k = 0; k < s->eq.n; k++)
                set_comb(r, &r->end->comb[k], &y[k]);
        }
        for (size_t k = 0; k < e; k++)
            aon_row_combination_clear(&y[k]);
        free(y);
        if (e == s->eq.n)
            return true;
    }
    return false;
}

/* The row  l = value[entry]  that entail step `step` of a branch adds. */
static void
push_known(aon_round *r, size_t step, const aon_lin *l, const aon_mat *value,
           slong entry)
{
    aon_entailed *known = r->known;
    aon_sparse_row *row;
    fmpq_t q;

    if (l->n == 0)
        return;
    known->row = aon_grow(known->row, &known->cap, known->n + 1, sizeof *known->row);
    known->from =
        aon_grow(known->from, &known->cap_from, known->n + 1, sizeof *known->from);
    known->from[known->n].literal = r->br->n + step;
    known->from[known->n].equation = entry;
    row = &known->row[known->n++];
    to_sparse(row, l);
    fmpq_init(q);
    aon_mat_get(q, value, entry / aon_mat_cols(value), entry % aon_mat_cols(value));
    fmpq_add(row->rhs, row->rhs, q);
    fmpq_clear(q);
}

/* Does the system determine the whole term?  Then add the step and the override. */
static bool
entail_term(aon_round *r, size_t literal, aon_ref node, const aon_form *form)
{
    const size_t size = (size_t)(form->rows * form->cols);
    aon_row_combination *y = aon_xcalloc(size + 1, sizeof *y);
    aon_mat value;
    fmpq_t q;
    size_t e = 0;

    fmpq_init(q);
    aon_mat_init(&value, form->rows, form->cols);
    for (; e < size; e++) {
        aon_sparse_row row;
        aon_truth t;

        to_sparse(&row, &form->e[e]);
        aon_row_combination_init(&y[e]);
        t = aon_linsys_entails(r->sys, &row, q, &y[e]);
        aon_sparse_row_clear(&row);
        if (t != AON_TRUE) {
            aon_row_combination_clear(&y[e]);
            break;
        }
        fmpq_add(q, q, form->e[e].c);
        aon_mat_set_entry(&value, (slong)e / form->cols, (slong)e % form->cols, q);
    }
    fmpq_clear(q);
    if (e == size) {
        aon_entry *o = aon_add_entry(r->ev, node); /* the override */
        aon_entail *s;
        aon_entail *grown = AON_NEW_N(r->ev->arena, aon_entail, r->end->nstep + 1);

        if (r->end->nstep > 0)
            memcpy(grown, r->end->step, r->end->nstep * sizeof *grown);
        r->end->step = grown;
        s = &grown[r->end->nstep++];
        s->literal = literal;
        s->node = node;
        s->env = aon_copy_env(r->ev);
        aon_mat_set(&o->value, &value);
        s->value = &o->value;
        s->comb = AON_NEW_N(r->ev->arena, aon_comb, size + 1);
        for (size_t k = 0; k < size; k++) {
            set_comb(r, &s->comb[k], &y[k]);
            push_known(r, r->end->nstep - 1, &form->e[k], &value, (slong)k);
        }
    }
    for (size_t k = 0; k < e; k++)
        aon_row_combination_clear(&y[k]);
    free(y);
    aon_mat_clear(&value);
    return e == size;
}

/* Does the form have coordinates of projected unknowns?  They are no one's equations. */
static bool
has_fresh(const aon_round *r, const aon_form *form)
{
    for (slong i = 0; i < form->rows * form->cols; i++)
        if (form->e[i].n > 0 && form->e[i].coord[form->e[i].n - 1] >= r->nblock)
            return true;
    return false;
}

/*
 * Go through the maximal terms with a form in what is not closed; entail what is
 * determined.  Returns whether anything was.
 */
static bool
entail_below(aon_round *r, size_t literal, aon_ref node)
{
    aon_eval *ev = r->ev;
    const aon_node *n = &ev->core->node[node];
    aon_forming *f = &r->lit[literal].f;
    bool any = false;

    if (aon_closed(ev, node) || aon_spent(ev))
        return false;
    if (n->type.kind <= AON_T_COLUMNS) {
        const aon_form *form = aon_form_of(ev, f, node);

        if (form != NULL && !has_fresh(r, form) && entail_term(r, literal, node, form))
            return true;
        if (form != NULL && n->op == AON_UNK)
            return false;
    }
    if (n->op == AON_SUM || n->op == AON_COLS) {
        for (size_t i = 0; aon_next_elem(ev, node, &i);)
            any = entail_below(r, literal, n->arg[0]) || any;
        return any;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        any = entail_below(r, literal, n->arg[i]) || any;
    return any;
}

static bool
is_residual(const aon_round *r, size_t i)
{
    return !r->lit[i].closed && !r->lit[i].has_equations && !r->lit[i].has_difference;
}

/* What one round says of a branch; UNKNOWN with *again: another round is worth it. */
aon_truth
aon_round_decide(aon_round *r, aon_mat *u, bool *residual, bool *again,
                 const char **reason)
{
    aon_row_combination y;
    aon_truth t = closed_literals(r, reason);

    *again = *residual = false;
    if (t == AON_FALSE || aon_spent(r->ev))
        return t == AON_FALSE ? AON_FALSE : AON_UNKNOWN;
    aon_row_combination_init(&y);
    if (aon_linsys_solve(r->sys, u, &y) == AON_FALSE) {
        r->end->end = AON_END_CONTRADICTION;
        r->end->ncomb = 1;
        r->end->comb = AON_NEW(r->ev->arena, aon_comb);
        set_comb(r, r->end->comb, &y);
        /* y c = 1 and an equation is C u - c = 0: as a form the combination is -1 */
        for (size_t i = 0; i < r->end->comb->n; i++)
            fmpq_neg(r->end->comb->term[i].q, r->end->comb->term[i].q);
        aon_row_combination_clear(&y);
        return AON_FALSE;
    }
    if (forced_disequation(r)) {
        aon_row_combination_clear(&y);
        return AON_FALSE;
    }
    aon_row_combination_clear(&y);
    for (size_t i = 0; i < r->br->n; i++) {
        const aon_node *n = &r->ev->core->node[r->br->lit[i].node];

        if (!is_residual(r, i) && !r->lit[i].put_off)
            continue;
        *residual = true;
        aon_set_env(r->ev, r->br->lit[i].env);
        for (unsigned a = 0; a < n->nargs; a++)
            *again = entail_below(r, i, n->arg[a]) || *again;
    }
    if (!*again && !r->partial)
        aon_meet_disequations(r, u);
    return *residual ? AON_UNKNOWN : t;
}
