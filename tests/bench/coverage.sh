#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Line and branch coverage of all tests, by folder and file: coverage.sh [CTEST-ARGUMENT...].
# Needs gcovr. Programs that run only while building are left out. The page is
# build-coverage/coverage.html.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$ROOT/build-coverage
cmake -S "$ROOT" -B "$build" -DCMAKE_BUILD_TYPE=Debug -DDAFU_TESTS=ON \
    -DCMAKE_C_FLAGS='--coverage -fprofile-update=atomic -O1' -DCMAKE_CXX_FLAGS='--coverage -fprofile-update=atomic -O1' >/dev/null
cmake --build "$build" --parallel "$(nproc)" >/dev/null
find "$build" -name '*.gcda' -delete
# Some tests run a program as another user, who has to write the counts, too.
find "$build" -name '*.gcno' | sed 's/gcno$/gcda/' >"$build/counts"
xargs touch <"$build/counts"
xargs chmod a+rw <"$build/counts"
ctest --test-dir "$build" -j "$(nproc)" --output-on-failure "$@" >"$build/tests.log" ||
    tail -n 20 "$build/tests.log"
find "$build" -name '*.gcda' -empty -delete
gcovr --root "$ROOT" --object-directory "$build" --filter "$ROOT/indexer/" --filter "$ROOT/search/" \
    --exclude '.*_compile\.c' \
    --exclude-throw-branches --gcov-ignore-parse-errors --html-details "$build/coverage.html" \
    --json-summary "$build/coverage.json" -j "$(nproc)" >/dev/null
python3 - "$build/coverage.json" <<'TABLE'
import collections, json, os, sys
summary = json.load(open(sys.argv[1]))
folders, files = collections.defaultdict(lambda: [0, 0, 0, 0]), []
for file in summary["files"]:
    counts = [file["line_covered"], file["line_total"], file["branch_covered"], file["branch_total"]]
    for name in (os.path.dirname(file["filename"]), "all"):
        folders[name] = [a + b for a, b in zip(folders[name], counts)]
    if counts[1] and counts[0] < 0.9 * counts[1]:
        files.append((counts[0] / counts[1], counts[1] - counts[0], file["filename"]))
print(f"{'folder':24}{'lines':>16}{'':8}{'branches':>16}")
for name, (lines, all_lines, branches, all_branches) in sorted(folders.items()):
    print(f"{name:24}{lines:8}/{all_lines:<7}{100 * lines / max(1, all_lines):6.1f} %"
          f"{branches:8}/{all_branches:<7}{100 * branches / max(1, all_branches):6.1f} %")
for share, missing, name in sorted(files):
    print(f"below 90 % of lines: {name} {100 * share:.0f} %, {missing} lines")
TABLE
