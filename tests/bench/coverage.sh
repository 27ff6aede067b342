#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Line and branch coverage of all tests, by folder and file: coverage.sh [CTEST-ARGUMENT...].
# Needs gcovr. The page is build-coverage/coverage.html.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$ROOT/build-coverage
cmake -S "$ROOT" -B "$build" -DCMAKE_BUILD_TYPE=Debug -DDAFU_TESTS=ON \
    -DCMAKE_C_FLAGS='--coverage -O1' -DCMAKE_CXX_FLAGS='--coverage -O1' >/dev/null
cmake --build "$build" --parallel "$(nproc)" >/dev/null
find "$build" -name '*.gcda' -delete
ctest --test-dir "$build" -j "$(nproc)" --output-on-failure "$@" >"$build/tests.log" ||
    tail -n 20 "$build/tests.log"
gcovr --root "$ROOT" --object-directory "$build" --filter "$ROOT/indexer/" --filter "$ROOT/search/" \
    --exclude-throw-branches --html-details "$build/coverage.html" --txt "$build/lines.txt" \
    --print-summary
tail -n +5 "$build/lines.txt" | awk '$4 ~ /%/ && $4 + 0 < 90 { print "below 90 %:", $1, $4 }'
