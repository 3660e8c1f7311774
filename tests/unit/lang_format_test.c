/*
 * aon fmt: canonical, idempotent, and the core stays.
 */
#include "base/io.h"
#include "lang/core.h"
#include "unit/t.h"

static void
check_format(const char *text, const char *want)
{
    aon_diags *d = aon_diags_new();
    aon_buf once, twice;

    aon_buf_init(&once);
    aon_buf_init(&twice);
    T_OK(aon_format(&once, "t.aon", text, strlen(text), d));
    T_EQ_STR(once.s, want);
    T_OK(aon_format(&twice, "t.aon", once.s, once.len, d));
    T_EQ_STR(twice.s, once.s);
    aon_buf_clear(&once);
    aon_buf_clear(&twice);
    aon_diags_free(d);
}

TEST(one_item_a_line)
{
    check_format("library l 1 def a( x ,y):=-x+y -- plain\n"
                 "statement s given d,e in dim   given v in vector( d )\n"
                 "assume h:not(v=0)weaken < v,v > < # X/q show p :span { v|x in X }={u "
                 "in v|1<2}",
                 "library l 1\n"
                 "def a(x, y) := -x + y  -- plain\n"
                 "\n"
                 "statement s\n"
                 "given d, e in dim\n"
                 "given v in vector(d)\n"
                 "assume h: not (v = 0) weaken <v, v> < #X/q\n"
                 "show p: span{v | x in X} = {u in v | 1 < 2}\n");
}

TEST(comments_and_blank_lines_stay)
{
    check_format("-- first\n\n\n-- about s\nstatement s -- here\n\n\n"
                 "show p: 1 = 1 and -- in the middle\n   2 = 2\n"
                 "     -- alone\n and 3 = 3\n-- last",
                 "-- first\n\n-- about s\nstatement s  -- here\n\n"
                 "show p: 1 = 1 and  -- in the middle\n    2 = 2\n"
                 "    -- alone\n    and 3 = 3\n-- last\n");
}

TEST(long_lines_break_at_connectives)
{
    check_format("statement s\n"
                 "show p: forall x in X: aaaaaaaaaaaaaaaaaaaaaaaaa(x) = "
                 "bbbbbbbbbbbbbbbbbbbbbbbb(x) and "
                 "(ccccccccccccccccccc(x) = 0 or ddddddddddddd(x) = 0)\n"
                 "expect inapplicable h on \"f\" expect none at (1,2)\n",
                 "statement s\n"
                 "show p: forall x in X: aaaaaaaaaaaaaaaaaaaaaaaaa(x) = "
                 "bbbbbbbbbbbbbbbbbbbbbbbb(x)\n"
                 "    and (ccccccccccccccccccc(x) = 0 or ddddddddddddd(x) = 0)\n"
                 "expect inapplicable h on \"f\"\n"
                 "expect none at (1, 2)\n");
}

TEST(unicode_stays)
{
    check_format(
        "statement s show p:\xe2\x88\x80 x\xe2\x88\x88X:\xe2\x9f\xa8x,x\xe2\x9f\xa9=1",
        "statement s\nshow p: \xe2\x88\x80 x \xe2\x88\x88 X: \xe2\x9f\xa8x, "
        "x\xe2\x9f\xa9 = 1\n");
}

TEST(errors_are_reported)
{
    aon_diags *d = aon_diags_new();
    aon_buf b;

    aon_buf_init(&b);
    T_EQ_INT(aon_format(&b, "t.aon", "statement", 9, d), AON_EINPUT);
    T_EQ_INT(b.len, 0);
    T_EQ_STR(aon_diags_slug(d, 0), "syntax");
    aon_buf_clear(&b);
    aon_diags_free(d);
}

/* The core of a text; the caller frees it. */
static char *
core_of(const char *text)
{
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf b;

    aon_buf_init(&b);
    if (T_CHECK(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d) ==
                AON_OK)) {
        aon_theory_print_core(t, &b);
        aon_theory_free(t);
    }
    aon_diags_free(d);
    return b.s;
}

TEST(the_core_of_the_example_stays)
{
    static const char text[] =
        "library l 1 def W(m,q):=span{m.f(x.q)-m.f(z.q)|x in X/q,z in X/q}\n"
        "def Lam(m,S,q):={l in vector(#Y)|(sum y in Y:l[y])=0 and -- why\n"
        "(sum y in Y:l[y]*m.g(y))in S+perp(W(m,q))} statement s use l 1\n"
        "given d in dim given m in model(d) given q in query given S in subspace(d)\n"
        "show p:Lam(m,S,q)<=all(#Y)<->1-2< -3*4";
    aon_diags *d = aon_diags_new();
    char *before = core_of(text), *after;
    aon_buf b;

    aon_buf_init(&b);
    T_OK(aon_format(&b, "t.aon", text, strlen(text), d));
    after = core_of(b.s);
    T_EQ_STR(after, before);
    free(before);
    free(after);
    aon_buf_clear(&b);
    aon_diags_free(d);
}
