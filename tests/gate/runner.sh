#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Tests of gate, one for each file: `ok NAME` or `FAIL NAME: why`. Environment: ONLY (globs), GATE.
#   syntax/X.gate, faults/X.gate   exactly one error, as in X.err, of the clause X begins with;
#                                  what to write instead is said; no blob is written; a line
#                                  `# gate: --strict` adds options
#   fmt/X.in                       is set in the form of X.gate, which is its own form
#   policy/X.gate                  passes its own tests
#   docs/policy/{examples,products}/X.gate  the same, and these find 95 of 100 mistakes
#   cli/X.sh                       runs gate, $1, in a folder, $2, and prints what is wrong
# timeout: 240
set -eu
cd "$(dirname "$0")/../.."

GATE=${GATE:-${OUT:-build}/host/gate}
case $GATE in
/*) ;;
*) GATE=$(pwd)/$GATE ;;
esac
ONLY=${ONLY:-}
here=tests/gate
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
written="--policy $scratch/policy --system $scratch/system"
failed=0

if [ ! -x "$GATE" ]; then
	echo "FAIL gate: $GATE is not built; type: make build/host/gate" >&2
	exit 1
fi

is_selected() {
	[ -n "$ONLY" ] || return 0
	selected=1
	set -f # names of tests, not of files
	for pattern in $ONLY; do
		# The pattern is meant to be one.
		# shellcheck disable=SC2254
		case /gate/$1/ in
		*/$pattern/*) selected=0 ;;
		esac
	done
	set +f
	return $selected
}

# $1 name, $2 why it failed, or nothing
report() {
	if [ -z "$2" ]; then
		echo "ok gate/$1"
	else
		echo "FAIL gate/$1: $2"
		failed=1
	fi
}

# $1 command of gate, $2 file. Prints what is wrong with its one error, or nothing.
judge_fault() {
	name=$(basename "$2" .gate)
	code=0
	# The command is several words.
	# shellcheck disable=SC2086
	"$GATE" $1 "$2" >"$scratch/out" 2>"$scratch/err" || code=$?
	if [ ! -e "${2%.gate}.err" ]; then
		echo "${2%.gate}.err is missing"
	elif [ "$code" != 1 ]; then
		echo "exit code $code instead of 1"
	elif [ "$(grep -c ': error: ' "$scratch/err")" != 1 ]; then
		echo "$(grep -c ': error: ' "$scratch/err") errors instead of one"
	elif ! grep -q "\[${name%%-*}\]\$" "$scratch/err"; then
		echo "the error is not of clause ${name%%-*}"
	elif ! grep -qE '^help: |: error: expected ' "$scratch/err"; then
		echo "the error does not say what to write instead"
	elif [ -e "$scratch/policy" ] || [ -e "$scratch/system" ]; then
		echo "a blob was written"
	elif [ -s "$scratch/out" ]; then
		echo "something was written to the standard output"
	elif ! diff "${2%.gate}.err" "$scratch/err" >"$scratch/diff"; then
		echo "the text differs: $(sed -n 2p "$scratch/diff")"
	fi
}

judge_form() {
	expected=${1%.in}.gate
	if ! "$GATE" fmt - <"$1" >"$scratch/out" 2>"$scratch/err"; then
		head -n 1 "$scratch/err"
	elif ! diff "$expected" "$scratch/out" >"$scratch/diff"; then
		echo "the form differs: $(sed -n 2p "$scratch/diff")"
	elif ! "$GATE" fmt --check "$expected" >/dev/null 2>&1; then
		echo "$expected is not its own form"
	fi
}

# It passes its tests, and what is built of it twice is the same twice.
judge_policy() {
	if ! "$GATE" test "$1" >"$scratch/out" 2>&1; then
		tail -n 1 "$scratch/out"
	elif ! "$GATE" build "$1" --policy "$scratch/p1" --system "$scratch/s1" 2>"$scratch/err" ||
		! "$GATE" build "$1" --policy "$scratch/p2" --system "$scratch/s2" 2>"$scratch/err"; then
		head -n 1 "$scratch/err"
	elif ! cmp "$scratch/p1" "$scratch/p2" >/dev/null || ! cmp "$scratch/s1" "$scratch/s2" >/dev/null
	then
		echo "two builds differ"
	fi
}

judge_script() {
	rm -rf "$scratch/folder"
	mkdir "$scratch/folder"
	sh "$1" "$GATE" "$scratch/folder" 2>&1 || echo "(exit code $?)"
}

# $1 kind of test, $2 file
judge() {
	case $1 in
	syntax) judge_fault 'check --syntax' "$2" ;;
	fault) judge_fault "build $written $(sed -n 's/^# gate: //p' "$2")" "$2" ;;
	form) judge_form "$2" ;;
	policy) judge_policy "$2" ;;
	script) judge_script "$2" ;;
	esac
}

# $1 kind of test, $2 folder, $3 ending of its files
each() {
	for file in "$here/$2"/*"$3"; do
		[ -e "$file" ] || continue
		test_name=$2/$(basename "$file" "$3")
		if is_selected "$test_name"; then
			report "$test_name" "$(judge "$1" "$file")"
		fi
	done
}

# The examples and products of the documentation pass their own tests, which find most mistakes.
# $1 kind, $2 folder
each_example() {
	for file in docs/policy/"$2"/*.gate; do
		test_name=$1/$(basename "$file" .gate)
		is_selected "$test_name" || continue
		wrong=$(judge policy "$file")
		if [ -z "$wrong" ] && ! "$GATE" mutate "$file" >"$scratch/out" 2>&1; then
			wrong=$(tail -n 1 "$scratch/out")
		fi
		report "$test_name" "$wrong"
	done
}

each syntax syntax .gate
each fault faults .gate
each form fmt .in
each policy policy .gate
each_example example examples
each_example product products
each script cli .sh
exit "$failed"
