/*
 * The syntax tree of a file (docs/language.md, 2).  Lives in one arena; immutable after
 * parsing, except that the name check writes expr.def.
 *
 * Chains of operators of one level are one node with many arguments, so the depth of a
 * tree is bounded by the nesting limit.  Parentheses leave no node.
 */
#ifndef AON_LANG_AST_H
#define AON_LANG_AST_H

#include "lang/core.h"
#include "lang/lex.h"

typedef struct aon_expr aon_expr;
typedef struct aon_def aon_def;
typedef struct aon_library aon_library;

typedef struct {
    const aon_sym *sym;
    aon_span span;
} aon_ident;

/* X, Y or a name, optionally / query */
typedef struct {
    aon_tok_kind base; /* TOK_X, TOK_Y, TOK_NAME */
    aon_ident name;    /* sym only for TOK_NAME */
    aon_ident query;   /* sym NULL if none */
    aon_span span;
} aon_set_ast;

typedef enum { DIMA_INT, DIMA_NAME, DIMA_MEMBER, DIMA_COUNT } aon_dim_ast_kind;

typedef struct {
    aon_dim_ast_kind kind;
    uint32_t value;
    aon_ident name; /* DIMA_NAME; DIMA_MEMBER: the model */
    aon_set_ast set;
    aon_span span;
} aon_dim_ast;

typedef struct {
    aon_ident *name;
    size_t nnames;
    bool is_lin;
    aon_tok_kind lin; /* TOK_SCALAR, TOK_VECTOR, TOK_MATRIX */
    aon_dim_ast dim[2];
    aon_expr *domain; /* unless is_lin */
    aon_span span;    /* of the domain */
} aon_bind;

typedef enum {
    EX_NUM,
    EX_NAME,
    EX_BASE,
    EX_SET,
    EX_COUNT,
    EX_CALL,
    EX_BUILTIN,
    EX_ANGLE,
    EX_BUILDER,
    EX_SPAN,
    EX_SUM,
    EX_QUANT,
    EX_NOT,
    EX_NEG,
    EX_REL,
    EX_ADD,
    EX_MUL,
    EX_AND,
    EX_OR,
    EX_IMP,
    EX_IFF,
    EX_LABEL,
    EX_POST
} aon_expr_kind;

typedef enum { POST_F, POST_G, POST_QUERY, POST_DIM, POST_INDEX } aon_post_kind;

typedef struct {
    aon_post_kind kind;
    aon_ident name; /* POST_QUERY */
    aon_expr *arg;  /* POST_F, POST_G, POST_INDEX */
    aon_span span;
} aon_post;

struct aon_expr {
    aon_expr_kind kind;
    aon_tok_kind op; /* EX_REL, EX_BUILTIN; EX_QUANT: TOK_FORALL, TOK_EXISTS */
    aon_span span;
    uint32_t nest;     /* open constructs around it */
    bool literal_zero; /* the token `0` */
    const char *text;  /* EX_NUM: lowest terms */
    aon_ident name;    /* EX_NAME, EX_CALL, EX_LABEL */
    aon_set_ast *set;  /* EX_SET, EX_COUNT */
    aon_expr **arg;    /* operands; the body of a binder */
    aon_tok_kind *ops; /* EX_ADD: the sign before operand i, from 1 */
    size_t nargs;
    aon_bind *bind;
    size_t nbinds;
    aon_post *post; /* EX_POST: suffixes of arg[0] */
    size_t nposts;
    const aon_def *def; /* EX_CALL inside a library: what it calls, once checked */
};

/* def, or report (name.sym NULL, label set) */
struct aon_def {
    aon_ident name;
    aon_ident *param;
    size_t nparams;
    aon_expr *body;
    const aon_library *lib;
    const char *label; /* report */
    aon_span span;
    uint32_t index;    /* position in its library */
    bool bad;          /* an error in it has been reported */
    aon_ident *labels; /* of conjuncts; filled by the name check */
    size_t nlabels;
    /* What a call counts for, filled by the name check: calls, itself included, at most one
     * more than the limit; of the calls inside, the largest sum of (nesting + 1). */
    uint32_t calls, chain;
};

struct aon_library {
    aon_ident name;
    uint32_t version;
    aon_def *def; /* defs and reports in order */
    size_t ndefs;
    size_t order; /* position in its file */
    bool checked;
};

typedef enum {
    IT_CITE,
    IT_NOTE,
    IT_USE,
    IT_GIVEN,
    IT_LET,
    IT_ASSUME,
    IT_SHOW,
    IT_EXPECT
} aon_item_kind;

typedef struct {
    aon_tok_kind kind; /* the sort's word */
    aon_dim_ast dim[2];
    aon_span span;
} aon_sort_ast;

/* A variant: `without names`, ...; drop holds pairs D, l in name. */
typedef struct {
    enum { VAR_WITHOUT, VAR_WEAKEN, VAR_ONLY, VAR_DROP } kind;
    aon_ident *name;
    size_t nnames;
} aon_variant_ast;

typedef struct {
    aon_variant_ast *variant;
    size_t nvariants;
    aon_outcome outcome;
    aon_ident because;
    const char *on;
    aon_ident *name;
    size_t nnames;
    uint32_t *shape;
    size_t nshape;
} aon_expect_ast;

typedef struct {
    aon_item_kind kind;
    aon_span span;
    const char *text; /* cite, note */
    aon_ident name;   /* use, let, assume, show */
    uint32_t version; /* use */
    aon_ident *names; /* given */
    size_t nnames;
    aon_sort_ast sort; /* given */
    aon_expr *body, *weaken;
    aon_span body_span; /* all of body */
    aon_expect_ast *expect;
} aon_item;

typedef struct {
    aon_ident name;
    aon_item *item;
    size_t nitems;
    size_t order; /* position in its file */
    aon_span span;
} aon_stmt;

typedef struct {
    const aon_source *src;
    aon_library *lib;
    size_t nlibs;
    aon_stmt *stmt;
    size_t nstmts;
    size_t nparts; /* libraries and statements together; their `order` is below */
} aon_file;

/* Copy of n items of a heap vector in the arena; the vector is freed. */
void *aon_keep_list(aon_arena *a, void *items, size_t n, size_t size);

#endif
