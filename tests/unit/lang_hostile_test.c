/*
 * Inputs made to hurt: each is refused with a diagnostic, fast, within a small stack.
 */
#include "base/arena.h"
#include "lang/core.h"
#include "unit/t.h"

#include <time.h>

static size_t
count(const char *s, const char *what)
{
    size_t n = 0;

    for (; s != NULL && (s = strstr(s, what)) != NULL; s++)
        n++;
    return n;
}

/* The first slug that a text gives, "" if it is accepted. */
static const char *
slug_of(const char *text, size_t len)
{
    static char slug[32];
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf out;

    slug[0] = '\0';
    if (aon_theory_parse(&t, "hostile.aon", text, len, ".", NULL, 0, d) == AON_OK)
        aon_theory_free(t);
    else
        snprintf(slug, sizeof slug, "%s", aon_diags_slug(d, 0));
    aon_buf_init(&out);
    aon_diags_print(d, &out, false);
    T_CHECK(out.len < 100000);
    if (!T_CHECK(count(out.s, "\n    hint: ") >= count(out.s, ": error: ")))
        printf("an error without a hint:\n%s\n", out.s);
    aon_buf_clear(&out);
    aon_diags_free(d);
    return slug;
}

static void
check(aon_buf *b, const char *slug)
{
    struct timespec from, to;

    clock_gettime(CLOCK_MONOTONIC, &from);
    T_EQ_STR(slug_of(b->s, b->len), slug);
    clock_gettime(CLOCK_MONOTONIC, &to);
    T_CHECK(to.tv_sec - from.tv_sec < 8); /* under sanitizers */
    aon_buf_clear(b);
}

static void
repeat(aon_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        aon_buf_puts(b, s);
}

static void
start(aon_buf *b, const char *s)
{
    aon_buf_init(b);
    aon_buf_puts(b, s);
}

TEST(long_line)
{
    aon_buf b;

    start(&b, "statement s\nshow p: ");
    repeat(&b, "1 + 1 + ", (size_t)1 << 20);
    check(&b, "too-large");
}

TEST(long_rational)
{
    aon_buf b;

    start(&b, "statement s\nshow p: 1 = 1");
    repeat(&b, "23456789", 125000);
    check(&b, "number");
}

TEST(nesting)
{
    static const char *const open[] = {"(",
                                       "not ",
                                       "-(",
                                       "{v in ",
                                       "<",
                                       "1 = 1 -> ",
                                       "forall x in X: ",
                                       "sum x in X: ",
                                       "span{",
                                       "f(",
                                       "m.f(",
                                       "c[",
                                       "tr("};
    aon_buf b;

    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        start(&b, "statement s\nshow p: ");
        repeat(&b, open[i], 100000 / strlen(open[i]) * 5);
        check(&b, "nesting");
    }
}

TEST(two_to_the_sixty)
{
    aon_buf b;

    start(&b, "library l 1\ndef d0(x) := x + x\n");
    for (int i = 1; i <= 60; i++)
        aon_buf_printf(&b, "def d%d(x) := d%d(x) + d%d(x + x)\n", i, i - 1, i - 1);
    aon_buf_puts(&b, "statement s\nuse l 1\ngiven a in scalar\nshow p: d60(a) = 0\n");
    check(&b, "expansion");
}

TEST(two_to_the_sixty_that_dissolves)
{
    aon_buf b;

    start(&b, "library l 1\ndef one(x, y) := 1\ndef d0(x) := one(x, x)\n");
    for (int i = 1; i <= 60; i++)
        aon_buf_printf(&b, "def d%d(x) := one(d%d(x + 1), d%d(x + 2))\n", i, i - 1,
                       i - 1);
    aon_buf_puts(&b, "statement s\nuse l 1\ngiven a in scalar\nshow p: d60(a) = 1\n");
    check(&b, "expansion");
}

TEST(two_to_the_sixty_by_let)
{
    aon_buf b;

    start(&b, "statement s\ngiven a0 in scalar\n");
    for (int i = 1; i <= 60; i++)
        aon_buf_printf(&b, "let a%d := a%d + a%d\n", i, i - 1, i - 1);
    aon_buf_puts(&b, "show p: a60 = 0\n");
    check(&b, "expansion");
}

TEST(thousand_lets_and_definitions)
{
    aon_buf b;

    start(&b, "library l 1\ndef d0(x) := x\n");
    for (int i = 1; i <= 998; i++)
        aon_buf_printf(&b, "def d%d(x) := d%d(x) + 1\n", i, i - 1);
    aon_buf_puts(&b, "statement s\nuse l 1\ngiven a0 in scalar\n");
    for (int i = 1; i <= 1000; i++)
        aon_buf_printf(&b, "let a%d := 1 + a%d\n", i, i - 1);
    aon_buf_puts(&b, "show p: forall x in X: d998(a1000) = 0\n");
    check(&b, "");
}

TEST(chain_of_calls_above_the_limit)
{
    aon_buf b;

    start(&b, "library l 1\ndef d0(x) := x\n");
    for (int i = 1; i <= 1100; i++)
        aon_buf_printf(&b, "def d%d(x) := d%d(x)\n", i, i - 1);
    aon_buf_puts(&b, "statement s\nuse l 1\nshow p: d1100(1) = 0\n");
    check(&b, "expansion");
}

TEST(deep_term)
{
    aon_buf b;

    start(&b, "statement s\nshow p: 0 = 1");
    repeat(&b, "+2", 200000);
    check(&b, "expansion");
}

TEST(wide_conjunction)
{
    aon_buf b;

    start(&b, "statement s\nshow p: 1 = 1");
    repeat(&b, " and 1 = 1", 50000);
    check(&b, "expansion");
}

TEST(many_bound_variables)
{
    aon_buf b;

    start(&b, "statement s\nshow p: forall x");
    for (int i = 0; i < 50000; i++)
        aon_buf_printf(&b, ", x%d", i);
    aon_buf_puts(&b, " in X: 1 = 1\n");
    check(&b, "nesting");
}

TEST(bytes)
{
    aon_buf b;

    start(&b, "statement s\nshow p: 1 = 1\n");
    aon_buf_putc(&b, '\0');
    check(&b, "encoding");
    start(&b, "statement s\nshow p: 1 = 1 -- \xc0\xaf\n");
    check(&b, "encoding");
    start(&b, "\xef\xbb\xbfstatement s\nshow p: 1 = 1\n");
    check(&b, "encoding");
    start(&b, "statement s\r\nshow p: 1 = 1\r\n");
    check(&b, "crlf");
    start(&b, "statement s\nshow p: 1 = 1/0\n");
    check(&b, "number");
    start(&b, "statement s\nshow p: 1 = 1/");
    check(&b, "syntax");
    start(&b, "");
    check(&b, "");
    start(&b, "statement s\nshow p: 1 = 1 \x01");
    check(&b, "character");
    start(&b, "statement s\ncite \"");
    check(&b, "string");
    start(&b, "-");
    check(&b, "syntax");
}

/* Any prefix and any change of one byte of a statement is answered without harm. */
/* What a text says when it is read; a byte that is half a character prints as \xHH. */
static void
check_whole(const char *before, size_t shift, const char *after, const char *slug)
{
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf text, out;

    start(&text, before);
    repeat(&text, "a", shift);
    repeat(&text, "\xe2\x89\xa4", 60);
    aon_buf_puts(&text, after);
    aon_buf_init(&out);
    T_CHECK(aon_theory_parse(&t, "cut.aon", text.s, text.len, ".", NULL, 0, d) ==
            AON_EINPUT);
    T_EQ_STR(aon_diags_slug(d, 0), slug);
    aon_diags_print(d, &out, false);
    T_CHECK(strstr(out.s, "\xe2\x89\xa4\xe2\x89\xa4") != NULL);
    if (!T_CHECK(strstr(out.s, "\\x") == NULL))
        printf("%s\n", out.s);
    aon_buf_clear(&out);
    aon_buf_clear(&text);
    aon_diags_free(d);
}

TEST(messages_cut_no_character_in_two)
{
    for (size_t shift = 0; shift < 3; shift++) {
        check_whole("statement \"", shift, "\"", "syntax");
        check_whole("library l 1\nreport \"", shift, "\" (m) := q", "unknown-name");
        check_whole("statement s\nshow c: 1 = (1 --", shift, "\n = 2)", "type");
    }
}

TEST(mutations)
{
    static const char text[] =
        "library l 1\n"
        "def W(m,q) := span{m.f(x.q) - m.f(z.q) | x, z in X/q}\n"
        "def E(m,A) := a: forall x in X: A*m.f(x) = 0 and b: rowspace(A) <= "
        "perp(W(m,p))\n"
        "statement s\nuse l 1\ngiven d in dim given m in model(d) given q in query\n"
        "let S := {v in vector(#Y) | (sum y in Y: v[y]*m.g(y)) = 0} & all(#Y)\n"
        "assume h: exists A in matrix(d,d): A != 0 -> 1/2 < #X weaken not 1 = 0\n"
        "show p: dim(W(m,q)) = 0 <-> forall v in W(m,q): <v,v> <= 3\n"
        "expect without h and drop E.a: refuted because p minimal (1,2)\n";
    char copy[sizeof text];

    T_FOR (300) {
        memcpy(copy, text, sizeof text);
        for (uint64_t i = 0; i <= t_below(3); i++)
            copy[t_below(sizeof text - 1)] = text[t_below(sizeof text - 1)];
        (void)slug_of(copy, t_round % 2 ? sizeof text - 1 : t_below(sizeof text));
        T_CHECK(true);
    }
}
