#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Lists who runs in a system, from its system blob: `NUMBER NAME PROGRAM`, a line each. The blob's
# layout is kernel/include/abi/system.h.
#
# usage: instances.sh SYSTEM.BLOB
set -eu
export LC_ALL=C

printf '0 init init\n'
od -An -v -tu1 -w1 "$1" | awk '
{
	byte[NR - 1] = $1 + 0
}
function word(at) {
	return byte[at] + 256 * (byte[at + 1] + 256 * (byte[at + 2] + 256 * byte[at + 3]))
}
function text(at, s) {
	s = ""
	for (at += word(28); at < NR && byte[at] != 0 && length(s) < 64; at++) {
		s = s sprintf("%c", byte[at])
	}
	return s
}
END {
	count = word(12)
	# Instances lie one behind the other, and behind them the capabilities.
	size = count > 0 ? (word(24) - word(16)) / count : 0
	for (i = 0; i < count && i < 1024; i++) {
		at = word(16) + size * i
		print byte[at + 18] + 256 * byte[at + 19], text(word(at)), text(word(at + 8))
	}
}'
