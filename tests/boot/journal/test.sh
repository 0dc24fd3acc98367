#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The audit server's chain: who knows a digest of it can tell whether it only grew; what was dropped
# or forgotten is counted. What must be recorded is denied when there is no room; what never is, is
# counted.
set -eu
. tests/lib/boot.sh

build_image tests/boot/journal || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
boot_expect 'judge: [0-9]+ failed' 60
[ "$boot_found" = 'judge: 0 failed' ] || fail "$boot_found"
boot_exit 0
said() {
	tr -d '\r\000' <"$boot_console" | grep -aqE "$1" || fail "nobody said: $1"
}
said 'exit: flooder code 0'
said 'flooder -> sink : Sink.put +full'
boot_never ' fault: |panic|Sink.spill'
