#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the programs and their modules were hardened with, read from the files:
# hardening.sh FOLDER-OF-PROGRAMS FOLDER-OF-MODULES
set -u
failed=0
command -v readelf >/dev/null || exit 77 # binutils

# has PROGRAM WHAT PATTERN READELF-OPTION...
has()
{
    program=$1 what=$2 pattern=$3
    shift 3
    readelf -W "$@" "$program" 2>/dev/null | grep -Eq "$pattern" && return
    echo "$program: no $what"
    failed=1
}

# hardened FILE FUNCTION: what a program and a module have in common; FUNCTION is one of ours in it.
hardened()
{
    has "$1" "relocations that become read-only" GNU_RELRO -l
    has "$1" "binding at the start" 'Flags:.*NOW' -d
    has "$1" "stack that cannot be executed" 'GNU_STACK.* RW +0x' -l
    has "$1" "stack protector" '__stack_chk_fail' --dyn-syms
    has "$1" "checked calls (FORTIFY)" '__[a-z]+_chk' --dyn-syms
    if readelf -h "$1" | grep -q X86-64; then
        # Debian's start-up code lacks the note that would switch it on; our functions have it.
        objdump -d --disassemble="$2" "$1" | grep -q endbr64 || {
            echo "$1: no control-flow protection"
            failed=1
        }
    fi
}

for program in "$1/dafu-index" "$1/dafu-search"; do
    readelf -Ws "$program" | grep -Eq '__(asan|tsan|ubsan)_' && exit 77 # sanitizers have their own
    has "$program" "position independence" 'Type:.*DYN' -h
    has "$program" "position independence" 'Flags:.*PIE' -d
    hardened "$program" main
done
hardened "$2/serve.so" http_start
hardened "$2/draft.so" draft_read
for module in "$2"/*.so; do
    shown=$(readelf -W --dyn-syms "$module" | awk '$7 != "UND" && $7 != "Ndx" && $8 != "" { print $8 }')
    case $shown in
    HTTP_TABLE | DRAFT_TABLE) ;;
    *)
        echo "$module: shows more than its table:" $shown
        failed=1
        ;;
    esac
done
exit $failed
