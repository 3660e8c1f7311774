/* Witnesses and certificates: matrices, lines, instances, values, proofs, claims. */
#ifndef CK_CHECK_H
#define CK_CHECK_H

#include "elab.h"

/*
 * ---- matrices ----
 *
 * A closed one (its op is `rat`) has integers over one positive denominator, row by row. An open
 * one has affine forms: coordinates from `first` on, row by row (`unk`), or what its op says of
 * its parts.
 */

typedef struct ck_mat {
    long rows, cols;
    mpz_t den, *e;
    ck_op op;
    long first, n;
    struct ck_mat **part;
} ck_mat;
#define CK_E(m, i, j) ((m)->e[(i) * (m)->cols + (j)])

ck_mat *ck_mat_new(long rows, long cols); /* zero */
ck_mat *ck_keep(ck_mat *a);               /* a copy that stays as long as the case */
ck_mat *ck_mat_rationals(mpq_ptr e, long rows, long cols);
ck_mat *ck_mat_diagonal(long n, long value); /* n x n */
/* The n rows row[0], row[1], .. (NULL: the first n); likewise columns. The numbers are shared, so
   they must not change. */
ck_mat *ck_mat_pick(const ck_mat *a, const long *row, long n, const long *col, long m);
bool ck_mat_is_zero(const ck_mat *a);
/* Adds q times that entry, open or not: by coordinate, from the constant on. */
void ck_add_entry(mpq_ptr sum, const ck_mat *m, long entry, const mpq_t q);
ck_mat *ck_coordinates(long *next, long rows, long cols); /* the next ones, row by row */
/* `add sum cols scale mul tr`; dot is the mul of a tr; of `eq le lt` the difference, an add of a
   scale. Open, if a part is. Shapes must fit; the list is taken over; b of tr is NULL. */
ck_mat *ck_apply(ck_op op, ck_mat **part, long n);
ck_mat *ck_apply2(ck_op op, ck_mat *a, ck_mat *b);

/* ---- lines; a field is what stands between single spaces ---- */

typedef struct {
    const char *pos, *file_end; /* the next line and those behind it */
    const char *line, *line_end;
    char *copy, *rest; /* of the line; what follows its fields that were taken, or NULL */
    long number;
    char stop;        /* what stands behind a field, unless the line ends: the space */
    const char *slug; /* of lines that are not as they should be: syntax or instance */
} ck_reader;

enum { CK_WITNESS_DIGITS = 1000000 };

_Noreturn void ck_refuse(const ck_reader *r, const char *name, const char *required);
/* Each refusal is one of these; scripts/refusals.py takes out one after the other. */
#define CK_REQUIRE(r, name, cond, ...)                                                             \
    ((cond) ? (void)0 : ck_refuse((r), (name), ck_print(__VA_ARGS__)))

void ck_next_line(ck_reader *r); /* no field may be left */
/* Is this the first field of the line? Then the next field is what follows it. */
bool ck_first(ck_reader *r, const char *word);
void ck_line(ck_reader *r, const char *word); /* the next line, that starts so */
void ck_line_done(ck_reader *r); /* all its fields are taken */
/* The whole line; no field of it is left. */
bool ck_line_is(ck_reader *r, const char *text);
static inline bool ck_more(const ck_reader *r) { return r->rest != NULL; }
char *ck_field(ck_reader *r); /* until the next line is read; ck_take: interned */
static inline const char *ck_take(ck_reader *r) { return ck_word(ck_field(r)); }
void ck_take_word(ck_reader *r, const char *word);
/* At least -1, which stands for all below, and at most 2^31, which nothing in memory reaches. */
long ck_take_int(ck_reader *r);
long ck_take_count(ck_reader *r); /* the same, refused if it is negative */
/* RAT; canonical: in lowest terms, no denominator 1. False if it is none. */
bool ck_rational(mpq_t out, const char *s, long digits, bool canonical);
/* The next line, behind a word: a MAT of that shape (cols -1: any), else refused as `name`; a
   MINOR, which holds for the matrix: its size; wrong columns are refused as `cols`. */
ck_mat *ck_take_mat(ck_reader *r, const char *word, const char *name, long rows, long cols);
long ck_take_minor(ck_reader *r, const char *word, const char *cols, const ck_mat *a);
/* *n indices (if *n < 0: the rest of the line), strictly increasing, below `end`. */
long *ck_take_indices(ck_reader *r, const char *name, long *n, long end);

/* ---- the instance ---- */

/* A set of numbers in order. */
typedef struct {
    long n, *at;
} ck_elements;

typedef struct {
    const char **name;
    long n;
    ck_map number; /* from 1 */
} ck_words;

typedef struct {
    char kind;         /* as that of the given's node; 0: there is no such value */
    long d[2];         /* declared numbers */
    ck_mat *a, *f, *g; /* a: value, or generators as columns; f, g: of a model, as columns */
    long *next;        /* of a query q: the number of x.q for each context x, or -1 */
    ck_elements *set;  /* of an element: it alone */
} ck_given_value;

/* What variables stand for. */
typedef struct ck_env {
    const struct ck_env *up;
    long k, at;    /* the element, column number, or number of this instance of an unknown */
    ck_mat *basis; /* of a vec; of an unknown in a subspace */
    ck_mat *m;     /* of an unknown: its coordinates, closed if it has a value */
} ck_env;

/* A statement under a variant, an instance, and what is known of it. */
typedef struct {
    ck_reader *r;
    ck_statement *s;
    ck_text words; /* the variant, in words */
    const ck_root **hypothesis, **conclusion;
    long nhypotheses, nconclusions;

    ck_words tokens, contexts, sequences;
    long base;
    ck_map values; /* by name */
    size_t bits;   /* of its denominators, once for each entry */
    long empty;    /* dimensions of its subspaces without generators */

    ck_map known;           /* what is remembered */
    long ids;               /* of unknowns, branches and literals */
    long branch;            /* the one that is refuted; 0: none */
    struct ck_block *block; /* whose forms are made */
} ck_state;

void ck_instance_read(ck_state *c); /* from its first line on; it fits the statement */
/* What has that name, also X, Y and X/q; a new value is zeroed. */
ck_given_value *ck_given_find(ck_state *c, const char *name);
long ck_dim(ck_state *c, const char *dim); /* as printed */
const ck_elements *ck_set(ck_state *c, const char *set);
ck_elements *ck_range(long n);               /* 0, 1, .., n - 1 */
long ck_place(const ck_elements *s, long e); /* from 0; -1: it is not there */
static inline bool ck_has(const ck_elements *s, long e) { return ck_place(s, e) >= 0; }

/* ---- values and proofs: witness-format.md, 3 to 7 ---- */

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env); /* of a space: a basis */
void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v);

/* ---- claims ---- */

/* Zeroed memory means refused. */
typedef enum { CK_REFUSED, CK_ACCEPTED } ck_verdict;

/* A witness or a certificate. Refusals end by ck_stop; `said` gets what was verified. */
ck_verdict ck_check(ck_program *p, const char *text, size_t len, ck_text *said);
/* The line `verdict ..` is the current one, the blocks follow. The words of the verdict, verified,
   and the line behind is current. */
const char *ck_take_verdict(ck_state *c);
/* A certificate from its line `grid` on, which is current: docs/search.md. */
void ck_certify(ck_state *c, ck_text *said);
/* FIPS 180-4: the digest of n bytes as 64 lower-case hexadecimal digits and a NUL. */
void ck_sha256(char out[65], const void *data, size_t n);

#endif
