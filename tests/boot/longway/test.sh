#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A kernel without its short way: the demonstration and the calls of boot/calls give the same
# results. What the short way does, the long way does, too.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
. tests/lib/session.sh
. tests/target/deployment.sh

seed=${SEED:-7}

build_image thermostat || fail "make image failed: $(tail -n 1 "$build_log")"
link_kernel "$TEST_DIR/thermostat" deployments/thermostat tests/boot/longway/fast.c
session_run "$TEST_DIR/thermostat/image.bin" <<-END
	attack
	watch 2
	crash sensor
	watch 3
	ps
END
ask attack
has '6 of 6 contained; the thermostat goes on:'
ask 'watch 2'
has 'cycle .*'
ask 'crash sensor'
ask 'watch 3'
has 'cycle .*'
ask ps
has 'sensor +SensorDriver +running +2 +1 .*'

build_image tests/target/calls || fail "make image failed: $(tail -n 1 "$build_log")"
link_kernel "$TEST_DIR/calls" tests/target/calls tests/boot/longway/fast.c
ICOUNT=1 boot_start "$TEST_DIR/calls/image.bin"
boot_expect 'seed\? '
boot_type "$seed"
target_finish 120
