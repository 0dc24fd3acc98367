#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Lint finds each planted fault, once and where it is, and nothing in a good tree.
# A fault is a folder of faults/: a tree, and `expect` with the beginning of the one finding.
set -eu

faults=tests/lint/faults
failed=0
for tool in clang-format shellcheck cppcheck clang-tidy arm-none-eabi-objdump; do
	if ! command -v "$tool-14" >/dev/null && ! command -v "$tool" >/dev/null; then
		echo "$tool is not installed; type: make doctor"
		exit 77
	fi
done
export GATEHOUSE_OUT="$TEST_DIR"
: >"$TEST_DIR/flags"

# What lint says about a fault of this rule.
look() {
	case $2 in
	header) sh tools/lint/batch.sh header "$TEST_DIR/flags" "$faults/$1/x.h" ;;
	warning | tidy) sh tools/lint/batch.sh "$2" "$TEST_DIR/flags" "$faults/$1/x.c" ;;
	cppcheck)
		echo "$faults/$1/x.c" >"$TEST_DIR/list"
		sh tools/lint/cppcheck.sh "$TEST_DIR/list"
		;;
	instruction)
		arm-none-eabi-gcc -nostdlib -static "$faults/$1/x.S" -o "$TEST_DIR/x.elf"
		sh tools/lint/instructions.sh "$TEST_DIR/x.elf"
		;;
	*) tools/lint.sh --root "$faults/$1" "$2" 2>/dev/null || : ;;
	esac
}

for expect in "$faults"/*/expect; do
	name=$(basename "$(dirname "$expect")")
	rule=$(sed 's/.*: \([a-z]*\):$/\1/' "$expect")
	grep -q "^$rule	" tools/lint/rules.txt || {
		echo "FAIL: $name expects a rule that is not in rules.txt"
		exit 1
	}
	look "$name" "$rule" >"$TEST_DIR/found"
	if [ "$(wc -l <"$TEST_DIR/found")" != 1 ] || ! grep -qF "$(cat "$expect")" "$TEST_DIR/found"; then
		echo "$name: expected one line with '$(cat "$expect")', found:"
		sed 's/^/    /' "$TEST_DIR/found"
		failed=$((failed + 1))
	fi
	echo "$rule" >>"$TEST_DIR/rules"
done

# Every rule has a fault that shows that it works.
tools/lint.sh --list | while read -r rule _; do
	grep -qx "$rule" "$TEST_DIR/rules" || echo "rule $rule has no planted fault"
done >"$TEST_DIR/untested"
cat "$TEST_DIR/untested"
[ ! -s "$TEST_DIR/untested" ] || failed=$((failed + 1))

if ! tools/lint.sh --root "$faults/good" >"$TEST_DIR/good" 2>&1; then
	echo "findings in the good tree:"
	sed 's/^/    /' "$TEST_DIR/good"
	failed=$((failed + 1))
fi
[ "$failed" = 0 ] || echo "FAIL: $failed planted faults are not found as expected"
[ "$failed" = 0 ]
