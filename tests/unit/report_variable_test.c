/* Bound variables in what is printed: names that say nothing else. */
#include "report/report.h"
#include "unit/t.h"

static const char instance[] = "aoni 1\ntokens p q\nbase p\ncontext r p\nmodel m 1\n"
                               "f r 1\ng p 0\ng q 1\n%send\n";

/* The conclusion `show` as it is printed where these names are taken. */
static void
expect_text(const char *givens, const char *values, const char *show, const char *want)
{
    aon_diags *diags = aon_diags_new();
    aon_theory *theory = NULL;
    aon_instance *in = NULL;
    char text[512], word[512];
    aon_eval ev;
    aon_buf out;

    (void)snprintf(
        text, sizeof text,
        "statement t\ngiven d in dim   given m in model(d)\n%s\nshow c: %s\n", givens,
        show);
    (void)snprintf(word, sizeof word, instance, values);
    T_REQUIRE(aon_theory_parse(&theory, "t", text, strlen(text), ".", NULL, 0, diags) ==
              AON_OK);
    T_REQUIRE(aon_instance_read(&in, "i", word, strlen(word), diags) == AON_OK);
    aon_instance_index(in);
    T_REQUIRE(aon_eval_bind(&ev, aon_theory_core(theory, 0), in, NULL, diags) ==
              AON_OK);
    aon_buf_init(&out);
    aon_report_term(&out, &ev, NULL, aon_theory_core(theory, 0)->show[0].root, 200);
    T_EQ_STR(out.s, want);
    aon_buf_clear(&out);
    aon_eval_clear(&ev);
    aon_instance_free(in);
    aon_theory_free(theory);
    aon_diags_free(diags);
}

TEST(the_first_letter_that_is_free)
{
    expect_text("", "", "forall e in Y: m.g(e) = 0", "forall y in Y: m.g(y) = 0");
    expect_text("given y, w in token", "token y p\ntoken w q\n",
                "forall e in Y: m.g(e) = m.g(w)", "forall z in Y: m.g(z) = m.g(w)");
}

/* All five are taken, then all five with a prime, too. */
TEST(no_letter_is_free)
{
    expect_text("given y, z, w, s, t in token",
                "token y p\ntoken z p\ntoken w p\ntoken s p\ntoken t p\n",
                "forall e in Y: m.g(e) = m.g(t)", "forall y' in Y: m.g(y') = m.g(t)");
    expect_text("given y, z, w, s, t, y' in token",
                "token y p\ntoken z p\ntoken w p\ntoken s p\ntoken t p\ntoken y' p\n",
                "forall e in Y: m.g(e) = m.g(t)", "forall z' in Y: m.g(z') = m.g(t)");
    expect_text("given y, z, w, s, t, y', z', w', s', t' in token",
                "token y p\ntoken z p\ntoken w p\ntoken s p\ntoken t p\n"
                "token y' p\ntoken z' p\ntoken w' p\ntoken s' p\ntoken t' p\n",
                "forall e in Y: m.g(e) = m.g(t)", "forall y'' in Y: m.g(y'') = m.g(t)");
}

/* A binder within a binder keeps its number. */
TEST(no_letter_with_a_number_is_free)
{
    expect_text("given y1, z1, w1, s1, t1 in token",
                "token y1 p\ntoken z1 p\ntoken w1 p\ntoken s1 p\ntoken t1 p\n",
                "forall e in Y: exists h in Y: m.g(e) = m.g(h) + m.g(t1)",
                "forall y1' in Y: exists y in Y: m.g(y1') = m.g(y) + m.g(t1)");
}
