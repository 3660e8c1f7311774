/* The checker reads statements: cores derived by hand, and the slugs of language.md. */
#include "check.h"
#include "unit/t.h"

static const char *text, *wanted, *drop;

static int
compare_core(void *arg)
{
    const char *path = "checker_core_test.aon";
    FILE *f = fopen(path, "wb");
    ck_program p;
    ck_text out = {0};

    (void)arg;
    CK_ASSERT(f != NULL);
    fputs(text, f);
    fclose(f);
    ck_program_read(&p, path, NULL, 0);
    ck_core_text(&out, &p, &drop, drop != NULL);
    T_EQ_STR(out.s, wanted);
    return 0;
}

static void
core(const char *statement, const char *expected)
{
    text = statement;
    wanted = expected;
    if (!T_CHECK(ck_run(compare_core, NULL) == 0))
        puts(ck_message);
}

/* The statement has this error: a part of its line. */
static void
refused(const char *statement, const char *error)
{
    text = statement;
    wanted = "";
    if (!T_CHECK(ck_run(compare_core, NULL) == CK_EXIT_UNREADABLE &&
                 strstr(ck_message, error) != NULL))
        printf("wanted %s: %s\n", error, ck_message);
}

TEST(core_of_the_first_example)
{
    core("statement e\ngiven d in dim given m in model(d) given y in token\n"
         "assume h: m.g(y) = m.g(base)\n"
         "show c: forall x in X: <m.f(x), m.g(y) - m.g(base)> = 0\n",
         "core 1\nstatement e\ngiven d dim\ngiven m model d\ngiven y token\n"
         "node 0 par y\nnode 1 g m %0\nnode 2 base\nnode 3 g m %2\nnode 4 eq %1 %3\n"
         "node 5 var 0\nnode 6 f m %5\nnode 7 rat -1\nnode 8 scale %7 %3\n"
         "node 9 add %1 %8\nnode 10 dot %6 %9\nnode 11 zero %10\nnode 12 all 0 X %11\n"
         "assume h %4\nshow c %12\nend\n");
}

TEST(core_of_spaces)
{
    core("statement e\ngiven S in subspace(2)\nshow c: S & perp(S) = 0\n",
         "core 1\nstatement e\ngiven S subspace 2\n"
         "node 0 par S\nnode 1 unk 1\nnode 2 gens %0\nnode 3 tr %2\nnode 4 unk 0\n"
         "node 5 mul %3 %4\nnode 6 zero %5\nnode 7 sol 0 vector 2 %6\n"
         "node 8 within %1 %7\nnode 9 sol 1 in %0 %8\nnode 10 gens %9\n"
         "node 11 zero %10\nshow c %11\nend\n");
}

TEST(variables_of_different_types_are_different_nodes)
{
    core("statement e\nshow c: (forall x in X: x = x) and (forall y in Y: y = y)\n",
         "core 1\nstatement e\nnode 0 var 0\nnode 1 same %0 %0\nnode 2 all 0 X %1\n"
         "node 3 var 0\nnode 4 same %3 %3\nnode 5 all 0 Y %4\nnode 6 and %2 %5\n"
         "show c %6\nend\n");
}

TEST(products_are_rewritten)
{
    core("statement e\ngiven A in matrix(2,2)\nshow c: A*A*(2*A)*id(2) = 0\n",
         "core 1\nstatement e\ngiven A matrix 2 2\nnode 0 rat 2\nnode 1 par A\n"
         "node 2 mul %1 %1\nnode 3 mul %1 %2\nnode 4 scale %0 %3\nnode 5 zero %4\n"
         "show c %5\nend\n");
}

TEST(what_expect_says_is_skipped)
{
    core("statement e\nexpect without ( 3: <-> weaken X\nshow c: 1 = 0\nexpect\nexpect def 1\n",
         "core 1\nstatement e\nnode 0 rat 1\nnode 1 zero %0\nshow c %1\nend\n");
    refused("statement s\nshow a: 1 = 1\nexpect 007\n", "[number]");
}

TEST(slugs)
{
    static const char *const cases[][2] = {
        {"statement s\nshow a: 1 = 1 @\n", "[character]"},
        {"statement s\nshow a: 1 =\r 1\n", "[crlf]"},
        {"statement s\nshow a: 1 = \xff\n", "[encoding]"},
        {"statement s\nshow a: 007 = 1\n", "[number]"},
        {"statement s\ncite \"x\nshow a: 1 = 1\n", "[string]"},
        {"statement s\nshow a: 1 =\nshow b: = 1\n", "[syntax]"},
        {"statement s\nshow in: 1 = 1\n", "[reserved]"},
        {"statement s\nshow {: 1 = 1\n", "[syntax]"},
        {"statement s\nassume a: 1 = 1\n", "[no-conclusion]"},
        {"statement s\nshow a: x = 1\n", "[unknown-name]"},
        {"statement s\nshow a: forall x in X, x in Y: 1 = 1\n", "[duplicate-name]"},
        {"statement s\nuse l 1\nshow a: 1 = 1\n", "[library]"},
        {"library l 1\nstatement s\nuse l 2\nshow a: 1 = 1\n", "[version]"},
        {"library l 1\ndef P(x) := P(x)\n", "[recursive]"},
        {"library l 1\ndef P(x) := x\ndef Q(x) := P()\n", "[arity]"},
        {"library l 1\ndef P(x) := a: x = 0 and a: x = 1\n", "[label]"},
        {"statement s\nshow a: 1 = X\n", "[type]"},
        {"statement s\nshow a: span{ id(2) | x in X } = all(2)\n", "[type]"},
        {"statement s\nshow a: span{ 1 | x in X } = all(1)\n", "[type]"},
        {"statement s\ngiven u in vector(2)\nshow a: image(u, all(1)) = all(2)\n", "[type]"},
        {"statement s\nshow a: id(2) = id(3)\n", "[shape]"},
        {"statement s\ngiven q in query\nshow a: forall x in X: x.q = x\n", "[partial]"},
        {"statement s\nshow a: dim({v in all(2) | <v,v> = 0}) = 0\n", "[homogeneous]"},
        {"statement s\ngiven u in vector(2)\n"
         "show a: dim({v in vector(2) | (0*<v,u> + 1)*v = 0}) = 0\n", "[homogeneous]"},
        {"statement s\n"
         "show a: dim({v in vector(2) | <v,v>*0 = 0}) = 0\n", "[homogeneous]"},
        {"statement s\nshow a: exists v in vector(2): not exists u in vector(2): u = v\n",
         "[alternation]"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(cases[i][0], cases[i][1]);
}

TEST(places)
{
    static const char *const cases[][2] = {
        {"\xef\xbb\xbfstatement s\n", ":1:1: error: "},
        {"statement s\n-- \xe2\x88\x80 \xe2\x88\nshow a: 1 = 1\n", ":2:6: error: "},
        {"statement s\n-- a \xed\xa0\x80\n", ":2:6: error: "},
        {"statement s\n-- \xf4\x90\x80\x80 a\n", ":2:4: error: "},
        {"statement s\n-- \xe0\x80\x80 a\n", ":2:4: error: "},
        {"statement s\ngiven a in scalar\nshow c: a.f(zz) = 0\n", ":3:13: error: "},
        {"statement s\ngiven a in scalar\nshow c: a & zz = 0\n", ":3:13: error: "},
        {"statement s\ngiven a in scalar\nshow c: a and zz and 1 = 1\n", ":3:15: error: "},
        {"statement s\ngiven a in scalar\nshow c: a and 1 = 1 and zz\n", ":3:9: error: "},
        {"statement s\nshow c: forall x, x in zz: 1 = 1\n", ":2:19: error: "},
        {"statement s\nshow c: span{ zz | x in yy } = 0\n", ":2:25: error: "},
        {"statement s\nshow c: span{ zz | x in X } = 0\n", ":2:15: error: "},
        {"statement s\nshow c: span{ 1 + | x in X } = 0\n", ":2:19: error: "},
        {"library l 1\ndef P(x) := x = zz\nstatement s\nshow c: P(1) = 0 and\n", ":5:1: error: "},
        {"library l 1\ndef P(x) := x = 1\nstatement s\nuse l 1\nshow c: P(base)\n", ":2:13: error: "},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(cases[i][0], cases[i][1]);
}

TEST(conditions_on_inner_unknowns)
{
    core("statement s\ngiven u in vector(2)\n"
         "show a: {y in vector(2) | exists v in all(2): <u, v> = 0} = all(2)\n",
         "core 1\n"
         "statement s\n"
         "given u vector 2\n"
         "node 0 id 2\n"
         "node 1 span %0\n"
         "node 2 par u\n"
         "node 3 unk 0\n"
         "node 4 dot %2 %3\n"
         "node 5 zero %4\n"
         "node 6 ex 0 in %1 %5\n"
         "node 7 sol 1 vector 2 %6\n"
         "node 8 gens %7\n"
         "node 9 within %8 %1\n"
         "node 10 within %0 %7\n"
         "node 11 and %9 %10\n"
         "show a %11\n"
         "end\n");
    refused("statement s\ngiven u in vector(2)\n"
            "show a: {y in vector(2) | exists v in all(2): <u, u> = 0} = all(2)\n",
            "[homogeneous]");
    refused("statement s\ngiven u in vector(2)\n"
            "show a: forall y in all(2): forall v in all(2): <u, v> = 0\n", "[homogeneous]");
}

TEST(spans_and_dropped_conjuncts)
{
    core("statement e\ngiven m in model(2)\nshow c: span{ m.f(x) | x in X } <= all(2)\n",
         "core 1\nstatement e\ngiven m model 2\nnode 0 var 0\nnode 1 f m %0\n"
         "node 2 cols 0 X %1\nnode 3 id 2\nnode 4 span %3\nnode 5 within %2 %4\n"
         "show c %5\nend\n");
    drop = "P.b";
    core("library l 1\ndef P(x) := a: x = 1 and (b: x = 2 and 3 = 3)\nstatement e\nuse l 1\n"
         "show c: P(4)\n",
         "core 1\nlibrary l 1\nstatement e\nuse l 1\nnode 0 rat 4\nnode 1 rat 1\n"
         "node 2 eq %0 %1\nnode 3 rat 3\nnode 4 eq %3 %3\nnode 5 and %2 %4\nshow c %5\nend\n");
    drop = NULL;
}

TEST(parentheses_of_a_sort_do_not_nest)
{
    static char s[600];
    size_t at = (size_t)sprintf(s, "statement s\nshow a: ");

    memset(s + at, '(', 199);
    at += 199 + (size_t)sprintf(s + at + 199, "exists v in vector(2): v = 0");
    memset(s + at, ')', 199);
    s[at + 199] = '\0';
    core(s, "core 1\nstatement s\nnode 0 unk 0\nnode 1 zero %0\nnode 2 ex 0 vector 2 %1\n"
            "show a %2\nend\n");
}

TEST(nesting_ends_at_200)
{
    static char s[600];

    for (int n = 200; n <= 201; n++) {
        size_t at = (size_t)sprintf(s, "statement s\nshow a: ");

        memset(s + at, '(', (size_t)n);
        at += (size_t)n + (size_t)sprintf(s + at + n, "1 = 1");
        memset(s + at, ')', (size_t)n);
        s[at + (size_t)n] = '\0';
        if (n == 200)
            core(s, "core 1\nstatement s\nnode 0 rat 1\nnode 1 eq %0 %0\nshow a %1\nend\n");
        else
            refused(s, "[nesting]");
    }
}
