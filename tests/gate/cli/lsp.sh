#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate lsp: recorded sessions, tests/gate/lsp/*.session: `> JSON` and `! BYTES` are sent, `< JSON`
# comes back; `# exit N` is the exit code, 0 if it is not said. @ROOT@ is the top of this tree.
# $1 is gate, $2 a folder of its own.
set -eu
export LC_ALL=C
gate=$1
folder=$2
root=$(pwd)

for session in tests/gate/lsp/*.session; do
	name=$(basename "$session")
	expected=$(sed -n 's/^# exit //p' "$session")
	awk -v root="$root" -f tests/gate/lsp/frame.awk "$session" >"$folder/in"
	code=0
	"$gate" lsp -I . <"$folder/in" >"$folder/out" 2>"$folder/err" || code=$?
	[ "$code" = "${expected:-0}" ] || echo "$name: exit code $code"
	[ ! -s "$folder/err" ] || echo "$name: stderr: $(head -n 1 "$folder/err")"
	awk -v root="$root" -f tests/gate/lsp/unframe.awk "$folder/out" >"$folder/said"
	grep '^< ' "$session" | diff - "$folder/said" >"$folder/diff" ||
		echo "$name: $(sed -n 2,3p "$folder/diff")"
done

# One policy letter by letter: a look at each, none given up; in the end it stands as in the file.
policy=docs/policy/examples/06-pairs.gate
awk -v uri="file://$root/$policy" -f tests/gate/lsp/type.awk "$policy" |
	awk -v root="$root" -f tests/gate/lsp/frame.awk >"$folder/in"
"$gate" lsp <"$folder/in" >"$folder/out" 2>"$folder/err" || echo "typing: exit code $?"
awk -v root="$root" -f tests/gate/lsp/unframe.awk "$folder/out" >"$folder/said"
letters=$(wc -c <"$policy")
looks=$(grep -c '"textDocument/publishDiagnostics"' "$folder/said")
[ "$looks" = $((letters + 1)) ] || echo "typing: $looks looks at $letters letters"
! grep 'gave up' "$folder/said" || echo "typing: gate gave up"
grep Diagnostics "$folder/said" | tail -n 1 | grep -q "\"version\":$letters,.*\"diagnostics\":\[\]" ||
	echo "typing: the whole policy has findings"

# Every policy of this tree is opened and its names are looked up: nothing is given up.
find . -name '*.gate' ! -path './build/*' | sed 's|^\./||' >"$folder/files"
# Names of files here have no blanks.
# shellcheck disable=SC2046
awk -v root="$root" -f tests/gate/lsp/tree.awk $(cat "$folder/files") |
	awk -v root="$root" -f tests/gate/lsp/frame.awk >"$folder/in"
"$gate" lsp -I . -I servers <"$folder/in" >"$folder/out" 2>"$folder/err" || echo "tree: exit code $?"
awk -v root="$root" -f tests/gate/lsp/unframe.awk "$folder/out" >"$folder/said"
answers=$(grep -c '^< {"jsonrpc":"2.0","id":[1-9][0-9]*,"result":' "$folder/said")
[ "$answers" = $(($(wc -l <"$folder/files") + 1)) ] || echo "tree: $answers answers"
! grep 'gave up' "$folder/said" || echo "tree: gate gave up"
