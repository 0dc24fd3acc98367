#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-flips: every bit of three policies turned, then 2,000 seeded byte flips of each board's
# image, two at a time.
# Environment: BOARD (boards), SEED. Prints `N passed, N failed, N skipped` last.
set -eu
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
SEED=${SEED:-2026}
folder=$OUT/test/flips
flips=2000
parts=2
passed=0
failed=0

# $1 board, $2 part
run_part() {
	TEST_DIR=$folder/$1-$2 BOARD=$1 sh tests/flips/flip.sh \
		"$OUT/$1/thermostat/image.bin" $((flips / parts)) $((SEED + $2))
}

rm -rf "$folder"
mkdir -p "$folder"
# Every bit of three policies, by verifier and validation, some minutes.
GATEHOUSE_INNER=1 make -s "$OUT/host/tests/gate_flips" >&2
if FLIPS=1 "$OUT/host/tests/gate_flips" >"$folder/policies.log" 2>&1; then
	passed=$((passed + 1))
	grep "bits turned" "$folder/policies.log" | sed "s/^/ok   flips\/policies: /"
else
	failed=$((failed + 1))
	echo "FAIL flips/policies: $(grep -m 1 "means nothing" "$folder/policies.log") ($folder/policies.log)"
fi
children=
trap 'kill $children 2>/dev/null; exit 130' INT TERM HUP
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	children=
	for part in $(seq "$parts"); do
		mkdir -p "$folder/$board-$part"
		run_part "$board" "$part" >"$folder/$board-$part/log" &
		children="$children $!"
	done
	part=0
	for child in $children; do
		part=$((part + 1))
		if wait "$child"; then
			passed=$((passed + 1))
			printf 'ok   flips/%s/%s: ' "$board" "$part"
		else
			failed=$((failed + 1))
			printf 'FAIL flips/%s/%s: ' "$board" "$part"
		fi
		tail -n 1 "$folder/$board-$part/log"
	done
done
printf '%d passed, %d failed, 0 skipped\n' "$passed" "$failed"
[ "$failed" = 0 ]
