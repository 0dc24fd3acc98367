#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the soak, and compares what its sender predicts with what the monitor counted, exactly.
#
# usage: run.sh MESSAGES (environment as of a boot test; SEED: of the mix)
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/policy.sh

messages=$1
seed=${SEED:-20261124}
built=$OUT/$BOARD/soak

build_image tests/soak || fail "the soak does not build; see $build_log"
mkdir -p "$TEST_DIR/product"
policy_with tests/soak/product.gate "seed=$seed" "messages=$messages" \
	>"$TEST_DIR/product/product.gate" || fail "$(tail -n 1 "$TEST_DIR/product/product.gate")"
policy_build "$TEST_DIR/product" "$TEST_DIR" "$built" || fail "it does not compile: $TEST_DIR/gate"
policy_pack "$TEST_DIR" "$built" || fail "it cannot be packed: $TEST_DIR/mkimage"
image=$TEST_DIR/image.bin

outside_new
# shellcheck disable=SC2086 # one word an argument
ICOUNT=1 boot_start "$image" $outside_qemu
boot_expect "^soak: $messages messages, [0-9]+ answers wrong" 240
boot_exit 0
tr -d '\r' <"$boot_console" | grep -a '^wrong: ' >"$TEST_DIR/wrong" &&
	fail "seed $seed: $(head -n 1 "$TEST_DIR/wrong")"
tr -d '\r' <"$boot_console" | grep -aqx "soak: $messages messages, 0 answers wrong" ||
	fail "seed $seed: answers were wrong"

outside_look "$image" || fail "its memory tells nothing: $(cat "$TEST_DIR/peek")"
tr -d '\r' <"$boot_console" | grep -aE '^(grant|deny|denied) ' | sort >"$TEST_DIR/predicted"
# Of everybody's denials, of the sender's grants over Load and Signal.
awk '
	$1 == "deny" { print }
	$1 == "grant" && $2 == "sender" && ($4 == "Load" || $4 == "Signal") { print }
	$1 == "instance" && $4 > 0 { print "denied", $2, $4 }
' "$outside_facts" | sort >"$TEST_DIR/counted"
[ "$(wc -l <"$TEST_DIR/counted")" -ge 20 ] || fail "the monitor counted too little to compare"
diff "$TEST_DIR/predicted" "$TEST_DIR/counted" >"$TEST_DIR/differ" ||
	fail "seed $seed: predicted and counted differ: $(sed -n '2,3p' "$TEST_DIR/differ" | tr '\n' ' ')"
rm -f "$outside_ram"
