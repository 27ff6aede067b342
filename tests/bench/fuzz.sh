#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzes every parser with libFuzzer (clang), one process at a time, and prints what each target ran
# and found.
#
#   sh tests/bench/fuzz.sh OUT SECONDS [TARGET...]    html xml docx ...; without one, every target
#
# OUT/build is the build, OUT/TARGET/ what was found: crash-*, leak-*, timeout-*, oom-* reproduce it
# (OUT/build/fuzz/fuzz_TARGET FILE) and belong into tests/fuzz/seeds/TARGET once it is mended.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
[ $# -ge 2 ] || { echo "usage: fuzz.sh OUT SECONDS [TARGET...]" >&2; exit 2; }
out=$1 seconds=$2
shift 2

known=$(cd "$ROOT/tests/fuzz" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
[ $# -gt 0 ] || set -- $known
cmake -S "$ROOT" -B "$out/build" -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
    -DDAFU_FUZZ=ON -DDAFU_TESTS=ON -DDAFU_SANITIZE=fuzzer-no-link,address,undefined >/dev/null
targets=lexicon
for name; do targets="$targets fuzz_$name"; done
# shellcheck disable=SC2086
nice -n 19 cmake --build "$out/build" --target $targets >/dev/null

last() { sed -n "s/^$2.*[^0-9]\([0-9][0-9]*\)\$/\1/p" "$1" | tail -n 1; }
failed=0
printf '%-12s %12s %8s %8s %9s\n' target executions seconds edges findings
for name; do
    found="$out/$name"
    mkdir -p "$found/corpus"
    DAFU_DATA="$out/build/share/dafu" nice -n 19 "$out/build/fuzz/fuzz_$name" \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$found/" "$found/corpus" "$ROOT/tests/fuzz/seeds/$name" \
        >"$found/log" 2>&1 || true
    findings=$(find "$found" -maxdepth 1 -name '*-*' | wc -l)
    edges=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$found/log" | tail -n 1)
    ran=$(sed -n 's/^Done [0-9]* runs in \([0-9]*\) .*/\1/p' "$found/log")
    printf '%-12s %12s %8s %8s %9s\n' "$name" \
        "$(last "$found/log" 'stat::number_of_executed_units')" "${ran:--}" "${edges:--}" "$findings"
    [ "$findings" -eq 0 ] || failed=1
done
exit $failed
