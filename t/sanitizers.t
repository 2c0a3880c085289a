#!/bin/bash
# Everything once more under AddressSanitizer and UndefinedBehaviorSanitizer: the unit tests, then
# the end-to-end tests on a site of their own. A finding ends the process it is in.
cd "$(dirname "$0")/.." || exit 1
check=$PWD/var/check
build=$check/sanitizers
site=$check/sanitizers-site
logs=$check/sanitizers-logs
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
count=0

# report STATUS TITLE LOG
report() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        grep -E '^not ok|ERROR|SUMMARY|runtime error|^ *#[0-9]|Bail out' "$3" | head -n 40 | sed 's/^/# /'
    fi
}

compile() {
    mkdir -p "$build" && cd "$build" || return
    [ -e Makefile ] || ../../../configure --enable-development --enable-sanitizers \
        CFLAGS='-O1 -g' || return
    make -j2 all && make -j2 check
}

# run_all SECONDS MEANING [INTERPRETER…]: runs the files that are read, two at a time, and reports each.
run_all() {
    local seconds=$1 meaning=$2 files file log
    shift 2
    files=$(cat)
    rm -rf "$logs"
    mkdir -p "$logs"
    xargs -d '\n' -P 2 -I '{}' bash -c 'log=$1/${2##*/}
        timeout "$3" "${@:4}" "$2" >"$log" 2>&1 </dev/null
        echo $? >"$log.status"' _ "$logs" '{}' "$seconds" "$@" <<<"$files"
    while read -r file; do
        log=$logs/${file##*/}
        report "$(cat "$log.status")" "${file##*/} $meaning" "$log"
    done <<<"$files"
}

finish() {
    [ ! -e "$site/ports" ] || conf/demo stop --dir "$site" >/dev/null 2>&1
}
trap finish EXIT

(compile) >"$check/sanitizers.log" 2>&1 </dev/null
status=$?
report $status 'the sanitizer build is made' "$check/sanitizers.log"
if [ $status -ne 0 ]; then
    tail -n 20 "$check/sanitizers.log" | sed 's/^/# /'
    echo "1..$count"
    exit 1
fi

export PARAPHE_BUILD=$build
run_all 300 'passes without a finding' < <(find "$build/t/unit" -maxdepth 1 -type f -executable | sort)

finish
rm -rf "$site"
if /usr/bin/python3 -B t/lib/paraphe_site.py start "$site" >"$check/sanitizers.log" 2>&1; then
    PARAPHE_SITE=$site
    PARAPHE_TEST_DB_SOCKET=$(cat "$site/run-directory")/db.sock
    export PARAPHE_SITE PARAPHE_TEST_DB_SOCKET
    report 0 'a site of this build starts, and takes its data' "$check/sanitizers.log"
    run_all 600 'passes on it' /usr/bin/python3 -B < <(printf '%s\n' t/e2e/*.py)
    finish
    ! grep -q -E 'Sanitizer|runtime error' "$site"/log/paraphed.log
    report $? 'its processes ended without a finding, leaks among them' "$site/log/paraphed.log"
else
    report 1 'a site of this build starts, and takes its data' "$check/sanitizers.log"
    tail -n 20 "$check/sanitizers.log" | sed 's/^/# /'
fi
echo "1..$count"
