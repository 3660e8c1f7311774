/*
 * Internal to normal.c, links.c, words.c: an instance in normal form on its way.
 */
#ifndef AON_SHRINK_PLAN_H
#define AON_SHRINK_PLAN_H

#include "shrink/impl.h"

/* The links x -> x.q among the contexts that are kept, and the words to be. */
typedef struct {
    const aon_shrinker *s;
    const aon_instance *in;
    const aon_keep *keep;
    uint32_t *new_token, *new_context; /* of old numbers; UINT32_MAX: gone */
    uint32_t *word_token; /* the same, for tokens of sequences: none is gone */
    size_t nqueries;
    const aon_value **query;
    long *next;    /* [query * ncontexts + x]: position in keep->context, or -1 */
    long *before;  /* a position that this one continues, or -1 */
    size_t *by;    /* and by which query */
    bool forest;   /* no position continues two others */
    size_t *order; /* positions, chain by chain */
    size_t *chain; /* of each position: its number, from 0 */
    size_t nchains;
    aon_arena *arena;
} aon_plan;

bool aon_same_word(const aon_word *a, const aon_word *b);

/* links.c */
void aon_plan_links(aon_plan *p);
/* The link that keep asks for; false: it would make a fork or a circle. */
bool aon_plan_add_link(aon_plan *p);
/* The largest chains first, those of equal size in their old order. */
void aon_plan_order(aon_plan *p);

/* words.c: sequences of the contexts (by position) and queries, in the arena. */

/* The shortest that have these links; false: the old ones have to do. */
bool aon_plan_invent(const aon_plan *p, aon_word *context, aon_word *query);
/* Those of the old instance with its tokens mapped; false: some coincide. */
bool aon_plan_map(const aon_plan *p, aon_word *context, aon_word *query);

#endif
