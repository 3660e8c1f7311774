/*
 * Calls of definitions: expanded once for equal arguments, within limits.
 */
#include "lang/elab.h"

#include <stdlib.h>
#include <string.h>

struct aon_memo_entry {
    const aon_def *def;
    const aon_val *args;
    aon_val result;
    size_t hash;
    aon_memo_entry *next;
};

static bool
val_equal(const aon_val *a, const aon_val *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VAL_NODE:
        return a->node == b->node;
    case VAL_SET:
        return aon_set_equal(&a->set, &b->set);
    case VAL_DIM:
        return aon_dim_equal(&a->dim, &b->dim);
    default:
        return strcmp(a->name, b->name) == 0;
    }
}

static size_t
val_hash(const aon_val *v)
{
    const char *s = v->kind == VAL_SET    ? v->set.name
                    : v->kind == VAL_NODE ? ""
                                          : v->name;
    size_t h = (size_t)v->kind * 31 + (v->kind == VAL_NODE ? v->node * 2654435761u : 0);

    for (; s != NULL && *s != '\0'; s++)
        h = h * 131 + (unsigned char)*s;
    return h;
}

static aon_memo_entry **
memo_slot(aon_elab *e, const aon_def *d, const aon_val *args, size_t *hash)
{
    aon_memo_entry **m;
    size_t h = ((size_t)(const void *)d >> 4) * 0x9E3779B97F4A7C15u;

    for (size_t i = 0; i < d->nparams; i++)
        h = (h ^ val_hash(&args[i])) * 0x9E3779B97F4A7C15u;
    *hash = h ^ (h >> 32);
    for (m = &e->memo[*hash & (e->memo_slots - 1)]; *m != NULL; m = &(*m)->next) {
        size_t i = 0;

        if ((*m)->hash != *hash || (*m)->def != d)
            continue;
        while (i < d->nparams && val_equal(&(*m)->args[i], &args[i]))
            i++;
        if (i == d->nparams)
            break;
    }
    return m;
}

static void
memo_grow(aon_elab *e)
{
    size_t n = 2 * e->memo_slots;
    aon_memo_entry **more = aon_xcalloc(n, sizeof(aon_memo_entry *));

    for (size_t i = 0; i < e->memo_slots; i++)
        for (aon_memo_entry *m = e->memo[i], *next; m != NULL; m = next) {
            next = m->next;
            m->next = more[m->hash & (n - 1)];
            more[m->hash & (n - 1)] = m;
        }
    free(e->memo);
    e->memo = more;
    e->memo_slots = n;
}

/* Counts a call in an item of the statement, with all that it stands for. */
static bool
over_limit(aon_elab *e, const aon_expr *call, const aon_def *d)
{
    e->calls = aon_elab_add_calls(e->calls, d->calls);
    if (e->calls <= AON_CALL_LIMIT && call->nest + 1 + d->chain <= AON_CHAIN_LIMIT)
        return false;
    aon_elab_error(e, call->span, "expansion", "give definitions fewer calls",
                   e->calls > AON_CALL_LIMIT
                       ? "definitions expand to more than 100000 calls"
                       : "calls of definitions are nested more than 1000 deep");
    return true;
}

/* The body with the parameters bound, in a frame of its own. */
aon_val
aon_elab_apply(aon_elab *e, const aon_def *d, const aon_val *args)
{
    uint32_t frame = e->frame;
    aon_val v;

    e->frame = ++e->nframes;
    for (size_t i = 0; i < d->nparams; i++)
        aon_elab_bind(e, d->param[i].sym, args[i]);
    v = aon_elab_expr(e, d->body);
    if (!e->failed)
        aon_elab_unbind(e, d->nparams);
    e->frame = frame;
    return v;
}

static aon_val
expand(aon_elab *e, const aon_expr *x, const aon_def *d, const aon_val *args)
{
    aon_site site = {e->site, x, d};
    aon_memo_entry *m, **slot;
    size_t hash;

    if (e->site == NULL && over_limit(e, x, d))
        return (aon_val){.kind = VAL_BAD};
    slot = memo_slot(e, d, args, &hash);
    if (*slot != NULL)
        return (*slot)->result;
    m = AON_NEW(e->arena, aon_memo_entry);
    e->site = &site;
    m->result = aon_elab_apply(e, d, args);
    e->site = site.outer;
    if (e->failed)
        return (aon_val){.kind = VAL_BAD};
    m->def = d;
    m->args = args;
    m->hash = hash;
    slot = memo_slot(e, d, args, &hash);
    *slot = m;
    if (++e->nmemo > e->memo_slots)
        memo_grow(e);
    return m->result;
}

aon_val
aon_elab_call(aon_elab *e, const aon_expr *x)
{
    const aon_val bad = {.kind = VAL_BAD};
    const aon_def *d = x->def;
    aon_val *args;

    if (d == NULL) {
        aon_elab_room(e, x->name.sym->id);
        d = e->visible[x->name.sym->id];
    }
    if (d == NULL) {
        aon_elab_unknown(e, &x->name, true, NULL);
        return bad;
    }
    if (d->nparams != x->nargs) {
        aon_elab_error(e, x->span, "arity", aon_elab_arity_hint(e, d),
                       "`%s` takes %zu argument%s, not %zu", d->name.sym->s, d->nparams,
                       d->nparams == 1 ? "" : "s", x->nargs);
        return bad;
    }
    args = AON_NEW_N(e->arena, aon_val, x->nargs);
    for (size_t i = 0; i < x->nargs; i++) {
        args[i] = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return bad;
    }
    if (d->bad) { /* its own error has been reported */
        e->failed = true;
        return bad;
    }
    return expand(e, x, d, args);
}

bool
aon_elab_show_def(aon_elab *e, const aon_def *d, aon_span where)
{
    const aon_def *old;

    if (d->name.sym == NULL)
        return true;
    aon_elab_room(e, d->name.sym->id);
    old = e->visible[d->name.sym->id];
    e->visible[d->name.sym->id] = d;
    if (old == NULL || old->lib == d->lib)
        return true;
    aon_elab_error(e, where, "duplicate-name",
                   "use one of the two libraries, or rename a definition",
                   "`%s` is defined in library `%s` and in library `%s`",
                   d->name.sym->s, old->lib->name.sym->s, d->lib->name.sym->s);
    return false;
}

bool
aon_elab_has_label(const aon_elab *e, const aon_sym *d, const aon_sym *l)
{
    const aon_def *def = d->id < e->ntop ? e->visible[d->id] : NULL;

    for (size_t i = 0; def != NULL && i < def->nlabels; i++)
        if (def->labels[i].sym == l)
            return true;
    return false;
}
