/*
 * What was found out about parts of a statement: truths and numbers, remembered under a
 * node and the codes it depends on.
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_POOL = 1 << 22 }; /* codes; then everything is forgotten */

typedef struct {
    aon_memo memo;
    aon_ref node;
    uint32_t n;
    size_t key; /* where its codes begin in the pool */
    bool used;
} cell;

struct aon_memory {
    cell *slot;
    size_t nslot, used; /* nslot is a power of two */
    uint64_t *pool;
    size_t npool, cap_pool;
};

aon_memory *
aon_memory_new(void)
{
    aon_memory *m = aon_xcalloc(1, sizeof *m);

    m->nslot = 1024;
    m->slot = aon_xcalloc(m->nslot, sizeof *m->slot);
    return m;
}

void
aon_memory_free(aon_memory *m)
{
    if (m == NULL)
        return;
    free(m->slot);
    free(m->pool);
    free(m);
}

static size_t
hash_of(aon_ref node, const uint64_t *code, size_t n)
{
    uint64_t h = node;

    for (size_t i = 0; i < n; i++) {
        h = (h ^ code[i]) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    return (size_t)(h * UINT64_C(0xbf58476d1ce4e5b9) >> 8);
}

/* The cell that has it, or the free one where it belongs. */
static cell *
place(const aon_memory *m, aon_ref node, const uint64_t *code, size_t n)
{
    size_t at = hash_of(node, code, n) & (m->nslot - 1);

    for (;; at = (at + 1) & (m->nslot - 1)) {
        cell *c = &m->slot[at];

        if (!c->used || (c->node == node && c->n == n &&
                         memcmp(&m->pool[c->key], code, n * sizeof *code) == 0))
            return c;
    }
}

static void
grow(aon_memory *m)
{
    cell *old = m->slot;
    const size_t nold = m->nslot;

    m->nslot *= 2;
    m->slot = aon_xcalloc(m->nslot, sizeof *m->slot);
    for (size_t i = 0; i < nold; i++)
        if (old[i].used)
            *place(m, old[i].node, &m->pool[old[i].key], old[i].n) = old[i];
    free(old);
}

const aon_memo *
aon_memory_find(const aon_memory *m, aon_ref node, const uint64_t *code, size_t n)
{
    const cell *c = m->pool == NULL ? NULL : place(m, node, code, n);

    return c != NULL && c->used ? &c->memo : NULL;
}

void
aon_memory_put(aon_memory *m, aon_ref node, const uint64_t *code, size_t n,
               const aon_memo *memo)
{
    cell *c;

    if (m->npool + n > MAX_POOL) {
        m->npool = m->used = 0;
        memset(m->slot, 0, m->nslot * sizeof *m->slot);
    }
    if (2 * (m->used + 1) > m->nslot)
        grow(m);
    m->pool = aon_grow(m->pool, &m->cap_pool, m->npool + n + 1, sizeof *m->pool);
    c = place(m, node, code, n);
    if (c->used)
        return;
    memcpy(&m->pool[m->npool], code, n * sizeof *code);
    *c = (cell){
        .memo = *memo, .node = node, .n = (uint32_t)n, .key = m->npool, .used = true};
    m->npool += n;
    m->used++;
}
