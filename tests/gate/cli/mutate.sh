#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The tests of the demonstration find 95 % of the mistakes in its rules, and gate tells when tests
# do not. $1 is gate, $2 a folder of its own.
set -eu
gate=$1
folder=$2

fail() {
	echo "$1"
	exit 1
}

"$gate" mutate deployments/thermostat/product.gate -I . -I servers >"$folder/out" 2>&1 ||
	fail "the thermostat's tests find too little: $(tail -n 1 "$folder/out")"
grep -qE '^[5-9][0-9] mistakes: [0-9]+ refused by gate, [0-9]+ found by tests, ' "$folder/out" ||
	fail "fewer mistakes than the thermostat's rules have room for: $(tail -n 2 "$folder/out")"

# All that it says, its tests left out, stands on 40 lines in the form of gate fmt.
"$gate" fmt --check deployments/thermostat/product.gate || fail "the thermostat is not in its form"
lines=$(awk '/^test /{ skips = 1 } !skips && NF && !/^ *#/{ n++ } /^}/{ skips = 0 }
	END { print n }' deployments/thermostat/product.gate)
[ "$lines" -le 40 ] || fail "the thermostat has $lines lines, at most 40 are due"

# Every kind of mistake, made in a policy that tests nothing.
cat >"$folder/x.gate" <<'END'
edition 1
interface Valve { set(channel: u8 in 0..7) errors {busy} read() -> (channel: u8) }
process Driver { gives valve: Valve }
process Spare { gives valve: Valve }
process Control { uses valve: Valve }
process Shell { uses valve: Valve }
system plant {
    driver: Driver
    spare: Spare
    control: Control { valve -> driver.valve }
    shell: Shell { valve -> driver.valve }
}
bucket Moves rate 1 per 1s
counter Errors max 9 keep
allow Control -> Driver : valve.set(channel in 1..3) when Errors < 5 then take Moves
    error then add Errors 1
allow Control -> Driver : valve.read reply when channel <= 5
allow Shell -> Driver : valve.set(channel = 7)
forbid Control -> Driver : valve.set(channel = 2)
END
code=0
"$gate" mutate "$folder/x.gate" >"$folder/out" 2>/dev/null || code=$?
[ "$code" = 1 ] || fail "a policy without tests: exit code $code instead of 1"
for what in 'rule dropped: forbid' \
	'range wider by 1 below: 1\.\.3' 'range wider by 1 above: 1\.\.3' \
	'range wider by 1: Errors < 5' 'range wider by 1: channel <= 5' 'another receiver: Driver' \
	'another sender: Shell' 'guard dropped: when Errors < 5' \
	'guard dropped: when channel <= 5' 'forbid for allow: allow' \
	'effect at the reply, not the call: take Moves' 'effect at the call: add Errors 1'; do
	grep -q "LIVES: $what" "$folder/out" || fail "no mistake '$what' lives without tests"
done
grep -q '^found: 5 of ' "$folder/out" || fail "refused: $(tail -n 1 "$folder/out")"

# What lives comes with the test that finds it: with those all are found.
sed '/valve.set(channel = 4)$/d; /channel = 6, opening = 50/d; /^test "one field/,$d' \
	docs/policy/examples/01-limits.gate >"$folder/thin.gate"
code=0
"$gate" mutate "$folder/thin.gate" >"$folder/out" 2>/dev/null || code=$?
[ "$code" = 1 ] || fail "a thin test: exit code $code instead of 1"
# $1 policy: its missing tests are appended to it as whole.gate.
tests_add() {
	{
		cat "$1"
		"$gate" mutate "$1" -I . --tests 2>"$folder/err" || :
	} >"$folder/whole.gate"
}

grep -q "^    missing test:" "$folder/out" || fail "no missing test is shown"
tests_add "$folder/thin.gate"
"$gate" mutate "$folder/whole.gate" >"$folder/out" 2>/dev/null ||
	fail "with the missing tests: $(tail -n 1 "$folder/out")"
! grep LIVES "$folder/out" || fail "with the missing tests"

# Tests of several steps: without any, nearly all mistakes live; with what is missing, none.
for example in 02-rate 04-answers 10-sessions; do
	awk '/^test /{ skips = 1 } !skips; /^}/{ skips = 0 }' \
		"docs/policy/examples/$example.gate" >"$folder/none.gate"
	tests_add "$folder/none.gate"
	grep -q "^test \"line [0-9]*: effect" "$folder/whole.gate" ||
		fail "$example: no test of an effect"
	"$gate" mutate "$folder/whole.gate" -I . >"$folder/out" 2>&1 ||
		fail "$example, with its missing tests: $(tail -n 1 "$folder/out")"
	! grep LIVES "$folder/out" || fail "$example, with its missing tests"
	"$gate" mutate "$folder/whole.gate" -I . --tests >"$folder/out" 2>/dev/null
	[ ! -s "$folder/out" ] || fail "$example: a test is missing twice"
done
