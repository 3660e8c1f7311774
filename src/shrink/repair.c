/*
 * Given scalars, vectors and matrices are linear unknowns of questions: are there values
 * that satisfy the hypotheses, and for which the conclusion fails?  As many of them at a
 * time as the language allows (docs/language.md, 6.2).  Only a proposal: the instance is
 * decided afterwards like any other.
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

/* Is an unknown projected in a conclusion?  Such a term can stand in no disequation. */
static bool
projects(const aon_core *core, aon_ref t, const aon_question *q)
{
    const aon_node *n = &core->node[t];

    for (size_t k = 0; n->op == AON_PROJ && k < q->n; k++)
        if (aon_core_mentions(core, n->arg[1], core->given[q->given[k]].name))
            return true;
    for (unsigned a = 0; a < n->nargs; a++)
        if (projects(core, n->arg[a], q))
            return true;
    return false;
}

static bool
mentions_any(const aon_core *core, aon_ref root, const aon_question *q)
{
    for (size_t i = 0; i < q->n; i++)
        if (aon_core_mentions(core, root, core->given[q->given[i]].name))
            return true;
    return false;
}

/* Values of these givens for the hypotheses that mention them and, unless that is
 * AON_NO_REF, the negated conclusion. */
static bool
ask_for(const aon_shrinker *s, aon_question *q, const aon_core *more, aon_ref not_show)
{
    aon_ref *root = AON_NEW_N(s->arena, aon_ref, more->nassume + 1);
    size_t nroot = 0;

    for (size_t h = 0; h < more->nassume; h++)
        if (s->root[h] != AON_NO_REF && mentions_any(more, s->root[h], q))
            root[nroot++] = s->root[h];
    if (not_show != AON_NO_REF) {
        if (!mentions_any(more, not_show, q) || projects(more, not_show, q))
            return false;
        root[nroot++] = not_show;
    }
    q->core = nroot == 0
                  ? NULL
                  : aon_core_solve_for(s->arena, more, q->given, q->n, root, nroot);
    return q->core != NULL;
}

static bool
same_givens(const aon_question *a, const aon_question *b)
{
    bool same = a->n == b->n;

    for (size_t i = 0; i < a->n && same; i++)
        same = a->given[i] == b->given[i];
    return same;
}

/* From given `first` on, all that can be asked for together. */
static void
grow(const aon_shrinker *s, aon_question *q, const aon_question *all, size_t first,
     const aon_core *more, aon_ref not_show)
{
    q->given = AON_NEW_N(s->arena, size_t, all->n + 1);
    for (size_t i = 0; i < all->n; i++) {
        q->given[q->n++] = all->given[(first + i) % all->n];
        for (size_t k = q->n - 1; k > 0 && q->given[k - 1] > q->given[k]; k--) {
            const size_t g = q->given[k];

            q->given[k] = q->given[k - 1];
            q->given[k - 1] = g;
        }
        if (!ask_for(s, q, more, not_show)) {
            const size_t g = all->given[(first + i) % all->n];
            size_t kept = 0;

            for (size_t k = 0; k < q->n; k++)
                if (q->given[k] != g)
                    q->given[kept++] = q->given[k];
            q->n = kept;
        }
    }
    if (q->n > 0 && !ask_for(s, q, more, not_show))
        q->n = 0;
}

void
aon_repair_init(aon_shrinker *s)
{
    const aon_core *core = s->core, *more;
    aon_question all = {.given = AON_NEW_N(s->arena, size_t, core->ngiven + 1)};
    aon_ref not_show;

    more = with_negation(s->arena, core, s->because, &not_show);
    for (size_t i = 0; i < core->ngiven && all.n < AON_SOLVE_MAX; i++)
        if (is_linear(&core->given[i]))
            all.given[all.n++] = i;
    s->question = AON_NEW_N(s->arena, aon_question, 4 * all.n + 1);
    for (int with = 1; with >= 0; with--) { /* with the conclusion, then without it */
        const size_t old = s->nquestions;

        for (size_t i = 0; i < 2 * all.n; i++) { /* many at a time, then one by one */
            aon_question q = {.given = NULL};
            bool known = false;

            if (i < all.n) {
                grow(s, &q, &all, i, more, with ? not_show : AON_NO_REF);
            } else {
                q.given = &all.given[i - all.n];
                q.n = 1;
                if (!ask_for(s, &q, more, with ? not_show : AON_NO_REF))
                    q.n = 0;
            }
            for (size_t k = old; k < s->nquestions; k++)
                known = known || same_givens(&s->question[k], &q);
            if (q.n > 0 && !known)
                s->question[s->nquestions++] = q;
        }
    }
}

/* Copy the values of the unknowns of a chain of ex nodes into the instance. */
static void
take(const aon_shrinker *s, const aon_question *r, aon_eval *ev, aon_instance *in)
{
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
aon_repair_ask(const aon_shrinker *s, size_t q, aon_instance *in)
{
    const aon_core *core = s->question[q].core;
    bool found;
    aon_eval ev;

    if (aon_eval_bind(&ev, core, in, NULL, NULL) != AON_OK)
        return false;
    found = aon_judge(&ev, core->term)->truth == AON_TRUE;
    if (found)
        take(s, &s->question[q], &ev, in);
    aon_eval_clear(&ev);
    return found;
}
