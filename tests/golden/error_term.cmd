aon eval 'dim(M(m)' theorems/instances/t15-3n.aoni
