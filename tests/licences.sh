#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every file says its licence in its first lines, or .reuse/dep5 says it: licences.sh CHECKOUT
set -u
cd "$1" || exit 1
git rev-parse --git-dir >/dev/null 2>&1 || exit 77
missing=$(git ls-files -co --exclude-standard -z | python3 -c '
import fnmatch, os, sys
patterns = []
for line in open(".reuse/dep5", encoding="utf-8"):
    if line.startswith("Files:"):
        patterns += line[len("Files:"):].split()
for path in sys.stdin.buffer.read().decode().split("\0"):
    if not path or not os.path.isfile(path) or any(fnmatch.fnmatch(path, p) for p in patterns):
        continue
    if b"SPDX-License-Identifier:" not in open(path, "rb").read(1000):
        print(path)
')
[ -z "$missing" ] && exit 0
echo "no licence:"
echo "$missing"
exit 1
