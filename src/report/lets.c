/*
 * The `let`s of a statement, with no instance at hand.
 */
#include "report/clause.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LET = 400 };

bool
aon_mark_let(aon_buf *out, const aon_report_names *names, size_t i)
{
    const aon_core *core = names->name[i].core;
    const aon_report_names before = {names->name, i};
    aon_eval ev;

    if (strchr(names->name[i].text, '(') != NULL)
        return false; /* M(m): a name of the library */
    memset(&ev, 0, sizeof ev);
    ev.core = core;
    ev.env = aon_xcalloc(core->nvars + 1, sizeof *ev.env);
    for (uint32_t k = 0; k < core->nvars; k++)
        ev.env[k].v = -1; /* a variable stands for itself */
    aon_buf_putc(out, AON_MARK_MATH);
    aon_buf_printf(out, "%s := ", names->name[i].text);
    aon_report_marked_term(out, &ev, &before, core->term, MAX_LET);
    aon_buf_putc(out, AON_MARK_MATH_END);
    free(ev.env);
    return true;
}
