aon decide theorems/thm14.aon:thm14 theorems/instances/t14-1b.aoni
