#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# size.min: the least RAM, in KiB, with which hello, console and audit run: the board says less
# and less of it, until something does not start. The memory of the kernel is in it.
#
# environment: BOARD, TEST_DIR, OUT as of a boot test
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}"

deployment=tests/bench/least
mebibyte=1024
# ARMv7's kernel maps RAM by whole MiB (arch/armv7a/mmu.c).
case $(board_value arch) in
aarch64) step=64 ;;
*) step=$mebibyte ;;
esac

# $1: KiB. True if all that should run does.
runs_with() {
	mkdir -p "$TEST_DIR/board"
	sed "s/\.ram_bytes = 0x[0-9a-f]*/.ram_bytes = $(($1 * 1024))/" "boards/$BOARD.c" \
		>"$TEST_DIR/board/$BOARD.c"
	link_kernel "$TEST_DIR/small" "$deployment" "$TEST_DIR/board/$BOARD.c"
	ICOUNT=1 boot_start "$TEST_DIR/small/image.bin"
	seconds=0
	until said 'exit: hello code 0|^panic: |^refused: |kernel exception' || [ "$seconds" -ge 20 ]; do
		sleep 1
		seconds=$((seconds + 1))
	done
	boot_stop
	said 'exit: hello code 0' && said '^hello$' && ! said 'panic: |does not run'
}

said() {
	tr -d '\r\000' <"$boot_console" | grep -aqE "$1"
}

build_image "$deployment" >&2 || fail "make image failed: $(tail -n 1 "$build_log")"
low=0 # does not run
high=$((16 * mebibyte))
runs_with "$high" || fail "it does not run in $high KiB"
while [ $((high - low)) -gt "$step" ]; do
	middle=$(((low + high) / 2 / step * step))
	if runs_with "$middle"; then
		high=$middle
	else
		low=$middle
	fi
done
echo "$high"
