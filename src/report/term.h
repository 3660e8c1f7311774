/*
 * Internal to report/: how tightly the operators of the language bind.
 */
#ifndef AON_REPORT_TERM_H
#define AON_REPORT_TERM_H

#include "lang/core.h"

/* A part that binds less than its place asks for gets parentheses. */
typedef enum {
    AON_BIND_LOOSE,
    AON_BIND_IMPLIES,
    AON_BIND_OR,
    AON_BIND_AND,
    AON_BIND_UNARY,
    AON_BIND_RELATION,
    AON_BIND_SUM,
    AON_BIND_PRODUCT,
    AON_BIND_POST
} aon_term_binding;

aon_term_binding aon_term_level(const aon_core *core, const aon_node *n);

#endif
