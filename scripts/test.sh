#!/bin/sh
# Build with sanitizers and as a release, run all tests on both.  Tests labelled "slow"
# run in the release build only.  Ends with the line "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-deps.sh
mkdir -p build
passed=0
failed=0

build() {
    echo "building build/$1" >&2
    if ! { cmake --preset "$1" -DAON_TESTS=ON && cmake --build --preset "$1" -j 2; } \
        >"build/$1.log" 2>&1; then
        cat "build/$1.log"
        echo "build/$1 does not build"
        failed=$((failed + 1))
        return 1
    fi
}

# run PRESET CTEST-OPTIONS...: adds to passed and failed what ctest says of each case.
run() {
    preset=$1
    shift
    echo "testing build/$preset" >&2
    status=0
    (cd "build/$preset" && LC_ALL=C ctest -j 2 --output-on-failure "$@") \
        >"build/$preset-tests.log" 2>&1 || status=$?
    # 12/34 Test  #3: unit/base_test ......   Passed    0.02 sec
    good=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .* Passed +[0-9.]+ sec' \
        "build/$preset-tests.log" || :)
    skipped=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .*\*\*\*Skipped' \
        "build/$preset-tests.log" || :)
    all=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: ' "build/$preset-tests.log" || :)
    bad=$((all - good - skipped))
    if [ "$status" -ne 0 ] || [ "$bad" -ne 0 ] || [ "$good" -eq 0 ]; then
        cat "build/$preset-tests.log"
        [ "$bad" -ne 0 ] || bad=1
    else
        tail -n 2 "build/$preset-tests.log"
    fi
    [ "$skipped" -eq 0 ] || echo "build/$preset: $skipped skipped"
    passed=$((passed + good))
    failed=$((failed + bad))
}

if build dev; then
    run dev -LE slow
fi
if build release; then
    run release
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
