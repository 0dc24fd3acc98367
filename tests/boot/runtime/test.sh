#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The C library, threads, time, and a thousand restarts after every kind of death, on the machine
# itself. On the clock of instructions, where a second of waiting takes no time.
set -eu
. tests/lib/boot.sh

build_image tests/boot/runtime || { cat "$TEST_DIR/make"; fail "the image was not built"; }
ICOUNT=1 boot_start "$image"
boot_expect "probe: [0-9]+ checks, [0-9]+ failed" 60
case $boot_found in
*", 0 failed") ;;
*) fail "$boot_found" ;;
esac
boot_exit 0
whole=$(tr -d '\r' <"$boot_console" | grep -c '^0123456789 0123456789 0123456789$') || :
[ "$whole" -eq 18 ] || fail "$whole of 18 lines of six threads are whole"
