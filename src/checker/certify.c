/* The text of a certificate: docs/search.md, sections 1, 5 and 6. */
#include "scope.h"

typedef struct {
    ck_state *k;
    const ck_scope_join *join;
    long njoins, ncomponents, radius, *min, *max;
    const char *query;
    long orbits, applicable;
} certificate;

static long *take_numbers(ck_reader *r, const char *word, long *n) {
    long *list = NULL;

    ck_line(r, word);
    for (*n = 0; ck_more(r);) {
        long next = ck_take_count(r);

        CK_PUSH(list, *n, next);
    }
    return list;
}

/* Is this the rest of the line? */
static bool line_is(const ck_reader *r, const char *text) {
    size_t n = strlen(text);

    return (size_t)(r->line_end - r->cursor) == n && memcmp(r->cursor, text, n) == 0;
}

static void need_line(const ck_reader *r, const char *name, const char *text) {
    CK_REQUIRE(r, name, line_is(r, text), "%s", text);
}

/* The next line is the word and this number. */
static void need_number(ck_reader *r, const char *word, mpz_t number) {
    ck_line(r, word);
    need_line(r, word, ck_internf(" %s", mpz_get_str(NULL, 10, number)));
}

static char *words(const char *first, const long *n, long count) {
    ck_text t = {0};

    ck_put(&t, "%s", first);
    for (long i = 0; i < count; i++) ck_put(&t, " %ld", n[i]);
    return t.s;
}

/* ---- orbits ---- */

/* The representative against the one before. */
static bool increases(const ck_cell *c) {
    for (long i = 0; i < c->nitems; i++)
        for (long j = 0; j < c->item[i].n; j++)
            if (c->item[i].digit[j] != c->item[i].last[j])
                return c->item[i].digit[j] > c->item[i].last[j];
    return false;
}

/* `orbit STABILISER CODE ..`, the current line, and its evidence: is it applicable? The mass
   gets the elements of the orbit. */
static bool take_orbit(certificate *x, ck_cell *c, bool first, const mpz_t order, mpz_t mass) {
    ck_state *k = x->k;
    ck_reader *r = k->r;
    long stabiliser, n = 0;
    const ck_root *only = NULL;
    bool good = true, holds, least = true;
    ck_state state;
    mpz_t z, size;

    mpz_init(z);
    mpz_init(size);
    ck_take_integer(r, size);
    while (ck_more(r)) {
        ck_take_integer(r, z);
        good = good && n < c->nitems && mpz_sgn(z) >= 0 && ck_code_decode(&c->item[n++], z);
    }
    good = good && n == c->nitems;
    ck_region_begin();
    if (good) ck_cell_state(&state, k, c);
    CK_REQUIRE(r, "code", good && ck_joined(&state, x->join, x->njoins),
               "a code of each item, in the space");
    CK_REQUIRE(r, "order", first || increases(c), "representatives in increasing order");
    for (long i = 0; i < c->nitems; i++)
        memcpy(c->item[i].last, c->item[i].digit, (size_t)c->item[i].n * sizeof(int));
    stabiliser = ck_cell_stabiliser(c, &least);
    CK_REQUIRE(r, "least", least, "the least of its orbit");
    CK_REQUIRE(r, "stabiliser", mpz_cmp_si(size, stabiliser) == 0, "%ld elements that fix it",
               stabiliser);
    ck_line(r, "verdict");
    holds = line_is(r, " holds");
    for (long i = 0; i < k->nhypotheses; i++)
        if (line_is(r, ck_internf(" inapplicable %s", k->hypothesis[i]->name)))
            only = k->hypothesis[i];
    CK_REQUIRE(r, "orbit-verdict", holds || only != NULL,
               "holds, or inapplicable with one hypothesis");
    ck_take_verdict(&state, only);
    ck_region_end();
    ck_live = NULL;
    mpz_divexact(z, order, size);
    mpz_add(mass, mass, z);
    mpz_clear(z);
    mpz_clear(size);
    return holds;
}

/* ---- cells ---- */

static void check_cell(certificate *x, const long *shape, const long *chain, long nchains) {
    ck_reader *r = x->k->r;
    ck_cell *c = ck_new(sizeof *c);
    long orbits = 0, applicable = 0;
    mpz_t order, size, mass;

    *c = (ck_cell){.s = x->k->s,
                   .query = x->query,
                   .radius = x->radius,
                   .shape = shape,
                   .n = shape[x->ncomponents - 2],
                   .k = shape[x->ncomponents - 1],
                   .chain = chain,
                   .nchains = nchains};
    need_line(r, ck_first(r, "join") ? "join" : "cell", words("shape", shape, x->ncomponents));
    ck_next_line(r);
    need_line(r, "cell", words("chains", chain, nchains));
    CK_ASSERT(ck_cell_items(c));
    mpz_init(order);
    mpz_init(size);
    mpz_init(mass);
    ck_cell_group(c, order);
    ck_cell_size(size, x->k, c, x->join, x->njoins);
    need_number(r, "space", size);
    need_number(r, "group", order);
    for (ck_next_line(r); ck_first(r, "orbit"); orbits++) {
        applicable += take_orbit(x, c, orbits == 0, order, mass);
    }
    CK_REQUIRE(r, "claims", ck_first(r, "sum"), "a line orbit or sum");
    r->cursor = r->line + strlen("sum");
    CK_REQUIRE(r, "mass", mpz_cmp(mass, size) == 0, "orbits of %s elements together",
               mpz_get_str(NULL, 10, size));
    need_line(r, "sum", ck_internf(" %ld %ld", orbits, applicable));
    ck_next_line(r);
    x->orbits += orbits;
    x->applicable += applicable;
}

/* The chains of n contexts, the larger first, from length `most` down, behind the first ones. */
static void check_chains(certificate *x, const long *shape, long *chain, long nchains, long rest,
                         long most) {
    if (rest == 0) {
        check_cell(x, shape, chain, nchains);
        return;
    }
    for (long length = most < rest ? most : rest; length > 0; length--) {
        chain[nchains] = length;
        check_chains(x, shape, chain, nchains + 1, rest - length, length);
    }
}

/* Shapes with these components in front of number i, whose others have this sum. */
static void check_shapes(certificate *x, long *shape, long i, long sum) {
    long chain[CK_MAX_SIDE], n = shape[x->ncomponents - 2];

    if (i == x->ncomponents) {
        if (sum == 0) check_chains(x, shape, chain, 0, n, x->query != NULL ? n : 1);
        return;
    }
    for (shape[i] = x->min[i]; shape[i] <= x->max[i] && shape[i] <= sum; shape[i]++)
        check_shapes(x, shape, i + 1, sum - shape[i]);
}

/* Does the statement have scopes, with these bounds? */
static bool has_scopes(certificate *x, long nmin, long nmax) {
    ck_cell c = {.s = x->k->s, .radius = x->radius, .shape = x->max};
    long one[CK_MAX_SIDE] = {1, 1, 1, 1, 1, 1, 1, 1}, queries = 0;
    bool good;

    for (long i = 0; i < x->k->s->ngivens; i++) {
        x->ncomponents += strcmp(x->k->s->given[i].sort, "dim") == 0;
        if (strcmp(x->k->s->given[i].sort, "query") == 0) {
            x->query = x->k->s->given[i].name;
            queries++;
        }
    }
    good = queries <= 1 && nmin == x->ncomponents && nmax == nmin && x->min[nmin - 1] >= 1;
    for (long i = 0; i < nmin && good; i++) good = x->min[i] <= x->max[i];
    for (long i = 0; i < nmin && good; i++)
        if (x->max[i] > CK_MAX_SIDE)
            ck_stop(CK_EXIT_UNREADABLE, "out of resources: sizes above %d", CK_MAX_SIDE);
    if (!good) return false;
    c.n = x->max[nmin - 2];
    c.k = x->max[nmin - 1];
    c.chain = x->query != NULL ? &c.n : one; /* the largest cell: one chain, or all of length 1 */
    c.nchains = x->query == NULL ? c.n : c.n > 0;
    return ck_cell_items(&c);
}

void ck_certify(ck_state *k, ck_text *said) {
    certificate x = {.k = k, .ncomponents = 2};
    ck_scope_join *join = NULL;
    ck_reader *r = k->r;
    long nmin, nmax, low = 0, high = 0, *shape;

    x.radius = ck_take_count(r);
    ck_line_done(r);
    x.min = take_numbers(r, "min", &nmin);
    x.max = take_numbers(r, "max", &nmax);
    CK_REQUIRE(r, "scope", has_scopes(&x, nmin, nmax), "a statement with scopes, bounds that fit");
    x.njoins = ck_find_joins(k, &join);
    x.join = join;
    for (long h = 0; h < x.njoins; h++) {
        ck_next_line(r);
        need_line(
            r, "join",
            ck_internf("join %s %s %s", join[h].root->name, join[h].model[0], join[h].model[1]));
    }
    ck_next_line(r);
    for (long i = 0; i < nmin; i++) {
        low += x.min[i];
        high += x.max[i];
    }
    shape = ck_new((size_t)nmin * sizeof *shape);
    for (; low <= high; low++) check_shapes(&x, shape, 0, low);
    need_line(r, "cell", "end");
    CK_REQUIRE(r, "trailing", r->pos == r->file_end, "nothing after end");
    CK_REQUIRE(r, "vacuous", x.applicable > 0, "an orbit that is applicable");
    ck_put(said, "accepted: none in scope: statement %s%s, grid %ld, shapes", k->s->name,
           k->words.s != NULL ? k->words.s : "", x.radius);
    for (long i = 0; i < 2 * nmin; i++)
        ck_put(said, "%s%ld",
               i == 0      ? " ("
               : i == nmin ? ") to ("
                           : ",",
               (i < nmin ? x.min : x.max)[i % nmin]);
    ck_put(said, "), %ld orbits, %ld applicable\n", x.orbits, x.applicable);
}
