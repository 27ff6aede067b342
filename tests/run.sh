#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every test: sets up what is missing, builds with warnings as errors, runs all tests, then the
# same under the address and undefined-behaviour sanitizers. `sh tests/run.sh --quick` leaves the
# second pass out; other arguments go to ctest.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$ROOT/.cmake/setup.sh"

quick=
if [ "${1:-}" = --quick ]; then
    quick=yes
    shift
fi

# shellcheck disable=SC2086
install_missing $PACKAGES_BUILD $PACKAGES_TEST
# DAFU_TESTS is named because the demo may have configured this folder without them.
build "$ROOT/build" -DDAFU_TESTS=ON -DDAFU_WERROR=ON
ctest --test-dir "$ROOT/build" -j "$(nproc)" --output-on-failure "$@"
if [ -z "$quick" ]; then
    build "$ROOT/build-sanitize" -C "$ROOT/.cmake/sanitize.cmake"
    ctest --test-dir "$ROOT/build-sanitize" -j "$(nproc)" --output-on-failure "$@"
fi
