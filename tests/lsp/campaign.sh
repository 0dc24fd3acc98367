#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-lsp: the policies of this tree typed letter by letter into gate lsp, each letter in
# LETTER_US_MAX, then completed at every word. Prints what letters cost, and
# `N passed, N failed, N skipped` last.
# Environment: ONLY, a pattern of files: the others are left out; COMPLETE_EVERY, see README.md.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

out=${GATEHOUSE_OUT:-build}
gate=$out/host/gate
folder=$out/test/lsp
ONLY=${ONLY:-}
EVERY=${COMPLETE_EVERY:-1}
LETTER_US_MAX=20000
typed=0
passed=0
failed=0

case $EVERY in
0* | *[!0-9]*)
	echo "COMPLETE_EVERY is '$EVERY': every how many words, 1 for all"
	exit 2
	;;
esac
CHECKED_EVERY=$((EVERY * 11))

# $1: what was tried, $2: what it says; what is wrong stands in $folder/wrong, if anything is.
report() {
	if [ -s "$folder/wrong" ]; then
		failed=$((failed + 1))
		echo "FAIL $1: $(head -n 1 "$folder/wrong")"
	else
		passed=$((passed + 1))
		echo "ok   $1${2:+ ($2)}"
	fi
}

# $1: a half of what tests/host/lsp_complete.c does, $2: the program, $3: every how many words
words_try() {
	COMPLETE_ONLY=${ONLY:-*} COMPLETE_EVERY=$3 COMPLETE_SHOW=1 "$2" "$1" \
		>"$folder/$1.$3" 2>&1 || echo "$?" >"$folder/$1.$3.code"
}

# Says how that went. $1: a half, $2: every how many words, $3: a word about it
words_report() {
	log=$folder/$1.$2
	said=$(grep '^[0-9]* words; ' "$log") || said=
	: >"$folder/wrong"
	if [ -e "$log.code" ] || [ -z "$said" ]; then
		grep -m 1 -e ': with ' -e ': typed ' "$log" >"$folder/wrong" ||
			echo "${said:-it ended}; see $log" >"$folder/wrong"
	fi
	report "completion, $1, $3" "$said"
}

rm -rf "$folder"
mkdir -p "$folder"
"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -o "$folder/typist" tests/lsp/typist.c
for policy in docs/policy/examples/*.gate docs/policy/products/*.gate deployments/*/product.gate \
	deployments/examples/*/product.gate; do
	if [ -n "$ONLY" ]; then
		# shellcheck disable=SC2254 # it is a pattern
		case $policy in
		$ONLY) ;;
		*) continue ;;
		esac
	fi
	typed=$((typed + 1))
	if "$folder/typist" "$policy" "$gate" lsp -I . -I servers -I "$(dirname "$policy")" \
		>"$folder/figures" 2>"$folder/wrong"; then
		read -r letters mean worst at asked <"$folder/figures"
		[ "$worst" -lt "$LETTER_US_MAX" ] ||
			echo "the letter at $at takes $worst us, allowed are $LETTER_US_MAX" >"$folder/wrong"
	elif [ ! -s "$folder/wrong" ]; then
		echo "no answer: after ten minutes the typist was ended" >"$folder/wrong"
	fi
	report "$policy" "${letters:-} letters, ${mean:-} us each, at most ${worst:-} us at ${at:-}; completion at most ${asked:-} us"
done
[ "$typed" -gt 0 ] || {
	echo "ONLY='$ONLY' is no policy: it is a pattern of paths from here, as docs/policy/products/*"
	exit 2
}
# All words with gate as it ships, every 11th under sanitizers; the halves at the same time.
for half in test_middle test_typed; do
	{
		words_try "$half" "$out/host/lsp_complete" "$EVERY"
		words_try "$half" "$out/host/tests/lsp_complete" "$CHECKED_EVERY"
	} &
done
wait
for half in test_middle test_typed; do
	words_report "$half" "$EVERY" "gate as it ships"
	words_report "$half" "$CHECKED_EVERY" "under sanitizers"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
