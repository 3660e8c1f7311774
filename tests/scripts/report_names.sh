#!/bin/sh
# A bound variable is never printed with a name that says something else in the same text.
set -eu
cat >clash.aon <<'EOF'
statement clash
given d in dim
given m in model(d)
given b in scalar
given A1 in matrix(d,d)
given u, v in vector(d)
show multiple: exists t in scalar: u = t*v
show map: exists D in matrix(d,d): (forall x in X: m.f(x) = D*m.f(x)) and u = D*v
show partner: forall w in Y: exists s in Y: <m.g(w), m.g(s)> = 7
EOF
cat >clash.aoni <<'EOF'
aoni 1
tokens y z1 y1
base y
context x
model m 1
f x 1
g y 0
g z1 1
g y1 1
scalar b 2
matrix A1 1 1
row 3
vector u 1
row 1
vector v 1
row 0
end
EOF
"$AON" decide clash.aon:clash clash.aoni >out && exit 1
cat out
# what b, A1, y, y1, z1 are, the instance says: none of them is bound
for name in b A1 y y1 z1 u v; do
    if grep -v " show " out | grep -qE "(exists|forall|sum) $name in|= $name[*]v|, $name[*]"; then
        echo "failed: $name is bound"
        exit 1
    fi
done
grep -q 'u = t\*v' out
grep -q 'u = C1\*v' out
# what is given, in words and mathematics
cat >given.aon <<'EOF'
statement g
given d, d' in dim   given m in model(d)   given A in matrix(d,d')   given v in vector(#Y)
given S in subspace(d')   given y in token
show c: d = d
EOF
"$AON" show given.aon --tex - >out
cat >wanted <<'EOF'
{\raggedright\noindent Given \(d\) (dimension), \(d'\) (dimension), \(m\) (model of dimension \(d\)), \(A\) (matrix in \(\mathbf{Q}^{d\times d'}\)), \(v\) (vector in \(\mathbf{Q}^{\#Y}\)), \(S\) (subspace of \(\mathbf{Q}^{d'}\)), \(y\) (token).\par}
EOF
grep Given out | cmp - wanted || { grep Given out; exit 1; }
echo "2 passed, 0 failed"
