#!/bin/sh
# ctest: timeout=900
# aon find: exit statuses, files, the same bytes for any number of threads, kill and resume.
set -eu
th=$SRCDIR/theorems

want() { # status, then a command
    status=$1
    shift
    got=0
    "$@" >out 2>err || got=$?
    [ "$got" -eq "$status" ] || { echo "exit $got, wanted $status: $*"; cat out err; exit 1; }
}

# found: the counterexample, its witness, its instance
want 0 "$AON" find "$th/thm15.aon:thm15_full" --without hidden -o found
grep -q "(d,d',n,k) = (1,1,1,2): violated: full, par" out
[ ! -e found/thm15_full-without-hidden.aonf ]
f=found/thm15_full-without-hidden
[ "$(cat err)" = "aon: wrote $f.aonw, $f.aoni" ] || { cat err; exit 1; }
if [ -n "$AONCK" ]; then
    "$AONCK" "$th/thm15.aon" found/thm15_full-without-hidden.aonw >accepted
    grep -q '^accepted' accepted
fi
want 1 "$AON" decide --without hidden "$th/thm15.aon:thm15_full" \
    found/thm15_full-without-hidden.aoni

want 0 "$AON" find "$th/thm15.aon:thm15_full" --without hidden -o found -q
[ ! -s err ]
want 0 "$AON" ablate "$th/thm15.aon:thm15_full" --max 1,1,1,2 -o sets
[ "$(ls sets | wc -l)" -eq 5 ] && grep -q '^aon: wrote sets/.*\.aon[ciw] and 1 more$' err

# none in scope: with a certificate, the same for any number of threads
want 1 "$AON" find "$th/thm15.aon:thm15_full" --max 1,1,2,3 -j 1 -o one
want 1 "$AON" find "$th/thm15.aon:thm15_full" --max 1,1,2,3 -j 3 -o three
grep -q 'none in scope' out
cmp one/thm15_full.aonc three/thm15_full.aonc
[ "$(tail -1 one/thm15_full.aonc)" = end ]

# of one conclusion, where another one fails: in the certificate, in its name
want 0 "$AON" find "$th/thm14.aon:thm14" --without inN --max 1,1,3,1 --count 0 -q -o one
want 0 "$AON" find "$th/vocab.aon:vocab_relational" --without inG --because fwd --max 1,1,3,1 \
    --count 0 -o one
grep -q "^vocab_relational  without inG  none in scope because fwd (d,d',n,k) = (1,1,3,1)$" out
[ "$(sed -n '3,4p' one/vocab_relational-without-inG-because-fwd.aonc)" = "without inG
because fwd" ]
want 0 "$AON" find "$th/vocab.aon:vocab_relational" --without inG --because fwd --max 1,1,2,1 \
    --json --count 0
grep -q '"because":"fwd","find":"none in scope"' out

# the limit, vacuous, misuse
want 4 "$AON" find "$th/thm15.aon:thm15_full" --work 10
cat >empty.aon <<'EOF'
statement never
given d in dim   given m in model(d)
assume no: 1 = 2
show odd: forall x in X: m.f(x) = 0
EOF
want 5 "$AON" find empty.aon
want 2 "$AON" find "$th/thm15.aon:thm15_full" --max 1,1
want 2 "$AON" find "$th/thm15.aon"
want 3 "$AON" find "$th/thm15.aon:thm15_full" --max 9,9,9,9
want 3 "$AON" find "$th/thm15.aon:thm15_full" --because nothing
want 3 "$AON" find "$th/thm15.aon:thm15_full" --without nothing

for shard in 0/2 3/2 1/ /2 1/2/ ' 1/2' +1/2 '
1/2' 1/100001; do
    want 2 "$AON" find "$th/thm15.aon:thm15_full" --shard "$shard"
    grep -q 'shard takes I/N with 1 <= I <= N, N up to 100000$' err
done
cat >wide.aon <<'EOF'
statement wide
given a, b, c, e, f, g, h in dim
show c: a = 1
EOF
for command in find ablate; do
    want 3 "$AON" $command wide.aon
    grep -q '`wide` has 7 dimensions: statements with up to 6 are searched$' err
done

# -o is a folder: said once, before the search
for command in find ablate; do
    want 2 "$AON" $command "$th/thm15.aon:thm15_full" -o -
    grep -q '^aon: -o takes a folder here, for several files$' err
    want 2 "$AON" $command "$th/thm15.aon:thm15_full" -o empty.aon
    grep -q "several files; 'empty.aon' is a file$" err
    [ ! -s out ] && [ ! -e - ] && [ "$(grep -c '^aon: ' err)" -eq 1 ]
done
want 71 "$AON" find "$th/thm15.aon:thm15_full" -o no/such/folder

# beyond a ladder that is too short: known instances
want 0 "$AON" find "$th/thm15.aon:thm15_full" --without hidden --max 1,1,1,1 -q -o known
grep -q 'not the smallest: from the gallery, instances/' out
want 0 "$AONCK" "$th/thm15.aon" known/thm15_full-without-hidden-known.aonw

# where there are none random ones, the same for any number of threads
mkdir -p bare
cp -r "$th/lib" "$th/thm15.aon" bare
beyond="$AON find bare/thm15.aon:thm15_full --without hidden --max 1,1,1,1"
want 1 $beyond --count 0
want 0 $beyond -j 1 -o beyond1 --seed 3
grep -q 'not the smallest: random instance [0-9]* of seed 3' out
want 0 $beyond -j 2 -o beyond2 --seed 3
diff -r beyond1 beyond2
grep -q '^verdict violated full' beyond1/thm15_full-without-hidden-random.aonw
want 0 "$AONCK" "$th/thm15.aon" beyond1/thm15_full-without-hidden-random.aonw
want 1 "$AON" decide "$th/thm15.aon:thm15_full" --without hidden --quiet \
    beyond1/thm15_full-without-hidden-random.aoni

# resumed: the certificate is the same; not with other options
search="$AON find $th/thm15.aon:thm15_full --max 1,1,2,3 --count 0"
want 4 $search --work 300 -o part
[ "$(ls part)" = thm15_full.aonf ]
want 1 $search -o part --resume part/thm15_full.aonf
want 1 $search -o whole_one
diff -r part whole_one
want 4 $search --work 300 -o other
want 3 $search --because par --resume other/thm15_full.aonf

# killed at any moment: what stands is whole, and a resumed search ends like a whole one
search="$AON find $th/thm15.aon:thm15_full --without hidden --all --max 2,2,2,3"
want 0 $search -j 1 -o whole
for i in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf killed
    $search -j 1 -o killed >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$i"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    for w in killed/*.aonw; do
        [ -e "$w" ] || continue
        cmp "$w" "whole/$(basename "$w")"
    done
    state=killed/thm15_full-without-hidden.aonf
    if [ -e $state ]; then
        want 0 $search -j 2 -o killed --resume $state
    fi
    [ -e killed/thm15_full-without-hidden.aonw ] || continue
    diff -r -x '.aon-*.tmp' whole killed
done
