/*
 * Hypotheses of the form  subspace, row space or column space of a given <= S  where S
 * does not depend on that given: projecting the given on S makes them true.  A proposal
 * only, like repair.c.
 */
#include "lang/solve.h"
#include "shrink/impl.h"

#include "decide/eval.h"

/* The given whose columns, or rows, the left side of `within` spans; false: another term. */
static bool
bounded(const aon_core *core, aon_ref left, aon_bound *b)
{
    const aon_node *n = &core->node[left];
    long given;

    b->rows = n->op == AON_TR;
    if (n->op == AON_TR || n->op == AON_GENS)
        n = &core->node[n->arg[0]];
    given = n->op == AON_PAR ? aon_core_given(core, n->name) : -1;
    if (given < 0)
        return false;
    b->given = (size_t)given;
    return core->given[given].type.kind == AON_T_SPACE ||
           core->given[given].type.kind == AON_T_VECTOR ||
           core->given[given].type.kind == AON_T_MATRIX;
}

static void
collect(aon_shrinker *s, aon_ref root)
{
    const aon_node *n = &s->core->node[root];
    aon_bound b;

    if (n->op == AON_AND) {
        collect(s, n->arg[0]);
        collect(s, n->arg[1]);
    } else if (n->op == AON_WITHIN && bounded(s->core, n->arg[0], &b) &&
               !aon_core_mentions(s->core, n->arg[1], s->core->given[b.given].name)) {
        aon_bound *more = AON_NEW_N(s->arena, aon_bound, s->nbounds + 1);

        for (size_t i = 0; i < s->nbounds; i++)
            more[i] = s->bound[i];
        b.space = n->arg[1];
        more[s->nbounds++] = b;
        s->bound = more;
    }
}

void
aon_bounds_init(aon_shrinker *s)
{
    for (size_t h = 0; h < s->core->nassume; h++)
        if (s->root[h] != AON_NO_REF)
            collect(s, s->root[h]);
}

static bool
obey(const aon_shrinker *s, const aon_bound *b, aon_instance *in)
{
    aon_mat *a = NULL, basis, z, old;
    aon_eval ev;
    bool changed;

    for (size_t v = 0; v < s->nvalues; v++)
        if (s->given_of[v] == b->given)
            a = &in->value[v].a;
    if (aon_eval_bind(&ev, s->core, in, NULL, NULL) != AON_OK)
        return false;
    aon_mat_init(&basis, 0, 0);
    aon_mat_init(&z, 0, 0);
    aon_mat_init(&old, 0, 0);
    aon_mat_set(&basis, &aon_space_of(&ev, b->space)->value);
    aon_eval_clear(&ev);
    aon_mat_set(&old, a);
    if (b->rows)
        aon_mat_transpose(a, a);
    aon_project(&z, &basis, a);
    aon_mat_mul(a, &basis, &z);
    if (b->rows)
        aon_mat_transpose(a, a);
    changed = !aon_mat_equal(a, &old);
    aon_mat_clear(&old);
    aon_mat_clear(&z);
    aon_mat_clear(&basis);
    return changed;
}

bool
aon_obey_bounds(const aon_shrinker *s, aon_instance *in)
{
    bool changed = false;

    for (size_t i = 0; i < s->nbounds; i++)
        changed = obey(s, &s->bound[i], in) || changed;
    return changed;
}
