#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The trace of the demonstration: what people see, and what tools/trace.sh makes of it.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/lib/session.sh

json=$TEST_DIR/trace.json
values=$TEST_DIR/values
facts=$TEST_DIR/facts

# Converts the answer to the present command and holds it against the format.
convert() {
	tools/trace.sh "$answer" >"$json" || fail "trace.sh does not understand '$asked'"
	awk -f tests/boot/trace/json.awk "$json" >"$values" || fail "$(sed 's/^FAIL: //' "$values" | tail -n 1)"
	awk -f tests/boot/trace/check.awk "$values" >"$facts" || fail "$(sed 's/^FAIL: //' "$facts" | tail -n 1)"
}

# Fails unless the trace has so many of a kind: at least $3 (-ge), or exactly (-eq). $1: the kind
fact() {
	found=$(awk -v kind="$1" '$1 == kind { print $2 }' "$facts")
	[ "${found:-0}" -eq "$3" ] || { [ "$2" = -ge ] && [ "${found:-0}" -gt "$3" ]; } ||
		fail "the trace has ${found:-0} $1, not $2 $3"
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
session_run "$image" <<-END
	trace
	trace 0
	trace x
	trace 99999999
	trace on
	attack
	crash sensor
	watch 2
	trace off
	trace 20
	trace on
	trace on
	trace off
	ps
END
for words in trace 'trace 0' 'trace x' 'trace 99999999'; do
	ask "$words"
	has 'trace what\? milliseconds, on, or off'
done
ask 'trace on'
has 'tracing; type trace off to see it'
ask attack
has '6 of 6 contained; the thermostat goes on:'
ask 'crash sensor'
ask 'watch 2'

# Denials as the audit has them, faults, and who called whom.
ask 'trace off'
has 'trace: end; 0 older events were overwritten'
has ' +[0-9]+\.[0-9]{3} intruder +verdict +- +- +capability'
has ' +[0-9]+\.[0-9]{3} intruder +verdict +sensor +Sensor\.99 +shape'
has ' +[0-9]+\.[0-9]{3} intruder +verdict +driver +Valve\.set +default'
has ' +[0-9]+\.[0-9]{3} intruder +verdict +sensor +Sensor\.average +guard'
has_count 5 ' intruder +verdict '
has_count 6 ' shell +call +intruder +Attack\.run +1$'
has_count 6 ' intruder +receive +shell +Attack\.run +1$'
has_count 5 ' intruder +reply +shell +Attack\.run +2$'
has_count 1 ' shell +end +intruder +Attack\.run +E_DIED$'
has_count 1 ' intruder +fault +- +write +0x41[0-9a-f]+$'
has ' +[0-9]+\.[0-9]{3} sensor +reply +control/2 +Sensor\.read +2'
has ' +[0-9]+\.[0-9]{3} - +run +[a-z]+ +- +(waiting|receiving)'
has ' +[0-9]+\.[0-9]{3} [a-z]+(/[0-9]+)? +run +- +- +-'
has ' +[0-9]+\.[0-9]{3} .* irq +- +- +33'
convert
fact slices -ge 101
fact arrows -ge 101
fact verdict -eq 5
fact fault -eq 2
fact end -ge 2
fact irq -ge 3
fact signal -ge 1

ask 'trace 20'
convert
fact verdict -eq 0
# A second start begins anew.
ask 'trace on'
ask 'trace on'
has 'tracing; type trace off to see it'
ask 'trace off'
has_count 1 ' trace +reply +shell +Events\.start '
ask ps
has 'trace +Trace +running +1 +0 +0 .*'
boot_never 'panic'

# What is no whole trace is refused.
sed '/^trace: end/d' "$session_answers/9" >"$TEST_DIR/cut"
if tools/trace.sh "$TEST_DIR/cut" >/dev/null 2>"$TEST_DIR/said"; then
	fail "trace.sh takes a trace without its end"
fi
grep -q 'events are there' "$TEST_DIR/said" || fail "trace.sh does not say what is missing"
