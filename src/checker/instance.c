/* The inline instance, canonical, and how it fits the statement: instance-format.md. */
#include <stdlib.h>

#include "check.h"

#define NEED(c, cond, ...) CK_REQUIRE((c)->r, "instance", cond, __VA_ARGS__)

enum { MAX_DIGITS = 100000, MAX_DIM = 1000000 };

/* ---- names ---- */

/* The next of these names. */
static void enter(ck_state *c, ck_words *to, const char *name) {
    void **at = ck_at(&to->number, &name, sizeof name);

    NEED(c, *at == NULL && to->n < MAX_DIM, "at most %d names, all different", MAX_DIM);
    CK_PUSH(to->name, to->n, name);
    *at = (void *)(intptr_t)to->n;
}

/* The number of a name, from 0; -1: it has none. */
static long number_of(ck_words *names, const char *name) {
    return (long)(intptr_t)*ck_at(&names->number, &name, sizeof name) - 1;
}

ck_given_value *ck_given_find(ck_state *c, const char *name) {
    void **at = ck_at(&c->values, &name, sizeof name);

    if (*at == NULL) *at = ck_new(sizeof(ck_given_value));
    return *at;
}

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

/* One, or all up to the end of the line. */
static ck_elements *take_elements(ck_state *c, ck_words *names, bool all) {
    ck_elements *s = ck_new(sizeof *s);

    while (all ? ck_more(c->r) : s->n == 0) {
        long e = take_element(c, names);

        NEED(c, s->n == 0 || s->at[s->n - 1] < e, "elements in order");
        CK_PUSH(s->at, s->n, e);
    }
    return s;
}

/* The tokens up to the end of the line, interned, a space before each. */
static const char *take_sequence(ck_state *c) {
    const ck_reader *r = c->r;
    const char *from = ck_more(r) ? r->line + (r->rest - r->copy) - 1 : r->line_end;

    while (ck_more(r)) take_element(c, &c->tokens);
    return ck_intern(from, (size_t)(r->line_end - from));
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

/* Lines `word [label] a1 .. a(rows)`, from the current one on, as columns: so many, for these
   labels, or as many as there are (cols -1); no word: the rest of the line. The line behind them is
   current then. */
static ck_mat *take_columns(ck_state *c, const char *word, const ck_words *label, long cols,
                            long rows) {
    ck_mark mark = ck_begin(CK_PROOF);
    size_t before = c->bits;
    mpq_ptr e = NULL;
    long n = 0, i;
    mpz_t den;

    mpz_init_set_ui(den, 1);
    for (i = 0; cols < 0 ? ck_first(c->r, word) : i < cols; i++) {
        NEED(c, word == NULL || ck_first(c->r, word), "a line %s", word);
        if (label != NULL) NEED(c, ck_take(c->r) == label->name[i], "that of %s", label->name[i]);
        for (long j = 0; j < rows; j++) {
            __mpq_struct q;

            mpq_init(&q);
            NEED(c, ck_rational(&q, ck_field(c->r), MAX_DIGITS, true),
                 "a rational in lowest terms");
            mpz_lcm(den, den, mpq_denref(&q));
            CK_PUSH(e, n, q);
        }
        c->bits = before + (mpz_cmp_ui(den, 1) > 0 ? (size_t)n * mpz_sizeinbase(den, 2) : 0);
        NEED(c, c->bits <= (size_t)1 << 32, "smaller denominators");
        ck_next_line(c->r);
    }
    ck_mat *m = ck_keep(ck_apply2(CK_TR, ck_mat_rationals(e, i, rows), NULL));
    ck_end(mark);
    return m;
}

/* ---- values ---- */

/* What stands behind the name: d, e dimensions, s a rational, q tokens, = that sign, y or x an
   element, Y or X any number of them; behind the first line: m rows f and g, v a row, r rows, g
   generators. */
static const struct {
    const char *word, *form;
    char kind;
} kinds[] = {{"dim", "d;", 'd'},      {"model", "d;m", 'M'},    {"scalar", "s", 's'},
             {"vector", "d;v", 'v'},  {"matrix", "de;r", 'm'},  {"subspace", "d;g", 'S'},
             {"query", "q;", 'q'},    {"token", "y;", 't'},     {"context", "=x;", 'x'},
             {"tokenset", "Y;", 'Y'}, {"contextset", "X;", 'X'}};

/* One letter of the form. */
static void read_part(ck_state *c, ck_given_value *v, char form) {
    switch (form) {
    case 'd': v->d[0] = ck_take_count(c->r); break;
    case 'e': v->d[1] = ck_take_count(c->r); break;
    case 's': v->a = take_columns(c, NULL, NULL, 1, 1); break;
    case 'q': v->next = take_query(c); break;
    case '=': ck_take_word(c->r, "="); break;
    case 'y':
    case 'Y': v->set = take_elements(c, &c->tokens, form == 'Y'); break;
    case 'x':
    case 'X': v->set = take_elements(c, &c->contexts, form == 'X'); break;
    case ';': ck_next_line(c->r); break;
    case 'm':
        v->f = take_columns(c, "f", &c->contexts, c->contexts.n, v->d[0]);
        v->g = take_columns(c, "g", &c->tokens, c->tokens.n, v->d[0]);
        break;
    case 'v': v->a = take_columns(c, "row", NULL, 1, v->d[0]); break;
    case 'r': v->a = ck_apply2(CK_TR, take_columns(c, "row", NULL, v->d[0], v->d[1]), NULL); break;
    case 'g':
        v->a = take_columns(c, "gen", NULL, -1, v->d[0]);
        c->empty += v->a->cols == 0 ? v->d[0] : 0;
    }
    NEED(c, v->d[0] <= MAX_DIM && v->d[1] <= MAX_DIM && c->empty <= MAX_DIM,
         "at most %d, also all dimensions of subspaces without generators together", MAX_DIM);
}

/* The block that begins with the current line; the one behind it is current then. */
static void read_value(ck_state *c) {
    long kind = 0;

    while (kind < CK_COUNT(kinds) - 1 && !ck_first(c->r, kinds[kind].word)) kind++;
    NEED(c, ck_first(c->r, kinds[kind].word), "a value or end");
    ck_given_value *v = ck_given_find(c, take_name(c));
    NEED(c, v->kind == 0, "names that are all different");
    v->kind = kinds[kind].kind;
    for (const char *form = kinds[kind].form; *form != '\0'; form++) read_part(c, v, *form);
}

/* ---- sets and dimensions ---- */

ck_elements *ck_range(long n) {
    ck_elements *s = ck_new(sizeof *s);

    for (long e = 0; e < n; e++) CK_PUSH(s->at, s->n, e);
    return s;
}

/* By halves: the last number that is not larger is one of the n from place i on. */
long ck_place(const ck_elements *s, long e) {
    long i = 0;

    for (long n = s->n; n > 1; n -= n / 2)
        if (s->at[i + n / 2] <= e) i += n / 2;
    return s->n > 0 && s->at[i] == e ? i : -1;
}

/* The set of that name, or `base/query`: the x of the base with x.query in it. */
const ck_elements *ck_set(ck_state *c, const char *set) {
    int was = ck_use(CK_CASE);
    ck_given_value *v = ck_given_find(c, ck_word(set));

    if (v->set == NULL) {
        const char *slash = strchr(set, '/');
        const ck_elements *base = ck_set(c, ck_intern(set, (size_t)(slash - set)));
        const long *next = ck_given_find(c, ck_word(slash + 1))->next;

        v->set = ck_new(sizeof *v->set);
        for (long i = 0; i < base->n; i++)
            if (ck_has(base, next[base->at[i]])) CK_PUSH(v->set->at, v->set->n, base->at[i]);
    }
    ck_use(was);
    return v->set;
}

long ck_dim(ck_state *c, const char *dim) {
    if (dim == NULL) return 1;
    if (dim[0] == '#') return ck_set(c, dim + 1)->n;
    return dim[0] <= '9' ? strtol(dim, NULL, 10) : ck_given_find(c, dim)->d[0];
}

/* ---- the whole ---- */

/* Does it have a value of each sort, and one number for each dim? A dim without a value gets the
   number of the first given that mentions it. */
static void fit(ck_state *c) {
    const ck_node *g, *end = CK_END(c->s->given, c->s->ngivens);

    for (g = c->s->given; g < end; g++)
        for (int k = 0; k < 2 && g->t[1 + k] != NULL; k++) {
            ck_given_value *dim = ck_given_find(c, g->t[1 + k]);

            if (dim->kind == 0)
                *dim = (ck_given_value){.kind = 'd', .d = {ck_given_find(c, g->t[0])->d[k]}};
        }
    for (g = c->s->given; g < end; g++) {
        const ck_given_value *v = ck_given_find(c, g->t[0]);

        NEED(c, v->kind == g->kind, "a value %s of its sort", g->t[0]);
        for (int k = 0; k < 2 && g->t[1 + k] != NULL; k++)
            NEED(c, ck_dim(c, g->t[1 + k]) == v->d[k], "%s to have %s = %ld", g->t[0], g->t[1 + k],
                 ck_dim(c, g->t[1 + k]));
    }
}

void ck_instance_read(ck_state *c) {
    ck_reader *r = c->r;

    r->slug = "instance";
    NEED(c, ck_line_is(r, "aoni 1"), "aoni 1");
    ck_line(r, "tokens");
    do {
        const char *w = take_word(c);

        NEED(c, strcmp(w, "=") != 0, "a token");
        enter(c, &c->tokens, w);
    } while (ck_more(r));
    ck_line(r, "base");
    c->base = take_element(c, &c->tokens);
    for (ck_next_line(r); ck_first(r, "context"); ck_next_line(r)) {
        if (ck_more(r) && strstr(r->rest, " = ") != NULL) break; /* a value */
        enter(c, &c->contexts, take_word(c));
        enter(c, &c->sequences, take_sequence(c));
    }
    while (!ck_line_is(r, "end")) read_value(c);
    ck_given_find(c, ck_word("X"))->set = ck_range(c->contexts.n);
    ck_given_find(c, ck_word("Y"))->set = ck_range(c->tokens.n);
    fit(c);
    r->slug = "syntax";
}
