#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gdb on the running system: a place in one process, its call stack, and who else is there.
. tests/lib/boot.sh
command -v gdb-multiarch >/dev/null || skip "gdb-multiarch is not installed (make debug does it)"
build_image thermostat || fail "no image: $(tail -n 3 "$build_log")"

# One debugger at a time: it has one folder.
exec 9>"$OUT/test-debug.lock"
flock 9
printf '%s\n' 'break-in driver serve' 'backtrace 3' 'break-in sensor serve' 'backtrace 3' \
	processes kill quit |
	timeout 90 tools/debug.sh "$BOARD" "$image" >"$TEST_DIR/out" 2>&1 9>&- || {
	cat "$TEST_DIR/out"
	fail "gdb failed"
}
for wanted in '#0  serve .*deployments/thermostat/valve/main\.c:' \
	'#0  serve .*deployments/thermostat/sensor/main\.c:' \
	'main \(\) at deployments/thermostat/sensor/main\.c:' \
	'^ +0  init +2  started THREAD_RECEIVING' '^ +[0-9]+  control '; do
	grep -qE -e "$wanted" "$TEST_DIR/out" || {
		cat "$TEST_DIR/out"
		fail "gdb does not show '$wanted'"
	}
done
