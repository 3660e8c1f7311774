#!/bin/sh
# ctest: timeout=900
# Expectations that need a search: `none at`, `sufficient`, `minimal`, met and not.
set -eu
export AON_THEOREMS="$SRCDIR/theorems"
fail() { echo "$1: exit $status"; cat out err; exit 1; }
# WHAT STATUS PATTERN EXPECT-LINE..: the statement with these expectations
judge() {
    what=$1
    want=$2
    pattern=$3
    shift 3
    { cat statement; for line in "$@"; do echo "expect $line"; done; } >s.aon
    status=0
    "$AON" suite s.aon --count 5 $options >out 2>err || status=$?
    [ "$status" -eq "$want" ] && grep -q -- "$pattern" out || fail "$what"
}
options=
# the pivot has g = 0, so a table of rank 2 needs two more tokens, and two contexts
cat >statement <<'END'
statement rank
use ntp 1
given d in dim   given m in model(d)
assume two: exists x1, x2 in X: x1 != x2
assume odd: 1 = 1 weaken 1 = 2
show small: r(m) <= 1
show none: 1 = 1
END
judge "none" 0 "none in all 8 scopes up to (2,2,2): [0-9]* orbits, [1-9][0-9]* applicable, grid -1..1 *as expected" 'none at (2,2,2)'
judge "some" 1 'refuted at (2,2,3) *NOT AS EXPECTED' 'none at (2,2,3)'
grep -q '^ *| aoni 1' out || fail "no instance of what is not none"
judge "vacuous" 5 'vacuous in all 2 scopes .*NOT AS' 'none at (2,1,1)'
judge "vacuous variant" 5 'vacuous in all 8 scopes .*NOT AS' 'weaken odd: none at (2,2,2)'
judge "wrong shape" 3 'a shape of this statement is 3 numbers' 'none at (2,2,2,2)'
judge "too large" 3 'cannot be searched' 'none at (9,2,2)'
judge "minimal" 0 'minimal: first of 12 scopes *as expected' 'refuted because small minimal (2,2,3)'
judge "smaller" 1 'minimal: refuted at (2,2,3) *NOT AS' 'refuted because small minimal (2,3,3)'
judge "not there" 1 'minimal: none in all .*NOT AS' 'refuted because small minimal (2,3,2)'
judge "another conclusion" 1 'never because none' 'refuted because none minimal (2,2,3)'
options="--work 1"
judge "minimal, limit" 4 'minimal: none in the first [0-9] of 12 scopes.*, then the limit.*NOT AS' 'refuted because small minimal (2,2,3)'
judge "none, limit" 4 'none in the first [0-9] of 8 scopes.*, then the limit.*NOT AS' 'none at (2,2,2)'
judge "sufficient, nothing done" 4 ', then the limit.*NOT AS' 'sufficient {two, odd}'
options=
judge "not sufficient" 1 'refuted at (2,2,3) *NOT AS' 'sufficient {two, odd}'
# sufficient sets: one is, the other is not
cat >statement <<'END'
statement two
use ntp 1
given d in dim   given m in model(d)
assume z: forall x in X: m.f(x) = 0
assume w: forall y in Y: m.g(y) = 0
show zero: forall x in X, y in Y: <m.f(x), m.g(y)> = 0
END
judge "sufficient" 0 'none in all 18 scopes up to (2,3,3): .*as expected' 'sufficient {z}' 'sufficient {w}'
judge "empty set" 1 'refuted at (1,1,2) *NOT AS' 'sufficient {}'
options="--work 1"
judge "applicable, nothing done" 4 'none in the first 0 of 18 scopes.*, then the limit.*NOT AS' 'sufficient {z}'
options="--work 0"
judge "no search" 0 'sufficient {z}  *not run  *not run' 'sufficient {z}'
options="--work 30"
judge "cut short" 0 'none in the first [1-9][0-9]* of 18 scopes up to (2,3,3), then the limit: .*as expected' 'sufficient {z}'
# certificates
options="--certificates c"
judge "certificate" 0 'with certificate' 'without w: none at (1,2,2)' 'sufficient {z}'
[ "$(ls c)" = "$(printf 'two-only-z-none-2-3-3.aonc\ntwo-without-w-none-1-2-2.aonc')" ] || { ls c; fail "names"; }
"$AON" find s.aon --without w --max 1,2,2 -o one >/dev/null && fail "found" || :
cmp one/two-without-w.aonc c/two-without-w-none-1-2-2.aonc
# the same for any number of threads
options="--jobs 1 --json"
judge "json" 0 '"scopes":18,"scopes done":18,"orbits":[1-9]' 'sufficient {z}' 'none at (1,1,1)'
mv out out1
options="--jobs 3 --json"
judge "json" 0 '"scopes":1,' 'sufficient {z}' 'none at (1,1,1)'
cmp out out1
# a search is remembered for what was asked: conclusion, shape, variant, statement
cat >statement <<'END'
statement two
given d in dim   given m in model(d)
assume k: exists y1, y2 in Y: y1 != y2
assume n: exists x in X: 1 = 1
show one: forall y1, y2 in Y: y1 = y2
show three: forall y1, y2, y3 in Y: y1 = y2 or y2 = y3 or y1 = y3
END
options=
judge "asked" 1 '5 as expected, 3 not (1 vacuous)' 'refuted because one minimal (1,1,3)' \
    'without k: none at (1,1,2)' 'refuted because one minimal (1,1,2)' 'refuted because three minimal (1,1,3)' \
    'without n: refuted because three minimal (1,1,3)' 'without k: none at (1,1,1)' 'without k: none at (1,1,1)' 'none at (1,1,1)'
sed 's/y1 != y2$/1 = 1/' s.aon >other.aon
"$AON" suite s.aon other.aon --count 5 --quiet >out 2>err && fail "asked of another statement" || :
grep -q ' 11 as expected, 5 not' out || fail "asked of another statement"
