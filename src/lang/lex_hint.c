#include "lang/lex_hint.h"

#include "lang/lex.h"
#include "lang/rat_text.h"

#include <string.h>

/* What people write who do not know our sign for it. */
static const struct {
    uint32_t cp;
    const char *hint;
} meant[] = {
    {'!', "`not` negates a formula, `!=` says that two sides differ"},
    {'$', "names have letters, digits, `_` and `'`: leave it out"},
    {'%', "there is no remainder; a fraction is written `1/2`, a comment `-- text`"},
    {'\'', "a text stands in `\"..\"`; a prime follows a name directly: `d'`"},
    {';', "nothing stands between items: leave it out; a comment is `-- text`"},
    {'?', "leave it out; a statement is an assertion: `show p: a = b`"},
    {'@', "a product is `A*v`, a dot product `<u,v>`"},
    {'\\', "write the word: `forall x in X: ..`, `P and Q`, `a in S`"},
    {'^', "write a power as a product: `a*a`; the transpose of A is `tr(A)`"},
    {'_', "a name starts with a letter: `x_1`"},
    {'`', "write names without quotes"},
    {'~', "`not` negates a formula, `!=` says that two sides differ"},
    {0x00D7, "write `*`"},
    {0x22C5, "write `*`"},
    {0x2217, "write `*`"},
    {0x2219, "write `*`"},
    {0x2022, "write `*`"},
    {0x2299, "write `*`"},
    {0x00F7, "there is no division; multiply by a fraction: `1/2*a`"},
    {0x2215, "a fraction is `1/2`, a restricted set `X/q`"},
    {0x2044, "a fraction is `1/2`, a restricted set `X/q`"},
    {0x2265, "turn the sides around: `b <= a`"},
    {0x2287, "turn the sides around: `T <= S`"},
    {0x2283, "turn the sides around: `T <= S and T != S`"},
    {0x2282, "write `S <= T`, or `S <= T and S != T` for a proper subspace"},
    {0x2A7D, "write `<=`"},
    {0x2A7E, "turn the sides around: `b <= a`"},
    {0x222A, "the sum of subspaces is `S + T`"},
    {0x2295, "the sum of subspaces is `S + T`"},
    {0x22A5, "the orthogonal complement of S is `perp(S)`"},
    {0x27C2, "the orthogonal complement of S is `perp(S)`"},
    {0x21D2, "write `->`"},
    {0x27F9, "write `->`"},
    {0x27F6, "write `->`"},
    {0x21A6, "write `:=` for a definition, `->` for an implication"},
    {0x21D4, "write `<->`"},
    {0x27FA, "write `<->`"},
    {0x27F7, "write `<->`"},
    {0x2261, "write `=`, or `<->` between formulas"},
    {0x2248, "write `=`: all numbers are exact"},
    {0x225D, "write `:=`"},
    {0x2236, "write `:`"},
    {0x2209, "write `not (v in S)`"},
    {0x2204, "write `not (exists x in X: ..)`"},
    {0x2205, "a set given as `S` is empty if `#S = 0`; the subspace 0 is `S = 0`"},
    {0x220F, "there is no product over a set; `sum x in X: t` is a sum"},
    {0x221A, "there are no roots: square both sides, `a*a = b`"},
    {0x221E, "all numbers are rationals: leave it out"},
    {0x1D40, "the transpose of A is `tr(A)`"},
    {0x22A4, "the transpose of A is `tr(A)`; a true formula is `1 = 1`"},
    {0x2020, "the transpose of A is `tr(A)`"},
    {0x2032, "write the prime `'`"},
    {0x2019, "write the prime `'`"},
    {0x2018, "write the prime `'`"},
    {0x02B9, "write the prime `'`"},
    {0x2033, "write two primes `''`"},
    {0x00B4, "write the prime `'`"},
    {0x201C, "write the quotation mark `\"`"},
    {0x201D, "write the quotation mark `\"`"},
    {0x201E, "write the quotation mark `\"`"},
    {0x00AB, "write the quotation mark `\"`"},
    {0x00BB, "write the quotation mark `\"`"},
    {0x2010, "write `-`"},
    {0x2011, "write `-`"},
    {0x2013, "write `-`; a comment is `-- text`"},
    {0x2014, "write `-`; a comment is `-- text`"},
    {0x2223, "write `|`"},
    {0x2225, "the square of the norm is `<v,v>`"},
    {0x2329, "write `<`"},
    {0x232A, "write `>`"},
    {0x3008, "write `<`"},
    {0x3009, "write `>`"},
    {0x2026, "write out what the dots stand for"},
    {0x211D, "numbers are rationals: `given a in scalar`, `given v in vector(d)`"},
    {0x211A, "numbers are rationals: `given a in scalar`, `given v in vector(d)`"},
    {0x2115, "a natural number is `given d in dim`"},
};

static const char *const greek[] = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta",   "theta", "iota",
    "kappa", "lam",  "mu",    "nu",    "xi",      "o",    "pi",    "rho",   "sigma",
    "sigma", "tau",  "ups",   "phi",   "chi",     "psi",  "omega",
};

static bool
is_space(uint32_t cp)
{
    return cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200D) || cp == 0x202F ||
           cp == 0x205F || cp == 0x2060 || cp == 0x3000 || cp == 0xFEFF;
}

void
aon_hint_character(aon_buf *out, uint32_t cp, char next)
{
    static const char *const digits = "0123456789";

    if (cp == '!' && next == ' ') {
        aon_buf_puts(out, "`not` negates a formula; `!=` has no space inside");
        return;
    }
    for (size_t i = 0; i < sizeof meant / sizeof meant[0]; i++)
        if (meant[i].cp == cp) {
            aon_buf_puts(out, meant[i].hint);
            return;
        }
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
        aon_buf_puts(out, "leave it out; text has line feeds, tabs and visible "
                          "characters only");
    else if (is_space(cp))
        aon_buf_puts(out, "this is a kind of space: write a plain one");
    else if (cp >= 0xFF01 && cp <= 0xFF5E)
        aon_buf_printf(out, "write the ASCII character `%c`", (int)(cp - 0xFEE0));
    else if (cp >= 0x3B1 && cp <= 0x3C9)
        aon_buf_printf(out, "write the letter's name: `%s`", greek[cp - 0x3B1]);
    else if (cp >= 0x391 && cp <= 0x3A9)
        aon_buf_printf(out, "write the letter's name: `%c%s`",
                       greek[cp - 0x391][0] - 'a' + 'A', greek[cp - 0x391] + 1);
    else if (cp >= 0x2080 && cp <= 0x2089)
        aon_buf_printf(out, "write the digit: `x%c`", digits[cp - 0x2080]);
    else if (cp == 0xB2 || cp == 0xB3 || (cp >= 0x2070 && cp <= 0x2079))
        aon_buf_puts(out, "write a power as a product: `a*a`");
    else
        aon_buf_puts(out, "names have letters a-z, A-Z, digits, `_` and `'`; all signs "
                          "are in docs/language.md, section 1");
}

/* ---- numbers ---- */

static size_t
digits_at(const char *s, size_t len, size_t from)
{
    size_t n = from;

    while (n < len && s[n] >= '0' && s[n] <= '9')
        n++;
    return n - from;
}

/* "0.50" as 1/2, if it is short. */
static void
put_decimal(aon_buf *out, const char *s, size_t whole, size_t frac, size_t len)
{
    uint64_t num = 0, den = 1, a, b;

    if (whole + frac > 15 || whole + 1 + frac != len) {
        aon_buf_puts(out, "write a fraction: `1/2` for 0.5");
        return;
    }
    for (size_t i = 0; i < len; i++)
        if (i != whole)
            num = 10 * num + (uint64_t)(s[i] - '0');
    for (size_t i = 0; i < frac; i++)
        den *= 10;
    for (a = num, b = den; b != 0;) {
        uint64_t r = a % b;

        a = b;
        b = r;
    }
    aon_buf_printf(out, "write a fraction: `%llu", (unsigned long long)(num / a));
    if (den != a)
        aon_buf_printf(out, "/%llu", (unsigned long long)(den / a));
    aon_buf_printf(out, "` for %.*s", (int)len, s);
}

void
aon_hint_number(aon_buf *out, const char *s, size_t len)
{
    size_t top = digits_at(s, len, 0), at = top, bottom = 0, zeros = 0;
    char after;

    if (at < len && s[at] == '/') {
        bottom = digits_at(s, len, at + 1);
        at += 1 + bottom;
    }
    if (top > AON_RAT_DIGITS || bottom > AON_RAT_DIGITS) {
        aon_buf_printf(out,
                       "this part has %zu digits; a shorter number, or a name for it "
                       "(`given c in scalar`), will do",
                       top > AON_RAT_DIGITS ? top : bottom);
        return;
    }
    while (zeros + 1 < top && s[zeros] == '0')
        zeros++;
    after = at < len ? s[at] : '\0';
    if (after == '/')
        aon_buf_puts(out, "write one fraction: `1/6` for a half of a third");
    else if (after == '.')
        put_decimal(out, s, top, digits_at(s, len, at + 1), len);
    else if (zeros > 0)
        aon_buf_printf(out, "write `%.*s`", (int)(top - zeros > 40 ? 40 : top - zeros),
                       s + zeros);
    else if (bottom > 1 && s[top + 1] == '0')
        aon_buf_puts(out, "write the denominator without leading zeros: `1/2`");
    else if (bottom == 1 && s[top + 1] == '0')
        aon_buf_puts(out, "a denominator is 1 or more: `1/2`");
    else if (after == '\'' || after == '_')
        aon_buf_puts(out, "a name starts with a letter: `x1'`, `x_1`");
    else if (at < len && len < 40)
        aon_buf_printf(out,
                       "write `%.*s*%.*s` for a product; a name starts with a letter",
                       (int)at, s, (int)(len - at), s + at);
    else
        aon_buf_puts(out, "write `2*x` for a product; a name starts with a letter");
}

/* ---- bytes ---- */

void
aon_hint_encoding(aon_buf *out, const char *s, size_t len, size_t at)
{
    unsigned c = (unsigned char)s[at];
    size_t nuls = 0, n = len < 200 ? len : 200;

    for (size_t i = 0; i < n; i++)
        nuls += s[i] == '\0';
    if (4 * nuls > n || (at == 0 && (c == 0xFE || c == 0xFF)))
        aon_buf_puts(out, "the file looks like UTF-16: save it as UTF-8");
    else if (c == 0)
        aon_buf_puts(out, "leave it out; is this a text file?");
    else if (c >= 0xA0)
        aon_buf_printf(out, "save the file as UTF-8; in Latin-1 this byte is `%c%c`",
                       (int)(0xC0 | (c >> 6)), (int)(0x80 | (c & 0x3F)));
    else
        aon_buf_printf(out, "save the file as UTF-8; the byte here is 0x%02x", c);
}

/* ---- builtins ---- */

const char *
aon_tok_form(aon_tok_kind kind)
{
    switch (kind) {
    case TOK_PROJ:
        return "write `proj(S)`, the projector onto a subspace S, or `proj(S)*v`";
    case TOK_IMAGE:
        return "write `image(A,S)`: a matrix, then a subspace";
    case TOK_PERP:
        return "write `perp(S)`, the orthogonal complement of a subspace S";
    case TOK_DIM:
        return "write `dim(S)`, the dimension of a subspace S";
    case TOK_TR:
        return "write `tr(A)`, the transpose of a matrix or vector A";
    case TOK_COLSPACE:
        return "write `colspace(A)`, the space of the columns of A";
    case TOK_ROWSPACE:
        return "write `rowspace(A)`, the space of the rows of A";
    case TOK_ID:
        return "write `id(d)`, the d x d identity";
    case TOK_ALL:
        return "write `all(d)`, the whole of K^d";
    default:
        return "write arguments in parentheses: `F(x)`";
    }
}
