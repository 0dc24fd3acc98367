#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Takes every allow line of the demonstration away in turn and boots: its messages are denied and
# recorded, everything else goes on. With all lines in place the same messages are granted.
# timeout: 240
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/policy.sh

AT_ONCE=3
product=deployments/thermostat/product.gate

one_folder() {
	echo "$TEST_DIR/$(echo "$1" | tr /: __)"
}

# $1: line without which it boots, 0: with all
one_start() {
	folder=$(one_folder "$1")
	mkdir -p "$folder"
	env TEST_DIR="$folder" sh tests/boot/allow/one.sh "$1" "$TEST_DIR/messages" \
		"$TEST_DIR/0/facts" >"$folder/log" 2>&1 </dev/null &
}

# Fails with the words of the first that failed.
one_check() {
	folder=$(one_folder "$1")
	[ -e "$folder/passed" ] || {
		cat "$folder/log"
		[ "$1" = 0 ] || echo "(without line $1: $(sed -n "${1##*:}p" "${1%:*}"))"
		fail "$(sed -n 's/^.*FAIL: //p' "$folder/log" | tail -n 1) ($1 taken away)"
	}
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
policy_messages "$product" >"$TEST_DIR/messages"
lines=$(awk '!seen[$1]++ { print $1 }' "$TEST_DIR/messages")
files=$(echo "$lines" | sed 's/:[0-9]*$//' | sort -u)
# shellcheck disable=SC2086 # one word a file
[ "$(echo "$lines" | wc -l)" = "$(cat $files | grep -cE '^ *(needs \{ )?allow ')" ] ||
	fail "gate sees other allow lines in" $files "than grep"

one_start 0
wait $! || :
one_check 0

started=0
running=
for line in $lines; do
	one_start "$line"
	running="${running:+$running }$!"
	started=$((started + 1))
	if [ "$started" -ge "$AT_ONCE" ]; then
		# The oldest ends first, or soon.
		wait "${running%% *}" || :
		running=${running#* }
	fi
done
for child in $running; do
	wait "$child" || :
done
for line in $lines; do
	one_check "$line"
done

# What a `never` forbids cannot be added.
never=$TEST_DIR/never
mkdir -p "$never"
cp deployments/thermostat/*.gate "$never"
echo 'allow Intruder -> ValveDriver : valve.set because "it would be handy"' >>"$never/product.gate"
if policy_build "$never" "$never" "$OUT/$BOARD/thermostat"; then
	fail "gate builds a policy that breaks its own never"
fi
grep -q 'never' "$never/gate" || fail "gate refuses, but does not name the never"
[ ! -e "$never/policy.blob" ] || fail "gate refuses, and writes a policy all the same"
