/*
 * What bound variables are called: a letter that names nothing else.
 */
#include "report/report.h"

#include <inttypes.h>
#include <string.h>

static const char bound_tokens[] = "yzwst", bound_contexts[] = "xzwsu",
                  bound_scalars[] = "btcsr", bound_vectors[] = "vuwzp",
                  bound_matrices[] = "ACBKL";

/* Does this name say something else in what the reader sees? */
static bool
is_taken(const aon_eval *ev, const aon_report_names *names, bool element, const char *s)
{
    const aon_instance *in = element ? ev->in : NULL; /* m.g(b) is no b*v */

    for (size_t i = 0; i < ev->core->ngiven; i++)
        if (strcmp(ev->core->given[i].name, s) == 0)
            return true;
    for (size_t i = 0; names != NULL && i < names->n; i++)
        if (strcmp(names->name[i].text, s) == 0)
            return true;
    for (size_t i = 0; in != NULL && i < in->ntokens; i++)
        if (strcmp(in->token[i], s) == 0)
            return true;
    for (size_t i = 0; in != NULL && i < in->ncontexts; i++)
        if (strcmp(in->context[i], s) == 0)
            return true;
    return false;
}

/* The first of these letters, with the number, that names nothing else; with as many primes
 * as it takes. */
static void
put_bound(aon_buf *out, const aon_eval *ev, const aon_report_names *names,
          const char *letters, uint32_t number)
{
    const bool element = letters == bound_tokens || letters == bound_contexts;
    aon_buf s, tail; /* what comes after the letter */
    bool taken = true;

    aon_buf_init(&s);
    aon_buf_init(&tail);
    if (number > 0)
        aon_buf_printf(&tail, "%" PRIu32, number);
    for (; taken; aon_buf_putc(&tail, '\''))
        for (const char *c = letters; *c != '\0' && taken; c++) {
            aon_buf_reset(&s);
            aon_buf_printf(&s, "%c%s", *c, tail.s);
            taken = is_taken(ev, names, element, s.s);
        }
    aon_buf_puts(out, s.s);
    aon_buf_clear(&tail);
    aon_buf_clear(&s);
}

void
aon_report_bound(aon_buf *out, const aon_eval *ev, const aon_report_names *names,
                 const aon_node *n)
{
    const char *letters = n->type.kind == AON_T_TOKEN     ? bound_tokens
                          : n->type.kind == AON_T_CONTEXT ? bound_contexts
                          : n->op == AON_VEC              ? bound_vectors
                          : n->type.kind == AON_T_SCALAR  ? bound_scalars
                          : n->type.kind == AON_T_VECTOR  ? bound_vectors
                                                          : bound_matrices;

    put_bound(out, ev, names, letters, n->var);
}

void
aon_report_variable(aon_buf *out, const aon_eval *ev, const aon_report_names *names,
                    const aon_node *n)
{
    const bool over_set =
        n->op == AON_SUM || n->op == AON_COLS || n->op == AON_ALL || n->op == AON_ANY;
    const char *letters = bound_vectors;

    if (over_set)
        letters = n->set.tokens ? bound_tokens : bound_contexts;
    else if (n->op != AON_ALLIN && n->dom == AON_DOM_SCALAR)
        letters = bound_scalars;
    else if (n->op != AON_ALLIN && n->dom == AON_DOM_MATRIX)
        letters = bound_matrices;
    put_bound(out, ev, names, letters, n->var);
}
