/* Memory, texts, maps, the way out: see ck.h. */
#include "ck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The head of each piece of memory: all of a pool are in a ring. */
typedef struct piece {
    _Alignas(max_align_t) struct piece *prev, *next;
    size_t n; /* bytes with this head */
} piece;

/* Small numbers are parts of pieces, without heads; a free one holds the place of the next. */
enum { UNIT = 16, SMALL = 16 * UNIT, SLAB = 1 << 14 };

/* What lives as long as the run, and as long as the region. */
static struct pool {
    piece ring;
    void **spare[SMALL / UNIT + 1]; /* by size */
} pools[2] = {{.ring = {&pools[0].ring, &pools[0].ring, 0}},
              {.ring = {&pools[1].ring, &pools[1].ring, 0}}},
  *pool = pools;
static size_t used, limit = (size_t)4 << 30;
static jmp_buf way_out;
static int status;
static ck_map names;
char ck_message[5000];

/* ---- memory ---- */

void *ck_grow(void *old, size_t n) {
    piece *p = old != NULL ? (piece *)old - 1 : NULL, *made = NULL;
    size_t had = p != NULL ? p->n : 0;

    if (n < limit && used - had + sizeof *p <= limit - n) made = realloc(p, sizeof *p + n);
    if (made == NULL)
        ck_stop(CK_EXIT_UNREADABLE, "out of memory: the limit is %zu MiB", limit >> 20);
    if (p == NULL) *made = (piece){&pool->ring, pool->ring.next, 0};
    made->prev->next = made->next->prev = made;
    made->n = sizeof *p + n;
    used += made->n - had;
    return made + 1;
}

void *ck_new(size_t n) { return memset(ck_grow(NULL, n), 0, n); }

void ck_free(void *old) {
    piece *p = old != NULL ? (piece *)old - 1 : NULL;

    if (p == NULL) return;
    p->prev->next = p->next;
    p->next->prev = p->prev;
    used -= p->n;
    free(p);
}

/* Frees whatever is in a pool. */
static void empty(struct pool *p) {
    while (p->ring.next != &p->ring) ck_free(p->ring.next + 1);
    memset(p->spare, 0, sizeof p->spare);
}

void ck_region_begin(void) { pool = &pools[1]; }

void ck_region_end(void) {
    empty(&pools[1]);
    pool = pools;
}

void ck_set_memory_limit(size_t bytes) { limit = bytes; }

/* ---- numbers ---- */

/* GMP says how many bytes a number had. */
static void free_number(void *p, size_t n) {
    if (n > SMALL) {
        ck_free(p);
    } else {
        *(void **)p = pool->spare[(n + UNIT - 1) / UNIT];
        pool->spare[(n + UNIT - 1) / UNIT] = p;
    }
}

static void *new_number(size_t n) {
    size_t units = (n + UNIT - 1) / UNIT;
    void **p;

    if (n > SMALL) return ck_grow(NULL, n);
    if (pool->spare[units] == NULL) {
        char *slab = ck_grow(NULL, SLAB);

        for (size_t i = SLAB / UNIT; i >= units; i -= units)
            free_number(slab + (i - units) * UNIT, n);
    }
    p = pool->spare[units];
    pool->spare[units] = *p;
    return p;
}

static void *grow_number(void *p, size_t had, size_t n) {
    void *made = memcpy(new_number(n), p, had < n ? had : n);

    free_number(p, had);
    return made;
}

/* ---- the way out ---- */

int ck_run(int (*job)(void *), void *arg) {
    void *(*alloc)(size_t), *(*grow)(void *, size_t, size_t);
    void (*release)(void *, size_t);

    mp_get_memory_functions(&alloc, &grow, &release);
    mp_set_memory_functions(new_number, grow_number, free_number);
    ck_message[0] = '\0';
    names = (ck_map){0};
    if (setjmp(way_out) == 0) status = job(arg);
    ck_region_end();
    empty(pools);
    mp_set_memory_functions(alloc, grow, release);
    return status;
}

void ck_stop(int with, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(ck_message, sizeof ck_message, fmt, ap);
    va_end(ap);
    status = with;
    longjmp(way_out, 1);
}

/* ---- texts ---- */

/* Appends to a text. */
static void put(ck_text *t, const char *fmt, va_list ap) {
    va_list again;
    size_t cap = 64, n;

    va_copy(again, ap);
    n = (size_t)vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    while (cap <= t->n + n) cap *= 2;
    t->s = ck_grow(t->s, cap);
    vsnprintf(t->s + t->n, n + 1, fmt, ap);
    t->n += n;
}

void ck_put(ck_text *t, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    put(t, fmt, ap);
    va_end(ap);
}

const char *ck_intern(const char *s, size_t n) {
    struct pool *now = pool;
    void **at;

    pool = pools; /* names outlive a region */
    at = ck_at(&names, s, n);
    if (*at == NULL) *at = memcpy(ck_new(n + 1), s, n);
    pool = now;
    return *at;
}

const char *ck_internf(const char *fmt, ...) {
    ck_text t = {0};
    va_list ap;

    va_start(ap, fmt);
    put(&t, fmt, ap);
    va_end(ap);
    return ck_intern(t.s, t.n);
}

size_t ck_utf8(const char *s, size_t n) {
    static const unsigned least[] = {0, 0x80, 0x800, 0x10000}; /* by continuation bytes */
    const unsigned char *u = (const unsigned char *)s;
    size_t i = 0, more;

    for (; i < n && u[i] != 0; i += 1 + more) {
        unsigned c = u[i];

        more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0x80;
        if (n - i <= more || c >= 0xf8 || (c >= 0x80 && c < 0xc0)) return i;
        c &= more == 0 ? 0x7fu : 0x3fu >> more;
        for (size_t k = 1; k <= more; k++)
            c = (u[i + k] & 0xc0) == 0x80 ? c << 6 | (u[i + k] & 0x3f) : 0; /* too small */
        if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return i;
    }
    return i;
}

char *ck_read_file(const char *path, size_t most, size_t *len) {
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *s = NULL;
    size_t cap = 1 << 16, got = 1;
    bool bad;

    if (f == NULL) return NULL;
    for (*len = 0; got > 0 && *len <= most; *len += got) {
        if (s == NULL || *len + 1 >= cap) s = ck_grow(s, cap *= 2);
        got = fread(s + *len, 1, cap - *len - 1, f);
    }
    bad = ferror(f) != 0;
    if (f != stdin) fclose(f);
    s[*len] = '\0';
    return bad ? NULL : s;
}

/* ---- maps: trees with eight ways, by the bits of a hash ---- */

struct ck_slot {
    uint64_t hash;
    size_t len;
    void *value;
    struct ck_slot *way[8];
    char key[];
};

void **ck_at(ck_map *m, const void *key, size_t len) {
    uint64_t h = len, word;
    struct ck_slot **at = &m->root;

    for (size_t i = 0; i < len; i += sizeof word) {
        word = 0;
        memcpy(&word, (const char *)key + i, len - i < sizeof word ? len - i : sizeof word);
        h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    for (uint64_t bits = h; *at != NULL; bits <<= 3) {
        if ((*at)->hash == h && (*at)->len == len && memcmp((*at)->key, key, len) == 0)
            return &(*at)->value;
        at = &(*at)->way[bits >> 61];
    }
    *at = ck_new(sizeof **at + len);
    (*at)->hash = h;
    (*at)->len = len;
    memcpy((*at)->key, key, len);
    return &(*at)->value;
}
