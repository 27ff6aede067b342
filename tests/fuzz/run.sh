#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzes one target after the other under the address and undefined-behaviour sanitizers:
# run.sh [SECONDS-EACH [TARGET...]], by default 300 of all. A line per target: inputs tried, paths, what
# was found. Findings lie in build-fuzz/found, new inputs in build-fuzz/corpus, for the next run.
# Needs clang. A finding that is fixed leaves its input in seeds/, which every test run replays.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$ROOT/build-fuzz
seconds=${1:-300}
[ $# -eq 0 ] || shift
cmake -S "$ROOT" -B "$build" -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DDAFU_TESTS=ON -DDAFU_FUZZ=ON \
    -DDAFU_SANITIZE=fuzzer-no-link,address,undefined >/dev/null
all=$(cd "$ROOT/tests/fuzz" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
[ $# -gt 0 ] || set -- $all
cmake --build "$build" --parallel "$(nproc)" --target lexicon >/dev/null
for target; do
    cmake --build "$build" --parallel "$(nproc)" --target "fuzz_$target" >/dev/null
done
mkdir -p "$build/found"
export DAFU_DATA="$build/share/dafu"
status=0
for target; do
    mkdir -p "$build/corpus/$target"
    log=$build/found/$target.log
    "$build/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$build/found/$target-" \
        "$build/corpus/$target" "$ROOT/tests/fuzz/seeds/$target" >"$log" 2>&1 && found=nothing || found=SOMETHING
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1)
    echo "$target: ${inputs:-?} inputs in $seconds s, ${reached:-?}, found $found"
    [ "$found" = nothing ] || { grep -E 'ERROR|SUMMARY|Assertion|runtime error' "$log" | head -n 3; status=1; }
done
exit $status
