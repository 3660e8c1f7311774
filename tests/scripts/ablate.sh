#!/bin/sh
# ctest: timeout=900
# aon ablate and aon explain: what they say, files that the checker accepts, exit statuses,
# the same bytes for any number of threads.
set -eu
th=$SRCDIR/theorems

want() { # status, then a command
    status=$1
    shift
    got=0
    "$@" >out 2>err || got=$?
    [ "$got" -eq "$status" ] || { echo "exit $got, wanted $status: $*"; cat out err; exit 1; }
}

# the corollary on diversity: the two halves of one model, and nothing less
want 0 "$AON" ablate "$th/diversity.aon:diversity_linear" --max 1,2,3 -q -j 1
cat >wanted <<'TEXT'
diversity_linear  sets of hypotheses, in scopes up to (d,n,k) = (1,2,3)
sufficient, and nothing smaller is: no counterexample in these scopes
  {same, F1, G1}  none in scope, 252 orbits, 137 applicable
  {same, F2, G2}  none in scope, 252 orbits, 137 applicable
insufficient, and nothing larger is: the smallest counterexample
  {same, F1, F2}    (1,2,1)  violated: linear, linear'
  {same, F1, G2}    (1,1,2)  violated: linear, linear'
  {same, G1, F2}    (1,1,2)  violated: linear, linear'
  {same, G1, G2}    (1,1,3)  violated: linear, linear'
  {F1, G1, F2, G2}  (1,1,2)  violated: linear, linear'
TEXT
sed 's/[0-9]* orbits, [0-9]* applicable/N/' out >got
sed 's/[0-9]* orbits, [0-9]* applicable/N/' wanted | diff - got
cp out one
want 0 "$AON" ablate "$th/diversity.aon:diversity_linear" --max 1,2,3 -q -j 3
cmp one out

# as JSON: one object for each set; the figures are those of find
want 0 "$AON" ablate "$th/diversity.aon:diversity_linear" --max 1,2,3 --json
[ "$(wc -l <out)" -eq 7 ]
[ "$(grep -c '"ablate":"refuted".*"violated":\["linear","linear.\?"\]' out)" -eq 5 ]
grep '"set":\["same","F1","G1"\],"weakened":\[\],"ablate":"none in scope","max":\[1,2,3\]' \
    out | sed 's/.*"orbits":\([0-9]*\),"applicable":\([0-9]*\).*/\1 \2/' >figures
want 1 "$AON" find "$th/diversity.aon:diversity_linear" --max 1,2,3 --count 0 --json \
    --only same,F1,G1 -o with_all
sed 's/.*"orbits":\([0-9]*\),"applicable":\([0-9]*\).*/\1 \2/' out | diff - figures

# a weakened hypothesis lies between; files are those of find, and are accepted
want 0 "$AON" ablate "$th/thm15.aon:thm15_full" --max 1,1,1,3 -o files
grep -q '^  {same, hidden weakened}  none in scope, .*, certificate thm15_full-weaken-hidden.aonc$' out
grep -q '^  {same}  *(1,1,1,2)  violated: full, par$' out
grep -q '^in every sufficient set: same, hidden$' out
want 0 "$AON" find "$th/thm15.aon:thm15_full" --max 1,1,1,3 --without hidden -o found
for ending in aoni aonw; do
    cmp "files/thm15_full-without-hidden.$ending" "found/thm15_full-without-hidden.$ending"
done
want 1 "$AON" find "$th/thm15.aon:thm15_full" --max 1,1,1,3 --weaken hidden --count 0 -o found
cmp files/thm15_full-weaken-hidden.aonc found/thm15_full-weaken-hidden.aonc
[ "$(ls files | wc -l)" -eq 5 ]
if [ -n "$AONCK" ]; then
    for w in files/*.aonw files/*.aonc; do
        "$AONCK" "$th/thm15.aon" "$w" >accepted
        grep -q '^accepted' accepted
    done
fi

# conjuncts of a definition; the variant that is dropped is in the names of the files
want 0 "$AON" ablate "$th/thm5.aon:thm5" --conjuncts EL --max 1,1,1,2 -q -o labels
grep -q '^  {EL.e1, EL.e2, EL.e3}  none in scope, ' out
[ "$(grep -c '(1,1,1,2)  violated: iff$' out)" -eq 3 ]
want 1 "$AON" decide -q --drop EL.e1 "$th/thm5.aon:thm5" labels/thm5-drop-EL.e1.aoni
if [ -n "$AONCK" ]; then
    "$AONCK" "$th/thm5.aon" labels/thm5-drop-EL.e1.aonw >accepted
    grep -q '^accepted' accepted
fi

# exit statuses
want 1 "$AON" ablate "$th/diversity.aon:diversity_tokens_by_contexts" --max 2,1,3,2 \
    --because fwd -q
grep -q '^  {same, inN, src, tgt}  (2,1,3,2)  violated: fwd$' out
want 2 "$AON" ablate
want 2 "$AON" ablate "$th/thm15.aon:thm15_full" --max 1,1
want 3 "$AON" ablate "$th/thm15.aon:nothing"
want 3 "$AON" ablate "$th/thm15.aon:thm15_full" --because nothing
want 3 "$AON" ablate "$th/thm15.aon:thm15_full" --max 9,9,9,9
want 3 "$AON" ablate "$th/thm5.aon:thm5" --conjuncts EL.none
cat >plain.aon <<'EOF'
statement plain
given d in dim   given m in model(d)
show c: d = d
EOF
want 3 "$AON" ablate plain.aon --conjuncts "" --max 1,1,1
grep -q 'uses no labelled conjunct: there is nothing to leave out \[label\]' err
want 4 "$AON" ablate "$th/thm15.aon:thm15_full" --work 10
grep -q '^open$' out
cat >empty.aon <<'TEXT'
statement never
given d in dim   given m in model(d)
assume no: 1 = 2
show odd: forall x in X: m.f(x) = 0
TEXT
want 5 "$AON" ablate empty.aon
grep -q '^  {no}  vacuous, ' out
want 71 "$AON" ablate "$th/thm15.aon:thm15_full" --max 1,1,1,2 -o /dev/null/x

# explain: order of the group and size of the space are those of a certificate
want 2 "$AON" explain "$th/thm15.aon:thm15_full"
want 3 "$AON" explain --symmetry "$th/thm15.aon:nothing"
want 1 "$AON" find "$th/lp.aon:lp" --max 1,3,2 --count 0 -o scope
awk '$1 == "space" { space = $2 } $1 == "group" { print $2, space }' scope/lp.aonc >of_certificate
want 0 "$AON" explain --symmetry "$th/lp.aon:lp" --max 1,3,2
sed -n 's/^  (.* = \([0-9]*\), \([0-9]*\) assignments$/\1 \2/p' out | diff - of_certificate
[ "$(wc -l <of_certificate)" -eq 12 ]
want 0 "$AON" explain --symmetry "$th/thm14.aon:thm14_exact" --max 1,1,1,1,1
grep -q '^  h3: m and m. are listed only where they agree in$' out
grep -q '^    <f(x.q), g(y) - g(base)> for all x in X/q, y in Y$' out
grep -q '^    it says more than that; the rest is decided pair by pair$' out
grep -q '^  exact: no join, it is an inclusion of subspaces$' out
want 0 "$AON" explain --symmetry "$th/thm14.aon:thm14_exact" --without h3,min --max 1,1,1,1,1
grep -q '^  none: all combinations are listed$' out
