/*
 * What has been evaluated is remembered under (node, slots of its free variables).
 *
 * A node that mentions an unknown without a value is remembered in the innermost scope
 * (one branch of a refutation), everything else for the whole decision.
 */
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

/* The common beginning of aon_entry and aon_judgement. */
typedef struct {
    aon_ref node;
    const aon_slot *key;
} keyed;

static size_t
key_len(const aon_node *n)
{
    return (size_t)n->nfree_fin + n->nfree_unk;
}

static void
make_key(const aon_eval *ev, aon_ref node, aon_slot *key)
{
    const aon_node *n = &ev->core->node[node];

    for (unsigned i = 0; i < n->nfree_fin; i++)
        key[i] = ev->env[n->free_fin[i]];
    for (unsigned i = 0; i < n->nfree_unk; i++)
        key[n->nfree_fin + i] = ev->env[n->free_unk[i]];
}

static uint64_t
hash_key(aon_ref node, const aon_slot *key, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ node;

    for (size_t i = 0; i < n; i++) {
        h = (h ^ (uint32_t)key[i].v) * 0xff51afd7ed558ccdu;
        h = (h ^ (uint32_t)key[i].of) * 0xc4ceb9fe1a85ec53u;
        h ^= h >> 29;
    }
    h *= 0xff51afd7ed558ccdu;
    return h ^ (h >> 32);
}

void *
aon_table_find(const aon_eval *ev, const aon_table_of *t, aon_ref node)
{
    const size_t n = key_len(&ev->core->node[node]);
    aon_slot *key = ev->key;

    if (t->n == 0)
        return NULL;
    make_key(ev, node, key);
    for (size_t i = hash_key(node, key, n);; i++) {
        keyed *k = t->slot[i & (t->cap - 1)];

        if (k == NULL)
            return NULL;
        if (k->node == node && (n == 0 || memcmp(k->key, key, n * sizeof *key) == 0))
            return k;
    }
}

void
aon_table_put(const aon_eval *ev, aon_table_of *t, void *item)
{
    if (t->n * 2 >= t->cap) {
        const size_t cap = t->cap == 0 ? 64 : t->cap * 2;
        void **slot = aon_xcalloc(cap, sizeof *slot);

        for (size_t j = 0; j < t->cap; j++) {
            keyed *k = t->slot[j];
            size_t i;

            if (k == NULL)
                continue;
            i = hash_key(k->node, k->key, key_len(&ev->core->node[k->node]));
            while (slot[i & (cap - 1)] != NULL)
                i++;
            slot[i & (cap - 1)] = k;
        }
        free(t->slot);
        t->slot = slot;
        t->cap = cap;
    }
    {
        keyed *k = item;
        size_t i = hash_key(k->node, k->key, key_len(&ev->core->node[k->node]));

        while (t->slot[i & (t->cap - 1)] != NULL)
            i++;
        t->slot[i & (t->cap - 1)] = k;
        t->n++;
    }
}

/* Does the node mention an unknown that has no value? */
bool
aon_is_open(const aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];

    for (unsigned i = 0; i < n->nfree_unk; i++)
        if (!ev->unknown[ev->env[n->free_unk[i]].v].valued)
            return true;
    return false;
}

aon_slot *
aon_copy_key(aon_eval *ev, aon_ref node)
{
    aon_slot *key = AON_NEW_N(ev->arena, aon_slot, key_len(&ev->core->node[node]) + 1);

    make_key(ev, node, key);
    return key;
}

aon_entry *
aon_find_entry(const aon_eval *ev, aon_ref node)
{
    if (!aon_is_open(ev, node))
        return aon_table_find(ev, &ev->global.entries, node);
    for (const aon_scope *s = ev->scope; s != NULL; s = s->outer) {
        aon_entry *e = aon_table_find(ev, &s->entries, node);

        if (e != NULL)
            return e;
    }
    return NULL;
}

aon_judgement *
aon_find_judgement(const aon_eval *ev, aon_ref node)
{
    if (!aon_is_open(ev, node))
        return aon_table_find(ev, &ev->global.judgements, node);
    for (const aon_scope *s = ev->scope; s != NULL; s = s->outer) {
        aon_judgement *j = aon_table_find(ev, &s->judgements, node);

        if (j != NULL)
            return j;
    }
    return NULL;
}

static void
clear_entry(void *p)
{
    aon_entry *e = p;

    aon_mat_clear(&e->value);
    if (e->basis != NULL)
        aon_basis_clear(e->basis);
    if (e->kernel != NULL)
        aon_kernel_clear(e->kernel);
}

static void
clear_judgement(void *p)
{
    aon_judgement *j = p;

    if (j->inc != NULL)
        aon_inclusion_clear(j->inc);
}

aon_entry *
aon_add_entry(aon_eval *ev, aon_ref node)
{
    aon_entry *e = AON_NEW(ev->arena, aon_entry);

    e->node = node;
    e->key = aon_copy_key(ev, node);
    aon_mat_init(&e->value, 0, 0);
    e->number = (int32_t)ev->nentry;
    aon_on_clear(ev, clear_entry, e);
    ev->entry = aon_grow(ev->entry, &ev->cap_entry, ev->nentry + 1, sizeof *ev->entry);
    ev->entry[ev->nentry++] = e;
    if (!aon_spent(ev)) /* else it is no value */
        aon_table_put(
            ev, aon_is_open(ev, node) ? &ev->scope->entries : &ev->global.entries, e);
    return e;
}

aon_judgement *
aon_add_judgement(aon_eval *ev, aon_ref node)
{
    aon_judgement *j = AON_NEW(ev->arena, aon_judgement);

    j->node = node;
    j->key = aon_copy_key(ev, node);
    j->pick = -1;
    j->unknown = -1;
    aon_on_clear(ev, clear_judgement, j);
    aon_table_put(
        ev, aon_is_open(ev, node) ? &ev->scope->judgements : &ev->global.judgements, j);
    return j;
}

aon_slot *
aon_copy_env(aon_eval *ev)
{
    aon_slot *env = AON_NEW_N(ev->arena, aon_slot, (size_t)ev->core->nvars + 1);

    memcpy(env, ev->env, ev->core->nvars * sizeof *env);
    return env;
}

void
aon_set_env(aon_eval *ev, const aon_slot *env)
{
    memcpy(ev->env, env, ev->core->nvars * sizeof *env);
}

void
aon_scope_push(aon_eval *ev, aon_scope *s)
{
    s->outer = ev->scope;
    ev->scope = s;
}

void
aon_scope_pop(aon_eval *ev)
{
    AON_ASSERT(ev->scope != &ev->global);
    ev->scope = ev->scope->outer;
}
