#!/bin/sh
# Known instances are replayed before any is drawn: named ones first, then by name.
set -eu
export AON_THEOREMS="$SRCDIR/theorems"
fail() { echo "$1"; cat out err; exit 1; }
suite() { status=0; "$AON" suite s.aon "$@" >out 2>err || status=$?; }
cat >s.aon <<'END'
statement rare
given d in dim   given m in model(d)
show no: not exists x in X, y in Y: <m.f(x), m.g(y)> = 123456789
expect survived
END
# nothing known: no instance drawn has such a number
suite --count 30
[ "$status" -eq 0 ] && grep -q 'survived: 30 trials, [1-9][0-9]* applicable  *as expected' out || fail "alone"
mkdir instances
model() { # FILE NUMBER
    printf 'aoni 1\ntokens a b\nbase a\ncontext x a\nmodel m 1\nf x %s\ng a 0\ng b 1\nend\n' "$2" >"instances/$1.aoni"
}
model b 123456789
model c 123456789
model d 5
printf 'aoni 1\ntokens a\nbase a\nmodel w 1\ng a 123456789\nend\n' >instances/a.aoni # has no m
suite --count 30
[ "$status" -eq 1 ] && grep -q 'refuted from the gallery: instances/b.aoni because no  *NOT AS' out || fail "by name"
grep -q '^ *| f x 123456789' out || fail "no story"
grep -q ' 0 trials' out || fail "instances were drawn though the gallery refutes"
# named first, also for another variant and under another expectation
echo 'expect refuted because no on "instances/c.aoni"' >>s.aon
suite --count 30
grep -q 'refuted from the gallery: instances/c.aoni because no  *NOT AS' out || fail "named first"
# a known instance that is applicable makes a run that draws none such not vacuous
rm instances/[cd].aoni
cat >s.aon <<'END'
statement rare
given d in dim   given m in model(d)
assume big: exists x in X, y in Y: <m.f(x), m.g(y)> = 123456789
show one: dim(all(d)) = 1
expect survived
END
suite --count 1
[ "$status" -eq 0 ] && grep -q 'survived: 1 trials, 0 applicable, and 1 of the gallery' out || fail "applicable"
rm instances/b.aoni
suite --count 1
[ "$status" -eq 5 ] && grep -q 'vacuous' out || fail "vacuous"
# known ones that are no counterexample, then drawn ones: the numbers are of drawn ones
printf 'aoni 1\ntokens a\nbase a\ncontext x a\nmodel m 1\nf x 0\ng a 0\nend\n' >instances/z.aoni
cat >zero.aon <<'END'
statement zero
given d in dim   given m in model(d)
show zero: forall x in X: m.f(x) = 0
expect survived
END
status=0
"$AON" suite zero.aon --count 20 >out 2>err || status=$?
[ "$status" -eq 1 ] && grep -q 'refuted by instance [0-9]* because zero ([0-9]* of [0-9]* applicable' out || fail "drawn"
number=$(sed -n 's/.*refuted by instance \([0-9]*\) .*NOT AS.*/\1/p' out)
"$AON" generate --for zero.aon:zero --first "$number" --count 1 >drawn
sed -n 's/^    | //p' out >told
diff drawn told
rm instances/z.aoni
# what cannot be read is said, and nothing else is lost
echo 'aoni 1' >instances/e.aoni
suite --count 1
[ "$status" -eq 3 ] && grep -q 'instances/e.aoni' err && grep -q vacuous out || fail "unreadable"
