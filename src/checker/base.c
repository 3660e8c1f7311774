/* Memory, texts, maps, refusals: see ck.h. */
#include "ck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct block {
    struct block *prev, *next;
    size_t size, pad; /* the header keeps 16-byte alignment */
} block;

static block pool = {&pool, &pool, 0, 0};
static size_t pool_used, pool_limit = (size_t)4 << 30;
static jmp_buf pool_exit;
static bool pool_running;
static ck_map names;
char ck_message[2000];
ck_reader *ck_reading;

static _Noreturn void
out_of_memory(void)
{
    ck_stop(CK_EXIT_UNREADABLE, "out of memory: more than %zu MiB would be needed",
            pool_limit >> 20);
}

static void *
pool_resize(void *old, size_t n)
{
    block *b = old != NULL ? (block *)old - 1 : NULL, *fresh;
    size_t had = b != NULL ? b->size : 0;

    if (n > pool_limit || pool_used - had > pool_limit - n)
        out_of_memory();
    fresh = realloc(b, sizeof *fresh + n);
    if (fresh == NULL)
        out_of_memory();
    if (b == NULL) {
        fresh->prev = &pool;
        fresh->next = pool.next;
    }
    fresh->prev->next = fresh->next->prev = fresh;
    fresh->size = n;
    pool_used += n - had;
    return fresh + 1;
}

void *
ck_grow(void *p, size_t n)
{
    return pool_resize(p, n);
}

void *
ck_new(size_t n)
{
    return memset(pool_resize(NULL, n), 0, n);
}

void
ck_free(void *p)
{
    block *b;

    if (p == NULL)
        return;
    b = (block *)p - 1;
    b->prev->next = b->next;
    b->next->prev = b->prev;
    pool_used -= b->size;
    free(b);
}

void
ck_set_memory_limit(size_t bytes)
{
    pool_limit = bytes;
}

static void *
gmp_new(size_t n)
{
    return pool_resize(NULL, n);
}

static void *
gmp_grow(void *p, size_t had, size_t n)
{
    (void)had;
    return pool_resize(p, n);
}

static void
gmp_free(void *p, size_t had)
{
    (void)had;
    ck_free(p);
}

static int
run_protected(int (*job)(void *), void *arg)
{
    int status = setjmp(pool_exit);

    /* ck_stop jumps with status + 1 */
    return status == 0 ? job(arg) : status - 1;
}

int
ck_run(int (*job)(void *), void *arg)
{
    void *(*alloc)(size_t), *(*grow)(void *, size_t, size_t);
    void (*release)(void *, size_t);
    int status;

    mp_get_memory_functions(&alloc, &grow, &release);
    mp_set_memory_functions(gmp_new, gmp_grow, gmp_free);
    pool_running = true;
    ck_message[0] = '\0';
    ck_reading = NULL;
    names = (ck_map){0};
    status = run_protected(job, arg);
    pool_running = false;
    while (pool.next != &pool)
        ck_free(pool.next + 1);
    mp_set_memory_functions(alloc, grow, release);
    return status;
}

void
ck_stop(int status, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(ck_message, sizeof ck_message, fmt, ap);
    va_end(ap);
    if (pool_running)
        longjmp(pool_exit, status + 1);
    fprintf(stderr, "aonck: %s\n", ck_message);
    exit(CK_EXIT_UNREADABLE);
}

/* What was found is the line itself, shortened, anything odd replaced. */
void
ck_refuse(const char *name, const char *required, ...)
{
    char found[81], wanted[400];
    size_t n = 0;
    va_list ap;
    long line = ck_reading != NULL ? ck_reading->number : 0;

    if (ck_reading != NULL && ck_reading->line != NULL)
        for (const char *s = ck_reading->line; s < ck_reading->line_end && n < 77; s++)
            found[n++] = *s > 31 && *s < 127 ? *s : '?';
    if (n == 77)
        while (n < 80)
            found[n++] = '.';
    found[n] = '\0';
    va_start(ap, required);
    vsnprintf(wanted, sizeof wanted, required, ap);
    va_end(ap);
    ck_stop(CK_EXIT_REFUSED, "refused: line %ld: [%s] found \"%s\" required %s", line,
            name, found, wanted);
}

/* ---- texts ---- */

static void
put_va(ck_text *t, const char *fmt, va_list ap)
{
    va_list again;
    int n;
    size_t cap;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    CK_ASSERT(n >= 0);
    for (cap = 64; cap <= t->n + (size_t)n; cap *= 2)
        ;
    t->s = ck_grow(t->s, cap);
    vsnprintf(t->s + t->n, (size_t)n + 1, fmt, ap);
    t->n += (size_t)n;
}

void
ck_put(ck_text *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    put_va(t, fmt, ap);
    va_end(ap);
}

const char *
ck_format(const char *fmt, ...)
{
    ck_text t = {0};
    va_list ap;

    va_start(ap, fmt);
    put_va(&t, fmt, ap);
    va_end(ap);
    return t.s;
}

const char *
ck_intern(const char *s, size_t n)
{
    void **at = ck_at(&names, s, n);

    if (*at == NULL) {
        char *copy = ck_new(n + 1);

        memcpy(copy, s, n);
        *at = copy;
    }
    return *at;
}

const char *
ck_internf(const char *fmt, ...)
{
    ck_text t = {0};
    va_list ap;
    const char *name;

    va_start(ap, fmt);
    put_va(&t, fmt, ap);
    va_end(ap);
    name = ck_intern(t.s, t.n);
    ck_free(t.s);
    return name;
}

bool
ck_utf8(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;

    for (size_t i = 0; i < n;) {
        unsigned c = u[i++], more, least;

        if (c == 0)
            return false;
        if (c < 0x80)
            continue;
        more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
        least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if (c < 0xc2 || c > 0xf4 || n - i < more)
            return false;
        for (c &= 0x3fu >> more; more > 0; more--, i++) {
            if ((u[i] & 0xc0) != 0x80)
                return false;
            c = c << 6 | (u[i] & 0x3f);
        }
        if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
            return false;
    }
    return true;
}

char *
ck_read_file(const char *path, size_t limit, size_t *len)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *s = NULL;
    size_t n = 0, cap = 1 << 16, got = 1;
    bool bad;

    if (f == NULL)
        return NULL;
    while (got > 0 && n <= limit) {
        if (s == NULL || n + 1 >= cap)
            s = ck_grow(s, cap *= 2);
        got = fread(s + n, 1, cap - n - 1, f);
        n += got;
    }
    bad = ferror(f) != 0;
    if (f != stdin)
        fclose(f);
    if (bad)
        return NULL;
    s[n] = '\0';
    *len = n;
    return s;
}

/* ---- maps: open addressing, FNV-1a ---- */

struct ck_slot {
    uint64_t hash;
    size_t len;
    void *key, *value;
};

static struct ck_slot *
map_find(ck_map *m, uint64_t h, const void *key, size_t len)
{
    size_t i = (size_t)h & (m->cap - 1);

    while (m->slot[i].key != NULL &&
           (m->slot[i].hash != h || m->slot[i].len != len ||
            memcmp(m->slot[i].key, key, len) != 0))
        i = (i + 1) & (m->cap - 1);
    return &m->slot[i];
}

void **
ck_at(ck_map *m, const void *key, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    struct ck_slot *s;

    for (size_t i = 0; i < len; i++)
        h = (h ^ ((const unsigned char *)key)[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 29;
    if (2 * (m->n + 1) > m->cap) {
        ck_map old = *m;

        m->cap = old.cap == 0 ? 64 : 2 * old.cap;
        m->slot = ck_new(m->cap * sizeof *m->slot);
        for (size_t i = 0; i < old.cap; i++)
            if (old.slot[i].key != NULL)
                *map_find(m, old.slot[i].hash, old.slot[i].key, old.slot[i].len) =
                    old.slot[i];
        ck_free(old.slot);
    }
    s = map_find(m, h, key, len);
    if (s->key == NULL) {
        m->n++;
        s->hash = h;
        s->len = len;
        s->key = memcpy(ck_new(len + 1), key, len);
    }
    return &s->value;
}
