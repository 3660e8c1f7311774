#!/bin/sh
# The harness can fail: each way in which a test must count as failed does.
set -eu
cat >h.c <<'END'
#include "unit/t.h"
TEST(good) { T_CHECK(1 + 1 == 2); }
TEST(bad_check) { T_CHECK(1 + 1 == 3); }
TEST(bad_int) { T_EQ_INT(1, 2); }
TEST(bad_string) { T_EQ_STR("a", "b"); T_EQ_STR("a", NULL); }
TEST(bad_status) { T_OK(3); }
TEST(bad_empty) { }
TEST(bad_leaves) { T_REQUIRE(t_seed == 0); abort(); }
TEST(bad_round) { T_FOR(20) { T_CHECK(t_round != 7); } }
TEST(shows_random) { T_FOR(3) { T_CHECK(true); printf("r %llu\n", (unsigned long long)t_rand()); } }
END
"${CC:-cc}" -std=c17 -D_XOPEN_SOURCE=700 -I"$SRCDIR/tests" -o h h.c

fail() {
    echo "$1"
    cat out
    exit 1
}
expect() { # STATUS, LAST LINE, ARGUMENTS...
    status=$1
    last=$2
    shift 2
    got=0
    ./h "$@" >out 2>&1 || got=$?
    [ "$got" -eq "$status" ] || fail "$*: exit $got, wanted $status"
    [ "$(tail -n 1 out)" = "$last" ] || fail "$*: wanted '$last'"
}
expect 0 "1 passed, 0 failed" good
for name in check int string status empty leaves round; do
    expect 1 "0 passed, 1 failed" bad_$name
done
grep -q 'replay: AON_TEST_SEED=1 AON_TEST_ROUND=7 ./h bad_round' out || fail "no replay line"
expect 1 "0 passed, 0 failed" no_such_name
expect 1 "2 passed, 7 failed"

# Replaying a round gives that round, for the same seed only.
expect 0 "1 passed, 0 failed" random
sed -n 3p out >third
AON_TEST_ROUND=2 ./h random | head -n 1 >replayed
cmp third replayed
[ "$(AON_TEST_SEED=2 AON_TEST_ROUND=2 ./h random | head -n 1)" != "$(cat third)" ]
AON_TEST_ROUND=6 ./h bad_round >out || fail "round 6 fails"
if AON_TEST_ROUND=7 ./h bad_round >out; then fail "round 7 passes"; fi
[ "$(AON_TEST_MULT=4 ./h random | wc -l)" -eq 13 ]
