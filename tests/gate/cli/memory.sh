#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What gate keeps of 20,000 rules fits 56 MB of addresses: their trees, their tokens and outgrown
# lists do not stay until the end. $1 is gate, $2 a folder of its own.
set -eu
gate=$1
top=$(cd "$(dirname "$0")/../../.." && pwd)
cd "$2"

awk -v rules=20000 -v classes=100 -v methods=600 -v seed=1 -f "$top/tests/bench/rules.awk" >rules.gate
# What dash, bash and busybox have.
# shellcheck disable=SC3045
if ! (ulimit -v 57344 && "$gate" build rules.gate -I "$top" --policy rules.blob >log 2>&1); then
	echo "gate build needs more than 56 MB for 20,000 rules: $(tail -n 1 log)"
	exit 1
fi
