#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Kills the valve driver, the sensor and the console under load, and holds every answer that their
# clients got against what was done: nothing that was promised is lost, nothing is done twice.
# On the clock of instructions, so that nothing depends on this machine.
#
# usage: run.sh KILLS [SECONDS]   of each; environment as of a boot test; SEED: of the moments
set -eu
. tests/lib/boot.sh
. tests/lib/policy.sh

kills=$1
seed=${SEED:-20261125}
built=$OUT/$BOARD/restart

build_image tests/restart || fail "the campaign does not build; see $build_log"
mkdir -p "$TEST_DIR/product"
policy_with tests/restart/product.gate "seed=$((seed % 2147483647))" "kills=$kills" \
	>"$TEST_DIR/product/product.gate" || fail "$(tail -n 1 "$TEST_DIR/product/product.gate")"
policy_build "$TEST_DIR/product" "$TEST_DIR" "$built" || fail "it does not compile: $TEST_DIR/gate"
policy_pack "$TEST_DIR" "$built" || fail "it cannot be packed: $TEST_DIR/mkimage"

ICOUNT=1 boot_start "$TEST_DIR/image.bin"
boot_exit 0 "${2:-100}"
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/lines"
has() {
	grep -aqxE "$1" "$TEST_DIR/lines" || fail "seed $seed: no line '$1'"
}

for victim in valve sensor console; do
	has "$victim: $kills kills, restart p50 [0-9]+ us, p99 [0-9]+ us, worst [0-9]+ us"
done
for mover in 0 1; do
	has "mover $mover: [1-9][0-9]* done, [0-9]+ died \([0-9]+ of them done\), [0-9]+ restarted, 0 wrong"
done
has 'reader: [1-9][0-9]* reads, 0 wrong \(0\)'
has 'writer: [1-9][0-9]* lines'
# Each line of the writer once; at most once if it was told that the console died of it.
awk '
	$1 == "w" && NF == 2 { lines[$2]++ }
	$1 == "d" && NF == 2 { died[$2] = 1 }
	$1 == "writer:" { count = $2 }
	END {
		for (i = 1; i <= count; i++) {
			if (lines[i] > 1) { print "line " i " is there " lines[i] " times"; exit 1 }
			if (lines[i] == 0 && !(i in died)) { print "line " i " is lost"; exit 1 }
			told += i in died
		}
		printf "writer: %d lines, %d told that the console died, 0 lost, 0 doubled\n", count, told
	}' "$TEST_DIR/lines" >"$TEST_DIR/writer" || fail "seed $seed: $(cat "$TEST_DIR/writer")"
grep -aE '^(valve|sensor|console|mover [01]|reader): ' "$TEST_DIR/lines" >"$TEST_DIR/report"
cat "$TEST_DIR/writer" >>"$TEST_DIR/report"
awk '/restart p50/ { if ($6 + 0 >= 20000 || $9 + 0 >= 100000) exit 1 }' "$TEST_DIR/report" ||
	fail "a restart takes longer than 20 ms (p50) or 100 ms (p99): $(grep p50 "$TEST_DIR/report")"
