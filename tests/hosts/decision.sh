#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What the broker of Linux executes for one event, counted by callgrind while two processes speak
# through a bucket: `decision N` in the engine, `event N` from a packet that was read to its last
# system call. Environment: BOARD, TEST_DIR, OUT.
set -eu
. tests/hosts/hosts.sh

messages=20000

# $1: the name of the figure, $2: the function, with all that it calls
count() {
	hosts_folder count
	rm -f "$TEST_DIR/callgrind"
	hosts_broker_start valgrind --quiet --tool=callgrind --callgrind-out-file="$TEST_DIR/callgrind" \
		--collect-atstart=no "--toggle-collect=$2" "$OUT/host/ksm-broker" \
		--policy "$TEST_DIR/rig0.policy" --system "$TEST_DIR/rig.system" \
		--hosts "$TEST_DIR/rig.hosts"
	"$OUT/host/tests/rig" receiver "$hosts_sockets" 2>"$TEST_DIR/receiver.log" &
	hosts_pids=$!
	"$OUT/host/tests/rig" sender "$hosts_sockets" "$messages" >"$TEST_DIR/sender.out" \
		2>"$TEST_DIR/sender.log" || fail "the sender"
	events=$(hosts_ask edges | awk '{ n += $4 + $5 } END { print n }')
	hosts_broker_end
	hosts_stop
	awk -v events="$events" -v name="$1" '
		/^(summary|totals):/ { print name, int($2 / events + 0.5); exit }' "$TEST_DIR/callgrind"
}

command -v valgrind >/dev/null || fail "valgrind is not installed; type: apt-get install valgrind"
hosts_make "$OUT/host/ksm-broker" "$OUT/host/tests/rig" "$OUT/host/gate"
hosts_rig_blobs
count decision ksm_decide
count event call_packet
