#include "lang/names.h"

#include "base/status.h"

#include <string.h>

#define LONGEST_GUESS 32 /* longer names get no suggestion */

struct aon_names {
    aon_arena *arena;
    const aon_names *parent;
    const aon_sym **slot; /* open addressing, a power of two */
    size_t nslots;
    const aon_sym **at;
    size_t n, cap;
    uint32_t first;
};

static size_t
hash_text(const char *s, size_t len)
{
    uint64_t h = 1469598103934665603u;

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29));
}

aon_names *
aon_names_new(aon_arena *arena, const aon_names *parent)
{
    aon_names *t = AON_NEW(arena, aon_names);

    t->arena = arena;
    t->parent = parent;
    t->nslots = 64;
    t->slot = AON_NEW_N(arena, const aon_sym *, t->nslots);
    t->first = parent != NULL ? aon_names_count(parent) : 0;
    return t;
}

static size_t
probe(const aon_names *t, const char *s, size_t len)
{
    size_t i = hash_text(s, len) & (t->nslots - 1);

    while (t->slot[i] != NULL &&
           (t->slot[i]->len != len || memcmp(t->slot[i]->s, s, len) != 0))
        i = (i + 1) & (t->nslots - 1);
    return i;
}

const aon_sym *
aon_names_find(const aon_names *t, const char *s, size_t len)
{
    for (; t != NULL; t = t->parent) {
        const aon_sym *found = t->slot[probe(t, s, len)];

        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
rehash(aon_names *t)
{
    t->nslots *= 2;
    t->slot = AON_NEW_N(t->arena, const aon_sym *, t->nslots);
    for (size_t i = 0; i < t->n; i++)
        t->slot[probe(t, t->at[i]->s, t->at[i]->len)] = t->at[i];
}

const aon_sym *
aon_names_intern(aon_names *t, const char *s, size_t len)
{
    const aon_sym *old = aon_names_find(t, s, len);
    aon_sym *sym;

    if (old != NULL)
        return old;
    sym = AON_NEW(t->arena, aon_sym);
    sym->s = aon_arena_strndup(t->arena, s, len);
    sym->len = len;
    sym->id = t->first + (uint32_t)t->n;
    if (t->n == t->cap) {
        const aon_sym **more;

        t->cap = t->cap > 0 ? 2 * t->cap : 64;
        more = AON_NEW_N(t->arena, const aon_sym *, t->cap);
        for (size_t i = 0; i < t->n; i++)
            more[i] = t->at[i];
        t->at = more;
    }
    t->at[t->n++] = sym;
    if (2 * t->n > t->nslots)
        rehash(t);
    else
        t->slot[probe(t, s, len)] = sym;
    return sym;
}

uint32_t
aon_names_count(const aon_names *t)
{
    return t->first + (uint32_t)t->n;
}

const aon_sym *
aon_names_at(const aon_names *t, uint32_t id)
{
    while (id < t->first)
        t = t->parent;
    return t->at[id - t->first];
}

size_t
aon_name_distance(const char *a, const char *b, size_t limit)
{
    size_t row[LONGEST_GUESS + 1], na = strlen(a), nb = strlen(b);

    if (na > LONGEST_GUESS || nb > LONGEST_GUESS)
        return SIZE_MAX;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);

            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[nb] <= limit ? row[nb] : SIZE_MAX;
}
