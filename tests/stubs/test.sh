#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Generated headers: the same bytes twice, each compiles alone for every target without a warning,
# and a client and a server made of them understand each other.
set -eu
cd "$(dirname "$0")/../.."

gate=${GATEHOUSE_OUT:-build}/host/gate
out=${GATEHOUSE_OUT:-build}/test/stubs
warnings='-std=c11 -O2 -Wall -Wextra -Wconversion -Wshadow -Werror'
includes='-Ilibc-glue/include -Ikernel/include'
armv7="arm-none-eabi-gcc -march=armv7-a -mthumb -mfpu=neon -mfloat-abi=hard -ffreestanding"

fail() {
	echo "FAIL: $1"
	exit 1
}

# Every header below $1 compiles as the only one of a file, with compiler $2.
compile_alone() {
	for header in $(cd "$1" && find . -name '*.h' | sort); do
		printf '#include "%s"\n' "${header#./}" >"$out/alone.c"
		# Compiler and flags are lists.
		# shellcheck disable=SC2086
		$2 $warnings $includes "-I$1" -c "$out/alone.c" -o "$out/alone.o" ||
			fail "$header does not compile alone with: $2"
	done
}

[ -x "$gate" ] || fail "$gate is missing; type: make $gate"
rm -rf "$out"
mkdir -p "$out"
"$gate" stubs tests/stubs/stubs.gate -I . -o "$out/user/gen"
"$gate" stubs tests/stubs/stubs.gate -I . -o "$out/again/gen"
diff -r "$out/user" "$out/again" || fail "the same input gave different headers"
"$gate" stubs kernel/core.gate -o "$out/core/gen/core"

for folder in "$out/user" "$out/core"; do
	compile_alone "$folder" 'aarch64-linux-gnu-gcc -mcpu=cortex-a53 -ffreestanding'
	compile_alone "$folder" "$armv7"
	compile_alone "$folder" gcc
done

# shellcheck disable=SC2086
gcc $warnings -g -fsanitize=address,undefined $includes -I. "-I$out/user" \
	tests/stubs/loopback.c tests/stubs/loopback_data.c \
	-o "$out/loopback"
"$out/loopback"
