#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-scarce: every allocation of a boot and of a restart is refused once, on each board.
# Environment: BOARD (boards). Prints `N passed, N failed, N skipped` last.
set -eu
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
passed=0
failed=0

for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	export BOARD="$board" TEST_DIR="$OUT/test/scarce/$board"
	mkdir -p "$TEST_DIR"
	if sh tests/scarce/run.sh 1 1 700 >"$TEST_DIR/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   scarce/$board: $(grep -c ': all run' "$TEST_DIR/log") without effect," \
			"$(grep -c 'does not run' "$TEST_DIR/log") hurt one process," \
			"$(grep -c 'no shell' "$TEST_DIR/log") left no shell," \
			"$(grep -c 'panic: ' "$TEST_DIR/log") no init"
	else
		failed=$((failed + 1))
		echo "FAIL scarce/$board: $(tail -n 1 "$TEST_DIR/log") ($TEST_DIR/log)"
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
