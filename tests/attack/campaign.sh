#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-attack: the 24 attacks on each board.
# Environment: BOARD (boards). Prints 24 lines and `24 of 24 as stated` for each.
set -eu
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
failed=0
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	folder=$OUT/test/attack-$board
	rm -rf "$folder"
	mkdir -p "$folder"
	echo "$board:"
	TEST_DIR=$folder BOARD=$board sh tests/attack/run.sh || failed=1
done
exit "$failed"
