cat >s.aon <<'END'
statement parallel
use ntp 1
given d, d' in dim   given m in model(d)   given m' in model(d')
assume same: same(m,m')
show N: dim(N(m)) = dim(N(m'))
show F: F(m) <= N(m)
expect survived
expect refuted because F
expect without same: refuted because N
expect holds on "theorems/instances/t5-1.aoni"
expect none at (1,1,3,3)
END
aon suite s.aon --count 30 --jobs 2
