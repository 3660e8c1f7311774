/*
 * Internal to model/: the state of one reading.
 */
#ifndef AON_MODEL_READER_H
#define AON_MODEL_READER_H

#include "model/instance_impl.h"
#include "model/scan.h"

typedef struct {
    aon_scan sc;
    aon_instance *in;

    fmpq *entry; /* numbers of the block at hand; cap of them are initialised */
    size_t nentry, cap_entry;
    uint32_t *tok; /* numbers of the sequence or set at hand */
    size_t ntok, cap_tok;

    size_t count[AON_NUM_KINDS];
    uint64_t den_bits; /* what common denominators have cost so far */
    uint64_t hollow;   /* sum of the dimensions of subspaces without generators */
} aon_reader;

/* The next field, or an error that says that `what` was expected. */
bool aon_reader_need(aon_reader *r, aon_field *f, const char *what);
/* An error if the line has another field. */
bool aon_reader_line_done(aon_reader *r);
/* The rest of the line, as token (context) numbers in r->tok. */
bool aon_reader_tokens(aon_reader *r);
bool aon_reader_contexts(aon_reader *r);
/* An error for a word that is not a token (context) of the instance; -1. */
long aon_reader_token(aon_reader *r, aon_field f);
long aon_reader_context(aon_reader *r, aon_field f);

/* read_number.c */
/* One more entry of the block at hand, r->entry. */
bool aon_reader_number(aon_reader *r, aon_field f);
/* The next field as a natural number, at most AON_MAX_DIM. */
bool aon_reader_natural(aon_reader *r, slong *out, const char *what);
/* The rest of the current line: exactly `width` numbers. */
bool aon_reader_row(aon_reader *r, slong width);
/*
 * The rows x cols entries of the block, in the order of the text, as a matrix.  One
 * denominator for all can be much longer than the text; then it is refused.
 */
bool aon_reader_matrix(aon_reader *r, aon_mat *out, slong rows, slong cols,
                       bool by_columns, const aon_value *v, aon_span where);

/* The current line begins a value block; leaves the first line after it current. */
void aon_reader_value(aon_reader *r);

#endif
