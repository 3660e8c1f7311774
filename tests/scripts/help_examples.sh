#!/bin/sh
# ctest: timeout=300
# The help of each command says its exit statuses and ends with examples: they run, and end
# with one of these statuses.
set -eu
cp -r "$SRCDIR/theorems" theorems
export AON_THEOREMS="$PWD/theorems"
mkdir bin
ln -s "$AON" bin/aon
PATH=$PWD/bin:$PATH
n=0
for c in $("$AON" help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' | grep -v '^aon$'); do
    "$AON" help "$c" >help
    [ "$(wc -l <help)" -le 50 ] || { echo "$c: help is long"; exit 1; }
    awk 'length($0) > 105 { print FILENAME ": a long line: " $0; bad = 1 } END { exit bad }' help
    if grep -q '|' help && [ "$c" != show ]; then echo "$c: a text for other commands"; exit 1; fi
    exits=$(sed -n '/^exit: /,/^$/p' help | tr -d '\n' | sed 's/^exit: //')
    grep '^  aon ' help >examples || { echo "$c: no example"; exit 1; }
    [ -n "${AON_SANITIZED:-}" ] && case $c in demo | review | suite) continue ;; esac
    while read -r line; do
        code=0
        sh -c "$line" >out 2>err </dev/null || code=$?
        case " $exits" in
        *[\ \;,]"$code "*) ;;
        *)
            echo "$line: exit status $code is not one of: $exits"
            cat err
            exit 1
            ;;
        esac
        # 2 and 3 are for the wrong use of a command, 70 and above for disasters
        case $code in 0 | 1 | 4 | 5) ;; *) echo "$line: exit status $code"; cat err; exit 1 ;; esac
        n=$((n + 1))
    done <examples
done
[ "$n" -ge "$([ -n "${AON_SANITIZED:-}" ] && echo 15 || echo 20)" ] || { echo "$n examples"; exit 1; }
echo "$n examples"
