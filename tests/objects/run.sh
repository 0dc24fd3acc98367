#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One board: objects of every kind made, used and destroyed so many times, from a seed.
#
# usage: run.sh TIMES SEED SECONDS checked|shipped (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}" "${image:=}" "${boot_code:=}" "${boot_found:=}"

build_image tests/objects/life || fail "make image failed: $(tail -n 1 "$build_log")"
if [ "$4" = checked ]; then
	link_kernel "$TEST_DIR/checked" tests/objects/life tests/check/*.c tests/check/kernel/*.c
	image=$TEST_DIR/checked/image.bin
fi
ICOUNT=1 boot_start "$image" -rtc clock=vm
boot_expect 'seed\? '
boot_type "$2"
boot_expect 'times\? '
boot_type "$1"
boot_expect '[0-9 ]* made and destroyed|FAIL .*|panic: .*' "$3"
counts=$boot_found
boot_wait_end 20
[ "$boot_code" = 0 ] || fail "SEED=$2: $(tr -d '\r\000' <"$boot_console" |
	grep -aEm 1 '^FAIL |^panic: ' || echo "exit code $boot_code")"
echo "SEED=$2, $4 kernel: $counts; memory, handles and objects are as they were"
