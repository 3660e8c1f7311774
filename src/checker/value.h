/* Values of terms, bases of spaces and what is remembered: witness-format.md, 3 and 4. */
#ifndef CK_VALUE_H
#define CK_VALUE_H

#include "instance.h"

/* An instance of a linear unknown. */
typedef struct {
    long id, rows, cols;
    const char *rdim, *cdim; /* as printed; for indices of vectors */
    ck_mat *value;           /* NULL: it has none */
    ck_mat *basis;           /* of its domain in %S; else NULL */
    long first, count;       /* its coordinates */
} ck_unknown;

typedef struct ck_env {
    const struct ck_env *up;
    long k, at;       /* element, column number, or id of the unknown */
    ck_mat *basis;    /* of a vec */
    const char *rdim; /* of a vec */
    ck_unknown *unk;
} ck_env;

typedef struct {
    long n, *at, *index; /* elements; position of an element, or -1 */
} ck_elements;

typedef struct {
    ck_reader *r;
    const ck_statement *s;
    ck_instance in;
    long *dim;      /* of a given dim, by its number */
    bool *heavy;    /* of a node: worth remembering, or reads facts */
    ck_map known;   /* what is remembered */
    ck_map sets;
    long ids;       /* of unknowns, bases and branches */
    long branch;    /* the one that overrides belong to; 0: none */
} ck_state;

typedef enum { CK_K_VALUE, CK_K_BASIS, CK_K_TRUE, CK_K_FALSE, CK_K_OVER } ck_what;

/* The place of what is known about a node in an environment. */
void **ck_known(ck_state *c, ck_what what, const ck_node *n, const ck_env *env);
const ck_env *ck_env_find(const ck_env *env, long k);
/* Does the node mention an unknown without a value? */
bool ck_open(const ck_node *n, const ck_env *env);

void ck_fit(ck_state *c);
long ck_dim(ck_state *c, const char *dim);
const ck_elements *ck_set(ck_state *c, const char *set);
long ck_element(ck_state *c, const ck_node *n, const ck_env *env);
/* Position of the element x in the index set of the vector t. */
long ck_position(ck_state *c, const ck_node *t, const ck_node *x, const ck_env *env);

typedef struct {
    long n[2];
    const char *dim[2];
} ck_shape;
ck_shape ck_shape_of(ck_state *c, const ck_node *n, const ck_env *env);

const char *ck_ambient(ck_state *c, const ck_node *space, const ck_env *env);

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env); /* drop it */
ck_mat *ck_basis(ck_state *c, const ck_node *s, const ck_env *env); /* remembered */

/* The next line must be `kind KEY`. */
void ck_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env);
/* The generators of a `sol`, by the fact kernel: section 7. */
ck_mat *ck_solutions(ck_state *c, const ck_node *s, const ck_env *env);
ck_unknown *ck_unknown_new(ck_state *c, const ck_node *binder, const ck_env *env);

void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v);
void ck_refute(ck_state *c, const ck_node *ex, const ck_env *env);

#endif
