aon compare theorems/instances/t15-3n.aoni; aon compare theorems/instances/t5-2.aoni; aon compare --json theorems/instances/t5-2.aoni
