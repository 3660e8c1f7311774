aon inspect theorems/instances/t15-3n.aoni
