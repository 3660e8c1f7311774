/* The witness text, field by field: witness-format.md, sections 1 and 8. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

enum { MAX_LINE = 64 << 20 };

/* What was found is the line itself, shortened, anything odd replaced. */
void ck_refuse(const ck_reader *r, const char *name, const char *required, ...) {
    char found[81] = "", wanted[400];
    size_t n = 0;
    va_list ap;

    for (const char *s = r->line; s < r->line_end && n < 77; s++)
        found[n++] = *s > 31 && *s < 127 ? *s : '?';
    if (n == 77) memcpy(found + n, "...", 4);
    va_start(ap, required);
    vsnprintf(wanted, sizeof wanted, required, ap);
    va_end(ap);
    ck_stop(CK_EXIT_REFUSED, "refused: line %ld: [%s] found \"%s\" required %s", r->number, name,
            found, wanted);
}

void ck_next_line(ck_reader *r) {
    const char *end = memchr(r->pos, '\n', (size_t)(r->file_end - r->pos));
    size_t n;

    r->line = r->cursor = r->pos;
    r->line_end = end != NULL ? end : r->file_end;
    r->number++;
    n = (size_t)(r->line_end - r->line);
    CK_REQUIRE(r, "truncated", end != NULL, "a further line");
    CK_REQUIRE(r, "syntax", ck_utf8(r->line, n) == n && memchr(r->line, '\r', n) == NULL,
               "UTF-8 without NUL and CR");
    if (n > MAX_LINE) ck_stop(CK_EXIT_UNREADABLE, "line %ld is longer than 64 MiB", r->number);
    r->pos = end != NULL ? end + 1 : r->file_end;
}

bool ck_more(const ck_reader *r) { return r->cursor < r->line_end; }

/* A cursor inside a line stands on what is before the next field. */
const char *ck_field(ck_reader *r, size_t *n) {
    const char *from = r->cursor + (r->cursor != r->line && ck_more(r)), *end;

    end = memchr(from, r->stop, (size_t)(r->line_end - from));
    r->cursor = end != NULL ? end : r->line_end;
    *n = (size_t)(r->cursor - from);
    CK_REQUIRE(r, r->slug, *n > 0, "a further field, one space before it");
    return from;
}

const char *ck_take(ck_reader *r) {
    size_t n;
    const char *s = ck_field(r, &n);

    return ck_intern(s, n);
}

bool ck_first(ck_reader *r, const char *word) {
    size_t n = strlen(word), len = (size_t)(r->line_end - r->line);
    bool yes = len >= n && memcmp(r->line, word, n) == 0 && (len == n || r->line[n] == ' ');

    r->cursor = r->line + (yes ? n : 0);
    return yes;
}

bool ck_rest_is(const ck_reader *r, const char *text) {
    size_t n = strlen(text);

    return (size_t)(r->line_end - r->cursor) == n && memcmp(r->cursor, text, n) == 0;
}

void ck_line(ck_reader *r, const char *word) {
    ck_next_line(r);
    CK_REQUIRE(r, r->slug, ck_first(r, word), "a line %s", word);
}

void ck_line_done(ck_reader *r) { CK_REQUIRE(r, r->slug, !ck_more(r), "the end of the line"); }

void ck_take_word(ck_reader *r, const char *word) {
    CK_REQUIRE(r, r->slug, strcmp(ck_take(r), word) == 0, "the word %s", word);
}

/* ---- numbers ---- */

bool ck_is_count(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return n > 0 && (s[0] != '0' || n == 1);
}

static bool is_integer(const char *s, size_t n, size_t digits) {
    size_t sign = n > 0 && s[0] == '-';

    return ck_is_count(s + sign, n - sign) && n - sign <= digits && (sign == 0 || s[1] != '0');
}

static void set_integer(mpz_t out, const char *s, size_t n) {
    char few[64], *copy = memcpy(n < sizeof few ? few : ck_new(n + 1), s, n);

    copy[n] = '\0';
    mpz_set_str(out, copy, 10);
}

bool ck_rational(mpq_t out, const char *s, size_t n, size_t digits, bool canonical) {
    const char *slash = memchr(s, '/', n), *below = slash != NULL ? slash + 1 : "1";
    size_t top = slash != NULL ? (size_t)(slash - s) : n, rest = slash != NULL ? n - top - 1 : 1;
    bool good = is_integer(s, top, digits) && is_integer(below, rest, digits) && below[0] > '0';
    mpz_t den;

    if (!good) return false;
    set_integer(mpq_numref(out), s, top);
    set_integer(mpq_denref(out), below, rest);
    mpz_init_set(den, mpq_denref(out));
    mpq_canonicalize(out);
    good = mpz_cmp(den, mpq_denref(out)) == 0 && (slash == NULL || mpz_cmp_ui(den, 1) > 0);
    return good || !canonical;
}

static const char *integer_field(ck_reader *r, size_t *n) {
    const char *s = ck_field(r, n);

    CK_REQUIRE(r, r->slug, is_integer(s, *n, CK_WITNESS_DIGITS), "an integer");
    return s;
}

static void take_number(ck_reader *r, mpz_t out) {
    size_t n;
    const char *s = integer_field(r, &n);

    set_integer(out, s, n);
}

long ck_take_int(ck_reader *r) {
    const long most = 1L << 31;
    size_t n;
    long v = strtol(integer_field(r, &n), NULL, 10);

    return v < 0 ? -1 : v < most ? v : most;
}

long ck_take_count(ck_reader *r) {
    long v = ck_take_int(r);

    CK_REQUIRE(r, r->slug, v >= 0, "a count");
    return v;
}

long ck_take_number(ck_reader *r, const char *word, long (*take)(ck_reader *)) {
    long n;

    ck_line(r, word);
    n = take(r);
    ck_line_done(r);
    return n;
}

/* ---- matrices ---- */

/* ROWS*COLS integers, the rest of the line. */
static ck_mat *take_entries(ck_reader *r, long rows, long cols) {
    long spaces = 0;
    ck_mat *m;

    for (const char *s = r->cursor; s < r->line_end; s++) spaces += *s == ' ';
    CK_REQUIRE(r, "syntax", rows * cols == spaces, "%ld x %ld entries", rows, cols);
    m = ck_mat_new(rows, cols);
    for (long i = 0; i < rows * cols; i++) take_number(r, m->e[i]);
    return m;
}

ck_mat *ck_take_mat(ck_reader *r, const char *word, const char *name, long rows, long cols) {
    mpz_t den;
    ck_mat *m;
    long n, k;

    ck_line(r, word);
    n = ck_take_count(r);
    k = ck_take_count(r);
    mpz_init(den);
    take_number(r, den);
    CK_REQUIRE(r, "syntax", mpz_sgn(den) > 0, "a positive denominator");
    m = take_entries(r, n, k);
    mpz_swap(m->den, den);
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
    ck_mat *scale = ck_mat_new(1, 1), *x, *y;
    long n, *row, *col;
    bool inverse = true;
    mpz_t mod;

    mpz_init(mod);
    ck_line(r, word);
    n = ck_take_count(r);
    take_number(r, scale->e[0]);
    take_number(r, mod);
    ck_take_word(r, "rows");
    row = ck_take_indices(r, "minor-index", &n, a->rows);
    ck_take_word(r, "cols");
    col = ck_take_indices(r, cols, &n, a->cols);
    ck_take_word(r, "x");
    x = take_entries(r, n, n);
    CK_REQUIRE(r, "minor-modulus", mpz_cmp_ui(mod, 2) >= 0, "a modulus of at least 2");
    y = ck_apply2(CK_SCALE, scale, ck_mat_pick(a, row, n, col, n));
    CK_REQUIRE(r, "minor-scale", mpz_sgn(scale->e[0]) > 0 && mpz_cmp_ui(y->den, 1) == 0,
               "S >= 1, integers S A");
    for (long i = 0; i < n * n; i++) mpz_mod(y->e[i], y->e[i], mod);
    y = ck_apply2(CK_EQ, ck_apply2(CK_MUL, x, y), ck_mat_diagonal(n, 1));
    for (long i = 0; i < n * n; i++) inverse = inverse && mpz_divisible_p(y->e[i], mod);
    CK_REQUIRE(r, "minor-inverse", inverse, "X (S A) = 1 modulo N");
    return n;
}
