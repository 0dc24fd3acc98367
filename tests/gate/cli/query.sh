#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate query and gate prove on examples. tests/gate/query/X.out: the example, the verb, its words,
# the exit code, then what is printed (FILE is the example). $1 is gate, $2 a folder of its own.
set -eu

for file in tests/gate/query/*.out; do
	example=docs/policy/examples/$(sed -n 1p "$file").gate
	code=0
	"$1" "$(sed -n 2p "$file")" "$example" "$(sed -n 3p "$file")" >"$2/got" 2>&1 || code=$?
	[ "$code" = "$(sed -n 4p "$file")" ] || echo "$file: exit code $code"
	sed "s#$example#FILE#g" "$2/got" >"$2/out"
	sed 1,4d "$file" >"$2/expected"
	diff "$2/expected" "$2/out" >"$2/difference" || {
		echo "$file:"
		cat "$2/difference"
	}
done

# `->` as a word of its own is no option; without a question the usage is told.
"$1" query docs/policy/examples/08-flow.gate any -\> field >"$2/got" 2>&1 ||
	echo "words: exit code $?"
code=0
"$1" query docs/policy/examples/08-flow.gate >"$2/got" 2>&1 || code=$?
[ "$code" = 2 ] && grep -q '^usage: gate query' "$2/got" || echo "no question: exit code $code"
