#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the demonstration without one allow line, and looks from outside at what became of it.
#
# usage: one.sh LINE MESSAGES FACTS
#   LINE      FILE:LINE of an allow; 0: nothing is taken away
#   MESSAGES  what policy_messages says of all lines
#   FACTS     of the guest with all lines; the output when LINE is 0
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/policy.sh

line=$1
messages=$2
facts_of_all=$3
built=$OUT/$BOARD/thermostat
image=$TEST_DIR/image.bin
lost=$TEST_DIR/lost
wrong=$TEST_DIR/wrong

# Every message that the lines allow is sent by one of these, or all the time.
commands='ps
ipc
watch 1
attack
audit
why 1
entry 1
policy
crash sensor
watch 3
trace 1
trace off
crash driver
crash control
watch 2
stop intruder
ps
start intruder
restart driver
kill sensor
watch 2
ps'

# Lines without which nobody can type or read.
is_way_to_shell() {
	grep -qE '^(console uart|uart console|shell console) ' "$lost"
}

ask() {
	awk -v question="$1" -f tests/boot/allow/facts.awk "$messages" "$lost" "$outside_facts"
}

# Fails with the first of the things that are wrong.
none_wrong() {
	[ ! -s "$wrong" ] || fail "$(head -n 1 "$wrong")"
}

# The audit server tells people: each denial stands on the console.
check_console() {
	! grep -q '^audit console ' "$lost" || return 0
	while read -r holder target interface method; do
		tr -d '\r' <"$boot_console" | grep -aqE \
			"^ *[0-9]+ +[0-9.]+ s +denied +$holder -> $target : $interface\.$method +default" ||
			fail "the console does not tell that $holder -> $target : $interface.$method was denied"
	done <"$lost"
}

run_script() {
	code=0
	# shellcheck disable=SC2086 # one word an argument
	echo "$commands" | RUN_TIMEOUT=60 tools/run.sh "$BOARD" "$image" $outside_qemu \
		>"$boot_console" 2>"$TEST_DIR/qemu" || code=$?
	[ "$code" = 0 ] || fail "the demonstration did not end well: run.sh gives $code"
	outside_look "$image" || fail "its memory tells nothing: $(cat "$TEST_DIR/peek")"
	if [ "$line" = 0 ]; then
		ask all >"$wrong"
		none_wrong
		return
	fi
	ask lost >"$wrong"
	none_wrong
	awk -f tests/boot/allow/rest.awk "$messages" "$lost" "$facts_of_all" "$outside_facts" >"$wrong"
	none_wrong
	check_console
}

# Keys are typed although nobody may see them. The thermostat regulates on after the denial.
run_blind() {
	# shellcheck disable=SC2086
	boot_start "$image" $outside_qemu
	end=$(($(date +%s) + 40))
	since=
	now=0
	while [ "$now" -lt $((${since:-0} + 2)) ] && [ "$(date +%s)" -lt "$end" ]; do
		sleep 0.3
		boot_type help
		if outside_look "$image"; then
			found=$(ask cycles)
			now=${found:-0}
			since=${since:-$found}
		fi
	done
	boot_stop
	ask lost >"$wrong"
	none_wrong
	ask calm >"$wrong"
	none_wrong
	[ "$now" -ge $((${since:-0} + 2)) ] || fail "the controller does not go on"
}

rm -f "$TEST_DIR/passed"
# A rule goes on in lines that are indented further.
mkdir -p "$TEST_DIR/product"
cp deployments/thermostat/*.gate "$TEST_DIR/product"
if [ "$line" != 0 ]; then
	file=${line%:*}
	copy=$TEST_DIR/product/${file#deployments/thermostat/}
	mkdir -p "$(dirname "$copy")"
	awk -v line="${line##*:}" '
		{ match($0, /^ */) }
		NR == line && /needs {/ { print "needs { }"; next }
		NR == line && /allow / { is_gone = 1; indent = RLENGTH; next }
		is_gone && RLENGTH > indent { next }
		{ is_gone = 0; print }' "$file" >"$copy"
fi
awk -v line="$line" '$1 == line { print $2, $3, $4, $5 }' "$messages" >"$lost"
[ "$line" != 0 ] || echo nothing >"$lost"
[ -s "$lost" ] || fail "line $line allows nothing"
# Without its rule an object is an error [O4, S24]: then it goes as well.
objects_drop() {
	file=$TEST_DIR/product/product.gate
	sed -e '/^bucket /d' -e '/^machine /d' -e '/^    when Reading is /d' \
		-e '/^    call then /d' -e 's/ then enter Reading fresh//' "$file" >"$file.new"
	mv "$file.new" "$file"
}

if ! policy_build "$TEST_DIR/product" "$TEST_DIR" "$built"; then
	grep -qE '\[(O4|S24)\]$' "$TEST_DIR/gate" || fail "it does not compile: $TEST_DIR/gate"
	objects_drop
	policy_build "$TEST_DIR/product" "$TEST_DIR" "$built" ||
		fail "it does not compile without its objects: $TEST_DIR/gate"
fi
policy_pack "$TEST_DIR" "$built" || fail "it cannot be packed: $TEST_DIR/mkimage"
outside_new
if is_way_to_shell; then
	run_blind
else
	run_script
fi
rm -f "$outside_ram"
: >"$TEST_DIR/passed"
