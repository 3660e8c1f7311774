#!/bin/sh
# ctest: timeout=900
# The same seed gives the same bytes, twice and for any number of threads.
set -eu
T=$SRCDIR/theorems
for f in thm15 thm5; do
    for run in 1 2 again; do
        jobs=$run
        [ "$run" != again ] || jobs=2
        "$AON" suite "$T/$f.aon" --count 12 --seed 5 --jobs "$jobs" --json \
            --witnesses "w-$f-$run" >"$f-$run.json" 2>/dev/null || true
        "$AON" generate --for "$T/$f.aon:$f" --count 10 --seed 5 >"$f-$run.aoni"
    done
    for run in 2 again; do
        cmp "$f-1.json" "$f-$run.json"
        cmp "$f-1.aoni" "$f-$run.aoni"
        diff -r "w-$f-1" "w-$f-$run"
    done
    [ "$(ls "w-$f-1" | wc -l)" -gt 10 ]
done
"$AON" generate --for "$T/thm15.aon:thm15" --count 10 --seed 6 >other.aoni
if cmp -s thm15-1.aoni other.aoni; then echo "the seed does nothing"; exit 1; fi
# instance number 7 is the same alone
"$AON" generate --for "$T/thm15.aon:thm15" --seed 5 --first 7 >seven
"$AON" generate --for "$T/thm15.aon:thm15" --seed 5 --count 8 -o eight
cmp seven eight/thm15-0007.aoni
