#!/bin/sh
# What the completion offers for some half-written lines.
set -eu
command -v bash >/dev/null || exit 0
cat >s.aon <<'EOF'
statement first
show c: 1 = 1
statement second
show c: 1 = 1
EOF
cat >ask.bash <<'EOF'
. "$SRCDIR/completions/aon.bash"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_aon
echo "${COMPREPLY[*]}"
EOF
offers() {
    want=$1
    shift
    got=$(bash ask.bash aon "$@")
    [ "$got" = "$want" ] || { echo "aon $*: [$got] instead of [$want]"; exit 1; }
}
offers "demo decide" d
offers "minimize" help mi
offers "--without --weaken --work" find --w
offers "--without" find --wi
offers "" show --wi
offers "first second" find s.aon :
offers "second" find s.aon : se
offers "" find nofile.aon :
offers "" find s
