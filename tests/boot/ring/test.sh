#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Records through memory that two processes share: all arrive, signals are few, and a producer that
# lies harms its own records only.
set -eu
. tests/lib/boot.sh
: "${build_log:=}" "${image:=}" "${boot_found:=}"

build_image tests/boot/ring || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
boot_expect 'source: [0-9]+ records, [0-9]+ signals, [0-9]+ back' 60
echo "$boot_found"
# The sink waits for 64 records at a time.
sent=$(echo "$boot_found" | sed 's/.*records, \([0-9]*\) signals.*/\1/')
[ "$sent" -le 1601 ] || fail "too many signals: $boot_found"
boot_expect 'source: [0-9]+ failed'
[ "$boot_found" = 'source: 0 failed' ] || fail "$boot_found"
boot_expect 'liar: [0-9]+ failed'
[ "$boot_found" = 'liar: 0 failed' ] || fail "$boot_found"
boot_exit 0
boot_never 'panic'
