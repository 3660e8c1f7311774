/*
 * Names for terms: the same core, written shorter.
 *
 * A closed term is numbered the same wherever it stands (docs/language.md, 5.2), so two
 * nodes of different cores can be compared as they are.
 */
#include "report/report.h"

#include <string.h>

static bool
same_node(const aon_core *a, aon_ref i, const aon_core *b, aon_ref j, int *budget)
{
    const aon_node *p = &a->node[i], *q = &b->node[j];

    if (--*budget < 0 || p->op != q->op || p->nargs != q->nargs || p->var != q->var ||
        p->dom != q->dom || !aon_text_equal(p->name, q->name) ||
        !aon_set_equal(&p->set, &q->set) || !aon_dim_equal(&p->dim, &q->dim) ||
        !aon_dim_equal(&p->dom_rows, &q->dom_rows) ||
        !aon_dim_equal(&p->dom_cols, &q->dom_cols))
        return false;
    for (unsigned k = 0; k < p->nargs; k++)
        if (!same_node(a, p->arg[k], b, q->arg[k], budget))
            return false;
    return true;
}

const char *
aon_report_name_of(const aon_report_names *names, const aon_core *core, aon_ref node)
{
    const aon_node *n = &core->node[node];

    if (names == NULL || n->nfree_fin + n->nfree_unk > 0 ||
        (n->type.kind > AON_T_SPACE && n->type.kind != AON_T_FORMULA) || n->nargs == 0)
        return NULL;
    for (size_t i = 0; i < names->n; i++) {
        int budget =
            2000; /* shared nodes count each time, and there may be 2^n of them */

        if (same_node(core, node, names->name[i].core, names->name[i].core->term,
                      &budget))
            return names->name[i].text;
    }
    return NULL;
}
