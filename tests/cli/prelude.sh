# SPDX-License-Identifier: GPL-2.0-or-later
# What every case of the command-line tests can use; see README.md.

skip()
{
    echo "skipped: $*" >&2
    exit 77
}

corpus_index()
{
    if [ -n "${CORPUS_INDEX:-}" ]; then # made before, by bench/valgrind.sh
        cp -r "$CORPUS_INDEX" "$1"
        return
    fi
    dafu-index add --index "$1" "$CORPUS" >/dev/null 2>&1 || {
        echo "cannot index the sample replies" >&2
        exit 1
    }
}

# Another place for the programs: DIR/bin and, beside it, the modules.
programs_in()
{
    cmake --install "$BINARY" --prefix "$1" --strip >/dev/null 2>&1 || {
        echo "cannot install" >&2
        exit 1
    }
    MODULES=$(dirname "$(find "$1" -name draft.so)")
    unset DAFU_DATA
    PATH=$1/bin:$PATH
}

as_nobody()
{
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
        return
    fi
    command -v setpriv >/dev/null || skip "runs as root, and there is no setpriv"
    setpriv --reuid=65534 --regid=65534 --clear-groups \
        test -x "$(command -v dafu-index)" -a -r "$DAFU_DATA/lexicon.dafu" -a -x "$TEMP" ||
        skip "the build folder is closed to other users"
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
