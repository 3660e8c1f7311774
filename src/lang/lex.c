#include "lang/lex.h"

#include "base/utf8.h"
#include "lang/lex_hint.h"
#include "lang/rat_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const spelling[TOK_NAME] = {
    "library",
    "report",
    "statement",
    "def",
    "cite",
    "note",
    "use",
    "given",
    "in",
    "let",
    "assume",
    "weaken",
    "show",
    "expect",
    "forall",
    "exists",
    "and",
    "or",
    "not",
    "sum",
    "span",
    "proj",
    "image",
    "perp",
    "dim",
    "tr",
    "colspace",
    "rowspace",
    "id",
    "all",
    "X",
    "Y",
    "base",
    "scalar",
    "vector",
    "matrix",
    "subspace",
    "model",
    "token",
    "context",
    "query",
    "tokens",
    "contexts",
    /* longest first */
    "<->",
    "->",
    ":=",
    "!=",
    "<=",
    "<",
    ">",
    "=",
    "+",
    "-",
    "*",
    "&",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ".",
    ":",
    "/",
    "#",
    "|",
};

/* Unicode spellings of tokens, and of letters inside names. */
static const struct {
    uint32_t cp;
    aon_tok_kind kind;
    const char *letters; /* kind TOK_NAME */
} alias[] = {
    {0x2200, TOK_FORALL, NULL}, {0x2203, TOK_EXISTS, NULL}, {0x2208, TOK_IN, NULL},
    {0x2227, TOK_AND, NULL},    {0x2228, TOK_OR, NULL},     {0x00AC, TOK_NOT, NULL},
    {0x2192, TOK_ARROW, NULL},  {0x2194, TOK_IFF, NULL},    {0x2260, TOK_NE, NULL},
    {0x2264, TOK_LE, NULL},     {0x2286, TOK_LE, NULL},     {0x27E8, TOK_LT, NULL},
    {0x27E9, TOK_GT, NULL},     {0x00B7, TOK_STAR, NULL},   {0x2229, TOK_AMP, NULL},
    {0x2212, TOK_MINUS, NULL},  {0x2211, TOK_SUM, NULL},    {0x2254, TOK_ASSIGN, NULL},
    {0x0393, TOK_NAME, "Gam"},  {0x039B, TOK_NAME, "Lam"},  {0x03B2, TOK_NAME, "beta"},
    {0x03BB, TOK_NAME, "lam"},
};

typedef struct {
    const aon_source *src;
    const char *s;
    size_t len, at;
    aon_names *names;
    aon_diags *diags;
    aon_token *tok;
    size_t ntok, cap;
    aon_comment *comment;
    size_t ncomments, comment_cap;
    bool failed;
} lexer;

const char *
aon_tok_text(aon_tok_kind kind)
{
    return kind < TOK_NAME ? spelling[kind] : NULL;
}

static int
alias_of(uint32_t cp)
{
    for (size_t i = 0; i < sizeof alias / sizeof alias[0]; i++)
        if (alias[i].cp == cp)
            return (int)i;
    return -1;
}

const char *
aon_tok_alias(uint32_t cp, bool *letters)
{
    const int i = alias_of(cp);

    if (i < 0)
        return NULL;
    *letters = alias[i].kind == TOK_NAME;
    return *letters ? alias[i].letters : spelling[alias[i].kind];
}

static aon_span
span_of(const lexer *x, size_t begin, size_t end)
{
    return (aon_span){x->src, begin, end};
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The alias at a byte offset, -1 if none; *len is its length in bytes. */
static int
alias_at(const lexer *x, size_t at, size_t *len)
{
    uint32_t cp = 0;

    if (at >= x->len || (unsigned char)x->s[at] < 0x80)
        return -1;
    *len = aon_utf8_decode(x->s + at, x->len - at, &cp);
    return alias_of(cp);
}

static const char *
greek_at(const lexer *x, size_t at, size_t *len)
{
    int i = alias_at(x, at, len);

    return i >= 0 ? alias[i].letters : NULL;
}

static void
push(lexer *x, aon_tok_kind kind, size_t begin, const aon_sym *sym)
{
    x->tok = aon_grow(x->tok, &x->cap, x->ntok + 1, sizeof *x->tok);
    x->tok[x->ntok++] = (aon_token){kind, (uint32_t)begin, (uint32_t)x->at, sym};
}

static void
lex_name(lexer *x)
{
    size_t begin = x->at, n;
    const char *greek;
    const aon_sym *sym;
    aon_buf text;

    aon_buf_init(&text);
    for (;;) {
        char c = x->s[x->at];

        if (is_letter(c) || (x->at > begin && (is_digit(c) || c == '_'))) {
            aon_buf_putc(&text, c);
            x->at++;
        } else if ((greek = greek_at(x, x->at, &n)) != NULL) {
            aon_buf_puts(&text, greek);
            x->at += n;
        } else {
            break;
        }
    }
    for (; x->s[x->at] == '\''; x->at++)
        aon_buf_putc(&text, '\'');
    for (int k = 0; k < TOK_WORDS; k++)
        if (strcmp(spelling[k], text.s) == 0) {
            push(x, (aon_tok_kind)k, begin, NULL);
            goto done;
        }
    sym = aon_names_intern(x->names, text.s, text.len);
    push(x, TOK_NAME, begin, sym);
done:
    aon_buf_clear(&text);
}

/* Digits from x->at; what is wrong with them, or NULL. */
static const char *
lex_digits(lexer *x)
{
    size_t begin = x->at;

    while (is_digit(x->s[x->at]))
        x->at++;
    if (x->at - begin > AON_RAT_DIGITS)
        return "a number has at most 1000 digits in each part";
    if (x->s[begin] == '0' && x->at - begin > 1)
        return "a number does not start with 0";
    return NULL;
}

static void
lex_number(lexer *x)
{
    size_t begin = x->at, n;
    const char *wrong = lex_digits(x);
    aon_tok_kind kind = TOK_INT;
    aon_buf hint;

    if (x->s[x->at] == '/' && is_digit(x->s[x->at + 1])) {
        size_t den = ++x->at;
        const char *bottom = lex_digits(x);

        kind = TOK_RAT;
        if (wrong == NULL)
            wrong = bottom;
        if (wrong == NULL && x->s[den] == '0')
            wrong = "the denominator is 0";
    }
    if (x->s[x->at] == '/' && is_digit(x->s[x->at + 1])) {
        wrong = wrong != NULL ? wrong : "a number has one `/`";
    } else if (x->s[x->at] == '.' && is_digit(x->s[x->at + 1])) {
        wrong = wrong != NULL ? wrong : "numbers have no decimal point";
    } else if (is_letter(x->s[x->at]) || x->s[x->at] == '_' || x->s[x->at] == '\'' ||
               greek_at(x, x->at, &n) != NULL) {
        wrong = wrong != NULL ? wrong : "a name does not start with a digit";
    }
    if (wrong == NULL) {
        push(x, kind, begin, NULL);
        return;
    }
    while (is_digit(x->s[x->at]) || is_letter(x->s[x->at]) || x->s[x->at] == '_' ||
           x->s[x->at] == '\'' ||
           ((x->s[x->at] == '.' || x->s[x->at] == '/') && is_digit(x->s[x->at + 1])))
        x->at++;
    x->failed = true;
    aon_buf_init(&hint);
    aon_hint_number(&hint, x->s + begin, x->at - begin);
    (void)aon_diag(x->diags, AON_SEV_ERROR, span_of(x, begin, x->at), "number", hint.s,
                   "%s", wrong);
    aon_buf_clear(&hint);
}

static void
lex_string(lexer *x)
{
    size_t begin = x->at++;

    while (x->at < x->len && x->s[x->at] != '"' && (unsigned char)x->s[x->at] >= 0x20 &&
           x->s[x->at] != 0x7f)
        x->at++;
    if (x->at < x->len && x->s[x->at] == '"') {
        x->at++;
        push(x, TOK_STR, begin, NULL);
        return;
    }
    x->failed = true;
    if (x->at >= x->len || x->s[x->at] == '\n')
        (void)aon_diag(x->diags, AON_SEV_ERROR, span_of(x, begin, x->at), "string",
                       "write `\"` at its end; a string ends on its line",
                       "this string has no closing `\"`");
    else
        (void)aon_diag(x->diags, AON_SEV_ERROR, span_of(x, x->at, x->at + 1), "string",
                       x->s[x->at] == '\t' ? "write spaces in place of the tab"
                                           : "leave it out; strings are printed as "
                                             "they stand",
                       "a control character in a string");
    while (x->at < x->len && x->s[x->at] != '\n')
        x->at++;
}

static void
lex_comment(lexer *x)
{
    size_t begin = x->at;
    char before = begin > 0 ? x->s[begin - 1] : ' ', after = x->s[begin + 2];

    while (x->at < x->len && x->s[x->at] != '\n')
        x->at++;
    x->comment =
        aon_grow(x->comment, &x->comment_cap, x->ncomments + 1, sizeof *x->comment);
    x->comment[x->ncomments++] = (aon_comment){(uint32_t)begin, (uint32_t)x->at};
    if (strchr(" \t\n", before) == NULL ||
        (begin + 2 < x->len && strchr(" \t\n", after) == NULL)) {
        size_t end = begin + 2 + (after == '>');
        const char *hint = after == '>'
                               ? "`->` is the arrow"
                               : "white space around `--` makes the comment plain";

        (void)aon_diag(x->diags, AON_SEV_WARNING, span_of(x, begin, end), "comment",
                       hint, "`--` starts a comment that runs to the end of the line");
    }
}

static void
lex_sign(lexer *x)
{
    size_t begin = x->at, n = 1;
    int a = alias_at(x, begin, &n);
    uint32_t cp = (unsigned char)x->s[begin];
    aon_buf hint;

    if (a >= 0) {
        x->at += n;
        push(x, alias[a].kind, begin, NULL);
        return;
    }
    for (int k = TOK_WORDS; k < TOK_NAME; k++)
        if (strncmp(spelling[k], x->s + begin, strlen(spelling[k])) == 0) {
            x->at += strlen(spelling[k]);
            push(x, (aon_tok_kind)k, begin, NULL);
            return;
        }
    x->at += n;
    x->failed = true;
    if (n > 1)
        (void)aon_utf8_decode(x->s + begin, n, &cp);
    aon_buf_init(&hint);
    aon_hint_character(&hint, cp, x->s[x->at]);
    if (n == 1 && !isprint((unsigned char)x->s[begin]))
        (void)aon_diag(x->diags, AON_SEV_ERROR, span_of(x, begin, x->at), "character",
                       hint.s, "the control character 0x%02x",
                       (unsigned)(unsigned char)x->s[begin]);
    else
        (void)aon_diag(x->diags, AON_SEV_ERROR, span_of(x, begin, x->at), "character",
                       hint.s, "the character `%.*s` has no meaning here", (int)n,
                       x->s + begin);
    aon_buf_clear(&hint);
}

/* What concerns the file as a whole: size, encoding, line ends. */
static aon_status
check_text(const aon_source *src, aon_diags *diags)
{
    const char *nul, *cr;
    size_t valid;
    aon_buf hint;
    aon_status st;

    if (src->len > AON_FILE_LIMIT)
        return aon_diag(diags, AON_SEV_ERROR, (aon_span){src, 0, 0}, "too-large",
                        "put libraries into files of their own, `lib/NAME.aon`, and "
                        "`use` them",
                        "the file has %zu bytes; the limit is %zu", src->len,
                        AON_FILE_LIMIT);
    if (src->len >= 3 && memcmp(src->text, "\xEF\xBB\xBF", 3) == 0)
        return aon_diag(diags, AON_SEV_ERROR, (aon_span){src, 0, 3}, "encoding",
                        "save it as UTF-8 without one",
                        "the file starts with a byte order mark");
    valid = aon_utf8_valid_prefix(src->text, src->len);
    nul = memchr(src->text, 0, valid);
    if (nul != NULL || valid < src->len) {
        size_t at = nul != NULL ? (size_t)(nul - src->text) : valid;

        aon_buf_init(&hint);
        aon_hint_encoding(&hint, src->text, src->len, at);
        st = aon_diag(diags, AON_SEV_ERROR, (aon_span){src, at, at + 1}, "encoding",
                      hint.s, nul != NULL ? "a NUL byte" : "this is not UTF-8");
        aon_buf_clear(&hint);
        return st;
    }
    cr = memchr(src->text, '\r', src->len);
    if (cr != NULL) {
        size_t at = (size_t)(cr - src->text);

        return aon_diag(
            diags, AON_SEV_ERROR, (aon_span){src, at, at + 1}, "crlf",
            "lines end in LF alone: `tr -d '\\r' < FILE > NEW` converts the file",
            "a carriage return");
    }
    return AON_OK;
}

static void
lex_token(lexer *x)
{
    char c = x->s[x->at];
    size_t n;

    if (c == ' ' || c == '\t' || c == '\n')
        x->at++;
    else if (c == '-' && x->s[x->at + 1] == '-')
        lex_comment(x);
    else if (is_letter(c) || greek_at(x, x->at, &n) != NULL)
        lex_name(x);
    else if (is_digit(c))
        lex_number(x);
    else if (c == '"')
        lex_string(x);
    else
        lex_sign(x);
}

aon_status
aon_lex(aon_tokens *out, const aon_source *src, aon_names *names, aon_arena *arena,
        aon_diags *diags)
{
    lexer x = {
        .src = src, .s = src->text, .len = src->len, .names = names, .diags = diags};
    aon_status st = check_text(src, diags);

    if (st != AON_OK)
        return st;
    while (x.at < x.len)
        lex_token(&x);
    push(&x, TOK_EOF, x.at, NULL);
    out->src = src;
    out->n = x.ntok;
    out->tok = AON_NEW_N(arena, aon_token, x.ntok);
    memcpy(out->tok, x.tok, x.ntok * sizeof *x.tok);
    out->ncomments = x.ncomments;
    out->comment = AON_NEW_N(arena, aon_comment, x.ncomments);
    if (x.ncomments > 0)
        memcpy(out->comment, x.comment, x.ncomments * sizeof *x.comment);
    free(x.tok);
    free(x.comment);
    return x.failed ? AON_EINPUT : AON_OK;
}
