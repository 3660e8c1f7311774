#include "unit/t.h"

#include "base/utf8.h"

/* The textbook encoder; surrogates too, to make wrong input. */
static size_t
encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

TEST(every_code_point_decodes_to_itself)
{
    unsigned long wrong = 0;

    for (uint32_t cp = 0; cp <= 0x110010; cp++) {
        char s[4];
        size_t n = encode(cp, s);
        uint32_t got = 0xdead;
        size_t m = aon_utf8_decode(s, n, &got);

        if ((cp >= 0xd800 && cp <= 0xdfff) || cp > 0x10ffff)
            wrong += m != 0 || got != 0xdead;
        else
            wrong += m != n || got != cp;
        wrong += n > 1 && aon_utf8_decode(s, n - 1, NULL) != 0;
    }
    T_EQ_INT(wrong, 0);
}

TEST(malformed_sequences_are_refused)
{
    static const char *const bad[] = {
        "\x80", /* a tail alone */
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf", /* overlong */
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80", /* surrogates */
        "\xed\xbf\xbf",
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xfe",
        "\xc3(",
        "\xe2\x82(",
        "\xe2(\xa1",
        "\xf0\x9f\x98(",
        "\xc3",
        "\xe2\x82",
        "\xf0\x9f\x98",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        T_EQ_INT(aon_utf8_decode(bad[i], strlen(bad[i]), NULL), 0);
        T_EQ_INT(aon_utf8_valid_prefix(bad[i], strlen(bad[i])), 0);
    }
    T_EQ_INT(aon_utf8_decode("", 0, NULL), 0);
}

TEST(valid_prefix_stops_at_the_first_wrong_byte)
{
    const char text[] = "a\xce\x93\xe2\x89\xa4\xf0\x9d\x94\xb8z";

    T_EQ_INT(aon_utf8_valid_prefix(text, sizeof text - 1), sizeof text - 1);
    T_EQ_INT(aon_utf8_valid_prefix(text, 2), 1);
    T_EQ_INT(aon_utf8_valid_prefix(text, 5), 3);
    T_EQ_INT(aon_utf8_valid_prefix(text, 9), 6);
    T_EQ_INT(aon_utf8_valid_prefix("ab\0c\xff", 5), 4);
    T_EQ_INT(aon_utf8_valid_prefix("", 0), 0);
}
