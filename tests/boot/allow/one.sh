#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the demonstration without one allow line, and looks from outside at what became of it.
#
# usage: one.sh LINE MESSAGES FACTS
#   LINE      of the product's file; 0: nothing is taken away
#   MESSAGES  what policy_messages says of all lines
#   FACTS     of the guest with all lines; the output when LINE is 0
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/policy.sh

line=$1
messages=$2
facts_of_all=$3
product=deployments/thermostat/product.gate
built=$OUT/$BOARD/thermostat
lost=$TEST_DIR/lost
rm -f "$TEST_DIR/passed"

commands='ps
ipc
watch 1
attack
audit
why 1
policy
crash sensor
watch 3
crash driver
crash control
watch 2
ps'

# Messages that nobody gets so far as to send when those before the colon are denied.
consequences='
control sensor Sensor read: control driver Valve set
control sensor Sensor read: control driver Valve read
control sensor Sensor read: control console Console write
shell intruder Attack run: intruder sensor Sensor average
shell sensor Crash now: control console Console write
'

# Lines without which nobody can type or read: they are looked at from outside only.
is_way_to_shell() {
	grep -qE '^(console uart|uart console|shell console) ' "$lost"
}

# Awk: messages of $lost that were denied and recorded as such; of others, what was granted.
read_facts='
	FILENAME == lost { is_lost[$0] = 1; n_lost++; next }
	FILENAME == messages { is_message[$2 " " $3 " " $4 " " $5] = 1; next }
	$1 == "grant" && $6 == "call" { granted[$2 " " $3 " " $4 " " $5] += $7 }
	$1 == "deny" { denied[$2 " " $3 " " $4 " " $5] += $6 }
	$1 == "record" || $1 == "first" {
		recorded[$3 " " $4 " " $5 " " $6 " " $7 " " $8]++
		by[$3 " " $7 " " $8]++
	}
	$1 == "instance" { starts[$2] = $3; faults[$2] = $5 }
	# A signal that is not allowed is no capability at all; everything else is judged and denied.
	function is_denied(message, part) {
		split(message, part, " ")
		if (part[3] == "Signal") return by[part[1] " call capability"] > 0
		return denied[part[1] " " part[2] " " part[3] " default"] > 0 &&
			recorded[message " call default"] > 0
	}'

run_awk() {
	awk -v lost="$lost" -v messages="$messages" "$read_facts $1" "$lost" "$messages" "$outside_facts"
}

# Nothing that was taken away was granted, all of it was denied and recorded.
check_lost() {
	run_awk 'END {
		for (message in is_lost) {
			if (granted[message]) print message " was granted all the same"
			else if (!is_denied(message)) print message " was not denied and recorded"
		}
	}' >"$TEST_DIR/wrong"
	[ ! -s "$TEST_DIR/wrong" ] || fail "$(head -n 1 "$TEST_DIR/wrong")"
}

# Everything else went on: the same messages as with all lines, the same starts and faults.
check_rest() {
	awk -v base="$facts_of_all" -v lost="$lost" -v consequences="$consequences" '
		BEGIN {
			n = split(consequences, rows, "\n")
			for (i = 1; i <= n; i++) {
				at = index(rows[i], ": ")
				if (at) follows[substr(rows[i], 1, at - 1), ++count[substr(rows[i], 1, at - 1)]] = substr(rows[i], at + 2)
			}
		}
		FILENAME == lost {
			is_gone[$0] = 1
			for (i = 1; i <= count[$0]; i++) is_gone[follows[$0, i]] = 1
			next
		}
		$1 == "grant" && $6 == "call" {
			if (FILENAME == base) expected[$2 " " $3 " " $4 " " $5] = 1
			else found[$2 " " $3 " " $4 " " $5] = 1
		}
		$1 == "instance" {
			if (FILENAME == base) life[$2] = $3 " starts, " $5 " faults"
			else if (life[$2] != $3 " starts, " $5 " faults") lives[$2] = $3 " starts, " $5 " faults"
		}
		END {
			crash = ("shell sensor Crash now" in is_gone)
			attack = ("shell intruder Attack run" in is_gone)
			for (message in expected) {
				split(message, part, " ")
				is_kernel = part[1] == "init" || part[1] == "kernel" || part[1] == part[2]
				if (!is_kernel && !(message in found) && !(message in is_gone))
					print message " is not sent any more"
			}
			for (name in lives) {
				calm = lives[name] == "1 starts, 0 faults"
				if (calm && crash && name ~ /^(sensor|driver|control)$/) continue
				if (calm && attack && name == "intruder") continue
				print name " had " lives[name] ", with all lines " life[name]
			}
		}' "$facts_of_all" "$lost" "$outside_facts" >"$TEST_DIR/wrong"
	[ ! -s "$TEST_DIR/wrong" ] || fail "$(head -n 1 "$TEST_DIR/wrong")"
}

# The audit server tells people: a denial stands on the console.
check_console() {
	! grep -q '^audit console ' "$lost" || return 0
	while read -r holder target interface method; do
		tr -d '\r' <"$TEST_DIR/console" | grep -aqE \
			"^ *[0-9]+ +[0-9.]+ s +denied +$holder -> $target : $interface\.$method +default" ||
			fail "the console does not tell that $holder -> $target : $interface.$method was denied"
	done <"$lost"
}

run_script() {
	code=0
	# shellcheck disable=SC2086 # one word an argument
	echo "$commands" | RUN_TIMEOUT=60 tools/run.sh "$BOARD" "$image" $outside_qemu \
		>"$TEST_DIR/console" 2>"$TEST_DIR/qemu" || code=$?
	[ "$code" = 0 ] || fail "the demonstration did not end well: run.sh gives $code"
	outside_look "$image" || fail "its memory tells nothing: $(cat "$TEST_DIR/peek")"
}

# Keys are typed although nobody may see them; the thermostat regulates on.
run_blind() {
	# shellcheck disable=SC2086
	boot_start "$image" $outside_qemu
	end=$(($(date +%s) + 30))
	cycles=
	while :; do
		sleep 0.3
		boot_type help
		outside_look "$image" || continue
		now=$(run_awk 'END {
			for (message in is_lost) if (!is_denied(message)) exit
			print granted["control sensor Sensor read"] + 0
		}')
		[ -z "$now" ] || [ -n "$cycles" ] || cycles=$now
		[ -z "$now" ] || [ "$now" -lt $((cycles + 2)) ] || break
		[ "$(date +%s)" -lt "$end" ] || break
	done
	boot_stop
	check_lost
	run_awk 'END {
		for (name in starts) if (starts[name] != 1 || faults[name] != 0)
			print name " had " starts[name] " starts, " faults[name] " faults"
		if (!granted["control driver Valve set"]) print "the valve does not move"
	}' >"$TEST_DIR/wrong"
	[ ! -s "$TEST_DIR/wrong" ] || fail "$(head -n 1 "$TEST_DIR/wrong")"
	[ "$now" -ge $((cycles + 2)) ] || fail "the controller does not go on"
}

# With all lines each message that a line allows is sent and granted: taking it away means something.
check_all() {
	run_awk 'END {
		for (message in is_message) if (!granted[message]) print message " is never sent"
	}' >"$TEST_DIR/wrong"
	[ ! -s "$TEST_DIR/wrong" ] || fail "$(head -n 1 "$TEST_DIR/wrong")"
	! grep -q '^deny .* default' "$outside_facts" ||
		[ "$(grep '^deny .* default' "$outside_facts")" = "deny intruder driver Valve default 1" ] ||
		fail "somebody but the intruder is denied by default"
}

mkdir -p "$TEST_DIR/product"
awk -v line="$line" 'NR != line || !/^allow /' "$product" >"$TEST_DIR/product/product.gate"
awk -v line="$line" '$1 == line { print $2, $3, $4, $5 }' "$messages" >"$lost"
[ "$line" = 0 ] || [ -s "$lost" ] || fail "line $line allows nothing"
policy_build "$TEST_DIR/product" "$TEST_DIR" "$built" || fail "it does not compile: $TEST_DIR/gate"
policy_pack "$TEST_DIR" "$built" || fail "it cannot be packed: $TEST_DIR/mkimage"
image=$TEST_DIR/image.bin
outside_new
if is_way_to_shell; then
	run_blind
else
	run_script
	if [ "$line" = 0 ]; then
		check_all
	else
		check_lost
		check_rest
		check_console
	fi
fi
rm -f "$outside_ram"
: >"$TEST_DIR/passed"
