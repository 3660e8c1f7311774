aon suite s.aon --count 30 --json
