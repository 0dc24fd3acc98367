#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate cover: what the tests of an example do not reach. tests/gate/cover/X.out: the example, what
# sed does to it, words before the file, the exit code, then what is printed (FILE is the example).
# $1 is gate, $2 a folder of its own.
set -eu

gate=$1
folder=$2

for file in tests/gate/cover/*.out; do
	code=0
	sed "$(sed -n 2p "$file")" "docs/policy/$(sed -n 1p "$file").gate" >"$folder/new.gate"
	# shellcheck disable=SC2046 # several words, or none
	"$gate" cover $(sed -n 3p "$file") "$folder/new.gate" >"$folder/got" 2>&1 || code=$?
	[ "$code" = "$(sed -n 4p "$file")" ] || echo "$file: exit code $code"
	sed "s#$folder/new.gate#FILE#g" "$folder/got" >"$folder/out"
	sed 1,4d "$file" | diff - "$folder/out" >"$folder/difference" || {
		echo "$file:"
		cat "$folder/difference"
	}
done

# $1 words, $2 what is said: called wrongly
refuse() {
	code=0
	# shellcheck disable=SC2086 # several words
	"$gate" cover $1 >"$folder/got" 2>&1 || code=$?
	[ "$code" = 2 ] && grep -q -e "$2" "$folder/got" || echo "gate cover $1: exit code $code"
}

refuse '--least 101 x.gate' '101. is no percentage'
refuse '--least -1 x.gate' '-1. is no percentage'
refuse '--least x.gate' 'x.gate. is no percentage'
refuse '' 'something is missing'
refuse 'x.gate y.gate' 'y.gate. is no option'
