/*
 * Turn givens into linear unknowns: the nodes of a core with some parameters replaced.
 */
#include "lang/solve.h"

#include <stdlib.h>
#include <string.h>

/* Bit i: the node mentions given i of those that are solved for. */
typedef uint32_t mask;

static bool
same_name(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
aon_core_mentions(const aon_core *core, aon_ref node, const char *given)
{
    /* arguments have smaller numbers, so one sweep downwards marks what is reachable */
    bool *reached = aon_xcalloc((size_t)node + 1, sizeof *reached);
    bool found = false;

    reached[node] = true;
    for (size_t i = (size_t)node + 1; i-- > 0 && !found;) {
        const aon_node *n = &core->node[i];

        if (!reached[i])
            continue;
        found = same_name(n->name, given) || same_name(n->set.name, given) ||
                same_name(n->set.query, given);
        for (unsigned a = 0; a < n->nargs; a++)
            reached[n->arg[a]] = true;
    }
    free(reached);
    return found;
}

static void
find_masks(const aon_core *core, const size_t *given, size_t n, mask *m)
{
    for (size_t i = 0; i < core->nnodes; i++) {
        const aon_node *node = &core->node[i];

        m[i] = 0;
        for (size_t g = 0; node->op == AON_PAR && g < n; g++)
            if (same_name(node->name, core->given[given[g]].name))
                m[i] |= (mask)1 << g;
        for (unsigned a = 0; a < node->nargs; a++)
            m[i] |= m[node->arg[a]];
    }
}

/* No solution space below a term may mention the unknowns. */
static bool
term_allows(const aon_core *core, const mask *m, aon_ref t)
{
    const aon_node *n = &core->node[t];

    if (m[t] == 0)
        return true;
    if (n->op == AON_SOL)
        return false;
    for (unsigned a = 0; a < n->nargs; a++)
        if (!term_allows(core, m, n->arg[a]))
            return false;
    return true;
}

static bool
formula_allows(const aon_core *core, const mask *m, aon_ref p, bool positive)
{
    const aon_node *n = &core->node[p];

    if (m[p] == 0)
        return true;
    switch (n->op) {
    case AON_NOT:
        return formula_allows(core, m, n->arg[0], !positive);
    case AON_AND:
    case AON_OR:
        return formula_allows(core, m, n->arg[0], positive) &&
               formula_allows(core, m, n->arg[1], positive);
    case AON_ALL:
    case AON_ANY:
        return formula_allows(core, m, n->arg[0], positive);
    case AON_ALLIN:
    case AON_EX:
        return positive && (n->nargs == 1 || m[n->arg[0]] == 0) &&
               formula_allows(core, m, n->arg[n->nargs - 1], positive);
    default:
        return term_allows(core, m, p);
    }
}

static const uint32_t *
extended(aon_arena *arena, const aon_core *core, const aon_node *n, mask m,
         unsigned *count)
{
    uint32_t *list = AON_NEW_N(arena, uint32_t, n->nfree_unk + AON_SOLVE_MAX);

    for (unsigned i = 0; i < n->nfree_unk; i++)
        list[i] = n->free_unk[i];
    *count = n->nfree_unk;
    for (uint32_t g = 0; g < AON_SOLVE_MAX; g++)
        if (m & ((mask)1 << g))
            list[(*count)++] = core->nvars + g;
    return list;
}

static void
bind_given(aon_node *ex, const aon_given *g)
{
    ex->dom = g->type.kind == AON_T_SCALAR   ? AON_DOM_SCALAR
              : g->type.kind == AON_T_VECTOR ? AON_DOM_VECTOR
                                             : AON_DOM_MATRIX;
    ex->dom_rows = g->type.rows;
    ex->dom_cols = g->type.cols;
}

const aon_core *
aon_core_solve_for(aon_arena *arena, const aon_core *core, const size_t *given,
                   size_t n, const aon_ref *root, size_t nroot)
{
    mask *m = AON_NEW_N(arena, mask, core->nnodes + nroot + n);
    aon_core *out = AON_NEW(arena, aon_core);
    aon_node *node = AON_NEW_N(arena, aon_node, core->nnodes + nroot + n);
    size_t count = core->nnodes;
    aon_ref last = root[0];

    find_masks(core, given, n, m);
    for (size_t i = 0; i < nroot; i++)
        if (!formula_allows(core, m, root[i], true))
            return NULL;
    memcpy(node, core->node, core->nnodes * sizeof *node);
    for (size_t i = 0; i < core->nnodes; i++) {
        if (m[i] == 0)
            continue;
        node[i].free_unk =
            extended(arena, core, &core->node[i], m[i], &node[i].nfree_unk);
        for (uint32_t g = 0; node[i].op == AON_PAR && g < n; g++)
            if (m[i] & ((mask)1 << g)) {
                node[i].op = AON_UNK;
                node[i].var = core->nvars + g;
            }
    }
    for (size_t i = 1; i < nroot; i++) {
        aon_node *both = &node[count];

        memset(both, 0, sizeof *both);
        both->op = AON_AND;
        both->nargs = 2;
        both->arg[0] = last;
        both->arg[1] = root[i];
        both->type.kind = AON_T_FORMULA;
        m[count] = m[last] | m[root[i]];
        both->free_unk = extended(arena, core, both, m[count], &both->nfree_unk);
        last = (aon_ref)count++;
    }
    for (size_t g = n; g-- > 0;) {
        aon_node *ex = &node[count];

        memset(ex, 0, sizeof *ex);
        ex->op = AON_EX;
        ex->nargs = 1;
        ex->arg[0] = last;
        ex->var = core->nvars + (uint32_t)g;
        ex->type.kind = AON_T_FORMULA;
        bind_given(ex, &core->given[given[g]]);
        m[count] = m[last] & ~((mask)1 << g);
        ex->free_unk = extended(arena, core, ex, m[count], &ex->nfree_unk);
        last = (aon_ref)count++;
    }
    *out = *core;
    out->node = node;
    out->nnodes = count;
    out->nvars = core->nvars + (uint32_t)n;
    out->term = last;
    out->owner = NULL;
    return out;
}
