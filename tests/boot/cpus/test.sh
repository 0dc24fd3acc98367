#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The demonstration on the other processors that the board lists.
set -eu
. tests/lib/boot.sh
. tests/lib/session.sh

build_image thermostat || fail "the demonstration does not build; see $build_log"
tried=0
for CPU in $(board_value cpus); do
	[ "$CPU" != "$(board_value cpu)" ] || continue
	export CPU
	session_run "$OUT/$BOARD/thermostat/image.bin" <<-END
		ps
		attack
		crash driver
		watch 2
	END
	session_number=0
	ask ps
	for name in init uart console audit sensor driver control intruder shell; do
		has "$name +[A-Za-z]+ +running +1 +0 +0 +[0-9]+ +[0-9]+/[0-9]+"
	done
	ask attack
	has '6 of 6 contained; the thermostat goes on:'
	ask 'crash driver'
	has 'driver: the server died during the call'
	ask 'watch 2'
	has_count 2 '^cycle +[0-9]+ '
	tried=$((tried + 1))
done
[ "$tried" -gt 0 ] || fail "the board lists no other processor"
