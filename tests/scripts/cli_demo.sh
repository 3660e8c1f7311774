#!/bin/sh
# ctest: timeout=900
# The demo needs no file and no particular folder; its LaTeX compiles, where there is one.
set -eu
export AON_THEOREMS="$SRCDIR/theorems"
"$AON" demo --count 8 >out 2>err || { cat out err; exit 1; }
[ ! -s err ] || { cat err; exit 1; }
tail -n 1 out | grep -q '^[0-9]* statements: [0-9]* expectations met, 0 not'
grep -q 'violated: .*par' out
grep -q 'statements flip' out
grep -q 'survived: 8 trials, [1-9][0-9]* applicable' out
# what is to be read stands together: the LaTeX comes after it, the table and its sum at the end
[ "$(grep -o '^[1-5]\. ' out | tr -d '. \n')" = 12345 ]
[ "$(grep -n '^4\. .*--tex' out | cut -d: -f1)" -lt 70 ]
[ "$(grep -n '^% needs amsmath' out | cut -d: -f1)" -gt "$(grep -n '^4\. ' out | cut -d: -f1)" ]
[ "$(grep -n '^5\. All statements' out | cut -d: -f1)" -gt "$(grep -n '^% needs amsmath' out | cut -d: -f1)" ]
if grep -qi 'proved' out; then exit 1; fi
"$AON" demo --count 8 --jobs 1 >again
cmp out again
if command -v pdflatex >/dev/null; then
    {
        printf '%s\n' '\documentclass{article}\usepackage{amsmath,tikz}\begin{document}'
        sed -n '/^% needs amsmath/,/^All hypotheses/p' out
        printf '%s\n' '\end{document}'
    } >d.tex
    pdflatex -interaction=batchmode -halt-on-error d.tex >/dev/null
fi
