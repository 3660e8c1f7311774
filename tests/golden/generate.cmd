aon generate --d 3 --d2 4 --query-len 1 --seed 3; aon generate --degenerate
