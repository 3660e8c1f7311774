/* Lines of a witness and of its instance: fields with one space between them. */
#ifndef CK_READER_H
#define CK_READER_H

#include "mat.h"

enum { CK_WITNESS_DIGITS = 1000000, CK_INSTANCE_DIGITS = 100000 };

void ck_reader_init(ck_reader *r, const char *text, size_t len);
void ck_next_line(ck_reader *r);
bool ck_at_end(const ck_reader *r);
/* Is this the first field of the line? Then the next field is what follows it. */
bool ck_first(ck_reader *r, const char *word);
bool ck_more(const ck_reader *r);
const char *ck_take(ck_reader *r, size_t *n); /* NULL at the end of the line */
const char *ck_take_name(ck_reader *r);       /* interned */
long ck_take_count(ck_reader *r);
void ck_take_word(ck_reader *r, const char *word);
void ck_line_done(ck_reader *r);
/* An INT of at most so many digits; false if it is none. */
bool ck_int(mpz_t out, const char *s, size_t n, size_t digits);
ck_mat *ck_take_mat(ck_reader *r, const char *word); /* on the next line */

/* A MINOR, without its matrix. */
typedef struct {
    long r, *row, *col;
    mpz_t scale, mod, *x;
} ck_minor;
/* Entry of the matrix of a minor: num over den. */
typedef void (*ck_entry)(const void *a, long i, long j, mpz_t num, mpz_t den);
ck_minor ck_take_minor(ck_reader *r, const char *word);
void ck_minor_check(const ck_minor *m, ck_entry entry, const void *a, long rows, long cols);
void ck_minor_clear(ck_minor *m);
void ck_mat_entry(const void *a, long i, long j, mpz_t num, mpz_t den);

#endif
