/*
 * Normal forms keep the links between contexts; a run keeps its conclusion failing.
 */
#include "shrink/impl.h"
#include "unit/t.h"

static const char text[] =
    "statement s\ngiven d in dim given m in model(d) given q, r in query\n"
    "given Xs in contexts given c in vector(#Xs/q) given y in token\n"
    "show one: forall x in X/q: <m.f(x.q), m.g(y) - m.g(base)> = 0\n"
    "show two: (sum x in Xs/q: c[x]*<m.f(x), m.f(x)>) = 0\n";

static const char given[] = "aoni 1\ntokens u v w\nbase v\n"
                            "context p u\ncontext o\ncontext pw u w\ncontext ow w\n"
                            "context pwu u w u\ncontext lone v v\n"
                            "model m 2\nf p 1 0\nf o 0 0\nf pw 0 3\nf ow 1/2 1\n"
                            "f pwu 1 1\nf lone 5 5\ng u 0 2\ng v 1 1\ng w 0 1\n"
                            "query q w\nquery r u\ncontextset Xs p pw o ow\n"
                            "vector c 2\nrow 1 7\ntoken y w\nend\n";

typedef struct {
    aon_theory *theory;
    const aon_core *core;
    aon_ref root[4];
    aon_instance *in;
} setting;

static bool
open_setting(setting *s, const char *statement, const char *instance)
{
    const aon_variant plain = {.nwithout = 0};
    aon_diags *diags = aon_diags_new();
    bool ok = aon_theory_parse(&s->theory, "t", statement, strlen(statement), ".", NULL,
                               0, diags) == AON_OK;

    s->in = NULL;
    if (ok) {
        s->core = aon_theory_core(s->theory, 0);
        ok =
            aon_variant_roots(s->core, &plain, s->root, diags) == AON_OK &&
            aon_instance_read(&s->in, "i", instance, strlen(instance), diags) == AON_OK;
    }
    if (!ok) {
        aon_buf out;

        aon_buf_init(&out);
        aon_diags_print(diags, &out, false);
        puts(out.s);
        aon_buf_clear(&out);
    }
    aon_diags_free(diags);
    return ok;
}

static void
close_setting(setting *s)
{
    aon_instance_free(s->in);
    aon_theory_free(s->theory);
}

static char *
printed(const aon_instance *in)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_instance_print(in, &b);
    return b.s;
}

/* The values 0 q, 1 r, .. as a run orders them. */
static void
start_shrinker(aon_shrinker *s, const setting *at)
{
    static size_t order[] = {0, 1, 4, 5, 6, 2, 3}, model[] = {1};

    memset(s, 0, sizeof *s);
    s->core = at->core;
    s->root = at->root;
    s->nvalues = sizeof order / sizeof *order;
    s->ndims = 1;
    s->given_of = order;
    s->model = model;
    s->nmodels = 1;
}

TEST(normal_form_keeps_the_links)
{
    /* two chains p pw pwu (by q, then r) and o ow (by q), o p by r: one tree; lone */
    static const char wanted[] =
        "aoni 1\ntokens a b c\nbase a\n"
        "context x1 a\ncontext x1q a b\ncontext x1r a c\ncontext x1rq a c b\n"
        "context x1rqr a c b c\ncontext x2 a a\ndim d 2\n"
        "model m 2\nf x1 0 0\nf x1q 1/2 1\nf x1r 1 0\nf x1rq 0 3\nf x1rqr 1 1\n"
        "f x2 5 5\ng a 1 1\ng b 0 2\ng c 0 1\n"
        "contextset Xs x1 x1q x1r x1rq\nvector c 2\nrow 7 1\ntoken y c\n"
        "query q b\nquery r c\nend\n";
    aon_instance *normal, *again, *copy;
    aon_shrinker s;
    setting at;
    char *a, *b;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    a = printed(normal);
    T_EQ_STR(a, wanted);
    again = aon_normal_all(&s, normal, false);
    b = printed(again);
    T_EQ_STR(b, wanted);
    free(b);
    copy = aon_copy(normal);
    b = printed(copy);
    T_EQ_STR(b, wanted);
    free(b);
    free(a);
    aon_instance_free(copy);
    aon_instance_free(again);
    aon_instance_free(normal);
    close_setting(&at);
}

TEST(chains_are_components)
{
    uint32_t chain[6];
    aon_shrinker s;
    aon_instance *normal;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_chains(&s, normal, chain), 2);
    for (int x = 0; x < 6; x++)
        T_EQ_INT(chain[x], x == 5);
    aon_instance_free(normal);
    close_setting(&at);
}

/* p pw and o ow by q; nothing by r. */
TEST(chains_are_numbered_in_order)
{
    static const uint32_t wanted[6] = {0, 0, 1, 1, 2, 3};
    uint32_t chain[6];
    aon_shrinker s;
    aon_instance *normal, *copy;
    setting at;
    char *a, *b;

    T_REQUIRE(open_setting(&at, text, given));
    aon_value_set_query(&at.in->value[2], (const uint32_t[]){1, 1, 1}, 3);
    copy = aon_copy(at.in);
    a = printed(at.in);
    b = printed(copy);
    T_EQ_STR(a, b); /* with its base, too */
    free(b);
    free(a);
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_chains(&s, normal, chain), 4);
    T_CHECK(memcmp(chain, wanted, sizeof chain) == 0);
    aon_instance_free(copy);
    aon_instance_free(normal);
    close_setting(&at);
}

/* uw continues u by q = w and the empty context by r = uw: no tree, so no new words. */
TEST(a_fork_keeps_its_sequences)
{
    static const char fork[] = "aoni 1\ntokens u v w\nbase v\ncontext o\ncontext p u\n"
                               "context z u w\nmodel m 1\nf o 1\nf p 2\nf z 3\n"
                               "g u 1\ng v 0\ng w 0\nquery q w\nquery r u w\n"
                               "contextset Xs o\nvector c 0\nrow\ntoken y w\nend\n";
    aon_instance *normal;
    aon_shrinker s;
    setting at;

    T_REQUIRE(open_setting(&at, text, fork));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_instance_concat(normal, 0, &aon_instance_find(normal, "r")->q), 2);
    T_EQ_INT(aon_instance_concat(normal, 1, &aon_instance_find(normal, "q")->q), 2);
    T_EQ_INT(normal->base, 0);
    aon_instance_free(normal);
    close_setting(&at);
}

/* The end of a chain cannot be continued by its start, nor by the middle of one. */
TEST(links_that_are_possible)
{
    static const uint32_t token[3] = {1, 0, 2}, context[6] = {0, 1, 2, 3, 4, 5};
    static const struct {
        uint32_t from, to;
        bool possible;
    } link[] = {{2, 0, false}, {2, 1, true}, {2, 3, false},
                {0, 5, false}, {4, 5, true}, {5, 5, false}};
    aon_shrinker s;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    aon_value_set_query(&at.in->value[2], (const uint32_t[]){1, 1, 1}, 3);
    start_shrinker(&s, &at);
    for (size_t i = 0; i < sizeof link / sizeof *link;
         i++) { /* p pw, o ow, pwu, lone */
        const aon_keep keep = {.token = token,
                               .ntokens = 3,
                               .context = context,
                               .ncontexts = 6,
                               .link = true,
                               .link_from = link[i].from,
                               .link_to = link[i].to,
                               .query = 1};
        aon_instance *out = aon_normal(&s, at.in, &keep);

        T_CHECK((out != NULL) == link[i].possible);
        aon_instance_free(out);
    }
    close_setting(&at);
}

/* One change of f(p) at a time, each smaller than the one before. */
TEST(what_is_smaller)
{
    static const struct {
        slong x, y, den;
    } step[] = {{3, 9, 4}, {9, 12, 1},  {8, 7, 1}, {-3, 1, 1},
                {3, 1, 1}, {900, 0, 1}, {0, 0, 1}};
    aon_shrinker s;
    aon_instance *a, *b;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    a = aon_normal_all(&s, at.in, false);
    T_REQUIRE(a != NULL);
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        aon_mat *f;
        fmpq_t q;

        fmpq_init(q);
        b = aon_copy(a);
        f = &b->value[1].a;
        fmpq_set_si(q, step[i].x, (ulong)step[i].den);
        aon_mat_set_entry(f, 0, 2, q);
        fmpq_set_si(q, step[i].y, (ulong)step[i].den);
        aon_mat_set_entry(f, 1, 2, q);
        fmpq_clear(q);
        T_CHECK(i == 0 || (aon_smaller(&s, b, a) && !aon_smaller(&s, a, b)));
        T_CHECK(!aon_smaller(&s, b, b));
        aon_instance_free(a);
        a = b;
    }
    b = aon_copy(a); /* a smaller shape with larger numbers */
    fmpz_set_ui(fmpz_mat_entry(b->value[1].a.num, 0, 1), 1000000);
    aon_drop_coordinate(&s, b, 0, 1);
    T_CHECK(aon_smaller(&s, b, a) && !aon_smaller(&s, a, b));
    aon_instance_free(b);
    aon_instance_free(a);
    close_setting(&at);
}

/* At every limit: violated, never larger than at a smaller limit; the end is a fixpoint. */
TEST(any_limit_leaves_a_counterexample)
{
    for (size_t c = 0; c < 2; c++) {
        static const char *const name[] = {"one", "two"};
        aon_shrink_result r, again;
        char *last = NULL, *now;
        setting at;
        bool done = false;

        T_REQUIRE(open_setting(&at, text, given));
        for (uint64_t work = 1; work < 3000 && !done; work += 1 + work / 4) {
            const aon_shrink_spec spec = {at.core, at.root, name[c], work};
            aon_decision *d;

            T_OK(aon_shrink(&r, &spec, at.in, NULL));
            T_REQUIRE(r.in != NULL);
            T_CHECK(r.work <= work);
            T_EQ_INT(r.because, c);
            T_OK(aon_decide(&d, at.core, at.root, r.in, NULL, NULL));
            T_EQ_INT(aon_decision_verdict(d), AON_VIOLATED);
            T_EQ_INT(aon_decision_show(d, c), AON_FALSE);
            aon_decision_free(d);
            now = printed(r.in);
            done = r.irreducible;
            if (last != NULL)
                free(last);
            last = now;
            if (done) {
                const aon_shrink_spec whole = {at.core, at.root, name[c], 0};
                char *same;

                T_OK(aon_shrink(&again, &whole, r.in, NULL));
                T_CHECK(again.irreducible);
                same = printed(again.in);
                T_EQ_STR(same, last);
                free(same);
                aon_shrink_result_clear(&again);
                T_EQ_INT(r.in->ncontexts, 2);
                T_EQ_INT(r.in->value[0].dim, 1);
                T_EQ_INT(r.in->ntokens, c == 0 ? 2 : 1);
            }
            aon_shrink_result_clear(&r);
        }
        T_CHECK(done);
        free(last);
        close_setting(&at);
    }
}

/*
 * Log-odds 5 and 7 are to stay.  The f (the differences of g) span a line, the others
 * everything, and no coordinate is 0: a coordinate goes only after a change of basis for
 * the side that has the line, and it goes before any other change of basis.
 */
TEST(a_coordinate_goes_on_either_side)
{
    static const char both[] =
        "statement s\ngiven d in dim given m in model(d)\n"
        "assume five: exists x in X, y in Y: <m.f(x), m.g(y) - m.g(base)> = 5\n"
        "assume seven: exists x in X, y in Y: <m.f(x), m.g(y) - m.g(base)> = 7\n"
        "show c: 1 = 2\n";
    static const char *const instance[] = {
        "aoni 1\ntokens a b\nbase a\ncontext p a\ncontext o\nmodel m 2\n"
        "f p 1 1\nf o 2 1\ng a 1 1\ng b 3 4\nend\n",
        "aoni 1\ntokens a b c\nbase a\ncontext p a\nmodel m 2\n"
        "f p 2 3\ng a 1 1\ng b 2 2\ng c 3 2\nend\n"};

    for (size_t i = 0; i < 2; i++) {
        setting at;
        bool done = false;

        T_REQUIRE(open_setting(&at, both, instance[i]));
        for (uint64_t work = 1; work < 200 && !done; work++) {
            const aon_shrink_spec spec = {at.core, at.root, NULL, work};
            aon_shrink_result r;
            uint64_t taken = 0;

            T_OK(aon_shrink(&r, &spec, at.in, NULL));
            T_REQUIRE(r.in != NULL);
            for (size_t m = 0; m < r.ncount; m++) {
                taken += r.count[m].taken;
                done = done || (r.count[m].taken > 0 &&
                                strcmp(r.count[m].name, "dimension") == 0);
            }
            T_EQ_INT(taken, done);
            T_EQ_INT(r.in->value[0].dim, done ? 1 : 2);
            aon_shrink_result_clear(&r);
        }
        T_CHECK(done);
        close_setting(&at);
    }
}

TEST(what_is_refused)
{
    aon_shrink_result r;
    aon_diags *diags = aon_diags_new();
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    {
        const aon_shrink_spec none = {at.core, at.root, "three", 0};
        aon_value *v = &at.in->value[0];

        T_EQ_INT(aon_shrink(&r, &none, at.in, diags), AON_EINPUT);
        T_EQ_STR(aon_diags_slug(diags, 0), "expectation");
        aon_shrink_result_clear(&r);
        aon_mat_zero(&v->a, 2, 6); /* now it holds */
    }
    {
        const aon_shrink_spec any = {at.core, at.root, NULL, 0};

        T_OK(aon_shrink(&r, &any, at.in, diags));
        T_CHECK(r.in == NULL);
        T_EQ_INT(r.verdict, AON_HOLDS);
        aon_shrink_result_clear(&r);
    }
    aon_diags_free(diags);
    close_setting(&at);
}

/* The table of moves in docs/minimize.md names exactly the registered ones, in order. */
TEST(the_document_lists_the_moves)
{
    const char *src = getenv("SRCDIR");
    char path[512], line[2000];
    size_t m = 0;
    FILE *f;

    (void)snprintf(path, sizeof path, "%s/docs/minimize.md", src != NULL ? src : ".");
    f = fopen(path, "r");
    T_REQUIRE(f != NULL);
    while (fgets(line, sizeof line, f) != NULL) {
        char name[40];

        if (sscanf(line, "| `%30[a-z]` |", name) != 1)
            continue;
        T_CHECK(m < aon_nmoves && strcmp(name, aon_moves[m].name) == 0);
        m++;
    }
    fclose(f);
    T_EQ_INT(m, aon_nmoves);
}
