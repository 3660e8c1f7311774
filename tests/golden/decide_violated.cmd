aon decide theorems/thm15.aon:thm15_full theorems/instances/t15-3n.aoni --without hidden
