/* Rational matrices, and the lines of a witness and of its instance. */
#ifndef CK_MAT_H
#define CK_MAT_H

#include "ck.h"

/* A number above CK_MAX_COUNT counts nothing that fits in memory. */
#define CK_MAX_COUNT (1L << 31)
enum { CK_WITNESS_DIGITS = 1000000 };

/* ---- refusals ---- */

/* A field is what stands between single spaces. */
typedef struct {
    const char *pos, *line, *line_end, *file_end, *cursor;
    long number;
    const char *slug; /* of lines that are not as they should be: syntax or instance */
} ck_reader;

_Noreturn void ck_refuse(const ck_reader *r, const char *name, const char *required, ...)
    CK_PRINTF(3, 4);

/* Each refusal is one of these; scripts/refusals.py takes out one after the other. */
#define CK_REQUIRE(r, name, cond, ...)                                                             \
    do {                                                                                           \
        if (!(cond)) ck_refuse((r), (name), __VA_ARGS__);                                          \
    } while (0)

/* ---- matrices ---- */

typedef struct {
    long rows, cols;
    long id;             /* of a remembered basis; else 0 */
    bool kept, borrowed; /* borrowed: the entries of another one that lives longer */
    mpz_t den, *e;       /* integers over one positive denominator, row by row */
} ck_mat;

#define CK_E(m, i, j) ((m)->e[(i) * (m)->cols + (j)])

/* A matrix lives until the release of the mark before it, or for ever when it is kept. */
long ck_mat_mark(void);
void ck_mat_release(long mark);
void ck_mat_start(void); /* forget the matrices of an earlier ck_run */

ck_mat *ck_mat_new(long rows, long cols); /* zero */
ck_mat *ck_mat_rationals(mpq_t *e, long rows, long cols);
ck_mat *ck_mat_int(long value);
ck_mat *ck_mat_id(long n);
/* Shapes must fit. */
ck_mat *ck_mat_add(const ck_mat *a, const ck_mat *b, int sign);
ck_mat *ck_mat_scale(const ck_mat *s, const ck_mat *a);
ck_mat *ck_mat_mul(const ck_mat *a, const ck_mat *b);
ck_mat *ck_mat_tr_mul(const ck_mat *a, const ck_mat *b); /* the transposed of a, times b */
ck_mat *ck_mat_tr(const ck_mat *a);
/* The n rows row[0], row[1], .. (NULL: the first n); likewise columns. */
ck_mat *ck_mat_pick(const ck_mat *a, const long *row, long n, const long *col, long m);
ck_mat *ck_mat_row(const ck_mat *a, long i); /* as a column; borrowed */
ck_mat *ck_mat_beside(ck_mat **v, long n);
bool ck_mat_is_zero(const ck_mat *a);
bool ck_mat_same(const ck_mat *a, const ck_mat *b);
void ck_mat_entry(mpq_t out, const ck_mat *a, long i, long j);

/* c, zero, becomes a b, or the transposed of a (k x m, then) times b; c is m x n, b k x n. */
void ck_product(mpz_t *c, mpz_t *a, bool tr, mpz_t *b, long m, long k, long n);

/* ---- lines ---- */

void ck_reader_init(ck_reader *r, const char *text, size_t len);
void ck_next_line(ck_reader *r);
/* Is this the first field of the line? Then the next field is what follows it. */
bool ck_first(ck_reader *r, const char *word);
void ck_line(ck_reader *r, const char *word); /* the next line, that starts so */
bool ck_more(const ck_reader *r);
const char *ck_field(ck_reader *r, size_t *n);
const char *ck_take(ck_reader *r); /* interned */
void ck_take_word(ck_reader *r, const char *word);
void ck_take_integer(ck_reader *r, mpz_t out);
long ck_take_int(ck_reader *r);   /* -1 if it is negative, at most CK_MAX_COUNT */
long ck_take_count(ck_reader *r); /* the same, refused if it is negative */
/* RAT; canonical: in lowest terms, no denominator 1. False if it is none. */
bool ck_rational(mpq_t out, const char *s, size_t n, size_t digits, bool canonical);
void ck_line_done(ck_reader *r);
/* The next line, a word and one number, or one MAT of that shape (cols -1: any), else it is
   refused as `name`. */
long ck_take_number(ck_reader *r, const char *word, long (*take)(ck_reader *));
ck_mat *ck_take_mat(ck_reader *r, const char *word, const char *name, long rows, long cols);
bool ck_increasing(const long *index, long n, long below);

typedef struct {
    long r, *row, *col;
    mpz_t mod;
    ck_mat *scale, *x;
} ck_minor;
ck_minor ck_take_minor(ck_reader *r, const char *word);
void ck_minor_check(ck_reader *r, const ck_minor *m, const ck_mat *a);

#endif
