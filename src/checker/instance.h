/* The inline instance: canonical, read line by line (instance-format.md). */
#ifndef CK_INSTANCE_H
#define CK_INSTANCE_H

#include "elab.h"
#include "reader.h"

typedef struct {
    const char *name; /* interned, as are the tokens of the sequence */
    const char **seq;
    long n, at; /* its number in X */
} ck_context;

typedef struct {
    const char *name, *sort; /* the word of the statement's sort */
    long r, c;               /* declared numbers */
    ck_mat *a, *b;           /* a: value, generators as columns, f; b: g */
    long element;
    long *set; /* n elements, increasing */
    const char **seq;
    long n;
} ck_value_of;

typedef struct {
    const char **token;
    ck_context *context, **sorted; /* sorted by sequence */
    ck_value_of *value;
    long ntokens, ncontexts, nvalues, base;
    ck_map tokens, contexts, values; /* name to number + 1 */
    const char *text; /* its bytes, for the digest */
    size_t len;
} ck_instance;

/* Reads it, or refuses with [instance]. */
void ck_instance_read(ck_instance *in, ck_reader *r);
/* The value of a given; NULL if there is none of that name. */
const ck_value_of *ck_instance_value(const ck_instance *in, const char *name);
/* The number of x.q, or -1. */
long ck_instance_concat(const ck_instance *in, long x, const ck_value_of *query);

#endif
