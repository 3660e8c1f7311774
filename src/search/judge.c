/*
 * Verdicts of assignments.  Hypotheses and conclusions are taken apart at `and`, `or`,
 * `not`, and at relations of scalars; the truth or value of a part is remembered under the
 * codes of the items it mentions, so that a part about one model is not decided again for
 * every partner.  What mentions one item only is remembered for all members of its orbit:
 * the group leaves it as it is (docs/search.md, 3).
 */
#include "search/impl.h"
#include "witness/witness.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ORBIT = 128 }; /* group elements tried to find the least of an orbit */

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
    aon_memory *memory;
    struct {
        aon_ref node;
        size_t n; /* it speaks of the first n items, of none after them */
    } * early;    /* conjuncts of hypotheses */
    size_t nearly, cap_early;
};

static uint32_t mask_of(aon_judge_cache *j, aon_ref node);

static void
add_early(aon_judge_cache *j, aon_ref node)
{
    const aon_node *n = &j->c->spec->core->node[node];
    const uint32_t mask = mask_of(j, node);
    size_t last = 0;

    if (n->op == AON_AND) {
        add_early(j, n->arg[0]);
        add_early(j, n->arg[1]);
        return;
    }
    for (size_t i = 0; i < j->c->nitems; i++)
        if (mask >> i & 1) {
            last = i;
            if (j->c->item[i].kind == AON_ITEM_SOLVED)
                return;
        }
    if (last + 1 >= j->c->nitems)
        return;
    j->early = aon_grow(j->early, &j->cap_early, j->nearly + 1, sizeof *j->early);
    j->early[j->nearly].node = node;
    j->early[j->nearly++].n = last + 1;
}

aon_judge_cache *
aon_judge_cache_new(const aon_cell *c, const aon_questions *q)
{
    aon_judge_cache *j = aon_xcalloc(1, sizeof *j);

    j->c = c;
    j->q = q;
    j->in = aon_cell_instance(c);
    j->mask = aon_xcalloc(c->spec->core->nnodes + 1, sizeof *j->mask);
    j->masked = aon_xcalloc(c->spec->core->nnodes + 1, sizeof *j->masked);
    j->memory = aon_memory_new();
    for (size_t i = 0; i < c->nitems; i++) {
        j->held[i] = 0;
        if (c->item[i].kind != AON_ITEM_SOLVED)
            aon_cell_assign(c, j->in, i, 0);
    }
    for (size_t h = 0; h < c->spec->core->nassume; h++)
        if (c->spec->root[h] != AON_NO_REF && !aon_cell_is_joined(c, h))
            add_early(j, c->spec->root[h]);
    return j;
}

void
aon_judge_cache_free(aon_judge_cache *j)
{
    if (j->in != NULL)
        aon_instance_free(j->in);
    free(j->mask);
    free(j->masked);
    free(j->early);
    aon_memory_free(j->memory);
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

/*
 * The least code in the orbit of an item's code under the elements that move the item, if
 * they are few.  No group: the code itself.
 */
static uint64_t
least_of_orbit(aon_judge_cache *j, size_t item, uint64_t code)
{
    const aon_ref key = AON_NO_REF - 1 - (aon_ref)item;
    const aon_item *it = &j->c->item[item];
    size_t size = j->c->nst;
    const aon_memo *known;
    uint64_t least = code;

    for (unsigned b = 0; b < j->c->spec->nblocks; b++)
        if (it->blocks >> b & 1)
            size = size > MAX_ORBIT ? size : size * j->c->block[b].nsp;
    if (size > MAX_ORBIT)
        return code;
    known = aon_memory_find(j->memory, key, &code, 1);
    if (known != NULL)
        return (uint64_t)known->num;
    for (size_t i = 0; i < size; i++) {
        aon_element e = {.st = (uint32_t)(i % j->c->nst)};
        size_t rest = i / j->c->nst;
        uint64_t image;

        for (unsigned b = 0; b < j->c->spec->nblocks; b++)
            if (it->blocks >> b & 1) {
                e.s[b] = (uint16_t)(rest % j->c->block[b].nsp);
                rest /= j->c->block[b].nsp;
            }
        image = aon_act(j->c, &e, it, code);
        least = image < least ? image : least;
    }
    aon_memory_put(j->memory, key, &code, 1,
                   &(aon_memo){.truth = AON_TRUE, .num = (int64_t)least, .den = 1});
    return least;
}

/* Under what the part with this mask is remembered: one number per item. */
static size_t
memory_key(aon_judge_cache *j, uint32_t mask, uint64_t *out)
{
    size_t n = 0, item = 0;

    for (size_t i = 0; i < j->c->nitems; i++)
        if (mask >> i & 1) {
            item = i;
            out[n++] = j->code[i];
        }
    if (n == 1)
        out[0] = least_of_orbit(j, item, out[0]);
    return n;
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

static aon_eval *
bound(aon_judge_cache *j)
{
    if (!j->bound) {
        assign_all(j);
        AON_ASSERT(aon_eval_bind(&j->ev, j->c->spec->core, j->in, NULL, NULL) ==
                   AON_OK);
        j->bound = true;
    }
    return &j->ev;
}

/* A closed scalar; false if it is not a fraction of words. */
static bool
scalar_of(aon_judge_cache *j, aon_ref node, aon_memo *out)
{
    uint64_t key[AON_MAX_ITEMS];
    const size_t n = memory_key(j, mask_of(j, node), key);
    const aon_memo *known = aon_memory_find(j->memory, node, key, n);
    const aon_mat *v;

    if (known != NULL) {
        *out = *known;
        return true;
    }
    v = aon_value_of(bound(j), node);
    if (!fmpz_fits_si(fmpz_mat_entry(v->num, 0, 0)) || !fmpz_fits_si(v->den))
        return false;
    out->truth = AON_TRUE;
    out->num = fmpz_get_si(fmpz_mat_entry(v->num, 0, 0));
    out->den = fmpz_get_si(v->den);
    aon_memory_put(j->memory, node, key, n, out);
    return true;
}

static bool
is_scalar(const aon_core *core, aon_ref node)
{
    return core->node[node].type.kind == AON_T_SCALAR;
}

/*
 * A relation of scalars that mention fewer items each than both: from their values, so
 * that pairs cost no more than their members.  AON_UNKNOWN: it is no such relation.
 */
static aon_truth
relation(aon_judge_cache *j, aon_ref node)
{
    const aon_core *core = j->c->spec->core;
    const aon_node *n = &core->node[node];
    const uint32_t mask = mask_of(j, node);
    aon_memo a, b;
    __int128 left, right;
    bool holds;

    if ((n->op != AON_EQ && n->op != AON_LE && n->op != AON_LT) ||
        !is_scalar(core, n->arg[0]) || mask_of(j, n->arg[0]) == mask ||
        mask_of(j, n->arg[1]) == mask || !scalar_of(j, n->arg[0], &a) ||
        !scalar_of(j, n->arg[1], &b))
        return AON_UNKNOWN;
    left = (__int128)a.num * b.den;
    right = (__int128)b.num * a.den;
    holds = n->op == AON_EQ   ? left == right
            : n->op == AON_LE ? left <= right
                              : left < right;
    return holds ? AON_TRUE : AON_FALSE;
}

static aon_truth
part_truth(aon_judge_cache *j, aon_ref node)
{
    const uint32_t mask = mask_of(j, node);
    aon_truth truth = relation(j, node);
    uint64_t key[AON_MAX_ITEMS];
    const aon_memo *known;
    size_t n;

    if (truth != AON_UNKNOWN)
        return truth;
    n = memory_key(j, mask, key);
    if (n == j->c->nitems && n > 1)
        return aon_judge(bound(j), node)->truth;
    known = aon_memory_find(j->memory, node, key, n);
    if (known != NULL)
        return known->truth;
    truth = aon_judge(bound(j), node)->truth;
    if (truth != AON_UNKNOWN)
        aon_memory_put(j->memory, node, key, n, &(aon_memo){.truth = truth});
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

bool
aon_cell_is_joined(const aon_cell *c, size_t hypothesis)
{
    for (size_t l = 0; l < c->spec->njoin; l++)
        if (c->spec->join[l].hypothesis == hypothesis && c->spec->join[l].whole)
            return true;
    return false;
}

static aon_verdict
decided(aon_judge_cache *j)
{
    aon_decision *d = NULL;
    aon_verdict v;

    AON_ASSERT(aon_decide(&d, j->c->spec->core, j->c->spec->root, j->in, NULL, NULL) ==
               AON_OK);
    v = aon_decision_verdict(d);
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
        const aon_truth fails = aon_question_ask(&j->q->fail[s], core, j->in);

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

        if (s->root[h] == AON_NO_REF || aon_cell_is_joined(j->c, h) ||
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

        fails = fails || t == AON_FALSE;
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

void
aon_judge_begin(aon_judge_cache *j, const uint64_t *code)
{
    j->code = code;
    j->refuted = SIZE_MAX;
}

aon_truth
aon_judge_part(aon_judge_cache *j, aon_ref node)
{
    return truth_of(j, node);
}

void
aon_judge_end(aon_judge_cache *j)
{
    if (j->bound)
        aon_eval_clear(&j->ev);
    j->bound = false;
}

bool
aon_judge_refutes(aon_judge_cache *j, const uint64_t *code, size_t n)
{
    bool refuted = false;

    aon_judge_begin(j, code);
    for (size_t i = 0; i < j->nearly && !refuted; i++)
        refuted = j->early[i].n == n && truth_of(j, j->early[i].node) == AON_FALSE;
    aon_judge_end(j);
    return refuted;
}

aon_verdict
aon_judge_assignment(aon_judge_cache *j, const uint64_t *code)
{
    aon_verdict v;

    aon_judge_begin(j, code);
    v = judge(j);
    aon_judge_end(j);
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
