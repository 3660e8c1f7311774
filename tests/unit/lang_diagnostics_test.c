/*
 * The files of tests/lang: each says on the line that causes it (or, after `next:`, on the
 * line before) which diagnostic it must give; all of them are compared in full.
 */
#include "base/io.h"
#include "lang/core.h"
#include "unit/t.h"

#include <dirent.h>

/* Every slug of docs/language.md, section 4; too-large is made in lang_hostile_test. */
static const char *const slugs[] = {
    "encoding",    "character", "crlf",        "number",         "string",
    "syntax",      "reserved",  "nesting",     "unknown-name",   "recursive",
    "arity",       "library",   "version",     "duplicate-name", "no-conclusion",
    "type",        "shape",     "partial",     "label",          "alternation",
    "homogeneous", "expansion", "expectation",
};
static unsigned seen[sizeof slugs / sizeof slugs[0]];

static char *
tests_path(char *buf, size_t size, const char *name)
{
    const char *root = getenv("SRCDIR");

    snprintf(buf, size, "%s/tests/lang/%s", root != NULL ? root : ".", name);
    return buf;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

typedef struct {
    char *line[64];
    size_t n;
} lines;

static void
add(lines *l, size_t number, const char *text, size_t len)
{
    char *s = malloc(len + 32);

    snprintf(s, len + 32, "%04zu %.*s", number, (int)len, text);
    if (l->n < 64)
        l->line[l->n++] = s;
}

static char *
joined(lines *l)
{
    aon_buf b;

    qsort(l->line, l->n, sizeof l->line[0], by_text);
    aon_buf_init(&b);
    for (size_t i = 0; i < l->n; i++) {
        aon_buf_printf(&b, "%s\n", l->line[i]);
        free(l->line[i]);
    }
    return b.s;
}

static const char *
find_in(const char *from, const char *to, const char *what)
{
    const char *p = strstr(from, what);

    return p != NULL && p < to ? p : NULL;
}

/* What the comments of the text promise. */
static char *
promised(const char *text)
{
    lines l = {.n = 0};
    size_t number = 1;

    for (const char *p = text, *end; *p != '\0'; p = end + (*end == '\n'), number++) {
        const char *comment, *at;

        end = p + strcspn(p, "\r\n");
        if (*end == '\r')
            end = strchr(end, '\n') - 1;
        comment = find_in(p, end, "-- ");
        at = comment != NULL ? find_in(comment, end, "error[") : NULL;
        if (at == NULL && comment != NULL)
            at = find_in(comment, end, "warning[");
        if (at != NULL)
            add(&l, number + (find_in(comment, at, "next: ") != NULL), at,
                (size_t)(end - at));
        if (*end == '\r')
            end++;
    }
    return joined(&l);
}

/* "file:L:C: error: message [slug]" as "L error[slug]: message". */
static char *
given(const aon_diags *d)
{
    lines l = {.n = 0};
    aon_buf b, one;

    aon_buf_init(&b);
    aon_buf_init(&one);
    aon_diags_print(d, &b, false);
    for (char *p = strtok(b.s, "\n"); p != NULL; p = strtok(NULL, "\n")) {
        char *sev = strstr(p, ": error: "), *slug = strrchr(p, '['), *colon;

        if (sev == NULL)
            sev = strstr(p, ": warning: ");
        if (*p == ' ' || sev == NULL || slug == NULL)
            continue;
        colon = strchr(strstr(p, ".aon:") + 5, ':');
        aon_buf_reset(&one);
        aon_buf_printf(&one, "%.*s[%.*s]: %.*s", sev[2] == 'e' ? 5 : 7, sev + 2,
                       (int)strcspn(slug + 1, "]"), slug + 1,
                       (int)(slug - 1 - (strchr(sev + 2, ' ') + 1)),
                       strchr(sev + 2, ' ') + 1);
        (void)colon;
        add(&l, strtoul(strstr(p, ".aon:") + 5, NULL, 10), one.s, one.len);
    }
    aon_buf_clear(&b);
    aon_buf_clear(&one);
    return joined(&l);
}

/* Every error says what to write instead. */
static void
check_hints(const aon_diags *d)
{
    char header[400] = "";
    aon_buf b;

    aon_buf_init(&b);
    aon_diags_print(d, &b, false);
    aon_buf_puts(&b, "\nend");
    for (char *p = strtok(b.s, "\n"); p != NULL; p = strtok(NULL, "\n")) {
        if (strncmp(p, "    hint: ", 10) == 0 && p[10] != '\0')
            header[0] = '\0';
        if (*p == ' ')
            continue;
        if (!T_CHECK(header[0] == '\0'))
            printf("without a hint: %s\n", header);
        snprintf(header, sizeof header, "%s", strstr(p, ": error: ") != NULL ? p : "");
    }
    aon_buf_clear(&b);
}

static void
check_file(const char *path)
{
    aon_diags *d = aon_diags_new();
    aon_theory *t = NULL;
    aon_status st = aon_theory_load(&t, path, NULL, 0, d);
    char *want, *got;
    aon_buf text;

    aon_buf_init(&text);
    T_OK(aon_read_file(path, &text, d));
    want = promised(text.s);
    got = given(d);
    T_EQ_INT(st, AON_EINPUT);
    T_EQ_STR(got, want);
    check_hints(d);
    for (size_t i = 0; i < aon_diags_errors(d) && i < 20; i++)
        for (size_t k = 0; k < sizeof slugs / sizeof slugs[0]; k++)
            seen[k] += strcmp(slugs[k], aon_diags_slug(d, i)) == 0;
    free(want);
    free(got);
    aon_buf_clear(&text);
    if (st == AON_OK)
        aon_theory_free(t);
    aon_diags_free(d);
}

TEST(every_file_gives_its_diagnostics)
{
    char path[1024];
    DIR *dir = opendir(tests_path(path, sizeof path, ""));
    struct dirent *e;

    T_REQUIRE(dir != NULL);
    while ((e = readdir(dir)) != NULL)
        if (strstr(e->d_name, ".aon") != NULL)
            check_file(tests_path(path, sizeof path, e->d_name));
    closedir(dir);
}

TEST(every_slug_has_a_file)
{
    for (size_t k = 0; k < sizeof slugs / sizeof slugs[0]; k++)
        if (!T_CHECK(seen[k] > 0))
            printf("no file in tests/lang gives [%s]\n", slugs[k]);
}

/* One diagnostic as the user sees it. */
static void
check_printed(const char *text, const char *want)
{
    aon_diags *d = aon_diags_new();
    aon_theory *t;
    aon_buf b;

    aon_buf_init(&b);
    T_EQ_INT(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d),
             AON_EINPUT);
    aon_diags_print(d, &b, false);
    T_EQ_STR(b.s, want);
    check_hints(d);
    aon_buf_clear(&b);
    aon_diags_free(d);
}

TEST(a_shape_error_shows_both_shapes_advice_and_the_calls)
{
    check_printed(
        "library l 1\n"
        "def prod(A,v) := A*v\n"
        "def twice(A,v) := prod(A,v) + prod(A,v)\n"
        "statement s\n"
        "use l 1\n"
        "given d, e in dim\n"
        "given A in matrix(d,e)\n"
        "given v in vector(d)\n"
        "show p: twice(A,v) = 0\n",
        "t.aon:2:18: error: cannot multiply matrix(d,e) by vector(d) [shape]\n"
        "    def prod(A,v) := A*v\n"
        "                     ^~~\n"
        "    hint: did you mean `tr(A)*v`?\n"
        "t.aon:3:19: note: in the expansion of prod(A,v)\n"
        "    def twice(A,v) := prod(A,v) + prod(A,v)\n"
        "                      ^~~~~~~~~\n"
        "t.aon:9:9: note: in the expansion of twice(A,v)\n"
        "    show p: twice(A,v) = 0\n"
        "            ^~~~~~~~~~\n");
}

/* tests/lang/places.aon has more, with the checkers. */
TEST(an_error_over_lines_shows_the_operand)
{
    check_printed(
        "statement s\n"
        "given v in vector(2)\n"
        "show p: 1\n"
        "  <=\n"
        "  v\n",
        "t.aon:5:3: error: `<=` orders two scalars or two subspaces, not scalar "
        "and vector(2) [type]\n"
        "      v\n"
        "      ^\n"
        "    hint: vectors and matrices have no order; `<u,v>` and `c[x]` are "
        "scalars\n");
    check_printed(
        "statement s\n"
        "given v in vector(2)\n"
        "given w in vector(3)\n"
        "show p: v + v\n"
        "  + w = 0\n",
        "t.aon:4:9: error: cannot add vector(2) and vector(3) [shape]\n"
        "    show p: v + v\n"
        "            ^~~~~\n"
        "    hint: both sides need one dimension; a matrix A in matrix(2,3) takes "
        "`w` there: `A*w`\n"
        "t.aon:5:5: note: `w` is vector(3)\n"
        "      + w = 0\n"
        "        ^\n");
}

TEST(an_unknown_name_suggests_the_nearest)
{
    check_printed("statement s\n"
                  "given alpha in scalar\n"
                  "show p: alpa = 0\n",
                  "t.aon:3:9: error: unknown name `alpa` [unknown-name]\n"
                  "    show p: alpa = 0\n"
                  "            ^~~~\n"
                  "    hint: did you mean `alpha`?\n");
}

/* The first hint for one line below some declarations. */
static void
check_hint(const char *line, const char *want)
{
    aon_diags *d = aon_diags_new();
    char text[1000], *hint;
    aon_theory *t;
    aon_buf b;

    snprintf(text, sizeof text,
             "library l 1\n"
             "def F(m, x) := m.f(x)\n"
             "statement s\n"
             "given d, d' in dim\n"
             "given m in model(d)\n"
             "given m' in model(d')\n"
             "given A in matrix(d,d)\n"
             "given c in vector(#Y)\n"
             "given S in subspace(d)\n"
             "%s\n",
             line);
    aon_buf_init(&b);
    T_EQ_INT(aon_theory_parse(&t, "t.aon", text, strlen(text), ".", NULL, 0, d),
             AON_EINPUT);
    aon_diags_print(d, &b, false);
    hint = strstr(b.s, "    hint: ");
    if (T_CHECK(hint != NULL)) {
        hint += 10;
        hint[strcspn(hint, "\n")] = '\0';
        T_EQ_STR(hint, want);
    }
    aon_buf_clear(&b);
    aon_diags_free(d);
}

TEST(hints_are_made_from_the_case)
{
    check_hint("show p: forall x in X: A*m'.f(x) = 0",
               "`A` has d columns, so the right factor needs d rows: vector(d) or "
               "matrix(d,d)");
    check_hint("show p: forall x in X: m.f(x) = m'.f(x)",
               "both sides need one dimension; a matrix A in matrix(d,d') takes "
               "`m'.f(x)` there: `A*m'.f(x)`");
    check_hint("show p: m.g(yy) = 0", "declare it above: `given yy in token`");
    check_hint("show p: q = 0",
               "declare it above: `given q in token` (or another sort), `let q := ..`; "
               "in scope are `d`, `d'`, `m`, `m'`, `A`, `c`, ..");
    check_hint("show p: F(m) = 0", "write `use l 1` above: `F` is defined there");
    check_hint("use l 1 show p: F(m) = 0",
               "it is declared as `def F(m, x)` in library `l`");
    check_hint(
        "use l 1 show p: other(m) = 0",
        "the definitions in use are `F`; write another in a library, and `use` it");
    check_hint("show p: rank(A) = 1",
               "write `dim(colspace(A))` for a matrix, `dim(S)` for a subspace");
    check_hint("show F(m) = 1", "a conclusion has a name: `show c: F..`");
    check_hint("show p 1 = 1", "write `show p: ..`");
    check_hint("show p: (1 = 1", "write `)` after `1`");
    check_hint("show p: 1 = 1 + ",
               "write a term or formula after `+`, such as `m.f(x)` "
               "or `v = 0`, or leave one sign out");
    check_hint("show p: forall x in X: c[x] = 0",
               "`c` is indexed by tokens and `x` is a context; bind a token: `forall y "
               "in Y: .. c[y] ..`");
    check_hint("show p: 0.250 = 1", "write a fraction: `1/4` for 0.250");
    check_hint("show p: 1 \xe2\x89\xa5 1", "turn the sides around: `b <= a`");
    check_hint("show p: A\xc2\xa0= A", "this is a kind of space: write a plain one");
    check_hint("shwo p: 1 = 1", "did you mean `show`?");
    check_hint("show p: S = A", "write `colspace(A)`, or `A in S`");
}

/* A place at the end of the text is right after what is there. */
TEST(the_end_of_the_text_has_a_line)
{
    check_printed("statement s\n"
                  "show p: (1 = 1\n"
                  "  -- and nothing else\n\n",
                  "t.aon:2:15: error: expected `)` to close the `(` at 2:9, found the "
                  "end of the text [syntax]\n"
                  "    show p: (1 = 1\n"
                  "                  ^\n"
                  "    hint: write `)` after `1`\n");
}
