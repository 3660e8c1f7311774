/* Inside the parser: what parse.c (expressions) gives to units.c (items and files). */
#ifndef CK_PARSE_H
#define CK_PARSE_H

#include "syntax.h"

typedef struct {
    const ck_source *src;
    long pos;
    int nesting;
} ck_parser;

ck_tok *ck_tok_at(ck_parser *p, long ahead);
bool ck_is(ck_parser *p, const char *what);
bool ck_accept(ck_parser *p, const char *what);
void ck_need(ck_parser *p, const char *what);
const char *ck_need_name(ck_parser *p);
/* An INT that is a dimension, a version or a size. */
const char *ck_need_small(ck_parser *p);
const char *ck_need_kind(ck_parser *p, char kind, const char *wanted);
_Noreturn void ck_unexpected(ck_parser *p, const char *wanted);
ck_ast *ck_parse_name(ck_parser *p);
ck_ast *ck_parse_sort(ck_parser *p);
ck_ast *ck_parse_expr(ck_parser *p);

#endif
