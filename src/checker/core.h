/* The core: nodes, the rewriting rules, numbering, printing (language.md, 5 and 7). */
#ifndef CK_CORE_H
#define CK_CORE_H

#include "ck.h"

/*
 * name; how it is printed: k number, n name, d DOM, 0 and 1 arguments; the rule by which a
 * term with linear unknowns has a degree and a form:
 *   u is one   + sum   * product   0, 1 as that argument   b as the body over the set
 *   p projection   - none
 * and whether evaluating it takes no fact and little time, if its arguments do.
 */
#define CK_OPS(X)                                                                                  \
    X(VAR, "var", "k", '-', 1)                                                                     \
    X(BASE, "base", "", '-', 1) X(PAR, "par", "n", '-', 1) X(CAT, "cat", "0n", '-', 1)             \
        X(RAT, "rat", "n", '-', 1) X(SIZE, "size", "n", '-', 1) X(F, "f", "n0", '-', 1)            \
            X(G, "g", "n0", '-', 1) X(ADD, "add", "01", '+', 1) X(SCALE, "scale", "01", '*', 1) X( \
                MUL, "mul", "01", '*', 1) X(DOT, "dot", "01", '*', 1) X(TR, "tr", "0", '0', 1)     \
                X(IDX, "idx", "01", '0', 1) X(ID, "id", "n", '-', 1) X(SUM, "sum", "kn1", 'b', 0)  \
                    X(COLS, "cols", "kn1", 'b', 0) X(PROJ, "proj", "01", 'p', 0)                   \
                        X(DIM, "dim", "0", '-', 0) X(GENS, "gens", "0", '-', 0)                    \
                            X(SPAN, "span", "0", '-', 0) X(JOIN, "join", "01", '-', 0)             \
                                X(SOL, "sol", "kd1", '-', 0) X(UNK, "unk", "k", 'u', 1)            \
                                    X(VEC, "vec", "k", 'u', 1) X(TRUE, "true", "", '-', 1)         \
                                        X(EQ, "eq", "01", '-', 1) X(ZERO, "zero", "0", '-', 1)     \
                                            X(LE, "le", "01", '-', 1) X(LT, "lt", "01", '-', 1)    \
                                                X(SAME, "same", "01", '-',                         \
                                                  1) X(WITHIN, "within", "01", '-',                \
                                                       0) X(NOT, "not", "0", '-',                  \
                                                            1) X(AND, "and", "01", '-', 0)         \
                                                    X(OR, "or", "01", '-', 0)                      \
                                                        X(ALL, "all", "kn1", '-', 0)               \
                                                            X(ANY, "any", "kn1", '-', 0)           \
                                                                X(ALLIN, "allin", "k01", '-', 0)   \
                                                                    X(EX, "ex", "kd1", '-', 0)
#define CK_OP_ID(id, name, print, form, light) CK_##id,
typedef enum { CK_OPS(CK_OP_ID) } ck_op;

typedef struct {
    const char *name, *print;
    char form;
    bool light;
} ck_op_row;
extern const ck_op_row ck_op_table[];

/* A variable that a node mentions and does not bind. */
typedef struct {
    long k;
    ck_op op; /* CK_VAR, CK_UNK or CK_VEC */
} ck_free_var;

/*
 * While a statement is elaborated, k is a number that no other binder has; ck_finish
 * replaces it by the number of language.md 5.2, which a binder keeps in `num`.
 */
typedef struct ck_node {
    ck_op op;
    long k; /* var, unk, vec and binders; else -1 */
    /* interned: a name, SET, DIM, rational; of ex and sol the word and dimensions of DOM; of
       var, unk, vec the type; a name or type is followed by its dimensions */
    const char *t[3];
    const struct ck_node *a[2]; /* a binder has its space in a[0], its scope in a[1] */
    long num, top;              /* number of this binder; the largest in this node; -1 */
    long size, depth;
    ck_free_var *free;
    long nfree;
    long id; /* as printed */
} ck_node;

typedef struct {
    ck_map nodes;
    long fresh;
    long *num; /* of finished binders, by k */
    long nnum;
    void (*too_large)(void *); /* a tree above 1,000,000 nodes or 5,000 deep */
    void *arg;
    const ck_node **order; /* as printed */
    long norder;
} ck_core;

/* The node equal to this one; of its members op, k, t, a. */
const ck_node *ck_node_make(ck_core *c, ck_node n);
const ck_node *ck_make(ck_core *c, ck_op op, const ck_node *a0, const ck_node *a1);
const ck_node *ck_named(ck_core *c, ck_op op, const char *name, const ck_node *a0);
const ck_node *ck_bind(ck_core *c, ck_node n);
/* With the rules of 5.1. */
const ck_node *ck_make_mul(ck_core *c, const ck_node *a, const ck_node *b);
const ck_node *ck_make_not(ck_core *c, const ck_node *p);
const ck_node *ck_make_within(ck_core *c, const ck_node *t, const ck_node *s);

bool ck_mentions(const ck_node *n, long k); /* n may be NULL */
/* The node with final numbers, made in `to` and numbered in the printed order. */
const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n);
void ck_print_node(ck_text *out, const ck_node *n);

/* 6.2: does an unknown k of the binder with this scope occur where it may not? */
bool ck_alternates(const ck_node *scope, long k, bool odd);
/* 6.3 (sol) and 6.4 (allin): is the scope homogeneous linear in k? */
bool ck_homogeneous(const ck_node *scope, long k, bool sol);

#endif
