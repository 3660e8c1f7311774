/*
 * Collect a block: the branches of an existential formula and the unknowns that join
 * (docs/witness-format.md, 6.1).
 */
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_BRANCHES = 4096, MAX_LITERALS = 1000000 };

/* A branch under construction.  Its literals live in the arena; room: how many fit where
 * they are and nobody else looks, 0: several branches may share them. */
typedef struct {
    aon_literal *lit;
    size_t n, room;
} growing;

typedef struct {
    growing *b;
    size_t n, cap;
} branches;

typedef struct {
    aon_eval *ev;
    aon_block *block;
    int32_t *unknown;
    size_t cap_unknown;
    size_t literals; /* collected and copied, while they are limited */
    bool limited;
} collecting;

static void collect(collecting *c, aon_ref p, bool positive, branches *out);

static void
push(collecting *c, branches *out, growing b)
{
    if (out->n >= MAX_BRANCHES || (c->limited && c->literals > MAX_LITERALS)) {
        c->block->too_large = true;
        return;
    }
    out->b = aon_grow(out->b, &out->cap, out->n + 1, sizeof *out->b);
    out->b[out->n++] = b;
}

static void
push_literal(collecting *c, branches *out, aon_ref p, bool positive)
{
    growing b = {AON_NEW(c->ev->arena, aon_literal), 1, 1};

    b.lit[0].node = p;
    b.lit[0].env = aon_copy_env(c->ev);
    b.lit[0].positive = positive;
    c->literals++;
    push(c, out, b);
}

/* acc := all concatenations a ++ b, a in acc (varies slowest), b in more */
static void
concatenate(collecting *c, branches *acc, const branches *more)
{
    branches out = {NULL, 0, 0};

    for (size_t i = 0; i < acc->n && !c->block->too_large; i++)
        for (size_t j = 0; j < more->n && !c->block->too_large; j++) {
            const growing *a = &acc->b[i], *b = &more->b[j];
            growing ab = a->n == 0 ? *b : *a;

            ab.room = 0;
            if (a->n > 0 && b->n > 0) {
                ab.n = a->n + b->n;
                ab.lit = AON_NEW_N(c->ev->arena, aon_literal, ab.n);
                memcpy(ab.lit, a->lit, a->n * sizeof *ab.lit);
                memcpy(ab.lit + a->n, b->lit, b->n * sizeof *ab.lit);
            }
            c->literals += ab.n;
            push(c, &out, ab);
        }
    free(acc->b);
    *acc = out;
}

/* a := a ++ b in place: a `forall` over n elements copies O(n) literals, not n^2. */
static void
append(collecting *c, growing *a, const growing *b)
{
    if (b->n == 0)
        return;
    if (a->n == 0) {
        *a = *b;
        return;
    }
    if (a->n + b->n > a->room) {
        aon_literal *old = a->lit;

        a->room = 2 * (a->n + b->n);
        a->lit = AON_NEW_N(c->ev->arena, aon_literal, a->room);
        memcpy(a->lit, old, a->n * sizeof *old);
    }
    memcpy(a->lit + a->n, b->lit, b->n * sizeof *b->lit);
    a->n += b->n;
}

/* One more alternative or one more conjunct. */
static void
combine(collecting *c, branches *acc, const branches *more, bool conjunction)
{
    if (conjunction && acc->n == 1 && more->n == 1) {
        append(c, &acc->b[0], &more->b[0]);
    } else if (conjunction) {
        concatenate(c, acc, more);
    } else {
        for (size_t i = 0; i < more->n; i++)
            push(c, acc, more->b[i]);
    }
}

static void
neutral(collecting *c, branches *acc, bool conjunction)
{
    const growing empty = {NULL, 0, 0};

    if (conjunction)
        push(c, acc, empty);
}

static void
collect_binary(collecting *c, const aon_node *n, bool positive, branches *out)
{
    const bool conjunction = (n->op == AON_AND) == positive;

    neutral(c, out, conjunction);
    for (unsigned i = 0; i < 2; i++) {
        branches part = {NULL, 0, 0};

        collect(c, n->arg[i], positive, &part);
        combine(c, out, &part, conjunction);
        free(part.b);
    }
}

static void
collect_over(collecting *c, aon_ref p, bool positive, branches *out)
{
    const aon_node *n = &c->ev->core->node[p];
    const bool conjunction = (n->op == AON_ANY) != positive;
    const aon_elems *set = n->op == AON_ALLIN ? NULL : aon_eval_set(c->ev, p);
    const aon_entry *space = n->op == AON_ALLIN ? aon_space_of(c->ev, n->arg[0]) : NULL;
    const size_t count = set != NULL ? set->n : (size_t)aon_mat_cols(&space->value);

    neutral(c, out, conjunction);
    for (size_t i = 0; i < count && !c->block->too_large; i++) {
        branches part = {NULL, 0, 0};

        c->ev->env[n->var].v = set != NULL ? (int32_t)set->elem[i] : (int32_t)i;
        c->ev->env[n->var].of = space != NULL ? space->number : 0;
        collect(c, n->arg[n->nargs - 1], positive, &part);
        combine(c, out, &part, conjunction);
        free(part.b);
    }
    c->ev->env[n->var].of = 0;
}

/* A new unknown without a value, bound to the binder's variable. */
static void
join(collecting *c, aon_ref binder)
{
    aon_eval *ev = c->ev;
    const aon_node *n = &ev->core->node[binder];
    aon_unknown *u = aon_new_unknown(ev, binder);
    const int32_t number = (int32_t)ev->nunknown - 1;

    u->key = aon_copy_key(ev, binder);
    u->rows = u->cols = 1;
    if (n->dom == AON_DOM_IN)
        u->rows = aon_mat_rows(u->basis);
    if (n->dom == AON_DOM_VECTOR || n->dom == AON_DOM_MATRIX)
        u->rows = aon_eval_dim(ev, &n->dom_rows);
    if (n->dom == AON_DOM_MATRIX)
        u->cols = aon_eval_dim(ev, &n->dom_cols);
    u->first = c->block->ncoord;
    u->ncoord = u->basis != NULL ? aon_mat_cols(u->basis) : u->rows * u->cols;
    c->block->ncoord += u->ncoord;
    c->unknown = aon_grow(c->unknown, &c->cap_unknown, c->block->nunknown + 1,
                          sizeof *c->unknown);
    c->unknown[c->block->nunknown++] = number;
    ev->env[n->var].v = number;
    ev->env[n->var].of = 0;
}

static void
collect(collecting *c, aon_ref p, bool positive, branches *out)
{
    const aon_node *n = &c->ev->core->node[p];

    if (c->block->too_large)
        return;
    if (aon_spent(c->ev)) {
        c->block->too_large = true;
        return;
    }
    c->ev->work++;
    if (!aon_is_open(c->ev, p)) {
        push_literal(c, out, p, positive);
        return;
    }
    switch (n->op) {
    case AON_NOT:
        collect(c, n->arg[0], !positive, out);
        break;
    case AON_AND:
    case AON_OR:
        collect_binary(c, n, positive, out);
        break;
    case AON_ALL:
    case AON_ANY:
    case AON_ALLIN:
        collect_over(c, p, positive, out);
        break;
    case AON_EX:
        AON_ASSERT(positive); /* typing: alternation */
        join(c, p);
        collect(c, n->arg[n->nargs - 1], true, out);
        break;
    default:
        push_literal(c, out, p, positive);
    }
}

aon_block *
aon_collect(aon_eval *ev, aon_ref binder)
{
    const aon_node *n = &ev->core->node[binder];
    collecting c = {.ev = ev,
                    .block = AON_NEW(ev->arena, aon_block),
                    .limited = n->op == AON_EX}; /* a set-builder has one branch */
    branches out = {NULL, 0, 0};
    int32_t *unknown;

    join(&c, binder);
    collect(&c, n->arg[n->nargs - 1], true, &out);
    c.block->branch = AON_NEW_N(ev->arena, aon_branch, out.n);
    for (size_t i = 0; i < out.n; i++)
        c.block->branch[i] = (aon_branch){out.b[i].lit, out.b[i].n};
    c.block->nbranch = out.n;
    unknown = AON_NEW_N(ev->arena, int32_t, c.block->nunknown);
    memcpy(unknown, c.unknown, c.block->nunknown * sizeof *unknown);
    c.block->unknown = unknown;
    free(c.unknown);
    free(out.b);
    return c.block;
}
