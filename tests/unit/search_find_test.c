/*
 * ctest: timeout=300
 *
 * The ladder: known smallest counterexamples, independence of symmetry and threads, and
 * certificates, read by a small reader that runs through whole orbits.
 */
#include "search/impl.h"
#include "unit/t.h"

#include <inttypes.h>

typedef struct {
    aon_theory *theory;
    const aon_core *core;
    aon_ref root[16];
    aon_variant variant;
    const char *list[2];
    aon_find_spec spec;
    aon_find_result result;
} hunt;

static void
put_errors(const aon_diags *diags)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_diags_print(diags, &out, false);
    fputs(out.s, stdout);
    aon_buf_clear(&out);
}

/* file: below theorems/, or a text if it has a line end. */
static bool
open_hunt(hunt *h, const char *file, const char *statement, const char *without,
          const char *weaken)
{
    aon_diags *diags = aon_diags_new();
    const char *src = getenv("SRCDIR");
    char path[512];
    bool ok;

    memset(h, 0, sizeof *h);
    (void)snprintf(path, sizeof path, "%s/theorems/%s", src != NULL ? src : ".", file);
    if (strchr(file, '\n') != NULL) {
        (void)snprintf(path, sizeof path, "%s/theorems", src != NULL ? src : ".");
        ok = aon_theory_parse(&h->theory, "t", file, strlen(file), path, NULL, 0,
                              diags) == AON_OK;
    } else {
        ok = aon_theory_load(&h->theory, path, NULL, 0, diags) == AON_OK;
    }
    for (size_t i = 0; ok && i < aon_theory_statements(h->theory); i++)
        if (strcmp(aon_theory_statement(h->theory, i), statement) == 0)
            h->core = aon_theory_core(h->theory, i);
    h->list[0] = without;
    h->list[1] = weaken;
    h->variant.without = &h->list[0];
    h->variant.nwithout = without != NULL;
    h->variant.weaken = &h->list[1];
    h->variant.nweaken = weaken != NULL;
    ok = ok && h->core != NULL &&
         aon_variant_roots(h->core, &h->variant, h->root, diags) == AON_OK;
    put_errors(diags);
    aon_diags_free(diags);
    h->spec.core = h->core;
    h->spec.root = h->root;
    h->spec.variant = &h->variant;
    h->spec.jobs = 2;
    return ok;
}

static bool
run_hunt(hunt *h)
{
    aon_diags *diags = aon_diags_new();
    const bool ok = aon_find(&h->result, &h->spec, diags) == AON_OK;

    put_errors(diags);
    aon_diags_free(diags);
    return ok;
}

static void
close_hunt(hunt *h)
{
    aon_find_result_clear(&h->result);
    aon_theory_free(h->theory);
}

static void
expect_shape(const char *file, const char *statement, const char *without,
             const char *shape)
{
    aon_buf text;
    hunt h;

    T_REQUIRE(open_hunt(&h, file, statement, without, NULL));
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_REQUIRE(h.result.nhit == 1);
    aon_buf_init(&text);
    aon_find_print_shape(&text, h.result.hit[0].shape, h.result.nshape);
    T_EQ_STR(text.s, shape);
    aon_buf_clear(&text);
    close_hunt(&h);
}

static const char nonzero[] =
    "statement full\nuse ntp 1\n"
    "given d, d' in dim given m in model(d) given m' in model(d') given y1, y2, y3, y4 "
    "in "
    "token\n"
    "let u := m.g(y1) - m.g(y2) let v := m.g(y3) - m.g(y4)\n"
    "let u' := m'.g(y1) - m'.g(y2) let v' := m'.g(y3) - m'.g(y4)\n"
    "assume same: same(m,m')\n"
    "assume nonzero: u != 0 and v != 0 and u' != 0 and v' != 0\n"
    "show par: par(all(d),u,v) -> par(all(d'),u',v')\n";

TEST(smallest_counterexamples)
{
    expect_shape(nonzero, "full", NULL, "(1,2,1,3)");
    expect_shape("thm15.aon", "thm15_full", "hidden", "(1,1,1,2)");
    expect_shape("thm5.aon", "thm5_back", "e1", "(1,1,1,2)");
    expect_shape("thm5.aon", "thm5_back", "e3", "(1,1,1,2)");
}

/* tr(u)*u is a vector(1) that no sign changes: the side 1 has no symmetry. */
TEST(the_side_one_has_no_signs)
{
    expect_shape(
        "statement one\ngiven d in dim given u in vector(d) given w in vector(1)\n"
        "assume nonzero: w != 0\nshow c: tr(u)*u != -w\n",
        "one", NULL, "(1,1,1)");
}

/* So the columns of a model(1) are not listed up to sign, either. */
TEST(models_of_dimension_one_have_both_signs)
{
    expect_shape(
        "statement t\ngiven d in dim given m in model(1) given u in vector(d)\n"
        "assume nonzero: u != 0\n"
        "show c: forall x in X: m.f(x) + tr(u)*u != 0\n",
        "t", NULL, "(1,1,1)");
}

/* Coordinates that are tokens would have to move with them. */
TEST(models_over_sets_have_no_scope)
{
    static const char *const given[] = {"m in model(#Y)", "S in subspace(#Y)",
                                        "S in subspace(#X)"};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        aon_diags *diags = aon_diags_new();
        char text[128];
        hunt h;

        (void)snprintf(text, sizeof text, "statement t\ngiven %s\nshow c: 1 = 1\n",
                       given[i]);
        T_REQUIRE(open_hunt(&h, text, "t", NULL, NULL));
        T_EQ_INT(aon_find(&h.result, &h.spec, diags), AON_EINPUT);
        aon_diags_free(diags);
        close_hunt(&h);
    }
}

TEST(theorem_14_without_rows_in_m)
{
    expect_shape("thm14.aon", "thm14_nondegenerate", "inM", "(2,1,3,2)");
}

TEST(weakened_to_g_there_is_none)
{
    static const uint32_t max[] = {2, 1, 3, 2};
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm14.aon", "thm14", NULL, "inN"));
    h.spec.max = max;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    T_EQ_INT(h.result.mass, h.result.space);
    T_CHECK(h.result.applicable > 0);
    close_hunt(&h);
}

TEST(symmetry_and_threads_change_nothing)
{
    static const char *const what[][3] = {
        {"thm14.aon", "thm14", "inN"},       {"thm15.aon", "thm15_full", "hidden"},
        {"thm15.aon", "thm15_up", NULL},     {"lm.aon", "lm_transfer", "same"},
        {"lm.aon", "lm_transfer", NULL},     {"lp.aon", "lp", NULL},
        {"thm14.aon", "prop14_2", "reader"},
    };
    static const uint32_t max[] = {1, 1, 2, 2};

    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        hunt a, b, c;
        hunt *const all[] = {&a, &b, &c};

        for (size_t l = 0; l < 3; l++) {
            T_REQUIRE(open_hunt(all[l], what[i][0], what[i][1], what[i][2], NULL));
            all[l]->spec.max =
                aon_core_given(a.core, "d'") >= 0 || aon_core_given(a.core, "m'") >= 0
                    ? max
                    : max + 1;
            all[l]->spec.all_minimal = true;
        }
        b.spec.no_symmetry = true;
        c.spec.jobs = 5;
        for (size_t l = 0; l < 3; l++)
            T_REQUIRE(run_hunt(all[l]));
        T_EQ_INT(a.result.outcome, b.result.outcome);
        T_EQ_INT(a.result.nhit, b.result.nhit);
        for (size_t l = 0; l < a.result.nhit && l < b.result.nhit; l++)
            T_CHECK(memcmp(a.result.hit[l].shape, b.result.hit[l].shape,
                           sizeof a.result.hit[l].shape) == 0);
        T_EQ_INT(a.result.space, b.result.space);
        if (a.result.nhit == 0) {
            T_EQ_INT(a.result.mass, a.result.space);
            T_EQ_INT(b.result.orbits, b.result.space);
            T_EQ_INT(a.result.applicable_mass, b.result.applicable);
            T_EQ_INT(a.result.undecided, b.result.undecided);
        }
        T_EQ_INT(a.result.orbits, c.result.orbits);
        T_EQ_INT(a.result.applicable, c.result.applicable);
        T_EQ_INT(a.result.mass, c.result.mass);
        for (size_t l = 0; l < 3; l++)
            close_hunt(all[l]);
    }
}

/* What a false hypothesis excludes is left out at once: the same answer, fewer orbits. */
TEST(skipping_changes_figures_only)
{
    static const struct {
        const char *file, *statement, *without;
        uint32_t max[4];
        bool fewer;
    } it[] = {{"thm14.aon", "thm14", "inN", {1, 1, 3, 2}, false},
              {"thm14.aon", "thm14_nondegenerate", "inN", {1, 2, 2, 2}, true},
              {"thm14.aon", "thm14_formulas", "van", {1, 1, 2, 2}, true},
              {"thm15.aon", "thm15_full", NULL, {1, 2, 1, 3}, true},
              {"thm15.aon", "thm15_full", "hidden", {2, 1, 1, 3}, false},
              {"thm5.aon", "thm5_back", "e4", {1, 1, 2, 2}, true},
              {"traps.aon", "trap3_matrices", "a", {1, 2, 1, 2}, true},
              {"traps.aon", "trap3_projectors", "b", {2, 1, 2, 1}, false}};

    for (size_t i = 0; i < sizeof it / sizeof *it; i++) {
        hunt a, b;

        T_REQUIRE(open_hunt(&a, it[i].file, it[i].statement, it[i].without, NULL));
        T_REQUIRE(open_hunt(&b, it[i].file, it[i].statement, it[i].without, NULL));
        a.spec.max = b.spec.max = it[i].max;
        b.spec.skip = true;
        T_REQUIRE(run_hunt(&a));
        T_REQUIRE(run_hunt(&b));
        T_EQ_INT(a.result.outcome, b.result.outcome);
        T_EQ_INT(a.result.applicable, b.result.applicable);
        T_EQ_INT(a.result.applicable_mass, b.result.applicable_mass);
        T_EQ_INT(a.result.undecided, b.result.undecided);
        T_EQ_INT(a.result.next_cell, b.result.next_cell);
        T_EQ_INT(a.result.nhit, b.result.nhit);
        if (a.result.nhit > 0 && b.result.nhit > 0) {
            aon_buf one, two;

            aon_buf_init(&one);
            aon_buf_init(&two);
            aon_instance_print(a.result.hit[0].in, &one);
            aon_instance_print(b.result.hit[0].in, &two);
            T_EQ_STR(one.s, two.s);
            aon_buf_clear(&one);
            aon_buf_clear(&two);
        }
        T_CHECK(it[i].fewer ? b.result.orbits < a.result.orbits
                            : b.result.orbits <= a.result.orbits);
        close_hunt(&a);
        close_hunt(&b);
    }
}

TEST(the_limit_stops_at_the_same_place)
{
    for (unsigned jobs = 1; jobs <= 4; jobs += 3) {
        hunt h;

        T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
        h.spec.max_work = 100;
        h.spec.jobs = jobs;
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_BUDGET);
        T_CHECK(h.result.orbits >= 100 && h.result.orbits <= 200);
        close_hunt(&h);
    }
}

TEST(shards_add_up)
{
    static const uint32_t max[] = {2, 2, 2};
    uint64_t orbits = 0, applicable = 0;
    hunt h;

    for (uint32_t i = 0; i < 3; i++) {
        T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
        h.spec.max = max;
        h.spec.shard = i;
        h.spec.shards = 3;
        T_REQUIRE(run_hunt(&h));
        orbits += h.result.orbits;
        applicable += h.result.applicable;
        close_hunt(&h);
    }
    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(orbits, h.result.orbits);
    T_EQ_INT(applicable, h.result.applicable);
    close_hunt(&h);
}

static char *kept_state;

static void
keep_third(void *arg, const char *state)
{
    size_t *calls = arg;

    if (++*calls == 3)
        kept_state = strdup(state);
}

TEST(resumed_searches_end_alike)
{
    static const uint32_t max[] = {2, 2, 2, 2};
    aon_diags *diags = aon_diags_new();
    size_t calls = 0;
    hunt a, b;

    T_REQUIRE(open_hunt(&a, "thm15.aon", "thm15_full", "hidden", NULL));
    a.spec.max = max;
    a.spec.all_minimal = true;
    a.spec.checkpoint = keep_third;
    a.spec.arg = &calls;
    T_REQUIRE(run_hunt(&a));
    T_REQUIRE(kept_state != NULL);
    T_REQUIRE(open_hunt(&b, "thm15.aon", "thm15_full", "hidden", NULL));
    b.spec.max = max;
    b.spec.all_minimal = true;
    b.spec.resume = kept_state;
    T_REQUIRE(run_hunt(&b));
    T_EQ_INT(a.result.outcome, b.result.outcome);
    T_EQ_INT(a.result.nhit, b.result.nhit);
    T_EQ_INT(a.result.orbits, b.result.orbits);
    T_EQ_INT(a.result.applicable, b.result.applicable);
    T_EQ_INT(a.result.space, b.result.space);
    aon_find_result_clear(&b.result);
    b.spec.grid = 2;
    T_CHECK(aon_find(&b.result, &b.spec, diags) == AON_EINPUT);
    aon_diags_free(diags);
    close_hunt(&a);
    close_hunt(&b);
    free(kept_state);
}

/* ---- a reader of certificates: orbits only, evidence is the checkers' business ---- */

typedef struct {
    uint64_t code[AON_MAX_ITEMS];
} tuple;

static size_t tuple_items;

static int
compare_tuples(const void *a, const void *b)
{
    const tuple *s = a, *t = b;

    for (size_t i = 0; i < tuple_items; i++)
        if (s->code[i] != t->code[i])
            return s->code[i] < t->code[i] ? -1 : 1;
    return 0;
}

/* Every image of the assignment; how many of them are it; NULL if one is smaller. */
static bool
run_through_orbit(const aon_cell *c, const tuple *t, uint64_t *fixed)
{
    const uint64_t product = c->group / c->nst;

    *fixed = 0;
    for (uint64_t g = 0; g < c->group; g++) {
        uint64_t rest = g % product;
        aon_element e;
        tuple image = *t;
        int order;

        memset(&e, 0, sizeof e);
        e.st = (uint32_t)(g / product);
        for (unsigned b = 0; b < c->spec->nblocks; b++) {
            e.s[b] = (uint16_t)(rest % c->block[b].nsp);
            rest /= c->block[b].nsp;
        }
        for (size_t i = 0; i < c->nitems; i++)
            image.code[i] = aon_act(c, &e, &c->item[i], t->code[i]);
        order = compare_tuples(&image, t);
        if (order < 0)
            return false;
        *fixed += order == 0;
    }
    return true;
}

/* NULL: as it should be; else what is wrong. */
static const char *
check_certificate(const hunt *h, const char *text)
{
    static const uint32_t ones[] = {1, 1, 1, 1};
    aon_scope_spec spec;
    aon_rung *rung;
    size_t nrung, at = 0, len;
    uint64_t mass = 0, orbits = 0, applicable = 0, total_applicable = 0;
    const char *wrong = NULL, *line = text;
    tuple last = {{0}}, t;
    aon_cell cell;
    bool open = false;

    if (aon_scope_spec_init(&spec, h->core, h->root, 1, false, NULL) != AON_OK)
        return "spec";
    rung = aon_ladder(&spec, ones, h->spec.max, &nrung);
    tuple_items = spec.nitems;
    for (; wrong == NULL && *line != '\0'; line += len + 1) {
        len = strcspn(line, "\n");
        if (strncmp(line, "shape ", 6) == 0) {
            if (open || at == nrung ||
                !aon_cell_init(&cell, &spec, rung[at].shape, rung[at].chain,
                               rung[at].nchains))
                wrong = "shape";
            else
                open = true;
            at++;
            mass = orbits = applicable = 0;
        } else if (strncmp(line, "orbit ", 6) == 0) {
            char *end;
            uint64_t stabiliser = strtoull(line + 6, &end, 10), fixed;

            for (size_t i = 0; i < spec.nitems; i++)
                t.code[i] = strtoull(end, &end, 10);
            if (!open || *end != '\n')
                wrong = "syntax";
            else if (orbits > 0 && compare_tuples(&last, &t) >= 0)
                wrong = "order";
            else if (!run_through_orbit(&cell, &t, &fixed))
                wrong = "least";
            else if (fixed != stabiliser)
                wrong = "stabiliser";
            else
                mass += cell.group / fixed;
            orbits++;
            last = t;
        } else if (strncmp(line, "verdict holds", 13) == 0) {
            applicable++;
        } else if (strncmp(line, "sum ", 4) == 0) {
            uint64_t a, b;

            if (!open || sscanf(line, "sum %" SCNu64 " %" SCNu64, &a, &b) != 2)
                wrong = "syntax";
            else if (mass != cell.total)
                wrong = "mass";
            else if (a != orbits || b != applicable)
                wrong = "sum";
            total_applicable += applicable;
            if (open)
                aon_cell_clear(&cell);
            open = false;
        } else if (strncmp(line, "end", len) == 0 && len == 3 && at != nrung) {
            wrong = "scopes";
        }
    }
    if (open)
        aon_cell_clear(&cell);
    free(rung);
    return wrong != NULL ? wrong : total_applicable == 0 ? "vacuous" : NULL;
}

/* How often the text has this, with its line ends. */
static size_t
count_of(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)) != NULL; text++)
        n++;
    return n;
}

/* The text with the i-th line that starts with `word` handed to edit(). */
static char *
edited(const char *text, const char *word, size_t i, const char *with)
{
    const char *at = text;
    char *out = malloc(strlen(text) + strlen(with) + 1);

    for (;; i--) {
        at = strstr(at + 1, word);
        if (i == 0)
            break;
    }
    at++;
    memcpy(out, text, (size_t)(at - text));
    strcpy(out + (at - text), with);
    strcat(out, at + strcspn(at, "\n") + (*with == '\0'));
    return out;
}

static void
expect_refused(const hunt *h, char *text, const char *why)
{
    T_EQ_STR(check_certificate(h, text), why);
    free(text);
}

TEST(certificates)
{
    static const uint32_t max[] = {2, 2, 2};
    const char *text;
    hunt h, again;

    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    text = h.result.certificate.s;
    T_EQ_STR(check_certificate(&h, text), NULL);

    T_REQUIRE(open_hunt(&again, "thm15.aon", "thm15_up", NULL, NULL));
    again.spec = h.spec;
    again.spec.jobs = 1;
    T_REQUIRE(run_hunt(&again));
    T_CHECK(strcmp(text, again.result.certificate.s) == 0);
    close_hunt(&again);

    expect_refused(&h, edited(text, "\norbit ", 3, ""), "mass");
    expect_refused(&h, edited(text, "\nshape ", 2, ""), "syntax");
    {
        /* the last orbit of all: another stabiliser; another element of its orbit */
        const char *at = text, *next;
        size_t count = 0;
        char line[200];
        unsigned long long s, m, y[4];

        while ((next = strstr(at + 1, "\norbit ")) != NULL) {
            at = next;
            count++;
        }
        T_REQUIRE(sscanf(at, "\norbit %llu %llu %llu %llu %llu %llu", &s, &m, &y[0],
                         &y[1], &y[2], &y[3]) == 6);
        (void)snprintf(line, sizeof line, "orbit %llu %llu %llu %llu %llu %llu", s + 1,
                       m, y[0], y[1], y[2], y[3]);
        expect_refused(&h, edited(text, "\norbit ", count - 1, line), "stabiliser");
        /* both columns of the model exchanged: not the least element any more */
        m = m % 81 * 81 + m / 81;
        (void)snprintf(line, sizeof line, "orbit %llu %llu %llu %llu %llu %llu", s, m,
                       y[0], y[1], y[2], y[3]);
        {
            char *bad = edited(text, "\norbit ", count - 1, line);
            const char *why = check_certificate(&h, bad);

            T_CHECK(why != NULL &&
                    (strcmp(why, "least") == 0 || strcmp(why, "order") == 0));
            free(bad);
        }
    }
    expect_refused(&h, edited(text, "\norbit ", 5, "orbit 7 0 0 0 0 0"), "order");
    expect_refused(&h, edited(text, "\nsum ", 0, "sum 1 1"), "sum");
    close_hunt(&h);
}

/* Where another conclusion fails there is a certificate of this one, and only of it. */
TEST(certificates_of_one_conclusion)
{
    static const uint32_t max[] = {1, 1, 3, 1};
    const char *text;
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm14.aon", "thm14", "inN", NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_EQ_INT(h.result.certificate.len, 0);
    aon_find_result_clear(&h.result);
    h.spec.because = "fwd";
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    text = h.result.certificate.s;
    T_EQ_STR(check_certificate(&h, text), NULL);
    T_EQ_INT(count_of(text, "\nwithout inN\nbecause fwd\ngrid 1\n"), 1);
    T_EQ_INT(count_of(text, "\nshow fwd true\n"), h.result.applicable);
    T_EQ_INT(count_of(text, "\nshow "), h.result.applicable);
    close_hunt(&h);
}

/* Six entries are enumerated, one more is solved for: then there is no certificate. */
TEST(at_most_six_entries)
{
    static const uint32_t max[] = {1, 1};
    static const char *const given[] = {"a, b, c, d, e, f", "a, b, c, d, e, f, h"};

    for (size_t i = 0; i < 2; i++) {
        char text[200];
        hunt h;

        (void)snprintf(text, sizeof text,
                       "statement t\ngiven %s in scalar\n"
                       "assume order: a = b\nshow c: a + %s = b + %s\n",
                       given[i], i == 0 ? "f" : "h", i == 0 ? "f" : "h");
        T_REQUIRE(open_hunt(&h, text, "t", NULL, NULL));
        h.spec.max = max;
        h.spec.certificate = true;
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_NONE);
        T_EQ_INT(h.result.solved, i == 1);
        T_EQ_INT(h.result.certificate.len > 0, i == 0);
        close_hunt(&h);
    }
}

static void
keep_all(void *arg, const char *state)
{
    char **kept = arg;

    for (size_t i = 0; i < 40; i++)
        if (kept[i] == NULL) {
            kept[i] = strdup(state);
            return;
        }
}

/* From every state: the same certificate.  From one without it: none. */
TEST(resumed_searches_have_certificates)
{
    static const uint32_t max[] = {2, 2, 2};
    char *kept[41] = {NULL};
    char *whole, *cells;
    size_t n = 0;
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    h.spec.checkpoint = keep_all;
    h.spec.arg = kept;
    T_REQUIRE(run_hunt(&h));
    h.spec.checkpoint = NULL;
    whole = strdup(h.result.certificate.s);
    T_EQ_STR(check_certificate(&h, whole), NULL);
    while (kept[n] != NULL)
        n++;
    T_EQ_INT(n, 8);
    for (size_t i = 0; i < n; i++) {
        aon_find_result_clear(&h.result);
        h.spec.resume = kept[i];
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_NONE);
        T_EQ_STR(h.result.certificate.s, whole);
    }
    cells = strstr(kept[3], "\nshape ");
    T_REQUIRE(cells != NULL);
    strcpy(cells, "\nend\n");
    aon_find_result_clear(&h.result);
    h.spec.resume = kept[3];
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    T_EQ_INT(h.result.certificate.len, 0);
    T_CHECK(h.result.no_certificate != NULL);
    for (size_t i = 0; i < n; i++)
        free(kept[i]);
    free(whole);
    close_hunt(&h);
}
