#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the REUSE tool says of the checkout: reuse.sh. The licence is the file LICENSE here; the tool wants
# it in a folder LICENSES, and gets it there in a copy.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -C "$ROOT" archive HEAD | tar -x -C "$work"
mkdir "$work/LICENSES"
cp "$work/LICENSE" "$work/LICENSES/GPL-2.0-or-later.txt"
reuse --root "$work" lint
