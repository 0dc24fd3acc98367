#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate diff: what one line of an example changes. tests/gate/diff/X.out: the example, what sed does
# to it, the exit code and that of --only-more, then what is printed (OLD and NEW are the files).
# $1 is gate, $2 a folder of its own.
set -eu

gate=$1
folder=$2

# $1 words before the files, $2 the exit code that is due
run() {
	code=0
	# shellcheck disable=SC2086 # several words, or none
	"$gate" diff $1 "$old" "$folder/new.gate" >"$folder/got" 2>&1 || code=$?
	[ "$code" = "$2" ] || echo "$file: exit code $code instead of $2 ($1)"
}

for file in tests/gate/diff/*.out; do
	old=docs/policy/examples/$(sed -n 1p "$file").gate
	sed "$(sed -n 2p "$file")" "$old" >"$folder/new.gate"
	codes=$(sed -n 3p "$file")
	run '' "${codes% *}"
	sed -e "s#$folder/new.gate#NEW#g; s#$old#OLD#g" "$folder/got" >"$folder/out"
	sed 1,3d "$file" >"$folder/expected"
	diff "$folder/expected" "$folder/out" >"$folder/difference" || {
		echo "$file:"
		cat "$folder/difference"
	}
	run --only-more "${codes#* }"
	! grep '^-' "$folder/got" || echo "$file: --only-more shows what is less"
done

# A file that is not there, and one too few.
code=0
"$gate" diff "$old" "$folder/none.gate" >"$folder/got" 2>&1 || code=$?
[ "$code" = 2 ] && grep -q 'none.gate' "$folder/got" || echo "a missing file: exit code $code"
code=0
"$gate" diff "$old" >"$folder/got" 2>&1 || code=$?
[ "$code" = 2 ] && grep -q 'usage: gate diff' "$folder/got" || echo "one file: exit code $code"
