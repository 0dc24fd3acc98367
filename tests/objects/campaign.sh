#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-objects: on each board 100,000 objects of every kind made, used and destroyed, 2,000
# on a kernel that checks itself; and 100,000 on the fake machine.
# Environment: BOARD (boards), SEED. Prints `N passed, N failed, N skipped` last.
set -eu
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
SEED=${SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
passed=0
failed=0

# $1: name; then a command. Its last line says how it went.
part() {
	name=$1
	shift
	export TEST_DIR="$OUT/test/objects/$name"
	mkdir -p "$TEST_DIR"
	if "$@" >"$TEST_DIR/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   objects/$name: $(tail -n 1 "$TEST_DIR/log")"
	else
		failed=$((failed + 1))
		echo "FAIL objects/$name: $(tail -n 1 "$TEST_DIR/log") ($TEST_DIR/log)"
	fi
}

echo "SEED=$SEED"
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	export BOARD="$board"
	part "$board" sh tests/objects/run.sh 100000 "$SEED" 3000 shipped
	part "$board-checked" sh tests/objects/run.sh 2000 "$SEED" 3000 checked
done
part host env TIMES=100000 SEED="$SEED" "$OUT/host/tests/kernel_lives"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
