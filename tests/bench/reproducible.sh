#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same source in two folders, built in folders of other names, gives the same programs and data.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
revision=$(git -C "$ROOT" rev-parse HEAD) # once: somebody may commit while the first is built
for name in first another-name; do
    mkdir -p "$work/$name/source"
    git -C "$ROOT" archive "$revision" | tar -x -C "$work/$name/source"
    cmake -S "$work/$name/source" -B "$work/$name/b-$name" -DDAFU_TESTS=OFF "$@" >/dev/null
    cmake --build "$work/$name/b-$name" --parallel "$(nproc)" >/dev/null
    (cd "$work/$name/b-$name" && find bin lib* share manuals -type f | sort | xargs sha256sum) >"$work/$name.sums"
done
cat "$work/first.sums"
cmp "$work/first.sums" "$work/another-name.sums" && echo "the two builds are the same to the byte"
