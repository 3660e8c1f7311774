/* The witness text, field by field: witness-format.md, sections 1 and 8. */
#include "reader.h"

static const size_t max_line = (size_t)64 << 20;

void
ck_reader_init(ck_reader *r, const char *text, size_t len)
{
    *r = (ck_reader){.text = text, .pos = text, .file_end = text + len};
    ck_reading = r;
    CK_REQUIRE("syntax", ck_utf8(text, len) && memchr(text, '\r', len) == NULL,
               "UTF-8 without NUL and CR");
}

bool
ck_at_end(const ck_reader *r)
{
    return r->pos == r->file_end;
}

void
ck_next_line(ck_reader *r)
{
    const char *end = memchr(r->pos, '\n', (size_t)(r->file_end - r->pos));

    r->line = r->pos;
    r->line_end = end != NULL ? end : r->file_end;
    r->number++;
    CK_REQUIRE("truncated", end != NULL, "a further line");
    if ((size_t)(r->line_end - r->line) > max_line)
        ck_stop(CK_EXIT_UNREADABLE, "line %ld is longer than 64 MiB", r->number);
    r->pos = end != NULL ? end + 1 : r->file_end;
    r->cursor = r->line;
}

bool
ck_more(const ck_reader *r)
{
    return r->cursor < r->line_end;
}

/* A cursor inside a line stands on the space before the next field. */
const char *
ck_take(ck_reader *r, size_t *n)
{
    const char *from = r->cursor, *end;

    if (r->cursor != r->line) {
        if (!ck_more(r))
            return NULL;
        from++;
    }
    end = memchr(from, ' ', (size_t)(r->line_end - from));
    if (end == NULL)
        end = r->line_end;
    CK_REQUIRE("syntax", end > from, "fields with one space between them");
    *n = (size_t)(end - from);
    r->cursor = end;
    return from;
}

bool
ck_first(ck_reader *r, const char *word)
{
    size_t n = strlen(word);

    r->cursor = r->line;
    if ((size_t)(r->line_end - r->line) < n || memcmp(r->line, word, n) != 0 ||
        (r->line + n < r->line_end && r->line[n] != ' '))
        return false;
    r->cursor = r->line + n;
    return true;
}

const char *
ck_take_name(ck_reader *r)
{
    size_t n = 0;
    const char *s = ck_take(r, &n);

    CK_REQUIRE("syntax", s != NULL, "a further field");
    return ck_intern(s != NULL ? s : "", n);
}

void
ck_take_word(ck_reader *r, const char *word)
{
    const char *s = ck_take_name(r);

    CK_REQUIRE("syntax", strcmp(s, word) == 0, "the word %s", word);
}

void
ck_line_done(ck_reader *r)
{
    CK_REQUIRE("syntax", !ck_more(r), "the end of the line");
}

bool
ck_int(mpz_t out, const char *s, size_t n, size_t digits)
{
    size_t sign = n > 0 && s[0] == '-';
    char *copy;

    if (n == sign || n - sign > digits || (s[sign] == '0' && n > 1))
        return false;
    for (size_t i = sign; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    if (n < 18) {
        long v = 0;

        for (size_t i = sign; i < n; i++)
            v = 10 * v + (s[i] - '0');
        mpz_set_si(out, sign ? -v : v);
        return true;
    }
    copy = ck_new(n + 1);
    memcpy(copy, s, n);
    mpz_set_str(out, copy, 10);
    ck_free(copy);
    return true;
}

static void
take_int(ck_reader *r, mpz_t out)
{
    size_t n = 0;
    const char *s = ck_take(r, &n);

    CK_REQUIRE("syntax", s != NULL && ck_int(out, s, n, CK_WITNESS_DIGITS), "an integer");
}

long
ck_take_count(ck_reader *r)
{
    mpz_t z;
    long v;

    mpz_init(z);
    take_int(r, z);
    CK_REQUIRE("syntax", mpz_sgn(z) >= 0 && mpz_cmp_ui(z, 1000000000) <= 0, "a count");
    v = mpz_fits_slong_p(z) ? mpz_get_si(z) : 0;
    mpz_clear(z);
    return v;
}

ck_mat *
ck_take_mat(ck_reader *r, const char *word)
{
    long rows, cols, n;
    ck_mat *m;

    ck_next_line(r);
    CK_REQUIRE("syntax", ck_first(r, word), "a line %s", word);
    rows = ck_take_count(r);
    cols = ck_take_count(r);
    n = r->line_end - r->cursor;
    CK_REQUIRE("syntax", cols == 0 || rows <= n / cols, "%ld x %ld entries", rows, cols);
    m = ck_mat_new(rows, cols);
    take_int(r, m->den);
    CK_REQUIRE("syntax", mpz_sgn(m->den) > 0, "a positive denominator");
    for (long i = 0; i < rows * cols; i++)
        take_int(r, m->e[i]);
    ck_line_done(r);
    return m;
}

static long *
take_indices(ck_reader *r, const char *word, long n)
{
    long *index = ck_new((size_t)n * sizeof *index);

    ck_take_word(r, word);
    for (long i = 0; i < n; i++)
        index[i] = ck_take_count(r);
    return index;
}

ck_minor
ck_take_minor(ck_reader *r, const char *word)
{
    ck_minor m;

    ck_next_line(r);
    CK_REQUIRE("syntax", ck_first(r, word), "a line %s", word);
    m.r = ck_take_count(r);
    CK_REQUIRE("syntax", m.r <= r->line_end - r->cursor, "%ld indices", m.r);
    mpz_init(m.scale);
    mpz_init(m.mod);
    take_int(r, m.scale);
    take_int(r, m.mod);
    m.row = take_indices(r, "rows", m.r);
    m.col = take_indices(r, "cols", m.r);
    ck_take_word(r, "x");
    CK_REQUIRE("syntax", m.r == 0 || m.r <= (r->line_end - r->cursor) / m.r,
               "%ld x %ld entries", m.r, m.r);
    m.x = ck_new((size_t)m.r * (size_t)m.r * sizeof *m.x);
    for (long i = 0; i < m.r * m.r; i++) {
        mpz_init(m.x[i]);
        take_int(r, m.x[i]);
    }
    ck_line_done(r);
    return m;
}

void
ck_mat_entry(const void *a, long i, long j, mpz_t num, mpz_t den)
{
    const ck_mat *m = a;

    mpz_set(num, CK_E(m, i, j));
    mpz_set(den, m->den);
}

static bool
increasing(const long *index, long n, long below)
{
    for (long i = 0; i < n; i++)
        if (index[i] < 0 || index[i] >= below || (i > 0 && index[i] <= index[i - 1]))
            return false;
    return true;
}

/* X (S A[rows, cols]) = 1 modulo N, so det A[rows, cols] is not zero. */
void
ck_minor_check(const ck_minor *m, ck_entry entry, const void *a, long rows, long cols)
{
    long n = m->r;
    size_t bytes = (size_t)n * (size_t)n * sizeof(mpz_t);
    mpz_t *y = ck_new(bytes), *p = ck_new(bytes), den;
    bool whole = true, inverse = true;

    CK_REQUIRE("minor-index", increasing(m->row, n, rows) && increasing(m->col, n, cols),
               "increasing indices in a matrix of %ld x %ld", rows, cols);
    CK_REQUIRE("minor-modulus", mpz_cmp_ui(m->mod, 2) >= 0, "a modulus of at least 2");
    mpz_init(den);
    for (long i = 0; i < n * n; i++) {
        mpz_init(y[i]);
        mpz_init(p[i]);
        entry(a, m->row[i / n], m->col[i % n], y[i], den);
        mpz_mul(y[i], y[i], m->scale);
        whole = whole && mpz_divisible_p(y[i], den);
        mpz_divexact(y[i], y[i], den);
        mpz_fdiv_r(y[i], y[i], m->mod);
        mpz_fdiv_r(m->x[i], m->x[i], m->mod);
    }
    CK_REQUIRE("minor-scale", mpz_sgn(m->scale) > 0 && whole, "S >= 1, integers S A");
    ck_product(p, m->x, y, n, n, n);
    for (long i = 0; i < n * n; i++) {
        mpz_sub_ui(p[i], p[i], i / n == i % n);
        inverse = inverse && mpz_divisible_p(p[i], m->mod);
    }
    CK_REQUIRE("minor-inverse", inverse, "X (S A) = 1 modulo N");
    for (long i = 0; i < n * n; i++) {
        mpz_clear(y[i]);
        mpz_clear(p[i]);
    }
    mpz_clear(den);
    ck_free(y);
    ck_free(p);
}

void
ck_minor_clear(ck_minor *m)
{
    for (long i = 0; i < m->r * m->r; i++)
        mpz_clear(m->x[i]);
    mpz_clear(m->scale);
    mpz_clear(m->mod);
    ck_free(m->x);
    ck_free(m->row);
    ck_free(m->col);
}
