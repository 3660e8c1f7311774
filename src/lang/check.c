/*
 * Recursions here follow nodes, whose depth is limited (AON_DEPTH_LIMIT).
 */
#include "lang/check.h"

#include "lang/build_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- 6.2 ---- */

typedef struct {
    const aon_build *b;
    uint32_t var;
    unsigned char *seen; /* bit 1: reached evenly, bit 2: oddly, bit 4: inside a term */
    aon_flaw flaw;
} walk;

static void
term_mentions(walk *w, aon_ref r)
{
    const aon_bnode *n = &w->b->node[r];

    if (w->flaw.what != NULL || (w->seen[r] & 4) != 0 ||
        !aon_build_mentions(w->b, r, true, w->var))
        return;
    w->seen[r] |= 4;
    if (n->op == AON_SOL) {
        w->flaw = (aon_flaw){"a subspace defined by a condition depends on it", r};
        return;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        term_mentions(w, n->arg[i]);
}

static bool
has_space(const aon_bnode *n)
{
    return n->op == AON_ALLIN || (n->op == AON_EX && n->dom == AON_DOM_IN);
}

static void
formula(walk *w, aon_ref r, bool odd)
{
    const aon_bnode *n = &w->b->node[r];
    unsigned char bit = odd ? 2 : 1;

    if (w->flaw.what != NULL || (w->seen[r] & bit) != 0 ||
        !aon_build_mentions(w->b, r, true, w->var))
        return;
    w->seen[r] |= bit;
    if (has_space(n) && aon_build_mentions(w->b, n->arg[0], true, w->var)) {
        w->flaw = (aon_flaw){
            "the subspace that another variable runs over depends on it", n->arg[0]};
        return;
    }
    switch (n->op) {
    case AON_EX:
    case AON_ALLIN:
        if (odd) {
            w->flaw = (aon_flaw){n->op == AON_EX
                                     ? "another linear unknown under a negation (or a "
                                       "`forall` over a linear space) depends on it"
                                     : "a `forall` over a subspace under a negation "
                                       "depends on it",
                                 r};
            return;
        }
        formula(w, n->arg[n->nargs - 1], odd);
        return;
    case AON_NOT:
        formula(w, n->arg[0], !odd);
        return;
    case AON_AND:
    case AON_OR:
    case AON_ALL:
    case AON_ANY:
        for (unsigned i = 0; i < n->nargs; i++)
            formula(w, n->arg[i], odd);
        return;
    default:
        term_mentions(w, r);
    }
}

aon_flaw
aon_check_alternation(aon_build *b, aon_ref binder)
{
    const aon_bnode *n = &b->node[binder];
    walk w = {.b = b, .var = n->var, .seen = aon_xcalloc(b->n, 1)};

    formula(&w, n->arg[n->nargs - 1], false);
    free(w.seen);
    return w.flaw;
}

/* ---- 6.3, 6.4 ---- */

typedef enum { DEG_0, DEG_1, DEG_ANY, DEG_NONE } degree;

typedef struct {
    aon_build *b;
    bool vec;      /* the variables are one `vec`; else `unk` */
    uint32_t *var; /* V */
    size_t nvars, cap;
    uint32_t *stamp_of; /* memo of deg() */
    unsigned char *value;
    uint32_t stamp;
    aon_flaw flaw;
} linear;

static bool
mentions(const linear *l, aon_ref r)
{
    for (size_t i = 0; i < l->nvars; i++)
        if (aon_build_mentions(l->b, r, !l->vec, l->var[i]))
            return true;
    return false;
}

static bool
is_rat_0(const linear *l, aon_ref r)
{
    const aon_bnode *n = &l->b->node[r];

    return n->op == AON_RAT && strcmp(n->name, "0") == 0;
}

static degree deg(linear *l, aon_ref r);

static degree
deg_product(linear *l, const aon_bnode *n)
{
    degree x = deg(l, n->arg[0]), y = deg(l, n->arg[1]);

    if (x == DEG_ANY)
        x = DEG_0;
    if (y == DEG_ANY)
        y = DEG_0;
    if (x == DEG_NONE || y == DEG_NONE || (x == DEG_1 && y == DEG_1))
        return DEG_NONE;
    return x == DEG_1 || y == DEG_1 ? DEG_1 : DEG_0;
}

static degree
deg_sum(linear *l, const aon_bnode *n)
{
    degree x = deg(l, n->arg[0]), y = deg(l, n->arg[1]);

    if (x == DEG_NONE || y == DEG_NONE)
        return DEG_NONE;
    if (x == DEG_ANY)
        return y;
    return y == DEG_ANY || x == y ? x : DEG_NONE;
}

static degree
deg_fresh(linear *l, const aon_bnode *n)
{
    switch (n->op) {
    case AON_UNK:
    case AON_VEC:
        return DEG_1;
    case AON_ADD:
        return deg_sum(l, n);
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT:
        return deg_product(l, n);
    case AON_TR:
    case AON_SUM:
    case AON_COLS:
    case AON_IDX:
        return deg(l, n->arg[0]);
    case AON_PROJ:
        return mentions(l, n->arg[0]) ? DEG_NONE : deg(l, n->arg[1]);
    default:
        return DEG_NONE;
    }
}

static degree
deg(linear *l, aon_ref r)
{
    degree d;

    if (is_rat_0(l, r))
        return DEG_ANY;
    if (!mentions(l, r))
        return DEG_0;
    if (l->stamp_of[r] == l->stamp)
        return (degree)l->value[r];
    d = deg_fresh(l, &l->b->node[r]);
    l->stamp_of[r] = l->stamp;
    l->value[r] = (unsigned char)d;
    return d;
}

static void
want_1(linear *l, aon_ref r, aon_ref whole)
{
    degree d = deg(l, r);

    if (l->flaw.what != NULL || d == DEG_1 || d == DEG_ANY)
        return;
    l->flaw.node = whole;
    l->flaw.what = d == DEG_0
                       ? "a side of it does not depend on the variable and is not 0"
                       : "it is not homogeneous linear";
}

static void condition(linear *l, aon_ref r);

/* ex: its unknown joins V inside. */
static void
condition_ex(linear *l, const aon_bnode *n)
{
    l->var = aon_grow(l->var, &l->cap, l->nvars + 1, sizeof *l->var);
    l->var[l->nvars++] = n->var;
    l->stamp++;
    condition(l, n->arg[n->nargs - 1]);
    l->nvars--;
    l->stamp++;
}

static void
condition(linear *l, aon_ref r)
{
    const aon_bnode *n = &l->b->node[r];

    if (l->flaw.what != NULL || n->op == AON_TRUTH)
        return;
    if ((n->op == AON_EQ || n->op == AON_ZERO || n->op == AON_WITHIN) &&
        !mentions(l, r)) {
        l->flaw = (aon_flaw){"it does not mention the variable", r};
        return;
    }
    if (l->vec && n->op == AON_ALLIN && mentions(l, n->arg[0])) {
        l->flaw = (aon_flaw){
            "the subspace of an inner `forall` depends on the variable", n->arg[0]};
        return;
    }
    switch (n->op) {
    case AON_AND:
        condition(l, n->arg[0]);
        condition(l, n->arg[1]);
        return;
    case AON_ALL:
    case AON_ALLIN:
        condition(l, n->arg[n->nargs - 1]);
        return;
    case AON_EX:
        if (!l->vec) {
            condition_ex(l, n);
            return;
        }
        break;
    case AON_EQ:
        want_1(l, n->arg[0], r);
        want_1(l, n->arg[1], r);
        return;
    case AON_ZERO:
        want_1(l, n->arg[0], r);
        return;
    case AON_WITHIN:
        want_1(l, n->arg[0], r);
        if (l->flaw.what == NULL && mentions(l, n->arg[1]))
            l->flaw = (aon_flaw){"the subspace depends on the variable", r};
        return;
    default:
        break;
    }
    l->flaw =
        (aon_flaw){l->vec ? "only equations, memberships, `and` and `forall` may stand "
                            "there"
                          : "only equations, memberships, `and`, `forall` and `exists` "
                            "may stand there",
                   r};
}

aon_flaw
aon_check_homogeneous(aon_build *b, aon_ref binder)
{
    const aon_bnode *n = &b->node[binder];
    linear l = {.b = b,
                .vec = n->op == AON_ALLIN,
                .stamp = 1,
                .stamp_of = aon_xcalloc(b->n, sizeof(uint32_t)),
                .value = aon_xcalloc(b->n, 1)};

    l.var = aon_grow(NULL, &l.cap, 1, sizeof *l.var);
    l.var[l.nvars++] = n->var;
    condition(&l, n->arg[n->nargs - 1]);
    free(l.var);
    free(l.stamp_of);
    free(l.value);
    return l.flaw;
}
