/*
 * Marked text (marked.h), written in a format.
 */
#include "report/marked.h"

#include <string.h>

void
aon_mark_word(aon_buf *out, const char *word)
{
    aon_buf_putc(out, AON_MARK_WORD);
    aon_buf_puts(out, word);
    aon_buf_putc(out, AON_MARK_WORD_END);
}

void
aon_mark_math(aon_buf *out, const char *math)
{
    aon_buf_putc(out, AON_MARK_MATH);
    aon_buf_puts(out, math);
    aon_buf_putc(out, AON_MARK_MATH_END);
}

void
aon_put_unmarked(aon_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] == AON_MARK_WITHIN)
            aon_buf_puts(out, "<=");
        else if (s[i] < AON_MARK_WORD || s[i] > AON_MARK_MATH_END)
            aon_buf_putc(out, s[i]);
}

/* Up to the given mark, or to the end. */
static size_t
until(const char *s, size_t len, char mark)
{
    const char *p = memchr(s, mark, len);

    return p != NULL ? (size_t)(p - s) : len;
}

void
aon_put_marked(aon_buf *out, aon_markup to, const char *s, size_t len)
{
    size_t prose = 0;

    for (size_t i = 0; i <= len; i++) {
        const bool mark = i < len && (s[i] == AON_MARK_WORD || s[i] == AON_MARK_MATH);
        size_t n;

        if (i < len && !mark)
            continue;
        aon_put_text(out, to, s + prose, i - prose);
        if (i == len)
            return;
        n = until(s + i + 1, len - i - 1, (char)(s[i] + 1));
        if (s[i] == AON_MARK_MATH) {
            aon_put_math(out, to, s + i + 1, n);
        } else {
            aon_buf_puts(out, to == AON_TEX ? "\\texttt{" : "<bdi class=\"w\">");
            aon_put_text(out, to, s + i + 1, n);
            aon_buf_puts(out, to == AON_TEX ? "}" : "</bdi>");
        }
        i += n + 1;
        prose = i + 1;
        if (prose > len)
            return; /* the end of the mark is missing */
    }
}
