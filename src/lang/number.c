/*
 * The finished core: reachable nodes in the order in which a depth-first walk leaves them.
 */
#include "lang/build.h"

#include "lang/build_impl.h"

#include <stdlib.h>

typedef struct {
    const aon_build *b;
    aon_arena *arena;
    const char *(*keep)(void *, const char *);
    void *arg;
    aon_node *node;
    size_t n;
    aon_ref *to; /* core numbers of build nodes */
} numbering;

static void
keep_set(const numbering *w, aon_set *s)
{
    if (s->name != NULL)
        s->name = w->keep(w->arg, s->name);
    if (s->query != NULL)
        s->query = w->keep(w->arg, s->query);
}

static void
keep_dim(const numbering *w, aon_dim *d)
{
    if (d->name != NULL)
        d->name = w->keep(w->arg, d->name);
    keep_set(w, &d->set);
}

static const uint32_t *
copy_list(const numbering *w, const uint32_t *list, uint32_t n)
{
    uint32_t *copy;

    if (n == 0)
        return NULL;
    copy = AON_NEW_N(w->arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        copy[i] = list[i];
    return copy;
}

static void
emit(numbering *w, aon_ref r)
{
    const aon_bnode *s = &w->b->node[r];
    const aon_bdata *data = &w->b->data[s->data];
    aon_node *n = &w->node[w->n];

    n->op = (aon_op)s->op;
    n->nargs = s->nargs;
    n->arg[0] = n->arg[1] = AON_NO_REF;
    for (unsigned i = 0; i < s->nargs; i++)
        n->arg[i] = w->to[s->arg[i]];
    n->type = w->b->type[s->type];
    keep_dim(w, &n->type.rows);
    keep_dim(w, &n->type.cols);
    n->var = s->var;
    n->name = s->name != NULL ? w->keep(w->arg, s->name) : NULL;
    n->dom = (aon_dom_kind)s->dom;
    if (n->op == AON_EX || n->op == AON_SOL) {
        n->dom_rows = data->dim;
        n->dom_cols = data->dim2;
        keep_dim(w, &n->dom_rows);
        keep_dim(w, &n->dom_cols);
    } else {
        n->set = data->set;
        n->dim = data->dim;
        keep_set(w, &n->set);
        keep_dim(w, &n->dim);
    }
    n->free_fin = copy_list(w, s->free_fin, s->nfree_fin);
    n->free_unk = copy_list(w, s->free_unk, s->nfree_unk);
    n->nfree_fin = s->nfree_fin;
    n->nfree_unk = s->nfree_unk;
    w->to[r] = (aon_ref)w->n++;
}

/* Bounded by AON_DEPTH_LIMIT. */
static void
visit(numbering *w, aon_ref r)
{
    const aon_bnode *s = &w->b->node[r];

    if (w->to[r] != AON_NO_REF)
        return;
    for (unsigned i = 0; i < s->nargs; i++)
        visit(w, s->arg[i]);
    emit(w, r);
}

static size_t
count_reachable(const aon_build *b, const aon_ref *root, size_t nroots)
{
    unsigned char *mark = aon_xcalloc(b->n, 1);
    size_t n = 0;

    for (size_t i = 0; i < nroots; i++)
        if (root[i] != AON_NO_REF)
            mark[root[i]] = 1;
    for (size_t r = b->n; r-- > 0;) { /* arguments have lower numbers */
        if (mark[r] == 0)
            continue;
        n++;
        for (unsigned i = 0; i < b->node[r].nargs; i++)
            mark[b->node[r].arg[i]] = 1;
    }
    free(mark);
    return n;
}

void
aon_build_number(const aon_build *b, aon_arena *arena, aon_ref *root, size_t nroots,
                 const char *(*keep)(void *, const char *), void *arg, aon_core *out)
{
    numbering w = {.b = b, .arena = arena, .keep = keep, .arg = arg};

    w.node = AON_NEW_N(arena, aon_node, count_reachable(b, root, nroots));
    w.to = aon_xmalloc((b->n + 1) * sizeof *w.to);
    for (size_t i = 0; i < b->n; i++)
        w.to[i] = AON_NO_REF;
    out->nvars = 0;
    for (size_t i = 0; i < nroots; i++) {
        if (root[i] == AON_NO_REF)
            continue;
        visit(&w, root[i]);
        if (b->node[root[i]].next > out->nvars)
            out->nvars = b->node[root[i]].next;
        root[i] = w.to[root[i]];
    }
    free(w.to);
    out->node = w.node;
    out->nnodes = w.n;
}
