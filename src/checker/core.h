/* The core: nodes, the rewriting rules, numbering, printing (language.md, 5 and 7). */
#ifndef CK_CORE_H
#define CK_CORE_H

#include "ck.h"

#define CK_OPS(X)                                                                      \
    X(VAR, "var") X(BASE, "base") X(PAR, "par") X(CAT, "cat") X(RAT, "rat")            \
    X(SIZE, "size") X(F, "f") X(G, "g") X(ADD, "add") X(SCALE, "scale") X(MUL, "mul")  \
    X(DOT, "dot") X(TR, "tr") X(IDX, "idx") X(ID, "id") X(SUM, "sum") X(COLS, "cols")  \
    X(PROJ, "proj") X(DIM, "dim") X(GENS, "gens") X(SPAN, "span") X(JOIN, "join")      \
    X(SOL, "sol") X(UNK, "unk") X(VEC, "vec") X(TRUE, "true") X(EQ, "eq")              \
    X(ZERO, "zero") X(LE, "le") X(LT, "lt") X(SAME, "same") X(WITHIN, "within")        \
    X(NOT, "not") X(AND, "and") X(OR, "or") X(ALL, "all") X(ANY, "any")                \
    X(ALLIN, "allin") X(EX, "ex")
#define CK_OP_NAME(id, text) CK_##id,
typedef enum { CK_OPS(CK_OP_NAME) } ck_op;
#undef CK_OP_NAME

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
    char dom;           /* of ex and sol: s, v, m, i (in %S); else 0 */
    long k;             /* var, unk, vec and binders; else -1 */
    const char *t1, *t2; /* names, SET, DIM, rational; of var, unk, vec the type; interned */
    const struct ck_node *a[2]; /* a binder has its space in a[0], its scope in a[1] */
    long num, top;      /* number of this binder; the largest in this node; -1 */
    long size, depth;
    ck_free_var *free;
    long nfree;
    long id;            /* as printed */
} ck_node;

typedef struct {
    ck_map nodes;
    long fresh;
    long *num; /* of finished binders, by k */
    long nnum;
    void (*too_large)(void *); /* a tree above 1,000,000 nodes or 5,000 deep */
    void *arg;
} ck_core;

const ck_node *ck_node_make(ck_core *c, ck_op op, char dom, long k, const char *t1,
                            const char *t2, const ck_node *a0, const ck_node *a1);
const ck_node *ck_make(ck_core *c, ck_op op, const ck_node *a0, const ck_node *a1);
const ck_node *ck_text_node(ck_core *c, ck_op op, const char *t1, const ck_node *a0);
const ck_node *ck_bind(ck_core *c, ck_op op, char dom, long k, const char *t1,
                       const char *t2, const ck_node *a0, const ck_node *scope);
/* With the rules of 5.1. */
const ck_node *ck_make_mul(ck_core *c, const ck_node *a, const ck_node *b);
const ck_node *ck_make_not(ck_core *c, const ck_node *p);
const ck_node *ck_make_within(ck_core *c, const ck_node *t, const ck_node *s);

bool ck_binds(ck_op op);
bool ck_mentions(const ck_node *n, long k);
/* The node with final numbers, made in `to`. */
const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n);

/* Numbers the nodes below n that have none yet, in the printed order. */
typedef struct {
    const ck_node **node;
    long n;
} ck_order;
void ck_number(ck_order *o, const ck_node *n);
void ck_print_node(ck_text *out, const ck_node *n);

#endif
