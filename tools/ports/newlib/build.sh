#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Builds newlib from its unpacked tarball; part of the key of the cache, as the recipe is.
#
# usage: build.sh TARGET CROSS WORK FLAGS...
#   WORK  folder that holds the unpacked source; the result is left in WORK/entry
set -eu
export LC_ALL=C
umask 022

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=$top/tools/ports/newlib/recipe
target=$1
cross=$2
work=$3
shift 3
flags=$*
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
source=$work/$(recipe folder)

# Tools under the names of the target. The compiler is wrapped so that no header of this machine
# is found by accident, and so that a compiler for Linux does not say that it is one.
make_tools() {
	mkdir -p "$work/bin"
	for tool in ar as ld nm objcopy objdump ranlib strip readelf size; do
		ln -s "$(command -v "$cross$tool")" "$work/bin/$target-$tool"
	done
	headers="-nostdinc"
	for name in include include-fixed; do
		path=$("${cross}gcc" -print-file-name="$name")
		case $path in
		/*) headers="$headers -isystem $path" ;;
		esac
	done
	printf '#!/bin/sh\nexec %s %s "$@"\n' "$(command -v "${cross}gcc") $flags" "$headers" \
		>"$work/bin/$target-gcc"
	chmod +x "$work/bin/$target-gcc"
	ln -s "$target-gcc" "$work/bin/$target-cc"
}

build_library() {
	mkdir -p "$work/build"
	cd "$work/build"
	maps="-ffile-prefix-map=$source=newlib -ffile-prefix-map=$work/build=build"
	maps="$maps -fdebug-prefix-map=$source=newlib -fdebug-prefix-map=$work/build=build"
	# An empty environment: neither make's variables nor the user's change the library.
	clean="env -i PATH=$work/bin:$PATH HOME=/ LC_ALL=C SOURCE_DATE_EPOCH=$(recipe epoch)"
	# shellcheck disable=SC2046,SC2086
	$clean "$source/configure" --target="$target" --prefix=/newlib $(recipe configure)
	# shellcheck disable=SC2086
	$clean make -j"$(nproc)" MAKEINFO=: CFLAGS_FOR_TARGET="$(recipe cflags) $maps" \
		all-target-newlib
	# shellcheck disable=SC2086
	$clean make MAKEINFO=: DESTDIR="$work/dest" install-target-newlib
}

# What is kept: headers, libc.a, libm.a, the licence, the sums of them all.
collect_entry() {
	mkdir -p "$work/entry/lib"
	mv "$work/dest/newlib/$target/include" "$work/entry/include"
	for library in libc.a libm.a; do
		mv "$work/dest/newlib/$target/lib/$library" "$work/entry/lib/$library"
		"${cross}objcopy" --enable-deterministic-archives "$work/entry/lib/$library"
		"${cross}ranlib" -D "$work/entry/lib/$library"
	done
	mv "$source/$(recipe licence)" "$work/entry/LICENCE"
	printf '%s\n' "$flags" >"$work/entry/flags"
	chmod -R go-w "$work/entry"
	(cd "$work/entry" && find . -type f | sort | xargs sha256sum) >"$work/sums"
	mv "$work/sums" "$work/entry/SHA256SUMS"
}

make_tools
build_library
collect_entry
