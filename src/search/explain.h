/*
 * In words: the scopes of a statement, the group that acts on them, the joins.
 */
#ifndef AON_SEARCH_EXPLAIN_H
#define AON_SEARCH_EXPLAIN_H

#include "search/find.h"

/*
 * Append the text for what aon_find would search under this spec (core, root, grid, min,
 * max, no_symmetry).  AON_EINPUT as aon_find.
 */
AON_NODISCARD aon_status aon_explain_symmetry(aon_buf *out, const aon_find_spec *spec,
                                              aon_diags *diags);

#endif
