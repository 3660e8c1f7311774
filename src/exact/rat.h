/*
 * Strict text to Q and back.
 */
#ifndef AON_EXACT_RAT_H
#define AON_EXACT_RAT_H

#include "base/buf.h"
#include "base/status.h"
#include "exact/compat.h"

#include <stddef.h>

#define AON_MAX_DIGITS 100000 /* per numerator or denominator */

/*
 * Reads exactly  -?D+(/D+)?  over all len bytes; a denominator of zero, a sign other
 * than one leading '-', spaces, and anything else is AON_EINPUT; more digits than
 * AON_MAX_DIGITS is AON_ELIMIT.  2/4 reads as 1/2.  `out` untouched on failure.
 * canonical != 0 additionally demands the one printed form: lowest terms, no leading
 * zeros, no -0, denominator above 1.
 */
AON_NODISCARD aon_status aon_rat_read(fmpq_t out, const char *s, size_t len,
                                      int canonical);
void aon_rat_print(aon_buf *out, const fmpq_t q);
void aon_int_print(aon_buf *out, const fmpz_t z);

#endif
