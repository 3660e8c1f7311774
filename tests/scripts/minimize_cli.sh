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
want 2 "$AON" minimize "$th/thm15.aon" "$inst"
says err 'name one'
want 71 "$AON" minimize "$full" "$inst" --without hidden -o no/such/folder.aoni
