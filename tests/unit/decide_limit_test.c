/* The limit on work ends a decision wherever the work is: in a term, a span, a form. */
#include "unit/t.h"

#include "decide/decide.h"
#include "decide/eval.h"

enum { CONTEXTS = 12, WORK = 20000 };

/* As many contexts as said, one token beside the pivot, f and g zero. */
static aon_instance *
instance_of(int contexts, aon_diags *diags)
{
    aon_instance *in = NULL;
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(&text, "aoni 1\ntokens a b\nbase a\n");
    for (int i = 0; i < contexts; i++) {
        aon_buf_printf(&text, "context x%d", i);
        for (int k = 0; k <= i; k++)
            aon_buf_puts(&text, " a");
        aon_buf_putc(&text, '\n');
    }
    aon_buf_puts(&text, "model m 2\n");
    for (int i = 0; i < contexts; i++)
        aon_buf_printf(&text, "f x%d 0 0\n", i);
    aon_buf_puts(&text, "g a 0 0\ng b 1 0\nend\n");
    T_OK(aon_instance_read(&in, "test.aoni", text.s, text.len, diags));
    aon_buf_clear(&text);
    return in;
}

/* Every context may stand in the term: nothing is evaluated once for many of them. */
#define INNER "(m.f(a)+m.f(b)+m.f(c)+m.f(e)+m.f(h)+m.f(i)+m.f(j)+m.f(k))"
#define BINDERS "a in X, b in X, c in X, e in X, h in X, i in X, j in X, k in X"
#define SUMS                                                                           \
    "(sum a in X: (sum b in X: (sum c in X: (sum e in X: (sum h in X: (sum i in X: "   \
    "(sum j in X: (sum k in X: "
#define END "))))))))"

/* A decision under WORK units: undecided for that reason, and little above the limit. */
static void
check_stops(const char *clause)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = instance_of(CONTEXTS, diags);
    const aon_limits limits = {WORK};
    aon_theory *theory = NULL;
    aon_decision *d = NULL;
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_printf(&text, "statement s given m in model(2) show c: %s", clause);
    if (aon_theory_parse(&theory, "test.aon", text.s, text.len, ".", NULL, 0, diags) !=
        AON_OK) {
        aon_buf_reset(&text);
        aon_diags_print(diags, &text, false);
        t_fail(__FILE__, __LINE__, text.s);
        exit(1);
    }
    T_OK(aon_decide(&d, aon_theory_core(theory, 0), NULL, in, &limits, diags));
    if (!T_CHECK(aon_decision_verdict(d) == AON_UNDECIDED))
        fprintf(stderr, "    %s\n", clause);
    if (T_CHECK(aon_decision_reason(d) != NULL))
        T_EQ_STR(aon_decision_reason(d), "the limit on work units was reached");
    T_CHECK(d->ev.work <= WORK + 1000); /* a few values more */
    aon_decision_free(d);
    aon_theory_free(theory);
    aon_instance_free(in);
    aon_buf_clear(&text);
    aon_diags_free(diags);
}

TEST(sums_stop)
{
    check_stops(SUMS INNER END " = 0");
    check_stops("<" SUMS INNER END ", m.g(base)> <= 1");
}

TEST(spans_stop)
{
    check_stops("span{" INNER " | " BINDERS "} = 0");
    check_stops("m.g(base) in span{" INNER " | " BINDERS "}");
    check_stops("forall v in span{" INNER " | " BINDERS "}: v = 0");
}

TEST(set_builders_stop)
{
    check_stops("{v in vector(2) | " SUMS "<v, " INNER ">" END " = 0} = 0");
    check_stops("{v in vector(2) | forall " BINDERS ": <v, " INNER "> = 0} = 0");
}

TEST(forms_stop)
{
    check_stops("exists A in matrix(2,2): " SUMS "A*" INNER "" END " = 0");
    check_stops("exists A in matrix(2,2): " SUMS "A*A*" INNER "" END " = 0");
    check_stops("exists v in span{" INNER " | " BINDERS "}: v = 0");
}

TEST(formulas_stop)
{
    check_stops("forall " BINDERS ": " INNER " = 0");
    check_stops("exists A in matrix(2,2): forall " BINDERS ": A*" INNER " = 0");
}

/* Large values take room, and so they count. */
TEST(large_values_count)
{
    check_stops("(sum a in X: (sum b in X: (sum c in X: <m.f(a)+m.f(b),m.f(c)>*"
                "id(64)))) = 0*id(64)");
}

/* Value of a term, evaluated with this limit: 0, no limit to speak of. */
static void
check_term(const char *term, uint64_t work, aon_type_kind kind)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = instance_of(2, diags);
    const aon_limits limits = {work};
    static const char none[] = "library l 1 def id1(x) := x";
    const aon_given m = {
        "m", {AON_T_MODEL, {AON_DIM_INT, 2, NULL, {0}}, {0}}, {NULL, 0, 0}};
    aon_theory *theory = NULL;
    aon_core *core = NULL;
    aon_decision *d = NULL;
    aon_result r;

    aon_result_init(&r);
    T_OK(aon_theory_parse(&theory, "l.aon", none, strlen(none), ".", NULL, 0, diags));
    T_OK(aon_core_term(&core, theory, "TERM", term, strlen(term), &m, 1, diags));
    T_OK(aon_eval_term(&d, &r, core, in, &limits, diags));
    T_EQ_INT(r.kind, kind);
    T_EQ_INT(r.truth, AON_UNKNOWN);
    T_CHECK((aon_decision_reason(d) != NULL) == (kind == AON_T_FORMULA));
    aon_decision_free(d);
    aon_core_free(core);
    aon_theory_free(theory);
    aon_instance_free(in);
    aon_result_clear(&r);
    aon_diags_free(diags);
}

TEST(terms_of_eval_stop)
{
    check_term(SUMS INNER END, 100, AON_T_FORMULA);
    check_term(SUMS INNER END, 0, AON_T_VECTOR);
    check_term("span{" INNER " | " BINDERS "}", 100, AON_T_FORMULA);
    check_term("span{" INNER " | " BINDERS "}", 0, AON_T_SPACE);
}

/* What a judgement gave up is no value: asked for outside of one it is computed. */
TEST(nothing_unfinished_is_remembered)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = instance_of(3, diags);
    static const char text[] =
        "statement s given m in model(2) show c: "
        "(sum a in X: (sum b in X: (sum y in Y: <m.f(a)+m.f(b)+m.g(y),m.g(y)>))) = 9";
    aon_theory *theory = NULL;

    T_OK(aon_theory_parse(&theory, "t.aon", text, strlen(text), ".", NULL, 0, diags));
    for (uint64_t work = 1; work < 80; work++) {
        const aon_limits limits = {work};
        const aon_core *core = aon_theory_core(theory, 0);
        aon_decision *d = NULL;
        fmpq_t q;

        fmpq_init(q);
        T_OK(aon_decide(&d, core, NULL, in, &limits, diags));
        aon_mat_get(q, aon_value_of(&d->ev, core->node[core->show[0].root].arg[0]), 0,
                    0);
        T_CHECK(fmpq_cmp_si(q, 9) == 0); /* 3 * 3 * (<0,0> + <(1,0),(1,0)>) */
        aon_decision_free(d);
        fmpq_clear(q);
    }
    aon_theory_free(theory);
    aon_instance_free(in);
    aon_diags_free(diags);
}

/*
 * `exists u` over a conjunction of `pairs` disjunctions of two, which make 2^pairs
 * branches, and of `more`, or else `alternative`.  Its first branch, u = 0, satisfies it.
 */
static void
check_block(int pairs, const char *more, const char *alternative, int contexts,
            bool decided)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = instance_of(contexts, diags);
    aon_theory *theory = NULL;
    aon_decision *d = NULL;
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(&text, "statement s given m in model(2) "
                        "show c: exists u in vector(2): (u = u");
    for (int i = 0; i < pairs; i++)
        aon_buf_puts(&text, " and (u = 0 or <u, m.g(base)> = 1)");
    aon_buf_printf(&text, "%s)%s", more, alternative);
    T_OK(aon_theory_parse(&theory, "t.aon", text.s, text.len, ".", NULL, 0, diags));
    T_OK(aon_decide(&d, aon_theory_core(theory, 0), NULL, in, NULL, diags));
    T_EQ_INT(aon_decision_verdict(d), decided ? AON_HOLDS : AON_UNDECIDED);
    if (!decided && T_CHECK(aon_decision_reason(d) != NULL))
        T_EQ_STR(aon_decision_reason(d), "an existential formula has too many cases");
    aon_decision_free(d);
    aon_theory_free(theory);
    aon_instance_free(in);
    aon_buf_clear(&text);
    aon_diags_free(diags);
}

/* docs/witness-format.md, 6.1: more is a witness that no checker takes. */
TEST(blocks_have_4096_branches_at_most)
{
    check_block(12, "", "", 1, true);
    check_block(12, "", " or u = 0", 1, false);
    check_block(11, "", " or u = 0", 1, true);
}

TEST(blocks_have_a_million_literals_at_most)
{
    static const char forall[] = " and (forall x, z in X: <u, m.f(x) + m.f(z)> = 0)";

    check_block(11, forall, "", 25, false); /* 2048 * (12 + 625) */
    check_block(8, forall, "", 25, true);
}
