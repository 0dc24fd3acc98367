#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the SDK from what was built: a folder that needs this tree no more, that can be moved, be
# read-only, and be used by others.
#
# usage: make.sh FOLDER
# environment: BOARD, the boards that it is for; GATEHOUSE_OUT (build)
set -eu
export LC_ALL=C
umask 022

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=/dev/null who=sdk
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
cd "$top"
: "${BOARD:?names the boards}"
folder=$1
out=${GATEHOUSE_OUT:-build}
[ ! -e "$folder" ] || [ -e "$folder/VERSION" ] ||
	fail "$folder is there, and no SDK" "remove it, or move it away"
mkdir -p "$(dirname "$folder")"
sdk=$(mktemp -d "$(dirname "$folder")/sdk-work.XXXXXX")
trap 'rm -rf "$sdk"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The value of a variable of make, for a board.
value() {
	GATEHOUSE_INNER=1 make -s BOARD="$2" "print-$1"
}

# Headers as C++ can use them, too. Two arguments: from, to.
put_headers() {
	mkdir -p "$2"
	for header in "$1"/*.h; do
		awk -f tools/sdk/header.awk "$header" >"$2/$(basename "$header")"
	done
}

put_includes() {
	mkdir -p "$sdk/include"
	cp -r libc-glue/include/sys "$sdk/include/"
	put_headers libc-glue/include/gatehouse "$sdk/include/gatehouse"
	cp tools/sdk/include/gatehouse/*.h "$sdk/include/gatehouse/"
	put_headers kernel/include/abi "$sdk/include/abi"
	cp kernel/include/abi/*.def "$sdk/include/abi/"
	for part in core init; do
		put_headers "$out/${BOARD%% *}/gen/$part" "$sdk/include/gen/$part"
	done
	cp -r "$out/ports/mbedtls/include/mbedtls" "$sdk/include/"
	cp tools/ports/mbedtls/gatehouse_config.h "$sdk/include/mbedtls/config.h"
}

# What the policies name, and the servers as they stand here: a product compiles those that it runs.
put_servers() {
	mkdir -p "$sdk/kernel"
	cp kernel/*.gate "$sdk/kernel/"
	cp -r servers "$sdk/"
	for part in names engine; do
		mkdir -p "$sdk/ksm/$part"
		cp "ksm/$part"/*.h "$sdk/ksm/$part/"
	done
	find ksm -maxdepth 1 -name '*.h' -exec cp {} "$sdk/ksm/" \;
}

put_tools() {
	mkdir -p "$sdk/bin" "$sdk/tools/ports" "$sdk/boards" "$sdk/build/host" "$sdk/cmake" \
		"$sdk/pkgconfig"
	for tool in gate mkimage guest; do
		strip -o "$sdk/bin/$tool" "$out/host/$tool"
	done
	ln -s ../../bin/guest "$sdk/build/host/guest"
	cp tools/run.sh tools/symbolize.sh tools/instances.sh tools/sdk/test.sh "$sdk/tools/"
	cp tools/ports/lib.sh "$sdk/tools/ports/"
	cp boards/*.mk "$sdk/boards/"
	cp tools/sdk/gatehouse.mk tools/sdk/new LICENSE "$sdk/"
	cp -r tools/sdk/templates tools/sdk/cxx "$sdk/"
	cp tools/sdk/gatehouse.cmake "$sdk/cmake/"
	cp docs/sdk.md "$sdk/README.md"
}

# Whose the libraries are, and what NOTICES.txt and sbom.spdx of an image are written with.
put_licences() {
	cp tools/ports/sbom.sh tools/ports/linked.awk "$sdk/tools/ports/"
	for port in libgcc mbedtls newlib; do
		recipe=tools/ports/$port/recipe
		mkdir "$sdk/tools/ports/$port"
		cp "$recipe" "$sdk/tools/ports/$port/"
		licence_text "$port" "$out/${BOARD%% *}/lib/newlib/LICENCE" >"$sdk/licence"
		mv "$sdk/licence" "$sdk/tools/ports/$port/LICENCE"
	done
}

# Folders that a compiler looks for headers in; they are the compiler's own, not this tree's.
cxx_headers() {
	# shellcheck disable=SC2086 # words
	$1 $2 -v -E -x c++ /dev/null 2>&1 |
		sed -n '/^#include <...>/,/^End of/s|^ \(.*/c++/.*\)|-isystem \1|p' | tr '\n' ' '
}

# $1: board
put_board() {
	lib=$sdk/lib/$1
	built=$out/$1
	mkdir -p "$lib/newlib"
	cp -rL "$built/lib/newlib/include" "$built/lib/newlib/lib" \
		"$lib/newlib/"
	cp "$built/lib/crt0.o" "$built/lib/program.ld" "$built/lib/libgatehouse.a" \
		"$built/lib/libksm.a" "$built/lib/libmbedtls.a" "$built/kernel/kernel.bin" \
		"$built/kernel/kernel.elf" "$built/thermostat/programs/init/init.elf" "$lib/"
	awk -f tools/ports/linked.awk -v table="$(value sbom.table "$1")" \
		"$built/kernel/kernel.map" "$built/thermostat/programs/init/init.map" |
		sort -u >"$lib/kernel.linked"
	[ -s "$lib/kernel.linked" ] || fail "it is not known what the kernel of $1 is made of"
	arch=$(value arch "$1")
	cross=$(value cross "$1")
	machine=$(value user.machine "$1")
	headers=$(value target.headers "$1" | sed 's/-nostdinc//')
	cxx=$(cxx_headers "${cross}g++" "$machine")
	[ -n "$cxx" ] || fail "${cross}g++ has no C++ headers" "type: make doctor"
	put_runtime
	cat >"$lib/flags.mk" <<-END
		# What programs of this board are compiled with; written by make sdk.
		sdk.cross := $cross
		sdk.machine := $machine
		sdk.headers := $headers
		sdk.cxx.headers := $cxx
	END
	cat >"$lib/flags.cmake" <<-END
		# What programs of this board are compiled with; written by make sdk.
		set(gatehouse_arch $arch)
		set(gatehouse_cross $cross)
		set(gatehouse_machine "$machine")
		set(gatehouse_headers "$headers")
		set(gatehouse_cxx_headers "$cxx")
	END
	sed -e "s|@board@|$1|g" -e "s|@cross@|$cross|" -e "s|@machine@|$machine|" \
		-e "s|@headers@|$headers|" -e "s|@version@|$version|" tools/sdk/pkgconfig.in \
		>"$sdk/pkgconfig/gatehouse-$1.pc"
}

# new, delete and their kin, for programs in C++.
put_runtime() {
	# shellcheck disable=SC2086 # words
	"${cross}g++" $machine -std=c++17 -O2 -ffreestanding -fno-exceptions -fno-rtti \
		-ffunction-sections -fno-unwind-tables -fno-asynchronous-unwind-tables -nostdinc \
		-nostdinc++ -I "$sdk/cxx" -I "$sdk/include" $cxx -isystem "$lib/newlib/include" \
		$headers -ffile-prefix-map="$sdk"=sdk -c "$sdk/cxx/runtime.cc" -o "$lib/runtime.o"
	"${cross}ar" rcD "$lib/libgatehouse++.a" "$lib/runtime.o"
	rm "$lib/runtime.o"
}

version=$(git describe --always --dirty 2>/dev/null || echo unknown)
put_includes
put_servers
put_tools
put_licences
for board in $BOARD; do
	put_board "$board"
done
printf '%s\n' "$version" >"$sdk/VERSION"
git log -1 --format=%ct >"$sdk/EPOCH" 2>/dev/null || echo 0 >"$sdk/EPOCH"
chmod -R u=rwX,go=rX "$sdk"
rm -rf "$folder"
mv -T "$sdk" "$folder"
say "written: $folder"
