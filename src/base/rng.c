/*
 * Source  D. Blackman, S. Vigna: Scrambled linear pseudorandom number generators, ACM
 *         Trans. Math. Softw. 47 (2021), xoshiro256**; G. Steele, D. Lea, C. Flood:
 * Fast splittable pseudorandom number generators, OOPSLA 2014, splitmix64.
 */
#include "base/rng.h"

#include "base/status.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* The output function of splitmix64: a bijection of 64-bit words. */
static uint64_t
mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t
rotl(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

void
aon_rng_seed(aon_rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        seed += GOLDEN;
        r->s[i] = mix(seed);
    }
}

/* For a fixed seed, different streams start from different seeds: mix is injective. */
void
aon_rng_stream(aon_rng *r, uint64_t seed, uint64_t stream)
{
    aon_rng_seed(r, mix(mix(seed + GOLDEN) ^ mix(stream)));
}

uint64_t
aon_rng_next(aon_rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

/* The lowest 2^64 mod n words are thrown away, so each residue is equally likely. */
uint64_t
aon_rng_below(aon_rng *r, uint64_t n)
{
    uint64_t least, x;

    AON_ASSERT(n > 0);
    least = (UINT64_MAX - n + 1) % n;
    do
        x = aon_rng_next(r);
    while (x < least);
    return x % n;
}

int64_t
aon_rng_range(aon_rng *r, int64_t lo, int64_t hi)
{
    uint64_t width, x;

    AON_ASSERT(lo <= hi);
    width = (uint64_t)hi - (uint64_t)lo;
    x = width == UINT64_MAX ? aon_rng_next(r) : aon_rng_below(r, width + 1);
    x += (uint64_t)lo;
    return x <= INT64_MAX ? (int64_t)x : -(int64_t)(UINT64_MAX - x) - 1;
}

bool
aon_rng_chance(aon_rng *r, unsigned num, unsigned den)
{
    AON_ASSERT(den > 0);
    return aon_rng_below(r, den) < num;
}
