#!/bin/sh
# aon minimize: what is written, exit statuses, messages.
set -eu
th=$SRCDIR/theorems

want() { # status, then a command
    status=$1
    shift
    got=0
    "$@" >out 2>err || got=$?
    [ "$got" -eq "$status" ] || { echo "exit $got, wanted $status: $*"; cat out err; exit 1; }
}
says() { # file, text
    grep -qF -- "$2" "$1" || { echo "no '$2' in:"; cat "$1"; exit 1; }
}
full="$th/thm15.aon:thm15_full"
inst=$th/instances/t15-3n.aoni

# the result, its witness, its grade
want 0 "$AON" minimize "$full" "$inst" --without hidden -o small.aoni
says err 'aon: wrote small.aonw, small.aoni'
says out "(d,d',n,k) = (1,2,1,3) to (1,1,1,2): violated: full, par"
says out 'M1: irreducible under the registered moves'
says out 'because full;'
if [ -n "$AONCK" ]; then
    "$AONCK" "$th/thm15.aon" small.aonw >accepted
    says accepted accepted
fi
want 1 "$AON" decide "$full" small.aoni --without hidden
want 0 "$AON" minimize "$full" "$inst" --without hidden --quiet
[ "$(wc -l <out)" -eq 2 ]

# standard input; a fixpoint; JSON
want 0 "$AON" minimize "$full" - --without hidden --because full -o again.aoni <small.aoni
cmp small.aoni again.aoni
want 0 "$AON" minimize "$full" "$inst" --without hidden --json
python3 - "$PWD/out" "$PWD/small.aoni" <<'PY'
import json, sys
r = json.loads(open(sys.argv[1]).read())
assert (r["schema"], r["statement"], r["variant"]) == (1, "thm15_full", "without hidden"), r
assert (r["because"], r["from"], r["to"]) == ("full", [1, 2, 1, 3], [1, 1, 1, 2]), r
assert r["irreducible"] is True and r["M2"] is False, r
assert r["result"] == open(sys.argv[2]).read()
PY

# grades: M2 with one certificate per box of smaller shapes, M3 with its lemma
source="$th/thm15.aon:thm15_full_source"
want 0 "$AON" minimize "$source" "$th/instances/t15-f1.aoni" --grade M2 -o m2.aoni
says out 'M2: no smaller shape has a violation on the grid -1..1 (2 certificates)'
says out 'M3 is open: no registered lemma applies'
[ "$(ls m2-*.aonc | tr '\n' ' ')" = 'm2-2.aonc m2-4.aonc ' ]
grep -qx 'max 1 1 1 3' m2-2.aonc
grep -qx 'max 1 2 1 2' m2-4.aonc
for c in m2-2.aonc m2-4.aonc; do
    python3 "$SRCDIR/src/checker_py/aonck.py" "$th/thm15.aon" $c >accepted
    says accepted accepted
done
want 0 "$AON" minimize "$full" "$inst" --without hidden --because par
says out 'M3: no smaller shape over all of Q, by the lemma `one token`'
# smaller ones exist for another conclusion, for this one
want 0 "$AON" minimize "$th/ap.aon:ap" "$th/instances/ap-4.aoni" --without tab --because zero --grade M2
says out 'not M2: on the grid -1..1 no smaller shape violates zero, but (1,1,1,1) violates another conclusion'
want 0 "$AON" minimize "$th/thm14.aon:prop14_visible" "$th/instances/t14-2.aoni" --without visible --grade M2
says out 'not minimal: `aon find` has one at (1,3,1)'
want 4 "$AON" minimize "$source" "$th/instances/t15-f1.aoni" --grade M2 --work 300
says out 'M2 is open: the search of smaller shapes reached its limit'

# the limit: what there is so far, no grade
want 4 "$AON" minimize "$full" "$inst" --without hidden --work 3 -o some.aoni
says out 'no grade: stopped by the limit'
want 1 "$AON" decide "$full" some.aoni --without hidden

# nothing to minimize, and bad input
want 5 "$AON" minimize "$full" "$inst"
says err 'nothing to minimize: thm15_full is not applicable'
want 1 "$AON" minimize "$th/thm5.aon:thm5" "$th/instances/t5-1.aoni"
says err 'nothing to minimize: thm5 holds'
want 3 "$AON" minimize "$full" "$inst" --without hidden --because nothing
says err 'has no conclusion `nothing`'
want 3 "$AON" minimize "$th/thm15.aon:thm15" "$th/instances/t15-1.aoni" --without same --because viaM
says err 'does not fail in this instance'
want 3 "$AON" minimize "$full" "$th/instances/r-e.aoni" --without hidden
want 3 "$AON" minimize "$full" "$inst" --without nothing
want 2 "$AON" minimize "$full"
want 2 "$AON" minimize "$full" "$inst" --grade M3
want 2 "$AON" minimize "$full" "$inst" --without hidden --grid 2
says err 'add --grade M2'
want 2 "$AON" minimize "$th/thm15.aon" "$inst"
says err 'name one'
# what cannot be written is said before the work
want 71 "$AON" minimize "$full" "$inst" --without hidden -o no/such/folder.aoni
says err "cannot write in the folder 'no/such/'"
[ ! -s out ]
mkdir -p folder
for name in - '' folder/ folder/.aoni /dev/null; do
    want 2 "$AON" minimize "$full" "$inst" --without hidden -o "$name"
    says err '-o takes the beginning OUT of names here'
done
[ -z "$(ls -A folder)" ] && [ ! -e ./-.aoni ] && [ ! -e .aoni ]
# the instance stays
cp "$inst" place.aoni
for name in place.aoni ./place; do
    want 2 "$AON" minimize "$full" place.aoni --without hidden -o $name
    says err "would write over '"
done
cmp place.aoni "$inst"

# coordinates that are tokens, numbers that stand for contexts: the normal form moves them
cat >odd.aon <<'END'
statement odd
given d in dim   given m in model(#Y)   given S in subspace(#Y)   given w in vector(#X)
show inS: forall x in X: m.f(x) in S
show total: (sum x in X: w[x]*<m.f(x), m.g(base)>) = 0
END
cat >odd.aoni <<'END'
aoni 1
tokens p q r
base q
context z1 p
context z2 q
dim d 2
model m 3
f z1 1 2 3
f z2 0 5 1
g p 1 0 0
g q 0 3 0
g r 0 0 1
subspace S 3
gen 0 0 1
gen 1 2 0
vector w 2
row 4 1
end
END
want 0 "$AON" minimize odd.aon odd.aoni --because total -o odd-small.aoni
says out '(d,n,k) = (2,2,3) to (1,1,1): violated: inS, total'
want 4 "$AON" minimize odd.aon odd.aoni --because total --work 1
says out '(d,n,k) = (2,2,3) to (2,1,3): violated: '
