#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Static analysis by three programs: static.sh [clang-tidy|cppcheck|analyzer]... Exit code 1: there
# are findings. A finding that is no fault is silenced in place, with its reason.
set -u
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$ROOT" || exit 2
build=${BUILD:-$ROOT/build}
[ $# -gt 0 ] || set -- clang-tidy cppcheck analyzer
findings=0
for tool; do
    log=$(mktemp)
    case $tool in
    clang-tidy) # .clang-tidy says which checks
        git ls-files 'indexer/*.c' 'search/*.c' | xargs -P "$(nproc)" -n 4 \
            clang-tidy -p "$build" --quiet 2>/dev/null | grep -E 'warning:|error:' | sort -u >"$log" ;;
    cppcheck)
        # It does not know the cleanup attribute, and takes what CLEANUP releases for leaks: those
        # are looked for by the leak sanitizer and valgrind, over the tests.
        cppcheck --project="$build/compile_commands.json" --enable=warning,performance,portability \
            --inline-suppr --suppress='*:*/build/*' --suppress=missingIncludeSystem -i tests --quiet \
            --suppress=memleak --suppress=resourceLeak \
            -j "$(nproc)" --template='{file}:{line}: {id}: {message}' 2>&1 |
            grep -E '^[^ ]+:[0-9]+: ' | grep -v '/tests/' | sort -u >"$log" ;;
    analyzer)
        cmake -S . -B "$build-analyzer" -DDAFU_TESTS=OFF -DCMAKE_C_FLAGS=-fanalyzer >/dev/null
        cmake --build "$build-analyzer" --clean-first --parallel "$(nproc)" 2>&1 |
            grep -E 'Wanalyzer' | sort -u >"$log" ;;
    *)
        echo "unknown: $tool"; exit 2 ;;
    esac
    cat "$log"
    echo "$tool: $(grep -c . "$log") findings"
    [ -s "$log" ] && findings=1
    rm -f "$log"
done
exit $findings
