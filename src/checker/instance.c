/* Instances: see instance.h. */
#include "instance.h"

#include <stdlib.h>

enum { MAX_DIM = 1000000 };

#define NEED(cond, ...) CK_REQUIRE("instance", cond, __VA_ARGS__)

static long
find(const ck_map *m, const char *name)
{
    return (long)(intptr_t)*ck_at((ck_map *)m, &name, sizeof name) - 1;
}

static void
enter(ck_map *m, const char *name, long number)
{
    void **at = ck_at(m, &name, sizeof name);

    NEED(*at == NULL, "names that are all different");
    *at = (void *)(intptr_t)(number + 1);
}

static bool
alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(const char *s)
{
    if (!alpha(*s))
        return false;
    while (alpha(*s) || *s == '_' || (*s >= '0' && *s <= '9'))
        s++;
    while (*s == '\'')
        s++;
    return *s == '\0';
}

static const char *
take_field(ck_reader *r)
{
    size_t n = 0;
    const char *s = ck_more(r) ? ck_take(r, &n) : NULL;

    NEED(s != NULL, "a further field");
    return ck_intern(s != NULL ? s : "", n);
}

static const char *
take_word(ck_reader *r)
{
    const char *w = take_field(r);
    bool good = w[0] != '#';

    for (const char *s = w; *s != '\0'; s++)
        good = good && (*s < 0 || (*s > 32 && *s != 127));
    NEED(good, "a word");
    return w;
}

static long
take_number(ck_reader *r)
{
    const char *s = take_field(r);
    size_t n = strlen(s);
    bool good = n > 0 && n <= 7 && (s[0] != '0' || n == 1);
    long v = 0;

    for (size_t i = 0; i < n && good; i++) {
        good = s[i] >= '0' && s[i] <= '9';
        v = 10 * v + (s[i] - '0');
    }
    NEED(good && v <= MAX_DIM, "a number up to %d", MAX_DIM);
    return v;
}

static void
done(ck_reader *r)
{
    NEED(!ck_more(r), "the end of the line");
}

/* n canonical rationals on the line, to row number `at` of m. */
static void
take_numbers(ck_reader *r, ck_mat *m, long at, long n)
{
    mpz_t *den = ck_new((size_t)n * sizeof *den), *num = ck_new((size_t)n * sizeof *num), g;

    mpz_init(g);
    for (long i = 0; i < n; i++) {
        size_t len = 0, top;
        const char *s = ck_more(r) ? ck_take(r, &len) : NULL, *slash;
        bool good;

        NEED(s != NULL, "%ld numbers", n);
        slash = s == NULL ? NULL : memchr(s, '/', len);
        top = slash == NULL ? len : (size_t)(slash - s);
        mpz_init(num[i]);
        mpz_init_set_ui(den[i], 1);
        good = s != NULL && ck_int(num[i], s, top, CK_INSTANCE_DIGITS);
        if (good && slash != NULL) {
            good = ck_int(den[i], slash + 1, len - top - 1, CK_INSTANCE_DIGITS) &&
                   mpz_cmp_ui(den[i], 1) > 0;
            mpz_gcd(g, num[i], den[i]);
            good = good && mpz_cmp_ui(g, 1) == 0;
        }
        NEED(good, "a rational in lowest terms");
    }
    /* one denominator for the matrix: entries of this line are zero until they fit */
    for (long i = 0; i < n; i++) {
        mpz_gcd(g, m->den, den[i]);
        mpz_divexact(g, den[i], g);
        if (mpz_cmp_ui(g, 1) == 0)
            continue;
        mpz_mul(m->den, m->den, g);
        for (long k = 0; k < m->rows * m->cols; k++)
            mpz_mul(m->e[k], m->e[k], g);
    }
    for (long i = 0; i < n; i++) {
        mpz_divexact(g, m->den, den[i]);
        mpz_mul(CK_E(m, at, i), num[i], g);
        mpz_clear(num[i]);
    }
    for (long i = 0; i < n; i++)
        mpz_clear(den[i]);
    ck_free(den);
    ck_free(num);
    mpz_clear(g);
    done(r);
}

/* ---- tokens and contexts ---- */

static int
compare(const void *a, const void *b)
{
    const ck_context *x = *(ck_context *const *)a, *y = *(ck_context *const *)b;

    for (long i = 0; i < x->n && i < y->n; i++)
        if (x->seq[i] != y->seq[i])
            return (uintptr_t)x->seq[i] < (uintptr_t)y->seq[i] ? -1 : 1;
    return x->n < y->n ? -1 : x->n > y->n;
}

static const char **
take_sequence(ck_instance *in, ck_reader *r, long *n)
{
    const char **seq = NULL;

    *n = 0;
    while (ck_more(r)) {
        const char *w = take_word(r);

        NEED(find(&in->tokens, w) >= 0, "a token");
        CK_PUSH(seq, *n, w);
    }
    return seq;
}

/* "context N = C" is a value. */
static bool
is_value(ck_reader *r)
{
    const char *cursor = r->cursor;
    size_t n = 0;
    bool value;

    ck_take(r, &n);
    value = ck_more(r) && *ck_take(r, &n) == '=' && n == 1;
    r->cursor = cursor;
    return value;
}

static void
read_contexts(ck_instance *in, ck_reader *r)
{
    ck_next_line(r);
    while (ck_first(r, "context") && ck_more(r) && !is_value(r)) {
        ck_context c = {0};

        c.name = take_word(r);
        c.at = in->ncontexts;
        enter(&in->contexts, c.name, in->ncontexts);
        c.seq = take_sequence(in, r, &c.n);
        CK_PUSH(in->context, in->ncontexts, c);
        NEED(in->ncontexts <= MAX_DIM, "at most %d contexts", MAX_DIM);
        ck_next_line(r);
    }
    in->sorted = ck_new((size_t)(in->ncontexts + 1) * sizeof *in->sorted);
    for (long i = 0; i < in->ncontexts; i++)
        in->sorted[i] = &in->context[i];
    qsort(in->sorted, (size_t)in->ncontexts, sizeof *in->sorted, compare);
    for (long i = 1; i < in->ncontexts; i++)
        NEED(compare(&in->sorted[i - 1], &in->sorted[i]) != 0,
             "sequences that are all different");
}

/* ---- values ---- */

static ck_mat *
read_rows(ck_reader *r, const char *word, long rows, long cols)
{
    ck_mat *m = ck_mat_new(rows, cols);

    for (long i = 0; i < rows; i++) {
        ck_next_line(r);
        NEED(ck_first(r, word), "a line %s", word);
        take_numbers(r, m, i, cols);
    }
    return m;
}

static void
read_model(ck_instance *in, ck_value_of *v, ck_reader *r)
{
    v->a = ck_mat_new(in->ncontexts, v->r);
    v->b = ck_mat_new(in->ntokens, v->r);
    for (long i = 0; i < in->ncontexts + in->ntokens; i++) {
        bool f = i < in->ncontexts;
        long at = f ? i : i - in->ncontexts;

        ck_next_line(r);
        NEED(ck_first(r, f ? "f" : "g"), "a line %s", f ? "f" : "g");
        NEED(take_field(r) == (f ? in->context[at].name : in->token[at]), "the line of %s",
             f ? in->context[at].name : in->token[at]);
        take_numbers(r, f ? v->a : v->b, at, v->r);
    }
}

static void
read_generators(ck_value_of *v, ck_reader *r)
{
    ck_mat *rows = ck_mat_new(0, v->r);

    ck_next_line(r);
    while (ck_first(r, "gen")) {
        long n = rows->rows * v->r;

        if ((rows->rows & (rows->rows - 1)) == 0)
            rows->e = ck_grow(rows->e, (size_t)(2 * n + v->r + 1) * sizeof *rows->e);
        for (long i = 0; i < v->r; i++)
            mpz_init(rows->e[n + i]);
        rows->rows++;
        take_numbers(r, rows, rows->rows - 1, v->r);
        ck_next_line(r);
    }
    v->a = ck_mat_tr(rows);
    ck_mat_drop(rows);
}

static void
read_set(ck_instance *in, ck_value_of *v, ck_reader *r, bool tokens)
{
    v->sort = tokens ? "tokens" : "contexts";
    while (ck_more(r)) {
        long e = find(tokens ? &in->tokens : &in->contexts, take_word(r));

        NEED(e >= 0 && (v->n == 0 || v->set[v->n - 1] < e), "elements in order");
        CK_PUSH(v->set, v->n, e);
    }
}

/* The block that starts at the current line; the line behind it becomes current. */
static void
read_value(ck_instance *in, ck_reader *r)
{
    static const char *const words[] = {"dim",   "model", "scalar",  "vector",   "matrix",
                                        "subspace", "query", "token", "context", "tokenset",
                                        "contextset"};
    ck_value_of v = {0};
    size_t w = 0;

    while (w < sizeof words / sizeof *words && !ck_first(r, words[w]))
        w++;
    NEED(w < sizeof words / sizeof *words, "a value or end");
    v.sort = w < sizeof words / sizeof *words ? words[w] : "";
    v.name = take_field(r);
    NEED(is_name(v.name), "a name");
    enter(&in->values, v.name, in->nvalues);
    if (w == 0 || w == 1 || (w >= 3 && w <= 5))
        v.r = take_number(r);
    if (w == 4)
        v.c = take_number(r);
    if (w == 2) {
        v.a = ck_mat_new(1, 1);
        take_numbers(r, v.a, 0, 1);
    } else if (w == 6) {
        v.seq = take_sequence(in, r, &v.n);
    } else if (w == 7 || w == 8) {
        NEED(w == 7 || strcmp(take_field(r), "=") == 0, "the sign =");
        v.element = find(w == 7 ? &in->tokens : &in->contexts, take_word(r));
        NEED(v.element >= 0, "a known element");
    } else if (w >= 9) {
        read_set(in, &v, r, w == 9);
    }
    done(r);
    if (w == 1) {
        read_model(in, &v, r);
    } else if (w == 3) {
        ck_mat *row = read_rows(r, "row", 1, v.r);

        v.a = ck_mat_tr(row);
        ck_mat_drop(row);
    } else if (w == 4) {
        v.a = read_rows(r, "row", v.r, v.c);
    }
    if (w == 5)
        read_generators(&v, r);
    else
        ck_next_line(r);
    CK_PUSH(in->value, in->nvalues, v);
}

void
ck_instance_read(ck_instance *in, ck_reader *r)
{
    *in = (ck_instance){0};
    ck_next_line(r);
    in->text = r->line;
    NEED(ck_first(r, "aoni") && strcmp(take_field(r), "1") == 0, "aoni 1");
    done(r);
    ck_next_line(r);
    NEED(ck_first(r, "tokens") && ck_more(r), "tokens");
    while (ck_more(r)) {
        const char *w = take_word(r);

        NEED(strcmp(w, "=") != 0 && in->ntokens < MAX_DIM, "a token");
        enter(&in->tokens, w, in->ntokens);
        CK_PUSH(in->token, in->ntokens, w);
    }
    ck_next_line(r);
    NEED(ck_first(r, "base"), "base");
    in->base = find(&in->tokens, take_word(r));
    NEED(in->base >= 0, "a token");
    done(r);
    read_contexts(in, r);
    while (!ck_first(r, "end"))
        read_value(in, r);
    done(r);
    in->len = (size_t)(r->pos - in->text);
}

const ck_value_of *
ck_instance_value(const ck_instance *in, const char *name)
{
    long at = find(&in->values, name);

    return at < 0 ? NULL : &in->value[at];
}

long
ck_instance_concat(const ck_instance *in, long x, const ck_value_of *query)
{
    const ck_context *c = &in->context[x];
    ck_context key = {.n = c->n + query->n}, *k = &key, **found;

    key.seq = ck_new((size_t)(key.n + 1) * sizeof *key.seq);
    for (long i = 0; i < key.n; i++)
        key.seq[i] = i < c->n ? c->seq[i] : query->seq[i - c->n];
    found = bsearch(&k, in->sorted, (size_t)in->ncontexts, sizeof *in->sorted, compare);
    ck_free(key.seq);
    return found == NULL ? -1 : (*found)->at;
}
