#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One board's attacks: on the kernel that ships all of them are contained; on a kernel with one
# defence off at a time each succeeds. Prints 24 lines and `24 of 24 as stated`.
#
# usage: run.sh (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
. tests/attack/swap.sh
: "${build_log:=}"

built=$OUT/$BOARD/attack
linked=$TEST_DIR/control

# Boots $1 and leaves what the judge says in $2.
judge() {
	ICOUNT=1 boot_start "$1"
	boot_expect 'judged: [0-9]+ failed' 100
	boot_wait=0
	while kill -0 "$boot_pid" 2>/dev/null && [ "$boot_wait" -lt 200 ]; do
		sleep 0.05
		boot_wait=$((boot_wait + 1))
	done
	boot_stop
	tr -d '\r\000' <"$boot_console" >"$2"
	! grep -a '^FAIL ' "$2" || fail "$(grep -am 1 '^FAIL ' "$2" | cut -c 6-)"
	! grep -aq 'PANIC\|panic' "$2" || fail 'the kernel panicked'
}

build_image tests/attack || fail "make image failed: $(tail -n 1 "$build_log")"
link_kernel "$linked" tests/attack tests/attack/control/*.c >"$TEST_DIR/link" 2>&1 || {
	cat "$TEST_DIR/link"
	exit 1
}
judge "$image" "$TEST_DIR/attacks"
judge "$linked/image.bin" "$TEST_DIR/controls"
swap_policy

# The table of the README is the plan: each of its rows is as it says.
stated=0
while IFS='|' read -r _ number name _ defence expected _; do
	number=$(echo "$number" | tr -d ' ')
	name=$(echo "$name" | sed 's/^ *//; s/ *$//')
	case $defence$expected in
	*'not contained'*) verdict='not contained, as stated' ;;
	*)
		grep -aqx "contained $number $name" "$TEST_DIR/attacks" ||
			fail "$number $name: the judge does not say that it is contained"
		grep -aqx "succeeds $number $name" "$TEST_DIR/controls" ||
			fail "$number $name: it does not succeed without its defence"
		verdict='contained; succeeds without its defence'
		;;
	esac
	stated=$((stated + 1))
	printf '%2d  %-26s %s\n' "$number" "$name" "$verdict"
done <<-END
	$(grep '^| [0-9]' tests/attack/README.md)
END
echo "$stated of 24 as stated"
[ "$stated" = 24 ] || fail "the table of tests/attack/README.md has $stated rows"
