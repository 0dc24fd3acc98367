#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# tools/run.sh as a script uses it: lines are typed, faults get their place, the exit code is
# honest.
. tests/lib/boot.sh
build_image thermostat || fail "no image: $(tail -n 3 "$build_log")"

# Runs the image with what stands on standard input; leaves what it printed in $TEST_DIR/out.
run() {
	tools/run.sh "$BOARD" "$image" >"$TEST_DIR/out" 2>"$TEST_DIR/err"
}

shows() {
	grep -qE -e "$1" "$TEST_DIR/out" || {
		cat "$TEST_DIR/out" "$TEST_DIR/err"
		fail "the run does not show '$1'"
	}
}

printf 'help\nps\nattack' | run || fail "a run that ends with poweroff is a good one"
shows '^gatehouse> help'
shows '^intruder .*running'
shows 'contained'
shows '^  at intruder write_own_code\+0x[0-9a-f]+ deployments/thermostat/intruder/main\.c:[0-9]+$'
shows '^gatehouse> poweroff'

# A guest that goes on is ended, and that is not good order.
code=0
RUN_TIMEOUT=3 tools/run.sh "$BOARD" "$image" -S </dev/null >"$TEST_DIR/out" 2>"$TEST_DIR/err" ||
	code=$?
[ "$code" -eq 1 ] || fail "a guest that does not end gives exit code $code, expected 1"
grep -q 'did not end in time' "$TEST_DIR/err" || fail "nothing says that it did not end"

# An image with a changed byte is refused by the kernel, and so is the run.
bytes=$(wc -c <"$image")
head -c $((bytes - 5000)) "$image" >"$TEST_DIR/image.bin"
printf '\377' >>"$TEST_DIR/image.bin"
tail -c 4999 "$image" >>"$TEST_DIR/image.bin"
code=0
RUN_TIMEOUT=20 tools/run.sh "$BOARD" "$TEST_DIR/image.bin" </dev/null >"$TEST_DIR/out" \
	2>"$TEST_DIR/err" || code=$?
[ "$code" -eq 1 ] || fail "a refused image gives exit code $code, expected 1"
shows '^refused: '
