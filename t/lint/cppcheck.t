#!/bin/bash
# cppcheck finds nothing. What it is told to pass over is of its own making, or of house style:
# missing system headers, a font's bytes, which a struct takes over, readdir in one thread, and
# MuPDF's macros, which it does not know.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
build=${PARAPHE_BUILD:-var/check/build}
mkdir -p var/check/cppcheck
if found=$(cppcheck --quiet --error-exitcode=1 --std=c11 --platform=unix64 -j2 \
    --enable=warning,performance,portability --inline-suppr \
    --suppress=memleak:src/pdf/font.c --suppress=missingInclude --suppress=missingIncludeSystem --suppress=readdirCalled \
    '-Dfz_try(c)=' '-Dfz_always(c)=' '-Dfz_catch(c)=if (c)' \
    --cppcheck-build-dir=var/check/cppcheck --library=posix \
    -I. -Isrc "-I$build/src" src 2>&1); then
    echo 'ok 1 - cppcheck finds nothing in src'
else
    echo 'not ok 1 - cppcheck finds nothing in src'
    sed 's/^/# /' <<<"$found"
fi
