/*
 * Text to instance: the lines before the values.  Errors in different lines are reported
 * together; if there is one before the values, the values are not looked at.
 */
#include "model/reader.h"

#include "base/arena.h"
#include "base/io.h"

#include <stdlib.h>
#include <string.h>

/* What a line with this first field looks like. */
static const char *
usage(aon_field key)
{
    static const struct {
        const char *key, *text;
    } lines[] = {
        {"aoni", "write: aoni 1"},
        {"tokens", "list all tokens in one line: tokens a b c"},
        {"base", "write: base W, where W is one of the tokens"},
        {"context",
         "write: context NAME TOKENS.. (before the values) or context NAME = C"},
        {"dim", "write: dim NAME NUMBER"},
        {"model", "write: model NAME DIMENSION, then lines 'f' and 'g'"},
        {"f", "write: f CONTEXT NUMBERS.."},
        {"g", "write: g TOKEN NUMBERS.."},
        {"scalar", "write: scalar NAME NUMBER"},
        {"vector", "write: vector NAME LENGTH, then one line 'row'"},
        {"matrix", "write: matrix NAME ROWS COLUMNS, then lines 'row'"},
        {"subspace", "write: subspace NAME DIMENSION, then lines 'gen'"},
        {"query", "write: query NAME TOKENS.."},
        {"token", "write: token NAME TOKEN"},
        {"tokenset", "write: tokenset NAME TOKENS.."},
        {"contextset", "write: contextset NAME CONTEXTS.."},
        {"end", "the last line is: end"},
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (aon_field_is(key, lines[i].key))
            return lines[i].text;
    }
    return NULL;
}

bool
aon_reader_need(aon_reader *r, aon_field *f, const char *what)
{
    if (aon_scan_field(&r->sc, f))
        return true;
    SCAN_ERROR(&r->sc, aon_scan_line_end(&r->sc), "syntax", usage(r->sc.key),
               "the line ends where %s should stand", what);
    return false;
}

bool
aon_reader_line_done(aon_reader *r)
{
    aon_field f;

    if (!aon_scan_field(&r->sc, &f))
        return true;
    SCAN_ERROR(&r->sc, aon_scan_at(&r->sc, f), "syntax", usage(r->sc.key),
               "'%.*s' is one field too many", SHOW(f));
    return false;
}

/* "the tokens are: a b c", heap. */
static char *
list_words(const char *what, char *const *word, size_t n)
{
    aon_buf b;
    char *s;

    aon_buf_init(&b);
    aon_buf_printf(&b, n == 0 ? "there are no %s" : "the %s are:", what);
    for (size_t i = 0; i < n; i++) {
        if (i == 10 || b.len > 200) {
            aon_buf_puts(&b, " ..");
            break;
        }
        aon_buf_printf(&b, " %.*s", SHOW(aon_field_of(word[i])));
    }
    s = aon_xmalloc(b.len + 1);
    memcpy(s, b.s, b.len + 1);
    aon_buf_clear(&b);
    return s;
}

long
aon_reader_token(aon_reader *r, aon_field f)
{
    long y = aon_instance_token(r->in, f.s, f.len);

    if (y < 0) {
        char *hint = list_words("tokens", r->in->token, r->in->ntokens);

        SCAN_ERROR(&r->sc, aon_scan_at(&r->sc, f), "unknown-name", hint,
                   "'%.*s' is not a token", SHOW(f));
        free(hint);
    }
    return y;
}

long
aon_reader_context(aon_reader *r, aon_field f)
{
    long x = aon_instance_context(r->in, f.s, f.len);

    if (x < 0) {
        char *hint = list_words("contexts", r->in->context, r->in->ncontexts);

        SCAN_ERROR(&r->sc, aon_scan_at(&r->sc, f), "unknown-name", hint,
                   "'%.*s' is not a context", SHOW(f));
        free(hint);
    }
    return x;
}

static bool
read_numbers_of(aon_reader *r, long (*number)(aon_reader *r, aon_field f))
{
    aon_field f;

    r->ntok = 0;
    while (aon_scan_field(&r->sc, &f)) {
        long i = number(r, f);

        if (i < 0)
            return false;
        r->tok = aon_grow(r->tok, &r->cap_tok, r->ntok + 1, sizeof *r->tok);
        r->tok[r->ntok++] = (uint32_t)i;
    }
    return true;
}

bool
aon_reader_tokens(aon_reader *r)
{
    return read_numbers_of(r, aon_reader_token);
}

bool
aon_reader_contexts(aon_reader *r)
{
    return read_numbers_of(r, aon_reader_context);
}

/* ---- the lines ---- */

static bool
check_word(aon_reader *r, aon_field f, const char *what)
{
    if (aon_word_valid(f.s, f.len))
        return true;
    SCAN_ERROR(&r->sc, aon_scan_at(&r->sc, f), "syntax",
               "no control characters, no '#' at the start", "'%.*s' cannot name a %s",
               SHOW(f), what);
    return false;
}

/* Is the current line the one that must stand here? */
static bool
expect_line(aon_reader *r, const char *key, const char *hint)
{
    aon_scan *sc = &r->sc;

    if (!sc->at_end && aon_field_is(sc->key, key))
        return true;
    if (sc->at_end)
        SCAN_ERROR(sc, aon_scan_here(sc), "syntax", hint,
                   "the text ends where the line '%s' should stand", key);
    else
        SCAN_ERROR(sc, aon_scan_here(sc), "syntax", hint,
                   "expected the line '%s', found '%.*s'", key, SHOW(sc->key));
    return false;
}

static bool
read_version(aon_reader *r)
{
    aon_field f;

    aon_scan_next(&r->sc);
    if (!expect_line(r, "aoni", "an instance begins with the line: aoni 1"))
        return false;
    if (!aon_reader_need(r, &f, "the version 1"))
        return false;
    if (!aon_field_is(f, "1")) {
        SCAN_ERROR(&r->sc, aon_scan_at(&r->sc, f), "syntax", "write: aoni 1",
                   "format version '%.*s' is not known", SHOW(f));
        return false;
    }
    return aon_reader_line_done(r);
}

static bool
read_token_words(aon_reader *r)
{
    aon_scan *sc = &r->sc;
    size_t before = sc->errors;
    aon_field f;

    aon_scan_next(sc);
    if (!expect_line(r, "tokens", "list all tokens in one line: tokens a b c") ||
        !aon_reader_need(r, &f, "a token"))
        return false;
    do {
        if (!check_word(r, f, "token"))
            continue;
        if (aon_field_is(f, "=")) {
            SCAN_ERROR(sc, aon_scan_at(sc, f), "syntax",
                       "write it with some escape, such as %3D",
                       "the word '=' cannot be a token");
        } else if (aon_instance_token(r->in, f.s, f.len) >= 0) {
            SCAN_ERROR(sc, aon_scan_at(sc, f), "duplicate-name", "list each token once",
                       "the token '%.*s' is listed twice", SHOW(f));
        } else if (r->in->ntokens == AON_MAX_ITEMS) {
            SCAN_ERROR(sc, aon_scan_at(sc, f), "too-large", "leave out some",
                       "more than %d tokens", AON_MAX_ITEMS);
            return false;
        } else {
            aon_instance_put_token(r->in, f.s, f.len);
        }
    } while (aon_scan_field(sc, &f));
    return sc->errors == before;
}

static bool
read_base(aon_reader *r)
{
    aon_field f;
    long y;

    aon_scan_next(&r->sc);
    if (!expect_line(r, "base",
                     "the second line after 'aoni 1' names the pivot: base a") ||
        !aon_reader_need(r, &f, "the pivot, a token"))
        return false;
    y = aon_reader_token(r, f);
    if (y < 0)
        return false;
    r->in->base = (uint32_t)y;
    return aon_reader_line_done(r);
}

/* `context N = C` is a value: no token is the word '='. */
static bool
is_context_value(const aon_reader *r)
{
    aon_scan ahead = r->sc;
    aon_field f;

    return aon_scan_field(&ahead, &f) && aon_scan_field(&ahead, &f) &&
           aon_field_is(f, "=");
}

static void
read_context(aon_reader *r)
{
    aon_scan *sc = &r->sc;
    aon_field name;
    long same;

    if (!aon_reader_need(r, &name, "the name of a context") ||
        !check_word(r, name, "context"))
        return;
    if (aon_instance_context(r->in, name.s, name.len) >= 0) {
        SCAN_ERROR(sc, aon_scan_at(sc, name), "duplicate-name",
                   "give one of them another name", "there is a context '%.*s' already",
                   SHOW(name));
        return;
    }
    if (!aon_reader_tokens(r))
        return;
    same = aon_instance_sequence(r->in, r->tok, r->ntok);
    if (same >= 0) {
        SCAN_ERROR(sc, aon_scan_at(sc, name), "duplicate-name",
                   "contexts are token sequences: write each of them once",
                   "'%.*s' is the same sequence as '%.*s'", SHOW(name),
                   SHOW(aon_field_of(r->in->context[same])));
        return;
    }
    if (r->in->ncontexts == AON_MAX_ITEMS) {
        SCAN_ERROR(sc, aon_scan_at(sc, name), "too-large", "leave out some",
                   "more than %d contexts", AON_MAX_ITEMS);
        return;
    }
    aon_instance_put_context(r->in, name.s, name.len, r->tok, r->ntok);
}

static void
read_instance(aon_reader *r)
{
    aon_scan *sc = &r->sc;

    if (!read_version(r) || !read_token_words(r) || !read_base(r))
        return;
    aon_scan_next(sc);
    while (aon_field_is(sc->key, "context") && !is_context_value(r)) {
        read_context(r);
        aon_scan_next(sc);
    }
    if (sc->errors > 0)
        return;
    while (!sc->at_end && !aon_field_is(sc->key, "end"))
        aon_reader_value(r);
    if (!expect_line(r, "end", "the last line is: end"))
        return;
    (void)aon_reader_line_done(r);
    aon_scan_next(sc);
    if (!sc->at_end)
        SCAN_ERROR(sc, aon_scan_here(sc), "syntax", "one file holds one instance",
                   "'%.*s' after the line 'end'", SHOW(sc->key));
}

aon_status
aon_instance_read(aon_instance **out, const char *name, const char *text, size_t len,
                  aon_diags *diags)
{
    aon_reader r;

    *out = NULL;
    memset(&r, 0, sizeof r);
    if (!aon_scan_start(&r.sc, name, text, len, diags))
        return AON_EINPUT;
    r.in = aon_instance_new();
    read_instance(&r);
    for (size_t i = 0; i < r.cap_entry; i++)
        fmpq_clear(&r.entry[i]);
    free(r.entry);
    free(r.tok);
    if (r.sc.errors > 0) {
        aon_instance_free(r.in);
        return AON_EINPUT;
    }
    *out = r.in;
    return AON_OK;
}

aon_status
aon_instance_read_file(aon_instance **out, const char *path, aon_diags *diags)
{
    aon_status st;
    aon_buf text;

    *out = NULL;
    aon_buf_init(&text);
    st = aon_read_file(path, &text, diags);
    if (st == AON_OK)
        st = aon_instance_read(out, path, text.s, text.len, diags);
    aon_buf_clear(&text);
    return st;
}
