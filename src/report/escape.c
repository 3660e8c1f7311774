/*
 * Text for LaTeX and HTML, in which every character stands for itself.
 */
#include "base/utf8.h"
#include "report/marked.h"

#include <string.h>

/* U+00C0 to U+00FF; NULL: needs an encoding that plain LaTeX does not load. */
static const char *const latin[64] = {
    "\\`A",     "\\'A",     "\\^A",     "\\~A",
    "\\\"A",    "\\AA{}",   "\\AE{}",   "\\c{C}",
    "\\`E",     "\\'E",     "\\^E",     "\\\"E",
    "\\`I",     "\\'I",     "\\^I",     "\\\"I",
    NULL,       "\\~N",     "\\`O",     "\\'O",
    "\\^O",     "\\~O",     "\\\"O",    "\\ensuremath{\\times}",
    "\\O{}",    "\\`U",     "\\'U",     "\\^U",
    "\\\"U",    "\\'Y",     NULL,       "\\ss{}",
    "\\`a",     "\\'a",     "\\^a",     "\\~a",
    "\\\"a",    "\\aa{}",   "\\ae{}",   "\\c{c}",
    "\\`e",     "\\'e",     "\\^e",     "\\\"e",
    "\\`{\\i}", "\\'{\\i}", "\\^{\\i}", "\\\"{\\i}",
    NULL,       "\\~n",     "\\`o",     "\\'o",
    "\\^o",     "\\~o",     "\\\"o",    "\\ensuremath{\\div}",
    "\\o{}",    "\\`u",     "\\'u",     "\\^u",
    "\\\"u",    "\\'y",     NULL,       "\\\"y",
};

/* What tokenizers put for spaces and line ends, and a few letters. */
static const struct {
    uint32_t cp;
    const char *tex;
} other[] = {
    {0x00b7, "\\ensuremath{\\cdot}"},
    {0x010a, "\\.C"},
    {0x010c, "\\v{C}"},
    {0x010d, "\\v{c}"},
    {0x0120, "\\.G"},
    {0x0141, "\\L{}"},
    {0x0142, "\\l{}"},
    {0x0150, "\\H{O}"},
    {0x0151, "\\H{o}"},
    {0x0160, "\\v{S}"},
    {0x0161, "\\v{s}"},
    {0x017d, "\\v{Z}"},
    {0x017e, "\\v{z}"},
    {0x03b1, "\\ensuremath{\\alpha}"},
    {0x03b2, "\\ensuremath{\\beta}"},
    {0x03b3, "\\ensuremath{\\gamma}"},
    {0x03bb, "\\ensuremath{\\lambda}"},
    {0x0393, "\\ensuremath{\\Gamma}"},
    {0x2013, "\\textendash{}"},
    {0x2014, "\\textemdash{}"},
    {0x2026, "\\ldots{}"},
    {0x2581, "\\rule{0.5em}{0.4pt}"},
};

static const char *
tex_of(uint32_t cp)
{
    if (cp >= 0xc0 && cp <= 0xff)
        return latin[cp - 0xc0];
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (other[i].cp == cp)
            return other[i].tex;
    return NULL;
}

static const char *
tex_of_ascii(char c)
{
    switch (c) {
    case '#':
        return "\\#";
    case '$':
        return "\\$";
    case '%':
        return "\\%";
    case '&':
        return "\\&";
    case '_':
        return "\\_";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\char34{}";
    default:
        return NULL;
    }
}

static const char *
html_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Controls, invisible characters, and those that turn the direction of others. */
static bool
hidden(uint32_t cp)
{
    static const uint32_t range[][2] = {
        {0x00, 0x1f},       {0x7f, 0xa0},        {0xad, 0xad},     {0x34f, 0x34f},
        {0x61c, 0x61c},     {0x115f, 0x1160},    {0x180b, 0x180f}, {0x2000, 0x200f},
        {0x2028, 0x202f},   {0x205f, 0x206f},    {0x3000, 0x3000}, {0xd800, 0xf8ff},
        {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},    {0xfff0, 0xfffb}, {0xfffe, 0xffff},
        {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff},
    };

    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (cp >= range[i][0] && cp <= range[i][1])
            return true;
    return false;
}

void
aon_put_text(aon_buf *out, aon_markup to, const char *s, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t cp = (unsigned char)s[i];
        const size_t n = aon_utf8_decode(s + i, len - i, &cp);
        const char *as = NULL;

        if (n == 0) {
            aon_buf_printf(out, "[0x%02X]", (unsigned)(unsigned char)s[i++]);
            continue;
        }
        if (to == AON_TEX && (s[i] == '`' || (i > 0 && s[i] == s[i - 1] &&
                                              (s[i] == '-' || s[i] == '\''))))
            aon_buf_puts(out, "{}"); /* no ligature with what is before */
        if (n == 1)
            as = to == AON_TEX ? tex_of_ascii(s[i]) : html_of(s[i]);
        else if (to == AON_TEX)
            as = tex_of(cp);
        if (as != NULL)
            aon_buf_puts(out, as);
        else if ((hidden(cp) && cp != ' ') || (n > 1 && to == AON_TEX))
            aon_buf_printf(out, "[U+%04X]", (unsigned)cp);
        else
            aon_buf_put(out, s + i, n);
        i += n;
    }
}
