#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Every example is built without a warning, passes the test of its policy, and shows what its page
# says that it shows: the lines of README.md between ```console and ```.
# timeout: 180
set -eu
. tests/lib/boot.sh

# $1: the name of an example
try() {
	folder=deployments/examples/$1
	build_image "$folder" || { cat "$TEST_DIR/make"; fail "$1 was not built"; }
	! grep 'warning:' "$TEST_DIR/make" || fail "$1 is built with a warning"
	"$OUT/host/gate" test "$folder/product.gate" -I . -I servers -I "$folder" \
		--board "$BOARD" >"$TEST_DIR/gate" 2>&1 || { cat "$TEST_DIR/gate"; fail "$1: its policy"; }
	grep -q '^[1-9][0-9]* passed, 0 failed' "$TEST_DIR/gate" || fail "$1 has no test of its policy"
	# shellcheck disable=SC2016 # no command
	sed -n '/^```console$/,/^```$/p' "$folder/README.md" | grep -v '^```' >"$TEST_DIR/expected"
	[ -s "$TEST_DIR/expected" ] || fail "$folder/README.md does not say what the example prints"
	ICOUNT=1 boot_start "$image"
	boot_exit 0 60
	# The kernel's own lines go first; other lines of servers may come anywhere.
	tr -d '\r\000' <"$boot_console" >"$TEST_DIR/printed"
	while IFS= read -r line; do
		grep -Fqx -e "$line" "$TEST_DIR/printed" || fail "$1 does not print '$line'"
	done <"$TEST_DIR/expected"
}

for example in deployments/examples/*/deployment.mk; do
	try "$(basename "$(dirname "$example")")"
done
