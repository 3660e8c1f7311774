/*
 * The checker's ground: memory, texts, maps, the way out.  One check is one ck_run.
 *
 * Memory is in three stacks: of the run, of a case (one instance), of a proof. What is made goes to
 * one of them and is gone when that is cut back, so nothing is freed, and numbers are not cleared.
 * An error, a refusal or an exhausted limit leaves by longjmp, and ck_run empties all three.
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
void *ck_grow(void *p, size_t had, size_t bytes);
void ck_set_memory_limit(size_t bytes);

enum { CK_RUN, CK_CASE, CK_PROOF };
typedef struct {
    int stack, outer;
    struct ck_chunk *chunk;
    size_t used;
} ck_mark;
/* In between, what is made is in that stack; at the end it is gone. */
ck_mark ck_begin(int stack);
void ck_end(ck_mark mark);
/* What is made from now on is in that stack; which was it before? */
int ck_use(int stack);

/* Behind the last item of a list with count n; to NULL, an empty one, C may not add even 0. */
#define CK_END(list, n) ((n) == 0 ? (list) : (list) + (n))

/* Append item to a list with count n; capacities are powers of two. */
#define CK_PUSH(list, n, item)                                                                     \
    do {                                                                                           \
        size_t ck_had = (size_t)(n) * sizeof *(list);                                              \
                                                                                                   \
        if (((n) & ((n)-1)) == 0)                                                                  \
            (list) = ck_grow((list), ck_had, (n) == 0 ? sizeof *(list) : 2 * ck_had);              \
        (list)[(n)++] = (item);                                                                    \
    } while (0)

/* Runs job(arg); the result is its value, or the status of the ck_stop that ended it. */
int ck_run(int (*job)(void *), void *arg);
extern char ck_message[5000]; /* of the ck_stop, one line */
_Noreturn void ck_stop(int status, const char *fmt, ...) CK_PRINTF(2, 3);
#define CK_ASSERT(cond)                                                                            \
    ((cond) ? (void)0 : ck_stop(CK_EXIT_UNREADABLE, "internal error: %s", #cond))

const char *ck_print(const char *fmt, ...) CK_PRINTF(1, 2);

/* A text that grows. */
typedef struct {
    char *s;
    size_t n;
} ck_text;
void ck_append(ck_text *t, const char *s);
#define ck_put(t, ...) ck_append((t), ck_print(__VA_ARGS__))

/* Equal interned texts are equal pointers; they are in the stack of the run. */
const char *ck_intern(const char *s, size_t n);
static inline const char *ck_word(const char *s) { return ck_intern(s, strlen(s)); }
#define ck_internf(...) ck_word(ck_print(__VA_ARGS__))

/* Bytes before the first NUL or the first that is not UTF-8; n: there is none. */
size_t ck_utf8(const char *s, size_t n);
/* The whole file ("-": stdin) with a NUL behind; NULL if it cannot be read. */
const char *ck_read_file(const char *path, size_t limit, size_t *len);

typedef struct ck_slot *ck_map;
/* The place of a value under these bytes; a new one holds NULL. A map is never in a proof. */
void **ck_at(ck_map *m, const void *key, size_t len);

#endif
