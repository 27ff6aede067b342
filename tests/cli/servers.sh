# SPDX-License-Identifier: GPL-2.0-or-later
# Xapian's servers for a case: . "$SOURCE/tests/cli/servers.sh"

command -v xapian-tcpsrv >/dev/null || skip "there is no xapian-tcpsrv (package xapian-tools)"
command -v setsid >/dev/null || skip "there is no setsid"
servers=
within=${within:-}
host=${host:-127.0.0.1}
last_port=$((20000 + $$ * 13 % 30000))

# A server that is told to end ends its whole process group: each has one of its own.
stop_servers()
{
    for server in $servers; do
        kill -CONT "$server" 2>/dev/null
        kill -KILL "-$server" 2>/dev/null
    done
    wait
}
trap stop_servers EXIT

# start DIR [PORT]: serves the index; sets $server (its process) and $port.
start()
{
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        last_port=$((last_port + attempt))
        port=${2:-$last_port}
        $within setsid xapian-tcpsrv --quiet --port "$port" --interface "$host" "$1/passages" \
            >/dev/null 2>&1 &
        server=$!
        printf '# collection of dafu\n%s:%s\n' "$host" "$port" >probe
        for wait in 1 2 3 4 5 6 7 8 9 10; do
            dafu-search --index probe --shard-seconds 2 -n 0 --total 停车 >/dev/null 2>probe.err
            [ $? -ne 2 ] || ! grep -q 'does not answer' probe.err && break 2
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$server" 2>/dev/null # the port is another's
    done
    servers="$servers $server"
}

# stop SERVER: as if its machine had gone.
stop()
{
    kill -KILL "-$1"
    wait "$1" 2>/dev/null
}
