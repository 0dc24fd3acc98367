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
mkdir -p "$GATEHOUSE_OUT"

want() {
	[ -n "$selected" ] || return 0
	case " $selected " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}

# A tool of a rule that is wanted; missing: a finding, and the rule is left out.
usable() {
	want "$2" || return 1
	command -v "$1-14" >/dev/null || command -v "$1" >/dev/null && return 0
	echo "tools/lint.sh:1: $2: $1 is not installed; type: make doctor"
	return 1
}

boards=$(sed -n 's|^boards/\(.*\)\.mk$|\1|p' "$files" | grep -v '^boards$')
# Folders; the first is the one whose programs share servers/ with all others.
deployments=$(echo deployments/thermostat &&
	sed -n 's|^\(.*\)/product\.gate$|\1|p' "$files" | grep -v '^deployments/thermostat$' |
	while read -r folder; do [ ! -e "$folder/deployment.mk" ] || echo "$folder"; done)
# Folders whose product their own test makes; it compiles them, too.
made_by_tests=$(sed -n 's|^\(.*\)/deployment\.mk$|\1|p' "$files" |
	while read -r folder; do [ -e "$folder/product.gate" ] || echo "$folder"; done)

# Runs make, prints what the compilers found, or that it fails for another reason.
build() {
	GATEHOUSE_WERROR=1 make -k -s -j 2 "$@" >"$work/make" 2>&1 && return 0
	sed -n 's/^\([^ :]*:[0-9]*\):[0-9]*: \(fatal \)*error: /\1: warning: /p' "$work/make" |
		sort -u >"$work/errors"
	cat "$work/errors"
	[ -s "$work/errors" ] ||
		echo "Makefile:1: warning: make $* fails: $(grep -v '^make' "$work/make" | tail -n 1)"
}

# Everything of every board, in a folder of its own because -Werror is another set of flags. This
# also makes the generated headers that the other rules read.
build_all() {
	build "$GATEHOUSE_OUT/host/gen/core/.stamp"
	build "$GATEHOUSE_OUT/host/gen/init/.stamp"
	for board in $boards; do
		for deployment in $deployments; do
			build image BOARD="$board" DEPLOYMENT="$deployment"
		done
	done
}

value() {
	make -s "print-$1" BOARD="$2" DEPLOYMENT="$3"
}

# Flags of user space: a file for each machine and deployment. $1 board, $2 machine, $3 target
write_user_areas() {
	for deployment in $deployments; do
		name=$(value deployment.name "$1" "$deployment")
		ports=$(value port.includes "$1" "$deployment")
		echo "$3 -D__DYNAMIC_REENT__ -D_POSIX_C_SOURCE=200809L -nostdinc -Wno-unknown-attributes" \
			"-isystem $("$(command -v clang-14 || command -v clang)" -print-resource-dir)/include" \
			"-isystem $GATEHOUSE_OUT/$1/lib/newlib/include $user -Ilibc-glue" \
			"-I$deployment -I$(dirname "$deployment") -Itests" \
			"-iquote $GATEHOUSE_OUT/$1/$name/gen -I$GATEHOUSE_OUT/$1/$name" \
			"-Itools/ports/mbedtls $mbedtls $ports" >"$work/area.$2.$(echo "$deployment" | tr / .)"
	done
}

# Compiler flags of each area, asked of make.
write_areas() {
	for board in $boards; do
		arch=$(sed -n 's/^board\.arch *:= *//p' "boards/$board.mk")
		case $arch in
		aarch64) target="--target=aarch64-none-elf" ;;
		*) target="--target=armv7a-none-eabihf -march=armv7-a" ;;
		esac
		mbedtls=$(value mbedtls.includes "$board" thermostat)
		user=$(value user.includes "$board" thermostat)
		echo "$target -ffreestanding -Wmissing-prototypes" \
			"$(value kernel.includes "$board" thermostat)" >"$work/area.$arch"
		write_user_areas "$board" "$arch" "$target"
	done
	# Parts of the kernel under other names: their prototypes are renamed with them.
	sed 's/-Wmissing-prototypes//' "$work/area.aarch64" >"$work/area.control"
	echo "-D_POSIX_C_SOURCE=200809L -Wmissing-prototypes $mbedtls" \
		"$(value host.includes "$board" thermostat)" >"$work/area.host"
	# Programs of Gatehouse outside of it: the headers there are come first.
	echo "$(cat "$work/area.host") -idirafter libc-glue/include -I$GATEHOUSE_OUT/host" \
		>"$work/area.component"
	echo "-D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Wmissing-prototypes -DMUTANT=0 -I." \
		"-Itests/ring/model -idirafter libc-glue/include -Ikernel/include" >"$work/area.ring"
	echo "-D_POSIX_C_SOURCE=200809L -Wmissing-prototypes" \
		"$(value tests.includes "$board" thermostat)" >"$work/area.tests"
}

# A deployment that uses the server of a file, the first one that runs the program of its folder;
# thermostat, if none says so.
owner_of_server() {
	unit=${1#servers/}
	program=$(basename "$(dirname "$1")")
	owner=deployments/thermostat
	[ "$unit" = "$1" ] || for deployment in $deployments; do
		grep -q "^use servers\\.${unit%%/*} " "$deployment/product.gate" || continue
		owner=$deployment
		! grep -qs "^deployment.programs.* $program\\b" "$deployment/deployment.mk" || break
	done
	echo "$owner"
}

# The area whose flags a file is compiled with; what is for both machines is looked at as AArch64.
area_of() {
	case $1 in
	arch/armv7a/* | boards/*armv7*) echo armv7a ;;
	kernel/* | arch/* | boards/* | ksm/engine/*) echo aarch64 ;;
	tests/attack/control/* | tests/check/* | tests/boot/longway/*) echo control ;;
	tests/host/*) echo tests ;;
	tests/ring/*) echo ring ;;
	ksm/hosts/bare/* | ksm/hosts/linux/component.c) echo component ;;
	tests/hosts/rig/* | tests/hosts/late.c | tests/psl-oracle/*) echo host ;;
	tests/bench/peak.c) echo ring ;;
	libc-glue/* | servers/* | deployments/* | tests/*)
		# What several deployments of a folder share is looked at as part of the last one.
		owner=$(owner_of_server "$1")
		shared=
		for deployment in $deployments; do
			parent=${deployment%/*}
			case $1 in
			"$deployment"/*) owner=$deployment && break ;;
			"$parent"/*) [ ${#parent} -lt ${#shared} ] || { owner=$deployment shared=$parent; } ;;
			esac
		done
		case $1 in
		*/armv7a*) echo "armv7a.$owner" | tr / . ;;
		*) echo "aarch64.$owner" | tr / . ;;
		esac
		;;
	*) echo host ;;
	esac
}

# Whether a test compiles the file, against headers that only it makes.
is_made_by_test() {
	for folder in tests/stubs $made_by_tests; do
		case $1 in
		"$folder"/*) return 0 ;;
		esac
	done
	return 1
}

# Lists `RULE.AREA` of the files that a rule looks at in each area.
write_lists() {
	while read -r file; do
		! is_made_by_test "$file" || continue
		area=$(area_of "$file")
		case $file in
		*.h) echo "$file" >>"$work/list.header.$area" ;;
		*) echo "$file" >>"$work/list.tidy.$area" ;;
		esac
	done <"$work/c"
	[ ! -f "$work/list.tidy.tests" ] || cp "$work/list.tidy.tests" "$work/list.warning.tests"
}

# Two at a time: the machine that this must be quick on has two cores.
look() {
	for list in "$work/list.$1".*; do
		[ -f "$list" ] || continue
		xargs -P 2 -n 16 sh "$lint/batch.sh" "$1" "$work/area.${list#"$work/list.$1".}" <"$list"
	done
}

build_all >"$work/built"
write_areas
write_lists
if want warning; then
	cat "$work/built"
	look warning
fi
if usable arm-none-eabi-objdump instruction; then
	# shellcheck disable=SC2046 # our own names have no blanks
	sh "$lint/instructions.sh" $(find "$GATEHOUSE_OUT" -name '*.elf')
fi
if usable clang header; then
	look header
fi
if usable clang-tidy tidy; then
	look tidy
fi
if usable cppcheck cppcheck; then
	# Tests do on purpose what it warns of, and run with sanitizers.
	grep '\.c$' "$work/c" | grep -v '^tests/' >"$work/cfiles"
	sh "$lint/cppcheck.sh" "$work/cfiles"
fi
