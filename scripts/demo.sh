#!/bin/sh
# Build a release in build/release and run the demonstration.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-deps.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building build/release" >&2
if ! { cmake --preset release -DAON_TESTS=OFF && cmake --build --preset release -j 2; } \
    >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
build/release/aon demo
