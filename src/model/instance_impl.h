/*
 * Internal to model/: what the reader and the builder agree on.
 */
#ifndef AON_MODEL_INSTANCE_IMPL_H
#define AON_MODEL_INSTANCE_IMPL_H

#include "model/instance.h"

enum {
    AON_MAX_ITEMS = 1000000, /* tokens, contexts, values of each kind */
    AON_MAX_DIM = 1000000,   /* any dimension that is written down */
    AON_NUM_KINDS = AON_VAL_CONTEXTSET + 1
};

/* Is it a name of a value, a word (of tokens and contexts)? */
bool aon_name_valid(const char *s, size_t len);
bool aon_word_valid(const char *s, size_t len);

/* The context with exactly this sequence, or -1. */
long aon_instance_sequence(const aon_instance *in, const uint32_t *tok, size_t n);
/* Number of the value of that name, or -1. */
long aon_instance_find_value(const aon_instance *in, const char *name, size_t len);

/* The add functions for text that is not NUL-terminated. */
void aon_instance_put_token(aon_instance *in, const char *word, size_t len);
void aon_instance_put_context(aon_instance *in, const char *name, size_t len,
                              const uint32_t *tok, size_t n);
aon_value *aon_instance_put(aon_instance *in, const char *name, size_t len,
                            aon_val_kind kind);

#endif
