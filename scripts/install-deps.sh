#!/bin/sh
# Install what building and testing needs, on Debian and Ubuntu; elsewhere name it.
# Says nothing when everything is there.
set -eu

have_all() {
    for tool in cc make cmake python3; do
        command -v "$tool" >/dev/null 2>&1 || return 1
    done
    python3 -c "import fractions, json, subprocess" 2>/dev/null || return 1
    # One look through the compiler's eyes: headers and libraries, FLINT 2 with Arb or 3.
    dir=$(mktemp -d) || return 1
    cat >"$dir/probe.c" <<'END'
#include <flint/flint.h>
#include <mpfr.h>
#if __FLINT_RELEASE >= 30000
#include <flint/arb.h>
#else
#include <arb.h>
#endif
int main(void) { return mpfr_get_version() == 0; }
END
    status=1
    if cc -o "$dir/probe" "$dir/probe.c" -lflint -lmpfr -lgmp >/dev/null 2>&1; then
        status=0
    fi
    rm -rf "$dir"
    return $status
}

have_all && exit 0

packages="gcc libc6-dev make cmake libgmp-dev libmpfr-dev libflint-dev python3"
if ! command -v apt-get >/dev/null 2>&1; then
    {
        echo "This script installs packages on Debian and Ubuntu only.  Please install"
        echo "  a C17 compiler, make, CMake >= 3.22, Python 3,"
        echo "  GMP, MPFR, FLINT >= 2.9 (before FLINT 3 also Arb), each with its headers"
        echo "(Debian: $packages libflint-arb-dev), then run again."
    } >&2
    exit 2
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Please run as root: apt-get install $packages libflint-arb-dev" >&2
        exit 2
    fi
    as_root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quiet() {
    if ! $as_root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "failed: $*" >&2
        exit 2
    fi
}

echo "installing packages: $packages" >&2
quiet apt-get update
quiet apt-get install -y --no-install-recommends $packages
# Arb is a package of its own next to FLINT 2 only.
version=$(dpkg-query -W -f '${Version}' libflint-dev)
version=${version#*:}
if [ "${version%%.*}" -lt 3 ]; then
    quiet apt-get install -y --no-install-recommends libflint-arb-dev
fi
