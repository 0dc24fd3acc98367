#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The hosts at length: 1,000,000 messages through a bucket while hostile processes run, random
# packets of many seeds, and the whole trace under every host of every board.
set -eu
out=${OUT:-build}/hosts
boards=${BOARD:?boards, separated by blanks}
first=${SEED:-1}
rm -rf "$out"
mkdir -p "$out"
export OUT="${OUT:-build}"

# $1: name; behind it what to run, with the parts at hand.
campaign_part() (
	TEST_DIR=$out/$1
	export TEST_DIR
	mkdir -p "$TEST_DIR"
	shift
	. tests/hosts/hosts.sh
	. tests/hosts/parts.sh
	hosts_make "$OUT/host/ksm-broker" "$OUT/host/tests/ksm-broker" "$OUT/host/tests/rig"
	hosts_rig_blobs
	"$@"
)

for board in $boards; do
	BOARD=$board
	export BOARD
	campaign_part "trace.$board" part_trace 100000
done
cmp "$out"/trace.*/trace.linux || {
	echo "FAIL: the boards' policies decide differently"
	exit 1
}
campaign_part million part_rig 1000000 4000 "$first"
seed=$first
while [ "$seed" -lt $((first + 10)) ]; do
	campaign_part "seed.$seed" part_rig 20000 4000 "$seed"
	seed=$((seed + 1))
done
echo "hosts: all is well"
