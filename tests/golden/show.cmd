aon show theorems/thm15.aon:thm15_minimal; aon show theorems/instances/t14-1b.aoni
