/*
 * Which parts of a term need parentheses.
 */
#include "report/term.h"

aon_term_binding
aon_term_level(const aon_core *core, const aon_node *n)
{
    const aon_node *p;

    switch (n->op) {
    case AON_OR:
        p = &core->node[n->arg[0]];
        return p->op == AON_NOT ? AON_BIND_IMPLIES : AON_BIND_OR;
    case AON_AND:
        return AON_BIND_AND;
    case AON_NOT:
        p = &core->node[n->arg[0]];
        return p->op == AON_EQ || p->op == AON_SAME || p->op == AON_ZERO
                   ? AON_BIND_RELATION
                   : AON_BIND_UNARY;
    case AON_ALL:
    case AON_ANY:
    case AON_ALLIN:
    case AON_EX:
        return AON_BIND_LOOSE;
    case AON_EQ:
    case AON_ZERO:
    case AON_LE:
    case AON_LT:
    case AON_SAME:
    case AON_WITHIN:
        return AON_BIND_RELATION;
    case AON_ADD:
    case AON_JOIN:
        return AON_BIND_SUM;
    case AON_SCALE:
    case AON_MUL:
    case AON_PROJ:
        return AON_BIND_PRODUCT;
    case AON_SUM:
        return AON_BIND_SUM;
    default:
        return AON_BIND_POST;
    }
}
