/*
 * Verdicts of assignments.  Hypotheses and conclusions are taken apart at `and`, `or`,
 * `not`; the truth of a part is remembered under the codes of the items it mentions, so
 * that a part about one model is not decided again for every partner.
 */
#include "search/impl.h"
#include "witness/witness.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_POOL = 1 << 22 }; /* words; then everything is forgotten */

typedef struct {
    aon_ref node;
    aon_truth truth;
    size_t key; /* where its codes begin in the pool */
} remembered;

struct aon_judge_cache {
    const aon_cell *c;
    const aon_questions *q;
    aon_instance *in;
    uint64_t held[AON_MAX_ITEMS]; /* what the instance has */
    const uint64_t *code;         /* what is asked about */
    size_t refuted;               /* not applicable: the hypothesis that is false */
    uint32_t *mask;               /* per node: the items that it mentions */
    bool *masked;
    aon_eval ev;
    bool bound;
    remembered *slot;
    size_t nslot, used;
    uint64_t *pool;
    size_t npool, cap_pool;
};

aon_judge_cache *
aon_judge_cache_new(const aon_cell *c, const aon_questions *q)
{
    aon_judge_cache *j = aon_xcalloc(1, sizeof *j);

    j->c = c;
    j->q = q;
    j->in = aon_cell_instance(c);
    j->mask = aon_xcalloc(c->spec->core->nnodes + 1, sizeof *j->mask);
    j->masked = aon_xcalloc(c->spec->core->nnodes + 1, sizeof *j->masked);
    j->nslot = 1024;
    j->slot = aon_xcalloc(j->nslot, sizeof *j->slot);
    for (size_t i = 0; i < c->nitems; i++) {
        j->held[i] = 0;
        if (c->item[i].kind != AON_ITEM_SOLVED)
            aon_cell_assign(c, j->in, i, 0);
    }
    return j;
}

void
aon_judge_cache_free(aon_judge_cache *j)
{
    if (j->in != NULL)
        aon_instance_free(j->in);
    free(j->mask);
    free(j->masked);
    free(j->slot);
    free(j->pool);
    free(j);
}

static uint32_t
mask_of(aon_judge_cache *j, aon_ref node)
{
    if (!j->masked[node]) {
        const aon_core *core = j->c->spec->core;

        j->masked[node] = true;
        for (size_t i = 0; i < j->c->nitems; i++)
            if (aon_core_mentions(core, node, core->given[j->c->item[i].given].name))
                j->mask[node] |= (uint32_t)1 << i;
    }
    return j->mask[node];
}

/* ---- the memory ---- */

static uint64_t
hash_of(const aon_judge_cache *j, aon_ref node, uint32_t mask, const uint64_t *code)
{
    uint64_t h = node;

    for (size_t i = 0; i < j->c->nitems; i++)
        if (mask >> i & 1) {
            h = (h ^ *code++) * UINT64_C(0x9e3779b97f4a7c15);
            h ^= h >> 29;
        }
    return h * UINT64_C(0xbf58476d1ce4e5b9) >> 8;
}

static size_t
masked_codes(const aon_judge_cache *j, uint32_t mask, uint64_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < j->c->nitems; i++)
        if (mask >> i & 1)
            out[n++] = j->code[i];
    return n;
}

static remembered *
find_slot(const aon_judge_cache *j, aon_ref node, uint32_t mask, const uint64_t *code,
          size_t n)
{
    size_t at = hash_of(j, node, mask, code) & (j->nslot - 1);

    for (;; at = (at + 1) & (j->nslot - 1)) {
        remembered *r = &j->slot[at];

        if (r->truth == AON_UNKNOWN ||
            (r->node == node && memcmp(&j->pool[r->key], code, n * sizeof *code) == 0))
            return r;
    }
}

static void
grow(aon_judge_cache *j)
{
    remembered *old = j->slot;
    const size_t nold = j->nslot;

    j->nslot *= 2;
    j->slot = aon_xcalloc(j->nslot, sizeof *j->slot);
    for (size_t i = 0; i < nold; i++) {
        const remembered *r = &old[i];

        if (r->truth != AON_UNKNOWN) {
            const uint32_t mask = j->mask[r->node];
            size_t at = hash_of(j, r->node, mask, &j->pool[r->key]) & (j->nslot - 1);

            while (j->slot[at].truth != AON_UNKNOWN)
                at = (at + 1) & (j->nslot - 1);
            j->slot[at] = *r;
        }
    }
    free(old);
}

static void
remember(aon_judge_cache *j, aon_ref node, const uint64_t *code, size_t n,
         aon_truth truth)
{
    remembered *r;

    if (truth == AON_UNKNOWN)
        return;
    if (j->npool + n > MAX_POOL) {
        j->npool = j->used = 0;
        memset(j->slot, 0, j->nslot * sizeof *j->slot);
    }
    if (2 * (j->used + 1) > j->nslot)
        grow(j);
    j->pool = aon_grow(j->pool, &j->cap_pool, j->npool + n + 1, sizeof *j->pool);
    r = find_slot(j, node, j->mask[node], code, n);
    memcpy(&j->pool[j->npool], code, n * sizeof *code);
    r->node = node;
    r->truth = truth;
    r->key = j->npool;
    j->npool += n;
    j->used++;
}

/* ---- truth ---- */

static void
assign_all(aon_judge_cache *j)
{
    for (size_t i = 0; i < j->c->nitems; i++)
        if (j->c->item[i].kind != AON_ITEM_SOLVED && j->held[i] != j->code[i]) {
            aon_cell_assign(j->c, j->in, i, j->code[i]);
            j->held[i] = j->code[i];
        }
    for (size_t i = 0; i < j->c->nitems; i++)
        if (j->c->item[i].kind == AON_ITEM_SOLVED)
            aon_cell_assign(j->c, j->in, i, 0);
}

static aon_truth
evaluate(aon_judge_cache *j, aon_ref node)
{
    if (!j->bound) {
        assign_all(j);
        AON_ASSERT(aon_eval_bind(&j->ev, j->c->spec->core, j->in, NULL, NULL) ==
                   AON_OK);
        j->bound = true;
    }
    return aon_judge(&j->ev, node)->truth;
}

static aon_truth
part_truth(aon_judge_cache *j, aon_ref node)
{
    const uint32_t mask = mask_of(j, node);
    uint64_t code[AON_MAX_ITEMS];
    const size_t n = masked_codes(j, mask, code);
    const remembered *r;
    aon_truth truth;

    if (n == j->c->nitems)
        return evaluate(j, node);
    r = find_slot(j, node, mask, code, n);
    if (r->truth != AON_UNKNOWN)
        return r->truth;
    truth = evaluate(j, node);
    remember(j, node, code, n, truth);
    return truth;
}

static aon_truth
truth_of(aon_judge_cache *j, aon_ref node)
{
    const aon_node *n = &j->c->spec->core->node[node];
    aon_truth left, right, decides;

    switch (n->op) {
    case AON_NOT:
        left = truth_of(j, n->arg[0]);
        return left == AON_UNKNOWN ? AON_UNKNOWN
               : left == AON_TRUE  ? AON_FALSE
                                   : AON_TRUE;
    case AON_AND:
    case AON_OR:
        decides = n->op == AON_AND ? AON_FALSE : AON_TRUE;
        left = truth_of(j, n->arg[0]);
        if (left == decides)
            return left;
        right = truth_of(j, n->arg[1]);
        return right == decides ? right : left == AON_UNKNOWN ? left : right;
    default:
        return part_truth(j, node);
    }
}

/* Is the hypothesis true of every assignment because pairs are joined on it? */
static bool
is_joined(const aon_cell *c, size_t hypothesis)
{
    for (size_t l = 0; l < c->spec->njoin; l++)
        if (c->spec->join[l].hypothesis == hypothesis && c->spec->join[l].whole)
            return true;
    return false;
}

static bool
is_wanted(const aon_cell *c, size_t conclusion)
{
    return c->spec->because < 0 || (size_t)c->spec->because == conclusion;
}

static aon_verdict
decided(aon_judge_cache *j)
{
    aon_decision *d = NULL;
    aon_verdict v;

    AON_ASSERT(aon_decide(&d, j->c->spec->core, j->c->spec->root, j->in, NULL, NULL) ==
               AON_OK);
    v = aon_decision_verdict(d);
    if (v == AON_VIOLATED && j->c->spec->because >= 0 &&
        aon_decision_show(d, (size_t)j->c->spec->because) != AON_FALSE)
        v = AON_HOLDS; /* something else fails */
    aon_decision_free(d);
    return v;
}

/* Hypotheses that speak of solved matrices, and conclusions. */
static aon_verdict
ask(aon_judge_cache *j)
{
    const aon_core *core = j->c->spec->core;
    bool unknown = false;
    aon_truth any = AON_TRUE;

    assign_all(j);
    if (!j->q->trivial)
        any = aon_question_ask(&j->q->any, core, j->in);
    if (any == AON_FALSE)
        return AON_INAPPLICABLE;
    if (any == AON_TRUE && decided(j) == AON_VIOLATED)
        return AON_VIOLATED;
    unknown = any == AON_UNKNOWN;
    for (size_t s = 0; s < core->nshow; s++) {
        aon_truth fails;

        if (!is_wanted(j->c, s))
            continue;
        fails = aon_question_ask(&j->q->fail[s], core, j->in);

        if (fails == AON_TRUE && decided(j) == AON_VIOLATED)
            return AON_VIOLATED;
        unknown = unknown || fails != AON_FALSE;
    }
    return unknown ? AON_UNDECIDED : AON_HOLDS;
}

static aon_verdict
judge(aon_judge_cache *j)
{
    const aon_scope_spec *s = j->c->spec;
    bool unknown = false, fails = false;

    for (size_t h = 0; h < s->core->nassume; h++) {
        aon_truth t;

        if (s->root[h] == AON_NO_REF || is_joined(j->c, h) ||
            (j->q->arena != NULL && j->q->mentions[h]))
            continue;
        t = truth_of(j, s->root[h]);
        if (t == AON_FALSE) {
            j->refuted = h;
            return AON_INAPPLICABLE;
        }
        unknown = unknown || t == AON_UNKNOWN;
    }
    if (unknown)
        return AON_UNDECIDED;
    if (j->q->arena != NULL)
        return ask(j);
    for (size_t i = 0; i < s->core->nshow; i++) {
        const aon_truth t = truth_of(j, s->core->show[i].root);

        fails = fails || (t == AON_FALSE && is_wanted(j->c, i));
        unknown = unknown || t == AON_UNKNOWN;
    }
    if (unknown)
        return AON_UNDECIDED;
    if (!fails)
        return AON_HOLDS;
    assign_all(j);
    AON_ASSERT(decided(j) == AON_VIOLATED);
    return AON_VIOLATED;
}

aon_verdict
aon_judge_assignment(aon_judge_cache *j, const uint64_t *code)
{
    aon_verdict v;

    j->code = code;
    j->refuted = SIZE_MAX;
    v = judge(j);
    if (j->bound)
        aon_eval_clear(&j->ev);
    j->bound = false;
    return v;
}

aon_instance *
aon_judge_take_instance(aon_judge_cache *j)
{
    aon_instance *in = j->in;

    j->in = NULL;
    aon_instance_index(in);
    return in;
}

bool
aon_judge_evidence(aon_judge_cache *j, const aon_variant *variant, aon_buf *out)
{
    const aon_variant plain = {.nwithout = 0};
    const aon_core *core = j->c->spec->core;
    aon_ref *root = aon_xcalloc(core->nassume + 1, sizeof *root);
    aon_decision *d = NULL;
    aon_buf text;
    const char *from;
    bool ok;

    for (size_t h = 0; h < core->nassume; h++) /* one false hypothesis is enough */
        root[h] = j->refuted == SIZE_MAX || h == j->refuted ? j->c->spec->root[h]
                                                            : AON_NO_REF;
    assign_all(j);
    AON_ASSERT(aon_decide(&d, core, root, j->in, NULL, NULL) == AON_OK);
    ok = aon_decision_verdict(d) != AON_UNDECIDED;
    if (ok) {
        aon_buf_init(&text);
        aon_witness_print(&text, d, core, variant != NULL ? variant : &plain, j->in);
        from = strstr(text.s, "\nend\nverdict ");
        AON_ASSERT(from != NULL && text.len > 4);
        from += strlen("\nend\n");
        aon_buf_put(out, from, (size_t)(text.s + text.len - from) - strlen("end\n"));
        aon_buf_clear(&text);
    }
    aon_decision_free(d);
    free(root);
    return ok;
}
