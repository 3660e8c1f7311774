#!/bin/sh
# Write witnesses/ anew with build/release/aon (or $AON).
set -eu
cd "$(dirname "$0")/.."
aon=${AON:-build/release/aon}
rm -f witnesses/*.aonw
"$aon" suite theorems --count 1 --seed 1 --quiet --witnesses witnesses
