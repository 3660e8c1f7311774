/* The inline instance, canonical, and how it fits the statement: instance-format.md. */
#include <stdlib.h>

#include "check.h"

#define NEED(c, cond, ...) CK_REQUIRE((c)->r, "instance", cond, __VA_ARGS__)

enum { MAX_DIGITS = 100000, MAX_DIM = 1000000 };

/* ---- names and sets ---- */

static void enter(ck_state *c, ck_words *to, const char *name) {
    void **at = ck_at(&to->number, &name, sizeof name);

    NEED(c, *at == NULL && to->n < MAX_DIM, "at most %d names, all different", MAX_DIM);
    CK_PUSH(to->name, to->n, name);
    *at = (void *)(intptr_t)to->n;
}

/* From 0; -1: it has none. */
static long number_of(ck_words *names, const char *name) {
    return (long)(intptr_t)*ck_at(&names->number, &name, sizeof name) - 1;
}

void ck_set_add(ck_elements *s, long e) {
    CK_PUSH(s->at, s->n, e);
    s->place[e] = s->n;
}

ck_elements *ck_set_new(long room) {
    ck_elements *s = ck_new(sizeof *s);

    *s = (ck_elements){.room = room, .place = ck_new((size_t)room * sizeof *s->place)};
    return s;
}

ck_elements *ck_range(long n) {
    ck_elements *s = ck_set_new(n);

    while (s->n < n) ck_set_add(s, s->n);
    return s;
}

bool ck_has(const ck_elements *s, long e) { return e >= 0 && e < s->room && s->place[e] > 0; }

/* ---- fields ---- */

static const char *take_word(ck_state *c) {
    const char *w = ck_take(c->r);
    bool good = w[0] != '#';

    for (const char *s = w; *s != '\0'; s++) good = good && (*s < 0 || (*s > 32 && *s != 127));
    NEED(c, good, "a word");
    return w;
}

static const char *take_name(ck_state *c) {
    static const char letters[] = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *s = ck_take(c->r), *end = s + strspn(s, letters);

    NEED(c, strchr(letters + 11, *s) != NULL && end[strspn(end, "'")] == '\0', "a name");
    return s;
}

static long take_element(ck_state *c, ck_words *names) {
    long e = number_of(names, take_word(c));

    NEED(c, e >= 0, "a token or context of the instance");
    return e;
}

static void take_rational(ck_state *c, mpq_ptr out) {
    size_t n;
    const char *s = ck_field(c->r, &n);

    mpq_init(out);
    NEED(c, ck_rational(out, s, n, MAX_DIGITS, true), "a rational in lowest terms");
}

/* The tokens up to the end of the line, interned, a space before each. */
static const char *take_sequence(ck_state *c) {
    const char *from = c->r->cursor;

    while (ck_more(c->r)) take_element(c, &c->tokens);
    return ck_intern(from, (size_t)(c->r->line_end - from));
}

/* The number of x.q for each context x. */
static long *take_query(ck_state *c) {
    const char *tail = take_sequence(c);
    long *next = NULL;

    for (long x = 0; x < c->contexts.n;) {
        long to = number_of(&c->sequences, ck_internf("%s%s", c->sequences.name[x], tail));

        CK_PUSH(next, x, to);
    }
    return next;
}

/* Lines `word [label] a1 .. a(cols)` as rows: one for each label, or `rows` (-1: as they come; the
   line behind them is read, too). */
static ck_mat *take_rows(ck_state *c, const char *word, const ck_words *label, long rows,
                         long cols) {
    mpq_ptr e = NULL;
    __mpq_struct q;
    long n = 0, i;
    ck_mark mark = ck_begin(CK_PROOF);
    ck_mat *m;
    mpz_t den;

    mpz_init_set_ui(den, 1);
    for (i = 0; rows < 0 || i < rows; i++) {
        ck_next_line(c->r);
        if (rows < 0 && !ck_first(c->r, word)) break;
        NEED(c, ck_first(c->r, word), "a line %s", word);
        if (label != NULL) NEED(c, ck_take(c->r) == label->name[i], "that of %s", label->name[i]);
        for (long j = 0; j < cols; j++) {
            take_rational(c, &q);
            mpz_lcm(den, den, mpq_denref(&q));
            CK_PUSH(e, n, q);
        }
        ck_line_done(c->r);
    }
    c->bits += mpz_cmp_ui(den, 1) > 0 ? (size_t)n * mpz_sizeinbase(den, 2) : 0;
    NEED(c, c->bits <= (size_t)1 << 32, "smaller denominators");
    m = ck_keep(ck_mat_rationals(e, i, cols));
    ck_end(mark);
    return m;
}

/* ---- values ---- */

enum { DIM, MODEL, VECTOR, SUBSPACE, MATRIX, SCALAR, QUERY, TOKEN, CONTEXT, TOKENS, CONTEXTS };
static const char *const kinds[] = {"dim",   "model", "vector",  "subspace", "matrix",    "scalar",
                                    "query", "token", "context", "tokenset", "contextset"};

ck_given_value *ck_given_new(ck_state *c, const char *name) {
    return *ck_at(&c->values, &name, sizeof name) = ck_new(sizeof(ck_given_value));
}

const ck_given_value *ck_given_find(ck_state *c, const char *name) {
    return *ck_at(&c->values, &name, sizeof name);
}

/* The lines behind the first one; that behind the block becomes current. */
static void read_rows(ck_state *c, ck_given_value *v, long kind) {
    bool space = kind == SUBSPACE;
    long rows = space ? -1 : kind == MATRIX ? v->d[0] : 1;

    if (kind == MODEL) {
        v->f = ck_apply2(CK_TR, take_rows(c, "f", &c->contexts, c->contexts.n, v->d[0]), NULL);
        v->g = ck_apply2(CK_TR, take_rows(c, "g", &c->tokens, c->tokens.n, v->d[0]), NULL);
    }
    if (kind == VECTOR || kind == MATRIX || space)
        v->a = take_rows(c, space ? "gen" : "row", NULL, rows, v->d[kind == MATRIX]);
    if (kind == VECTOR || space) v->a = ck_apply2(CK_TR, v->a, NULL);
    c->empty += space && v->a->cols == 0 ? v->d[0] : 0;
    NEED(c, c->empty <= MAX_DIM, "smaller subspaces without generators");
    if (!space) ck_next_line(c->r);
}

static void read_value(ck_state *c) {
    ck_given_value *v;
    const char *name;
    ck_words *names;
    __mpq_struct q;
    long kind = 0, e;

    while (kind < CONTEXTS && !ck_first(c->r, kinds[kind])) kind++;
    NEED(c, ck_first(c->r, kinds[kind]), "a value or end");
    name = take_name(c);
    NEED(c, ck_given_find(c, name) == NULL, "names that are all different");
    v = ck_given_new(c, name);
    v->sort = kind == TOKENS ? "tokens" : kind == CONTEXTS ? "contexts" : kinds[kind];
    for (int i = 0; i < (kind < MATRIX ? 1 : kind == MATRIX ? 2 : 0); i++) {
        v->d[i] = ck_take_count(c->r);
        NEED(c, v->d[i] <= MAX_DIM, "at most %d", MAX_DIM);
    }
    if (kind == SCALAR) {
        take_rational(c, &q);
        v->a = ck_mat_rationals(&q, 1, 1);
    }
    if (kind == QUERY) v->next = take_query(c);
    if (kind == CONTEXT) ck_take_word(c->r, "=");
    names = kind == TOKEN || kind == TOKENS ? &c->tokens : &c->contexts;
    v->set = ck_set_new(kind >= TOKEN ? names->n : 0);
    while (kind >= TOKENS ? ck_more(c->r) : kind >= TOKEN && v->set->n == 0) {
        e = take_element(c, names);
        NEED(c, v->set->n == 0 || v->set->at[v->set->n - 1] < e, "elements in order");
        ck_set_add(v->set, e);
    }
    ck_line_done(c->r);
    read_rows(c, v, kind);
}

const ck_elements *ck_set(ck_state *c, const char *set) {
    void **known = ck_at(&c->sets, set, strlen(set));
    const char *slash = strchr(set, '/');
    const ck_elements *base;
    const long *next;
    ck_elements *s;

    if (*known != NULL) return *known;
    int was = ck_use(CK_CASE);
    if (slash != NULL) {
        base = ck_set(c, ck_intern(set, (size_t)(slash - set)));
        next = ck_given_find(c, ck_intern(slash + 1, strlen(slash + 1)))->next;
        s = ck_set_new(base->room);
        for (long i = 0; i < base->n; i++)
            if (ck_has(base, next[base->at[i]])) ck_set_add(s, base->at[i]);
    } else if (strcmp(set, "X") == 0 || strcmp(set, "Y") == 0) {
        s = ck_range(set[0] == 'X' ? c->contexts.n : c->tokens.n);
    } else {
        s = ck_given_find(c, ck_intern(set, strlen(set)))->set;
    }
    ck_use(was);
    return *known = s;
}

/* The value of the dim, or else what the first given that mentions it has; -1: none has. */
long ck_dim(ck_state *c, const char *dim) {
    const ck_given_value *v;

    if (dim == NULL) return 1;
    if (dim[0] == '#') return ck_set(c, dim + 1)->n;
    if (dim[0] >= '0' && dim[0] <= '9') return strtol(dim, NULL, 10);
    if ((v = ck_given_find(c, dim)) != NULL) return v->d[0];
    for (const ck_given *g = c->s->given; g < c->s->given + c->s->ngivens; g++)
        for (int k = 0; k < 2; k++)
            if (g->d[k] == dim) return ck_given_find(c, g->name)->d[k];
    return -1;
}

/* Does it have a value of each sort, and one number for each dim? */
static void fit(ck_state *c) {
    for (long i = 0; i < 2 * c->s->ngivens; i++) {
        const ck_given *g = &c->s->given[i % c->s->ngivens];
        const ck_given_value *v = ck_given_find(c, g->name);
        bool dim = strcmp(g->sort, "dim") == 0;

        NEED(c, v == NULL ? dim : strcmp(v->sort, g->sort) == 0, "a value %s of sort %s", g->name,
             g->sort);
        if (i < c->s->ngivens) continue; /* sorts first */
        NEED(c, !dim || ck_dim(c, g->name) >= 0, "a number for %s", g->name);
        for (int k = 0; k < 2 && g->d[k] != NULL; k++)
            NEED(c, ck_dim(c, g->d[k]) == v->d[k], "%s to have %s = %ld", g->name, g->d[k],
                 ck_dim(c, g->d[k]));
    }
}

/* ---- the whole ---- */

static void read_contexts(ck_state *c) {
    for (ck_next_line(c->r); ck_first(c->r, "context"); ck_next_line(c->r)) {
        const char *name = take_word(c);

        if (strncmp(c->r->cursor, " = ", 3) == 0) return; /* a value */
        enter(c, &c->contexts, name);
        enter(c, &c->sequences, take_sequence(c));
        ck_line_done(c->r);
    }
}

void ck_instance_read(ck_state *c) {
    ck_reader *r = c->r;

    r->slug = "instance";
    CK_ASSERT(ck_first(r, "aoni")); /* the caller looked */
    ck_take_word(r, "1");
    ck_line_done(r);
    ck_line(r, "tokens");
    do {
        const char *w = take_word(c);

        NEED(c, strcmp(w, "=") != 0, "a token");
        enter(c, &c->tokens, w);
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
