#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-lsp: the policies of this tree typed letter by letter into gate lsp, then completed at
# every 11th word. Prints what a letter costs, and `N passed, N failed, N skipped` last.
# Environment: ONLY, a pattern of files: the others are left out; COMPLETE_EVERY, see README.md.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

out=${GATEHOUSE_OUT:-build}
gate=$out/host/gate
folder=$out/test/lsp
root=$(pwd)
ONLY=${ONLY:-}
passed=0
failed=0

# Milliseconds of the processor that the children of this shell took so far, in spent_ms.
processor_ms() {
	times >"$folder/times"
	spent_ms=$(awk 'NR == 2 {
		for (i = 1; i <= 2; i++) {
			split($i, part, /[ms]/)
			sum += part[1] * 60 + part[2]
		}
		printf "%d", sum * 1000
	}' "$folder/times")
}

# $1: a policy. Prints what is wrong with how it was answered.
type_all() {
	letters=$(wc -c <"$1")
	awk -v uri="file://$root/$1" -f tests/gate/lsp/type.awk "$1" |
		awk -v root="$root" -f tests/gate/lsp/frame.awk >"$folder/in"
	"$gate" lsp -I . -I servers -I "$(dirname "$1")" <"$folder/in" >"$folder/out" 2>"$folder/err" ||
		echo "exit code $?"
	[ ! -s "$folder/err" ] || echo "stderr: $(head -n 1 "$folder/err")"
	awk -v root="$root" -f tests/gate/lsp/unframe.awk "$folder/out" >"$folder/said"
	looks=$(grep -c "publishDiagnostics.*$1\"" "$folder/said") || true
	[ "$looks" -gt "$letters" ] || echo "$looks looks at $letters letters"
	! grep -q 'gave up' "$folder/said" || echo "gate gave up"
	grep "publishDiagnostics.*$1\"" "$folder/said" | tail -n 1 |
		grep -q "\"version\":$letters,.*\"diagnostics\":\[\]" ||
		echo "the whole policy has findings"
}

report() {
	if [ -s "$folder/wrong" ]; then
		failed=$((failed + 1))
		echo "FAIL $1: $(head -n 1 "$folder/wrong")"
	else
		passed=$((passed + 1))
		echo "ok   $1${2:+ ($2)}"
	fi
}

rm -rf "$folder"
mkdir -p "$folder"
for policy in docs/policy/examples/*.gate docs/policy/products/*.gate deployments/*/product.gate \
	deployments/examples/*/product.gate; do
	if [ -n "$ONLY" ]; then
		# shellcheck disable=SC2254 # it is a pattern
		case $policy in
		$ONLY) ;;
		*) continue ;;
		esac
	fi
	processor_ms
	before=$spent_ms
	type_all "$policy" >"$folder/wrong"
	processor_ms
	report "$policy" "$(((spent_ms - before) * 1000 / $(wc -c <"$policy"))) us a letter"
done
if COMPLETE_ONLY=${ONLY:-*} COMPLETE_EVERY=${COMPLETE_EVERY:-11} COMPLETE_SHOW=1 \
	"$out/host/tests/lsp_complete" >"$folder/complete" 2>&1; then
	: >"$folder/wrong"
else
	grep -m 1 'with\|typed\|words;' "$folder/complete" >"$folder/wrong" ||
		echo "it ended" >"$folder/wrong"
fi
report completion "$(sed -n 's/.*words; .* not offered; //p' "$folder/complete" | tr '\n' ' ')"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
