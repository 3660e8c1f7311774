/* The witness text, field by field: witness-format.md, sections 1 and 8. */
#include <stdlib.h>

#include "check.h"

enum { MAX_LINE = 64 << 20 };

/* What was found is the line itself, shortened, anything odd replaced. */
void ck_refuse(const ck_reader *r, const char *name, const char *required) {
    char found[78] = "";
    size_t n = 0;

    for (const char *s = r->line; s < r->line_end && n < 77; s++)
        found[n++] = *s > 31 && *s < 127 ? *s : '?';
    ck_stop(CK_EXIT_REFUSED, "refused: line %ld: [%s] found \"%s%s\" required %s", r->number, name,
            found, n == 77 ? "..." : "", required);
}

/* ---- lines ---- */

/* A line that has fields left is refused before anything is looked up that it names. */
void ck_line_done(ck_reader *r) { CK_REQUIRE(r, r->slug, !ck_more(r), "the end of the line"); }

void ck_next_line(ck_reader *r) {
    ck_line_done(r);
    const char *end = memchr(r->pos, '\n', (size_t)(r->file_end - r->pos));

    r->line = r->pos;
    r->line_end = end != NULL ? end : r->file_end;
    r->number++;
    size_t n = (size_t)(r->line_end - r->line);
    CK_REQUIRE(r, "truncated", end != NULL, "a further line");
    CK_REQUIRE(r, "syntax", ck_utf8(r->line, n) == n && memchr(r->line, '\r', n) == NULL,
               "UTF-8 without NUL and CR");
    if (n > MAX_LINE) ck_stop(CK_EXIT_UNREADABLE, "line %ld is longer than 64 MiB", r->number);
    r->pos = end != NULL ? end + 1 : r->file_end;
    memcpy(r->copy, r->line, n);
    r->copy[n] = '\0';
}

bool ck_line_is(ck_reader *r, const char *text) {
    size_t n = strlen(text);

    r->rest = NULL;
    return (size_t)(r->line_end - r->line) == n && memcmp(r->line, text, n) == 0;
}

bool ck_first(ck_reader *r, const char *word) {
    size_t n = strlen(word), len = (size_t)(r->line_end - r->line);
    bool yes = len >= n && memcmp(r->line, word, n) == 0 && (len == n || r->line[n] == ' ');

    r->rest = !yes ? r->copy : len > n ? r->copy + n + 1 : NULL;
    return yes;
}

void ck_line(ck_reader *r, const char *word) {
    ck_next_line(r);
    CK_REQUIRE(r, r->slug, ck_first(r, word), "a line %s", word);
}

/* ---- fields ---- */

char *ck_field(ck_reader *r) {
    char *field = r->rest, *end = ck_more(r) ? strchr(field, r->stop) : NULL;

    CK_REQUIRE(r, r->slug, ck_more(r) && field != end && *field != '\0',
               "a further field, one space before it");
    r->rest = end != NULL ? end + 1 : NULL;
    if (end != NULL) *end = '\0';
    return field;
}

void ck_take_word(ck_reader *r, const char *word) {
    CK_REQUIRE(r, r->slug, strcmp(ck_field(r), word) == 0, "the word %s", word);
}

/* Behind the COUNT that s begins with; NULL: there is none, or it is too long. */
static const char *skip_count(const char *s, long digits) {
    const char *end = s;

    while (*end >= '0' && *end <= '9') end++;
    return end == s || end - s > digits || (*s == '0' && end - s > 1) ? NULL : end;
}

/* The same of an INT. */
static const char *skip_int(const char *s, long digits) {
    return skip_count(s + (s[0] == '-' && s[1] != '0'), digits);
}

bool ck_rational(mpq_t out, const char *s, long digits, bool canonical) {
    const char *end = skip_int(s, digits);

    if (end != NULL && *end == '/') end = end[1] != '0' ? skip_count(end + 1, digits) : NULL;
    if (end == NULL || *end != '\0') return false;
    mpq_set_str(out, s, 10);
    mpq_canonicalize(out);
    return !canonical || strcmp(mpq_get_str(NULL, 10, out), s) == 0;
}

/* The digits of an INT; they stay until the next line is read. */
static const char *take_integer(ck_reader *r) {
    const char *s = ck_field(r), *end = skip_int(s, CK_WITNESS_DIGITS);

    CK_REQUIRE(r, r->slug, end != NULL && *end == '\0', "an integer");
    return s;
}

long ck_take_int(ck_reader *r) {
    long v = strtol(take_integer(r), NULL, 10);

    return v < 0 ? -1 : v < 1L << 31 ? v : 1L << 31;
}

long ck_take_count(ck_reader *r) {
    long v = ck_take_int(r);

    CK_REQUIRE(r, r->slug, v >= 0, "a count");
    return v;
}

/* ---- matrices ---- */

/* ROWS*COLS integers, the rest of the line. */
static ck_mat *take_entries(ck_reader *r, long rows, long cols) {
    long fields = ck_more(r);

    for (const char *s = r->rest; ck_more(r) && *s != '\0'; s++) fields += *s == ' ';
    CK_REQUIRE(r, "syntax", rows * cols == fields, "%ld x %ld entries", rows, cols);
    ck_mat *m = ck_mat_new(rows, cols);
    for (long i = 0; i < rows * cols; i++) mpz_set_str(m->e[i], take_integer(r), 10);
    r->rest = NULL;
    return m;
}

ck_mat *ck_take_mat(ck_reader *r, const char *word, const char *name, long rows, long cols) {
    ck_line(r, word);
    long n = ck_take_count(r), k = ck_take_count(r);
    const char *den = take_integer(r);
    CK_REQUIRE(r, "syntax", *den > '0', "a positive denominator");
    ck_mat *m = take_entries(r, n, k);
    mpz_set_str(m->den, den, 10);
    CK_REQUIRE(r, name, n == rows && (k == cols || cols < 0), "%ld x %ld", rows, cols);
    return m;
}

long *ck_take_indices(ck_reader *r, const char *name, long *n, long end) {
    long *index = NULL, last = -1, i = 0;

    while (*n < 0 ? ck_more(r) : i < *n) {
        long next = ck_take_int(r);

        CK_REQUIRE(r, name, next > last && next < end, "increasing indices below %ld", end);
        CK_PUSH(index, i, next);
        last = next;
    }
    *n = i;
    return index;
}

/* X (S A[rows, cols]) = 1 modulo N, so det A[rows, cols] is not zero. */
long ck_take_minor(ck_reader *r, const char *word, const char *cols, const ck_mat *a) {
    ck_mat *scale = ck_mat_new(1, 1);
    bool inverse = true;
    mpz_t mod;

    ck_line(r, word);
    long n = ck_take_count(r);
    mpz_set_str(scale->e[0], take_integer(r), 10);
    mpz_init_set_str(mod, take_integer(r), 10);
    ck_take_word(r, "rows");
    long *row = ck_take_indices(r, "minor-index", &n, a->rows);
    ck_take_word(r, "cols");
    long *col = ck_take_indices(r, cols, &n, a->cols);
    ck_take_word(r, "x");
    ck_mat *x = take_entries(r, n, n);
    CK_REQUIRE(r, "minor-modulus", mpz_cmp_ui(mod, 2) >= 0, "a modulus of at least 2");
    ck_mat *y = ck_apply2(CK_SCALE, scale, ck_mat_pick(a, row, n, col, n));
    CK_REQUIRE(r, "minor-scale", mpz_sgn(scale->e[0]) > 0 && mpz_cmp_ui(y->den, 1) == 0,
               "S >= 1, integers S A");
    y = ck_apply2(CK_EQ, ck_apply2(CK_MUL, x, y), ck_mat_diagonal(n, 1));
    for (long i = 0; i < n * n; i++) inverse = inverse && mpz_divisible_p(y->e[i], mod);
    CK_REQUIRE(r, "minor-inverse", inverse, "X (S A) = 1 modulo N");
    return n;
}
