#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Boots a bare Debian 12 in a container, installs the unit of a shard there, starts it, and searches it from
# outside: unit.sh [BUILD-FOLDER [DEBOOTSTRAP-FOLDER]]. Needs root, systemd-nspawn (package
# systemd-container), debootstrap and Debian's mirror; the second run uses the folder of the first.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$(CDPATH='' cd -- "${1:-$ROOT/build}" && pwd)
bare=${2:-${TMPDIR:-/tmp}/dafu-unit-debian}
PATH=$build/bin:$PATH
port=${PORT:-17101}
[ "$(id -u)" -eq 0 ] || { echo "skipped: needs root"; exit 77; }
for program in systemd-nspawn debootstrap nsenter; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done

if [ ! -e "$bare/usr/bin/xapian-tcpsrv" ]; then
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,xapian-tools bookworm "$bare" \
        >"$bare.log" 2>&1 || { tail -n 5 "$bare.log"; exit 1; }
fi
work=$(mktemp -d)
container=
leave()
{
    if [ -n "$container" ]; then
        kill -TERM $container 2>/dev/null || true
        sleep 1
        kill -TERM $container 2>/dev/null || true
        wait $container 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap leave EXIT

# ---- an index of two shards, the second in the container ----
corpus=$ROOT/corpus/replies
dafu-index add -q --index "$work/one" "$corpus" 2>/dev/null
dafu-index add -q --shards 2 --index "$work/two" "$corpus" 2>/dev/null
dafu-index publish --index "$work/two"
rm -rf "$bare/srv/dafu" "$bare/etc/dafu"
mkdir -p "$bare/srv/dafu" "$bare/etc/dafu/shards"
dafu-index snapshot --index "$work/two/shard-2" "$bare/srv/dafu/shard-2"
printf 'INDEX=/srv/dafu/shard-2\nADDRESS=127.0.0.1\nPORT=%s\n' "$port" >"$bare/etc/dafu/shards/2"
cp "$ROOT/.cmake/dafu-shard@.service" "$bare/etc/systemd/system/"
printf '# collection of dafu\n%s/two/shard-1\n127.0.0.1:%s\n' "$work" "$port" >"$work/all"

# ---- boot ----
systemd-nspawn --quiet --register=no --keep-unit --boot --directory "$bare" </dev/null >"$work/console" 2>&1 &
container=$!
inside() { nsenter --target "$leader" --mount --uts --ipc --pid --cgroup --root --wd "$@"; }
leader=
for second in $(seq 60); do
    leader=$(pgrep -P $container -x systemd || true)
    [ -n "$leader" ] && inside systemctl is-system-running 2>/dev/null | grep -Eq 'running|degraded' && break
    kill -0 $container 2>/dev/null || { tail -n 5 "$work/console"; echo "the container does not boot"; exit 1; }
    sleep 1
done

same()
{
    for index in one all; do
        dafu-search --index "$work/$index" --topics "$corpus/../queries.tsv" --format=json -n 20 \
            >"$work/$index.out" || return 1
    done
    cmp "$work/one.out" "$work/all.out" && test -s "$work/one.out"
}
started()
{
    for second in $(seq 20); do
        dafu-search --index "$work/all" -n 0 停车 >/dev/null 2>"$work/err"
        [ $? -ne 2 ] && return 0
        sleep 1
    done
    cat "$work/err"
    inside systemctl status --no-pager dafu-shard@2 || true
    return 1
}
main_process() { inside systemctl show --property MainPID --value dafu-shard@2; }
state() { inside sed -n "s/^$1:[[:space:]]*//p" "/proc/$(main_process)/status"; }

inside systemd-analyze verify --man=no /etc/systemd/system/dafu-shard@.service
inside systemctl start dafu-shard@2
started && same && echo "the same answers as one index, with a shard from the unit"

echo "user $(state Uid | cut -f 1), capabilities $(state CapEff), no new privileges $(state NoNewPrivs), seccomp $(state Seccomp)"
[ "$(state Uid | cut -f 1)" -gt 1000 ] && [ "$(state CapEff)" = 0000000000000000 ] &&
    [ "$(state NoNewPrivs)" = 1 ] && [ "$(state Seccomp)" = 2 ] || { echo "not confined"; exit 1; }
inside systemd-analyze security --no-pager dafu-shard@2 | tail -n 1

before=$(main_process)
inside systemctl kill --kill-whom=main --signal=KILL dafu-shard@2
started && same && [ "$(main_process)" != "$before" ] && echo "killed, and there again"

inside systemctl stop dafu-shard@2
if dafu-search --index "$work/all" -n 0 停车 2>"$work/err"; then exit 1; fi
grep -q "shard \"127.0.0.1:$port\" does not answer" "$work/err"
left=$(inside sh -c 'grep -l xapian-tcpsrv /proc/[0-9]*/comm' || true)
[ -z "$left" ] || { echo "left: $left"; exit 1; }
echo "stopped, no process is left"
