#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# ARMv7 programs with instructions that Cortex-A8 and A9 lack; other machines' are passed over.
# usage: instructions.sh ELF...
set -eu

for elf; do
	# Byte 18 of an ELF file is the machine: 40 is ARM.
	[ "$(od -An -tu1 -j 18 -N 1 "$elf" | tr -d ' ')" = 40 ] || continue
	arm-none-eabi-objdump -d "$elf" | awk -v elf="$elf" '
		/^[0-9a-f]+ <.*>:$/ { name = $2 }
		/[ \t](sdiv|udiv|vfma|vfms|vfnma|vfnms)[a-z0-9.]*[ \t]/ {
			print elf ":1: instruction: " $0 " in " name
			exit
		}'
done
