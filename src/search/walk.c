/*
 * Representatives by orderly generation: item after item, keeping the elements of the
 * group that fix what has been chosen.  A code is kept if none of them makes it smaller;
 * an assignment whose every item is kept is the least of its orbit, and conversely
 * (docs/search.md, 5).
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    aon_element *e;
    size_t n, cap;
} elements;

typedef struct {
    const aon_cell *c;
    uint64_t code[AON_MAX_ITEMS + 1];
    elements moving[AON_MAX_ITEMS + 1]; /* fix the items before, as seen by this one */
    elements fixing[AON_MAX_ITEMS + 1]; /* fix the items before this one */
    bool (*visit)(void *arg, const uint64_t *code, uint64_t stabiliser);
    aon_walk_step (*look)(void *arg, const uint64_t *code, size_t n); /* or NULL */
    void *arg;
    bool stop;
} walk;

static void
push(elements *l, const aon_element *e)
{
    l->e = aon_grow(l->e, &l->cap, l->n + 1, sizeof *l->e);
    l->e[l->n++] = *e;
}

/* The blocks that items before this one are moved by. */
static unsigned
blocks_before(const aon_cell *c, size_t item)
{
    unsigned blocks = 0;

    for (size_t i = 0; i < item; i++)
        blocks |= c->item[i].blocks;
    return blocks;
}

/* Blocks that this item meets first come in with all their signed permutations. */
static void
expand(walk *w, size_t item)
{
    const aon_cell *c = w->c;
    const unsigned fresh = c->item[item].blocks & ~blocks_before(c, item);
    elements *m = &w->moving[item];

    m->n = 0;
    for (size_t i = 0; i < w->fixing[item].n; i++)
        push(m, &w->fixing[item].e[i]);
    for (unsigned b = 0; b < c->spec->nblocks; b++) {
        const size_t before = m->n;

        if (!(fresh >> b & 1))
            continue;
        for (size_t s = 1; s < c->block[b].nsp; s++)
            for (size_t i = 0; i < before; i++) {
                aon_element e = m->e[i];

                e.s[b] = (uint16_t)s;
                push(m, &e);
            }
    }
}

/* The first chosen code of the item: who fixes it?  false: someone makes it smaller. */
static bool
choose(walk *w, size_t item, uint64_t code)
{
    const aon_item *it = &w->c->item[item];
    const elements *m = &w->moving[item];
    elements *f = &w->fixing[item + 1];

    f->n = 0;
    for (size_t i = 0; i < m->n; i++) {
        const uint64_t moved = aon_act(w->c, &m->e[i], it, code);

        if (moved < code)
            return false;
        if (moved == code)
            push(f, &m->e[i]);
    }
    w->code[item] = code;
    return true;
}

/*
 * Columns of a model whose block is new must increase, and none may be above its
 * negative; the next such code, first that of all columns 0.  *more is cleared at the end.
 */
static uint64_t
next_model(const aon_cell *c, const aon_item *it, uint32_t *col, bool *more)
{
    uint64_t code = 0;
    uint32_t j = it->dim, v = c->ncol;

    for (uint32_t i = 0; i < it->dim; i++)
        code = code * c->ncol + col[i];
    for (; j > 0; j--) {
        v = col[j - 1] + 1;
        while (v < c->ncol && c->negative[v] < v)
            v++;
        if (v < c->ncol)
            break;
    }
    *more = j > 0;
    for (uint32_t i = j; j > 0 && i <= it->dim; i++)
        col[i - 1] = v;
    return code;
}

static bool
is_fresh_model(const aon_cell *c, size_t item)
{
    const aon_item *it = &c->item[item];

    return it->kind == AON_ITEM_MODEL && c->block[it->block].nsp > 1 &&
           !(blocks_before(c, item) & it->blocks);
}

/* A quick way to see that a code is not the least one. */
static bool
is_sorted(const aon_cell *c, const aon_item *it, uint64_t code)
{
    uint32_t last = c->ncol;

    for (uint32_t j = it->dim; j-- > 0; code /= c->ncol) {
        const uint32_t v = (uint32_t)(code % c->ncol);

        if (v > last || c->negative[v] < v)
            return false;
        last = v;
    }
    return true;
}

static void descend(walk *w, size_t item);

static void
try_code(walk *w, size_t item, uint64_t code)
{
    aon_walk_step step = AON_WALK_ON;

    if (!choose(w, item, code))
        return;
    if (w->look != NULL && item + 1 < w->c->nitems)
        step = w->look(w->arg, w->code, item + 1);
    if (step == AON_WALK_ON)
        descend(w, item + 1);
    w->stop = w->stop || step == AON_WALK_STOP;
}

static void
descend(walk *w, size_t item)
{
    const aon_cell *c = w->c;
    const aon_item *it = &c->item[item];

    if (item == c->nitems) {
        w->stop = !w->visit(w->arg, w->code, w->fixing[item].n);
        return;
    }
    expand(w, item);
    if (it->join >= 0) {
        const bool fresh = is_fresh_model(c, item);
        const aon_keyed *first;
        size_t n;

        aon_joined(c, it, w->code[c->spec->join[it->join].i], &first, &n);
        for (size_t i = 0; i < n && !w->stop; i++)
            if (!fresh || is_sorted(c, it, first[i].code))
                try_code(w, item, first[i].code);
    } else if (is_fresh_model(c, item)) {
        uint32_t col[AON_MAX_DIM] = {0};
        bool more = true;

        while (more && !w->stop)
            try_code(w, item, next_model(c, it, col, &more));
    } else {
        for (uint64_t v = 0; v < it->count && !w->stop; v++)
            try_code(w, item, v);
    }
}

static void
begin(walk *w, const aon_cell *c)
{
    memset(w, 0, sizeof *w);
    w->c = c;
    for (size_t st = 0; st < c->nst; st++) {
        aon_element e = {.st = (uint32_t)st};

        push(&w->fixing[0], &e);
    }
}

static void
finish(walk *w)
{
    for (size_t i = 0; i <= AON_MAX_ITEMS; i++) {
        free(w->moving[i].e);
        free(w->fixing[i].e);
    }
}

uint64_t *
aon_walk_first(const aon_cell *c, size_t *n)
{
    uint32_t col[AON_MAX_DIM] = {0};
    uint64_t *list = NULL;
    size_t cap = 0;
    bool more = true;
    walk w;

    *n = 0;
    list = aon_grow(list, &cap, 1, sizeof *list);
    if (c->nitems == 0) {
        list[(*n)++] = 0;
        return list;
    }
    begin(&w, c);
    expand(&w, 0);
    for (uint64_t v = 0; more && v < c->item[0].count; v++) {
        const uint64_t code =
            is_fresh_model(c, 0) ? next_model(c, &c->item[0], col, &more) : v;

        if (!choose(&w, 0, code))
            continue;
        list = aon_grow(list, &cap, *n + 1, sizeof *list);
        list[(*n)++] = code;
    }
    finish(&w);
    return list;
}

void
aon_walk_rest_looking(const aon_cell *c, uint64_t first,
                      bool (*visit)(void *arg, const uint64_t *code,
                                    uint64_t stabiliser),
                      aon_walk_step (*look)(void *arg, const uint64_t *code, size_t n),
                      void *arg)
{
    walk w;

    begin(&w, c);
    w.visit = visit;
    w.look = look;
    w.arg = arg;
    if (c->nitems == 0) {
        (void)visit(arg, w.code, c->nst);
    } else {
        expand(&w, 0);
        try_code(&w, 0, first);
    }
    finish(&w);
}

void
aon_walk_rest(const aon_cell *c, uint64_t first,
              bool (*visit)(void *arg, const uint64_t *code, uint64_t stabiliser),
              void *arg)
{
    aon_walk_rest_looking(c, first, visit, NULL, arg);
}
