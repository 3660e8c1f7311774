/* The core: nodes, the rewriting rules, numbering, printing (language.md, 5 and 7). */
#ifndef CK_CORE_H
#define CK_CORE_H

#include "ck.h"

/* Elements, numbers and matrices, spaces, linear unknowns, formulas. */
typedef int ck_op;
enum { CK_VAR, CK_BASE, CK_PAR, CK_CAT }; /* par: also a matrix or a space */
enum { CK_RAT = CK_CAT + 1, CK_SIZE, CK_F, CK_G, CK_ADD, CK_SCALE, CK_MUL, CK_DOT, CK_TR, CK_IDX };
enum { CK_ID = CK_IDX + 1, CK_SUM, CK_COLS, CK_PROJ, CK_DIM, CK_GENS };
enum { CK_SPAN = CK_GENS + 1, CK_JOIN, CK_SOL, CK_UNK, CK_VEC };
enum { CK_TRUE = CK_VEC + 1, CK_EQ, CK_ZERO, CK_LE, CK_LT, CK_SAME, CK_WITHIN };
enum { CK_NOT = CK_WITHIN + 1, CK_AND, CK_OR, CK_ALL, CK_ANY, CK_ALLIN, CK_EX };

/* A variable that a node mentions and does not bind. */
typedef struct {
    long k;
    ck_op op; /* CK_VAR, CK_UNK or CK_VEC */
} ck_free_var;

/*
 * While a statement is elaborated, k is a number that no other binder has; ck_finish
 * replaces it by the number of language.md 5.2.
 */
typedef struct ck_node {
    ck_op op;
    long k; /* var, unk, vec and binders; else -1 */
    /* interned: a name, SET, DIM, rational; of ex and sol the word and dimensions of DOM, "in"; of
       var, unk, vec the type; a name or type, and the SET of sum and cols is followed by dimensions
       (NULL: 1) of it or of the body; of idx the SET that indexes */
    const char *t[3];
    const struct ck_node *a[2]; /* a binder has its space in a[0], its scope in a[1] */
    long top;                   /* the largest number of a binder in this node, or -1 */
    long size, depth;
    bool heavy;        /* evaluating it takes facts or much time */
    ck_free_var *free; /* increasing */
    long nfree;
    long id; /* as printed */
} ck_node;

typedef struct {
    ck_map nodes;          /* also the final number of a binder, by k, and what is finished */
    const ck_node **order; /* as printed */
    long norder;
    long fresh, calls;       /* the next k; calls of definitions */
    const struct ck_tok *at; /* where an [expansion] is found; NULL: it was looked for */
} ck_core;

/* The node equal to this one; of its members op, k, t, a. */
const ck_node *ck_node_make(ck_core *c, ck_node n);
const ck_node *ck_named(ck_core *c, ck_op op, const char *name, const ck_node *a0);
/* With the rules of 5.1 for `not`, `within` and `mul`. */
const ck_node *ck_make(ck_core *c, ck_op op, const ck_node *a, const ck_node *b);

bool ck_mentions(const ck_node *n, long k); /* n may be NULL */
/* The node with final numbers, made in `to` and numbered in the printed order. */
const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n);
void ck_print_node(ck_text *out, const ck_node *n);

/* 6.2: does an unknown k of the binder with this scope occur where it may not? */
bool ck_alternates(const ck_node *scope, long k, bool odd);
/* 6.3 (sol) and 6.4 (allin): is the scope homogeneous linear in k? */
bool ck_homogeneous(const ck_node *scope, long k, bool sol);

#endif
