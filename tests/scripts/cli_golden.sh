#!/bin/sh
# Golden tests: tests/golden/NAME.cmd is run by sh in a copy of the theorems' folder; what
# it prints (stdout, stderr, exit status) is NAME.expected.
# To accept what is printed now: AON=.. SRCDIR=.. sh cli_golden.sh --bless
set -eu
here=$(pwd)
golden=$SRCDIR/tests/golden
mkdir -p work
cp -R "$SRCDIR/theorems" work/
failed=0
count=0
for cmd in "$golden"/*.cmd; do
    name=$(basename "$cmd" .cmd)
    got=0
    (
        cd work
        set +e
        aon() { "$AON" "$@"; }
        # shellcheck disable=SC1090
        . "$cmd"
    ) >"$here/$name.out" 2>"$here/$name.err" </dev/null || got=$?
    {
        cat "$name.out"
        [ ! -s "$name.err" ] || sed 's/^/stderr: /' "$name.err"
        echo "exit $got"
    } >"$name.got"
    if [ "${1:-}" = --bless ]; then
        cp "$name.got" "$golden/$name.expected"
    elif ! diff -u "$golden/$name.expected" "$name.got"; then
        failed=$((failed + 1))
    fi
    count=$((count + 1))
done
[ "$count" -gt 0 ]
[ "$failed" -eq 0 ]
