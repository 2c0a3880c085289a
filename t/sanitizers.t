#!/bin/bash
# Everything once more under AddressSanitizer and UndefinedBehaviorSanitizer: the unit tests, then
# the end-to-end tests on a site of their own. A finding ends the process it is in.
cd "$(dirname "$0")/.." || exit 1
check=$PWD/var/check
build=$check/sanitizers
site=$check/sanitizers-site
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
for program in "$build"/t/unit/*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    timeout 300 "$program" >"$check/sanitizers.log" 2>&1 </dev/null
    report $? "${program##*/} passes without a finding" "$check/sanitizers.log"
done

finish
rm -rf "$site"
if /usr/bin/python3 -B t/lib/paraphe_site.py start "$site" >"$check/sanitizers.log" 2>&1; then
    PARAPHE_SITE=$site
    PARAPHE_TEST_DB_SOCKET=$(cat "$site/run-directory")/db.sock
    export PARAPHE_SITE PARAPHE_TEST_DB_SOCKET
    report 0 'a site of this build starts, and takes its data' "$check/sanitizers.log"
    for test in t/e2e/*.py; do
        timeout 600 /usr/bin/python3 -B "$test" >"$check/sanitizers.log" 2>&1 </dev/null
        report $? "${test##*/} passes on it" "$check/sanitizers.log"
    done
    finish
    ! grep -q -E 'Sanitizer|runtime error' "$site"/log/paraphed.log
    report $? 'its processes ended without a finding, leaks among them' "$site/log/paraphed.log"
else
    report 1 'a site of this build starts, and takes its data' "$check/sanitizers.log"
    tail -n 20 "$check/sanitizers.log" | sed 's/^/# /'
fi
echo "1..$count"
