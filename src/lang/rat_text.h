/*
 * Rationals as text: lowest terms without a number library.
 */
#ifndef AON_LANG_RAT_TEXT_H
#define AON_LANG_RAT_TEXT_H

#include "base/arena.h"

#define AON_RAT_DIGITS ((size_t)1000) /* per part */

/*
 * num/den in lowest terms, "n" or "n/d" with d > 1.  Both are decimal digits without
 * leading zeros, at most AON_RAT_DIGITS of them; den is not 0, or NULL for 1.
 */
const char *aon_rat_text(aon_arena *arena, const char *num, size_t num_len,
                         const char *den, size_t den_len);

#endif
