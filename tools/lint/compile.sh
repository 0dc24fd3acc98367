#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The rules that compile: warning, instruction, header, cppcheck, tidy. Prints findings.
# usage: compile.sh LIST-OF-FILES WORK-FOLDER RULES (empty: all)
set -eu

files=$1
work=$2
selected=$3
lint=tools/lint
export GATEHOUSE_OUT=build/lint
mkdir -p "$GATEHOUSE_OUT/checked"

want() {
	[ -n "$selected" ] || return 0
	case " $selected " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}

have() {
	command -v "$1-14" >/dev/null || command -v "$1" >/dev/null && return 0
	echo "tools/lint.sh:1: $2: $1 is not installed; type: make doctor"
	return 1
}

boards=$(sed -n 's|^boards/\(.*\)\.mk$|\1|p' "$files" | grep -v '^boards$')
deployments=$(sed -n 's|^deployments/\([^/]*\)/deployment\.mk$|\1|p' "$files")

# Everything of every board, in a folder of its own because -Werror is another set of flags. This
# also makes the generated headers that the other rules read. Compilers put things their way.
build_all() {
	make -s "$GATEHOUSE_OUT/host/gen/core/.stamp" >"$work/make" 2>&1 ||
		echo "Makefile:1: warning: make $GATEHOUSE_OUT/host/gen/core/.stamp fails:" \
			"$(tail -n 1 "$work/make")"
	for board in $boards; do
		for deployment in $deployments; do
			GATEHOUSE_WERROR=1 make -k -s -j 2 image BOARD="$board" DEPLOYMENT="$deployment" \
				>"$work/make" 2>&1 && continue
			sed -n 's/^\([^ :]*:[0-9]*\):[0-9]*: error: /\1: warning: /p' "$work/make" |
				sort -u >"$work/errors"
			cat "$work/errors"
			[ -s "$work/errors" ] ||
				echo "Makefile:1: warning: make image BOARD=$board DEPLOYMENT=$deployment" \
					"fails: $(grep -v '^make' "$work/make" | tail -n 1)"
		done
	done
}

value() {
	make -s "print-$1" BOARD="$2" DEPLOYMENT="$3"
}

# Compiler flags of each area, asked of make once; `areas` has lines `AREA FLAGS`.
write_areas() {
	first=${deployments%% *}
	first=$(echo "$deployments" | head -n 1)
	for board in $boards; do
		arch=$(sed -n 's/^board\.arch *:= *//p' "boards/$board.mk")
		case $arch in
		aarch64) target="--target=aarch64-none-elf" ;;
		*) target="--target=armv7a-none-eabihf -march=armv7-a" ;;
		esac
		echo "$arch $target -ffreestanding $(value kernel.includes "$board" "$first")"
		echo "user-$arch $target -D__DYNAMIC_REENT__ -nostdinc" \
			"-isystem $("$(command -v clang-14 || command -v clang)" -print-resource-dir)/include" \
			"-isystem $GATEHOUSE_OUT/$board/lib/newlib/include" \
			"$(value user.includes "$board" "$first") -Ilibc-glue -Itools/ports/mbedtls" \
			"-iquote $GATEHOUSE_OUT/$board/$first/gen -I$GATEHOUSE_OUT/$board/$first" \
			"$(value mbedtls.includes "$board" "$first")"
	done
	board=$(echo "$boards" | head -n 1)
	echo "host -D_POSIX_C_SOURCE=200809L $(value host.includes "$board" "$first")" \
		"$(value mbedtls.includes "$board" "$first")"
	echo "tests -D_POSIX_C_SOURCE=200809L $(value tests.includes "$board" "$first")"
}

# The area whose flags a file is compiled with. Files of both machines are looked at as AArch64.
area_of() {
	case $1 in
	arch/armv7a/* | boards/*armv7*) echo armv7a ;;
	kernel/* | arch/* | boards/* | ksm/engine/*) echo aarch64 ;;
	libc-glue/armv7a/*) echo user-armv7a ;;
	libc-glue/* | servers/* | deployments/*) echo user-aarch64 ;;
	tests/guest/*) echo user-aarch64 ;;
	tests/*) echo tests ;;
	*) echo host ;;
	esac
}

# One line `RULE AREA FILE` for each check of one file.
list_checks() {
	while read -r file; do
		case $file in
		*.h) want header && echo "header $(area_of "$file") $file" ;;
		tests/host/*.c)
			want warning && echo "warning tests $file"
			want tidy && echo "tidy tests $file"
			;;
		*.c) want tidy && echo "tidy $(area_of "$file") $file" ;;
		esac || :
	done <"$work/c"
}

[ ! -d kernel ] || build_all >"$work/built"
if want warning; then
	cat "$work/built"
fi
if want instruction; then
	# shellcheck disable=SC2046 # our own names have no blanks
	sh "$lint/instructions.sh" $(find "$GATEHOUSE_OUT" -name '*.elf')
fi
write_areas >"$work/areas"
if want tidy && ! have clang-tidy tidy; then
	selected="warning header cppcheck"
fi
list_checks >"$work/checks"
# Two at a time: the machine that this must be quick on has two cores.
xargs -r -P 2 -n 3 sh "$lint/one.sh" "$work/areas" <"$work/checks"
if want cppcheck && have cppcheck cppcheck; then
	grep '\.c$' "$work/c" >"$work/cfiles"
	sh "$lint/cppcheck.sh" "$work/cfiles"
fi
