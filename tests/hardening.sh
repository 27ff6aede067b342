#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the programs were hardened with, read from the files: hardening.sh FOLDER-OF-PROGRAMS
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

for program in "$1/dafu-index" "$1/dafu-search"; do
    readelf -Ws "$program" | grep -Eq '__(asan|tsan|ubsan)_' && exit 77 # sanitizers have their own
    has "$program" "position independence" 'Type:.*DYN' -h
    has "$program" "position independence" 'Flags:.*PIE' -d
    has "$program" "relocations that become read-only" GNU_RELRO -l
    has "$program" "binding at the start" 'Flags:.*NOW' -d
    has "$program" "stack that cannot be executed" 'GNU_STACK.* RW +0x' -l
    has "$program" "stack protector" '__stack_chk_fail' --dyn-syms
    has "$program" "checked calls (FORTIFY)" '__[a-z]+_chk' --dyn-syms
    if readelf -h "$program" | grep -q X86-64; then
        # Debian's start-up code lacks the note that would switch it on; our functions have it.
        objdump -d --disassemble=main "$program" | grep -q endbr64 || {
            echo "$program: no control-flow protection"
            failed=1
        }
    fi
done
exit $failed
