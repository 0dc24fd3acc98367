#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 1,000 swaps on every board. `make test-swap`.
set -eu
cd "$(dirname "$0")/../.."
OUT=${GATEHOUSE_OUT:-build}
export OUT
passed=0
failed=0
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	folder=$OUT/test/swap/$board
	mkdir -p "$folder"
	if BOARD=$board TEST_DIR=$folder timeout -k 5 600 sh tests/swap/run.sh 1000 >"$folder/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   swap/$board"
		sed -n 's/^swap: /     /p' "$folder/log"
	else
		failed=$((failed + 1))
		echo "FAIL swap/$board: $(tail -n 1 "$folder/log") ($folder/log)"
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
