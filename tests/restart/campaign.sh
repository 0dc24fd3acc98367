#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 1,000 kills of the valve driver, the sensor and the console, on every board. `make test-restart`,
# SEED=number.
set -eu
cd "$(dirname "$0")/../.."
OUT=${GATEHOUSE_OUT:-build}
export OUT SEED="${SEED:-$(date +%s)}"
passed=0
failed=0
echo "SEED=$SEED" >&2
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	folder=$OUT/test/restart/$board
	mkdir -p "$folder"
	if BOARD=$board TEST_DIR=$folder timeout -k 5 1800 sh tests/restart/run.sh 1000 1700 >"$folder/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   restart/$board"
		sed 's/^/     /' "$folder/report"
	else
		failed=$((failed + 1))
		echo "FAIL restart/$board: $(tail -n 1 "$folder/log") ($folder/log)"
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
