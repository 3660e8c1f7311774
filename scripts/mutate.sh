#!/bin/sh
# Break the code on purpose: apply each line of tests/mutations.txt to a copy of the tree,
# build, run the tests, and demand that one fails.  Some minutes.
#   scripts/mutate.sh [FILTER]     only lines that contain FILTER
set -eu
cd "$(dirname "$0")/.."
filter=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files -z | xargs -0 tar cf - | tar xf - -C "$work"
cmake -S "$work" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DAON_TESTS=ON >"$work/log" 2>&1
cmake --build "$work/build" -j 2 >>"$work/log" 2>&1
killed=0
missed=0
grep -v '^#' "$work/tests/mutations.txt" | grep -F -- "$filter" >"$work/list" || :
while IFS= read -r line; do
    [ -n "$line" ] || continue
    file=${line%%|*}
    rest=${line#*|}
    what=${rest##*|}
    expression=${rest%|*}
    module=$(echo "$file" | cut -d/ -f2)
    cp "$work/$file" "$work/saved"
    sed "$expression" "$work/saved" >"$work/$file"
    if cmp -s "$work/saved" "$work/$file"; then
        echo "changes nothing: $file: $what"
        missed=$((missed + 1))
    elif ! cmake --build "$work/build" -j 2 >"$work/log" 2>&1; then
        echo "does not build:  $file: $what"
        missed=$((missed + 1))
    elif (cd "$work/build" && ctest -j 2 -R "unit/${module}_|unit/${module}\$" >"$work/log" 2>&1) &&
        (cd "$work/build" && ctest -j 2 -LE slow -E "unit/(base|lang)" >"$work/log" 2>&1); then
        echo "NOT NOTICED:     $file: $what"
        missed=$((missed + 1))
    else
        echo "noticed:         $file: $what"
        killed=$((killed + 1))
    fi
    cp "$work/saved" "$work/$file"
done <"$work/list"
echo "$killed passed, $missed failed"
[ "$missed" -eq 0 ] && [ "$killed" -gt 0 ]
