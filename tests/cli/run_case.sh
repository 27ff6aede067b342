#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one case of the command-line tests: run_case.sh SOURCE BINARY_DIR CASE.cmd
# The format of a case is told in README.md. Exit code: 0 passed, 1 failed, 77 skipped.
set -u

SOURCE=$1
BINARY=$2
case_file=$3
CASE=$(dirname "$case_file")
CORPUS=$SOURCE/corpus/replies
here=$(cd "$(dirname "$0")" && pwd)
base=${case_file%.cmd}

work=$(mktemp -d "${TMPDIR:-/tmp}/dafu-case.XXXXXX") || exit 1
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"
mkdir "$work/run"
TEMP=$(cd "$work/run" && pwd -P)
export SOURCE BINARY CASE CORPUS TEMP

PATH=$BINARY/bin:$PATH
DAFU_DATA=$BINARY/share/dafu
LC_ALL=C.UTF-8
TZ=UTC
export PATH DAFU_DATA LC_ALL TZ
# Xapian 1.4's own check deletes its tables through their base class.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}new_delete_type_mismatch=0
export ASAN_OPTIONS
unset NO_COLOR CLICOLOR_FORCE XAPIAN_FLUSH_THRESHOLD

input=/dev/null
[ -f "$base.in" ] && input=$base.in

(
    cd "$TEMP" || exit 1
    # shellcheck source=prelude.sh
    PRELUDE=$here/prelude.sh COMMAND=$case_file sh -u -c '. "$PRELUDE"; . "$COMMAND"'
) <"$input" >"$work/out" 2>"$work/err"
code=$?

if [ "$code" -eq 77 ]; then
    cat "$work/err"
    exit 77
fi

# The folder's and the checkout's paths give way to their names.
for stream in out err; do
    LC_ALL=C awk -v temp="$TEMP" -v source="$SOURCE" '
        function replaced(line, from, to,    done, at) {
            done = ""
            while ((at = index(line, from)) > 0) {
                done = done substr(line, 1, at - 1) to
                line = substr(line, at + length(from))
            }
            return done line
        }
        { print replaced(replaced($0, temp, "$TEMP"), source, "$SOURCE") }
    ' "$work/$stream" >"$work/$stream.named"
    # awk ends every line; an answer without a last line end keeps its difference.
    if [ -s "$work/$stream" ] && [ -n "$(tail -c 1 "$work/$stream")" ]; then
        echo '(no line end)' >>"$work/$stream.named"
    fi
done

if [ -n "${DAFU_UPDATE:-}" ]; then
    for stream in out err; do
        if [ -s "$work/$stream.named" ]; then
            cp "$work/$stream.named" "$base.$stream"
        else
            rm -f "$base.$stream"
        fi
    done
    if [ "$code" -ne 0 ]; then
        echo "$code" >"$base.code"
    else
        rm -f "$base.code"
    fi
    exit 0
fi

failed=0
for stream in out err; do
    expected=/dev/null
    [ -f "$base.$stream" ] && expected=$base.$stream
    if ! LC_ALL=C awk -f "$here/matches.awk" "$expected" "$work/$stream.named"; then
        echo "standard $stream differs (- expected, + answered):"
        diff -u "$expected" "$work/$stream.named" | sed 1,2d | cut -c 1-400 | head -n 60
        failed=1
    fi
done
wanted=0
[ -f "$base.code" ] && wanted=$(cat "$base.code")
if [ "$code" -ne "$wanted" ]; then
    echo "exit code $code, expected $wanted"
    failed=1
fi
exit $failed
