/*
 * The checker's ground: memory, texts, maps, the way out.  One check is one ck_run.
 *
 * All memory, GMP's too, is in one list that ck_run frees at its end, however it ends.  So an
 * error, a refusal or an exhausted limit leaves by longjmp and nothing is lost.
 */
#ifndef CK_H
#define CK_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { CK_EXIT_ACCEPTED, CK_EXIT_REFUSED, CK_EXIT_UNREADABLE };

#define CK_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CK_COUNT(array) ((long)(sizeof(array) / sizeof *(array)))

void *ck_new(size_t bytes); /* zeroed */
void *ck_grow(void *p, size_t bytes);
void ck_free(void *p);
void ck_set_memory_limit(size_t bytes);
/* What is allocated in between is gone at the end, interned texts excepted; not nested. */
void ck_region_begin(void);
void ck_region_end(void);

/* Behind the last item of a list with count n; to NULL, an empty one, C may not add even 0. */
#define CK_END(list, n) ((n) == 0 ? (list) : (list) + (n))

/* Append item to a list with count n; capacities are powers of two. */
#define CK_PUSH(list, n, item)                                                                     \
    do {                                                                                           \
        if (((n) & ((n)-1)) == 0)                                                                  \
            (list) = ck_grow((list), ((n) == 0 ? 1 : 2 * (size_t)(n)) * sizeof *(list));           \
        (list)[(n)++] = (item);                                                                    \
    } while (0)

/* Runs job(arg); the result is its value, or the status of the ck_stop that ended it. */
int ck_run(int (*job)(void *), void *arg);
extern char ck_message[5000]; /* of the ck_stop, one line */
_Noreturn void ck_stop(int status, const char *fmt, ...) CK_PRINTF(2, 3);
#define CK_ASSERT(cond)                                                                            \
    do {                                                                                           \
        if (!(cond)) ck_stop(CK_EXIT_UNREADABLE, "internal error: %s", #cond);                     \
    } while (0)

typedef struct {
    char *s;
    size_t n;
} ck_text;
void ck_put(ck_text *t, const char *fmt, ...) CK_PRINTF(2, 3);
/* Equal interned texts are equal pointers. */
const char *ck_intern(const char *s, size_t n);
const char *ck_internf(const char *fmt, ...) CK_PRINTF(1, 2);
/* Bytes before the first NUL or the first that is not UTF-8; n: there is none. */
size_t ck_utf8(const char *s, size_t n);
/* The whole file ("-": stdin) with a NUL behind; NULL if it cannot be read. */
char *ck_read_file(const char *path, size_t limit, size_t *len);

typedef struct {
    struct ck_slot *root;
} ck_map;
/* The place of a value under these bytes; a new one holds NULL. */
void **ck_at(ck_map *m, const void *key, size_t len);

#endif
