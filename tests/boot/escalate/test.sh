#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What restarts cannot mend: a process dies thrice, then its group is restarted, then all but the
# group that stays is stopped, then the machine starts anew. On the clock of instructions.
set -eu
. tests/lib/boot.sh

build_image tests/boot/escalate || fail "the image was not built; see $build_log"
REBOOTS=1
ICOUNT=1 boot_start "$image"
for life in 1 2 3; do
	boot_expect "crasher: life $life" 60
done
boot_expect "crasher: life 4"
boot_expect "crasher: life 6"
# A client whose server was stopped for good is told so, and nobody of the group is left.
boot_expect "watcher: the bystander is gone: 8"
boot_expect "watcher: life 2"
boot_expect "watcher: the bystander is gone: 8"
boot_expect "Gatehouse on" 60
boot_expect "crasher: life 1"
boot_stop
tr -d '\r\000' <"$boot_console" | sed '/watcher: life 2/q' >"$TEST_DIR/first"
for line in 'bystander: life 1' 'bystander: life 2' 'watcher: the bystander is new'; do
	grep -aqx "$line" "$TEST_DIR/first" || fail "there is no '$line'"
done
! grep -aqE 'bystander: life 3|crasher: life 7' "$TEST_DIR/first" || fail "the group was restarted twice"
