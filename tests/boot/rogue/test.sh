#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Three inits that are not what they should be. One was taken over behind boot and tries what it
# could do before: it gets nothing, each attempt is on record, and the system goes on. One hangs,
# one dies: the machine starts anew, because nobody is left to supervise, and stops when that is no
# help.
# timeout: 240
set -eu
. tests/lib/boot.sh

# $1: a file of this folder. One deployment for all: only init differs.
build_rogue() {
	folder=$TEST_DIR/rogue
	mkdir -p "$folder"
	[ -e "$folder/product.gate" ] || cp deployments/thermostat/*.gate "$folder"
	cp "tests/boot/rogue/$1" "$folder/main.c"
	{
		echo "rogue.main := $folder/main.c"
		cat tests/boot/rogue/deployment.mk
	} >"$folder/deployment.mk"
	build_image "$folder" || fail "the image was not built; see $build_log"
}

has_denied() {
	tr -d '\r\000' <"$boot_console" | grep -aqE "denied +$1" || fail "there is no record '$1'"
}

build_rogue tries.c
boot_start "$image"
boot_expect "$prompt"
boot_type audit
boot_expect "to see why: why N" 30
boot_type 'crash sensor'
boot_expect 'sensor: the server died during the call'
boot_type ps
boot_expect 'sensor +SensorDriver +running +2 +1 +0'
boot_never 'panic'
has_denied 'init -> \? +capability'
has_denied 'init -> uart : Untyped\.retype +guard: label'
has_denied 'init -> uart : Process\.start +guard: digest0'
has_denied 'init -> init : Power\.off +default'
has_denied 'init -> init : Power\.run +default'
boot_type poweroff
boot_exit 0

REBOOTS=1
build_rogue hangs.c
boot_start "$image"
boot_expect 'panic: init shows no life; .*'
boot_expect 'last panic: init shows no life; .*'
boot_stop

# Another start would end like this one.
build_rogue dies.c
boot_start "$image"
boot_expect 'panic: init faulted: .*'
boot_expect 'the machine starts anew'
boot_expect 'last panic: init faulted: .*'
boot_expect 'panic: init faulted: .*'
boot_expect 'so soon again: the machine stops'
boot_exit 101
