/* The witness text, field by field: witness-format.md, sections 1 and 8. */
#include <stdarg.h>
#include <stdio.h>

#include "mat.h"

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

void ck_reader_init(ck_reader *r, const char *text, size_t len) {
    *r = (ck_reader){
        .pos = text, .line = text, .line_end = text, .file_end = text + len, .slug = "syntax"};
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

/* A cursor inside a line stands on the space before the next field. */
const char *ck_field(ck_reader *r, size_t *n) {
    const char *from = r->cursor + (r->cursor != r->line && ck_more(r)), *end;

    end = memchr(from, ' ', (size_t)(r->line_end - from));
    if (end == NULL) end = r->line_end;
    CK_REQUIRE(r, r->slug, end > from, "a further field, one space before it");
    *n = (size_t)(end - from);
    r->cursor = end;
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

void ck_line(ck_reader *r, const char *word) {
    ck_next_line(r);
    CK_REQUIRE(r, r->slug, ck_first(r, word), "a line %s", word);
}

void ck_take_word(ck_reader *r, const char *word) {
    CK_REQUIRE(r, r->slug, strcmp(ck_take(r), word) == 0, "the word %s", word);
}

void ck_line_done(ck_reader *r) { CK_REQUIRE(r, r->slug, !ck_more(r), "the end of the line"); }

static bool integer(mpz_t out, const char *s, size_t n, size_t digits) {
    size_t sign = n > 0 && s[0] == '-';
    char few[64], *copy = n < sizeof few ? few : ck_new(n + 1);
    bool good = n > sign && n - sign <= digits && (s[sign] != '0' || n == 1);

    for (size_t i = sign; i < n && good; i++) good = s[i] >= '0' && s[i] <= '9';
    if (good) {
        memcpy(copy, s, n);
        copy[n] = '\0';
        mpz_set_str(out, copy, 10);
    }
    if (copy != few) ck_free(copy);
    return good;
}

bool ck_rational(mpq_t out, const char *s, size_t n, size_t digits, bool canonical) {
    const char *slash = memchr(s, '/', n);
    size_t top = slash != NULL ? (size_t)(slash - s) : n;
    bool good = integer(mpq_numref(out), s, top, digits);
    mpz_t den;

    mpz_set_ui(mpq_denref(out), 1);
    if (!good || slash == NULL) return good;
    mpz_init(den);
    good = integer(den, slash + 1, n - top - 1, digits) && mpz_sgn(den) > 0;
    if (good) {
        mpz_set(mpq_denref(out), den);
        mpq_canonicalize(out);
        if (canonical) good = mpz_cmp_ui(den, 1) > 0 && mpz_cmp(den, mpq_denref(out)) == 0;
    }
    mpz_clear(den);
    return good;
}

void ck_take_integer(ck_reader *r, mpz_t out) {
    size_t n;
    const char *s = ck_field(r, &n);

    CK_REQUIRE(r, r->slug, integer(out, s, n, CK_WITNESS_DIGITS), "an integer");
}

long ck_take_int(ck_reader *r) {
    mpz_t z;
    long v;

    mpz_init(z);
    ck_take_integer(r, z);
    v = mpz_sgn(z) < 0 ? -1 : mpz_cmp_ui(z, CK_MAX_COUNT) > 0 ? CK_MAX_COUNT : mpz_get_si(z);
    mpz_clear(z);
    return v;
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

/* ROWS*COLS integers, the rest of the line. */
static ck_mat *take_entries(ck_reader *r, long rows, long cols) {
    long spaces = 0;
    ck_mat *m;

    for (const char *s = r->cursor; s < r->line_end; s++) spaces += *s == ' ';
    CK_REQUIRE(r, "syntax", rows * cols == spaces, "%ld x %ld entries", rows, cols);
    m = ck_mat_new(rows, cols);
    for (long i = 0; i < rows * cols; i++) ck_take_integer(r, m->e[i]);
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
    ck_take_integer(r, den);
    CK_REQUIRE(r, "syntax", mpz_sgn(den) > 0, "a positive denominator");
    m = take_entries(r, n, k);
    mpz_swap(m->den, den);
    CK_REQUIRE(r, name, n == rows && (k == cols || cols < 0), "%ld x %ld", rows, cols);
    return m;
}

static long *take_indices(ck_reader *r, const char *word, long n) {
    long *index = NULL;

    ck_take_word(r, word);
    for (long i = 0; i < n;) {
        long next = ck_take_int(r);

        CK_PUSH(index, i, next);
    }
    return index;
}

ck_minor ck_take_minor(ck_reader *r, const char *word) {
    ck_minor m = {.scale = ck_mat_new(1, 1)};

    ck_line(r, word);
    m.r = ck_take_count(r);
    ck_take_integer(r, m.scale->e[0]);
    mpz_init(m.mod);
    ck_take_integer(r, m.mod);
    m.row = take_indices(r, "rows", m.r);
    m.col = take_indices(r, "cols", m.r);
    ck_take_word(r, "x");
    m.x = take_entries(r, m.r, m.r);
    return m;
}

bool ck_increasing(const long *index, long n, long below) {
    for (long i = 0; i < n; i++)
        if (index[i] >= below || index[i] <= (i > 0 ? index[i - 1] : -1)) return false;
    return true;
}

/* X (S A[rows, cols]) = 1 modulo N, so det A[rows, cols] is not zero. */
void ck_minor_check(ck_reader *r, const ck_minor *m, const ck_mat *a) {
    bool inverse = true;
    ck_mat *y;

    CK_REQUIRE(r, "minor-index",
               ck_increasing(m->row, m->r, a->rows) && ck_increasing(m->col, m->r, a->cols),
               "increasing indices in a matrix of %ld x %ld", a->rows, a->cols);
    CK_REQUIRE(r, "minor-modulus", mpz_cmp_ui(m->mod, 2) >= 0, "a modulus of at least 2");
    y = ck_mat_scale(m->scale, ck_mat_pick(a, m->row, m->r, m->col, m->r));
    CK_REQUIRE(r, "minor-scale", mpz_sgn(m->scale->e[0]) > 0 && mpz_cmp_ui(y->den, 1) == 0,
               "S >= 1, integers S A");
    for (long i = 0; i < m->r * m->r; i++) {
        mpz_mod(y->e[i], y->e[i], m->mod);
        mpz_mod(m->x->e[i], m->x->e[i], m->mod);
    }
    y = ck_mat_add(ck_mat_mul(m->x, y), ck_mat_id(m->r), -1);
    for (long i = 0; i < m->r * m->r; i++) inverse = inverse && mpz_divisible_p(y->e[i], m->mod);
    CK_REQUIRE(r, "minor-inverse", inverse, "X (S A) = 1 modulo N");
}
