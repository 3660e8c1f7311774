#!/bin/sh
# Each class of exit status: the printed verdict and the status agree.
set -eu
export AON_THEOREMS="$SRCDIR/theorems"
I=$SRCDIR/theorems/instances
T=$SRCDIR/theorems

expect() { # STATUS PATTERN ARGUMENTS..: exit status, and a line of stdout or stderr
    status=$1
    pattern=$2
    shift 2
    got=0
    "$AON" "$@" >out 2>err </dev/null || got=$?
    if [ "$got" -ne "$status" ] || ! cat out err | grep -q -- "$pattern"; then
        echo "aon $*: exit $got, wanted $status and '$pattern'"
        cat out err
        exit 1
    fi
}

# 0, 1, 5: verdicts
expect 0 'holds$' decide "$T/thm15.aon:thm15" "$I/t15-3n.aoni"
expect 1 'violated: .*par$' decide "$T/thm15.aon:thm15_full" "$I/t15-3n.aoni" --without hidden
expect 5 'not applicable (hidden)' decide "$T/thm15.aon:thm15_full" "$I/t15-3n.aoni"
expect 1 violated decide "$T/thm15.aon:thm15_full" "$I/t15-3n.aoni" "$I/t15-3.aoni" --only same
# quiet: the verdict and nothing else
expect 1 violated decide -q "$T/thm15.aon:thm15_full" "$I/t15-3n.aoni" --without hidden
[ "$(wc -l <out)" -eq 1 ]
[ ! -s err ]
# 0, 1: formulas
expect 0 '^true$' eval "dim(M(m)) = 1" "$I/t15-3n.aoni"
expect 1 '^false$' eval "dim(M(m)) = 2" "$I/t15-3n.aoni"
expect 0 '^1$' eval "dim(M(m))" "$I/t15-3n.aoni"
expect 0 'same distribution' compare "$I/t15-3n.aoni"
expect 1 'first difference' compare "$I/t5-2.aoni"
# 4: undecided, with the reason
expect 4 '^undecided' eval "exists A in matrix(2,2): A*A = 3*id(2) and A = tr(A)" "$I/t15-3n.aoni"
grep -q 'undecided: ' err
cat >open.aon <<'EOF'
statement open
given d in dim
given m in model(d)
show here: d = d
show factors: exists A in matrix(2,2): A*A = 3*id(2) and A = tr(A)
show too: exists A in matrix(2,2): A*A = 5*id(2) and A = tr(A)
expect survived
EOF
expect 4 'open .*undecided (factors, too): ' decide open.aon "$I/t15-3n.aoni"
sed -e 's/^show factors/assume first/' open.aon >given.aon
expect 4 'open .*undecided (first): ' decide given.aon "$I/t15-3n.aoni"
expect 4 'open .*undecided (too): ' decide given.aon "$I/t15-3n.aoni" --without first
expect 4 'undecided: 20 of 20 trials *NOT AS EXPECTED' suite open.aon --count 20
# 2: usage, nothing on stdout
for args in "" "nothing" "decide" "decide x" "suite" "core" "core a b" "eval 1" "help nothing" \
    "core --count 3 x" "suite . --count 0" "suite . --count x" "suite . --jobs 0" \
    "suite . --seed -1" "core --color=blue x" "generate x" "--nothing" "core -x" \
    "suite --count" "core --json=1 x" "generate --k 0" "inspect" "compare a b"; do
    # shellcheck disable=SC2086
    expect 2 '^aon: ' $args
    [ ! -s out ] || { echo "aon $args: usage goes to stderr"; exit 1; }
done
# 3: bad input, with place and advice
printf 'statement s\nshow a: (1 = 1\n' >bad.aon
printf 'aoni 1\ntokens a\nbase b\nend\n' >bad.aoni
expect 3 'bad.aon:.*error: .*\[syntax\]' core bad.aon
expect 3 'bad.aon:.*error: ' suite bad.aon
expect 3 'bad.aoni:3:6: error: .*\[unknown-name\]' inspect bad.aoni
expect 3 'bad.aoni:3:6: error: ' decide "$T/thm15.aon" bad.aoni
expect 3 'no-such-file' core no-such-file.aon
expect 3 "no statement 'nothing'" decide "$T/thm15.aon:nothing" "$I/t15-3.aoni"
expect 3 'nothing' decide "$T/thm15.aon:thm15" "$I/t15-3.aoni" --without nothing
# an instance that does not fit is named, in each line
cp "$I/t14-2.aoni" other.aoni
expect 3 '^other.aoni: error: .* no token named y4' decide "$T/thm15.aon:thm15" other.aoni
# options that contradict each other, or ask for what cannot be
expect 2 "both name 'inM'" decide "$T/thm14.aon:thm14" other.aoni --without inM --weaken inM
expect 2 "both name 'inM'" find "$T/thm14.aon:thm14" --without inM --only same,inM
expect 2 'only once' decide - -
expect 2 'only once' decide -- -:thm14 -
expect 2 ': 3 here' generate --rank 4
expect 2 ': 2 here' generate --rank 3 --d 2
# the construction would cut these in silence
expect 2 'chains is about a query: add --query-len 1' generate --chains 2
expect 2 'lin-rank is about a query: add --query-len 1' generate --lin-rank 2 --query-len 0
expect 2 'contexts: 3 here' generate --query-len 1 --chains 4 --n 3
expect 0 '^query q ' generate --query-len 1 --chains 3 --n 3
expect 2 'the rank: 2 here' generate --query-len 1 --lin-rank 3
expect 2 'less the rank: 3 here' generate --zero-rows 4
expect 2 'zero-rows: 1 here' generate --zero-rows 2 --repeat 2
expect 2 'less one: 1 here' generate --zero-tokens 2
expect 2 'zero-tokens, less one: 0 here' generate --zero-tokens 1 --parallel 1
expect 2 'hidden-g, and the number of contexts: 1 here' generate --hidden-g 1 --hidden-f 2
expect 2 'tokens less one: 1 here' generate --hidden-g 2 --d2 3
expect 0 '^f x5' generate --hidden-g 1 --hidden-f 1 --zero-rows 1 --repeat 2 --zero-tokens 1
expect 0 "^model m' 3" generate --d2 3 --hidden-g 1
expect 2 'without --query-len' generate --for "$T/thm15.aon:thm15" --query-len 2
# nor is what is read written over, nor two files into one
cp other.aoni kept.aoni
cp "$T/thm14.aon" kept.aon
cp -r "$T/lib" .
for args in "decide kept.aon:thm14 kept.aoni -o kept.aoni" "decide kept.aon:thm14 kept.aoni --tex ./kept.aon" \
    "find kept.aon:thm14 --html kept.aon" "show kept.aoni --tex kept.aoni" "suite kept.aon --junit kept.aon" \
    "generate --for kept.aon:thm14 -o kept.aon"; do
    # shellcheck disable=SC2086
    expect 2 "would write over '[./]*kept.aoni*', which is read" $args
    cmp kept.aoni other.aoni
    cmp kept.aon "$T/thm14.aon"
done
expect 2 "tex and --html would write the same file 'one'" show other.aoni --tex one --html one
[ ! -e one ] || { echo "one file of two"; exit 1; }
expect 2 'takes a folder here' find "$T/thm14.aon:thm14" -o ''
printf -- '-- nothing\n' >nothing.aon
expect 3 'nothing.aon has no statement$' find nothing.aon
expect 3 'nothing.aon has no statement$' minimize nothing.aon other.aoni
# evidence is not lost: two witnesses of one name
mkdir -p one two
cp other.aoni one/i.aoni
cp other.aoni two/i.aoni
expect 2 'would have the same name' decide "$T/thm14.aon:thm14" one/i.aoni two/i.aoni -o both
[ ! -e both ]
# the short line names the variant: without it, it would say that the theorem is violated
expect 1 '^thm14  without inM  other.aoni  violated: fwd$' decide "$T/thm14.aon:thm14" other.aoni --without inM --quiet
expect 3 'error: ' eval "dim(M(m)" "$I/t15-3n.aoni"
expect 3 'error: ' eval "dim(nothing)" "$I/t15-3n.aoni"
expect 3 'no model' inspect "$I/t15-3n.aoni" m9
expect 3 'no statement' suite "$T/lib"
# 5 and 1 of the suite: vacuous is not a pass; a flip shows its instance
cat >vacuous.aon <<'EOF'
statement never
given d in dim
given m in model(d)
assume no: 1 = 2
show yes: 1 = 1
expect survived
EOF
expect 5 'vacuous: 20 trials, 0 applicable *NOT AS EXPECTED' suite vacuous.aon --count 20
# little to rest on
cat >few.aon <<'EOF'
statement seldom
given d in dim
given m in model(d)
assume no: dim(span{m.f(x) | x in X}) = 0 and d = 2
show yes: d = d
expect survived
EOF
expect 0 'survived: 100 trials, [1-9] applicable (few) *as expected' suite few.aon --count 100
# a file that is named twice, in a folder too, is decided once
mkdir -p twice
cp few.aon twice
expect 0 '^1 statements: 1 as expected' suite twice/few.aon twice ./twice//few.aon --count 100
expect 0 '^2 statements: 2 as expected' suite twice few.aon --count 100
cat >flip.aon <<'EOF'
statement wrong
given d in dim
given m in model(d)
show zero: forall x in X, y in Y: <m.f(x), m.g(y)> = 0
expect survived
EOF
expect 1 'refuted by instance [0-9]* because zero .*NOT AS EXPECTED' suite flip.aon --count 50
grep -q '^    | aoni 1' out
grep -q 'seed 1' out
if cat out | grep -qi -e proved; then exit 1; fi
# 71: no memory, in the libraries too
if [ "${AON_SANITIZED:-0}" != 1 ]; then
    printf 'aoni 1\ntokens a\nbase a\ndim e 1000000\nend\n' >huge.aoni
    got=0
    (ulimit -v 2000000 && "$AON" eval 'id(e)' huge.aoni) >out 2>err || got=$?
    [ "$got" -eq 71 ] || { echo "no memory: exit $got"; cat err; exit 1; }
    grep -qx 'aon: out of memory' err
fi
# 71: a full disk, a closed pipe, a folder that is not there
if [ -e /dev/full ]; then
    got=0
    "$AON" show "$I/t15-3.aoni" >/dev/full 2>err || got=$?
    [ "$got" -eq 71 ] || { echo "full disk: exit $got"; exit 1; }
    # more than one buffer is lost: one line all the same
    got=0
    "$AON" generate --count 300 --n 20 >/dev/full 2>more || got=$?
    [ "$got" -eq 71 ] || { echo "full disk, in the midst: exit $got"; exit 1; }
    for said in err more; do
        if [ "$(wc -l <$said)" -ne 1 ] || ! grep -q "cannot write 'standard output': No space" $said; then
            echo "full disk: want one line that says so"
            cat $said
            exit 1
        fi
    done
fi
got=0
{ "$AON" generate --count 3000 --n 20 || echo $? >status; } 2>err | true
[ "$(cat status)" -eq 71 ] || { echo "closed pipe: exit $(cat status)"; exit 1; }
[ ! -s err ] || { echo "closed pipe: nobody asked for a message"; cat err; exit 1; }
expect 71 'no-such-folder' decide "$T/thm15.aon:thm15" "$I/t15-3n.aoni" -o no-such-folder/x.aonw
