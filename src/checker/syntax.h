/* Text of a .aon file to tokens and trees: language.md, sections 1 and 2. */
#ifndef CK_SYNTAX_H
#define CK_SYNTAX_H

#include "ck.h"

typedef struct {
    char kind;        /* n NAME, i INT, r RAT, s STR, k sign or reserved word, 0 end */
    const char *text; /* interned; Greek letters and aliases replaced */
    size_t at;
} ck_tok;

typedef struct {
    const char *path, *text;
    size_t len;
    ck_tok *tok;
    long ntok;
} ck_source;

/* FILE:line:col: error: message [slug], thrown */
_Noreturn void ck_error(const ck_source *src, size_t at, const char *slug, const char *fmt, ...)
    CK_PRINTF(4, 5);
void ck_lex(void *source); /* for ck_try; a ck_source */

typedef enum {
    A_NAME,
    A_RAT,
    A_SET,
    A_CARD,
    A_BASE,
    A_CALL,
    A_BUILTIN,
    A_DOT,
    A_BUILDER,
    A_SPAN,
    A_SUM,
    A_F,
    A_G,
    A_CAT,
    A_MDIM,
    A_INDEX,
    A_NEG,
    A_MUL,
    A_ADD,
    A_SUB,
    A_CAP,
    A_REL,
    A_NOT,
    A_AND,
    A_OR,
    A_IMP,
    A_IFF,
    A_QUANT,
    A_LABEL,
    A_BIND,
    A_SORT
} ck_ast_op;

typedef struct ck_ast {
    ck_ast_op op;
    size_t at;
    const char *name, *name2; /* name2: the query of a set */
    struct ck_ast **kid;      /* a binder's body and a bind's domain come last */
    long n, depth;
    int nesting; /* at its place */
} ck_ast;

/* One name in an expect line, and what it must be. */
typedef struct {
    char role; /* a hypothesis, w hypothesis with weaken, s conclusion, d definition.label */
    const char *name;
    size_t at;
} ck_mention;

typedef struct {
    char word; /* first letter: def report cite note use given let assume show expect */
    size_t at;
    const char *name, *error; /* error: the item could not be read */
    ck_ast **names;           /* of given; parameters of def and report */
    long nnames;
    ck_ast *sort, *expr, *weaken;
    const char *version;
    ck_mention *mention;
    long nmentions;
} ck_item;

typedef struct {
    bool library;
    const char *name, *version, *error;
    size_t at;
    ck_item *item;
    long nitems;
    const ck_source *src;
} ck_unit;

/* The units of a file; syntax errors stand in their items and units. */
ck_unit *ck_parse(const ck_source *src, long *n);

/* ---- between parse.c (expressions) and units.c (items and files) ---- */

typedef struct {
    const ck_source *src;
    long pos;
    int nesting;
    ck_unit *unit;
    ck_item *item;
} ck_parser;

ck_tok *ck_tok_at(ck_parser *p, long ahead);
bool ck_is(ck_parser *p, const char *what);
bool ck_accept(ck_parser *p, const char *what);
void ck_need(ck_parser *p, const char *what);
const char *ck_need_name(ck_parser *p);
const char *ck_need_kind(ck_parser *p, char kind, const char *wanted);
const char *ck_need_small(ck_parser *p); /* an INT of at most 9 digits */
_Noreturn void ck_unexpected(ck_parser *p, const char *wanted);
ck_ast *ck_parse_name(ck_parser *p);
ck_ast *ck_parse_sort(ck_parser *p, bool lin); /* lin: NULL if none starts here */
ck_ast *ck_parse_expr(ck_parser *p);

#endif
