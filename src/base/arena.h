/*
 * Arena: trees and text that live and die together.  Nothing is freed singly.
 */
#ifndef AON_BASE_ARENA_H
#define AON_BASE_ARENA_H

#include <stddef.h>

typedef struct aon_arena aon_arena;

aon_arena *aon_arena_new(void); /* never NULL: see aon_out_of_memory */
void aon_arena_free(aon_arena *a);

/* Zeroed, aligned for any type.  size 0 gives a valid unique pointer.  Never NULL. */
void *aon_arena_alloc(aon_arena *a, size_t size);
/* count * size with overflow check. */
void *aon_arena_calloc(aon_arena *a, size_t count, size_t size);
/* NUL-terminated copy of len bytes. */
char *aon_arena_strndup(aon_arena *a, const char *s, size_t len);

#define AON_NEW(arena, type) ((type *)aon_arena_alloc((arena), sizeof(type)))
#define AON_NEW_N(arena, type, n) ((type *)aon_arena_calloc((arena), (n), sizeof(type)))

/* Heap twins that end the process instead of returning NULL. */
void *aon_xmalloc(size_t size);
void *aon_xrealloc(void *p, size_t size);
void *aon_xcalloc(size_t count, size_t size);

/* Grow a heap vector: ensures room for `need` items, doubling; *cap is updated. */
void *aon_grow(void *items, size_t *cap, size_t need, size_t item_size);

#endif
