/* Nodes of the core: language.md, section 5. */
#include "core.h"

#include <stdlib.h>

enum { MAX_TREE = 1000000, MAX_DEPTH = 5000 };

bool
ck_binds(ck_op op)
{
    return op == CK_SUM || op == CK_COLS || op == CK_ALL || op == CK_ANY ||
           op == CK_ALLIN || op == CK_EX || op == CK_SOL;
}

bool
ck_mentions(const ck_node *n, long k)
{
    for (long i = 0; i < n->nfree; i++)
        if (n->free[i].k == k)
            return true;
    return false;
}

static void
note_free(ck_node *n, ck_free_var v)
{
    long i;

    if (ck_mentions(n, v.k))
        return;
    CK_PUSH(n->free, n->nfree, v);
    for (i = n->nfree - 1; i > 0 && n->free[i - 1].k > v.k; i--)
        n->free[i] = n->free[i - 1];
    n->free[i] = v;
}

static void
measure(ck_core *c, ck_node *n)
{
    n->size = n->depth = 1;
    n->top = -1;
    for (int i = 0; i < 2; i++) {
        if (n->a[i] == NULL)
            continue;
        n->size += n->a[i]->size;
        if (n->a[i]->depth >= n->depth)
            n->depth = n->a[i]->depth + 1;
        if (n->a[i]->top > n->top)
            n->top = n->a[i]->top;
        for (long j = 0; j < n->a[i]->nfree; j++)
            if (i == 0 || !ck_binds(n->op) || n->a[i]->free[j].k != n->k)
                note_free(n, n->a[i]->free[j]);
    }
    if (n->op == CK_VAR || n->op == CK_UNK || n->op == CK_VEC)
        note_free(n, (ck_free_var){n->k, n->op});
    if ((n->size > MAX_TREE || n->depth > MAX_DEPTH) && c->too_large != NULL)
        c->too_large(c->arg);
}

const ck_node *
ck_node_make(ck_core *c, ck_op op, char dom, long k, const char *t1, const char *t2,
             const ck_node *a0, const ck_node *a1)
{
    const void *key[7] = {(void *)(intptr_t)op, (void *)(intptr_t)dom,
                          (void *)(intptr_t)k,  t1, t2, a0, a1};
    void **at = ck_at(&c->nodes, key, sizeof key);
    ck_node *n = *at;

    if (n != NULL)
        return n;
    n = *at = ck_new(sizeof *n);
    *n = (ck_node){.op = op, .dom = dom, .k = k, .t1 = t1, .t2 = t2, .a = {a0, a1},
                   .num = -1, .id = -1};
    measure(c, n);
    return n;
}

const ck_node *
ck_make(ck_core *c, ck_op op, const ck_node *a0, const ck_node *a1)
{
    return ck_node_make(c, op, 0, -1, NULL, NULL, a0, a1);
}

const ck_node *
ck_text_node(ck_core *c, ck_op op, const char *t1, const ck_node *a0)
{
    return ck_node_make(c, op, 0, -1, t1, NULL, a0, NULL);
}

const ck_node *
ck_bind(ck_core *c, ck_op op, char dom, long k, const char *t1, const char *t2,
        const ck_node *a0, const ck_node *scope)
{
    ck_node *n = (ck_node *)ck_node_make(c, op, dom, k, t1, t2, a0, scope);

    n->num = scope->top + 1;
    if (n->num > n->top)
        n->top = n->num;
    while (c->nnum <= k)
        CK_PUSH(c->num, c->nnum, -1);
    c->num[k] = n->num;
    return n;
}

const ck_node *
ck_make_mul(ck_core *c, const ck_node *a, const ck_node *b)
{
    if (a->op == CK_ID)
        return b;
    if (b->op == CK_ID)
        return a;
    if (a->op == CK_SCALE)
        return ck_make(c, CK_SCALE, a->a[0], ck_make_mul(c, a->a[1], b));
    if (b->op == CK_SCALE)
        return ck_make(c, CK_SCALE, b->a[0], ck_make_mul(c, a, b->a[1]));
    if (a->op == CK_MUL)
        return ck_make_mul(c, a->a[0], ck_make_mul(c, a->a[1], b));
    if (a->op == CK_PROJ)
        return ck_make(c, CK_PROJ, a->a[0], ck_make_mul(c, a->a[1], b));
    return ck_make(c, CK_MUL, a, b);
}

const ck_node *
ck_make_not(ck_core *c, const ck_node *p)
{
    return p->op == CK_NOT ? p->a[0] : ck_make(c, CK_NOT, p, NULL);
}

const ck_node *
ck_make_within(ck_core *c, const ck_node *t, const ck_node *s)
{
    while (t->op == CK_GENS && t->a[0]->op == CK_SPAN)
        t = t->a[0]->a[0];
    return ck_make(c, CK_WITHIN, t, s);
}

const ck_node *
ck_finish(ck_core *c, ck_core *to, const ck_node *n)
{
    void **done = ck_at(&to->nodes, &n, sizeof n); /* keys of nodes are longer */
    const ck_node *a[2] = {NULL, NULL}, *res;
    long k = n->k;

    if (*done != NULL)
        return *done;
    for (int i = 0; i < 2; i++)
        if (n->a[i] != NULL)
            a[i] = ck_finish(c, to, n->a[i]);
    if (k >= 0)
        k = c->num[k];
    res = ck_node_make(to, n->op, n->dom, k, n->t1, n->t2, a[0], a[1]);
    *ck_at(&to->nodes, &n, sizeof n) = (void *)res;
    return res;
}

void
ck_number(ck_order *o, const ck_node *n)
{
    if (n->id >= 0)
        return;
    for (int i = 0; i < 2; i++)
        if (n->a[i] != NULL)
            ck_number(o, n->a[i]);
    ((ck_node *)n)->id = o->n;
    CK_PUSH(o->node, o->n, n);
}

void
ck_print_node(ck_text *out, const ck_node *n)
{
#define CK_OP_TEXT(id, text) text,
    static const char *const text[] = {CK_OPS(CK_OP_TEXT)};
    bool typed;

    ck_put(out, "node %ld %s", n->id, text[n->op]);
    if (n->k >= 0)
        ck_put(out, " %ld", n->k);
    if (n->dom != 0)
        ck_put(out, " %s",
               n->dom == 's'   ? "scalar"
               : n->dom == 'v' ? "vector"
               : n->dom == 'm' ? "matrix"
                               : "in");
    typed = n->op == CK_VAR || n->op == CK_UNK || n->op == CK_VEC;
    if (n->t1 != NULL && n->op != CK_CAT && !typed)
        ck_put(out, " %s", n->t1);
    if (n->t2 != NULL && !typed)
        ck_put(out, " %s", n->t2);
    for (int i = 0; i < 2; i++)
        if (n->a[i] != NULL)
            ck_put(out, " %%%ld", n->a[i]->id);
    if (n->op == CK_CAT)
        ck_put(out, " %s", n->t1);
    ck_put(out, "\n");
}
