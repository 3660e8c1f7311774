#!/bin/sh
# run-script-test.sh SCRIPT SCRATCH: run a test script in an empty directory.
set -eu
script=$1
scratch=$2
rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"
case $script in
*.py) exec python3 "$script" ;;
esac
case $(head -n 1 "$script") in
*bash*) exec bash "$script" ;;
*) exec sh "$script" ;;
esac
