#!/bin/sh
# One table of options: the program's help, docs/aon.1 and the completion agree.
set -eu
man=$SRCDIR/docs/aon.1
completion=$SRCDIR/completions/aon.bash

"$AON" help >help
[ "$(wc -l <help)" -le 30 ] || { echo "--help does not fit a screen"; exit 1; }
[ "$(awk '{ if (length($0) > 100) n++ } END { print n + 0 }' help)" -eq 0 ]
"$AON" --help >help2
cmp help help2
sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' help | grep -v '^aon$' >commands
[ "$(wc -l <commands)" -ge 11 ]

# COMMAND OPTION, one pair per line: from the program, the man page, the completion
while read -r c; do
    "$AON" help "$c" | sed -n 's/^  \(-., \)*--\([a-z0-9-]*\).*/\2/p' | sed "s/^/$c /"
done <commands | sort >of_program

# the man page: ".TP", "\fB\-\-name\fR ..", text, "(commands)"
sed 's/\\-/-/g; s/\\f[BIRP]//g' "$man" | awk '
    /^--|^-., --/ { match($0, /--[a-z0-9-]+/); name = substr($0, RSTART + 2, RLENGTH - 2) }
    /^\(.*\)$/ && name != "" {
        list = substr($0, 2, length($0) - 2)
        if (list == "all commands") while ((getline c < "commands") > 0) print c, name
        else { n = split(list, part, ", "); for (i = 1; i <= n; i++) print part[i], name }
        close("commands")
        name = ""
    }' | sort >of_man
diff of_program of_man

sed -n 's/^    \([a-z]*\)) options="\(.*\)" ;;$/\1 \2/p' "$completion" | awk '
    { for (i = 2; i <= NF; i++) print $1, substr($i, 3) }' | sort >of_completion
diff of_program of_completion

# every command has its paragraph, and its help ends well
while read -r c; do
    grep -q "^\(\\\\fB$c\\\\fR\|\.B $c\)" "$man" || { echo "$man has no $c"; exit 1; }
    "$AON" "$c" --help >/dev/null
done <commands
