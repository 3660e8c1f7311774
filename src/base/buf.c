#include "base/buf.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
aon_buf_init(aon_buf *b)
{
    b->cap = 32;
    b->s = aon_xmalloc(b->cap);
    b->s[0] = '\0';
    b->len = 0;
}

void
aon_buf_clear(aon_buf *b)
{
    free(b->s);
    b->s = NULL;
    b->len = 0;
    b->cap = 0;
}

void
aon_buf_reset(aon_buf *b)
{
    b->len = 0;
    b->s[0] = '\0';
}

/* Room for `more` bytes and the closing NUL. */
static void
reserve(aon_buf *b, size_t more)
{
    if (more > SIZE_MAX - 1 - b->len)
        aon_out_of_memory();
    b->s = aon_grow(b->s, &b->cap, b->len + more + 1, 1);
}

void
aon_buf_put(aon_buf *b, const char *s, size_t len)
{
    if (len == 0)
        return;
    reserve(b, len);
    memcpy(b->s + b->len, s, len);
    b->len += len;
    b->s[b->len] = '\0';
}

void
aon_buf_putc(aon_buf *b, char c)
{
    aon_buf_put(b, &c, 1);
}

void
aon_buf_puts(aon_buf *b, const char *s)
{
    aon_buf_put(b, s, strlen(s));
}

void
aon_buf_printf(aon_buf *b, const char *fmt, ...)
{
    va_list args, again;
    int n;

    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(b->s + b->len, b->cap - b->len, fmt, args);
    AON_ASSERT(n >= 0);
    if ((size_t)n >= b->cap - b->len) {
        reserve(b, (size_t)n);
        n = vsnprintf(b->s + b->len, b->cap - b->len, fmt, again);
        AON_ASSERT(n >= 0);
    }
    b->len += (size_t)n;
    va_end(again);
    va_end(args);
}

static void
put_json_ascii(aon_buf *b, unsigned char c)
{
    static const char short_from[] = "\"\\\b\f\n\r\t";
    static const char short_to[] = "\"\\bfnrt";
    const char *p = c != 0 ? strchr(short_from, c) : NULL;

    if (p != NULL) {
        aon_buf_putc(b, '\\');
        aon_buf_putc(b, short_to[p - short_from]);
    } else if (c < 0x20 || c == 0x7f) {
        aon_buf_printf(b, "\\u%04x", (unsigned)c);
    } else {
        aon_buf_putc(b, (char)c);
    }
}

void
aon_buf_put_json(aon_buf *b, const char *s, size_t len)
{
    aon_buf_putc(b, '"');
    for (size_t i = 0; i < len;) {
        size_t n = aon_utf8_decode(s + i, len - i, NULL);

        if (n == 1) {
            put_json_ascii(b, (unsigned char)s[i]);
        } else if (n == 0) {
            /* Callers check; a file name may still slip through.  Stay valid JSON. */
            aon_buf_puts(b, "\\ufffd");
            n = 1;
        } else {
            aon_buf_put(b, s + i, n);
        }
        i += n;
    }
    aon_buf_putc(b, '"');
}
