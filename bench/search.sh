#!/bin/sh
# Throughput of the search: bench/search.sh BUILD-FOLDER
# Builds bench/search_bench.c against the libraries of a Release build and runs it.
set -eu
src=$(cd "$(dirname "$0")/.." && pwd)
build=$1
arb=
for a in /usr/lib/*/libflint-arb.so; do
    [ ! -e "$a" ] || arb=-lflint-arb
done
lib() { for m in "$@"; do printf '%s ' "$build/libaon_$m.a"; done; }
# shellcheck disable=SC2046
${CC:-cc} -O2 -std=c17 -D_XOPEN_SOURCE=700 -I "$src/src" "$src/bench/search_bench.c" \
    $(lib search witness decide model lang exact base) $arb -lflint -lmpfr -lgmp -lpthread \
    -lm -o "$build/search_bench"
"$build/search_bench" "$src/theorems"
