#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Policies that `gate fmt` would write in another way, or cannot read. tests/gate/syntax holds those
# that nobody can.
# usage: gate.sh LIST-OF-FILES TOP-FOLDER
set -eu

grep '\.gate$' "$1" | grep -v '^tests/gate/syntax/' >"$1.gate" || exit 0
if ! (unset GATEHOUSE_OUT && GATEHOUSE_INNER=1 make -s -C "$2" build/host/gate) >"$1.make" 2>&1; then
	echo "Makefile:1: gate: gate is not built: $(tail -n 1 "$1.make")"
	exit 0
fi
# shellcheck disable=SC2046
{ "$2/build/host/gate" fmt --check $(cat "$1.gate") 2>&1 || :; } | sed -n '
	s/^\(.*\): not in canonical form;.*/\1:1: gate: gate fmt changes this; type: gate fmt \1/p
	s/^\([^:]*:[0-9]*\):[0-9]*: error: /\1: gate: /p'
