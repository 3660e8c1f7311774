/*
 * Contexts in chains under a query, and the token sequences that make them so.
 */
#include "model/chain.h"

#include "base/arena.h"
#include "model/random.h"

#include <stdio.h>
#include <stdlib.h>

static slong
below(aon_rng *rng, slong n)
{
    return (slong)aon_rng_below(rng, (uint64_t)n);
}

static int
by_size(const void *a, const void *b)
{
    slong i = *(const slong *)a, j = *(const slong *)b;

    return (i > j) - (i < j);
}

void
aon_layout_init(aon_layout *lay, slong n, slong chains, aon_rng *rng)
{
    slong *cut = aon_random_order(n > 0 ? n - 1 : 0, rng);

    lay->n = n;
    lay->chains = chains;
    lay->len = aon_xcalloc((size_t)chains, sizeof(slong));
    lay->first = aon_xcalloc((size_t)chains, sizeof(slong));
    if (chains > 1)
        qsort(cut, (size_t)chains - 1, sizeof *cut, by_size);
    for (slong j = 0; j < chains; j++) {
        lay->first[j] = j == 0 ? 0 : cut[j - 1] + 1;
        lay->len[j] = (j + 1 < chains ? cut[j] + 1 : n) - lay->first[j];
    }
    free(cut);
    if (aon_rng_chance(rng, 1, 2)) {
        lay->number = aon_random_order(n, rng);
    } else {
        lay->number = aon_xcalloc((size_t)n, sizeof(slong));
        for (slong p = 0; p < n; p++)
            lay->number[p] = p;
    }
}

void
aon_layout_clear(aon_layout *lay)
{
    free(lay->number);
    free(lay->first);
    free(lay->len);
}

/*
 * Heads such that no head_j q^a is head_i q^b but for i = j, a = b.  Two tokens or more:
 * heads are different and end in another token than q does (one may be empty).
 */
static void
write_head(uint32_t *tok, size_t width, slong j, slong k, uint32_t end)
{
    for (size_t i = 0; i < width; i++) {
        tok[i] = (uint32_t)(j % k);
        j /= k;
    }
    tok[width] = end;
}

static aon_word *
make_words(const aon_layout *lay, slong k, const aon_word *q, aon_rng *rng)
{
    aon_word *word = aon_xcalloc((size_t)lay->n, sizeof *word);
    slong *level = aon_xcalloc(q->n + 1, sizeof *level); /* one token: per residue */
    bool empty_head = aon_rng_chance(rng, 1, 2);
    size_t width = 0;

    for (slong reach = 1; k > 1 && reach < lay->chains; reach *= k)
        width++;
    for (slong j = 0; j < lay->chains; j++) {
        size_t head = 0, residue = q->n > 0 ? (size_t)j % q->n : 0;
        uint32_t end = 0;

        if (k == 1) {
            /* Chains of one residue modulo |q|, each followed by a gap. */
            head = q->n > 0 ? residue + q->n * (size_t)level[residue] : (size_t)j;
            level[residue] += lay->len[j] + 1;
        } else if (j > 0 || !empty_head) {
            head = width + 1;
            end = (uint32_t)below(rng, q->n > 0 ? k - 1 : k);
            end += q->n > 0 && end >= q->tok[q->n - 1];
        }
        for (slong i = 0; i < lay->len[j]; i++) {
            aon_word *w = &word[lay->first[j] + i];

            w->n = head + (size_t)i * q->n;
            w->tok = aon_xcalloc(w->n, sizeof *w->tok);
            if (k > 1 && head > 0)
                write_head(w->tok, width, j, k, end);
            for (size_t at = head; at < w->n; at++)
                w->tok[at] = q->tok[(at - head) % q->n];
        }
    }
    free(level);
    return word;
}

void
aon_layout_names(aon_instance *in, const aon_layout *lay, slong k, const aon_word *q,
                 bool query, aon_rng *rng)
{
    slong *place = aon_xcalloc((size_t)lay->n, sizeof *place);
    aon_word *word;
    char name[32];

    for (slong y = 0; y < k; y++) {
        snprintf(name, sizeof name, "t%lld", (long long)y);
        aon_instance_add_token(in, name);
    }
    in->base = (uint32_t)below(rng, k);
    word = make_words(lay, k, q, rng);
    for (slong p = 0; p < lay->n; p++)
        place[lay->number[p]] = p;
    for (slong x = 0; x < lay->n; x++) {
        snprintf(name, sizeof name, "x%lld", (long long)x + 1);
        aon_instance_add_context(in, name, word[place[x]].tok, word[place[x]].n);
    }
    if (query)
        aon_value_set_query(aon_instance_add(in, "q", AON_VAL_QUERY), q->tok, q->n);
    for (slong p = 0; p < lay->n; p++)
        free(word[p].tok);
    free(word);
    free(place);
}
