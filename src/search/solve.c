/*
 * Matrices that are too large for the grid: found by deciding that they exist.
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

/* The core with the negation of every conclusion as an additional node. */
static const aon_core *
with_negations(aon_arena *arena, const aon_core *core, aon_ref *not_show)
{
    aon_core *out = AON_NEW(arena, aon_core);
    aon_node *node = AON_NEW_N(arena, aon_node, core->nnodes + core->nshow);

    *out = *core;
    memcpy(node, core->node, core->nnodes * sizeof *node);
    out->node = node;
    for (size_t s = 0; s < core->nshow; s++) {
        const aon_ref show = core->show[s].root;
        aon_node *n = &node[out->nnodes];

        if (core->node[show].op == AON_NOT) {
            not_show[s] = core->node[show].arg[0];
            continue;
        }
        n->op = AON_NOT;
        n->nargs = 1;
        n->arg[0] = show;
        n->type.kind = AON_T_FORMULA;
        not_show[s] = (aon_ref)out->nnodes++;
    }
    return out;
}

static void
make(aon_question *q, aon_arena *arena, const aon_cell *c, const aon_core *core,
     const aon_ref *root, size_t nroot)
{
    q->n = 0;
    for (size_t i = 0; i < c->nitems && q->n < AON_SOLVE_MAX; i++) {
        bool mentioned = false;

        if (c->item[i].kind != AON_ITEM_SOLVED)
            continue;
        for (size_t r = 0; r < nroot; r++)
            mentioned =
                mentioned ||
                aon_core_mentions(core, root[r], core->given[c->item[i].given].name);
        if (mentioned)
            q->given[q->n++] = c->item[i].given;
    }
    q->core =
        q->n == 0 ? NULL : aon_core_solve_for(arena, core, q->given, q->n, root, nroot);
}

/* Is an unknown projected somewhere?  Such a term can stand in no disequation. */
static bool
projects(const aon_core *core, aon_ref t, const aon_question *q)
{
    const aon_node *n = &core->node[t];

    if (n->op == AON_PROJ)
        for (size_t i = 0; i < q->n; i++)
            if (aon_core_mentions(core, n->arg[1], core->given[q->given[i]].name))
                return true;
    for (unsigned a = 0; a < n->nargs; a++)
        if (projects(core, n->arg[a], q))
            return true;
    return false;
}

void
aon_questions_init(aon_questions *q, const aon_cell *c)
{
    const aon_core *core = c->spec->core, *more;
    aon_ref *root, *not_show;
    size_t nroot = 0;

    memset(q, 0, sizeof *q);
    if (!aon_cell_solves(c))
        return;
    q->arena = aon_arena_new();
    q->mentions = AON_NEW_N(q->arena, bool, core->nassume + 1);
    q->fail = AON_NEW_N(q->arena, aon_question, core->nshow + 1);
    root = AON_NEW_N(q->arena, aon_ref, core->nassume + 1);
    not_show = AON_NEW_N(q->arena, aon_ref, core->nshow + 1);
    more = with_negations(q->arena, core, not_show);
    for (size_t h = 0; h < core->nassume; h++) {
        for (size_t i = 0; i < c->nitems && c->spec->root[h] != AON_NO_REF; i++)
            q->mentions[h] = q->mentions[h] ||
                             (c->item[i].kind == AON_ITEM_SOLVED &&
                              aon_core_mentions(core, c->spec->root[h],
                                                core->given[c->item[i].given].name));
        if (q->mentions[h])
            root[nroot++] = c->spec->root[h];
    }
    q->trivial = nroot == 0;
    if (!q->trivial)
        make(&q->any, q->arena, c, core, root, nroot);
    for (size_t s = 0; s < core->nshow; s++) {
        root[nroot] = not_show[s];
        make(&q->fail[s], q->arena, c, more, root, nroot + 1);
        if (projects(more, not_show[s], &q->fail[s]))
            q->fail[s].core = NULL;
    }
}

void
aon_questions_clear(aon_questions *q)
{
    if (q->arena != NULL)
        aon_arena_free(q->arena);
    memset(q, 0, sizeof *q);
}

static aon_value *
value_of(aon_instance *in, const char *name)
{
    for (size_t i = 0; i < in->nvalues; i++)
        if (strcmp(in->value[i].name, name) == 0)
            return &in->value[i];
    return NULL;
}

/* Copy the values of the unknowns of a chain of ex nodes into the instance. */
static void
take(const aon_question *q, const aon_core *core, aon_eval *ev, aon_instance *in)
{
    aon_ref ex = q->core->term;

    for (size_t i = 0; i < q->n; i++) {
        const aon_node *node = &q->core->node[ex];
        const aon_judgement *j = aon_find_judgement(ev, ex);

        AON_ASSERT(node->op == AON_EX && j != NULL && j->unknown >= 0);
        aon_mat_set(&value_of(in, core->given[q->given[i]].name)->a,
                    &ev->unknown[j->unknown].value);
        ev->env[node->var].v = j->unknown;
        ev->env[node->var].of = 0;
        ex = node->arg[0];
    }
}

aon_truth
aon_question_ask(const aon_question *q, const aon_core *core, aon_instance *in)
{
    aon_truth truth = AON_UNKNOWN;
    aon_eval ev;

    if (q->core == NULL || aon_eval_bind(&ev, q->core, in, NULL, NULL) != AON_OK)
        return AON_UNKNOWN;
    truth = aon_judge(&ev, q->core->term)->truth;
    if (truth == AON_TRUE)
        take(q, core, &ev, in);
    aon_eval_clear(&ev);
    return truth;
}
