/*
 * What to write instead of text that is no token.
 */
#ifndef AON_LANG_LEX_HINT_H
#define AON_LANG_LEX_HINT_H

#include "base/buf.h"

#include <stdint.h>

/* For a character that starts no token; next is the byte after it. */
void aon_hint_character(aon_buf *out, uint32_t cp, char next);
/* For the malformed number s: a leading 0, a zero denominator, digits, `.`, `/`, `3x`. */
void aon_hint_number(aon_buf *out, const char *s, size_t len);
/* For the byte at s[at], which is NUL or no UTF-8. */
void aon_hint_encoding(aon_buf *out, const char *s, size_t len, size_t at);

#endif
