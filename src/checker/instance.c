/* The inline instance, canonical, and how it fits the statement: instance-format.md. */
#include <stdlib.h>

#include "value.h"

#define NEED(c, cond, ...) CK_REQUIRE((c)->r, "instance", cond, __VA_ARGS__)

static long number_of(ck_map *m, const char *name) {
    return (long)(intptr_t)*ck_at(m, &name, sizeof name) - 1;
}

static void enter(ck_state *c, ck_map *m, const char *name, long number) {
    void **at = ck_at(m, &name, sizeof name);

    NEED(c, *at == NULL && number < CK_MAX_DIM, "at most %d names, all different", CK_MAX_DIM);
    *at = (void *)(intptr_t)(number + 1);
}

static const char *take_word(ck_state *c) {
    const char *w = ck_take(c->r);
    bool good = w[0] != '#';

    for (const char *s = w; *s != '\0'; s++) good = good && (*s < 0 || (*s > 32 && *s != 127));
    NEED(c, good, "a word");
    return w;
}

static const char *take_name(ck_state *c) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const char *s = ck_take(c->r), *end = s + strspn(s, letters);

    NEED(c,
         strchr(letters, *s) != NULL && strchr(letters, *s) - letters < 52 &&
             end[strspn(end, "'")] == '\0',
         "a name");
    return s;
}

static long take_element(ck_state *c, ck_map *m) {
    long e = number_of(m, take_word(c));

    NEED(c, e >= 0, "a token or context of the instance");
    return e;
}

static void take_rational(ck_state *c, mpq_t out) {
    size_t n;
    const char *s = ck_field(c->r, &n);

    NEED(c, ck_rational(out, s, n, CK_INSTANCE_DIGITS, true), "a rational in lowest terms");
}

/* Lines `word [label[i]] a1 .. a(cols)`; without labels up to `rows` lines (-1: as they come,
   the line behind them is read, too). */
static ck_mat *take_rows(ck_state *c, const char *word, const char **label, long rows, long cols) {
    struct rational {
        mpq_t q;
    } *e = NULL, q;
    long n = 0, i;
    ck_mat *m;
    mpz_t den;

    mpz_init_set_ui(den, 1);
    for (i = 0; rows < 0 || i < rows; i++) {
        ck_next_line(c->r);
        if (rows < 0 && !ck_first(c->r, word)) break;
        NEED(c, ck_first(c->r, word), "a line %s", word);
        if (label != NULL) NEED(c, ck_take(c->r) == label[i], "the line of %s", label[i]);
        for (long j = 0; j < cols; j++) {
            mpq_init(q.q);
            take_rational(c, q.q);
            CK_PUSH(e, n, q);
        }
        ck_line_done(c->r);
    }
    for (long k = 0; k < n; k++) mpz_lcm(den, den, mpq_denref(e[k].q));
    if (mpz_cmp_ui(den, 1) > 0) c->bits += (size_t)n * mpz_sizeinbase(den, 2);
    NEED(c, c->bits <= (size_t)1 << 32, "smaller denominators");
    m = ck_mat_rationals((mpq_t *)e, i, cols);
    mpz_clear(den);
    while (n > 0) mpq_clear(e[--n].q);
    ck_free(e);
    return m;
}

/* ---- tokens and contexts ---- */

/* The tokens up to the end of the line, interned, a space before each. */
static const char *take_sequence(ck_state *c) {
    const char *from = c->r->cursor;

    while (ck_more(c->r)) take_element(c, &c->tokens);
    return ck_intern(from, (size_t)(c->r->line_end - from));
}

/* Is this line `context N = C`, a value? */
static bool context_value(const ck_reader *r) {
    ck_reader ahead = *r;

    ck_take(&ahead);
    return ck_more(&ahead) && strcmp(ck_take(&ahead), "=") == 0;
}

static void read_contexts(ck_state *c) {
    long n = 0;

    for (ck_next_line(c->r); ck_first(c->r, "context") && !context_value(c->r);) {
        const char *name = take_word(c), *sequence = take_sequence(c);

        enter(c, &c->contexts, name, c->ncontexts);
        enter(c, &c->sequences, sequence, c->ncontexts);
        ck_line_done(c->r);
        CK_PUSH(c->sequence, n, sequence);
        CK_PUSH(c->context, c->ncontexts, name);
        ck_next_line(c->r);
    }
}

long ck_concat(ck_state *c, long x, const char *query) {
    return number_of(&c->sequences,
                     ck_internf("%s%s", c->sequence[x], ck_given_find(c, query)->sequence));
}

/* ---- values ---- */

static void add_element(ck_elements *s, long e) {
    CK_PUSH(s->at, s->n, e);
    s->place[e] = s->n;
}

/* The block that starts at the current line; the line behind it becomes current. */
static void read_value(ck_state *c) {
    enum { DIM, MODEL, VECTOR, SUBSPACE, MATRIX, SCALAR, QUERY, TOKEN, CONTEXT, TOKENS, CONTEXTS };
    static const char *const words[][2] = {
        {"dim", "dim"},           {"model", "model"},        {"vector", "vector"},
        {"subspace", "subspace"}, {"matrix", "matrix"},      {"scalar", "scalar"},
        {"query", "query"},       {"token", "token"},        {"context", "context"},
        {"tokenset", "tokens"},   {"contextset", "contexts"}};
    ck_given_value *v = ck_new(sizeof *v);
    mpq_t q;
    long w = 0;

    while (w < CK_COUNT(words) && !ck_first(c->r, words[w][0])) w++;
    NEED(c, w < CK_COUNT(words), "a value or end");
    v->sort = w < CK_COUNT(words) ? words[w][1] : "";
    v->name = take_name(c);
    for (int i = 0; i < (w < MATRIX ? 1 : w == MATRIX ? 2 : 0); i++) {
        v->d[i] = ck_take_count(c->r);
        NEED(c, v->d[i] <= CK_MAX_DIM, "at most %d", CK_MAX_DIM);
    }
    if (w == SCALAR) {
        mpq_init(q);
        take_rational(c, q);
        v->a = ck_mat_rationals(&q, 1, 1);
    } else if (w == QUERY) {
        v->sequence = take_sequence(c);
    } else if (w == TOKEN || w == CONTEXT) {
        if (w == CONTEXT) ck_take_word(c->r, "=");
        v->element = take_element(c, w == TOKEN ? &c->tokens : &c->contexts);
    } else if (w == TOKENS || w == CONTEXTS) {
        v->set.place = ck_new((size_t)(c->ntokens + c->ncontexts) * sizeof(long));
        while (ck_more(c->r)) {
            long e = take_element(c, w == TOKENS ? &c->tokens : &c->contexts);

            NEED(c, v->set.n == 0 || v->set.at[v->set.n - 1] < e, "elements in order");
            add_element(&v->set, e);
        }
    }
    ck_line_done(c->r);
    if (w == MODEL) {
        v->a = take_rows(c, "f", c->context, c->ncontexts, v->d[0]);
        v->b = take_rows(c, "g", c->token, c->ntokens, v->d[0]);
    } else if (w == VECTOR || w == MATRIX)
        v->a = take_rows(c, "row", NULL, w == MATRIX ? v->d[0] : 1, v->d[w == MATRIX]);
    else if (w == SUBSPACE)
        v->a = take_rows(c, "gen", NULL, -1, v->d[0]);
    c->empty += w == SUBSPACE && v->a->rows == 0 ? v->d[0] : 0;
    NEED(c, c->empty <= CK_MAX_DIM, "smaller subspaces without generators");
    if (w == VECTOR || w == SUBSPACE) v->a = ck_mat_tr(v->a);
    if (w != SUBSPACE) ck_next_line(c->r);
    NEED(c, ck_given_find(c, v->name) == NULL, "names that are all different");
    *ck_at(&c->values, &v->name, sizeof v->name) = v;
}

const ck_given_value *ck_given_find(ck_state *c, const char *name) {
    return *ck_at(&c->values, &name, sizeof name);
}

/* ---- dimensions and sets ---- */

/* -1: the number of a given dim that is not known yet */
long ck_dim(ck_state *c, const char *dim) {
    if (dim == NULL) return 1;
    if (dim[0] == '#') return ck_set(c, dim + 1)->n;
    return dim[0] >= '0' && dim[0] <= '9' ? strtol(dim, NULL, 10) : number_of(&c->dims, dim);
}

const ck_elements *ck_set(ck_state *c, const char *set) {
    ck_elements *s = *ck_at(&c->sets, set, strlen(set));
    const ck_elements *base;
    const char *slash = strchr(set, '/'), *query;

    if (s != NULL) return s;
    s = ck_new(sizeof *s);
    s->place = ck_new((size_t)(c->ntokens + c->ncontexts) * sizeof *s->place);
    if (slash != NULL) {
        base = ck_set(c, ck_intern(set, (size_t)(slash - set)));
        query = ck_intern(slash + 1, strlen(slash + 1));
        for (long i = 0; i < base->n; i++) {
            long y = ck_concat(c, base->at[i], query);

            if (y >= 0 && base->place[y] > 0) add_element(s, base->at[i]);
        }
    } else if (strcmp(set, "X") == 0 || strcmp(set, "Y") == 0) {
        for (long i = 0; i < (set[0] == 'X' ? c->ncontexts : c->ntokens); i++) add_element(s, i);
    } else {
        *s = ck_given_find(c, ck_intern(set, strlen(set)))->set;
    }
    *ck_at(&c->sets, set, strlen(set)) = s;
    return s;
}

/* A dim comes from its own line, or else from the first given that mentions it. */
static void fit(ck_state *c) {
    for (int pass = 0; pass < 3; pass++)
        for (long i = 0; i < c->s->ngivens; i++) {
            const ck_given *g = &c->s->given[i];
            const ck_given_value *v = ck_given_find(c, g->name);
            bool is_dim = strcmp(g->sort, "dim") == 0;

            if (pass == 0) {
                NEED(c, v == NULL ? is_dim : strcmp(v->sort, g->sort) == 0, "a value %s of sort %s",
                     g->name, g->sort);
                if (is_dim)
                    *ck_at(&c->dims, &g->name, sizeof g->name) =
                        (void *)(intptr_t)(v != NULL ? v->d[0] + 1 : 0);
            } else if (pass == 2) {
                NEED(c, !is_dim || ck_dim(c, g->name) >= 0, "a number for %s", g->name);
            }
            for (int k = 0; pass == 1 && k < 2 && g->d[k] != NULL; k++) {
                if (ck_dim(c, g->d[k]) < 0)
                    *ck_at(&c->dims, &g->d[k], sizeof g->d[k]) = (void *)(intptr_t)(v->d[k] + 1);
                NEED(c, ck_dim(c, g->d[k]) == v->d[k], "%s to have %s = %ld", g->name, g->d[k],
                     ck_dim(c, g->d[k]));
            }
        }
}

void ck_instance_read(ck_state *c) {
    ck_reader *r = c->r;

    r->slug = "instance";
    CK_ASSERT(ck_first(r, "aoni")); /* the caller looked */
    c->text = r->line;
    ck_take_word(r, "1");
    ck_line_done(r);
    ck_line(r, "tokens");
    do {
        const char *w = take_word(c);

        NEED(c, strcmp(w, "=") != 0, "a token");
        enter(c, &c->tokens, w, c->ntokens);
        CK_PUSH(c->token, c->ntokens, w);
    } while (ck_more(r));
    ck_line(r, "base");
    c->base = take_element(c, &c->tokens);
    ck_line_done(r);
    read_contexts(c);
    while (!ck_first(r, "end")) read_value(c);
    ck_line_done(r);
    fit(c);
    r->slug = "syntax";
}
