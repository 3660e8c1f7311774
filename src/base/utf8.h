/*
 * UTF-8: validation and decoding, nothing else.
 */
#ifndef AON_BASE_UTF8_H
#define AON_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Length in bytes of the code point at s (1..4), 0 if it is not valid UTF-8 (overlong,
 * surrogate, above U+10FFFF, truncated).  *cp may be NULL. */
size_t aon_utf8_decode(const char *s, size_t len, uint32_t *cp);
/* Offset of the first invalid byte, or len. */
size_t aon_utf8_valid_prefix(const char *s, size_t len);

#endif
