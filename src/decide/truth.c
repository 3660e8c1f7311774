/*
 * Truth of formulas, three-valued, with what is needed to show it.
 */
#include "decide/eval.h"

#include <string.h>

const char aon_limit_reason[] = "the limit on work units was reached";

aon_unknown *
aon_new_unknown(aon_eval *ev, aon_ref binder)
{
    const aon_node *n = &ev->core->node[binder];
    const aon_mat *basis =
        n->dom == AON_DOM_IN ? &aon_space_of(ev, n->arg[0])->value : NULL;
    aon_unknown *u;

    ev->unknown = aon_grow(ev->unknown, &ev->cap_unknown, ev->nunknown + 1, sizeof *u);
    u = &ev->unknown[ev->nunknown++];
    memset(u, 0, sizeof *u);
    u->node = binder;
    u->basis = basis;
    return u;
}

int32_t
aon_new_valued_unknown(aon_eval *ev, aon_ref ex, const aon_mat *coord)
{
    aon_unknown *u = aon_new_unknown(ev, ex);

    u->valued = true;
    aon_mat_init(&u->value, 0, 0);
    aon_mat_init(&u->coord, 0, 0);
    aon_mat_set(&u->coord, coord);
    if (u->basis != NULL)
        aon_mat_mul(&u->value, u->basis, coord);
    else
        aon_mat_set(&u->value, coord);
    u->rows = aon_mat_rows(&u->value);
    u->cols = aon_mat_cols(&u->value);
    return (int32_t)ev->nunknown - 1;
}

static aon_truth
of_bool(bool b)
{
    return b ? AON_TRUE : AON_FALSE;
}

static aon_truth
negate(aon_truth t)
{
    return t == AON_UNKNOWN ? AON_UNKNOWN : of_bool(t == AON_FALSE);
}

static void
judge_compare(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];
    const aon_mat *a, *b;
    aon_mat diff;

    if (n->op == AON_SAME) {
        j->truth =
            of_bool(aon_eval_elem(ev, n->arg[0]) == aon_eval_elem(ev, n->arg[1]));
        return;
    }
    a = aon_value_of(ev, n->arg[0]);
    if (n->op == AON_ZERO) {
        j->truth = of_bool(aon_mat_is_zero(a));
        return;
    }
    b = aon_value_of(ev, n->arg[1]);
    if (aon_spent(ev))
        return;
    if (n->op == AON_EQ) {
        j->truth = of_bool(aon_mat_equal(a, b));
        return;
    }
    aon_mat_init(&diff, 0, 0);
    aon_mat_sub(&diff, a, b);
    j->truth = of_bool(n->op == AON_LE ? aon_mat_sgn(&diff, 0, 0) <= 0
                                       : aon_mat_sgn(&diff, 0, 0) < 0);
    aon_mat_clear(&diff);
}

static void
judge_within(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];
    const aon_mat *t = aon_value_of(ev, n->arg[0]);
    const aon_entry *s = aon_space_of(ev, n->arg[1]);

    if (aon_spent(ev))
        return;
    j->inc = AON_NEW(ev->arena, aon_inclusion);
    aon_inclusion_init(j->inc);
    aon_within(j->inc, t, &s->value);
    j->truth = j->inc->truth;
}

/* and, or, all, any, allin: stop at the first part that decides it. */
static bool
decisive(aon_judgement *j, const aon_judgement *part, aon_truth decides, int32_t pick)
{
    if (part->truth == decides) {
        j->truth = decides;
        j->pick = pick;
        return true;
    }
    if (part->truth == AON_UNKNOWN) {
        j->truth = AON_UNKNOWN;
        if (j->reason == NULL)
            j->reason = part->reason;
    }
    return false;
}

static void
judge_binary(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];
    const aon_truth decides = n->op == AON_AND ? AON_FALSE : AON_TRUE;

    j->truth = negate(decides);
    for (int32_t i = 0; i < 2; i++)
        if (decisive(j, aon_judge(ev, n->arg[i]), decides, i))
            break;
}

static void
judge_over(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];
    const aon_truth decides = n->op == AON_ANY ? AON_TRUE : AON_FALSE;
    const aon_elems *set = n->op == AON_ALLIN ? NULL : aon_eval_set(ev, j->node);
    const aon_entry *space = n->op == AON_ALLIN ? aon_space_of(ev, n->arg[0]) : NULL;
    const size_t count = set != NULL ? set->n : (size_t)aon_mat_cols(&space->value);

    j->truth = negate(decides);
    for (size_t i = 0; i < count && !aon_spent(ev); i++) {
        const int32_t pick = set != NULL ? (int32_t)set->elem[i] : (int32_t)i;

        ev->env[n->var].v = pick;
        ev->env[n->var].of = space != NULL ? space->number : 0;
        if (decisive(j, aon_judge(ev, n->arg[n->nargs - 1]), decides, pick))
            break;
    }
}

/* A value that an enclosing block has found for this unknown. */
static bool
judge_hinted(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];

    for (const aon_hint *h = ev->hints; h != NULL; h = h->next) {
        int32_t u;

        if (h->node != j->node ||
            memcmp(h->key, j->key, n->nfree_fin * sizeof *j->key) != 0)
            continue;
        u = aon_new_valued_unknown(ev, j->node, h->coord);
        ev->env[n->var].v = u;
        ev->env[n->var].of = 0;
        if (aon_judge(ev, n->arg[n->nargs - 1])->truth == AON_TRUE) {
            j->truth = AON_TRUE;
            j->unknown = u;
            return true;
        }
    }
    return false;
}

/* The truth of a node that is not remembered, into the zeroed j. */
static void
judge(aon_eval *ev, aon_judgement *j)
{
    const aon_node *n = &ev->core->node[j->node];

    switch (n->op) {
    case AON_TRUTH:
        j->truth = AON_TRUE;
        break;
    case AON_NOT: {
        const aon_judgement *p = aon_judge(ev, n->arg[0]);

        j->truth = negate(p->truth);
        j->reason = p->reason;
        break;
    }
    case AON_EQ:
    case AON_ZERO:
    case AON_LE:
    case AON_LT:
    case AON_SAME:
        judge_compare(ev, j);
        break;
    case AON_WITHIN:
        judge_within(ev, j);
        break;
    case AON_AND:
    case AON_OR:
        judge_binary(ev, j);
        break;
    case AON_ALL:
    case AON_ANY:
    case AON_ALLIN:
        judge_over(ev, j);
        break;
    case AON_EX:
        if (!judge_hinted(ev, j))
            aon_decide_block(ev, j);
        break;
    default:
        AON_ASSERT(!"not a formula");
    }
}

aon_judgement *
aon_judge(aon_eval *ev, aon_ref node)
{
    aon_judgement *j = aon_find_judgement(ev, node);
    aon_judgement tmp;

    if (j != NULL)
        return j;
    memset(&tmp, 0, sizeof tmp);
    tmp.node = node;
    tmp.key = aon_copy_key(ev, node);
    tmp.pick = tmp.unknown = -1;
    ev->limited++;
    if (!aon_spent(ev)) {
        ev->work++;
        judge(ev, &tmp);
    }
    j = aon_add_judgement(ev, node);
    j->inc = tmp.inc;
    if (aon_spent(ev)) { /* what was found rests on values that were not */
        ev->exhausted = true;
        j->reason = aon_limit_reason;
    } else {
        j->truth = tmp.truth;
        j->pick = tmp.pick;
        j->unknown = tmp.unknown;
        j->refutation = tmp.refutation;
        j->reason = tmp.reason;
    }
    ev->limited--;
    return j;
}
