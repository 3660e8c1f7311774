/*
 * Instances: finite sets of contexts and tokens, and named exact values
 * (docs/instance-format.md).  Immutable once built; may be read by many threads.
 */
#ifndef AON_MODEL_INSTANCE_H
#define AON_MODEL_INSTANCE_H

#include "base/buf.h"
#include "base/diag.h"
#include "exact/mat.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    AON_VAL_DIM,
    AON_VAL_MODEL,
    AON_VAL_SCALAR,
    AON_VAL_VECTOR,
    AON_VAL_MATRIX,
    AON_VAL_SUBSPACE,
    AON_VAL_QUERY,
    AON_VAL_TOKEN,
    AON_VAL_CONTEXT,
    AON_VAL_TOKENSET,
    AON_VAL_CONTEXTSET
} aon_val_kind;

typedef struct {
    uint32_t *tok; /* token numbers */
    size_t n;
} aon_word;

/* One named value; which members mean something depends on kind. */
typedef struct {
    char *name;
    aon_val_kind kind;
    slong dim; /* dim: the number; model, subspace: e */
    aon_mat
        a; /* model: e x n, columns f(x); scalar, vector (e x 1), matrix; subspace: e x s */
    aon_mat b;     /* model: e x k, columns g(y) */
    aon_word q;    /* query */
    uint32_t elem; /* token, context: its number */
    uint32_t *set; /* tokenset, contextset: numbers, increasing */
    size_t nset;
    size_t line; /* 1-based line in the text, 0 if built in memory */
} aon_value;

typedef struct {
    char **token;
    size_t ntokens;
    uint32_t base;
    char **context;
    aon_word *context_word;
    size_t ncontexts;
    aon_value *value;
    size_t nvalues;
    struct aon_instance_index *index; /* private: hash tables of names and sequences */
} aon_instance;

aon_instance *aon_instance_new(void); /* empty; fill with the functions below */
void aon_instance_free(aon_instance *in);

/* Building: names and words are copied.  Preconditions of the format are asserted. */
void aon_instance_add_token(aon_instance *in, const char *word);
void aon_instance_add_context(aon_instance *in, const char *name, const uint32_t *tok,
                              size_t n);
/* A new value of that kind with empty matrices, to be filled by the caller.  The pointer
 * is valid until the next value is added. */
aon_value *aon_instance_add(aon_instance *in, const char *name, aon_val_kind kind);

/* Set the word q of a query; tok is copied. */
void aon_value_set_query(aon_value *v, const uint32_t *tok, size_t n);

const aon_value *aon_instance_find(const aon_instance *in, const char *name);
/* Number of the token or context of that name (len bytes), or -1.  O(1) expected. */
long aon_instance_token(const aon_instance *in, const char *word, size_t len);
long aon_instance_context(const aon_instance *in, const char *word, size_t len);
/* Number of the context x.q, or -1 if it is not in X.  The hash index is kept up to date
 * by the functions above; aon_instance_index builds it anew after members were written
 * directly (names, words, their order). */
void aon_instance_index(aon_instance *in);
long aon_instance_concat(const aon_instance *in, uint32_t x, const aon_word *q);

/* Text in memory -> instance.  AON_EINPUT with diagnostics; *out NULL then. */
AON_NODISCARD aon_status aon_instance_read(aon_instance **out, const char *name,
                                           const char *text, size_t len,
                                           aon_diags *diags);
AON_NODISCARD aon_status aon_instance_read_file(aon_instance **out, const char *path,
                                                aon_diags *diags);
/* "dim", "model", ..: the keyword of the kind. */
const char *aon_val_kind_name(aon_val_kind kind);
/* Canonical text, from `aoni 1` to `end`. */
void aon_instance_print(const aon_instance *in, aon_buf *out);

#endif
