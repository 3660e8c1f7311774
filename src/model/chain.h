/*
 * Internal to model/: contexts in chains x, x.q, x.q.q, ..
 */
#ifndef AON_MODEL_CHAIN_H
#define AON_MODEL_CHAIN_H

#include "base/rng.h"
#include "model/instance.h"

/* Place p = first[j] + i of the layout is the context head_j q^i. */
typedef struct {
    slong n, chains;
    slong *len, *first; /* per chain */
    slong *number;      /* context number of place p */
} aon_layout;

/* n contexts cut into 1 .. n chains at random. */
void aon_layout_init(aon_layout *lay, slong n, slong chains, aon_rng *rng);
void aon_layout_clear(aon_layout *lay);
/* Tokens t0.. (k of them), the pivot, contexts x1.. and, if asked for, the query q. */
void aon_layout_names(aon_instance *in, const aon_layout *lay, slong k,
                      const aon_word *q, bool query, aon_rng *rng);

#endif
