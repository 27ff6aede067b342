#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the .deb, installs it on a bare Debian 12 made by debootstrap, and tries it there:
# package.sh [BUILD-FOLDER [DEBOOTSTRAP-FOLDER]]. Needs root and Debian's mirror; the second run uses
# the folder of the first.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=${1:-$ROOT/build}
bare=${2:-${TMPDIR:-/tmp}/dafu-bare-debian}

(cd "$build" && cmake --build . --parallel "$(nproc)" >/dev/null && rm -f dafu_*.deb && cpack -G DEB >/dev/null)
deb=$(ls "$build"/dafu_*.deb)
dpkg-deb --info "$deb" | grep -E '^ (Package|Version|Depends|Recommends|Installed-Size)'
dpkg-deb --contents "$deb" | awk '{ print $6 }' | grep -Ev '/$|corpus/'

if [ ! -e "$bare/etc/debian_version" ]; then
    debootstrap --variant=minbase bookworm "$bare" >"$bare.log" 2>&1 || {
        tail -n 5 "$bare.log"
        exit 1
    }
fi
cp -L /etc/resolv.conf "$bare/etc/" 2>/dev/null || true
for list in /etc/apt/apt.conf.d /etc/apt/sources.list /etc/apt/sources.list.d; do
    [ ! -e "$list" ] || cp -RL "$list" "$bare/etc/apt/" # the mirror that this machine uses
done
cp "$deb" "$bare/tmp/dafu.deb"
mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc"
trap 'umount "$bare/proc"' EXIT
inside() { chroot "$bare" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
inside apt-get update -qq
inside apt-get purge -y -qq dafu >/dev/null 2>&1 || true
inside apt-get install -y -qq --no-install-recommends /tmp/dafu.deb >/dev/null
inside sh -eu -c '
    dafu-index --version
    dafu-search --version
    rm -rf /tmp/index
    dafu-index add --index /tmp/index /usr/share/dafu/corpus/replies
    dafu-index check --index /tmp/index
    dafu-search --index /tmp/index --limit 1 智改数转
    echo 持续优化营商环境 | dafu-index segment
    echo 关于加快智改数转的提案 >/tmp/draft.txt
    dafu-search similar --index /tmp/index --least 0 --limit 1 /tmp/draft.txt
    timeout 3 dafu-search serve --index /tmp/index --listen 127.0.0.1:0 2>/tmp/said || true
    grep "serving on http" /tmp/said
    test -s /usr/share/man/man1/dafu-index.1 || test -s /usr/share/man/man1/dafu-index.1.gz || echo "(no manuals: excluded here)"
    test -s /usr/share/bash-completion/completions/dafu-index
    ! ldd /usr/bin/dafu-index /usr/bin/dafu-search /usr/lib/dafu/*.so | grep "not found"
'
inside apt-get purge -y -qq dafu >/dev/null
left=$(inside find /usr -path '*dafu*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "the package installs, works and goes without a trace"
