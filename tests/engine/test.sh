#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The engine as others would take it: C99, nothing from a C library but memcpy and memset, and
# small: at most 10.5 KiB on AArch64 with -Os, of which the verifier has at most 3. What only a
# fast path uses is apart.
set -eu
cd "$(dirname "$0")/../.."

out=${GATEHOUSE_OUT:-build}/test/engine
sources=$(sed -n 's/^engine\.\(src\|fast\) [:+]= //p' ksm/engine/engine.mk)

fail() {
	echo "FAIL: $1"
	exit 1
}

# Bytes of code and read-only data of $1.
code_bytes() {
	aarch64-linux-gnu-size "$1" | awk 'NR == 2 { print $1 }'
}

rm -rf "$out"
mkdir -p "$out"
total=0
for source in $sources; do
	object=$out/$(basename "$source" .c).o
	aarch64-linux-gnu-gcc -std=c99 -Os -mcpu=cortex-a53 -mgeneral-regs-only -mstrict-align \
		-fno-pie -fno-unwind-tables -fno-asynchronous-unwind-tables -ffreestanding \
		-Wall -Wextra -Wconversion -Wshadow -Werror -I. -c "$source" -o "$object" ||
		fail "$source is not C99"
	strangers=$(aarch64-linux-gnu-nm -u "$object" |
		awk '$2 !~ /^(memcpy|memset|ksm_)/ { print $2 }')
	[ -z "$strangers" ] || fail "$source needs $strangers"
	bytes=$(code_bytes "$object")
	echo "$source: $bytes bytes"
	[ "$source" = ksm/engine/range.c ] || total=$((total + bytes))
done
verifier=$(($(code_bytes "$out/verify.o") + $(code_bytes "$out/verify_program.o")))
[ "$verifier" -le 3072 ] || fail "the verifier has more than 3 KiB"
[ "$total" -le 10752 ] || fail "the engine has $total bytes, more than 10.5 KiB"
[ "$(code_bytes "$out/range.o")" -le 1024 ] || fail "the range of a fast path has more than 1 KiB"
echo "in all: $total bytes"
