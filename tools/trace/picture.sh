#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes docs/trace.svg anew: the demonstration's third attack, an instruction a nanosecond. Needs
# the image: make image
#
# usage: picture.sh
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

board=qemu-virt-aarch64
console=$(mktemp)
trap 'rm -f "$console" "$console.svg"' EXIT
printf 'trace on\nattack\ntrace off\n' |
	tools/run.sh "$board" "build/$board/thermostat/image.bin" -icount shift=0 >"$console"
tools/trace.sh --svg Attack.run@3 "$console" >"$console.svg"
cat "$console.svg" >docs/trace.svg
echo "docs/trace.svg: written" >&2
