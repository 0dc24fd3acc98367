#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Random system calls of one that may do everything, on a kernel that looks at all of its state on
# every way in and out; and on one with a mistake, which must be found.
# timeout: 200
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}" "${boot_code:=}" "${boot_found:=}"

seed=${SEED:-41}

# $1: name of a kernel, $2: calls; then files that take the place of its own.
fuzz() {
	name=$1
	calls=$2
	shift 2
	link_kernel "$TEST_DIR/$name" tests/fuzz/core tests/check/*.c tests/check/kernel/*.c "$@"
	ICOUNT=1 boot_start "$TEST_DIR/$name/image.bin"
	boot_expect 'seed\? '
	boot_type "$seed"
	boot_expect 'calls\? '
	boot_type "$calls"
	boot_expect 'show from\? '
	boot_type 999999999999
	boot_expect 'fuzzed: [0-9]+ calls, [0-9]+ failed|FAIL .*|panic: .*' 180
	boot_wait_end 20
}

build_image tests/fuzz/core || fail "make image failed: $(tail -n 1 "$build_log")"
fuzz broken 50000 tests/check/broken/frame.c
case $boot_found in
'panic: a frame lies beside its account'*) ;;
*) fail "the mistake was not found: $boot_found" ;;
esac
fuzz checked 2000
[ "$boot_code" = 0 ] || fail "SEED=$seed: $boot_found (exit code $boot_code)"
echo "$calls calls, SEED=$seed: $boot_found; the kernel's state was sound each time"
