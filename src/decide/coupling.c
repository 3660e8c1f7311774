/*
 * How tightly a literal's equations tie coordinates together.
 */
#include "decide/eval.h"

#include <stdlib.h>

static slong
find(slong *parent, slong i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

slong
aon_coupling(const aon_equations *eq, slong ncoord)
{
    slong *parent = aon_xcalloc((size_t)ncoord + 1, sizeof *parent);
    slong *size = aon_xcalloc((size_t)ncoord + 1, sizeof *size);
    slong largest = 0;

    for (slong i = 0; i < ncoord; i++) {
        parent[i] = i;
        size[i] = 1;
    }
    for (size_t e = 0; e < eq->n; e++)
        for (slong t = 1; t < eq->eq[e].n; t++) {
            const slong a = find(parent, eq->eq[e].coord[0]);
            const slong b = find(parent, eq->eq[e].coord[t]);

            if (a == b)
                continue;
            parent[b] = a;
            size[a] += size[b];
        }
    for (size_t e = 0; e < eq->n; e++)
        if (eq->eq[e].n > 0) {
            const slong s = size[find(parent, eq->eq[e].coord[0])];

            largest = s > largest ? s : largest;
        }
    free(size);
    free(parent);
    return largest;
}
