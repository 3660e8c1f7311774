/* What a block that has no solution shows for it (docs/witness-format.md, 6.4), by hand. */
#include "unit/t.h"

#include "decide/decide.h"
#include "decide/eval.h"

static const char instance_text[] = "aoni 1\n"
                                    "tokens a b\n"
                                    "base a\n"
                                    "vector v 2\n"
                                    "row 3 4\n"
                                    "vector w 2\n"
                                    "row 4 -3\n"
                                    "vector r 2\n"
                                    "row -2 5/2\n"
                                    "matrix A 2 2\n"
                                    "row 1 2\n"
                                    "row 3 4\n"
                                    "end\n";

/* c0 u0 + c1 u1 + constant */
typedef struct {
    int64_t c0, c1, constant;
} affine;

/* u - v, and A u - v; solved by r */
static const affine is_v[2] = {{1, 0, -3}, {0, 1, -4}};
static const affine is_w[2] = {{1, 0, -4}, {0, 1, 3}};
static const affine a_u_is_v[2] = {{1, 2, -3}, {3, 4, -4}};

typedef struct {
    aon_diags *diags;
    aon_theory *theory;
    aon_instance *in;
    aon_decision *d;
    const aon_branch_end *end; /* of the only branch */
} refuted;

/* Refute `exists u in vector(2): condition`. */
static void
refute(refuted *r, const char *condition)
{
    const aon_judgement *j;
    aon_buf text;

    memset(r, 0, sizeof *r);
    r->diags = aon_diags_new();
    aon_buf_init(&text);
    aon_buf_printf(&text,
                   "statement s given v, w, r in vector(2) given A in matrix(2,2) "
                   "show c: exists u in vector(2): %s",
                   condition);
    T_OK(aon_theory_parse(&r->theory, "t.aon", text.s, text.len, ".", NULL, 0,
                          r->diags));
    T_OK(aon_instance_read(&r->in, "t.aoni", instance_text, strlen(instance_text),
                           r->diags));
    T_OK(aon_decide(&r->d, aon_theory_core(r->theory, 0), NULL, r->in, NULL, r->diags));
    aon_buf_clear(&text);
    T_EQ_INT(aon_decision_verdict(r->d), AON_VIOLATED);
    j = aon_judge(&r->d->ev, aon_theory_core(r->theory, 0)->show[0].root);
    T_REQUIRE(j->refutation != NULL);
    T_REQUIRE(j->refutation->block->nbranch == 1);
    r->end = j->refutation->end;
}

static void
refuted_clear(refuted *r)
{
    aon_decision_free(r->d);
    aon_instance_free(r->in);
    aon_theory_free(r->theory);
    aon_diags_free(r->diags);
}

/* Is the combination of the literals' equations this form, over `den`? */
static bool
combines_to(const aon_comb *c, const affine *const *literal, size_t nliterals,
            affine want, int64_t den)
{
    fmpq_t sum[3], t;
    const int64_t expected[3] = {want.c0, want.c1, want.constant};
    bool ok = true;

    fmpq_init(t);
    for (int i = 0; i < 3; i++)
        fmpq_init(sum[i]);
    for (size_t k = 0; k < c->n; k++) {
        const aon_comb_term *m = &c->term[k];
        const affine *e;

        ok = ok && m->literal < nliterals && m->equation >= 0 && m->equation < 2;
        if (!ok)
            break;
        e = &literal[m->literal][m->equation];
        for (int i = 0; i < 3; i++) {
            fmpq_set_si(t, (slong)(i == 0 ? e->c0 : i == 1 ? e->c1 : e->constant), 1);
            fmpq_addmul(sum[i], m->q, t);
        }
    }
    for (int i = 0; i < 3; i++) {
        fmpq_set_si(t, (slong)expected[i], (ulong)den);
        ok = ok && fmpq_equal(sum[i], t);
        fmpq_clear(sum[i]);
    }
    fmpq_clear(t);
    return ok;
}

TEST(a_contradiction_is_the_form_one)
{
    static const affine *const literal[] = {is_v, is_w};
    refuted r;

    refute(&r, "u = v and u = w");
    T_REQUIRE(r.end != NULL);
    T_EQ_INT(r.end->end, AON_END_CONTRADICTION);
    T_EQ_INT(r.end->ncomb, 1);
    T_CHECK(combines_to(&r.end->comb[0], literal, 2, (affine){0, 0, 1}, 1));
    refuted_clear(&r);
}

TEST(a_forced_disequation_is_shown_entry_by_entry)
{
    static const affine *const literal[] = {a_u_is_v};
    refuted r;

    refute(&r, "A*u = v and u != r");
    T_REQUIRE(r.end != NULL);
    T_EQ_INT(r.end->end, AON_END_FORCED);
    T_EQ_INT(r.end->literal, 1);
    T_REQUIRE(r.end->ncomb == 2);
    T_CHECK(combines_to(&r.end->comb[0], literal, 1, (affine){1, 0, 2}, 1));
    T_CHECK(combines_to(&r.end->comb[1], literal, 1, (affine){0, 2, -5}, 2));
    refuted_clear(&r);
}

TEST(an_entailed_term_is_shown_entry_by_entry)
{
    static const affine *const literal[] = {a_u_is_v};
    refuted r;

    refute(&r, "A*u = v and <u,u> = 10"); /* 4 + 25/4 */
    T_REQUIRE(r.end != NULL);
    T_EQ_INT(r.end->end, AON_END_FALSE);
    T_EQ_INT(r.end->literal, 1);
    T_REQUIRE(r.end->nstep == 1);
    T_EQ_INT(r.end->step[0].literal, 1);
    T_CHECK(combines_to(&r.end->step[0].comb[0], literal, 1, (affine){1, 0, 2}, 1));
    T_CHECK(combines_to(&r.end->step[0].comb[1], literal, 1, (affine){0, 2, -5}, 2));
    refuted_clear(&r);
}
