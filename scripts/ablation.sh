#!/bin/sh
# Make docs/ablation.md: for every hypothesis of every statement, the smallest
# counterexample without it (or with its weakened form), or none in scope.
#
#   AON=/path/to/aon sh scripts/ablation.sh [FILE.aon ..]
#
# Files named: their tables on stdout.  Bounded by work, not by time: the same bytes on every
# machine.  All of it takes some minutes on one core.
set -eu
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd)
aon=${AON:-$root/build/release/aon}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$root/theorems"

# Bounds to try, largest first, by the file and the number of dimensions.
bounds() {
    case $1/$2 in
    thm14.aon/2) echo "2,1,3,2 1,1,3,2 1,1,2,2" ;;
    thm14.aon/3) echo "1,1,1,3,2 1,1,1,2,2" ;;
    */1) echo "2,3,3 2,2,3 1,3,3 2,2,2 1,2,2" ;;
    */2) echo "2,2,3,3 2,2,2,3 2,1,3,2 2,2,2,2 2,1,2,2 1,1,3,3 1,1,2,2" ;;
    *) echo "2,2,2,3,3 2,1,1,3,2 1,1,1,3,2 1,1,1,2,2" ;;
    esac
}

# One search: its line to $tmp/line, its status to $status.
find_in() { # bound, then options and FILE:STATEMENT
    bound=$1
    shift
    status=0
    "$aon" find -q --count 0 --work "$work" --max "$bound" "$@" >"$tmp/all" 2>"$tmp/err" ||
        status=$?
    head -n 1 "$tmp/all" >"$tmp/line"
    case $status in
    0 | 1 | 4 | 5) ;;
    *) cat "$tmp/err" >&2; exit 1 ;;
    esac
}

# The largest bound in which nothing was found with so little work that there is a
# certificate; or why there is none.
certificate_of() { # bounds, then options and FILE:STATEMENT
    list=$1
    shift
    for bound in $list; do
        status=0
        "$aon" find -q --count 0 --work "$evidence" --max "$bound" "$@" >/dev/null 2>&1 ||
            status=$?
        [ "$status" -eq 1 ] || continue
        rm -rf "$tmp/out"
        "$aon" find -q --count 0 --max "$bound" -o "$tmp/out" "$@" >/dev/null 2>"$tmp/err" ||
            :
        if ls "$tmp/out" | grep -q '\.aonc$'; then
            echo "up to ($bound)"
        else
            sed -n 's/^aon: there is no certificate: /no: /p' "$tmp/err"
        fi
        return
    done
    echo "no: too large"
}

# An instance that the file names for this variant, if it is one.
known_instance() { # FILE STATEMENT OPTION HYPOTHESIS
    awk -v statement="$2" -v variant="$3 $4" '
        $1 == "statement" { here = $2 == statement }
        here && index($0, "expect " variant ": refuted") == 1 && match($0, /"[^"]*"/) {
            print substr($0, RSTART + 1, RLENGTH - 2)
            exit
        }' "$1" | sed "s/^--//"
}

row() { # cells
    line="|"
    for cell in "$@"; do
        line="$line $cell |"
    done
    echo "$line"
}

# What one search for one variant comes to: two cells.
outcome() { # FILE STATEMENT WORD HYPOTHESIS DIMENSIONS [CONCLUSION]
    file=$1 statement=$2 word=$3 hypothesis=$4 dims=$5 because=${6:-}
    variant=
    [ "$word" = as ] || variant="--$word $hypothesis"
    set -- $variant "$file:$statement"
    [ -z "$because" ] || set -- "$@" --because "$because"
    for try in $(bounds "$file" "$dims"); do
        find_in "$try" "$@"
        [ "$status" -ne 4 ] || ! grep -q 'stopped at the limit' "$tmp/line" || continue
        break
    done
    shape=$(sed -n 's/.* = \(([0-9,]*)\): violated: .*/\1/p' "$tmp/line")
    violated=$(sed -n 's/.*: violated: //p' "$tmp/line")
    if [ "$status" -eq 0 ]; then
        within=
        [ "$try" = "$(bounds "$file" "$dims" | sed 's/ .*//')" ] || within=" within ($try)"
        row "$statement" "$word $hypothesis" "**$shape**$within" "$violated" ""
    elif [ "$status" -eq 1 ]; then
        row "$statement" "$word $hypothesis" "none up to ($try)" "" \
            "$(certificate_of "$(bounds "$file" "$dims")" "$@")"
    elif [ "$status" -eq 5 ]; then
        row "$statement" "$word $hypothesis" "vacuous up to ($try)" "" ""
    else
        what="limit at ($try)"
        ! grep -q undecided "$tmp/line" || what="undecided up to ($try)"
        instance=$(known_instance "$file" "$statement" "$word" "$hypothesis")
        if [ -n "$instance" ] && ! "$aon" decide -q $variant "$file:$statement" \
            "$instance" >"$tmp/all" 2>&1; then
            what="$what; ${instance##*/}"
            violated=$(sed -n 's/.*violated: //p' "$tmp/all")
        fi
        row "$statement" "$word $hypothesis" "$what" "$violated" ""
    fi
}

# STATEMENT DIMENSIONS WORD HYPOTHESIS, and a conclusion that an expectation asks for
variants() {
    awk '$1 == "statement" { name = $2 }
        $1 == "expect" && $2 == "refuted" && !seen[name]++ { print "wrong", name }' "$1" \
        >"$tmp/wrong"
    "$aon" core "$1" | cat "$tmp/wrong" - | awk '
        $1 == "wrong" { wrong[$2] = 1; next }
        $1 == "statement" {
            if (name != "") flush()
            name = $2; dims = 0; n = 0
            if (name in wrong) list[n++] = "as stated"
        }
        $1 == "given" && $3 == "dim" { dims++ }
        $1 == "assume" { list[n++] = "without " $2 }
        $1 == "weaken" { list[n++] = "weaken " $2 }
        function flush(  i) { for (i = 0; i < n; i++) print name, dims, list[i] }
        END { flush() }'
}

conclusion_of() { # FILE STATEMENT WORD HYPOTHESIS
    awk -v statement="$2" -v start="expect $3 $4: refuted because " '
        $1 == "statement" { here = $2 == statement }
        here && index($0, start) == 1 { print $6; exit }' "$1"
}

table() {
    work=100000 evidence=20000 # orbits in one search, in one with a certificate
    case $1 in
    thm14.aon) work=350000 ;; # so that all of (2,1,3,2) is looked at
    traps.aon) work=20000 evidence=5000 ;;
    esac
    echo
    echo "## $1"
    echo
    row statement changed smallest violated certificate
    echo "|---|---|---|---|---|"
    variants "$1" >"$tmp/variants"
    while read -r statement dims word hypothesis; do
        outcome "$1" "$statement" "$word" "$hypothesis" "$dims" >"$tmp/row"
        cat "$tmp/row"
        because=$(conclusion_of "$1" "$statement" "$word" "$hypothesis")
        case $because in
        '') continue ;;
        esac
        if grep -q '\*\*' "$tmp/row" &&
            ! awk -F'|' '{ print $5 }' "$tmp/row" | tr ',' '\n' | grep -qx " *$because *"; then
            outcome "$1" "$statement" "$word" "$hypothesis" "$dims" "$because" |
                sed "s/ |/, because $because |/2"
        fi
    done <"$tmp/variants"
}

if [ $# -gt 0 ]; then
    for f in "$@"; do
        table "${f##*/}"
    done
    exit
fi

{
    cat <<'TEXT'
# Each hypothesis left out, or weakened

Made by `scripts/ablation.sh`; do not edit. For every hypothesis of every statement in `theorems/`: the smallest counterexample without it (`without h`), or with its weakened form (`weaken h`),
that `aon find` meets in the ladder of scopes (`search.md`, 1; entries -1, 0, 1), and the conclusions that fail there. A shape lists the dimensions in the order of the statement, then the numbers of contexts and tokens.
What the last search of a row was bounded by:

* **(1,1,1,2)**: the first one in the ladder up to (2,3,3), (2,2,3,3) or (2,2,2,3,3), for Theorem 14 up to (2,1,3,2) or, with three dimensions, (1,1,1,3,2); `within (..)`: in that smaller ladder, as the large one was too much work. Where the file expects another conclusion to fail, a further row is about that one.
* *none up to (..)*: no counterexample in these scopes, and some instance satisfies the hypotheses that are left. It says nothing about larger ones, other entries, or a proof. The certificate (`search.md`, 6) was written for the scope in the last column.
* *as stated*: the file says that the statement is wrong.
* *undecided*: instances are left whose matrices are not enumerated and cannot be solved for; a file name is a counterexample from `theorems/instances/`, not known to be the smallest.

What the table has that `theory.md` (section 12) does not say, or says otherwise:

* Token diversity of both models instead of context diversity of the target (T15-F1, there of size (2,1,3)) fails already at (1,1,1,3), with a zero vector; with nonzero vectors at (1,2,1,3), as in the last table.
* Theorem 14 without Gam <= N, or without equal distributions, fails first in `back`, in instances where nothing is seen: (1,1,3,1) has one token. `fwd` needs (2,1,3,2), as there. With Gam <= G for Gam <= N, or Gamq <= G for Gamq <= M, there is none up to that shape.
* Gamq <= G does not follow from Gamq <= M: `aon ablate` reports the two as alternatives. {same, Gam <= G} with either of them is enough in all scopes up to (2,1,3,2).
* That close log-odds do not give close residuals (`ap_factor`) cannot be seen with entries -1, 0, 1.
* Steering (`ls`) is undecided in these scopes: its conclusions are quadratic in matrices that are not enumerated.

One hypothesis at a time says little when hypotheses replace each other: `aon ablate` finds all sufficient sets (`search.md`, 7).
TEXT
    for f in *.aon; do
        table "$f"
    done
    cat >"$tmp/nonzero.aon" <<'TEXT'
statement thm15_full_nonzero
use ntp 1
given d, d' in dim   given m in model(d)   given m' in model(d')   given y1, y2, y3, y4 in token
let u := m.g(y1) - m.g(y2)   let v := m.g(y3) - m.g(y4)
let u' := m'.g(y1) - m'.g(y2)   let v' := m'.g(y3) - m'.g(y4)
assume same: same(m,m')
assume hidden: divF(m') weaken hiddenG(m') = 0
assume nonzero: u != 0 and v != 0 and u' != 0 and v' != 0
show par: par(all(d),u,v) -> par(all(d'),u',v')
TEXT
    echo
    echo '## Theorem 15 in the full space, with nonzero vectors'
    echo
    echo '```'
    cat "$tmp/nonzero.aon"
    echo '```'
    mkdir "$tmp/lib"
    cp lib/ntp.aon "$tmp/lib"
    cd "$tmp"
    table nonzero.aon | tail -n +3
} >"$tmp/ablation.md"
mv "$tmp/ablation.md" "$root/docs/ablation.md"
