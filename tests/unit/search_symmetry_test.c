/*
 * ctest: timeout=300
 *
 * The group that a search uses keeps the truth of every hypothesis and conclusion of the
 * committed theorems: random elements, both instances evaluated from scratch (the search
 * itself remembers truths by orbit, and would not notice).
 */
#include "search/impl.h"
#include "unit/t.h"

static const char *const files[] = {
    "ap.aon",   "diversity.aon", "lm.aon",    "lp.aon",    "ls.aon",    "quadric.aon",
    "thm5.aon", "thm14.aon",     "thm15.aon", "thm_r.aon", "traps.aon", "vocab.aon",
};

typedef struct {
    const aon_core *core;
    aon_ref *root; /* hypotheses, weakened ones, conclusions */
    size_t nroot;
    size_t compared, moved, fails, holds;
} sample;

static void
collect_roots(sample *s)
{
    s->root = aon_xcalloc(2 * s->core->nassume + s->core->nshow + 1, sizeof *s->root);
    for (size_t i = 0; i < s->core->nassume; i++) {
        s->root[s->nroot++] = s->core->assume[i].root;
        if (s->core->assume[i].weaken != AON_NO_REF)
            s->root[s->nroot++] = s->core->assume[i].weaken;
    }
    for (size_t i = 0; i < s->core->nshow; i++)
        s->root[s->nroot++] = s->core->show[i].root;
}

static void
truths_of(const sample *s, const aon_cell *c, const uint64_t *code, aon_truth *out)
{
    aon_instance *in = aon_cell_instance(c);
    aon_eval ev;

    for (size_t i = 0; i < c->nitems; i++)
        aon_cell_assign(c, in, i, code[i]);
    aon_instance_index(in);
    T_REQUIRE(aon_eval_bind(&ev, s->core, in, NULL, NULL) == AON_OK);
    for (size_t i = 0; i < s->nroot; i++)
        out[i] = aon_judge(&ev, s->root[i])->truth;
    aon_eval_clear(&ev);
    aon_instance_free(in);
}

/* Random codes; joined models have the same key. */
static bool
draw(const aon_cell *c, uint64_t *code)
{
    for (size_t i = 0; i < c->nitems; i++) {
        const aon_keyed *first;
        size_t n;

        code[i] = t_rand() % c->item[i].count;
        if (c->item[i].join < 0)
            continue;
        aon_joined(c, &c->item[i], code[c->spec->join[c->item[i].join].i], &first, &n);
        if (n == 0)
            return false;
        code[i] = first[t_below(n)].code;
    }
    return true;
}

static void
compare(sample *s, const aon_cell *c)
{
    aon_truth *before = aon_xcalloc(s->nroot + 1, sizeof *before);
    aon_truth *after = aon_xcalloc(s->nroot + 1, sizeof *after);
    uint64_t code[AON_MAX_ITEMS], image[AON_MAX_ITEMS];
    aon_element e = {.st = (uint32_t)t_below(c->nst)};

    for (unsigned b = 0; b < c->spec->nblocks; b++)
        e.s[b] = (uint16_t)t_below(c->block[b].nsp);
    if (draw(c, code)) {
        for (size_t i = 0; i < c->nitems; i++) {
            image[i] = aon_act(c, &e, &c->item[i], code[i]);
            s->moved += image[i] != code[i];
        }
        truths_of(s, c, code, before);
        truths_of(s, c, image, after);
        for (size_t i = 0; i < s->nroot; i++) {
            if (!T_CHECK(before[i] == after[i]))
                printf("%s, part %zu\n", s->core->name, i);
            s->compared++;
            s->fails += before[i] == AON_FALSE;
            s->holds += before[i] == AON_TRUE;
        }
    }
    free(after);
    free(before);
}

static void
try_statement(const aon_core *core, sample *total)
{
    /* two chains of different length, or of equal length; without a query three contexts */
    static const uint32_t chain[][AON_MAX_CONTEXTS] = {{2, 1}, {2, 2}, {1, 1, 1}};
    static const uint32_t nchains[] = {2, 2, 3}, contexts[] = {3, 4, 3};
    sample s = {.core = core};
    aon_diags *diags = aon_diags_new();
    aon_ref *root = aon_xcalloc(core->nassume + 1, sizeof *root);
    aon_scope_spec spec;

    for (size_t i = 0; i < core->nassume; i++)
        root[i] = core->assume[i].root;
    collect_roots(&s);
    T_OK(aon_scope_spec_init(&spec, core, root, 1, false, diags));
    for (size_t l = spec.query >= 0 ? 0 : 2; l < (spec.query >= 0 ? 2 : 3); l++) {
        uint32_t shape[AON_SHAPE_MAX];
        aon_cell c;

        for (size_t i = 0; i < spec.ndims; i++)
            shape[i] = i == 0 ? 2 : 1;
        shape[spec.ndims] = contexts[l];
        shape[spec.ndims + 1] = 3;
        if (T_CHECK(aon_cell_init(&c, &spec, shape, chain[l], nchains[l])))
            for (int round = 0; round < 6; round++)
                compare(&s, &c);
        aon_cell_clear(&c);
    }
    total->compared += s.compared;
    total->moved += s.moved;
    total->fails += s.fails;
    total->holds += s.holds;
    free(s.root);
    free(root);
    aon_diags_free(diags);
}

TEST(the_group_keeps_every_truth)
{
    const char *src = getenv("SRCDIR");
    sample total = {.core = NULL};
    size_t statements = 0;

    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        aon_diags *diags = aon_diags_new();
        aon_theory *t = NULL;
        char path[512];

        (void)snprintf(path, sizeof path, "%s/theorems/%s", src != NULL ? src : ".",
                       files[f]);
        T_REQUIRE(aon_theory_load(&t, path, NULL, 0, diags) == AON_OK);
        for (size_t i = 0; i < aon_theory_statements(t); i++, statements++)
            try_statement(aon_theory_core(t, i), &total);
        aon_theory_free(t);
        aon_diags_free(diags);
    }
    T_CHECK(statements >= 90);
    T_CHECK(total.moved >= 500 && total.compared >= 1500);
    T_CHECK(total.fails >= 200 && total.holds >= 800);
}
