#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The C library in plain C programs: text, memory, threads, time, floating point, endings.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start libc
boot_expect 'line 1\? '
boot_type 'the first line'
boot_expect 'line 2\? '
boot_type ''
boot_expect 'line 3\? '
boot_type 'in parts'
boot_expect 'line 4\? '
boot_type '-17 2.5'
# What an ending program had in its buffers, and what it only does when it ends by itself.
boot_expect 'mortal: not flushed, but for exit' 60
boot_expect 'mortal: atexit'
boot_expect 'mortal: destructor'
boot_expect 'assertion "how == 0" failed'
target_finish 160
if [ "$(tr -d '\r\000' <"$boot_console" | grep -ac 'mortal: atexit')" != 1 ]; then
	fail "atexit functions ran although the program did not end by itself"
fi
