#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 100,000 messages on every board: granted and denied as predicted. `make test-soak`, SEED=number.
set -eu
cd "$(dirname "$0")/../.."
OUT=${GATEHOUSE_OUT:-build}
export OUT SEED="${SEED:-$(date +%s)}"
passed=0
failed=0
echo "SEED=$SEED" >&2
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	folder=$OUT/test/soak/$board
	mkdir -p "$folder"
	if BOARD=$board TEST_DIR=$folder timeout -k 5 600 sh tests/soak/run.sh 100000 >"$folder/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   soak/$board"
	else
		failed=$((failed + 1))
		echo "FAIL soak/$board: $(tail -n 1 "$folder/log") ($folder/log)"
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
