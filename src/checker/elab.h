/* Text of a .aon file to statements: language.md, sections 1 to 8. */
#ifndef CK_ELAB_H
#define CK_ELAB_H

#include "core.h"

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
