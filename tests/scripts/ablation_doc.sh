#!/bin/sh
# ctest: labels=slow timeout=600
# docs/ablation.md is what scripts/ablation.sh makes: some of its tables made again, by any
# number of jobs; no row without a counterexample but with a checked certificate; a checker
# that refuses ends it.
set -eu
make="sh $SRCDIR/scripts/ablation.sh"
doc=$SRCDIR/docs/ablation.md
fail() {
    echo "$*"
    exit 1
}

[ -n "$AONCK" ] || exit 0
files="thm_r.aon ap.aon"
[ "${AON_SANITIZED:-0}" = 1 ] && files=thm_r.aon
for f in $files; do
    $make -j 1 "$f" >"one-$f"
    [ "$(grep -c '^|' "one-$f")" -ge 4 ] || fail "$f: no table"
    sed -n "/^## $f\$/,/^## /p" "$doc" | sed '1!{/^## /d;}' | sed '/^$/d' >"in-doc-$f"
    sed '/^$/d' "one-$f" | diff - "in-doc-$f" || fail "$f: not what the document has"
done

# every row of the document says what was found, and who checked what was not
awk -F' \\| ' '/^\|/ && !/^\|-/ && !/^\| statement / {
        rows++
        if ($3 ~ /^\*\*\([0-9,]+\)\*\*/) next
        if ($3 ~ /; \([0-9,]+\) after [1-9][0-9]* undecided$/) next # not known to be smallest
        if ($3 ~ /^none up to \([0-9,]+\)/ && $5 ~ /^up to \([0-9,]+\)$/ && $6 ~ /^aonck/) next
        print "no counterexample and no checked certificate: " $0
        bad = 1
    }
    END { if (rows < 200) print rows " rows"; exit bad || rows < 200 }' "$doc" || fail "rows"

# each statement with a hypothesis is in it
for f in "$SRCDIR"/theorems/*.aon; do
    "$AON" core "$f" | awk '$1 == "statement" { name = $2 } $1 == "assume" { print name, $2 }'
done | while read -r statement hypothesis; do
    grep -qF "| $statement | without $hypothesis |" "$doc" ||
        fail "$statement without $hypothesis is not in the document"
done

[ "${AON_SANITIZED:-0}" = 1 ] && exit 0
$make -j 3 ap.aon | diff - one-ap.aon || fail "the number of jobs matters"
cat >refuses <<'TEXT'
#!/bin/sh
echo "refused: [mass]"
exit 1
TEXT
chmod +x refuses
if AONCK=$PWD/refuses $make ap.aon >out 2>err; then
    fail "a certificate is refused, and nobody minds"
fi
grep -q 'aonck refuses the certificate of 2,1,3,2 ap.aon:ap_factor' err || fail "not said"
