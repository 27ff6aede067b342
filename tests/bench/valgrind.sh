#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The command-line tests with both programs under valgrind: valgrind.sh [BUILD-FOLDER [PATTERN]]. A line
# per test that fails, then what valgrind found: invalid reads and writes, uninitialised values, memory
# that is definitely lost. What a test says of time or memory limits, or of programs
# that it installs elsewhere, can fail here by itself.
set -u
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$(CDPATH='' cd -- "${1:-$ROOT/build}" && pwd) || exit 2
pattern=${2:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/logs" "$work/tests"
chmod 755 "$work"
chmod 777 "$work/logs"
ln -s "$build/share" "$work/share"
ln -s "$build/tests/plain" "$work/tests/plain"
cat >"$work/known" <<'KNOWN'
{
   Xapian 1.4's own check deletes its tables through their base class
   Memcheck:Free
   fun:_ZdlPv*
   ...
   fun:_ZN6Xapian8Database6check_*
}
{
   the same
   Memcheck:Free
   fun:_ZdlPv*
   ...
   obj:*libxapian*
}
{
   What PCRE2 compiles (code of no file) looks at 16 bytes at a time, also behind the text
   Memcheck:Cond
   obj:???
   obj:???
}
{
   the same
   Memcheck:Addr16
   obj:???
   obj:???
}
{
   Xapian 1.4 loses a block of a table whose disk is full
   Memcheck:Leak
   match-leak-kinds: definite
   fun:_Znwm
   obj:*libxapian*
   ...
   fun:_ZN6Xapian16WritableDatabase6commitEv
}
KNOWN
for program in dafu-index dafu-search; do
    cat >"$work/bin/$program" <<RUN
#!/bin/sh
exec valgrind --quiet --log-file="$work/logs/%p" --soname-synonyms=somalloc='*jemalloc*' \\
    --leak-check=full --show-leak-kinds=definite --suppressions="$work/known" \\
    --child-silent-after-fork=yes "$build/bin/$program" "\$@"
RUN
    chmod 755 "$work/bin/$program"
done
CORPUS_INDEX=$work/corpus # the tests of the indexer make it often enough under valgrind
export CORPUS_INDEX
"$build/bin/dafu-index" add -q --index "$CORPUS_INDEX" "$ROOT/corpus/replies" || exit 2
passed=0 failed=0 skipped=0
for case in "$ROOT"/tests/cli/*/*.cmd; do
    name=${case#"$ROOT"/tests/cli/}
    echo "$name" | grep -Eq -- "$pattern" || continue
    sh "$ROOT/tests/cli/run_case.sh" "$ROOT" "$work" "$case" >"$work/said" 2>&1
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) && echo "differs under valgrind: $name" ;;
    esac
    find "$work/logs" -type f -size +0 -newer "$work/said.time" 2>/dev/null | while read -r log; do
        echo "$name: $(sed -n '1s/^==[0-9]*== //p' "$log")"
    done
    touch "$work/said.time"
done
runs=$(ls "$work/logs" | wc -l)
errors=$(find "$work/logs" -type f -size +0 | wc -l)
echo "$runs runs in $((passed + failed)) tests ($passed as expected, $skipped skipped): valgrind complained in $errors"
[ "$errors" -eq 0 ] && exit 0
mkdir -p "$build/valgrind"
find "$work/logs" -type f -size +0 -exec cp {} "$build/valgrind/" \;
echo "what it said: $build/valgrind"
exit 1
