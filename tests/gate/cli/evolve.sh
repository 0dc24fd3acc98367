#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate check --against: what a change of tests/gate/evolve/old.gate breaks. X.out: what sed does to
# it, then what is printed (NEW is the changed file); nothing: it breaks nothing.
# $1 is gate, $2 a folder of its own.
# Backquotes are what gate prints.
# shellcheck disable=SC2016
set -eu

gate=$1
folder=$2
old=tests/gate/evolve/old.gate

fail() {
	echo "$1"
	exit 1
}

# $1 exit code that is due, $2 what is said, the rest: the words behind `gate check`
expect() {
	due=$1 pattern=$2 code=0
	shift 2
	"$gate" check "$@" >"$folder/got" 2>&1 || code=$?
	[ "$code" = "$due" ] || fail "gate check $*: exit code $code instead of $due"
	grep -q -e "$pattern" "$folder/got" || fail "gate check $*: does not say '$pattern'"
}

for file in tests/gate/evolve/*.out; do
	code=0
	sed "$(sed -n 1p "$file")" "$old" >"$folder/new.gate"
	! cmp -s "$old" "$folder/new.gate" || fail "$file: changes nothing"
	"$gate" check "$folder/new.gate" >"$folder/got" 2>&1 || fail "$file: is wrong alone"
	"$gate" check --against "$old" "$folder/new.gate" >"$folder/got" 2>&1 || code=$?
	due=$(($(wc -l <"$file") > 1))
	[ "$code" = "$due" ] || echo "$file: exit code $code instead of $due"
	sed "s#$folder/new.gate#NEW#g" "$folder/got" >"$folder/out"
	sed 1d "$file" | diff - "$folder/out" >"$folder/difference" || {
		echo "$file:"
		cat "$folder/difference"
	}
done

# Units that both read are compared, too; --old-root says where OLD's are.
mkdir "$folder/was" "$folder/is"
printf 'edition 1\nunit wire\ninterface Wire { one(); two() }\n' >"$folder/was/wire.gate"
printf 'edition 1\nunit wire\ninterface Wire { two(); one() }\n' >"$folder/is/wire.gate"
printf 'edition 1\nuse wire (Wire)\nprocess P { gives it: Wire }\n' >"$folder/was/p.gate"
cp "$folder/was/p.gate" "$folder/is/p.gate"
expect 1 'wire.gate:3:25: error: `one` had number 1 and has 2 \[T15\]' -I "$folder/is" \
	--against "$folder/was/p.gate" --old-root "$folder/was" "$folder/is/p.gate"
[ "$(grep -c ': error: ' "$folder/got")" = 1 ] || fail "more than one error"

# What cannot be compared.
expect 2 'none.gate: error: cannot read this file' --against "$folder/none.gate" "$old"
expect 2 'one FILE as a whole' --against "$old" --syntax "$old"
expect 2 'one FILE as a whole' --against "$old" "$old" "$old"
expect 2 'say both' --old-root "$folder" "$old"
expect 2 'needs a value' "$old" --against
