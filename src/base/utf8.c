#include "base/utf8.h"

static int
is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

size_t
aon_utf8_decode(const char *s, size_t len, uint32_t *cp)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t c, least;
    size_t n;

    if (len == 0)
        return 0;
    if (u[0] < 0x80) {
        c = u[0];
        least = 0;
        n = 1;
    } else if ((u[0] & 0xe0) == 0xc0) {
        c = u[0] & 0x1fU;
        least = 0x80;
        n = 2;
    } else if ((u[0] & 0xf0) == 0xe0) {
        c = u[0] & 0x0fU;
        least = 0x800;
        n = 3;
    } else if ((u[0] & 0xf8) == 0xf0) {
        c = u[0] & 0x07U;
        least = 0x10000;
        n = 4;
    } else {
        return 0;
    }
    if (n > len)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (!is_tail(u[i]))
            return 0;
        c = c << 6 | (u[i] & 0x3fU);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    if (cp != NULL)
        *cp = c;
    return n;
}

size_t
aon_utf8_valid_prefix(const char *s, size_t len)
{
    size_t i = 0;

    while (i < len) {
        size_t n = aon_utf8_decode(s + i, len - i, NULL);

        if (n == 0)
            break;
        i += n;
    }
    return i;
}
