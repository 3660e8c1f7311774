#!/bin/sh
# Break the code on purpose: apply each line of tests/mutations.txt to a copy of the tree,
# build, run the tests, and demand that one fails.  Some minutes.
#   scripts/mutate.sh [FILTER]     only lines that contain FILTER
# First the unit tests of the module that was changed; only if they notice nothing all
# tests that are not slow.
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

# noticed MODULE: does some test fail?  2: it does not build
noticed() {
    tests=$(cd "$work/tests/unit" && ls "$1"_*_test.c "$1"_test.c 2>/dev/null | sed 's/\.c$//' | tr '\n' ' ')
    for t in $tests; do
        cmake --build "$work/build" -j 2 --target "$t" >"$work/log" 2>&1 || return 2
        (cd "$work" && SRCDIR=$work timeout 120 "$work/build/tests/$t" >"$work/log" 2>&1) || return 0
    done
    cmake --build "$work/build" -j 2 >"$work/log" 2>&1 || return 2
    ! (cd "$work/build" && ctest -j 2 -LE slow -E "unit/(base|lang|exact|model|checker)" >"$work/log" 2>&1)
}

while IFS= read -r line; do
    [ -n "$line" ] || continue
    file=${line%%|*}
    rest=${line#*|}
    what=${rest##*|}
    expression=${rest%|*}
    cp "$work/$file" "$work/saved"
    sed "$expression" "$work/saved" >"$work/$file"
    if cmp -s "$work/saved" "$work/$file"; then
        echo "changes nothing: $file: $what"
        missed=$((missed + 1))
    else
        status=0
        noticed "$(echo "$file" | cut -d/ -f2)" || status=$?
        case $status in
        0) echo "noticed:         $file: $what"; killed=$((killed + 1)) ;;
        2) echo "does not build:  $file: $what"; missed=$((missed + 1)) ;;
        *) echo "NOT NOTICED:     $file: $what"; missed=$((missed + 1)) ;;
        esac
    fi
    cp "$work/saved" "$work/$file"
done <"$work/list"
echo "$killed passed, $missed failed"
[ "$missed" -eq 0 ] && [ "$killed" -gt 0 ]
