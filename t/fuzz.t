#!/bin/bash
# Each fuzz target for some seconds, with what earlier runs on this machine found worth keeping.
# For long: FUZZ_SECONDS=3600 t/fuzz.t, or a target by hand, as said where it is built.
cd "$(dirname "$0")/.." || exit 1
check=$PWD/var/check
build=$check/fuzz
seconds=${FUZZ_SECONDS:-5}
export UBSAN_OPTIONS=print_stacktrace=1
count=0

targets=()
for source in t/fuzz/*.c; do targets+=("t/fuzz/$(basename "$source" .c)"); done

compile() {
    mkdir -p "$build" && cd "$build" || return
    [ -e Makefile ] || ../../../configure --enable-fuzzers CC=clang CFLAGS='-O1 -g' || return
    make src/db/statements.h && make -j2 "${targets[@]}"
}

if ! (compile) >"$check/fuzz.log" 2>&1 </dev/null; then
    echo 'not ok 1 - the fuzz targets are built'
    tail -n 20 "$check/fuzz.log" | sed 's/^/# /'
    echo 1..1
    exit 1
fi
for target in "${targets[@]}"; do
    name=${target##*/}
    corpus=$check/fuzz-corpus/$name
    seeds=()
    [ ! -d "t/fuzz/seeds/$name" ] || seeds=("t/fuzz/seeds/$name")
    mkdir -p "$corpus"
    count=$((count + 1))
    if timeout $((seconds + 300)) "$build/$target" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=2048 -artifact_prefix="$check/fuzz-found-" -print_final_stats=1 \
        "$corpus" "${seeds[@]}" >"$check/fuzz.log" 2>&1 </dev/null; then
        echo "ok $count - $name withstands $seconds s of made-up input"
        grep number_of_executed_units "$check/fuzz.log" | sed 's/^/# /'
    else
        echo "not ok $count - $name withstands $seconds s of made-up input"
        grep -E 'ERROR|SUMMARY|runtime error|^ *#[0-9]|Test unit written' "$check/fuzz.log" |
            head -n 30 | sed 's/^/# /'
    fi
done
echo "1..$count"
