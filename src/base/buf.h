/*
 * Growable text buffer.  Always NUL-terminated; may also hold NUL bytes.
 */
#ifndef AON_BASE_BUF_H
#define AON_BASE_BUF_H

#include "base/status.h"

#include <stddef.h>

typedef struct {
    char *s; /* never NULL after init */
    size_t len, cap;
} aon_buf;

void aon_buf_init(aon_buf *b);
void aon_buf_clear(aon_buf *b);
void aon_buf_reset(aon_buf *b); /* length 0, keeps the memory */
void aon_buf_putc(aon_buf *b, char c);
void aon_buf_puts(aon_buf *b, const char *s);
void aon_buf_put(aon_buf *b, const char *s, size_t len);
void aon_buf_printf(aon_buf *b, const char *fmt, ...) AON_PRINTF(2, 3);
/* JSON string with quotes and escapes; invalid UTF-8 never reaches here. */
void aon_buf_put_json(aon_buf *b, const char *s, size_t len);

#endif
