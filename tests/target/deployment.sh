# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots a deployment of tests/target and lets it judge: its `FAIL` lines, its count, its exit code.
# Sourced by tests/boot/NAME/test.sh behind tests/lib/boot.sh.
# shellcheck shell=sh
# What tests/lib/boot.sh leaves:
: "${TEST_DIR:?}" "${boot_console:?}"
build_log='' image='' boot_found='' boot_code=''

# $1: the deployment; $2: seconds that it may take; further arguments are QEMU's.
target_start() {
	target=$1
	shift
	build_image "tests/target/$target" || fail "make image failed: $(tail -n 1 "$build_log")"
	ICOUNT=1 boot_start "$image" "$@"
}

# $1: seconds. Every line of the count must come from the programs that are tested.
target_finish() {
	boot_expect '[0-9]+ passed, [0-9]+ failed' "$1"
	target_count=$boot_found
	boot_wait_end
	target_failed=$(tr -d '\r\000' <"$boot_console" | grep -a '^FAIL ' | head -n 1) || :
	[ -z "$target_failed" ] || fail "${target_failed#FAIL } ($target_count)"
	[ "$boot_code" = 0 ] || fail "the guest ended with code $boot_code after: $target_count"
	boot_never 'panic|PANIC'
	echo "$target_count"
}
