/* Verdicts of small statements, each construct with both outcomes, worked out by hand. */
#include "unit/t.h"

#include "decide/decide.h"
#include "decide/eval.h"

#include <time.h>

/* f: x1 (1,0), x2 (0,1), x3 (1,1), a chain under q = b; g: a 0, b (1,0), c (1,0).
 * So F = K^2, G = M = N = <(1,0)>; log-odds of b and c: 1, 0, 1. */
static const char instance_text[] = "aoni 1\n"
                                    "tokens a b c\n"
                                    "base a\n"
                                    "context x1 a\n"
                                    "context x2 a b\n"
                                    "context x3 a b b\n"
                                    "model m 2\n"
                                    "f x1 1 0\n"
                                    "f x2 0 1\n"
                                    "f x3 1 1\n"
                                    "g a 0 0\n"
                                    "g b 1 0\n"
                                    "g c 1 0\n"
                                    "query q b\n"
                                    "query none\n"
                                    "subspace S 2\n"
                                    "gen 1 0\n"
                                    "gen 2 0\n"
                                    "subspace D 2\n"
                                    "gen 1 1\n"
                                    "vector v 2\n"
                                    "row 3 4\n"
                                    "matrix A 2 2\n"
                                    "row 1 2\n"
                                    "row 3 4\n"
                                    "scalar t 1/2\n"
                                    "token y b\n"
                                    "contextset Xs x1 x2\n"
                                    "contextset Zs x2 x3\n"
                                    "vector l 3\n"
                                    "row 1 -1/2 -1/2\n"
                                    "vector w 2\n"
                                    "row 4 -3\n"
                                    "vector zz 2\n"
                                    "row 1 -1\n"
                                    "dim e 3\n"
                                    "end\n";

static const char givens[] =
    "given d in dim given m in model(d) given q, none in query given S, D in "
    "subspace(d)\n"
    "given v in vector(d) given A in matrix(d,d) given t in scalar given y in token\n"
    "given Xs, Zs in contexts given l in vector(#Y) given w, zz in vector(d) given e "
    "in "
    "dim\n";

typedef struct {
    const char *clause; /* of `show c: ..` */
    aon_truth truth;
} claim;

/*
 * Less work may leave the verdict open, never change it, and more work never takes one
 * back.  So every place where a decision can stop is stopped at (some are skipped above 16
 * units).
 */
static void
check_limits(const aon_core *core, const aon_ref *root, const aon_instance *in,
             aon_verdict verdict)
{
    uint64_t work = 1;
    bool open = true;

    for (; open && work < 100000; work += 1 + work / 16) {
        const aon_limits limits = {work};
        aon_diags *diags = aon_diags_new();
        aon_decision *d = NULL;

        T_OK(aon_decide(&d, core, root, in, &limits, diags));
        open = d->ev.exhausted;
        if (open)
            T_CHECK(aon_decision_verdict(d) == AON_UNDECIDED &&
                    strstr(aon_decision_reason(d), "the limit on work units") != NULL);
        else
            T_CHECK(aon_decision_verdict(d) == verdict);
        aon_decision_free(d);
        aon_diags_free(diags);
    }
    T_CHECK(work > 2);
}

/* Decide `statement s` with these items in an instance. */
static aon_verdict
verdict_in(const char *instance, const char *items, aon_truth *first_show)
{
    aon_diags *diags = aon_diags_new();
    aon_theory *theory = NULL;
    aon_instance *in = NULL;
    aon_decision *d = NULL;
    aon_verdict verdict = AON_UNDECIDED;
    aon_ref root[4];
    aon_buf text;

    *first_show = AON_UNKNOWN;
    aon_buf_init(&text);
    aon_buf_printf(&text, "statement s\n%s\n", items);
    if (aon_theory_parse(&theory, "test.aon", text.s, text.len, ".", NULL, 0, diags) ==
            AON_OK &&
        aon_instance_read(&in, "test.aoni", instance, strlen(instance), diags) ==
            AON_OK) {
        const aon_core *core = aon_theory_core(theory, 0);

        for (size_t i = 0; i < core->nassume; i++)
            root[i] = core->assume[i].root;
        if (aon_decide(&d, core, root, in, NULL, diags) == AON_OK) {
            verdict = aon_decision_verdict(d);
            *first_show = aon_decision_show(d, 0);
            if (d->ev.work < 3000)
                check_limits(core, root, in, verdict);
        }
    }
    if (aon_diags_errors(diags) > 0) {
        aon_buf_reset(&text);
        aon_diags_print(diags, &text, false);
        fprintf(stderr, "%s", text.s);
    }
    aon_decision_free(d);
    aon_instance_free(in);
    aon_theory_free(theory);
    aon_buf_clear(&text);
    aon_diags_free(diags);
    return verdict;
}

/* The same after the givens above, in the instance above. */
static aon_verdict
verdict_of(const char *items, aon_truth *first_show)
{
    aon_verdict verdict;
    aon_buf all;

    aon_buf_init(&all);
    aon_buf_printf(&all, "%s %s", givens, items);
    verdict = verdict_in(instance_text, all.s, first_show);
    aon_buf_clear(&all);
    return verdict;
}

static aon_truth
truth_of(const char *clause)
{
    aon_truth t;
    aon_buf items;

    aon_buf_init(&items);
    aon_buf_printf(&items, "show c: %s", clause);
    (void)verdict_of(items.s, &t);
    aon_buf_clear(&items);
    return t;
}

static void
check_claims(const claim *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!T_CHECK(truth_of(c[i].clause) == c[i].truth))
            fprintf(stderr, "    %s\n", c[i].clause);
}

#define CHECK(list) check_claims(list, sizeof(list) / sizeof *(list))

TEST(ring_operations)
{
    static const claim c[] = {
        {"A*v = v", AON_FALSE},
        {"<A*v, v> = 11*3 + 25*4", AON_TRUE},
        {"<A*v, v> = 132", AON_FALSE},
        {"tr(A)*v - A*v = -4*id(m.dim)*v + t*8*v + tr(A)*v - A*v", AON_TRUE},
        {"v - v = 0", AON_TRUE},
        {"v = 0", AON_FALSE},
        {"t + t = 1", AON_TRUE},
        {"t < 1/2", AON_FALSE},
        {"t <= 1/2", AON_TRUE},
        {"1/3 < t", AON_TRUE},
        {"-t <= -1/3", AON_TRUE},
        {"d = 2 and #X = 3 and #Y = 3 and #X/q = 2 and #X/none = 3 and #Xs = 2",
         AON_TRUE},
        {"e = 3", AON_TRUE},
        {"dim(all(e)) = 3", AON_TRUE},
        {"#Xs/q = 2", AON_FALSE},
        {"#Xs/q = 1", AON_TRUE},
        {"(sum y1 in Y: l[y1]) = 0", AON_TRUE},
        {"(sum y1 in Y: l[y1]*m.g(y1)) = 0", AON_FALSE},
        {"l[y] = -1/2 and l[base] = 1", AON_TRUE},
    };

    CHECK(c);
}

TEST(finite_quantifiers)
{
    static const claim c[] = {
        {"forall x in X: <m.f(x), m.g(base)> = 0", AON_TRUE},
        {"forall x in X: <m.f(x), m.g(y)> = 1", AON_FALSE},
        {"exists x in X: m.f(x) = 0", AON_FALSE},
        {"exists x in X, z in X: m.f(x) = 2*m.f(z) - m.f(x) and not m.f(x) = 0",
         AON_TRUE},
        {"forall x in X/q: <m.f(x.q), m.g(y)> = <m.f(x), m.g(y)>", AON_FALSE},
        {"forall x in X/none: m.f(x.none) = m.f(x)", AON_TRUE},
        {"exists y1, y2 in Y: y1 != y2 and m.g(y1) = m.g(y2) and y1 = y", AON_TRUE},
        {"forall y1, y2 in Y: m.g(y1) = m.g(y2) -> y1 = y2", AON_FALSE},
        {"forall x in Xs: <m.f(x), m.f(x)> = 1", AON_TRUE},
        {"forall x in X: <m.f(x), m.f(x)> = 1", AON_FALSE},
        {"forall x in X: <m.f(x), m.f(x)> = 1 <-> x = x", AON_FALSE},
    };

    CHECK(c);
}

TEST(spaces)
{
    static const claim c[] = {
        {"dim(S) = 1", AON_TRUE},
        {"dim(S) = 2", AON_FALSE},
        {"dim(S + D) = 2", AON_TRUE},
        {"S & D = 0", AON_TRUE},
        {"S & S = S", AON_TRUE},
        {"S <= D", AON_FALSE},
        {"perp(S) + S = all(d)", AON_TRUE},
        {"v in S", AON_FALSE},
        {"proj(S)*v in S", AON_TRUE},
        {"<proj(D)*v, v> = 49/2", AON_TRUE},
        {"<proj(D)*v, v> = 24", AON_FALSE},
        {"proj(S)*proj(D) = proj(D)*proj(S)", AON_FALSE},
        {"proj(S)*proj(S) = proj(S)", AON_TRUE},
        {"span{m.f(x) | x in X} = all(d)", AON_TRUE},
        {"span{m.f(x.q) - m.f(z.q) | x in X/q, z in X/q} = S", AON_TRUE},
        {"span{m.g(y1) | y1 in Y} = D", AON_FALSE},
        {"image(A, S) = span{A*m.g(y1) | y1 in Y}", AON_TRUE},
        {"rowspace(A) = all(d) and colspace(A) = all(d)", AON_TRUE},
        {"dim(colspace(A - A)) = 0", AON_TRUE},
        {"{u in vector(d) | forall x in X: <u, m.f(x)> = 0} = 0", AON_TRUE},
        {"{u in D | <u, v> = 0} = 0", AON_TRUE},
        {"{u in D | u in S} = D", AON_FALSE},
        {"{u in vector(d) | A*u in S} = span{-2*m.g(y1) + 3/2*0*m.g(y1) | y1 in Y}",
         AON_FALSE},
        {"dim({c in vector(#X) | (sum x in X: c[x]*m.f(x)) = 0}) = 1", AON_TRUE},
        {"{u in vector(d) | exists r in D: u = A*r} = image(A, D)", AON_TRUE},
        {"{u in vector(d) | exists r in D: u = A*r} = image(tr(A), D)", AON_FALSE},
        {"{u in S | exists r in D: A*u = r} = 0", AON_TRUE},
        {"forall u in S: <u, v> = 3*<u, proj(S)*v> - 2*<u, v>", AON_TRUE},
        {"forall u in all(d): <u, v> = <u, proj(S)*v>", AON_FALSE},
        {"forall u in D, r in S: <A*u, r> = <u, tr(A)*r>", AON_TRUE},
        {"forall u in D, r in S: <u, r> = 0", AON_FALSE},
        {"(forall u in S: u in S) and (forall u in D: u in D)", AON_TRUE},
    };

    CHECK(c);
}

TEST(linear_unknowns)
{
    static const claim c[] = {
        {"exists u in vector(d): A*u = v", AON_TRUE},
        {"exists u in S: A*u = v", AON_FALSE},
        {"exists u in S: u = proj(S)*v and u != 0", AON_TRUE},
        {"exists B in matrix(d,d): A*B = id(d) and B*A = id(d)", AON_TRUE},
        {"exists B in matrix(d,d): B*A = id(d) and B*v = 0", AON_FALSE},
        {"exists b in scalar: proj(D)*v = b*(proj(S)*v + proj(D)*v - proj(S)*v) and b "
         "!= 0",
         AON_TRUE},
        {"exists b in scalar: proj(D)*v = b*(proj(D)*v) and b != 1", AON_FALSE},
        {"exists b in scalar: 0*v = b*v and b != 0", AON_FALSE},
        {"exists b in scalar: v = b*v and b < 1", AON_FALSE},
        {"exists B in matrix(d,d): (forall x in X/q: m.f(x.q) = B*m.f(x))", AON_TRUE},
        {"exists B in matrix(d,d): (forall x in X/q: m.f(x.q) = B*m.f(x)) and "
         "rowspace(B) <= S",
         AON_FALSE},
        {"exists B in matrix(d,d): (forall x in X/q: proj(S)*m.f(x.q) = B*m.f(x)) and "
         "colspace(B) <= S",
         AON_TRUE},
        {"exists B, C in matrix(d,d): B*A = id(d) and C = B*B and tr(C)*B = "
         "tr(B)*tr(B)*B",
         AON_TRUE},
        {"exists B, C in matrix(d,d): B*A = id(d) and tr(C)*B = id(d) and C = A",
         AON_FALSE},
        /* C = 0 is tried for a B first, then solved for: another C under the same B */
        {"exists B, C in matrix(d,d): B*C = id(d)", AON_TRUE},
        {"exists B, C in matrix(d,d): B*A = id(d) and tr(C)*B = id(d)", AON_TRUE},
        {"exists B in matrix(d,d): B*A = id(d) and image(B, S) = D", AON_FALSE},
        {"exists B in matrix(d,d): A*B = A and image(B, S) = S and dim(image(B, D)) = "
         "1",
         AON_TRUE},
        {"forall B, C in matrix(d,d): B*A = id(d) and C*A = id(d) -> B = C", AON_TRUE},
        {"forall B, C in matrix(d,d): B*v = v and C*v = v -> B = C", AON_FALSE},
        {"exists u in vector(d): u = v or u = 0", AON_TRUE},
        {"exists u in vector(d): (u = v or u = 0) and <u, v> = 1", AON_FALSE},
        {"exists u in vector(d): forall x in X: exists b in scalar: u = b*m.f(x)",
         AON_TRUE},
        {"exists u in vector(d): u != 0 and forall x in X: exists b in scalar: u = "
         "b*m.f(x)",
         AON_FALSE},
        {"exists u in vector(d): forall r in S: <u, r> = <v, r>", AON_TRUE},
        {"exists u in D: (forall r in S: <u, r> = <v, r>) and <u, v> = 1", AON_FALSE},
        {"exists u in vector(d): not (u = 0) and not (u = v) and <u, v> = 25",
         AON_TRUE},
        {"exists u in vector(d): not (forall x in X: <u, m.f(x)> = 0) and u in S",
         AON_TRUE},
        {"exists u in S: not (forall x in Xs: <u, m.f(x)> = 0 or u != u)", AON_TRUE},
        {"exists u in vector(d): u = v and not (v in S)", AON_TRUE},
        {"exists u in vector(d): u = v and not (v in S + D)", AON_FALSE},
        {"exists b in scalar: b*v = v and b + 1/2 < 1", AON_FALSE},
        {"exists b in scalar: b*v = v and 1 < b + 1/2", AON_TRUE},
        {"exists u in vector(d): <u, v> = 0 and u != 0 and u != w and u != -w",
         AON_TRUE},
        {"exists u in vector(d): <u, v> = 0 and <u, w> = 25 and u != w", AON_FALSE},
        {"exists u in vector(d): forall x in Xs: exists b in scalar: u + b*zz = m.f(x)",
         AON_TRUE},
        {"exists u in vector(d): forall x in X: exists b in scalar: u + b*zz = m.f(x)",
         AON_FALSE},
        {"exists u in vector(d): u = 0 and proj(D)*u != 0", AON_FALSE},
        {"exists u in vector(d): u in S and proj(D)*u != 0", AON_TRUE},
        {"exists u in vector(d): proj(S)*(proj(D)*u) = v and 1 < <u, u>", AON_FALSE},
        {"exists u in vector(d): <proj(S)*(proj(D)*u), u> = 2 and u in span{2*v | x in "
         "X}",
         AON_UNKNOWN},
        {"exists u in vector(d): proj(D)*u = v", AON_FALSE},
        {"exists u in vector(d): proj(D)*u = proj(D)*v and u in S", AON_TRUE},
        {"exists c in vector(#Zs): (forall x in Zs: c[x]*m.f(x) = 2*m.f(x)) and "
         "(sum x in Zs: c[x]) = 4",
         AON_TRUE},
        {"exists c in vector(#Zs): (forall x in Zs: c[x]*m.f(x) = 2*m.f(x)) and "
         "(sum x in Zs: c[x]) = 3",
         AON_FALSE},
        /* the second row of B is 0 */
        {"exists B in matrix(d,d): span{B*m.f(x) | x in X} <= S and B != 0", AON_TRUE},
        {"exists B in matrix(d,d): span{B*m.f(x) | x in X} <= S and B*v = v",
         AON_FALSE},
    };

    CHECK(c);
}

/* As many bound variables as may be nested, all of them free in one term. */
TEST(many_free_variables)
{
    aon_buf clause;

    aon_buf_init(&clause);
    for (int i = 0; i < 150; i++)
        aon_buf_printf(&clause, "%s y%d", i == 0 ? "forall" : ",", i);
    aon_buf_puts(&clause, " in Y: 0 = ");
    for (int i = 0; i < 150; i++)
        aon_buf_printf(&clause, "%sm.g(y%d)", i == 0 ? "" : " + ", i);
    T_CHECK(truth_of(clause.s) == AON_FALSE); /* unless all of them are the pivot */
    aon_buf_clear(&clause);
}

/*
 * Context i is written in the binary digits of i + 1 after the first one: with a behind it
 * is context 2i + 1, with b context 2i + 2.  S holds the even ones.
 */
TEST(large_sets_take_linear_time)
{
    enum { MANY = 120000 };
    const clock_t from = clock();
    aon_buf text;
    aon_truth t;

    aon_buf_init(&text);
    aon_buf_puts(&text, "aoni 1\ntokens a b\nbase a\n");
    for (int i = 0; i < MANY; i++) {
        aon_buf_printf(&text, "context x%d", i);
        for (int bit = 16; bit >= 0; bit--)
            if ((i + 1) >> bit > 1)
                aon_buf_puts(&text, (i + 1) >> bit & 1 ? " b" : " a");
        aon_buf_putc(&text, '\n');
    }
    aon_buf_puts(&text, "query p a\nquery q b\ncontextset S");
    for (int i = 0; i < MANY; i += 2)
        aon_buf_printf(&text, " x%d", i);
    aon_buf_puts(&text, "\nend\n");
    T_CHECK(
        verdict_in(text.s,
                   "given p, q in query given S in contexts "
                   "show a: #S = 60000 and #X/p = 60000 and #X/q = 59999 "
                   "show b: #S/p = 0 and #S/q = 30000 and forall x in S/q: x != x.q",
                   &t) == AON_HOLDS);
    T_CHECK(clock() - from < 5 * CLOCKS_PER_SEC);
    aon_buf_clear(&text);
}

/* One condition for each of many contexts: of a set-builder, of an unknown. */
TEST(blocks_with_many_conditions)
{
    aon_buf text;
    aon_truth t;

    aon_buf_init(&text);
    aon_buf_puts(&text, "aoni 1\ntokens a\nbase a\n");
    for (int i = 0; i < 2000; i++) {
        aon_buf_printf(&text, "context x%d", i);
        for (int k = 0; k < i; k++)
            aon_buf_puts(&text, " a");
        aon_buf_putc(&text, '\n');
    }
    aon_buf_puts(&text, "model m 2\n");
    for (int i = 0; i < 2000; i++)
        aon_buf_printf(&text, "f x%d %d %d\n", i, i + 1, -2 * i - 2);
    aon_buf_puts(&text, "g a 0 0\nend\n");
    T_CHECK(
        verdict_in(text.s,
                   "given m in model(2) "
                   "show a: dim({v in vector(2) | forall x in X: <m.f(x), v> = 0}) = 1 "
                   "show b: exists v in vector(2): v != 0 and "
                   "    forall x in X: <m.f(x), v> = 0 "
                   "show c: not (exists A in matrix(2,2): (forall x in X: "
                   "    A*m.f(x) = m.f(x)) and forall x in X: A*m.f(x) = 2*m.f(x))",
                   &t) == AON_HOLDS);
    aon_buf_clear(&text);
}

/* Nonlinear and not determined: the honest answer. */
TEST(undetermined_stays_undecided)
{
    T_CHECK(truth_of("exists B, C in matrix(d,d): tr(B)*C = id(d) and B*v = 0") ==
            AON_UNKNOWN);
}

TEST(hypotheses_come_first)
{
    aon_truth t;

    T_CHECK(verdict_of("assume a: t = 1/2 show c: t < 1", &t) == AON_HOLDS);
    T_CHECK(verdict_of("assume a: t = 1/2 show c: 1 < t", &t) == AON_VIOLATED);
    T_CHECK(verdict_of("assume a: t = 1/2 assume b: 1 < t show c: 1 < t", &t) ==
            AON_INAPPLICABLE);
    T_CHECK(t == AON_UNKNOWN); /* conclusions are not decided then */
    T_CHECK(verdict_of("show c: t < 1 show e2: 1 < t", &t) == AON_VIOLATED);
    T_CHECK(t == AON_TRUE);
    T_CHECK(
        verdict_of("assume a: exists B, C in matrix(d,d): tr(B)*C = id(d) and B*v = 0 "
                   "show c: t < 1",
                   &t) == AON_UNDECIDED);
}
