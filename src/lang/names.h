/*
 * Interned names: equal spellings are one pointer, numbered from 0.
 */
#ifndef AON_LANG_NAMES_H
#define AON_LANG_NAMES_H

#include "base/arena.h"

#include <stdint.h>

typedef struct {
    const char *s; /* NUL-terminated, ASCII */
    size_t len;
    uint32_t id; /* below aon_names_count */
} aon_sym;

typedef struct aon_names aon_names;

/*
 * A table in an arena.  With a parent, names of the parent keep their pointer and number;
 * new ones are numbered after them and the parent is only read, so that it may be shared.
 */
aon_names *aon_names_new(aon_arena *arena, const aon_names *parent);
const aon_sym *aon_names_intern(aon_names *t, const char *s, size_t len);
/* NULL if the name has never been seen. */
const aon_sym *aon_names_find(const aon_names *t, const char *s, size_t len);
uint32_t aon_names_count(const aon_names *t);
const aon_sym *aon_names_at(const aon_names *t, uint32_t id);

/* Edit distance of two short names, SIZE_MAX if it is above `limit` or one is long. */
size_t aon_name_distance(const char *a, const char *b, size_t limit);

#endif
