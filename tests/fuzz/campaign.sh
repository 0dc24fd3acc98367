#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-fuzz: 10,000,000 system calls and 1,000,000 messages on each board, two at a time, and
# more sources, policies, blobs and events for the compiler and the engine (tests/fuzz-policy).
# Environment: BOARD (boards), SEED. Prints `N passed, N failed, N skipped` last.
set -eu
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
SEED=${SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
folder=$OUT/test/fuzz
hours=7200 # seconds for each part, however busy the machine is

# $1: board. One line for each part.
fuzz_board() {
	for part in core:9900000 user:100000 wire:1000000; do
		name=${part%:*}
		export TEST_DIR="$folder/$1-$name" BOARD="$1"
		mkdir -p "$TEST_DIR"
		case $name in
		wire) set -- "$1" tests/fuzz/wire/run.sh "${part#*:}" "$SEED" "$hours" ;;
		*) set -- "$1" tests/fuzz/run.sh "$name" "${part#*:}" "$SEED" "$hours" ;;
		esac
		board=$1
		shift
		verdict=ok
		sh "$@" >"$TEST_DIR/log" 2>&1 || verdict=FAIL
		set -- "$board"
		printf '%-4s fuzz/%s/%s: %s\n' "$verdict" "$board" "$name" "$(tail -n 1 "$TEST_DIR/log")"
	done
}

rm -rf "$folder"
mkdir -p "$folder"
echo "SEED=$SEED"
children=
trap 'kill $children 2>/dev/null; exit 130' INT TERM HUP
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	fuzz_board "$board" >"$folder/$board.lines" &
	children="$children $!"
done
{ sh tests/fuzz-policy/campaign.sh || :; } | grep -E '^(ok|FAIL) ' >"$folder/policy.lines" &
children="$children $!"
for child in $children; do
	wait "$child" || :
done
cat "$folder"/*.lines
passed=$(cat "$folder"/*.lines | grep -c '^ok') || :
failed=$(cat "$folder"/*.lines | grep -c '^FAIL') || :
[ "$failed" = 0 ] || echo "what to do: a line for tests/fuzz/seeds: PART CALLS $SEED"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
