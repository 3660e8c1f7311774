/* Text of a .aon file to statements: language.md, sections 1 to 8. */
#ifndef CK_ELAB_H
#define CK_ELAB_H

#include "ck.h"

/* ---- the core: nodes, numbering, printing (language.md, 5 and 7) ---- */

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

/* The node with final numbers, made in `to` and numbered in the printed order. */
const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n);
void ck_print_node(ck_text *out, const ck_node *n);

/* 6.2: does an unknown k of the binder with this scope occur where it may not? */
bool ck_alternates(const ck_node *scope, long k, bool odd);
/* 6.3 (sol) and 6.4 (allin): is the scope homogeneous linear in k? */
bool ck_homogeneous(const ck_node *scope, long k, bool sol);

/* ---- what a statement says ---- */

typedef struct {
    const char *name, *sort; /* sort: its word in the language */
    const char *d[2];        /* dimensions as printed */
} ck_given;

typedef struct {
    char word; /* a assume, w its weaken formula, s show */
    const char *name;
    const ck_node *node;
} ck_root;

typedef struct {
    const char *name;
    const char **use; /* "NAME VERSION" */
    long nuses;
    ck_given *given;
    long ngivens;
    ck_root *root; /* hypotheses first */
    long nroots;
    const char *missing; /* "D.l" that was to be dropped and is not there, or NULL */
    ck_core core;
} ck_statement;

/* ---- files ---- */

typedef struct ck_tok {
    char kind;        /* n NAME, i INT, r RAT, s STR, k sign or reserved word, 0 end */
    const char *text; /* interned; Greek letters and aliases replaced */
    size_t at;
    const char *path, *file; /* name and text of the file */
    long count;              /* of a called name: arguments */
} ck_tok;

/* def or report; the parameters have a comma between them. */
typedef struct {
    const char *name;
    ck_tok *param, *body;
    long nparams;
    const char **label; /* of its conjuncts */
    long nlabels;
} ck_def;

typedef struct {
    bool library;
    const char *name, *version;
    ck_tok *at, *first; /* its name, its first item */
    ck_def **def;
    long ndefs;
} ck_unit;

typedef struct {
    ck_unit *unit;
    long nunits;
    const char *path;
    const char **libdir;
    long nlibdirs;
    ck_map libraries; /* files, by name */
} ck_program;

/* A line FILE:LINE:COL: error: .. [slug] that ends the run. */
_Noreturn void ck_error(const ck_tok *t, const char *slug, const char *fmt, ...) CK_PRINTF(3, 4);
/* The tokens, one of kind 0 at the end. */
ck_tok *ck_lex(const char *path, const char *text, size_t len);
/* Reads and checks a whole file. */
void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs);
/* A statement without the conjuncts dropped ("D.l"). */
void ck_elaborate(ck_program *p, const ck_unit *unit, const char **drop, long ndrops,
                  ck_statement *out);
void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops);

/* ---- between elab.c (expressions) and program.c (items) ---- */

/* s scalar, v vector, m matrix, S subspace, t token, x context, X set, q query, M model,
   f formula, d dim (a sort only); 0: nothing known */
typedef struct {
    char kind;
    char mark; /* 0 a literal 0, d a dropped conjunct */
    const ck_tok *at;
    const ck_node *node;
    const char *d, *e;              /* dimensions; d of a scalar: the dim that it is, or NULL */
    const char *name;               /* of a query or model */
    const char *set, *base, *query; /* a set; of an element: the set it is bound over */
    const char *cat;                /* of x.q: the set S with x in S/q */
    bool tokens;                    /* a set of them */
} ck_val;

typedef struct ck_scope {
    const char *name;
    ck_val val;
    struct ck_scope *up;
} ck_scope;

/* How far a reading goes: grammar; names, arities and labels too; types and nodes too. */
typedef enum { CK_GRAMMAR, CK_NAMES, CK_TYPES } ck_pass;

typedef struct {
    ck_pass pass;
    ck_tok *t; /* the next token */
    int nesting;
    ck_scope *scope;
    ck_def **def; /* visible */
    long ndefs;
    ck_def *inside; /* the definition whose body is read, or NULL */
    const char **drop;
    long ndrops;
    long depth; /* of a chain of calls */
    ck_core *core;
    ck_program *program;
    const ck_unit *unit;
    ck_statement *out;
} ck_elab;

bool ck_is(const ck_tok *t, const char *word); /* a sign or reserved word */
bool ck_accept(ck_elab *c, const char *word);
void ck_need(ck_elab *c, const char *word);
ck_tok *ck_need_kind(ck_elab *c, char kind, const char *wanted);
ck_tok *ck_need_name(ck_elab *c);
ck_tok *ck_need_small(ck_elab *c); /* an INT of at most 9 digits */
_Noreturn void ck_unexpected(const ck_elab *c, const char *wanted);
/* A name that is in scope already is an error. */
void ck_declare(ck_elab *c, const ck_tok *name, ck_val v);
ck_tok *ck_new_name(ck_elab *c);
long ck_names(ck_elab *c, bool bound);   /* new ones; their number */
ck_val ck_sort(ck_elab *c, bool linear); /* kind 0: none is here */
ck_val ck_elab_given(ck_elab *c, const char *name, ck_val sort);
ck_val ck_expr(ck_elab *c);
ck_val ck_fits(ck_val v, const char *kinds);

#endif
