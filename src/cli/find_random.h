/*
 * Internal to cli/: beyond the scopes of a search, random instances by construction.
 */
#ifndef AON_CLI_FIND_RANDOM_H
#define AON_CLI_FIND_RANDOM_H

#include "cli/find_common.h"

typedef struct {
    size_t count, trials, applicable, undecided;
    uint64_t seed;
    aon_instance *hit; /* violated, indexed; NULL: none */
    size_t index;      /* its number */
} aon_random_result;

/*
 * Decide instances 0 .. count - 1 of the seed (sample/sample.h) until one is violated
 * (in the conclusion `because`, if that is not NULL).  The answer does not depend on jobs.
 */
void aon_find_random(aon_random_result *out, const aon_target *r, const char *because,
                     size_t count, uint64_t seed, unsigned jobs);
void aon_random_result_clear(aon_random_result *out);

#endif
