#!/bin/sh
# Make docs/ablation.md: for every hypothesis of every statement, the smallest
# counterexample without it (or with its weakened form), or none in scope, with a
# certificate that has been checked.
#
#   AON=/path/to/aon AONCK=/path/to/aonck sh scripts/ablation.sh [-j JOBS] [FILE.aon ..]
#
# Files named: their tables on stdout.  Bounded by work, not by time: the same bytes on every
# machine, for any number of jobs.  A certificate that a checker refuses ends it: exit 1.
set -eu
LC_ALL=C
export LC_ALL

# ---- one row: called by this script itself, in the folder of the theorem file ----

# Bounds to try, largest first.
bounds() { # FILE NUMBER-OF-DIMENSIONS
    case $1/$2 in
    thm14.aon/2 | vocab.aon/2) echo "2,1,3,3 2,1,3,2 2,1,2,2 1,1,3,3 1,1,3,2 1,1,2,2 1,1,1,2" ;;
    */1) echo "2,3,3 2,2,3 2,3,2 1,3,3 2,2,2 1,2,2" ;;
    */2) echo "2,2,3,3 2,1,3,3 2,2,2,3 2,1,3,2 2,2,2,2 2,1,2,2 1,1,3,3 1,1,3,2 1,1,2,2 1,1,1,2" ;;
    *) echo "2,2,2,3,3 2,1,1,3,2 1,1,1,3,3 1,1,1,3,2 1,1,1,2,2" ;;
    esac
}

# Orbits in a search: of one bound, of that of a known counterexample, with a certificate.
limits() { # FILE
    work=100000 more=600000 evidence=60000
    case $1 in
    ls.aon) evidence=250000 ;; # (1,1,2,2) has 150,000
    diversity.aon) more=6000000 ;; # without same: (2,1,3,3)
    thm14.aon) work=350000 more=6000000 evidence=250000 ;; # all of (2,1,3,2)
    esac
}

# At least so many orbits are in a bound.
orbits() { # bound, then options and FILE:STATEMENT
    [ "$2" != --because ] || { bound_=$1; shift 3; set -- "$bound_" "$@"; }
    "$aon" explain --symmetry --max "$@" 2>/dev/null |
        sed -n 's/^  (.* = \([0-9]*\), \([0-9]*\) assignments$/\1 \2/p' |
        awk '{ n += $2 / $1 } END { printf "%.0f\n", n }'
}

# What a search says: $outcome, $shape, $violated; $known and its $known_violated.  $after
# stays: the first counterexample that has undecided instances before it, and
# $after_violated.
search() { # bound, then options and FILE:STATEMENT
    status=0
    "$aon" find -q -j 1 --count 0 --work "$work" --max "$@" >"$tmp/said" 2>"$tmp/err" ||
        status=$?
    case $status in
    0 | 1 | 4 | 5) ;;
    *) cat "$tmp/err" >&2; exit 255 ;;
    esac
    shape= violated= known= known_violated=
    line=$(head -n 1 "$tmp/said")
    case $line in
    *", smallest but for "*)
        outcome=undecided
        if [ -z "$after" ]; then
            after=${line##*smallest but for } after_violated=${line##*violated: }
            open=${after%% *} after=${after#* = }
            after="${after%%: *} after $open undecided"
        fi
        ;;
    *"refuted"*", smallest "*)
        outcome=found
        shape=${line#* = } shape=${shape%%: *}
        violated=${line##*violated: }
        ;;
    *"none in scope"*) outcome=none ;;
    *"vacuous: "*) outcome=vacuous ;;
    *"some undecided"*) outcome=undecided ;;
    *"stopped at the limit"*) outcome=limit ;;
    *) cat "$tmp/said" >&2; exit 255 ;;
    esac
    known=$(sed -n 's/.*not the smallest: from the gallery, \(.*\): violated: .*/\1/p' "$tmp/said")
    known_violated=$(sed -n 's/.*from the gallery, .*: violated: //p' "$tmp/said")
}

# "2,1,3,3": dimensions, contexts, tokens of an instance.
shape_of() { # file, "d,d'": the dimensions of the statement
    awk -v names="$2" '$1 == "dim" { dim[$2] = $3 }
        $1 == "context" { n++ }
        $1 == "tokens" { k = NF - 1 }
        END {
            last = split(names, name, ",")
            for (i = 1; i <= last; i++) printf "%s,", dim[name[i]]
            print n + 0 "," k
        }' "$1"
}

# The certificate of the largest of these bounds that is affordable: two cells.
certificate() { # bounds, then options and FILE:STATEMENT
    list=$1 why="too large"
    shift
    for bound in $list; do
        [ "$(orbits "$bound" "$@")" -le "$evidence" ] || continue
        rm -rf "$tmp/out"
        "$aon" find -q -j 1 --count 0 --work "$evidence" --max "$bound" -o "$tmp/out" "$@" \
            >"$tmp/said" 2>"$tmp/err" || :
        if ! ls "$tmp/out" | grep -q '\.aonc$'; then
            said=$(sed -n 's/^aon: there is no certificate: //p' "$tmp/err")
            why=${said:-$why}
            continue
        fi
        for last; do :; done
        "$aonck" "${last%%:*}" "$tmp"/out/*.aonc >"$tmp/accepted" 2>&1 ||
            refused aonck "$bound" "$@"
        by=aonck
        if [ "$(sed -n 's/.* \([0-9]*\) orbits, .*/\1/p' "$tmp/accepted")" -le 3000 ]; then
            python3 "$root/src/checker_py/aonck.py" "${last%%:*}" "$tmp"/out/*.aonc \
                >"$tmp/accepted" 2>&1 || refused aonck.py "$bound" "$@"
            by="aonck, aonck.py"
        fi
        echo "up to ($bound) | $by"
        return
    done
    echo "no: $why |"
}

refused() { # checker, then what it is about
    checker=$1
    shift
    echo "ablation.sh: $checker refuses the certificate of $*" >&2
    cat "$tmp/accepted" >&2
    exit 255
}

unanswered() {
    [ "$outcome" = limit ] || [ "$outcome" = undecided ]
}

# A search; $bound is the last one, $undecided the first that was undecided.
search_noting() { # as search
    search "$@"
    bound=$1
    [ "$outcome" != undecided ] || undecided=${undecided:-$bound}
}

# Those of the bounds that are smaller than the first one.
smaller() { # bound, bounds
    within=$1
    shift
    for other in "$@"; do
        echo "$other,$within" | awk -F, -v other="$other" '
            { for (i = 1; i <= NF / 2; i++) { above += $i > $(i + NF / 2); below += $i < $(i + NF / 2) } }
            above == 0 && below > 0 { print other }'
    done
}

# One search for one variant: a line of the table.
outcome() { # FILE STATEMENT DIMENSIONS WORD HYPOTHESIS [CONCLUSION]
    file=$1 statement=$2 dims=$3 because=${6:-} changed="$4 $5"
    list=$(bounds "$file" "$(echo "$dims" | awk -F, '{ print NF }')")
    variant=
    [ "$4" = as ] || variant="--$4 $5"
    set -- $variant "$file:$statement"
    [ -z "$because" ] || changed="$changed, because $because"
    [ -z "$because" ] || set -- --because "$because" "$@"
    top=${list%% *} undecided= after= known_at= none_at= certificate=" | "
    search_noting "$top" "$@"
    [ -z "$known" ] || known_at=$(shape_of "$known" "$dims")
    case ,$known_at, in
    ,, | *,0,*) reachable=no ;; # a dimension 0 is in no ladder
    *) reachable=yes ;;
    esac
    if [ "$reachable" = yes ] && [ "$outcome" != found ]; then
        before=$outcome limit=$work work=$more
        search_noting "$known_at" "$@" # is there a smaller one than the known one?
        work=$limit
        [ "$outcome" != none ] || none_at=$bound # not here: it has other entries
        [ "$outcome" = found ] || outcome=$before bound=$top
    fi
    for try in ${list#"$top"}; do
        unanswered || break
        [ "$(orbits "$try" "$@")" -gt $((work * 50)) ] || search_noting "$try" "$@"
    done
    if [ -n "$none_at" ] && { unanswered || smaller "$none_at" "$bound" | grep -q .; }; then
        bound=$none_at outcome=none
    fi
    case $outcome in
    found)
        what="**$shape**"
        [ "$bound" = "$top" ] || what="$what within ($bound)"
        ;;
    none)
        what="none up to ($bound)"
        certificate=$(certificate "$bound $(smaller "$bound" $list)" "$@")
        ;;
    vacuous) what="vacuous up to ($bound)" ;;
    limit) what="limit at ($bound)" ;;
    undecided) what="undecided up to ($bound)" undecided= ;;
    esac
    [ -z "$undecided" ] || [ "$outcome" = found ] || what="$what, undecided up to ($undecided)"
    if [ -n "$after" ] && [ "$outcome" != found ]; then
        what="$what; $after" violated=$after_violated
    elif [ -n "$known" ]; then
        what="$what; $known at ($(shape_of "$known" "$dims"))"
        violated=$known_violated
    fi
    echo "| $statement | $changed | $what | $violated | $certificate |"
}

conclusion_of() { # FILE STATEMENT WORD HYPOTHESIS
    start="expect $3 $4: refuted because "
    [ "$3" != as ] || start="expect refuted because "
    awk -v statement="$2" -v start="$start" '
        $1 == "statement" { here = $2 == statement }
        here && index($0, start) == 1 { split(substr($0, length(start) + 1), a); print a[1]; exit }' "$1"
}

one_row() { # FILE STATEMENT DIMENSIONS WORD HYPOTHESIS
    limits "$1"
    outcome "$@" >"$tmp/row"
    cat "$tmp/row"
    because=$(conclusion_of "$1" "$2" "$4" "$5")
    if [ -n "$because" ] &&
        ! awk -F'|' '{ print $5 }' "$tmp/row" | tr ',' '\n' | grep -qx " *$because *"; then
        outcome "$@" "$because"
    fi
}

# ---- all rows ----

# STATEMENT DIMENSIONS WORD HYPOTHESIS
variants() { # FILE
    awk '$1 == "statement" { name = $2 }
        $1 == "expect" && $2 == "refuted" && !seen[name]++ { print "wrong", name }' "$1" \
        >"$tmp/wrong"
    "$aon" core "$1" | cat "$tmp/wrong" - | awk '
        $1 == "wrong" { wrong[$2] = 1; next }
        $1 == "statement" {
            if (name != "") flush()
            name = $2; dims = ""; n = 0
            if (name in wrong) list[n++] = "as stated"
        }
        $1 == "given" && $3 == "dim" { dims = dims (dims == "" ? "" : ",") $2 }
        $1 == "assume" { list[n++] = "without " $2 }
        $1 == "weaken" { list[n++] = "weaken " $2 }
        function flush(  i) { for (i = 0; i < n; i++) print name, dims, list[i] }
        END { flush() }'
}

# The rows of a file still to be made: numbered files with their arguments.
plan() { # folder FILE
    (cd "$1" && variants "$2") >"$tmp/variants"
    while read -r row; do
        count=$((count + 1))
        printf '%s\n%s\n' "$1" "$2 $row" >"$tmp/rows/$count"
    done <"$tmp/variants"
    echo "$count" >"$tmp/last-${2%.aon}"
}

make_rows() {
    seq 1 "$count" | AON=$aon AONCK=$aonck xargs -P "$jobs" -n 1 sh "$self" --row "$tmp/rows" ||
        exit 1
}

# The tables, in the order of the plan.
table() { # FILE
    echo "| statement | changed | smallest | violated | certificate | checked by |"
    echo "|---|---|---|---|---|---|"
    last=$(cat "$tmp/last-${1%.aon}")
    while [ "$at" -le "$last" ]; do
        cat "$tmp/rows/$at.md"
        at=$((at + 1))
    done
}

document() {
    cat <<'TEXT'
# Each hypothesis left out, or weakened

Made by `scripts/ablation.sh`; do not edit. For every hypothesis of every statement in `theorems/`: the smallest counterexample without it (`without h`), or with its weakened form (`weaken h`),
that `aon find` meets in the ladder of scopes (`search.md`, 1; entries -1, 0, 1, the pivot has g = 0), and the conclusions that fail there. A shape lists the dimensions in the order of the statement, then the numbers of contexts and tokens.
What a row says:

* **(1,1,1,2)**: the first one in the ladder up to (2,3,3), (2,2,3,3) or (2,2,2,3,3), for Theorem 14 and two vocabularies up to (2,1,3,3) or (2,2,2,3,3); `within (..)`: in that ladder instead, as the whole one was too much work, has undecided instances before it, or ends before the shape of a known counterexample. Where the file expects another conclusion to fail, a further row is about that one (`because c`).
* *none up to (..)*: no counterexample in these scopes, and some instance satisfies the hypotheses that are left. It says nothing about larger ones, other entries, or a proof. A certificate (`search.md`, 6) was written for the scope in the fifth column, which is smaller where the whole one has more than 60,000 orbits (Theorem 14, steering: 250,000),
  and accepted by the checkers in the last: `aonck`, and `aonck.py` if it has at most 3,000 orbits.
* *; instances/x.aoni at (..)*: beyond these scopes, of larger shape, with other entries, or with another pivot, this file from `theorems/` is a counterexample. It is not known to be the smallest. The conclusions are those that fail in it.
* *; (2,1,2,2) after N undecided*: the search met this counterexample, but of the instances before it N are undecided, so a smaller one is not excluded.
* *undecided up to (..)*: in these larger scopes instances are left whose matrices are not enumerated and cannot be solved for.
* *as stated*: the file says that the statement is wrong.

What the table has that `theory.md` (section 12) does not say, or says otherwise:

* Token diversity of both models instead of context diversity of the target (T15-F1, there of size (2,1,3)) fails already at (1,1,1,3), with a zero vector; with nonzero vectors at (1,2,1,3), as in the last table.
* Theorem 14 without Gam <= N, or without equal distributions, fails first in `back`, in instances where nothing is seen: (1,1,3,1) has one token. `fwd` needs (2,1,3,2), as there; without equal distributions (2,1,3,3). With Gam <= G for Gam <= N, or Gamq <= G for Gamq <= M, there is none up to (2,1,3,3).
* Gamq <= G does not follow from Gamq <= M: `aon ablate` reports the two as alternatives. {same, Gam <= G} with either of them is enough in all scopes up to (2,1,3,2).
* That close log-odds do not give close residuals (`ap_factor`) cannot be seen with entries -1, 0, 1.
* Steering (`ls`) in one dimension needs the pairing of B, the reader and the equation of the vector only. Without Gam <= N or rows in M it first fails in two dimensions, where its matrices are not enumerated.

One hypothesis at a time says little when hypotheses replace each other: `aon ablate` finds all sufficient sets (`search.md`, 7).
TEXT
    for f in $files; do
        printf '\n## %s\n\n' "$f"
        table "$f"
    done
    printf '\n## Theorem 15 in the full space, with nonzero vectors\n\n```\n'
    cat "$tmp/own/nonzero.aon"
    printf '```\n\n'
    table nonzero.aon
}

root=$(cd "$(dirname "$0")/.." && pwd)
self=$root/scripts/${0##*/}
aon=${AON:-$root/build/release/aon}
aonck=${AONCK:-$root/build/release/aonck}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

if [ "${1:-}" = --row ]; then
    { read -r folder; read -r args; } <"$2/$3"
    cd "$folder"
    one_row $args >"$2/$3.md"
    exit
fi
jobs=$(getconf _NPROCESSORS_ONLN)
[ "${1:-}" != -j ] || { jobs=$2; shift 2; }
mkdir "$tmp/rows"
count=0 at=1
if [ $# -gt 0 ]; then
    for f in "$@"; do
        plan "$root/theorems" "${f##*/}"
    done
    make_rows
    for f in "$@"; do
        printf '\n## %s\n\n' "${f##*/}"
        table "${f##*/}"
    done
    exit
fi
mkdir -p "$tmp/own/lib"
cp "$root/theorems/lib/ntp.aon" "$tmp/own/lib"
cat >"$tmp/own/nonzero.aon" <<'TEXT'
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
files=$(cd "$root/theorems" && echo *.aon)
for f in $files; do
    plan "$root/theorems" "$f"
done
plan "$tmp/own" nonzero.aon
make_rows
document >"$tmp/ablation.md"
mv "$tmp/ablation.md" "$root/docs/ablation.md"
