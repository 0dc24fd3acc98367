#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# System calls of one board: by a fuzzer in init's place (core), or by ordinary processes (user).
#
# usage: run.sh core|user CALLS SEED [SECONDS] (environment as of a boot test)
set -eu
. tests/lib/boot.sh
: "${build_log:=}" "${image:=}" "${boot_code:=}"

kind=$1
calls=$2
seed=$3

build_image "tests/fuzz/$kind" || fail "make image failed: $(tail -n 1 "$build_log")"
ICOUNT=1 boot_start "$image"
boot_expect 'seed\? '
boot_type "$seed"
boot_expect 'calls\? '
boot_type "$calls"
if [ "$kind" = core ]; then
	boot_expect 'show from\? '
	boot_type 999999999999
fi
boot_expect 'fuzzed: [0-9]+ calls, [0-9]+ failed|FAIL .*|panic: .*' "${4:-100}"
boot_wait_end 20
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/said"
! grep -aqE '^FAIL |^panic: ' "$TEST_DIR/said" ||
	fail "$kind, SEED=$seed: $(grep -aEm 1 '^FAIL |^panic: ' "$TEST_DIR/said")"
[ "$boot_code" = 0 ] || fail "$kind, SEED=$seed: exit code $boot_code"
grep -aE '^statuses|ns for a call' "$TEST_DIR/said" || :
if [ "$kind" = core ]; then
	rounds=$(((calls + 1999) / 2000))
	echo "seeds $seed $((seed + rounds - 1)) $((rounds * 2000))"
else
	made=$(sed -n "s/^fuzzed: \([0-9]*\) calls.*/\1/p" "$TEST_DIR/said")
	last=$(($(sed -n "s/^next seed: //p" "$TEST_DIR/said") - 1))
	echo "seeds $seed $last $made"
fi
echo "$kind: $calls calls, SEED=$seed: nobody else was hurt, nothing was lost"
