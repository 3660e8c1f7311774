aon decide theorems/thm5.aon:thm5 theorems/instances/t5-4.aoni --drop EL.e3
