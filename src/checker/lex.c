/* Tokens: language.md, section 1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "syntax.h"

enum { MAX_DIGITS = 1000, MAX_FILE = 1 << 20 };

static const char *const reserved[] = {
    "library", "report",  "statement", "def",    "cite",     "note",     "use",   "given",
    "in",      "let",     "assume",    "weaken", "show",     "expect",   "forall",
    "exists",  "and",     "or",        "not",    "sum",      "span",     "proj",  "image",
    "perp",    "dim",     "tr",        "colspace", "rowspace", "id",     "all",   "X",
    "Y",       "base",    "scalar",    "vector", "matrix",   "subspace", "model", "token",
    "context", "query",   "tokens",    "contexts"};

static const char *const signs[] = {"<->", "->", ":=", "!=", "<=", "<", ">", "=", "+",
                                    "-",   "*",  "&",  "(",  ")",  "{", "}", "[", "]",
                                    ",",   ".",  ":",  "/",  "#",  "|"};

static const char *const alias[][2] = {
    {"∀", "forall"}, {"∃", "exists"}, {"∈", "in"}, {"∧", "and"}, {"∨", "or"},
    {"¬", "not"},    {"→", "->"},     {"↔", "<->"}, {"≠", "!="}, {"≤", "<="},
    {"⊆", "<="},     {"⟨", "<"},      {"⟩", ">"},  {"·", "*"},   {"∩", "&"},
    {"−", "-"},      {"∑", "sum"},    {"≔", ":="}};

static const char *const greek[][2] = {
    {"Γ", "Gam"}, {"Λ", "Lam"}, {"β", "beta"}, {"λ", "lam"}};

static jmp_buf *catcher;
static const char *caught;

const char *
ck_try(void (*fn)(void *), void *arg)
{
    jmp_buf here, *outer = catcher;
    const char *error;

    catcher = &here;
    caught = NULL;
    if (setjmp(here) == 0)
        fn(arg);
    catcher = outer;
    error = caught;
    caught = NULL;
    return error;
}

void
ck_error(const ck_source *src, size_t at, const char *slug, const char *fmt, ...)
{
    char what[400];
    long line = 1, column = 1;
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    for (size_t i = 0; i < at && i < src->len; i++) {
        if (src->text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)src->text[i] & 0xc0) != 0x80) {
            column++;
        }
    }
    caught = ck_format("%s:%ld:%ld: error: %s [%s]\n", src->path, line, column, what, slug);
    CK_ASSERT(catcher != NULL);
    longjmp(*catcher, 1);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
starts(const char *s, const char *with)
{
    size_t n = strlen(with);

    return strncmp(s, with, n) == 0 ? n : 0;
}

/* Bytes of the letter at s, its ASCII spelling appended; 0 if there is none. */
static size_t
letter(const char *s, ck_text *out)
{
    if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')) {
        if (out != NULL)
            ck_put(out, "%c", *s);
        return 1;
    }
    for (size_t i = 0; i < sizeof greek / sizeof *greek; i++)
        if (starts(s, greek[i][0]) > 0) {
            if (out != NULL)
                ck_put(out, "%s", greek[i][1]);
            return strlen(greek[i][0]);
        }
    return 0;
}

static void
push(ck_source *src, char kind, const char *s, size_t n, size_t at)
{
    ck_tok tok = {kind, ck_intern(s, n), at};

    CK_PUSH(src->tok, src->ntok, tok);
}

static size_t
lex_name(ck_source *src, const char *s, size_t at)
{
    ck_text name = {0};
    size_t n = letter(s, &name), more;
    char kind = 'n';

    for (;;) {
        if ((more = letter(s + n, &name)) > 0) {
            n += more;
        } else if (is_digit(s[n]) || s[n] == '_') {
            ck_put(&name, "%c", s[n++]);
        } else {
            break;
        }
    }
    while (s[n] == '\'')
        ck_put(&name, "%c", s[n++]);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(name.s, reserved[i]) == 0)
            kind = 'k';
    push(src, kind, name.s, name.n, at);
    ck_free(name.s);
    return n;
}

static size_t
lex_number(ck_source *src, const char *s, size_t at)
{
    size_t n = 0, parts = 0;
    bool bad = false;

    do {
        size_t from = n += parts > 0 ? 1 : 0;

        while (is_digit(s[n]))
            n++;
        bad = bad || n - from > MAX_DIGITS || (s[from] == '0' && (n - from > 1 || parts));
        parts++;
    } while (s[n] == '/' && is_digit(s[n + 1]));
    if (bad || parts > 2 || letter(s + n, NULL) > 0 || s[n] == '_' || s[n] == '\'' ||
        (s[n] == '.' && is_digit(s[n + 1])))
        ck_error(src, at, "number", "a malformed number");
    push(src, parts == 2 ? 'r' : 'i', s, n, at);
    return n;
}

static size_t
lex_string(ck_source *src, const char *s, size_t at)
{
    size_t n = 1;

    while (s[n] != '"') {
        if ((s[n] >= 0 && s[n] < 32) || s[n] == 127)
            ck_error(src, at, "string", "an unfinished string");
        n++;
    }
    push(src, 's', s + 1, n - 1, at);
    return n + 1;
}

static size_t
lex_sign(ck_source *src, const char *s, size_t at)
{
    for (size_t i = 0; i < sizeof alias / sizeof *alias; i++)
        if (starts(s, alias[i][0]) > 0) {
            push(src, 'k', alias[i][1], strlen(alias[i][1]), at);
            return strlen(alias[i][0]);
        }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (starts(s, signs[i]) > 0) {
            push(src, 'k', signs[i], strlen(signs[i]), at);
            return strlen(signs[i]);
        }
    ck_error(src, at, "character", "a character that starts no token");
}

void
ck_lex(ck_source *src)
{
    const char *s = src->text;
    size_t i = 0;

    if (src->len > MAX_FILE)
        ck_error(src, 0, "too-large", "the file is larger than 1 MiB");
    if (!ck_utf8(s, src->len) || starts(s, "\xef\xbb\xbf") > 0)
        ck_error(src, 0, "encoding", "the file is not UTF-8 without NUL and byte order mark");
    if (memchr(s, '\r', src->len) != NULL)
        ck_error(src, (size_t)((const char *)memchr(s, '\r', src->len) - s), "crlf",
                 "a carriage return");
    while (i < src->len) {
        if (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
            i++;
        } else if (s[i] == '-' && s[i + 1] == '-') {
            while (i < src->len && s[i] != '\n')
                i++;
        } else if (letter(s + i, NULL) > 0) {
            i += lex_name(src, s + i, i);
        } else if (is_digit(s[i])) {
            i += lex_number(src, s + i, i);
        } else {
            i += s[i] == '"' ? lex_string(src, s + i, i) : lex_sign(src, s + i, i);
        }
    }
    push(src, 0, "the end of the file", 19, src->len);
}
