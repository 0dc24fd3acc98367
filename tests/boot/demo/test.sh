#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The demonstration, typed as a person would: every command, every attack and its reason, crashes,
# and what no person should type.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/lib/session.sh

product=deployments/thermostat/product.gate
stamp=' +[0-9]+\.[0-9]{3} s +'

all_run() {
	for name in "$@"; do
		has "$name +[A-Za-z]+ +running +1 +0 +0 +[0-9]+ +[0-9]+/[0-9]+"
	done
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
session_run "$OUT/$BOARD/thermostat/image.bin" <<-END
	help
	ps
	audit
	ipc
	attack
	audit
	why 1
	why 2
	why 3
	why 4
	why 5
	why 6
	why 0
	why 7
	why 99999
	why 4294967297
	why 18446744073709551617
	why
	why x
	why 1x
	why -1
	policy
	watch 2
	crash sensor
	watch 3
	crash driver
	watch 3
	crash control
	watch 1
	ps
	stop intruder
	stop intruder
	attack
	ps
	kill intruder
	start intruder
	start intruder
	stop control
	restart control
	kill sensor
	watch 2
	stop
	stop nobody
	restart console
	kill init
	ps
	crash
	crash shell
	crash init
	attack
	audit
	frobnicate

	   help
	%s%n%d%99999s
	$(printf '%0254d' 0 | tr 0 w)
	$(printf '%0255d' 0 | tr 0 x)
	ps
END
answer=$session_answers/0
has 'Gatehouse on [a-z0-9-]+: image of [0-9]+ KiB verified .*'
has '[0-9]+ edges in force.*'
has '  Type attack to let the intruder loose, help for everything else\.'

ask help
for name in help ps ipc audit why policy attack watch crash start stop restart kill poweroff; do
	has "  $name .*[a-z]"
done
ask ps
all_run init uart console audit manager sensor driver control intruder shell
ask audit
has 'nothing was denied so far'
ask ipc
has 'console +uart +Serial +[1-9][0-9]* +0'
has 'control +sensor +Sensor +[1-9][0-9]* +0'
has 'intruder +driver +Valve +0 +0'

# Each attack is contained; its denial is told when it happens, with the reason.
ask attack
has " +1${stamp}denied +intruder -> \? +capability"
has " +2${stamp}denied +intruder -> sensor : Sensor\.99 +shape"
has " +3${stamp}denied +intruder -> driver : Valve\.set +default"
has " +4${stamp}denied +intruder -> sensor : Sensor\.average +guard: samples = 9"
has " +5${stamp}refused +intruder -> nobody +capability"
has " +6${stamp}fault: intruder write 0x41[0-9a-f]+ pc 0x41[0-9a-f]+"
has '  at intruder write_own_code\+0x[0-9a-f]+ deployments/thermostat/intruder/main\.c:[0-9]+'
has '  1  a guessed handle +contained +no such capability, or it lacks the right'
has '  2  an unknown method +contained +the policy does not allow it'
has '  3  a forbidden destination +contained +the policy does not allow it'
has '  4  an argument out of range +contained +the policy does not allow it'
has '  5  a reply it does not owe +contained +.*[a-z]'
has '  6  a write to its own code +contained +it was stopped in the act, and started anew'
has '6 of 6 contained; the thermostat goes on:'
has 'cycle +[1-9][0-9]* +[12][0-9]\.[0-9] degrees \(target 20\.5\) +valve +[0-9]+\.[0-9] %'
ask audit
for number in 1 2 3 4 5 6; do
	has " +$number${stamp}.*intruder.*"
done
has_count 6 "^ +[0-9]+$stamp"
has 'to see why: why N'

# Why: the reason, the rule, and no advice to allow an attack.
ask 'why 1'
has " +1${stamp}denied +intruder -> \? +capability"
has '  intruder holds no capability with handle 0x[0-9a-f]{8}'
has '  handles are numbers of its own table; guessing reaches nobody'
ask 'why 2'
has '  Sensor has no method 99'
ask 'why 3'
has '  no allow names Intruder and ValveDriver for Valve\.set'
has '  meant so\? +nothing to do'
last=$(awk '/^allow / { last = FNR } END { print last }' "$product")
has "  not meant so\? +the line belongs after product\.gate:$last"
has_not 'allow Intruder'
ask 'why 4'
has '  an allow names this message, but not with samples = 9'
number=$(awk '/^allow Intruder -> SensorDriver/ { print FNR }' "$product")
has "  product\.gate:$number: allow Intruder -> SensorDriver : temp\.average\(samples in 1\.\.4\)"
has '  because "a widget shows it, cheaply"'
ask 'why 5'
has '  nobody waits for an answer of intruder'
has '  a server can answer only the call that it is serving'
ask 'why 6'
has '  intruder did what no program may; the kernel stopped it there'
has '  its supervisor restarts it with clean memory'
for number in 0 7 99999 4294967297 18446744073709551617; do
	ask "why $number"
	has "there is no record $number; type audit"
done
for words in why 'why x' 'why 1x' 'why -1'; do
	ask "$words"
	has 'why what\? type audit, then why and the number in front of the line'
done

# The rules in force are those of the file, and no others.
ask policy
awk 'function told() { if (rule != "") { sub(/ because .*/, "", rule); print rule }; rule = "" }
	/^allow / { told(); rule = "product.gate:" FNR " " $0; next }
	rule != "" && /^    / { sub(/^ */, " "); rule = rule $0; next }
	{ told() }' "$product" >"$TEST_DIR/rules"
tr -s ' ' <"$answer" | grep '^product\.gate' | diff - "$TEST_DIR/rules" >"$TEST_DIR/differ" ||
	fail "policy does not show the allow lines: $(sed -n 2p "$TEST_DIR/differ")"
has 'what no line allows is denied'
ask 'watch 2'
has_count 2 '^cycle +[0-9]+ '

# Crashes: the victim is new, nobody else is. Its client is told once, and goes on.
ask 'crash sensor'
has 'sensor: the server died during the call'
ask 'watch 3'
has_count 3 '^cycle '
ask 'crash driver'
has 'driver: the server died during the call'
ask 'watch 3'
has_count 3 '^cycle '
ask 'crash control'
has 'control: the server died during the call'
ask 'watch 1'
has_count 1 '^cycle '
ask ps
all_run init uart console audit shell
has 'sensor +SensorDriver +running +2 +1 +0 +[0-9]+ +[0-9]+/[0-9]+'
has 'driver +ValveDriver +running +2 +1 +0 +[0-9]+ +[0-9]+/[0-9]+'
has 'control +Controller +running +2 +1 +0 +[0-9]+ +[0-9]+/[0-9]+'
has 'intruder +Intruder +running +2 +1 +5 +[0-9]+ +[0-9]+/[0-9]+'
session_counts 2 'controller: the sensor was restarted; going on'
session_counts 1 'controller: the valve was restarted; going on'
# Who may be stopped is for the policy to say; the others are told apart from what is not there.
ask 'stop intruder'
has 'intruder: stopped, until you type start intruder'
ask 'stop intruder'
has 'intruder is stopped already; type start intruder'
ask attack
has 'the intruder does not run; type start intruder'
ask ps
has 'intruder +Intruder +stopped +2 +1 +5 +[0-9]+.*'
ask 'kill intruder'
has 'intruder does not run; type start intruder'
ask 'start intruder'
has 'intruder: started'
ask 'start intruder'
has 'intruder runs already; type restart intruder for a new life'
ask 'stop control'
has 'the policy does not let the shell stop control; audit and why tell the rule'
ask 'restart control'
has 'control: restarted'
ask 'kill sensor'
has 'sensor: killed; its restart policy decides what comes'
ask 'watch 2'
has_count 2 '^cycle '
ask stop
has 'stop what\? type ps for the names'
ask 'stop nobody'
has "there is no process 'nobody'; type ps for the names"
ask 'restart console'
has 'the policy does not let the shell restart console; audit and why tell the rule'
ask 'kill init'
has "there is no process 'init'; type ps for the names"
ask ps
all_run init uart console audit manager
has 'shell +Shell +running +1 +0 +2 +[0-9]+ +[0-9]+/[0-9]+'
has 'sensor +SensorDriver +running +3 +1 +0 +[0-9]+ +[0-9]+/[0-9]+'
has 'control +Controller +running +3 +1 +0 +[0-9]+ +[0-9]+/[0-9]+'
for words in crash 'crash shell' 'crash init'; do
	ask "$words"
	has 'crash what\? sensor, driver or control'
done

# Servers that are new contain the attacks, too, and each is recorded again.
ask attack
has '6 of 6 contained; the thermostat goes on:'
ask audit
for what in '\? +capability' 'sensor : Sensor\.99 +shape' 'driver : Valve\.set +default' \
	'sensor : Sensor\.average +guard: samples = 9' 'nobody +capability'; do
	has_count 2 "intruder -> $what\$"
done

ask frobnicate
has "there is no command 'frobnicate'; type help"
ask ''
has_not '.'
ask '   help'
has '  help .*this list'
ask '%s%n%d%99999s'
has "there is no command '%s%n%d%99999s'; type help"
ask "$(printf '%0254d' 0 | tr 0 w)"
has "there is no command 'w{254}'; type help"
ask "$(printf '%0255d' 0 | tr 0 x)"
has "there is no command 'x{255}'; type help"
ask ps
all_run init uart console audit manager
has 'shell +Shell +running +1 +0 +2 +[0-9]+ +[0-9]+/[0-9]+'
boot_never 'panic|NOT STOPPED|refused: |call again'

# What no person types: lines without end, every byte but Enter. Then it still answers.
boot_start "$OUT/$BOARD/thermostat/image.bin"
boot_expect "$prompt"
boot_type "$(printf '%05000d' 0 | tr 0 y)"
boot_expect "there is no command 'y+'; type help"
boot_expect "$prompt"
awk -v seed="${SEED:-1}" 'BEGIN {
	srand(seed)
	for (i = 0; i < 4000; i++) {
		byte = int(rand() * 254) + 2 # no 1: it begins a command to QEMU
		if (byte != 10 && byte != 13) printf "%c", byte
	}
}' >"$TEST_DIR/garbage"
head -c 64 /dev/zero >>"$TEST_DIR/garbage"
cat "$TEST_DIR/garbage" >&3
sleep 1
printf '\003\nps\n' >&3
for name in uart console audit shell; do
	boot_expect "^$name +[A-Za-z]+ +running +1 +0 +0"
done
boot_type poweroff
boot_exit 0
