/* Memory, texts, maps, errors: see ck.h. */
#include "ck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The pool is a list of chunks. A small piece of memory is cut from a chunk and goes to the
   list of its size when it is freed; a large one is a chunk of its own. */
#ifdef AON_ARENA_EXACT /* sanitizers see each piece */
enum { SMALL = 0, CHUNK = 1 << 16 };
#else
enum { SMALL = 512, CHUNK = 1 << 16 };
#endif
typedef struct chunk {
    struct chunk *prev, *next;
} chunk;
typedef struct piece {
    size_t room;        /* bytes, behind this head */
    struct piece *next; /* of those that are free */
} piece;

static struct pool {
    chunk list;
    piece *spare[SMALL / 16 + 1];
    char *cut, *cut_end;
    size_t used;
} pools[2], *pool = pools;
static size_t pool_limit = (size_t)4 << 30;
static jmp_buf pool_exit, *catcher;
static bool pool_running;
static const char *thrown;
static ck_map names;
char ck_message[2000];

/* ---- memory ---- */

static void *new_chunk(size_t n) {
    chunk *c = NULL;

    if (n <= pool_limit && pools[0].used + pools[1].used <= pool_limit - n)
        c = malloc(sizeof *c + n);
    if (c == NULL)
        ck_stop(CK_EXIT_UNREADABLE, "out of memory: the limit is %zu MiB", pool_limit >> 20);
    *c = (chunk){&pool->list, pool->list.next};
    pool->list.next = pool->list.next->prev = c;
    pool->used += n;
    return c + 1;
}

void *ck_grow(void *old, size_t n) {
    piece *had = old != NULL ? (piece *)old - 1 : NULL, *p;
    size_t room = n > pool_limit ? n : (n + 15) / 16 * 16;

    if (had != NULL && room <= had->room) return old;
    if (room > SMALL) {
        p = new_chunk(sizeof *p + room);
    } else if ((p = pool->spare[room / 16]) != NULL) {
        pool->spare[room / 16] = p->next;
    } else {
        if ((size_t)(pool->cut_end - pool->cut) < sizeof *p + room) {
            pool->cut = new_chunk(CHUNK);
            pool->cut_end = pool->cut + CHUNK;
        }
        p = (piece *)pool->cut;
        pool->cut += sizeof *p + room;
    }
    p->room = room;
    if (old != NULL) memcpy(p + 1, old, had->room);
    ck_free(old);
    return p + 1;
}

void *ck_new(size_t n) { return memset(ck_grow(NULL, n), 0, n); }

void ck_free(void *old) {
    piece *p = old != NULL ? (piece *)old - 1 : NULL;
    chunk *c;

    if (p != NULL && p->room <= SMALL) {
        p->next = pool->spare[p->room / 16];
        pool->spare[p->room / 16] = p;
    } else if (p != NULL) {
        c = (chunk *)p - 1;
        pool->used -= sizeof *p + p->room;
        c->prev->next = c->next;
        c->next->prev = c->prev;
        free(c);
    }
}

static void empty_pool(void) {
    chunk *end = &pool->list;

    while (end->next != NULL && end->next != end) {
        chunk *c = end->next;

        end->next = c->next;
        free(c);
    }
    *pool = (struct pool){.list = {end, end}};
}

void ck_region_begin(void) {
    pool = &pools[1];
    empty_pool();
}

void ck_region_end(void) {
    pool = &pools[1];
    empty_pool();
    pool = pools;
}

void ck_set_memory_limit(size_t bytes) { pool_limit = bytes; }

static void *gmp_new(size_t n) { return ck_grow(NULL, n); }

static void *gmp_grow(void *p, size_t had, size_t n) {
    (void)had;
    return ck_grow(p, n);
}

static void gmp_free(void *p, size_t had) {
    (void)had;
    ck_free(p);
}

/* ---- errors ---- */

static int run_protected(int (*job)(void *), void *arg) {
    int status = setjmp(pool_exit);

    return status == 0 ? job(arg) : status - 1; /* ck_stop jumps with status + 1 */
}

int ck_run(int (*job)(void *), void *arg) {
    void *(*alloc)(size_t), *(*grow)(void *, size_t, size_t);
    void (*release)(void *, size_t);
    int status;

    mp_get_memory_functions(&alloc, &grow, &release);
    mp_set_memory_functions(gmp_new, gmp_grow, gmp_free);
    empty_pool();
    pool_running = true;
    catcher = NULL;
    ck_message[0] = '\0';
    names = (ck_map){0};
    status = run_protected(job, arg);
    pool_running = false;
    ck_region_end();
    empty_pool();
    mp_set_memory_functions(alloc, grow, release);
    return status;
}

void ck_stop(int status, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(ck_message, sizeof ck_message, fmt, ap);
    va_end(ap);
    if (pool_running) longjmp(pool_exit, status + 1);
    fprintf(stderr, "aonck: %s\n", ck_message);
    exit(CK_EXIT_UNREADABLE);
}

const char *ck_try(void (*fn)(void *), void *arg) {
    jmp_buf here, *outer = catcher;

    catcher = &here;
    thrown = NULL;
    if (setjmp(here) == 0) fn(arg);
    catcher = outer;
    return thrown;
}

void ck_throw(const char *message) {
    CK_ASSERT(catcher != NULL);
    thrown = message;
    longjmp(*catcher, 1);
}

/* ---- texts ---- */

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
    struct pool *region = pool;
    void **at;

    pool = pools; /* names outlive a region */
    at = ck_at(&names, s, n);
    if (*at == NULL) *at = memcpy(ck_new(n + 1), s, n);
    pool = region;
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
    const unsigned char *u = (const unsigned char *)s;
    size_t i = 0, more;

    for (; i < n && u[i] != 0; i += 1 + more) {
        unsigned c = u[i], least;

        more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0x80;
        least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if ((c >= 0x80 && c < 0xc2) || c > 0xf4 || n - i <= more) break;
        c &= more == 0 ? 0x7fu : 0x3fu >> more;
        for (size_t k = 1; k <= more; k++)
            c = (u[i + k] & 0xc0) == 0x80 ? c << 6 | (u[i + k] & 0x3f) : 0; /* too small */
        if ((more > 0 && c < least) || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) break;
    }
    return i;
}

char *ck_read_file(const char *path, size_t limit, size_t *len) {
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *s = NULL;
    size_t n = 0, cap = 1 << 16, got = 1;
    bool bad;

    if (f == NULL) return NULL;
    while (got > 0 && n <= limit) {
        if (s == NULL || n + 1 >= cap) s = ck_grow(s, cap *= 2);
        got = fread(s + n, 1, cap - n - 1, f);
        n += got;
    }
    bad = ferror(f) != 0;
    if (f != stdin) fclose(f);
    if (bad) return NULL;
    s[n] = '\0';
    *len = n;
    return s;
}

/* ---- maps: open addressing ---- */

struct ck_slot {
    uint64_t hash;
    size_t len;
    void *key, *value;
};

static struct ck_slot *find(ck_map *m, uint64_t h, const void *key, size_t len) {
    size_t i = (size_t)h & (m->cap - 1);

    while (m->slot[i].key != NULL &&
           (m->slot[i].hash != h || m->slot[i].len != len || memcmp(m->slot[i].key, key, len) != 0))
        i = (i + 1) & (m->cap - 1);
    return &m->slot[i];
}

void **ck_at(ck_map *m, const void *key, size_t len) {
    uint64_t h = len, word;
    struct ck_slot *s;

    for (size_t i = 0; i < len; i += sizeof word) {
        word = 0;
        memcpy(&word, (const char *)key + i, len - i < sizeof word ? len - i : sizeof word);
        h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    if (2 * (m->n + 1) > m->cap) {
        ck_map old = *m;

        m->cap = old.cap == 0 ? 64 : 2 * old.cap;
        m->slot = ck_new(m->cap * sizeof *m->slot);
        for (size_t i = 0; i < old.cap; i++)
            if (old.slot[i].key != NULL)
                *find(m, old.slot[i].hash, old.slot[i].key, old.slot[i].len) = old.slot[i];
        ck_free(old.slot);
    }
    s = find(m, h, key, len);
    if (s->key == NULL) {
        m->n++;
        *s = (struct ck_slot){h, len, memcpy(ck_new(len + 1), key, len), NULL};
    }
    return &s->value;
}
