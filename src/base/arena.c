#include "base/arena.h"

#include "base/status.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Chunks double from FIRST_CHUNK to LAST_CHUNK; a large request gets its own. */
#ifdef AON_ARENA_EXACT
#define FIRST_CHUNK ((size_t)0)
#define LAST_CHUNK ((size_t)0)
#else
#define FIRST_CHUNK ((size_t)4096)
#define LAST_CHUNK ((size_t)1 << 20)
#endif

typedef struct chunk {
    struct chunk *next;
    alignas(max_align_t) char data[];
} chunk;

struct aon_arena {
    chunk *chunks;
    char *at; /* free part of the newest ordinary chunk */
    size_t left;
    size_t next_size;
};

void *
aon_xmalloc(size_t size)
{
    void *p = malloc(size > 0 ? size : 1);

    if (p == NULL)
        aon_out_of_memory();
    return p;
}

void *
aon_xrealloc(void *p, size_t size)
{
    void *q = realloc(p, size > 0 ? size : 1);

    if (q == NULL)
        aon_out_of_memory();
    return q;
}

void *
aon_xcalloc(size_t count, size_t size)
{
    void *p = count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1);

    if (p == NULL)
        aon_out_of_memory();
    return p;
}

void *
aon_grow(void *items, size_t *cap, size_t need, size_t item_size)
{
    size_t n = *cap;

    AON_ASSERT(item_size > 0);
    if (need <= n && items != NULL)
        return items;
    n = n > SIZE_MAX / 2 ? need : 2 * n;
    if (n < need)
        n = need;
    if (n < 8)
        n = 8;
    if (n > SIZE_MAX / item_size)
        aon_out_of_memory();
    items = aon_xrealloc(items, n * item_size);
    *cap = n;
    return items;
}

aon_arena *
aon_arena_new(void)
{
    aon_arena *a = aon_xcalloc(1, sizeof *a);

    a->next_size = FIRST_CHUNK;
    return a;
}

void
aon_arena_free(aon_arena *a)
{
    if (a == NULL)
        return;
    while (a->chunks != NULL) {
        chunk *next = a->chunks->next;

        free(a->chunks);
        a->chunks = next;
    }
    free(a);
}

/* Zeroed, like everything an arena hands out. */
static char *
add_chunk(aon_arena *a, size_t size)
{
    chunk *c;

    if (size > SIZE_MAX - sizeof(chunk))
        aon_out_of_memory();
    c = aon_xcalloc(1, sizeof(chunk) + size);
    c->next = a->chunks;
    a->chunks = c;
    return c->data;
}

void *
aon_arena_alloc(aon_arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    size_t padded;
    char *p;

    if (size == 0)
        size = 1;
    if (size > SIZE_MAX - align)
        aon_out_of_memory();
    padded = (size + align - 1) / align * align;
    if (padded > a->left) {
        if (padded > a->next_size / 4)
            return add_chunk(a, size);
        a->at = add_chunk(a, a->next_size);
        a->left = a->next_size;
        if (a->next_size != LAST_CHUNK)
            a->next_size *= 2;
    }
    p = a->at;
    a->at += padded;
    a->left -= padded;
    return p;
}

void *
aon_arena_calloc(aon_arena *a, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        aon_out_of_memory();
    return aon_arena_alloc(a, count * size);
}

char *
aon_arena_strndup(aon_arena *a, const char *s, size_t len)
{
    char *copy;

    if (len == SIZE_MAX)
        aon_out_of_memory();
    copy = aon_arena_alloc(a, len + 1);
    if (len > 0)
        memcpy(copy, s, len);
    return copy;
}
