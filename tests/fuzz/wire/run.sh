#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Messages to every server of the thermostat, derived from its interfaces as they are now.
#
# usage: run.sh MESSAGES SEED [SECONDS] (environment as of a boot test)
# SECONDS: for the guest; 100
set -eu
. tests/lib/boot.sh
: "${build_log:=}" "${image:=}" "${boot_found:=}"

messages=$1
seed=$2
folder=$TEST_DIR/wire

mkdir -p "$folder"
awk -v wires=tests/fuzz/wire/wires.part -v part=tests/fuzz/wire/product.part \
	-f tests/fuzz/wire/derive.awk deployments/thermostat/product.gate |
	sed -e "s/seed: u64 = 1$/seed: u64 = $seed/" \
		-e "s/messages: u32 = [0-9]*$/messages: u32 = $messages/" >"$folder/product.gate.new"
cmp -s "$folder/product.gate.new" "$folder/product.gate" ||
	mv "$folder/product.gate.new" "$folder/product.gate"
cp -p deployments/thermostat/parts.gate "$folder/parts.gate"
cp -p tests/fuzz/wire/deployment.mk "$folder/deployment.mk"
build_image "$folder" || fail "make image failed: $(grep -m 1 error "$build_log" || tail -n 1 "$build_log")"
ICOUNT=1 boot_start "$image"
boot_expect "fuzzed: $messages messages, [0-9]+ failed" "${3:-100}"
boot_wait_end 20
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/said"
! grep -aq '^FAIL ' "$TEST_DIR/said" ||
	fail "messages, SEED=$seed: $(grep -am 1 '^FAIL ' "$TEST_DIR/said" | cut -c 6-)"
grep -aq "fuzzed: $messages messages, 0 failed" "$TEST_DIR/said" || fail "messages, SEED=$seed: failed"
echo "seeds $seed $((seed + messages - 1)) $messages"
echo "$messages messages, SEED=$seed: every verdict as the interface says, no server died"
