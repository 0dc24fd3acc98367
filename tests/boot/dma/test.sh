#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A device that reads and writes memory by itself: its driver learns the address of memory for it
# and brings settings in; nobody else learns an address or syncs anything.
set -eu
. tests/lib/boot.sh

build_image tests/boot/dma || fail "the image was not built; see $build_log"
awk 'BEGIN { for (i = 0; i < 512; i++) printf "%c", 97 + i % 26 }' >"$TEST_DIR/most"
awk 'BEGIN { for (i = 0; i < 513; i++) printf "x" }' >"$TEST_DIR/too-much"
: >"$TEST_DIR/empty"
ICOUNT=1 boot_start "$image" \
	-fw_cfg name=opt/org.gatehouse/greeting,string="good morning" \
	-fw_cfg name=opt/org.gatehouse/most,file="$TEST_DIR/most" \
	-fw_cfg name=opt/org.gatehouse/too-much,file="$TEST_DIR/too-much" \
	-fw_cfg name=opt/org.gatehouse/empty,file="$TEST_DIR/empty"
boot_expect 'client: done' 60
boot_exit 0
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/said"
while read -r line; do
	grep -aqFx "$line" "$TEST_DIR/said" || fail "nobody said: $line"
done <<'LINES'
client: greeting: status 0, 12 bytes, 'good morning'
client: most: status 0, 512 bytes, 'cdefghijklmnopqr'
client: too-much: status 258, 0 bytes, ''
client: empty: status 0, 0 bytes, ''
client: nowhere: status 257, 0 bytes, ''
client: a-name-that-is-longer-than-any-other-one: status 257, 0 bytes, ''
client: ../../etc/smbios: status 257, 0 bytes, ''
client: : status 257, 0 bytes, ''
stranger: own frame 0, address 2, sync 2
stranger: registers' address 2, sync 2
LINES
