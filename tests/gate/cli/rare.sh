#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What gate has to say that no file of tests/gate/faults can hold: warnings, too many and too large
# files, another kernel, digests, claims of the command line. $1 is gate, $2 a folder of its own.
# Backquotes are what gate prints.
# shellcheck disable=SC2016
set -eu
gate=$1
top=$(pwd)
cd "$2"

fail() {
	echo "$1"
	exit 1
}

# $1 exit code that is due, $2 pattern of the one line that is a finding, the rest: the words
expect() {
	due=$1 pattern=$2 code=0
	shift 2
	"$gate" "$@" >out 2>&1 </dev/null || code=$?
	[ "$code" = "$due" ] || fail "gate $*: exit code $code instead of $due: $(head -n 1 out)"
	grep -q -e "$pattern" out || fail "gate $*: does not say '$pattern'"
	[ "$(grep -cE ': (error|warning): ' out)" = 1 ] || fail "gate $*: not one finding"
	grep -q '^help: ' out || fail "gate $*: does not say what to write instead"
}

pair='interface Go { go() }
process One { gives go: Go; uses back: Go optional }
process Two { uses go: Go; gives back: Go }
system s {
    one: One
    two: Two { go -> one.go }
}'

# Warnings.
printf 'edition 1\n%s\ndraft allow Two -> One : go.go\n' "$pair" >draft.gate
expect 0 'warning: a draft rule is in force \[R10\]' \
	check -I "$top" draft.gate
printf 'edition 1\n%s\nallow Two -> One : go.go\nallow One -> Two : back.go\n' "$pair" |
	sed 's/one: One/one: One { back -> two.back }/' >circle.gate
expect 0 '`one` and `two` reach each other by calls: each may wait for the other for ever' \
	check -I "$top" circle.gate
printf 'edition 1\nprocess A { budget 9ms per 10ms }\nsystem s { one: A; two: A }\n' >sum.gate
expect 0 'warning: all budgets together are 1800 of 1000 parts of the CPU \[P12\]' \
	check -I "$top" sum.gate

# Too much.
awk 'BEGIN { print "edition 1"; for (i = 0; i < 1048577; i++) print "const A=1" }' >words.gate
expect 1 'error: this file has more than 4194304 words and marks \[G1\]' check --syntax words.gate
mkdir units
awk 'BEGIN { for (i = 0; i < 300; i++) { f = "units/u" i ".gate"
	print "edition 1\nunit u" i > f; if (i < 299) print "use u" i + 1 > f; close(f) } }'
expect 1 'more than 256 units, or uses nested deeper than 64 \[N1\]' check -I units units/u0.gate

# A unit of a later edition: that alone is said.
printf 'edition 2\nunit units.far\nshiny new things\n' >units/far.gate
printf 'edition 1\nuse units.far (Far)\nprocess A { uses x: Far }\n' >far.gate
expect 1 'units/far.gate:1:9: error: this file is of edition 2, this gate knows edition 1 \[G10\]' \
	check -I . far.gate

# Another kernel, and none.
mkdir none other other/kernel
printf 'edition 1\nprocess A {}\nsystem s { a: A }\n' >system.gate
expect 1 'error: a system needs unit `kernel.core` \[N5\]' check -I none system.gate
{
	printf 'edition 1\n'
	echo "$pair" | sed '/^system/,$d'
	echo 'allow Two -> One : signal'
} >signal.gate
expect 1 'signals need kernel.core: say -I with the folder that holds kernel/ \[N5\]' \
	check -I none signal.gate
sed 's/: signal/: start/' signal.gate >start.gate
expect 1 '`start` needs kernel.core \[N5\]' check -I none start.gate
sed '/^interface Untyped/,/^}/s/label: /labels: /' "$top/kernel/core.gate" >other/kernel/core.gate
expect 1 "this is another kernel's: a method that every system needs has no field \`label\`" \
	check -I other system.gate
{
	cat "$top/kernel/core.gate"
	printf 'interface More { more() }\n'
} >other/kernel/core.gate
expect 1 'error: kernel.core declares 15 interfaces, the kernel has 14 \[T9\]' \
	check -I other system.gate

# Digests of programs.
echo 'a 12 1 1 1' >short
expect 1 'error: a line here is `name sha256 text_pages data_pages bss_pages`' \
	build -I "$top" --digests short system.gate
printf 'b %064d 1 1 1\n' 0 >others
expect 1 'error: others has no program `a`' build -I "$top" --digests others system.gate

# A claim that is none.
expect 1 'error: this is not one claim' prove -I "$top" system.gate 'no data A -> A test "x" { }'
