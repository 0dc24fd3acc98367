#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The sensor's driver crashes many times: each time it is started anew, its client is told once and
# goes on, nobody else is touched, and nothing of init or of the kernel is used up.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/session.sh

MANY=20
FEW=2

# $1: how often it crashes
crash_often() {
	outside_new
	# shellcheck disable=SC2086 # one word an argument
	{
		for _ in $(seq "$1"); do
			echo crash sensor
			echo watch 2
		done
		echo ps
	} | QEMU_ICOUNT=1 session_run "$image" $outside_qemu
	session_number=0
	for _ in $(seq "$1"); do
		ask 'crash sensor'
		has 'sensor: the server died during the call'
		ask 'watch 2'
		has_count 2 '^cycle +[0-9]+ +[12][0-9]\.[0-9] degrees'
	done
	ask ps
	has "sensor +SensorDriver +running +$(($1 + 1)) +$1 +0 +[0-9]+ +[0-9]+/[0-9]+"
	for name in init uart console audit driver control intruder shell; do
		has "$name +[A-Za-z]+ +running +1 +0 +0 +[0-9]+ +[0-9]+/[0-9]+"
	done
	session_counts "$1" 'controller: the sensor was restarted; going on'
	outside_look "$image" || fail "its memory tells nothing: $(cat "$TEST_DIR/peek")"
	grep -qx "instance sensor $(($1 + 1)) 0 $1 0" "$outside_facts" ||
		fail "the kernel counts otherwise: $(grep '^instance sensor ' "$outside_facts")"
	! grep '^deny ' "$outside_facts" || fail "something was denied on the way"
}

# What is used of the kernel's objects, and of all memory.
objects() {
	sed -n 's/^objects //p' "$outside_facts"
}
memory() {
	du -k "$outside_ram" | cut -f 1
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
# Elsewhere than its programs: looking up where each fault was takes time, and the guest runs on.
image=$TEST_DIR/image.bin
cp "$OUT/$BOARD/thermostat/image.bin" "$image"
crash_often "$FEW"
few=$(objects)
few_kib=$(memory)
crash_often "$MANY"
many=$(objects)
# A queue in which somebody stands when the guest ends is counted, too: one more, or one less. What
# leaks, leaks with each crash.
more=$((many - few))
case $more in
-2 | -1 | 0 | 1 | 2) ;;
*) fail "objects in use: $few after $FEW crashes, $many after $MANY" ;;
esac
[ "$few_kib" = "$(memory)" ] ||
	fail "KiB in use: $few_kib after $FEW crashes, $(memory) after $MANY"
rm -f "$outside_ram"
