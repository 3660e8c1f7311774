/*
 * Tokens, spans, smart constructors, heights, hash-consing, printing; expected cores were
 * derived by hand from docs/language.md.
 */
#include "base/arena.h"
#include "lang/core.h"
#include "lang/lex.h"
#include "lang/rat_text.h"
#include "unit/t.h"

static aon_theory *
theory(const char *text)
{
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf b;

    if (!T_CHECK(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d) ==
                 AON_OK)) {
        aon_buf_init(&b);
        aon_diags_print(d, &b, false);
        printf("%s\n", b.s);
        aon_buf_clear(&b);
    }
    aon_diags_free(d);
    return t;
}

/* The core of a text, or of the text after another one's givens. */
static void
check_core(const char *text, const char *want)
{
    aon_theory *t = theory(text);
    aon_buf b;

    T_REQUIRE(t != NULL);
    aon_buf_init(&b);
    aon_theory_print_core(t, &b);
    T_EQ_STR(b.s, want);
    aon_buf_clear(&b);
    aon_theory_free(t);
}

/* The nodes of `show p: FORMULA` with d, e, A (d x e), B (e x e), S, T in K^d, v in K^d,
 * a scalar, m in model(d), q, Xs. */
static void
check_nodes(const char *formula, const char *want)
{
    static const char head[] = "statement s\n"
                               "given d, e in dim given A in matrix(d,e)\n"
                               "given B in matrix(e,e) given S, T in subspace(d)\n"
                               "given v in vector(d) given a in scalar\n"
                               "given m in model(d) given q in query\n"
                               "given Xs in contexts\nshow p: ";
    aon_theory *t;
    aon_buf b;
    char *at;

    aon_buf_init(&b);
    aon_buf_printf(&b, "%s%s\n", head, formula);
    t = theory(b.s);
    T_REQUIRE(t != NULL);
    aon_buf_reset(&b);
    aon_core_print(aon_theory_core(t, 0), &b);
    at = strstr(b.s, "node ");
    *strstr(at, "show p") = '\0';
    T_EQ_STR(at, want);
    aon_buf_clear(&b);
    aon_theory_free(t);
}

TEST(tokens_have_spans)
{
    static const char text[] = "\xce\x93q \xe2\x88\x80<->x'' 12/34 \"s\" -- c\n";
    aon_source src = {"t", text, sizeof text - 1};
    aon_arena *arena = aon_arena_new();
    aon_diags *d = aon_diags_new();
    aon_tokens t;

    T_OK(aon_lex(&t, &src, aon_names_new(arena, NULL), arena, d));
    T_EQ_INT(t.n, 7);
    T_EQ_INT(t.tok[0].kind, TOK_NAME);
    T_EQ_STR(t.tok[0].sym->s, "Gamq");
    T_EQ_INT(t.tok[0].end, 3);
    T_EQ_INT(t.tok[1].kind, TOK_FORALL);
    T_EQ_INT(t.tok[1].begin, 4);
    T_EQ_INT(t.tok[1].end, 7);
    T_EQ_INT(t.tok[2].kind, TOK_IFF);
    T_EQ_STR(t.tok[3].sym->s, "x''");
    T_EQ_INT(t.tok[4].kind, TOK_RAT);
    T_EQ_INT(t.tok[5].kind, TOK_STR);
    T_EQ_INT(t.tok[6].kind, TOK_EOF);
    T_EQ_INT(t.ncomments, 1);
    T_EQ_INT(t.comment[0].end, sizeof text - 2);
    aon_diags_free(d);
    aon_arena_free(arena);
}

TEST(rationals_are_in_lowest_terms)
{
    aon_arena *arena = aon_arena_new();
    char nines[1001], halves[1001];

    T_EQ_STR(aon_rat_text(arena, "0", 1, "7", 1), "0");
    T_EQ_STR(aon_rat_text(arena, "6", 1, "3", 1), "2");
    T_EQ_STR(aon_rat_text(arena, "6", 1, "4", 1), "3/2");
    T_EQ_STR(aon_rat_text(arena, "4294967296", 10, "8589934592", 10), "1/2");
    T_EQ_STR(aon_rat_text(arena, "18446744073709551617", 20, "67280421310721", 14),
             "274177"); /* 2^64 + 1 */
    memset(nines, '9', 1000);
    memset(halves, '3', 1000);
    T_EQ_STR(aon_rat_text(arena, nines, 1000, halves, 1000), "3");
    T_EQ_STR(aon_rat_text(arena, halves, 1000, nines, 1000), "1/3");
    halves[999] = '4'; /* 3..34 = (10^1000 + 2) / 3 is coprime to 9..9 */
    T_EQ_INT(strlen(aon_rat_text(arena, nines, 1000, halves, 1000)), 2001);
    aon_arena_free(arena);
}

TEST(products_are_rewritten)
{
    check_nodes("A*B*id(e) = 0", "node 0 par A\nnode 1 par B\nnode 2 mul %0 %1\n"
                                 "node 3 zero %2\n");
    check_nodes("(A*B)*B = 0", "node 0 par A\nnode 1 par B\nnode 2 mul %1 %1\n"
                               "node 3 mul %0 %2\nnode 4 zero %3\n");
    check_nodes("(a*A)*(2*B) = 0",
                "node 0 par a\nnode 1 rat 2\nnode 2 par A\nnode 3 par B\n"
                "node 4 mul %2 %3\nnode 5 scale %1 %4\nnode 6 scale %0 %5\n"
                "node 7 zero %6\n");
    check_nodes("proj(S)*A = A", "node 0 par S\nnode 1 par A\nnode 2 proj %0 %1\n"
                                 "node 3 eq %2 %1\n");
    check_nodes("v*a = -v",
                "node 0 par a\nnode 1 par v\nnode 2 scale %0 %1\nnode 3 rat -1\n"
                "node 4 scale %3 %1\nnode 5 eq %2 %4\n");
}

TEST(subspaces_are_rewritten)
{
    check_nodes("S + T = 0",
                "node 0 par S\nnode 1 par T\nnode 2 join %0 %1\nnode 3 gens %2\n"
                "node 4 zero %3\n");
    check_nodes("colspace(A) <= S",
                "node 0 par A\nnode 1 par S\nnode 2 within %0 %1\n");
    check_nodes("image(proj(S), T) <= S",
                "node 0 par S\nnode 1 par T\nnode 2 gens %1\nnode 3 proj %0 %2\n"
                "node 4 within %3 %0\n");
    check_nodes("perp(S) = S & T",
                "node 0 par S\nnode 1 gens %0\nnode 2 tr %1\nnode 3 unk 0\n"
                "node 4 mul %2 %3\nnode 5 zero %4\nnode 6 sol 0 vector d %5\n"
                "node 7 gens %6\nnode 8 par T\nnode 9 within %3 %8\n"
                "node 10 sol 0 in %0 %9\nnode 11 within %7 %10\nnode 12 gens %10\n"
                "node 13 within %12 %6\nnode 14 and %11 %13\n");
}

TEST(formulas_are_rewritten)
{
    check_nodes("not not a = 0 -> 0 != v",
                "node 0 par a\nnode 1 zero %0\nnode 2 not %1\nnode 3 par v\n"
                "node 4 zero %3\nnode 5 not %4\nnode 6 or %2 %5\n");
    check_nodes("a = 1 <-> 6/4 < a",
                "node 0 par a\nnode 1 rat 1\nnode 2 eq %0 %1\nnode 3 not %2\n"
                "node 4 rat 3/2\nnode 5 lt %4 %0\nnode 6 or %3 %5\nnode 7 not %5\n"
                "node 8 or %7 %2\nnode 9 and %6 %8\n");
    check_nodes(
        "forall M in matrix(d,2): M = 0",
        "node 0 unk 0\nnode 1 zero %0\nnode 2 not %1\nnode 3 ex 0 matrix d 2 %2\n"
        "node 4 not %3\n");
    check_nodes("m.dim = d and #X/q <= 4 and m.dim != #Xs",
                "node 0 size d\nnode 1 eq %0 %0\nnode 2 size #X/q\nnode 3 rat 4\n"
                "node 4 le %2 %3\nnode 5 and %1 %4\nnode 6 size #Xs\nnode 7 eq %0 %6\n"
                "node 8 not %7\nnode 9 and %5 %8\n");
}

TEST(heights_count_what_is_inside)
{
    check_nodes(
        "forall x in X/q, y in Y: <m.f(x.q), m.g(y)> = <m.f(x), m.g(base)>",
        "node 0 var 1\nnode 1 cat %0 q\nnode 2 f m %1\nnode 3 var 0\n"
        "node 4 g m %3\nnode 5 dot %2 %4\nnode 6 f m %0\nnode 7 base\n"
        "node 8 g m %7\nnode 9 dot %6 %8\nnode 10 eq %5 %9\nnode 11 all 0 Y %10\n"
        "node 12 all 1 X/q %11\n");
    /* the domain of the inner binder counts for the outer one, not for itself */
    check_nodes(
        "exists x in X: forall w in span{m.f(x) | y in Y}: w = 0",
        "node 0 var 1\nnode 1 f m %0\nnode 2 cols 0 Y %1\nnode 3 span %2\n"
        "node 4 vec 0\nnode 5 zero %4\nnode 6 allin 0 %3 %5\nnode 7 any 1 X %6\n");
}

TEST(types_tell_nodes_apart)
{
    check_nodes(
        "(exists y in Y: y = base) and (exists w in vector(d): w = 0) and "
        "exists c in scalar: c = 0",
        "node 0 var 0\nnode 1 base\nnode 2 same %0 %1\nnode 3 any 0 Y %2\n"
        "node 4 unk 0\nnode 5 zero %4\nnode 6 ex 0 vector d %5\nnode 7 and %3 %6\n"
        "node 8 unk 0\nnode 9 zero %8\nnode 10 ex 0 scalar %9\nnode 11 and %7 %10\n");
    check_nodes("(forall x in X: m.f(x) = 0) or forall y in Y: m.g(y) = 0",
                "node 0 var 0\nnode 1 f m %0\nnode 2 zero %1\nnode 3 all 0 X %2\n"
                "node 4 var 0\nnode 5 g m %4\nnode 6 zero %5\nnode 7 all 0 Y %6\n"
                "node 8 or %3 %7\n");
}

TEST(equal_terms_are_one_node_at_any_depth)
{
    check_nodes(
        "(forall x in X: m.f(x) = 0) and "
        "forall z in Xs: z = z and forall x in X: m.f(x) = 0",
        "node 0 var 0\nnode 1 f m %0\nnode 2 zero %1\nnode 3 all 0 X %2\n"
        "node 4 var 1\nnode 5 same %4 %4\nnode 6 and %5 %3\nnode 7 all 1 Xs %6\n"
        "node 8 and %3 %7\n");
}

static const char thm15[] =
    "library ntp 1\n"
    "def g0(m,y) := m.g(y) - m.g(base)\n"
    "def F(m) := span{ m.f(x) | x in X }\n"
    "def same(m,m') := forall x in X, y in Y: <m.f(x), g0(m,y)> = <m'.f(x), g0(m',y)>\n"
    "def par(S,u,v) := p: exists b in scalar: e: proj(S)*u = b*proj(S)*v and n: b != "
    "0\n"
    "statement thm15\n"
    "use ntp 1\n"
    "given d in dim given m in model(d) given y1, y2 in token\n"
    "let u := m.g(y1)\n"
    "assume same: same(m,m) weaken m.dim <= 2\n"
    "show par: par(F(m),u,m.g(y2))\n";

static const char thm15_head[] =
    "statement thm15\nuse ntp 1\ngiven d dim\ngiven m model d\n"
    "given y1 token\ngiven y2 token\n"
    "node 0 var 1\nnode 1 f m %0\nnode 2 var 0\nnode 3 g m %2\n"
    "node 4 rat -1\nnode 5 base\nnode 6 g m %5\n"
    "node 7 scale %4 %6\nnode 8 add %3 %7\nnode 9 dot %1 %8\n"
    "node 10 eq %9 %9\nnode 11 all 0 Y %10\n"
    "node 12 all 1 X %11\nnode 13 size d\nnode 14 rat 2\n"
    "node 15 le %13 %14\n";

/* The unknown has number 1: the `cols` of F(m) is in its scope and has 0. */
TEST(statement_in_full)
{
    char want[4000];

    snprintf(
        want, sizeof want,
        "core 1\nlibrary ntp 1\n%s"
        "node 16 var 0\nnode 17 f m %%16\nnode 18 cols 0 X %%17\nnode 19 span %%18\n"
        "node 20 par y1\nnode 21 g m %%20\nnode 22 proj %%19 %%21\nnode 23 unk 1\n"
        "node 24 par y2\nnode 25 g m %%24\nnode 26 proj %%19 %%25\n"
        "node 27 scale %%23 %%26\nnode 28 eq %%22 %%27\nnode 29 zero %%23\n"
        "node 30 not %%29\nnode 31 and %%28 %%30\nnode 32 ex 1 scalar %%31\n"
        "assume same %%12\nweaken same %%15\nshow par %%32\nend\n",
        thm15_head);
    check_core(thm15, want);
}

TEST(drops_leave_conjuncts_out)
{
    const char *one[] = {"par.n"}, *all[] = {"par.e", "par.n", "par.e"},
               *bad[] = {"par.x"};
    aon_theory *t = theory(thm15);
    aon_diags *d = aon_diags_new();
    aon_core *c = NULL;
    aon_buf b;

    T_REQUIRE(t != NULL);
    aon_buf_init(&b);
    T_OK(aon_core_build(&c, t, 0, one, 1, d));
    aon_core_print(c, &b);
    T_CHECK(strstr(b.s, "node 29 ex 1 scalar %28\nassume") != NULL);
    aon_core_free(c);
    T_OK(aon_core_build(&c, t, 0, all, 3, d));
    T_EQ_INT(c->ndrop, 2);
    aon_buf_reset(&b);
    aon_core_print(c, &b);
    T_CHECK(strstr(b.s, "node 16 true\nnode 17 ex 0 scalar %16\nassume") != NULL);
    T_EQ_INT(aon_core_build(&(aon_core *){NULL}, t, 0, bad, 1, d), AON_EINPUT);
    T_EQ_STR(aon_diags_slug(d, 0), "label");
    aon_theory_free(t); /* a core may outlive its theory */
    T_EQ_STR(c->drop[1], "par.n");
    T_EQ_INT(aon_span_text(c->assume[0].span).len, strlen("same(m,m)"));
    T_CHECK(strncmp(aon_span_text(c->assume[0].span).s, "same(m,m)", 9) == 0);
    aon_core_free(c);
    aon_diags_free(d);
    aon_buf_clear(&b);
}

TEST(terms_and_variants)
{
    aon_theory *t = theory(thm15);
    aon_diags *d = aon_diags_new();
    const aon_core *s = aon_theory_core(t, 0);
    const char *h[] = {"same"}, *g[] = {"some"};
    aon_variant v = {.without = h, .nwithout = 1};
    aon_core *c = NULL;
    aon_ref root;

    T_OK(aon_core_term(&c, t, "TERM", "dim(F(m))", 9, s->given, s->ngiven, d));
    T_EQ_INT(c->node[c->term].op, AON_DIM);
    T_EQ_INT(c->nnodes, 5);
    aon_core_free(c);
    T_EQ_INT(aon_core_term(&c, t, "TERM", "m", 1, s->given, s->ngiven, d), AON_EINPUT);
    T_OK(aon_variant_roots(s, &v, &root, d));
    T_CHECK(root == AON_NO_REF);
    v = (aon_variant){.weaken = h, .nweaken = 1};
    T_OK(aon_variant_roots(s, &v, &root, d));
    T_EQ_INT(root, 15);
    v = (aon_variant){.only = g, .nonly = 1, .has_only = true};
    T_EQ_INT(aon_variant_roots(s, &v, &root, d), AON_EINPUT);
    aon_diags_free(d);
    aon_theory_free(t);
}

/* The text of a file is not copied for each statement: there may be 30,000 of them. */
TEST(statements_of_a_file_share_its_text)
{
    static const char text[] =
        "statement a\nshow c: 1 = 1\nstatement b\nshow c: 1 = 2\n";
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_core *own = NULL;

    T_OK(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d));
    T_OK(aon_core_build(&own, t, 1, NULL, 0, d));
    if (t != NULL && own != NULL) {
        const aon_source *a = aon_theory_core(t, 0)->show[0].span.src;
        const aon_source *b = aon_theory_core(t, 1)->show[0].span.src;

        T_CHECK(a->text == b->text);
        aon_theory_free(t); /* what was built by itself lives on */
        T_CHECK(strncmp(aon_span_text(own->show[0].span).s, "1 = 2", 5) == 0);
        T_EQ_STR(own->show[0].span.src->name, "t.aon");
    }
    aon_core_free(own);
    aon_diags_free(d);
}

/* docs/language.md, 2: whatever an `expect` line says, up to the next item. */
TEST(a_reader_of_the_core_skips_expectations)
{
    static const char *const said[] = {
        "expect survived", "expect", "expect (7 in weaken def : ] without g g",
        "expect refuted because nothing expect expect only {g}"};
    static const char want[] = "core 1\nstatement s\nnode 0 rat 1\nnode 1 eq %0 %0\n"
                               "assume h %1\nshow c %1\nend\n"
                               "statement t\nnode 0 rat 1\nnode 1 eq %0 %0\n"
                               "show c %1\nend\n";

    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        aon_diags *d = aon_diags_new();
        aon_theory *t = NULL;
        char text[400];
        aon_buf b;

        snprintf(text, sizeof text,
                 "statement s assume h: 1 = 1 %s show c: 1 = 1 %s "
                 "statement t show c: 1 = 1 %s",
                 said[i], said[i], said[i]);
        T_EQ_INT(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d),
                 i == 0 ? AON_OK : AON_EINPUT);
        if (t != NULL)
            aon_theory_free(t);
        t = NULL;
        T_OK(aon_theory_parse_core(&t, "t.aon", text, strlen(text), ".", NULL, 0, d));
        aon_buf_init(&b);
        if (t != NULL) {
            aon_theory_print_core(t, &b);
            T_EQ_STR(b.s, want);
            T_EQ_INT(aon_theory_core(t, 0)->nexpect, 0);
            aon_theory_free(t);
        }
        aon_buf_clear(&b);
        aon_diags_free(d);
    }
}

/* Free variables, types and nvars as core.h says. */
TEST(nodes_know_their_free_variables)
{
    aon_theory *t = theory("statement s\ngiven m in model(2)\n"
                           "show p: exists A in matrix(2,2): forall x in X: "
                           "A*m.f(x) = 0\n");
    const aon_core *c = aon_theory_core(t, 0);

    T_EQ_INT(c->nvars, 2);
    T_EQ_INT(c->nnodes, 7);
    T_EQ_INT(c->node[3].op, AON_MUL);
    T_EQ_INT(c->node[3].type.kind, AON_T_VECTOR);
    T_EQ_INT(c->node[3].nfree_unk, 1);
    T_EQ_INT(c->node[3].free_unk[0], 1);
    T_EQ_INT(c->node[3].nfree_fin, 1);
    T_EQ_INT(c->node[3].free_fin[0], 0);
    T_EQ_INT(c->node[5].nfree_fin, 0);
    T_EQ_INT(c->node[6].op, AON_EX);
    T_EQ_INT(c->node[6].nfree_unk, 0);
    aon_theory_free(t);
}
