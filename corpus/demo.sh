#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# From nothing to ranked passages: installs what is missing, builds, indexes the sample corpus and
# asks it three questions. Run it again at any time.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/.cmake/setup.sh"

# shellcheck disable=SC2086
install_missing $PACKAGES_BUILD
build "$ROOT/build" -DDAFU_TESTS=OFF

index=$ROOT/build/demo-index
"$ROOT/build/bin/dafu-index" add --index "$index" "$ROOT/corpus/replies"

ask() {
    printf '\n$ dafu-search --index %s --limit 3 "%s"\n\n' "${index#"$ROOT"/}" "$1"
    "$ROOT/build/bin/dafu-search" --index "$index" --limit 3 "$1"
}

ask '智改数转 政策支持'
ask '稳岗返还发了多少钱'
ask '甬经信函〔2026〕9号'

cat <<TEXT

That was dafu. To go on:
  build/bin/dafu-search --index build/demo-index 你的问题     ask this corpus something else
  build/bin/dafu-index inspect corpus/replies/ningbo-2026-13.txt   how a reply is understood
  build/bin/dafu-index add --index ~/replies ~/Downloads/replies   index files of your own
  README.md has the rest.
TEXT
