/* Fixed vectors, so that a seed means the same on every machine and in every year. */
#include "unit/t.h"

#include "base/rng.h"

TEST(seeding_is_splitmix64)
{
    aon_rng r;

    /* The first outputs of the published splitmix64.c for state 1234567. */
    aon_rng_seed(&r, 1234567);
    T_CHECK(r.s[0] == UINT64_C(6457827717110365317));
    T_CHECK(r.s[1] == UINT64_C(3203168211198807973));
    T_CHECK(r.s[2] == UINT64_C(9817491932198370423));
    T_CHECK(r.s[3] == UINT64_C(4593380528125082431));
}

TEST(next_is_xoshiro256starstar)
{
    /* The first outputs of the published xoshiro256starstar.c for state 1, 2, 3, 4. */
    static const uint64_t wanted[] = {
        UINT64_C(11520),
        UINT64_C(0),
        UINT64_C(1509978240),
        UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360),
        UINT64_C(607988272756665600),
        UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832),
        UINT64_C(10595114339597558777),
        UINT64_C(2904607092377533576),
    };
    aon_rng r = {{1, 2, 3, 4}};

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        T_CHECK(aon_rng_next(&r) == wanted[i]);
}

TEST(streams_repeat_and_differ)
{
    aon_rng a, b, c;

    T_FOR (100) {
        uint64_t seed = t_rand(), stream = t_below(1000);

        aon_rng_stream(&a, seed, stream);
        aon_rng_stream(&b, seed, stream);
        T_CHECK(memcmp(&a, &b, sizeof a) == 0);
        aon_rng_stream(&b, seed, stream + 1);
        aon_rng_stream(&c, seed + 1, stream);
        T_CHECK(memcmp(&a, &b, sizeof a) != 0 && memcmp(&a, &c, sizeof a) != 0);
        aon_rng_stream(&b, stream, seed);
        T_CHECK(memcmp(&a, &b, sizeof a) != 0);
    }
    /* Committed instances depend on this; it may never change. */
    aon_rng_stream(&a, 1, 0);
    T_CHECK(aon_rng_next(&a) == UINT64_C(11830735285019107728));
    aon_rng_stream(&a, 1, 1);
    T_CHECK(aon_rng_next(&a) == UINT64_C(11454532084459386749));
}

TEST(below_stays_below_and_reaches_everything)
{
    aon_rng r;

    T_FOR (50) {
        uint64_t n = t_round < 20 ? t_round + 1 : t_rand() | 1;
        uint32_t seen = 0;

        aon_rng_seed(&r, t_rand());
        for (int i = 0; i < 400; i++) {
            uint64_t x = aon_rng_below(&r, n);

            T_CHECK(x < n);
            if (n <= 20)
                seen |= UINT32_C(1) << x;
        }
        if (n <= 20)
            T_CHECK(seen == (UINT32_C(1) << n) - 1);
    }
    aon_rng_seed(&r, 5);
    T_CHECK(aon_rng_below(&r, UINT64_MAX) < UINT64_MAX);
}

/* With n = 3 * 2^62 plain `% n` would give values below 2^62 half of the time. */
TEST(below_is_unbiased)
{
    const uint64_t n = UINT64_C(3) << 62;
    int low = 0;
    aon_rng r;

    aon_rng_seed(&r, 99);
    for (int i = 0; i < 9000; i++)
        low += aon_rng_below(&r, n) < n / 3;
    T_CHECK(low > 2800 && low < 3200);
}

TEST(range_includes_both_ends)
{
    static const int64_t ends[][2] = {
        {0, 0},
        {-1, 1},
        {-3, -2},
        {INT64_MIN, INT64_MIN + 1},
        {INT64_MAX - 1, INT64_MAX},
        {INT64_MIN, INT64_MAX},
        {INT64_MIN, 0},
        {-1, INT64_MAX},
    };
    aon_rng r;

    aon_rng_seed(&r, 3);
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        int64_t lo = ends[k][0], hi = ends[k][1];
        bool at_lo = false, at_hi = false;

        for (int i = 0; i < 300; i++) {
            int64_t x = aon_rng_range(&r, lo, hi);

            T_CHECK(lo <= x && x <= hi);
            at_lo = at_lo || x == lo;
            at_hi = at_hi || x == hi;
        }
        if ((uint64_t)hi - (uint64_t)lo < 5)
            T_CHECK(at_lo && at_hi);
    }
}

TEST(chance_is_exact_at_its_ends)
{
    int hits = 0;
    aon_rng r;

    aon_rng_seed(&r, 8);
    for (int i = 0; i < 2000; i++) {
        T_CHECK(!aon_rng_chance(&r, 0, 7));
        T_CHECK(aon_rng_chance(&r, 7, 7));
        hits += aon_rng_chance(&r, 1, 4);
    }
    T_CHECK(hits > 400 && hits < 600);
}
