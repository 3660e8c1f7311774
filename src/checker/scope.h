/* Cells of a scope, codes of instances, the group: docs/search.md, sections 1 to 5. */
#ifndef CK_SCOPE_H
#define CK_SCOPE_H

#include "check.h"

/* Sizes above CK_MAX_SIDE are out of resources; an axis has contexts and tokens at most. */
enum { CK_MAX_SIDE = 8, CK_MAX_AXIS = 2 * CK_MAX_SIDE, CK_MAX_EQUATIONS = 16, CK_MAX_ALL = 4 };

/* How an element of the group moves an index: i gets what was at from[i], negated or not. */
typedef struct {
    unsigned char from[CK_MAX_AXIS];
    bool minus[CK_MAX_AXIS];
} ck_move;

/* What an index runs through; the factors of the group have all their elements. */
typedef struct {
    const char *name;
    long size, n, at;
    bool used; /* of a dimension: some item has it */
    ck_move now, *all;
} ck_axis;

/* The subspaces that grid vectors span, in order. */
typedef struct {
    long n, vectors, dims;
    struct ck_space {
        char *members; /* by code of the vector */
        long dim, gen[CK_MAX_SIDE];
    } * space;
    ck_map number; /* members to number + 1 */
} ck_spaces;

typedef struct {
    const ck_given *given;
    char kind;         /* m model, v scalar vector or matrix, S subspace, e element, s set */
    ck_axis *axis[2];  /* of the digits, row by row */
    long base, n;      /* of digits */
    int *digit, *last; /* of this representative and of the one before */
    ck_spaces spaces;
    int *image; /* of a subspace: its number under the moves of its dimension */
} ck_code;

enum { CK_X, CK_Y, CK_POSITIONS, CK_XBITS, CK_YBITS, CK_XQ, CK_ONE, CK_DIMS, CK_MAX_AXES = 64 };

typedef struct {
    const ck_statement *s;
    const char *query; /* or NULL */
    long radius, n, k, nchains, naxes, nitems;
    const long *shape, *chain;
    bool more[CK_MAX_SIDE]; /* is there an x.q? */
    ck_axis axis[CK_MAX_AXES];
    ck_code *item;
} ck_cell;

/* A hypothesis with equations between two models. */
typedef struct {
    const ck_root *root;
    const char *model[2]; /* the earlier item first */
    struct ck_equation {
        const ck_node *side[2];
        const ck_node *all[CK_MAX_ALL]; /* outermost first */
        long nall;
    } eq[CK_MAX_EQUATIONS];
    long n;
} ck_scope_join;

/* False: the statement has no scopes. */
bool ck_cell_items(ck_cell *cell);
void ck_cell_group(ck_cell *cell, mpz_t order); /* and the subspaces */
void ck_cell_size(mpz_t size, ck_state *k, ck_cell *cell, const ck_scope_join *join, long njoins);
/* The digits of a code; false if it is not below the number of codes. */
bool ck_code_decode(ck_code *item, mpz_t code);
bool ck_joined(ck_state *c, const ck_scope_join *join, long njoins); /* are the keys equal? */
/* The number of elements that fix the representative; does one make it smaller? */
long ck_cell_stabiliser(ck_cell *cell, bool *least);
/* The instance that the digits stand for. */
void ck_cell_state(ck_state *out, ck_state *k, const ck_cell *cell);
/* The joins of the hypotheses that are left; their number. */
long ck_find_joins(const ck_state *k, ck_scope_join **out);

#endif
