/*
 * A decision as text that somebody else's program can check (docs/witness-format.md).
 */
#ifndef AON_WITNESS_WITNESS_H
#define AON_WITNESS_WITNESS_H

#include "decide/decide.h"

/*
 * Print the witness of a decision that is not AON_UNDECIDED (asserted).  `variant` is what
 * aon_variant_roots was given; core->drop tells the drops.  Walks the evidence in the
 * order of the format and evaluates again on the way: cost about one more decision.
 * Uses the environment of d: one call at a time for one decision.
 */
void aon_witness_print(aon_buf *out, aon_decision *d, const aon_core *core,
                       const aon_variant *variant, const aon_instance *in);

#endif
