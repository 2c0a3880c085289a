#!/bin/sh
# A private MariaDB for tests, on a unix socket alone.
#
#   mariadb.sh start DIR [OPTION…] makes a server in DIR (created if need be, data kept), with
#                                  more options of mariadbd if wished, waits until it answers,
#                                  and prints its socket
#   mariadb.sh stop DIR            ends it by its own process id, and waits for that
#   mariadb.sh remove DIR          the same, and deletes DIR
#   mariadb.sh create SOCKET NAME  makes an empty database, in place of one of that name
#   mariadb.sh drop SOCKET NAME    removes it
#
# The account is the system user that started it, without a password. Durability is left on, as
# it is what the platform relies on.
set -eu

usage()
{
    sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

die()
{
    echo "mariadb.sh: $*" >&2
    [ ! -s "$directory/log" ] || tail -n 20 "$directory/log" >&2
    exit 1
}

# A process that has ended and that nobody waited for is a zombie, which kill still finds.
running()
{
    [ -s "$directory/pid" ] && kill -0 "$(cat "$directory/pid")" 2>/dev/null &&
        ! grep -q '^State:.Z' "/proc/$(cat "$directory/pid")/status" 2>/dev/null
}

# wait_until 'what fails' COMMAND…: tries ten times a second for 30 s.
wait_until()
{
    failing=$1
    shift
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || die "$failing in 30 s"
        sleep 0.1
    done
}

answers()
{
    running || die 'the server ended at once'
    mariadb-admin --no-defaults --socket="$directory/socket" ping >/dev/null 2>&1
}

ended()
{
    ! running
}

start()
{
    # A socket's path has at most 107 bytes.
    [ ${#directory} -le 100 ] || die "the path of $directory is too long for a socket"
    mkdir -p "$directory"
    ! running || die "a server runs in $directory already"
    # In /tmp, servers that are made at once take each other's temporary files away.
    export TMPDIR="$directory"
    if [ ! -d "$directory/data/mysql" ]; then
        mariadb-install-db --no-defaults --datadir="$directory/data" --skip-test-db \
            --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
            $as_user >"$directory/log" 2>&1 || {
            head -n 30 "$directory/log" >&2 # advice follows the cause
            die 'mariadb-install-db failed'
        }
    fi
    mariadbd --no-defaults --datadir="$directory/data" --socket="$directory/socket" \
        --skip-networking --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=32M \
        --innodb-log-file-size=64M $as_user "$@" >>"$directory/log" 2>&1 </dev/null &
    echo $! >"$directory/pid"
    wait_until 'the server did not answer' answers
    echo "$directory/socket"
}

stop()
{
    running || return 0
    kill "$(cat "$directory/pid")"
    wait_until 'the server did not end' ended
    rm "$directory/pid"
}

database()
{
    mariadb --no-defaults --socket="$1" --execute="$2"
}

[ $# -ge 2 ] || usage
case $2 in
/*) directory=$2 ;;
*) directory=$PWD/$2 ;;
esac
as_user=
[ "$(id -u)" != 0 ] || as_user=--user=root
case $1-$# in
start-*) shift 2 && start "$@" ;;
stop-2) stop ;;
remove-2) stop && rm -rf "$directory" ;;
create-3) database "$2" "DROP DATABASE IF EXISTS \`$3\`; CREATE DATABASE \`$3\`" ;;
drop-3) database "$2" "DROP DATABASE IF EXISTS \`$3\`" ;;
*) usage ;;
esac
