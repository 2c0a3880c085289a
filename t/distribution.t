#!/bin/bash
# The distribution builds, tests, installs and uninstalls away from its source (make distcheck).
cd "$(dirname "$0")/.." || exit 1
check=$PWD/var/check
build=${PARAPHE_BUILD:-$check/build}
echo 1..2
if make -C "$build" distcheck -j2 DISTCHECK_CONFIGURE_FLAGS='CFLAGS=-O0' \
    >"$check/distribution.log" 2>&1 </dev/null; then
    echo 'ok 1 - make distcheck succeeds'
else
    echo 'not ok 1 - make distcheck succeeds'
    grep -E 'rror|\*\*\*' "$check/distribution.log" | tail -n 20 | sed 's/^/# /'
fi
missing=$(comm -23 \
    <(find src views conf sql t README COPYING Makefile.am configure.ac -type f \
        -not -path '*/__pycache__/*' -not -path '*/node_modules/*' | sort) \
    <(tar -tJf "$build"/paraphe-*.tar.xz | sed 's|^[^/]*/||' | sort))
[ -z "$missing" ] || echo -n 'not '
echo 'ok 2 - every file of the source is in it'
[ -z "$missing" ] || sed 's/^/# missing: /' <<<"$missing"
rm -f "$build"/paraphe-*.tar.xz
