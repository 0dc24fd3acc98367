#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate why: each question of tests/gate/why/{why,values,sums}.txt (`? MESSAGE`) and each record of
# the other two is answered as it stands there, one by one and through the standard input.
# $1 is gate, $2 a folder of its own.
set -eu
gate=$1
folder=$2
here=$(cd "$(dirname "$0")/.." && pwd)

cd "$here/../.."

# $1 file of questions and answers, $2 of which policy, $3 word before a question, or nothing
answers_check() {
	sed -n 's/^? //p' "$here/why/$1" | while IFS= read -r question; do
		echo "? $question"
		# shellcheck disable=SC2086 # one word or none
		"$gate" why "tests/gate/why/$2" $3 "$question" 2>&1 </dev/null ||
			echo "(exit code $?)"
	done >"$folder/said"
	grep -v '^#' "$here/why/$1" | diff - "$folder/said" | sed -n 2,3p
}

answers_check why.txt why.gate ''
answers_check values.txt values.gate ''
answers_check sums.txt sums.gate ''
answers_check records.txt why.gate --record
answers_check values_records.txt values.gate --record

# The lines of the standard input are answered one after the other.
sed -n 's/^? //p' "$here/why/records.txt" | head -n 5 >"$folder/lines"
"$gate" why tests/gate/why/why.gate --record - <"$folder/lines" >"$folder/said" 2>&1 ||
	echo "records of the standard input: exit code $?"
sed '/^#/d; / 6 /,$d; /^?/d' "$here/why/records.txt" | diff - "$folder/said" | sed -n 2,3p

# $1 what is said; the rest: words, of which gate makes nothing
refuse() {
	pattern=$1 code=0
	shift
	"$gate" why tests/gate/why/why.gate "$@" >"$folder/said" 2>&1 || code=$?
	[ "$code" = 2 ] && grep -q -e "$pattern" "$folder/said" ||
		echo "gate why $*: exit code $code, not '$pattern'"
}

refuse 'not both' --record 'x' 'one -> server : work.step()'
refuse 'needs a value' --record
refuse 'did you mean .--record' --recrod x
refuse 'something is missing'
