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

/* Runs fn(arg). NULL, or the error line of the ck_error that ended it. */
const char *ck_try(void (*fn)(void *), void *arg);
_Noreturn void ck_error(const ck_source *src, size_t at, const char *slug,
                        const char *fmt, ...) CK_PRINTF(4, 5);
/* Reads and cuts into tokens, or ck_error. The text stays the caller's. */
void ck_lex(ck_source *src);

typedef enum {
    A_NAME, A_RAT, A_SET, A_CARD, A_BASE, A_CALL, A_BUILTIN, A_DOT, A_BUILDER, A_SPAN,
    A_SUM, A_F, A_G, A_CAT, A_MDIM, A_INDEX, A_NEG, A_MUL, A_ADD, A_SUB, A_CAP, A_REL,
    A_NOT, A_AND, A_OR, A_IMP, A_IFF, A_QUANT, A_LABEL, A_BIND, A_SCALAR, A_VECTOR,
    A_MATRIX, A_MODEL, A_SUBSPACE, A_KIND
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
    char role; /* h hypothesis, w hypothesis with weaken, c conclusion, d definition.label */
    const char *name, *label;
    size_t at;
} ck_mention;

typedef struct {
    char word; /* d def, r report, c cite or note, u use, g given, l let, a assume,
                  s show, e expect */
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

#endif
