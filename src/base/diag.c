#include "base/diag.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_ERRORS = 20,    /* kept; further ones are counted */
    MAX_WARNINGS = 100, /* likewise, and notes on their own */
    MAX_NOTES = 32,     /* per diagnostic */
    MAX_LINE = 160,     /* bytes of a source line shown */
    MAX_MESSAGE = 1000  /* bytes of a message or hint */
};

/*
 * One printed item.  The place is looked up and the line copied when the diagnostic is
 * made: there are few of them, and no source has to outlive its text.
 */
typedef struct {
    char *name; /* NULL: no place */
    size_t line, col;
    char *excerpt, *caret; /* NULL: nothing to show */
    char *message;
} item;

typedef struct {
    aon_severity sev;
    char *slug, *hint; /* NULL: none */
    item main;
    item *notes;
    size_t n_notes, cap_notes;
} diag;

struct aon_diags {
    diag *list;
    size_t n, cap;
    size_t errors, warnings, kept_errors, kept_others;
    bool last_dropped;
};

aon_diags *
aon_diags_new(void)
{
    return aon_xcalloc(1, sizeof(aon_diags));
}

static void
item_clear(item *it)
{
    free(it->name);
    free(it->excerpt);
    free(it->caret);
    free(it->message);
}

void
aon_diags_free(aon_diags *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->n; i++) {
        diag *one = &d->list[i];

        for (size_t k = 0; k < one->n_notes; k++)
            item_clear(&one->notes[k]);
        free(one->notes);
        item_clear(&one->main);
        free(one->slug);
        free(one->hint);
    }
    free(d->list);
    free(d);
}

static char *
buf_steal(aon_buf *b)
{
    char *s = b->s;

    b->s = NULL;
    b->len = b->cap = 0;
    return s;
}

/* ---- text that is safe on a terminal ---- */

/* Controls, and the marks that reorder the text around them. */
static bool
is_hidden(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
           cp == 0xfeff;
}

/*
 * Append the character at s: as it is, or each of its bytes as \xHH.  Returns its
 * length in bytes (1 for a byte that is not UTF-8); *width is the number of columns
 * printed.
 */
static size_t
put_char(aon_buf *out, const char *s, size_t len, size_t *width)
{
    uint32_t cp = 0;
    size_t n = aon_utf8_decode(s, len, &cp);

    if (n > 0 && !is_hidden(cp)) {
        aon_buf_put(out, s, n);
        *width = 1;
        return n;
    }
    if (n == 0)
        n = 1;
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "\\x%02X", (unsigned)(unsigned char)s[i]);
    *width = 4 * n;
    return n;
}

/* Heap copy of at most MAX_MESSAGE bytes; indent != NULL keeps line ends, indented. */
static char *
printable(const char *s, const char *indent)
{
    aon_buf b;
    size_t len = strlen(s), i = 0, width;

    aon_buf_init(&b);
    while (i < len && i < MAX_MESSAGE) {
        if (s[i] == '\n' && indent != NULL) {
            aon_buf_putc(&b, '\n');
            aon_buf_puts(&b, indent);
            i++;
        } else {
            i += put_char(&b, s + i, len - i, &width);
        }
    }
    if (i < len)
        aon_buf_puts(&b, "...");
    return buf_steal(&b);
}

/* ---- places ---- */

static size_t
char_len(const char *s, size_t len)
{
    size_t n = aon_utf8_decode(s, len, NULL);

    return n > 0 ? n : 1;
}

static size_t
line_begin(const aon_source *src, size_t offset)
{
    while (offset > 0 && src->text[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Without the line end, be it LF or CR LF. */
static size_t
line_end(const aon_source *src, size_t offset)
{
    const char *nl = memchr(src->text + offset, '\n', src->len - offset);
    size_t begin = line_begin(src, offset);
    size_t end = nl != NULL ? (size_t)(nl - src->text) : src->len;

    return end > begin && src->text[end - 1] == '\r' ? end - 1 : end;
}

void
aon_source_position(const aon_source *src, size_t offset, size_t *line, size_t *col)
{
    size_t begin, at;

    if (offset > src->len)
        offset = src->len;
    begin = line_begin(src, offset);
    *line = 1;
    for (const char *p = src->text; p < src->text + begin; p++) {
        p = memchr(p, '\n', (size_t)(src->text + begin - p));
        if (p == NULL)
            break;
        ++*line;
    }
    *col = 1;
    for (at = begin; at < offset; ++*col) {
        size_t n = char_len(src->text + at, src->len - at);

        if (n > offset - at)
            break;
        at += n;
    }
}

/* The part [*from, *to) of the line [begin, end) that is shown, at character limits. */
static void
choose_window(const aon_source *src, size_t begin, size_t end, size_t caret,
              size_t *from, size_t *to)
{
    size_t least = begin, p = begin;

    if (end - begin > MAX_LINE) {
        if (caret - begin > MAX_LINE / 2)
            least = caret - MAX_LINE / 2;
        if (least > end - MAX_LINE)
            least = end - MAX_LINE;
    }
    while (p < least)
        p += char_len(src->text + p, end - p);
    *from = p;
    while (p < end) {
        size_t n = char_len(src->text + p, end - p);

        if (p + n - *from > MAX_LINE)
            break;
        p += n;
    }
    *to = p;
}

/* The line with `where` in it and the line below with the caret. */
static void
excerpt(item *it, aon_span where)
{
    const aon_source *src = where.src;
    size_t begin = line_begin(src, where.begin);
    size_t end = line_end(src, where.begin);
    size_t at = where.begin < end ? where.begin : end;
    size_t from, to, width;
    aon_buf text, caret;
    bool marked = false;

    if (begin == end)
        return;
    aon_buf_init(&text);
    aon_buf_init(&caret);
    choose_window(src, begin, end, at, &from, &to);
    if (from > begin) {
        aon_buf_puts(&text, "...");
        aon_buf_puts(&caret, "   ");
    }
    for (size_t p = from; p < to;) {
        size_t n;
        bool tab = src->text[p] == '\t';

        if (tab) {
            aon_buf_putc(&text, '\t');
            n = width = 1;
        } else {
            n = put_char(&text, src->text + p, to - p, &width);
        }
        for (; width > 0; width--) {
            if (p + n <= at)
                aon_buf_putc(&caret, tab ? '\t' : ' ');
            else if (!marked)
                aon_buf_putc(&caret, '^');
            else if (p < where.end)
                aon_buf_putc(&caret, '~');
            marked = p + n > at;
        }
        p += n;
    }
    if (to < end)
        aon_buf_puts(&text, "...");
    if (!marked)
        aon_buf_putc(&caret, '^');
    it->excerpt = buf_steal(&text);
    it->caret = buf_steal(&caret);
}

static void
item_set(item *it, aon_span where, const char *fmt, va_list args)
{
    aon_buf b;
    va_list again;
    int n;

    memset(it, 0, sizeof *it);
    aon_buf_init(&b);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    AON_ASSERT(n >= 0);
    b.s = aon_grow(b.s, &b.cap, (size_t)n + 1, 1);
    vsnprintf(b.s, (size_t)n + 1, fmt, again);
    va_end(again);
    it->message = printable(b.s, NULL);
    aon_buf_clear(&b);

    if (where.src != NULL) {
        if (where.begin > where.src->len)
            where.begin = where.src->len;
        it->name = printable(where.src->name, NULL);
        aon_source_position(where.src, where.begin, &it->line, &it->col);
        excerpt(it, where);
    }
}

/* ---- the list ---- */

aon_status
aon_diag(aon_diags *d, aon_severity sev, aon_span where, const char *slug,
         const char *hint, const char *fmt, ...)
{
    aon_status st = sev == AON_SEV_ERROR ? AON_EINPUT : AON_OK;
    va_list args;
    diag *one;

    if (d == NULL)
        return st;
    if (sev == AON_SEV_ERROR) {
        d->errors++;
        d->last_dropped = d->kept_errors == MAX_ERRORS;
        d->kept_errors += !d->last_dropped;
    } else {
        if (sev == AON_SEV_WARNING)
            d->warnings++;
        d->last_dropped = d->kept_others == MAX_WARNINGS;
        d->kept_others += !d->last_dropped;
    }
    if (d->last_dropped)
        return st;

    d->list = aon_grow(d->list, &d->cap, d->n + 1, sizeof *d->list);
    one = &d->list[d->n++];
    memset(one, 0, sizeof *one);
    one->sev = sev;
    if (slug != NULL)
        one->slug = printable(slug, NULL);
    if (hint != NULL)
        one->hint = printable(hint, "          ");
    va_start(args, fmt);
    item_set(&one->main, where, fmt, args);
    va_end(args);
    return st;
}

void
aon_diag_note(aon_diags *d, aon_span where, const char *fmt, ...)
{
    diag *one;
    va_list args;

    if (d == NULL || d->n == 0 || d->last_dropped)
        return;
    one = &d->list[d->n - 1];
    if (one->n_notes == MAX_NOTES)
        return;
    one->notes = aon_grow(one->notes, &one->cap_notes, one->n_notes + 1, sizeof(item));
    va_start(args, fmt);
    item_set(&one->notes[one->n_notes++], where, fmt, args);
    va_end(args);
}

size_t
aon_diags_errors(const aon_diags *d)
{
    return d->errors;
}

size_t
aon_diags_warnings(const aon_diags *d)
{
    return d->warnings;
}

static const diag *
nth_error(const aon_diags *d, size_t i)
{
    for (size_t k = 0; k < d->n; k++) {
        if (d->list[k].sev == AON_SEV_ERROR && i-- == 0)
            return &d->list[k];
    }
    return NULL;
}

const char *
aon_diags_slug(const aon_diags *d, size_t i)
{
    const diag *one = nth_error(d, i);

    return one != NULL ? one->slug : NULL;
}

size_t
aon_diags_line(const aon_diags *d, size_t i)
{
    const diag *one = nth_error(d, i);

    return one != NULL ? one->main.line : 0;
}

/* ---- printing ---- */

static void
put_item(aon_buf *out, const item *it, const char *word, const char *paint,
         const char *slug, bool color)
{
    const char *bold = color ? "\033[1m" : "", *off = color ? "\033[0m" : "";

    if (it->name != NULL)
        aon_buf_printf(out, "%s%s:%zu:%zu:%s ", bold, it->name, it->line, it->col, off);
    aon_buf_printf(out, "%s%s:%s %s", color ? paint : "", word, off, it->message);
    if (slug != NULL)
        aon_buf_printf(out, " [%s]", slug);
    aon_buf_putc(out, '\n');
    if (it->excerpt != NULL) {
        aon_buf_printf(out, "    %s\n", it->excerpt);
        aon_buf_printf(out, "    %s%s%s\n", color ? "\033[1;32m" : "", it->caret, off);
    }
}

static void
put_dropped(aon_buf *out, size_t n, const char *what)
{
    if (n > 0)
        aon_buf_printf(out, "%zu more %s%s not shown\n", n, what, n == 1 ? "" : "s");
}

void
aon_diags_print(const aon_diags *d, aon_buf *out, bool color)
{
    static const char *const words[] = {"error", "warning", "note"};
    static const char *const paints[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    size_t shown_warnings = 0;

    for (size_t i = 0; i < d->n; i++) {
        const diag *one = &d->list[i];

        shown_warnings += one->sev == AON_SEV_WARNING;
        put_item(out, &one->main, words[one->sev], paints[one->sev], one->slug, color);
        if (one->hint != NULL)
            aon_buf_printf(out, "    hint: %s\n", one->hint);
        for (size_t k = 0; k < one->n_notes; k++)
            put_item(out, &one->notes[k], words[AON_SEV_NOTE], paints[AON_SEV_NOTE],
                     NULL, color);
    }
    put_dropped(out, d->errors - d->kept_errors, "error");
    put_dropped(out, d->warnings - shown_warnings, "warning");
}
