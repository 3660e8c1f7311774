/*
 * Reading and printing instances.  Files tests/instances/X.aoni carry their expectations
 * on the line above each offending one:
 *     # error[slug] COLUMN: message
 * Files without any must be read; ok-* and theorems/instances are read and printed.
 */
#include "unit/t.h"

#include "base/arena.h"
#include "base/io.h"
#include "model/instance.h"

#include <dirent.h>

/* ---- helpers ---- */

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Calls fn for every .aoni file of a folder below SRCDIR, in order; how many. */
static size_t
each_file(const char *folder,
          void (*fn)(const char *path, const char *text, size_t len))
{
    const char *root = getenv("SRCDIR");
    char *name[256], dir_name[1000];
    size_t n = 0;
    struct dirent *entry;
    DIR *dir;

    snprintf(dir_name, sizeof dir_name, "%s/%s", root != NULL ? root : ".", folder);
    dir = opendir(dir_name);
    if (!T_CHECK(dir != NULL))
        return 0;
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name);

        if (len > 5 && strcmp(entry->d_name + len - 5, ".aoni") == 0 && n < 256) {
            name[n] = aon_xmalloc(sizeof dir_name + len + 2);
            sprintf(name[n++], "%s/%s", dir_name, entry->d_name);
        }
    }
    closedir(dir);
    qsort(name, n, sizeof *name, by_name);
    for (size_t i = 0; i < n; i++) {
        aon_buf text;

        aon_buf_init(&text);
        T_OK(aon_read_file(name[i], &text, NULL));
        fn(name[i], text.s, text.len);
        aon_buf_clear(&text);
        free(name[i]);
    }
    return n;
}

/* Prints the instance; reading and printing that gives the same bytes again. */
static void
check_fixed_point(const aon_instance *in, aon_buf *out)
{
    aon_instance *again;
    aon_buf second;

    aon_instance_print(in, out);
    aon_buf_init(&second);
    if (T_CHECK(aon_instance_read(&again, "again", out->s, out->len, NULL) == AON_OK)) {
        aon_instance_print(again, &second);
        T_EQ_STR(second.s, out->s);
    }
    aon_instance_free(again);
    aon_buf_clear(&second);
}

/* Slug of the first error, "" if it can be read. */
static const char *
first_slug(const char *text, size_t len, size_t *line)
{
    static char slug[40];
    aon_diags *diags = aon_diags_new();
    aon_instance *in;
    aon_status st = aon_instance_read(&in, "t", text, len, diags);
    aon_buf out;

    aon_buf_init(&out);
    aon_diags_print(diags, &out, false);
    T_CHECK((st == AON_OK) == (in != NULL));
    T_CHECK((st == AON_OK) == (aon_diags_errors(diags) == 0));
    T_CHECK(st == AON_OK || st == AON_EINPUT);
    T_CHECK(out.len < 10000);
    snprintf(slug, sizeof slug, "%s", st == AON_OK ? "" : aon_diags_slug(diags, 0));
    *line = st == AON_OK ? 0 : aon_diags_line(diags, 0);
    if (in != NULL) {
        aon_buf_reset(&out);
        check_fixed_point(in, &out);
    }
    aon_buf_clear(&out);
    aon_instance_free(in);
    aon_diags_free(diags);
    return slug;
}

#define HEAD "aoni 1\ntokens a b\nbase a\ncontext x a\n"

/* HEAD, then n times unit, then tail. */
static char *
long_text(const char *head, const char *unit, size_t n, const char *tail, size_t *len)
{
    size_t h = strlen(head), u = strlen(unit), t = strlen(tail);
    char *s = aon_xmalloc(h + n * u + t + 1);

    memcpy(s, head, h);
    if (u == 1)
        memset(s + h, unit[0], n);
    for (size_t i = 0; i < n && u > 1; i++)
        memcpy(s + h + i * u, unit, u);
    memcpy(s + h + n * u, tail, t + 1);
    *len = h + n * u + t;
    return s;
}

/* ---- files with expectations ---- */

static void
check_file(const char *path, const char *text, size_t len)
{
    aon_diags *diags = aon_diags_new();
    const char *base = strrchr(path, '/') + 1, *p = text;
    size_t expected = 0, line = 0, pending = 0;
    aon_instance *in;
    aon_status st = aon_instance_read(&in, base, text, len, diags);
    aon_buf got, wanted;

    aon_buf_init(&got);
    aon_buf_init(&wanted);
    aon_diags_print(diags, &got, false);
    while (*p != '\0') {
        const char *end = strchr(p, '\n');
        char slug[40], message[400];
        unsigned col;

        line++;
        if (sscanf(p, "# error[%39[a-z-]] %u: %399[^\n]", slug, &col, message) == 3) {
            pending++;
            aon_buf_reset(&wanted);
            /* the offending line: the next one that is no expectation */
            for (const char *q = end; strncmp(q, "\n# error[", 9) == 0;) {
                q = strchr(q + 1, '\n');
                if (q == NULL)
                    break;
            }
            size_t at = line + 1;
            for (const char *q = end; q != NULL && strncmp(q, "\n# error[", 9) == 0;
                 q = strchr(q + 1, '\n'))
                at++;
            aon_buf_printf(&wanted, "%s:%zu:%u: error: %s [%s]\n", base, at, col,
                           message, slug);
            if (!T_CHECK(strstr(got.s, wanted.s) != NULL))
                printf("--- wanted\n%s--- got\n%s---\n", wanted.s, got.s);
            if (expected < aon_diags_errors(diags) && expected < 20) {
                T_EQ_STR(aon_diags_slug(diags, expected), slug);
                T_EQ_INT(aon_diags_line(diags, expected), at);
            }
            expected++;
        }
        p = end != NULL ? end + 1 : p + strlen(p);
    }
    T_EQ_INT(aon_diags_errors(diags), expected);
    T_CHECK((st == AON_OK) == (expected == 0));
    T_CHECK((strncmp(base, "ok-", 3) == 0) == (expected == 0));
    if (expected > 0) {
        size_t hints = 0;

        for (const char *q = got.s; (q = strstr(q, "    hint: ")) != NULL; q++)
            hints++;
        T_EQ_INT(hints, expected);
    }
    if (in != NULL) {
        aon_buf_reset(&got);
        check_fixed_point(in, &got);
    }
    aon_instance_free(in);
    aon_buf_clear(&wanted);
    aon_buf_clear(&got);
    aon_diags_free(diags);
}

TEST(files_give_the_expected_errors)
{
    T_CHECK(each_file("tests/instances", check_file) >= 15);
}

static void
check_canonical(const char *path, const char *text, size_t len)
{
    aon_instance *in;
    aon_buf out;

    aon_buf_init(&out);
    if (T_CHECK(aon_instance_read(&in, path, text, len, NULL) == AON_OK)) {
        aon_instance_print(in, &out);
        T_EQ_STR(out.s, text);
    }
    aon_instance_free(in);
    aon_buf_clear(&out);
}

TEST(committed_instances_are_canonical)
{
    T_CHECK(each_file("theorems/instances", check_canonical) >= 11);
}

TEST(values_are_what_the_text_says)
{
    static const char text[] =
        HEAD "context y a b\n"
             "model m 2\nf x 1 2\nf y 1/2 -3\ng a 0 0\ng b 5 1/3\n"
             "matrix A 1 2\nrow 1/2 1/3\n"
             "subspace S 2\ngen 1 2\n"
             "tokenset t b a\ncontext c = y\nquery q b\nend\n";
    aon_instance *in;
    const aon_value *v;
    fmpq_t z;

    T_REQUIRE(aon_instance_read(&in, "t", text, strlen(text), NULL) == AON_OK);
    fmpq_init(z);
    T_EQ_INT(in->ntokens, 2);
    T_EQ_INT(in->ncontexts, 2);
    T_EQ_INT(in->base, 0);
    v = aon_instance_find(in, "m");
    T_REQUIRE(v != NULL && v->kind == AON_VAL_MODEL);
    T_EQ_INT(v->dim, 2);
    T_EQ_INT(v->line, 6);
    T_CHECK(aon_mat_rows(&v->a) == 2 && aon_mat_cols(&v->a) == 2);
    aon_mat_get(z, &v->a, 0, 1);
    T_CHECK(fmpz_is_one(fmpq_numref(z)) && fmpz_equal_si(fmpq_denref(z), 2));
    aon_mat_get(z, &v->a, 1, 0);
    T_CHECK(fmpz_equal_si(fmpq_numref(z), 2));
    aon_mat_get(z, &v->b, 1, 1);
    T_CHECK(fmpz_equal_si(fmpq_denref(z), 3));
    v = aon_instance_find(in, "A");
    T_CHECK(v != NULL && fmpz_equal_si(v->a.den, 6) && aon_mat_rows(&v->a) == 1);
    v = aon_instance_find(in, "S");
    T_CHECK(v != NULL && aon_mat_rows(&v->a) == 2 && aon_mat_cols(&v->a) == 1);
    v = aon_instance_find(in, "t");
    T_CHECK(v != NULL && v->nset == 2 && v->set[0] == 0 && v->set[1] == 1);
    v = aon_instance_find(in, "c");
    T_CHECK(v != NULL && v->elem == 1);
    v = aon_instance_find(in, "q");
    T_REQUIRE(v != NULL);
    T_EQ_INT(aon_instance_concat(in, 0, &v->q), 1);
    T_EQ_INT(aon_instance_concat(in, 1, &v->q), -1);
    T_CHECK(aon_instance_find(in, "zz") == NULL);
    T_EQ_INT(aon_instance_token(in, "b", 1), 1);
    T_EQ_INT(aon_instance_context(in, "z", 1), -1);
    aon_instance_index(in);
    T_EQ_INT(aon_instance_concat(in, 0, &v->q), 1);
    T_CHECK(aon_instance_find(in, "q") == v);
    fmpq_clear(z);
    aon_instance_free(in);
}

/* ---- hostile input ---- */

TEST(encoding)
{
    static const struct {
        const char *text;
        size_t len;
        const char *slug;
        size_t line;
    } cases[] = {
        {"", 0, "syntax", 1},
        {"\xef\xbb\xbf" HEAD "end\n", sizeof HEAD + 6, "encoding", 1},
        {"aoni 1\r\ntokens a\r\n", 18, "crlf", 1},
        {"aoni 1\ntokens a\rb\n", 18, "crlf", 2},
        {"aoni 1\ntokens a\0b\n", 18, "encoding", 2},
        {"aoni 1\ntokens \xff\n", 16, "encoding", 2},
        {"aoni 1\ntokens \xc0\x80\n", 17, "encoding", 2},
        {"aoni 1\ntokens \xed\xa0\x80\n", 18, "encoding", 2},
        {"aoni 1\ntokens a \xe2\x82", 18, "encoding", 2},
        {"aoni 1\ntokens a\x01\n", 17, "syntax", 2},
        {"aoni 1\ntokens a\x7f\n", 17, "syntax", 2},
        {"aoni 1\ntokens a\vb\n", 18, "syntax", 2},
        {HEAD "end", sizeof HEAD + 2, "", 0}, /* the last LF may be missing */
        {"\n\n  \t\n# no more", 15, "syntax", 4},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* A copy without a byte to spare, for the sanitizer. */
        char *copy = aon_xmalloc(cases[i].len);
        size_t line;

        memcpy(copy, cases[i].text, cases[i].len);
        T_EQ_STR(first_slug(copy, cases[i].len, &line), cases[i].slug);
        T_EQ_INT(line, cases[i].line);
        free(copy);
    }
}

TEST(long_lines_and_numbers)
{
    static const struct {
        const char *head, *unit;
        size_t n;
        const char *tail, *slug;
        size_t line;
    } cases[] = {
        {"aoni 1\ntokens ", "a", 100000000, "\n", "too-large", 2},
        {HEAD "#", "a", 70000000, "\nend\n", "too-large", 5},
        {HEAD "scalar s ", "1", 1000000, "\nend\n", "too-large", 5},
        {HEAD "scalar s 1/", "1", 1000000, "\nend\n", "too-large", 5},
        {HEAD "scalar s ", "1", 100001, "\nend\n", "too-large", 5},
        {HEAD "scalar s ", "1", 100000, "\nend\n", "", 0},
        {HEAD "scalar s 1/", "0", 100000, "\nend\n", "number", 5},
        {HEAD "dim d ", "9", 1000000, "\nend\n", "too-large", 5},
        {HEAD "dim ", "d", 1000000, " 1\nend\n", "", 0},
        {HEAD "dim d", "'", 1000000, " 1\nend\n", "", 0},
        {HEAD "", "model ", 1000000, "\nend\n", "number", 5},
        {HEAD "", "dim 1\n", 100000, "end\n", "syntax", 5},
        {HEAD "vector v 3\nrow", " 1", 1000000, "\nend\n", "shape", 6},
        {HEAD "vector v 1000000\nrow", " 1", 1000000, "\nend\n", "", 0},
        {HEAD "matrix A 1000000 0", "\nrow", 100000, "\nend\n", "shape", 100006},
        {HEAD "matrix A 1000000 1000000", "\nrow", 1, "\nend\n", "shape", 6},
        {HEAD "matrix A 0 1000000", "", 1, "\nend\n", "", 0},
        {HEAD "model m 1000000", "\nf x", 1, "\nend\n", "shape", 6},
        {HEAD "tokenset t", " a", 1000000, "\nend\n", "duplicate-name", 5},
        {HEAD "query q", " a", 1000000, "\nend\n", "", 0},
        {HEAD "context y", " a", 1000000, "\nend\n", "", 0},
        {"aoni 1\ntokens", " a", 1000000, "\n", "duplicate-name", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len, line;
        char *text =
            long_text(cases[i].head, cases[i].unit, cases[i].n, cases[i].tail, &len);

        if (!T_EQ_STR(first_slug(text, len, &line), cases[i].slug))
            printf("in case %zu\n", i);
        T_EQ_INT(line, cases[i].line);
        free(text);
    }
}

/* One denominator for many pairwise different ones would need n^2 digits. */
TEST(common_denominators_are_limited)
{
    size_t n = 20000, line;
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_printf(&b, HEAD "vector v %zu\nrow", n);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(&b, " 1/%llu", (unsigned long long)(t_rand() >> 1 | 1));
    aon_buf_puts(&b, "\nend\n");
    T_EQ_STR(first_slug(b.s, b.len, &line), "too-large");
    T_EQ_INT(line, 5);
    aon_buf_clear(&b);
}

TEST(many_names)
{
    size_t n = 50000, line;
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_puts(&b, "aoni 1\ntokens");
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(&b, " t%zu", i);
    aon_buf_puts(&b, "\nbase t7\n");
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(&b, "context c%zu t%zu t%zu\n", i, i / 300, i % 300);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(&b, "dim d%zu %zu\n", i, i);
    aon_buf_puts(&b, "end\n");
    T_EQ_STR(first_slug(b.s, b.len, &line), "");
    b.len -= 4;
    aon_buf_puts(&b, "dim d777 0\nend\n");
    T_EQ_STR(first_slug(b.s, b.len, &line), "duplicate-name");
    T_EQ_INT(line, 2 * n + 4);
    aon_buf_clear(&b);
}

static char *pool_text[64];
static size_t pool_len[64], pool_n;

static void
keep_text(const char *path, const char *text, size_t len)
{
    (void)path;
    if (pool_n < 64) {
        pool_text[pool_n] = aon_xmalloc(len);
        memcpy(pool_text[pool_n], text, len);
        pool_len[pool_n++] = len;
    }
}

/* Cuts, changed bytes and doubled pieces: an error or an instance, never a crash. */
/* Words of 3-byte characters, longer than a message shows: none is cut in two. */
TEST(messages_cut_no_character_in_two)
{
    for (size_t shift = 0; shift < 3; shift++) {
        aon_diags *diags = aon_diags_new();
        aon_buf text, out, word;
        aon_instance *in;

        aon_buf_init(&word);
        for (size_t i = 0; i < 40; i++)
            aon_buf_puts(&word, i < shift ? "w" : "\xe2\x89\xa4");
        aon_buf_init(&text);
        aon_buf_printf(&text, "aoni 1\ntokens a %s\nbase b\n", word.s);
        T_CHECK(aon_instance_read(&in, "t", text.s, text.len, diags) == AON_EINPUT);
        aon_buf_reset(&text);
        aon_buf_printf(&text, "aoni 1\ntokens a\nbase a\ncontext %s a\ncontext y a\n",
                       word.s);
        T_CHECK(aon_instance_read(&in, "t", text.s, text.len, diags) == AON_EINPUT);
        aon_buf_reset(&text);
        aon_buf_printf(&text, "aoni 1\ntokens a %s\nbase a\ntokenset s %s %s\nend\n",
                       word.s, word.s, word.s);
        T_CHECK(aon_instance_read(&in, "t", text.s, text.len, diags) == AON_EINPUT);
        aon_buf_reset(&text);
        aon_buf_printf(&text, "aoni 1\ntokens a %s\nbase a\nmodel m 0\ng a\ng a\nend\n",
                       word.s);
        T_CHECK(aon_instance_read(&in, "t", text.s, text.len, diags) == AON_EINPUT);
        T_EQ_INT(aon_diags_errors(diags), 4);
        aon_buf_init(&out);
        aon_diags_print(diags, &out, false);
        if (!T_CHECK(strstr(out.s, "\\x") == NULL))
            printf("%s\n", out.s);
        aon_buf_clear(&out);
        aon_buf_clear(&text);
        aon_buf_clear(&word);
        aon_diags_free(diags);
    }
}

TEST(damaged_texts)
{
    pool_n = 0;
    each_file("tests/instances", keep_text);
    each_file("theorems/instances", keep_text);
    T_FOR (1500) {
        size_t i = t_below(pool_n), len = pool_len[i], line;
        char *s = aon_xmalloc(2 * len + 1);
        static const char bytes[] = "\n\n\n  \t#01-/=ab'fg\0\r\xff";

        memcpy(s, pool_text[i], len);
        switch (t_below(3)) {
        case 0:
            len = t_below(len + 1);
            break;
        case 1: {
            size_t from = t_below(len), n = t_below(len - from + 1);

            memmove(s + from + n, s + from, len - from);
            len += n;
            break;
        }
        default:
            for (size_t k = t_below(3) + 1; k > 0; k--)
                s[t_below(len)] = bytes[t_below(sizeof bytes - 1)];
        }
        first_slug(s, len, &line);
        free(s);
    }
    for (size_t i = 0; i < pool_n; i++)
        free(pool_text[i]);
}
