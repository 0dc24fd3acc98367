#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# POSIX as docs/posix.md says: each row is a test of this program; what needs no system is in the
# libraries, and what is absent is in none of ours.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

printf 'a seed of thirty-two bytes or more' >"$TEST_DIR/seed"
target_start posix -rtc base=2026-01-02T03:04:05,clock=vm \
	-fw_cfg "name=opt/org.gatehouse/seed,file=$TEST_DIR/seed"
target_finish 150

rows=$(grep -c '^X(' tests/target/posix/interfaces.def)
ran=$(tr -d '\r\000' <"$boot_console" | grep -ac '^ok posix\.') || :
[ "$ran" = "$rows" ] || fail "$ran of $rows rows of interfaces.def were tested"

lib=$OUT/$BOARD/lib
cross=$(make -s BOARD="$BOARD" print-cross)
names() {
	"${cross}nm" --defined-only "$@" | awk 'NF == 3 { print $3 }' | sort -u
}
names "$lib/libgatehouse.a" >"$TEST_DIR/ours"
names "$lib/libgatehouse.a" "$lib/newlib/lib/libc.a" "$lib/newlib/lib/libm.a" >"$TEST_DIR/all"
sed -n 's/^[a-z]*\.h: //p' tests/target/posix/pure.txt | tr ' ' '\n' | sort -u >"$TEST_DIR/pure"
missing=$(comm -23 "$TEST_DIR/pure" "$TEST_DIR/all" | paste -s -d ' ' -)
[ -z "$missing" ] || fail "pure.txt names what no library has: $missing"
sed -n 's/^A("\([^"]*\)".*/\1/p' tests/target/posix/absent.def | tr ' ' '\n' | sort -u \
	>"$TEST_DIR/absent"
there=$(comm -12 "$TEST_DIR/absent" "$TEST_DIR/ours" | paste -s -d ' ' -)
[ -z "$there" ] || fail "absent.def names what there is: $there"
