/*
 * Given scalars, vectors and matrices are linear unknowns of a question: are there
 * values that satisfy the hypotheses and for which the conclusion fails?  Only a
 * proposal: the instance is decided afterwards like any other.
 */
#include "lang/solve.h"
#include "shrink/impl.h"

#include "decide/eval.h"

#include <string.h>

/* The core with the negation of one conclusion as a node; *not_show is its number. */
static const aon_core *
with_negation(aon_arena *arena, const aon_core *core, size_t show, aon_ref *not_show)
{
    aon_core *out = AON_NEW(arena, aon_core);
    aon_node *node = AON_NEW_N(arena, aon_node, core->nnodes + 1);
    aon_node *n = &node[core->nnodes];
    const aon_ref root = core->show[show].root;

    *out = *core;
    memcpy(node, core->node, core->nnodes * sizeof *node);
    out->node = node;
    if (core->node[root].op == AON_NOT) {
        *not_show = core->node[root].arg[0];
        return out;
    }
    n->op = AON_NOT;
    n->nargs = 1;
    n->arg[0] = root;
    n->type.kind = AON_T_FORMULA;
    *not_show = (aon_ref)out->nnodes++;
    return out;
}

static bool
is_linear(const aon_given *g)
{
    return g->type.kind == AON_T_SCALAR || g->type.kind == AON_T_VECTOR ||
           g->type.kind == AON_T_MATRIX;
}

/* Is an unknown projected somewhere?  Such a term can stand in no disequation. */
static bool
projects(const aon_core *core, const aon_repair *r)
{
    for (size_t i = 0; i < core->nnodes; i++)
        for (size_t k = 0; core->node[i].op == AON_PROJ && k < r->n; k++)
            if (aon_core_mentions(core, core->node[i].arg[1],
                                  core->given[r->given[k]].name))
                return true;
    return false;
}

void
aon_repair_init(aon_shrinker *s)
{
    const aon_core *core = s->core, *more;
    aon_ref *root = AON_NEW_N(s->arena, aon_ref, core->nassume + 1), not_show;
    aon_repair *r = &s->repair;
    size_t nroot = 0;

    r->given = AON_NEW_N(s->arena, size_t, core->ngiven + 1);
    more = with_negation(s->arena, core, s->because, &not_show);
    for (size_t i = 0; i < core->ngiven && r->n < AON_SOLVE_MAX; i++) {
        const char *name = core->given[i].name;
        bool mentioned = aon_core_mentions(more, not_show, name);

        for (size_t h = 0; h < core->nassume; h++)
            mentioned = mentioned || (s->root[h] != AON_NO_REF &&
                                      aon_core_mentions(core, s->root[h], name));
        if (mentioned && is_linear(&core->given[i]))
            r->given[r->n++] = i;
    }
    for (size_t h = 0; h < core->nassume && r->n > 0; h++) {
        bool mentions = false;

        for (size_t i = 0; i < r->n && s->root[h] != AON_NO_REF; i++)
            mentions = mentions || aon_core_mentions(core, s->root[h],
                                                     core->given[r->given[i]].name);
        if (mentions)
            root[nroot++] = s->root[h];
    }
    root[nroot++] = not_show;
    if (r->n > 0 && !projects(more, r))
        r->core = aon_core_solve_for(s->arena, more, r->given, r->n, root, nroot);
}

/* Copy the values of the unknowns of a chain of ex nodes into the instance. */
static void
take(const aon_shrinker *s, aon_eval *ev, aon_instance *in)
{
    const aon_repair *r = &s->repair;
    aon_ref ex = r->core->term;

    for (size_t i = 0; i < r->n; i++) {
        const aon_node *node = &r->core->node[ex];
        const aon_judgement *j = aon_find_judgement(ev, ex);

        AON_ASSERT(node->op == AON_EX && j != NULL && j->unknown >= 0);
        for (size_t v = 0; v < s->nvalues; v++)
            if (s->given_of[v] == r->given[i])
                aon_mat_set(&in->value[v].a, &ev->unknown[j->unknown].value);
        ev->env[node->var].v = j->unknown;
        ev->env[node->var].of = 0;
        ex = node->arg[0];
    }
}

bool
aon_repair_ask(const aon_shrinker *s, aon_instance *in)
{
    bool found;
    aon_eval ev;

    if (s->repair.core == NULL ||
        aon_eval_bind(&ev, s->repair.core, in, NULL, NULL) != AON_OK)
        return false;
    found = aon_judge(&ev, s->repair.core->term)->truth == AON_TRUE;
    if (found)
        take(s, &ev, in);
    aon_eval_clear(&ev);
    return found;
}
