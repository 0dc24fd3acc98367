#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the judge, who swaps policies under a stream of messages.
#
# usage: run.sh SWAPS (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/policy.sh

swaps=$1
built=$OUT/$BOARD/swap

build_image tests/swap || fail "it does not build; see $build_log"
mkdir -p "$TEST_DIR/product"
policy_with tests/swap/product.gate "swaps=$swaps" >"$TEST_DIR/product/product.gate" ||
	fail "$(tail -n 1 "$TEST_DIR/product/product.gate")"
policy_build "$TEST_DIR/product" "$TEST_DIR" "$built" || fail "it does not compile: $TEST_DIR/gate"
cp "$built/policies.bin" "$TEST_DIR/policy.blob"
policy_pack "$TEST_DIR" "$built" || fail "it cannot be packed: $TEST_DIR/mkimage"

ICOUNT=1 boot_start "$TEST_DIR/image.bin"
boot_expect '^(wrong: .*|swap: [0-9]+ swaps, all well)' 240
tr -d '\r' <"$boot_console" | grep -a '^wrong: ' >"$TEST_DIR/wrong" &&
	fail "$(head -n 1 "$TEST_DIR/wrong")"
boot_exit 0
tr -d '\r' <"$boot_console" | grep -a '^swap: '
