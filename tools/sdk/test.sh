#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Tests a product: the tests of its policy, then that the booted image prints every line of the file
# `expected` (in that order, others may stand between; a line that begins with # is a comment) and
# ends well. Without that file it only looks at the policy.
#
# usage: test.sh BOARD OUT PRODUCT GATE-ARGUMENT...
# environment: TEST_TIMEOUT, seconds that the run may take (60)
set -eu
export LC_ALL=C

sdk=$(cd "$(dirname "$0")/.." && pwd)
board=$1
out=$2
product=$3
shift 3

"$sdk/bin/gate" test "$product" "$@" --board "$board"
[ -e expected ] || exit 0
code=0
RUN_TIMEOUT=${TEST_TIMEOUT:-60} "$sdk/tools/run.sh" "$board" "$out/image.bin" </dev/null \
	>"$out/console" 2>&1 || code=$?
tr -d '\r\000' <"$out/console" >"$out/printed"
awk '
	NR == FNR && /^#/ { next }
	NR == FNR { wanted[++count] = $0; next }
	at < count && $0 == wanted[at + 1] { at++ }
	END {
		if (at < count) {
			print "FAIL: it does not print: " wanted[at + 1]
			exit 1
		}
	}' expected "$out/printed" || {
	echo "what it prints stands in $out/printed" >&2
	exit 1
}
if [ "$code" != 0 ]; then
	echo "FAIL: it prints what it should, and does not end well; see $out/printed" >&2
	exit 1
fi
echo "ok    it prints what \`expected\` says, and ends well"
