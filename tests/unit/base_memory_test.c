/* Arena, growing vectors, text buffer, and the two ways to end the process. */
#include "unit/t.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

TEST(arena_gives_aligned_zeroed_separate_memory)
{
    T_FOR (20) {
        enum { N = 300 };
        aon_arena *a = aon_arena_new();
        unsigned char *p[N];
        size_t size[N];

        for (size_t i = 0; i < N; i++) {
            size[i] = (size_t)t_below(t_below(10) == 0 ? 20000 : 40);
            p[i] = aon_arena_alloc(a, size[i]);
            T_CHECK((uintptr_t)p[i] % alignof(max_align_t) == 0);
            for (size_t k = 0; k < size[i]; k++)
                T_CHECK(p[i][k] == 0);
            memset(p[i], (int)(i % 255) + 1, size[i]);
        }
        for (size_t i = 0; i < N; i++) {
            for (size_t k = 0; k < size[i]; k++)
                T_CHECK(p[i][k] == i % 255 + 1);
        }
        aon_arena_free(a);
    }
}

TEST(arena_size_zero_is_unique)
{
    aon_arena *a = aon_arena_new();
    char *p = aon_arena_alloc(a, 0), *q = aon_arena_alloc(a, 0);
    char *r = aon_arena_calloc(a, 0, 8), *s = aon_arena_calloc(a, SIZE_MAX, 0);

    T_CHECK(p != NULL && q != NULL && r != NULL && s != NULL);
    T_CHECK(p != q && q != r && r != s);
    aon_arena_free(a);
    aon_arena_free(NULL);
}

TEST(arena_strndup_keeps_nul_bytes_and_ends_with_one)
{
    aon_arena *a = aon_arena_new();
    char *s = aon_arena_strndup(a, "ab\0cd", 5);

    T_CHECK(memcmp(s, "ab\0cd", 6) == 0);
    T_EQ_STR(aon_arena_strndup(a, NULL, 0), "");
    T_EQ_STR(aon_arena_strndup(a, "xyz", 2), "xy");
    aon_arena_free(a);
}

static void
overflow_arena(void *arg)
{
    (void)arg;
    aon_arena_calloc(aon_arena_new(), SIZE_MAX / 2, 3);
}

static void
overflow_grow(void *arg)
{
    size_t cap = 0;

    (void)arg;
    aon_grow(NULL, &cap, SIZE_MAX / 4, 8);
}

static void
fail_assertion(void *arg)
{
    AON_ASSERT(arg != NULL);
}

TEST(process_ends_with_documented_status)
{
    T_EQ_INT(t_exit_code(overflow_arena, NULL), 71);
    T_EQ_INT(t_exit_code(overflow_grow, NULL), 71);
    T_EQ_INT(t_exit_code(fail_assertion, NULL), 70);
    T_EQ_INT(t_exit_code(fail_assertion, &(int){0}), 0);
}

TEST(grow_keeps_items)
{
    size_t cap = 0;
    int *v = NULL;

    for (int i = 0; i < 1000; i++) {
        size_t before = cap;

        v = aon_grow(v, &cap, (size_t)i + 1, sizeof *v);
        T_CHECK(cap > (size_t)i);
        T_CHECK(cap == before || cap >= 2 * before);
        v[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        T_EQ_INT(v[i], i);
    v = aon_grow(v, &cap, 3, sizeof *v);
    T_CHECK(cap >= 1000);
    free(v);
}

TEST(buf_is_always_terminated)
{
    aon_buf b;

    aon_buf_init(&b);
    T_EQ_STR(b.s, "");
    for (int i = 0; i < 500; i++) {
        aon_buf_putc(&b, (char)('a' + i % 26));
        T_CHECK(b.len == (size_t)i + 1 && strlen(b.s) == b.len);
    }
    aon_buf_reset(&b);
    T_EQ_STR(b.s, "");
    aon_buf_puts(&b, "x");
    aon_buf_put(&b, "\0y", 2);
    aon_buf_put(&b, NULL, 0);
    T_EQ_INT(b.len, 3);
    T_CHECK(memcmp(b.s, "x\0y", 4) == 0);
    aon_buf_clear(&b);
}

/* Every length around the places where the memory has to grow. */
TEST(buf_printf_at_every_length)
{
    char wanted[300];

    for (int len = 0; len < 290; len++) {
        aon_buf b;

        aon_buf_init(&b);
        aon_buf_printf(&b, "<%*s>", len, "");
        aon_buf_printf(&b, "%d", len);
        snprintf(wanted, sizeof wanted, "<%*s>%d", len, "", len);
        T_EQ_STR(b.s, wanted);
        T_EQ_INT(b.len, strlen(wanted));
        aon_buf_clear(&b);
    }
}

static void
check_json(const char *s, size_t len, const char *wanted)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_put_json(&b, s, len);
    T_EQ_STR(b.s, wanted);
    aon_buf_clear(&b);
}

TEST(buf_json_escapes)
{
    check_json("", 0, "\"\"");
    check_json("a/b\"c\\d", 7, "\"a/b\\\"c\\\\d\"");
    check_json("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
    check_json("\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\"");
    check_json("\xce\x93 \xe2\x89\xa4 \xf0\x9d\x94\xb8", 11,
               "\"\xce\x93 \xe2\x89\xa4 \xf0\x9d\x94\xb8\"");
    check_json("a\xff\xc0\x80", 4, "\"a\\ufffd\\ufffd\\ufffd\"");
}
