#!/bin/sh
# Every #include in src/ is one that src/LAYERS allows: a module sees itself and its
# declared deps; the checker sees its own folder, GMP and the C library.
set -eu

# check TREE: prints each forbidden include; fails if there is one, or nothing to check.
check() (
    cd "$1"
    find . -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | sed 's|^\./||' |
        sort >"$list"
    awk -v list="$list" '
        function complain(why) {
            printf "src/%s:%d: %s: %s\n", file, n, line, why
            bad = 1
        }
        function judge(module, name, quoted,    part) {
            if (module == "checker") {
                if (quoted && (name ~ /\// || !((module "/" name) in exists)))
                    complain("the checker includes its own files only")
                if (!quoted && name ~ /flint|mpfr|arb|pthread/)
                    complain("the checker uses GMP and the C library only")
                return
            }
            if (!quoted)
                return
            if (name == "aon.h")
                return
            part = name
            if (!sub(/\/.*/, "", part))
                complain("write \"module/file.h\"")
            else if (part != module && !((module, part) in allowed))
                complain(module " may not include " part)
            else if (!(name in exists))
                complain("no such file")
        }
        FNR == NR {
            if ($0 !~ /^[a-z_]+:/) next
            module = $1
            sub(/:$/, "", module)
            known[module] = 1
            for (i = 2; i <= NF; i++) allowed[module, $i] = 1
            next
        }
        END {
            known["checker"] = 1
            while ((getline file < list) > 0) { exists[file] = 1; files[++count] = file }
            for (k = 1; k <= count; k++) {
                file = files[k]
                module = file
                if (!sub(/\/.*/, "", module)) {
                    if (file != "aon.h") { line = file; n = 0; complain("not in a module") }
                    continue
                }
                if (!(module in known)) {
                    line = module; n = 0; complain("src/LAYERS does not list this module")
                }
                n = 0
                while ((getline line < file) > 0) {
                    n++
                    if (line !~ /^[ \t]*#[ \t]*include/) continue
                    seen++
                    name = line
                    if (name ~ /"/) {
                        sub(/^[^"]*"/, "", name); sub(/".*/, "", name)
                        judge(module, name, 1)
                    } else {
                        sub(/^[^<]*</, "", name); sub(/>.*/, "", name)
                        judge(module, name, 0)
                    }
                }
                close(file)
            }
            if (seen == 0) { print "no #include found: nothing was checked"; bad = 1 }
            exit bad
        }' LAYERS /dev/null
)

scratch=$(pwd)
list=$scratch/list

# Can it fail?  FILE, INCLUDE, and a word of the complaint; "" where it must be allowed.
fixture=$scratch/fixture
fresh() {
    rm -rf "$fixture"
    mkdir -p "$fixture/base" "$fixture/lang" "$fixture/cli" "$fixture/checker"
    printf 'base:\nlang: base\ncli: base lang\n' >"$fixture/LAYERS"
    echo '#include <stdio.h>' >"$fixture/base/a.h"
    echo '#include "base/a.h"' >"$fixture/lang/l.h"
    echo '#include "lang/l.h"' >"$fixture/cli/main.c"
    echo '#include <gmp.h>' >"$fixture/checker/ck.h"
}
try() {
    fresh
    mkdir -p "$(dirname "$fixture/$1")"
    echo "$2" >>"$fixture/$1"
    if said=$(check "$fixture"); then verdict=; else verdict=$said; fi
    case $verdict in
    *"${3:-#}"*) [ -n "$3" ] && return ;;
    "") [ -z "$3" ] && return ;;
    esac
    echo "self-test: '$2' in $1: wanted '$3', got '$verdict'"
    exit 1
}
try base/x.c '#include "base/a.h"' ''
try cli/x.c '#include "base/a.h"' ''
try cli/x.c '#include "aon.h"' ''
try checker/x.c '#include "ck.h"' ''
try base/x.c '#include "lang/l.h"' 'base may not include lang'
try base/x.c '#  include   "lang/l.h"' 'base may not include lang'
try lang/x.c '#include "cli/c.h"' 'lang may not include cli'
try lang/x.c '#include "base/nothing.h"' 'no such file'
try lang/x.c '#include "l.h"' 'write "module/file.h"'
try lang/x.c '#include "../base/a.h"' 'may not include ..'
try checker/x.c '#include "base/a.h"' 'own files only'
try checker/x.c '#include <flint/fmpz.h>' 'GMP and the C library'
try other/x.c '#include <stdio.h>' 'does not list'
try x.c '#include <stdio.h>' 'not in a module'
rm -rf "$fixture"
mkdir "$fixture"
echo base: >"$fixture/LAYERS"
if check "$fixture" >/dev/null; then
    echo "self-test: an empty tree passes"
    exit 1
fi

check "$SRCDIR/src"
