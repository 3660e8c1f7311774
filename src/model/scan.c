/*
 * Lines and fields.  The whole text is checked for encoding and size first, so that the
 * grammar above never meets a NUL, a CR or half a character.
 */
#include "model/scan.h"

#include "base/io.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

#define MAX_LINE_BYTES ((size_t)64 << 20)

enum { SHOWN = 60 };

static size_t
first_byte(const char *text, size_t len, int c)
{
    const char *p = len > 0 ? memchr(text, c, len) : NULL;

    return p != NULL ? (size_t)(p - text) : len;
}

static aon_span
span(const aon_scan *sc, size_t begin, size_t end)
{
    aon_span where = {&sc->src, begin, end};

    return where;
}

/* The first thing that is no text for us, whatever it is. */
static void
check_bytes(aon_scan *sc)
{
    const char *text = sc->src.text;
    size_t len = sc->src.len;
    size_t valid = aon_utf8_valid_prefix(text, len);
    size_t nul = first_byte(text, valid, '\0');
    size_t cr = first_byte(text, nul, '\r');

    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        SCAN_ERROR(sc, span(sc, 0, 3), "encoding", "save the file without it",
                   "the text begins with a byte order mark");
    else if (cr < nul)
        SCAN_ERROR(sc, span(sc, cr, cr + 1), "crlf",
                   "end lines with LF alone, for instance: tr -d '\\r' < FILE > NEW",
                   "carriage return: lines must end in LF");
    else if (nul < valid)
        SCAN_ERROR(sc, span(sc, nul, nul + 1), "encoding", "is this a text file?",
                   "NUL byte in the text");
    else if (valid < len)
        SCAN_ERROR(sc, span(sc, valid, valid + 1), "encoding", "save the file as UTF-8",
                   "byte \\x%02X is not UTF-8 here",
                   (unsigned)(unsigned char)text[valid]);
}

static void
check_lines(aon_scan *sc)
{
    size_t pos = 0;

    while (pos < sc->src.len) {
        size_t n = first_byte(sc->src.text + pos, sc->src.len - pos, '\n');

        if (n > MAX_LINE_BYTES) {
            SCAN_ERROR(sc, span(sc, pos, pos + 1), "too-large",
                       "a line may have up to 64 MiB", "line of %zu bytes", n);
            return;
        }
        pos += n + 1;
    }
}

bool
aon_scan_start(aon_scan *sc, const char *name, const char *text, size_t len,
               aon_diags *diags)
{
    memset(sc, 0, sizeof *sc);
    sc->src.name = name;
    sc->src.text = text;
    sc->src.len = len;
    sc->diags = diags;
    if (len > AON_MAX_FILE) {
        SCAN_ERROR(sc, span(sc, 0, 1), "too-large", "a file may have up to 256 MiB",
                   "text of %zu bytes", len);
        return false;
    }
    check_lines(sc);
    if (sc->errors == 0)
        check_bytes(sc);
    return sc->errors == 0;
}

bool
aon_scan_field(aon_scan *sc, aon_field *f)
{
    const char *text = sc->src.text;
    size_t from = sc->at, to;

    while (from < sc->end && (text[from] == ' ' || text[from] == '\t'))
        from++;
    to = from;
    while (to < sc->end && text[to] != ' ' && text[to] != '\t')
        to++;
    sc->at = to;
    f->s = text + from;
    f->len = to - from;
    return to > from;
}

void
aon_scan_next(aon_scan *sc)
{
    if (sc->key.len > 0)
        sc->last = aon_scan_line_end(sc).end;
    while (sc->next < sc->src.len) {
        size_t n = first_byte(sc->src.text + sc->next, sc->src.len - sc->next, '\n');

        sc->line++;
        sc->begin = sc->at = sc->next;
        sc->end = sc->begin + n;
        sc->next = sc->end + 1;
        if (aon_scan_field(sc, &sc->key) && sc->key.s[0] != '#')
            return;
    }
    sc->at_end = true;
    sc->begin = sc->end = sc->at = sc->src.len;
    sc->key.s = sc->src.text + sc->src.len;
    sc->key.len = 0;
    for (size_t n = sc->src.len; sc->last == 0 && n > 0; n--)
        if (strchr(" \t\n", sc->src.text[n - 1]) == NULL)
            sc->last = n; /* nothing but comments */
}

aon_field
aon_field_of(const char *word)
{
    return (aon_field){word, strlen(word)};
}

bool
aon_field_is(aon_field f, const char *word)
{
    return f.len == strlen(word) && memcmp(f.s, word, f.len) == 0;
}

int
aon_field_shown(aon_field f)
{
    return (int)aon_utf8_valid_prefix(f.s, f.len > SHOWN ? SHOWN : f.len);
}

aon_span
aon_scan_at(const aon_scan *sc, aon_field f)
{
    size_t begin = (size_t)(f.s - sc->src.text);

    return span(sc, begin, begin + f.len);
}

aon_span
aon_scan_here(const aon_scan *sc)
{
    if (sc->at_end) /* where there is a line to show */
        return span(sc, sc->last, sc->last);
    return aon_scan_at(sc, sc->key);
}

aon_span
aon_scan_line_end(const aon_scan *sc)
{
    size_t end = sc->end;

    while (end > sc->begin &&
           (sc->src.text[end - 1] == ' ' || sc->src.text[end - 1] == '\t'))
        end--;
    return span(sc, end, end);
}
