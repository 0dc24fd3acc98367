#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Policies of very many rules, as tests/bench measures them: 10,000 decide as they say; 70,000 have
# numbers that 16 bits do not hold; more than 131,071 are refused.
# $1 is gate, $2 a folder of its own.
set -eu

# $1 rules, $2 how many of them are tested
rules() {
	awk -v rules="$1" -v tests="$2" -v classes=300 -v methods=2000 -v seed=2 \
		-f tests/bench/rules.awk
}

rules 10000 300 >"$2/many.gate"
[ "$(grep -c '^    grant' "$2/many.gate")" -ge 150 ] || echo "too few guards are tested"
"$1" test "$2/many.gate" >"$2/out" 2>&1 || tail -n 3 "$2/out"

rules 70000 0 >"$2/more.gate"
line=$(grep -c '' "$2/more.gate")
last=$(tail -n 1 "$2/more.gate")
message=$(echo "$last" | sed 's/allow C\([0-9]*\) -> C\([0-9]*\) : \(e.m[0-9]*\).*/c\1 -> c\2 : \3/')
"$1" why "$2/more.gate" "$message(a = 0, b = 0)" >"$2/out" 2>"$2/err" || true
grep -q "more.gate:$line" "$2/out" || {
	echo "why does not name the last rule, line $line: $last"
	cat "$2/out"
}

rules 132000 0 >"$2/most.gate"
! "$1" build "$2/most.gate" 2>"$2/err" || echo "132000 rules are not refused"
[ "$(grep -c "error: " "$2/err")" = 1 ] && grep -q "error: more than 131071 rules" "$2/err" ||
	echo "why 132000 rules are refused is not said, once"
