/*
 * Seeded random numbers: xoshiro256** seeded by splitmix64; the same on every machine.
 */
#ifndef AON_BASE_RNG_H
#define AON_BASE_RNG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t s[4];
} aon_rng;

void aon_rng_seed(aon_rng *r, uint64_t seed);
/* An independent stream for (seed, stream): instance number i always sees the same. */
void aon_rng_stream(aon_rng *r, uint64_t seed, uint64_t stream);
uint64_t aon_rng_next(aon_rng *r);
uint64_t aon_rng_below(aon_rng *r, uint64_t n); /* 0 <= . < n, unbiased; n > 0 */
int64_t aon_rng_range(aon_rng *r, int64_t lo, int64_t hi); /* lo <= . <= hi */
bool aon_rng_chance(aon_rng *r, unsigned num, unsigned den);

#endif
