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
    clang-tidy) # .clang-tidy says which checks, and why not the others
        {
            git ls-files 'indexer/*.c' 'search/*.c' 'tests/*.c' | grep -v bench_icu |
                xargs -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet
            git ls-files '*.cc' | xargs -P "$(nproc)" -n 2 \
                clang-tidy -p "$build" --quiet --checks=-readability-identifier-naming
        } 2>/dev/null | grep -E 'warning:|error:' | sort -u >"$log" ;;
    cppcheck)
        # It does not know the cleanup attribute, and takes what CLEANUP releases for leaks; and not
        # that nothing is looked at behind a status that is not zero. Both are looked for by the
        # sanitizers and valgrind, over the tests.
        cppcheck --project="$build/compile_commands.json" --enable=warning,performance,portability \
            --inline-suppr --suppress='*:*/build/*' --suppress=missingIncludeSystem -i tests --quiet \
            --suppress=memleak --suppress=resourceLeak --suppress=uninitvar \
            --suppress=legacyUninitvar --suppress=uninitStructMember \
            -j "$(nproc)" --template='{file}:{line}: {id}: {message}' 2>&1 |
            grep -E '^[^ ]+:[0-9]+: ' | grep -v '/tests/' | sort -u >"$log" ;;
    analyzer)
        # Four of its kinds are left out, after all that gcc 12.2 had found was read: it looks at
        # one file and does not follow a loop, so it cannot know that a text without bytes has the
        # length 0, that error_set returns the status it is given, that an arena's blocks hang
        # together, or that a loop has filled an array. The sanitizers and valgrind look for the same.
        left_out='-Wno-analyzer-null-dereference -Wno-analyzer-null-argument'
        left_out="$left_out -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-malloc-leak"
        cmake -S . -B "$build-analyzer" -DDAFU_TESTS=OFF -DCMAKE_BUILD_TYPE=Debug \
            -DCMAKE_C_FLAGS="-fanalyzer $left_out" >/dev/null
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
