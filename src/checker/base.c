/* Memory, texts, maps, the way out: see ck.h. */
#include "ck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- memory ---- */

/* A stack is a list of chunks, the last one first. With chunks of 0 bytes each piece has one of its
   own, and a sanitizer sees what is wrong with it. */
#ifndef CK_CHUNK
#define CK_CHUNK (1 << 16)
#endif
enum { ALIGN = sizeof(uint64_t) }; /* what is made here needs no more */

typedef struct ck_chunk {
    struct ck_chunk *below;
    size_t size, used; /* with this head */
} chunk;

static chunk bottom[3], *stack[3] = {&bottom[CK_RUN], &bottom[CK_CASE], &bottom[CK_PROOF]};
static int now;
static size_t total, limit = (size_t)4 << 30;

/* The next bytes of the stack at hand. */
static void *take(size_t n) {
    chunk *c = stack[now];
    size_t from = (c->used + ALIGN - 1) / ALIGN * ALIGN;

    if (n >= limit || from + n > c->size) {
        size_t size = sizeof *c + (n > CK_CHUNK ? n : CK_CHUNK);

        c = n < limit && size <= limit - total ? malloc(size) : NULL;
        if (c == NULL)
            ck_stop(CK_EXIT_UNREADABLE, "out of memory: the limit is %zu MiB", limit >> 20);
        *c = (chunk){stack[now], size, 0};
        stack[now] = c;
        total += size;
        from = sizeof *c;
    }
    c->used = from + n;
    return (char *)c + from;
}

/* What GMP frees: the last piece can be used again. */
static void give_back(void *p, size_t n) {
    if ((char *)p + n == (char *)stack[now] + stack[now]->used) stack[now]->used -= n;
}

void *ck_new(size_t n) { return memset(take(n), 0, n); }

void *ck_grow(void *p, size_t had, size_t n) {
    if (had == 0) return take(n);
    give_back(p, had);
    return memmove(take(n), p, had < n ? had : n);
}

int ck_use(int which) {
    int was = now;

    now = which;
    return was;
}

ck_mark ck_begin(int which) {
    return (ck_mark){which, ck_use(which), stack[which], stack[which]->used};
}

void ck_end(ck_mark m) {
    for (chunk *c = stack[m.stack]; c != m.chunk; c = stack[m.stack]) {
        stack[m.stack] = c->below;
        total -= c->size;
        free(c);
    }
    m.chunk->used = m.used;
    now = m.outer;
}

void ck_set_memory_limit(size_t bytes) { limit = bytes; }

/* ---- the way out ---- */

static jmp_buf way_out;
static int status;
static ck_map names;
char ck_message[5000];

int ck_run(int (*job)(void *), void *arg) {
    mp_set_memory_functions(take, ck_grow, give_back);
    ck_message[0] = '\0';
    names = NULL;
    if (setjmp(way_out) == 0) status = job(arg);
    for (int i = CK_RUN; i <= CK_PROOF; i++) ck_end((ck_mark){i, CK_RUN, &bottom[i], 0});
    mp_set_memory_functions(NULL, NULL, NULL); /* malloc and free again */
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

/* ---- maps: trees with eight ways, by the bits of a hash ---- */

struct ck_slot {
    void *value;
    ck_map way[8];
    size_t len;
    char key[];
};

void **ck_at(ck_map *at, const void *key, size_t len) {
    uint64_t hash = 0;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ ((const unsigned char *)key)[i]) * UINT64_C(0x9e3779b97f4a7c15);
    for (; *at != NULL; hash <<= 3) {
        if ((*at)->len == len && memcmp((*at)->key, key, len) == 0) return &(*at)->value;
        at = &(*at)->way[hash >> 61];
    }
    int was = ck_use(now < CK_CASE ? now : CK_CASE);
    *at = ck_new(sizeof **at + len + 1);
    ck_use(was);
    (*at)->len = len;
    memcpy((*at)->key, key, len);
    return &(*at)->value;
}

/* ---- texts ---- */

const char *ck_print(const char *fmt, ...) {
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    size_t room = 1 + (size_t)vsnprintf(NULL, 0, fmt, again);
    char *s = ck_new(room);
    vsnprintf(s, room, fmt, ap);
    va_end(again);
    va_end(ap);
    return s;
}

void ck_append(ck_text *t, const char *s) {
    for (; *s != '\0'; s++) CK_PUSH(t->s, t->n, *s);
    CK_PUSH(t->s, t->n, '\0');
    t->n--;
}

const char *ck_intern(const char *s, size_t n) {
    int was = ck_use(CK_RUN);
    struct ck_slot *slot = (struct ck_slot *)ck_at(&names, s, n); /* it begins with the value */

    ck_use(was);
    return slot->key;
}

size_t ck_utf8(const char *s, size_t n) {
    /* by the number of continuation bytes */
    static const unsigned lead[] = {0, 0xc0, 0xe0, 0xf0}, least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *u = (const unsigned char *)s;
    size_t i = 0, more;

    for (; i < n && u[i] != 0; i += 1 + more) {
        more = u[i] >= 0xf0 ? 3 : u[i] >= 0xe0 ? 2 : u[i] >= 0x80;
        if (n - i <= more) return i;
        unsigned c = u[i] - lead[more]; /* too large, if it cannot be the first */
        for (size_t k = 1; k <= more; k++)
            c = (u[i + k] & 0xc0) == 0x80 ? c << 6 | (u[i + k] & 0x3f) : 0; /* too small */
        if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return i;
    }
    return i;
}

const char *ck_read_file(const char *path, size_t most, size_t *len) {
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    ck_text t = {0};

    if (f == NULL) return NULL;
    ck_mark mark = ck_begin(CK_PROOF);
    for (int c = getc_unlocked(f); c != EOF && t.n <= most; c = getc_unlocked(f))
        CK_PUSH(t.s, t.n, (char)c);
    *len = t.n;
    const char *all = ferror(f) != 0 ? NULL : ck_intern(t.n > 0 ? t.s : "", t.n);
    if (f != stdin) fclose(f);
    ck_end(mark);
    return all;
}
