/*
 * The two sides of an implication or equivalence, as they were written.
 */
#include "report/why.h"

#include <string.h>

/* Where the only arrow outside all brackets begins; len: no such arrow. */
static size_t
find_arrow(const char *s, size_t len, size_t *arrow)
{
    size_t at = len;
    int depth = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        if (strchr("([{", s[i]) != NULL)
            depth++;
        if (strchr(")]}", s[i]) != NULL)
            depth--;
        if (depth != 0 || s[i] != '-' || s[i + 1] != '>')
            continue;
        if (at < len)
            return len;
        *arrow = i > 0 && s[i - 1] == '<' ? 3 : 2;
        at = i + 2 - *arrow;
    }
    return at;
}

static const aon_node *
implication(const aon_core *core, aon_ref node, aon_ref *p, aon_ref *q)
{
    const aon_node *n = &core->node[node];

    if (n->op != AON_OR || core->node[n->arg[0]].op != AON_NOT)
        return NULL;
    *p = core->node[n->arg[0]].arg[0];
    *q = n->arg[1];
    return n;
}

void
aon_why_sides(aon_why_side side[2], const aon_core *core, aon_ref root, const char *s,
              size_t len)
{
    const aon_node *n = &core->node[root];
    size_t arrow = 0;
    const size_t at = find_arrow(s, len, &arrow);
    aon_ref p, q, p2, q2;

    if (at == len || strncmp(s, "forall ", 7) == 0 || strncmp(s, "exists ", 7) == 0)
        return;
    if (arrow == 3) {
        if (n->op != AON_AND || implication(core, n->arg[0], &p, &q) == NULL ||
            implication(core, n->arg[1], &q2, &p2) == NULL || p != p2 || q != q2)
            return;
    } else if (implication(core, root, &p, &q) == NULL) {
        return;
    }
    side[0].node = p;
    side[0].s = s;
    side[0].len = at;
    side[1].node = q;
    side[1].s = s + at + arrow;
    side[1].len = len - at - arrow;
    for (size_t i = 0; i < 2; i++) {
        while (side[i].len > 0 && *side[i].s == ' ') {
            side[i].s++;
            side[i].len--;
        }
        while (side[i].len > 0 && side[i].s[side[i].len - 1] == ' ')
            side[i].len--;
    }
}
