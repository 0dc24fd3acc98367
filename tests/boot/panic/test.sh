#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The panic record: RAM that outlives the machine tells the next boot, once, and only if whole.
# Most boots are another QEMU on the same RAM, so that the record can be changed in between.
# timeout: 240
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/target/deployment.sh

PANIC_CODE=101
record='init faulted[^;]*; address 0x123450; running: instance 0 pc 0x[0-9a-f]+; uptime [0-9.]+ s'
ram_bytes=$((1 << 30))

# Nothing of what init had in its registers and messages is told or kept.
untold() {
	tail -c 4096 "$outside_ram" | od -An -v -tx1 | tr -d ' \n' >"$TEST_DIR/page"
	grep -q '^50414e43' "$TEST_DIR/page" || fail "there is no record where it should be"
	! grep -qE 'e712ca5e|5eca12e7' "$TEST_DIR/page" || fail "the record holds what was sent"
	! grep -aqiE '5eca12e7|e712ca5e|1590301415' "$boot_console" || fail "the console tells what was sent"
}

# Boots until it dies. $1: what was before
die() {
	# shellcheck disable=SC2086
	target_start panic $outside_qemu
	boot_expect 'nothing before; dying'
	boot_expect "panic: $record"
	boot_exit "$PANIC_CODE"
	! grep -aq 'last panic' "$boot_console" || fail "$1, and the kernel tells of a panic"
	untold
}

outside_new
die 'there was no run before'

# A byte of the record is changed: it is no record any more, and the next one takes its place.
for offset in 0 5 8 50; do
	printf '\252' | dd of="$outside_ram" bs=1 seek=$((ram_bytes - 4096 + offset)) conv=notrunc \
		2>/dev/null
	die "byte $offset of the record was changed"
done

# The next boot tells, and so does Audit.panic.
# shellcheck disable=SC2086
target_start panic $outside_qemu
boot_expect "last panic: $record"
boot_expect '1 passed, 0 failed' 60
boot_exit 0

# It is told once.
die 'it was told already'

# The machine does all that by itself.
outside_new
REBOOTS=1
# shellcheck disable=SC2086
target_start panic $outside_qemu
boot_expect 'nothing before; dying'
boot_expect "panic: $record"
boot_expect 'the machine starts anew'
boot_expect "last panic: $record"
boot_expect '1 passed, 0 failed' 60
boot_exit 0
rm -f "$outside_ram"
