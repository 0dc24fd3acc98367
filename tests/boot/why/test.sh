#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The shell's `why` on the booted system says word for word what `gate why --record` says on the
# host, of the record's entry and of its line; the host adds the least change, which was tried.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/lib/session.sh

records='1 2 3 4 5 6'
product=deployments/thermostat/product.gate

# $1 record as words: what gate says of it
host_why() {
	"$OUT/host/gate" why "$product" -I . -I servers --board "$BOARD" --record "$1" \
		>"$TEST_DIR/host" || fail "gate why --record '$1' gives $?"
}

# The host's text begins with the board's, $1, and goes on with lines of four blanks. The line with
# the place of a fault in the source is of run.sh, not of the board.
same() {
	grep -v '^    ' "$TEST_DIR/host" >"$TEST_DIR/host.board" || :
	grep -v '^  at [a-z]' "$1" >"$TEST_DIR/board"
	cmp -s "$TEST_DIR/board" "$TEST_DIR/host.board" ||
		fail "board and host differ: $(diff "$TEST_DIR/board" "$TEST_DIR/host.board" | sed -n 2,3p)"
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
session_run "$OUT/$BOARD/thermostat/image.bin" <<-END
	attack
	audit
	$(for n in $records; do printf 'why %s\nentry %s\n' "$n" "$n"; done)
	entry
	entry 0
	entry 99
END
ask attack
has '6 of 6 contained; the thermostat goes on:'
ask audit
cp "$answer" "$TEST_DIR/lines"
for n in $records; do
	ask "why $n"
	board=$answer
	ask "entry $n"
	has '[0-9a-f]{112}'
	host_why "$(cat "$answer")"
	same "$board"
	# Of a handle only the entry tells.
	line=$(grep -E "^ *$n +[0-9]+\.[0-9]{3} s " "$TEST_DIR/lines")
	host_why "$line"
	case $line in
	*'denied  '*capability) grep -q 'its entry does' "$TEST_DIR/host" || fail "no word of the entry" ;;
	*) same "$board" ;;
	esac
	case $n in
	3) grep -q 'may be granted: .*product.gate:46: .*\[R8\]' "$TEST_DIR/host" ||
		fail "the never is not named" ;;
	4)
		grep -q 'tried: then rule' "$TEST_DIR/host" || fail "no change was tried"
		grep -q '^        + intruder -> sensor : temp.average(samples = 9)$' "$TEST_DIR/host" ||
			fail "it is not said what more is granted"
		;;
	esac
done
ask entry
has 'entry what\? .*'
ask 'entry 0'
has 'there is no record 0; type audit'
ask 'entry 99'
has 'there is no record 99; type audit'
