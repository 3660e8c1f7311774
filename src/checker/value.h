/* The instance, values, bases and what is remembered: witness-format.md, 3 and 4. */
#ifndef CK_VALUE_H
#define CK_VALUE_H

#include "elab.h"
#include "mat.h"

enum { CK_INSTANCE_DIGITS = 100000, CK_MAX_DIM = 1000000 };

/* A set of elements: those of X, Y or a given in order; the place of an element, from 1, or 0. */
typedef struct {
    long n, *at, *place;
} ck_elements;

typedef struct {
    const char *name, *sort; /* the word of the statement's sort */
    long d[2];               /* declared numbers */
    ck_mat *a, *b;           /* a: value, generators as columns, f; b: g */
    long element;            /* of a token or context */
    const char *sequence;    /* of a query: tokens, a space before each; interned */
    ck_elements set;
} ck_given_value;

/* An instance of a linear unknown. */
typedef struct {
    long id, rows, cols;
    ck_mat *value;     /* NULL: it has none */
    ck_mat *basis;     /* of its domain in %S; else NULL */
    long first, count; /* its coordinates */
} ck_unknown;

typedef struct ck_env {
    const struct ck_env *up;
    long k, at;    /* element, column number, or id of the unknown */
    ck_mat *basis; /* of a vec */
    ck_unknown *unk;
} ck_env;

typedef struct {
    ck_reader *r;
    const ck_statement *s;
    const char **token, **context, **sequence; /* context: names; interned */
    long ntokens, ncontexts, base;
    ck_map tokens, contexts, sequences; /* to number + 1 */
    ck_map values;                      /* by name */
    const char *text;                   /* of the instance */
    size_t bits;                        /* of its denominators, once for each entry */
    long empty;                         /* dimensions of its subspaces without generators */
    ck_map dims;                        /* of given dims: name to number + 1 */
    ck_map sets;
    bool *remember; /* of a node: it may read facts, or is asked for again */
    ck_map known;   /* what is remembered */
    long ids;       /* of unknowns, bases and branches */
    long branch;    /* the one that overrides belong to; 0: none */
} ck_state;

void ck_instance_read(ck_state *c); /* from its first line on; and fits it to the statement */
long ck_dim(ck_state *c, const char *dim);
const ck_elements *ck_set(ck_state *c, const char *set);
const ck_given_value *ck_given_find(ck_state *c, const char *name);
/* The number of x.q, or -1. */
long ck_concat(ck_state *c, long x, const char *query);

typedef enum { CK_K_VALUE, CK_K_BASIS, CK_K_TRUE, CK_K_FALSE, CK_K_OVER, CK_K_FORM } ck_what;
/* The place of what is known about a node in an environment. */
void **ck_known(ck_state *c, ck_map *m, ck_what what, const ck_node *n, const ck_env *env);
const ck_env *ck_env_find(const ck_env *env, long k);
const ck_env *ck_env_new(const ck_env *up, ck_env with);
/* Does the node mention an unknown without a value? */
bool ck_open(const ck_node *n, const ck_env *env);
/* The cases of `and or all any allin`: numbers of arguments, elements of the set, columns of
   the basis, all below `end`. Every one must hold, or one. */
typedef struct {
    const ck_elements *set;
    ck_mat *basis;
    long n, end;
    bool every;
} ck_cases;
ck_cases ck_cases_of(ck_state *c, const ck_node *p, const ck_env *env);
const ck_node *ck_case(const ck_node *p, long at);
long ck_element(ck_state *c, const ck_node *n, const ck_env *env);
/* Row number of the element x in the vector t. */
long ck_position(ck_state *c, const ck_node *t, const ck_node *x, const ck_env *env);
ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env);
ck_mat *ck_basis(ck_state *c, const ck_node *s, const ck_env *env);
/* The next line must be `kind KEY`. */
void ck_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env);
/* The unknown that `ex` or `sol` binds. */
ck_unknown *ck_unknown_new(ck_state *c, const ck_node *binder, const ck_env *env);
/* The generators of a `sol`, by the fact kernel: section 7. */
ck_mat *ck_solutions(ck_state *c, const ck_node *s, const ck_env *env);
void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v);
void ck_refute(ck_state *c, const ck_node *ex, const ck_env *env);

#endif
