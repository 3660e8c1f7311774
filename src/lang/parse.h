/*
 * Tokens to a syntax tree: recursive descent, one function per grammar rule.
 */
#ifndef AON_LANG_PARSE_H
#define AON_LANG_PARSE_H

#include "lang/ast.h"

#define AON_NEST_LIMIT 200

/* A whole file, without its `expect` items if they are not asked for: their tokens are
 * skipped then, whatever they are.  One error per statement or definition; AON_EINPUT after
 * any. */
AON_NODISCARD aon_status aon_parse_file(aon_file *out, const aon_tokens *tokens,
                                        bool expectations, aon_arena *arena,
                                        aon_diags *diags);
/* One expression and nothing after it. */
AON_NODISCARD aon_status aon_parse_expr(aon_expr **out, const aon_tokens *tokens,
                                        aon_arena *arena, aon_diags *diags);

#endif
