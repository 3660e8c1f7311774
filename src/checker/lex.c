/* Tokens: language.md, section 1. */
#include <stdarg.h>
#include <stdio.h>

#include "syntax.h"

enum { MAX_DIGITS = 1000, MAX_FILE = 1 << 20 };

static const char reserved[] =
    " library report statement def cite note use given in let assume weaken show expect"
    " forall exists and or not sum span proj image perp dim tr colspace rowspace id all X Y"
    " base scalar vector matrix subspace model token context query tokens contexts ";

/* What is written and what it means; the longest first. */
static const char *const signs[][2] = {
    {"<->", "<->"},  {"->", "->"},    {":=", ":="}, {"!=", "!="}, {"<=", "<="}, {"<", "<"},
    {">", ">"},      {"=", "="},      {"+", "+"},   {"-", "-"},   {"*", "*"},   {"&", "&"},
    {"(", "("},      {")", ")"},      {"{", "{"},   {"}", "}"},   {"[", "["},   {"]", "]"},
    {",", ","},      {".", "."},      {":", ":"},   {"/", "/"},   {"#", "#"},   {"|", "|"},
    {"∀", "forall"}, {"∃", "exists"}, {"∈", "in"},  {"∧", "and"}, {"∨", "or"},  {"¬", "not"},
    {"→", "->"},     {"↔", "<->"},    {"≠", "!="},  {"≤", "<="},  {"⊆", "<="},  {"⟨", "<"},
    {"⟩", ">"},      {"·", "*"},      {"∩", "&"},   {"−", "-"},   {"∑", "sum"}, {"≔", ":="}};

static const char *const greek[][2] = {{"Γ", "Gam"}, {"Λ", "Lam"}, {"β", "beta"}, {"λ", "lam"}};

void ck_error(const ck_source *src, size_t at, const char *slug, const char *fmt, ...) {
    ck_text t = {0};
    char what[400];
    long line = 1, column = 1;
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    for (size_t i = 0; i < at; i++) {
        column = src->text[i] == '\n' ? 1 : column + ((src->text[i] & 0xc0) != 0x80);
        line += src->text[i] == '\n';
    }
    ck_put(&t, "%s:%ld:%ld: error: %s [%s]\n", src->path, line, column, what, slug);
    ck_throw(t.s);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t starts(const char *s, const char *with) {
    size_t n = strlen(with);

    return strncmp(s, with, n) == 0 ? n : 0;
}

/* Bytes of the letter at s, its ASCII spelling appended; 0 if there is none. */
static size_t letter(const char *s, ck_text *out) {
    size_t n = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');

    if (n > 0) ck_put(out, "%c", *s);
    for (long i = 0; i < CK_COUNT(greek) && n == 0; i++)
        if ((n = starts(s, greek[i][0])) > 0) ck_put(out, "%s", greek[i][1]);
    return n;
}

static void push(ck_source *src, char kind, const char *s, size_t n, size_t at) {
    ck_tok tok = {kind, ck_intern(s, n), at};

    CK_PUSH(src->tok, src->ntok, tok);
}

/* Bytes of the name at s; 0 if there is none. */
static size_t lex_name(ck_source *src, const char *s, size_t at) {
    ck_text name = {0};
    size_t n = 0, more;

    while ((more = letter(s + n, &name)) > 0 || (n > 0 && (is_digit(s[n]) || s[n] == '_'))) {
        if (more == 0) ck_put(&name, "%c", s[n]);
        n += more > 0 ? more : 1;
    }
    for (; n > 0 && s[n] == '\''; n++) ck_put(&name, "'");
    if (n > 0)
        push(src, strstr(reserved, ck_internf(" %s ", name.s)) != NULL ? 'k' : 'n', name.s, name.n,
             at);
    ck_free(name.s);
    return n;
}

static size_t lex_number(ck_source *src, const char *s, size_t at) {
    size_t n = 0, parts = 0;
    bool bad = false;
    ck_text unused = {0};

    do {
        size_t from = n += parts > 0;

        while (is_digit(s[n])) n++;
        bad = bad || n - from > MAX_DIGITS || (s[from] == '0' && (n - from > 1 || parts > 0));
        parts++;
    } while (s[n] == '/' && is_digit(s[n + 1]));
    if (bad || parts > 2 || letter(s + n, &unused) > 0 || s[n] == '_' || s[n] == '\'' ||
        (s[n] == '.' && is_digit(s[n + 1])))
        ck_error(src, at, "number", "a malformed number");
    push(src, parts == 2 ? 'r' : 'i', s, n, at);
    return n;
}

static size_t lex_string(ck_source *src, const char *s, size_t at) {
    size_t n = 1;

    for (; s[n] != '"'; n++)
        if ((s[n] >= 0 && s[n] < 32) || s[n] == 127)
            ck_error(src, at, "string", "an unfinished string");
    push(src, 's', s + 1, n - 1, at);
    return n + 1;
}

static size_t lex_sign(ck_source *src, const char *s, size_t at) {
    for (long i = 0; i < CK_COUNT(signs); i++)
        if (starts(s, signs[i][0]) > 0) {
            push(src, 'k', signs[i][1], strlen(signs[i][1]), at);
            return strlen(signs[i][0]);
        }
    ck_error(src, at, "character", "a character that starts no token");
}

void ck_lex(void *source) {
    ck_source *src = source;
    const char *s = src->text, *cr = memchr(s, '\r', src->len);
    size_t i = 0, n;

    if (src->len > MAX_FILE) ck_error(src, 0, "too-large", "the file is larger than 1 MiB");
    if (starts(s, "\xef\xbb\xbf") > 0) ck_error(src, 0, "encoding", "a byte order mark");
    if ((n = ck_utf8(s, src->len)) < src->len)
        ck_error(src, n, "encoding", "a byte that is NUL or no UTF-8");
    if (cr != NULL) ck_error(src, (size_t)(cr - s), "crlf", "a carriage return");
    while (i < src->len) {
        if (s[i] == ' ' || s[i] == '\n' || s[i] == '\t')
            i++;
        else if (starts(s + i, "--") > 0)
            i += strcspn(s + i, "\n");
        else if ((n = lex_name(src, s + i, i)) > 0)
            i += n;
        else
            i += is_digit(s[i]) ? lex_number(src, s + i, i)
                 : s[i] == '"'  ? lex_string(src, s + i, i)
                                : lex_sign(src, s + i, i);
    }
    push(src, 0, "the end of the file", 19, src->len);
}
