#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the monitor as a library for other systems into a folder: headers, a static library, a
# pkg-config file, its sources. The folder may be moved; nothing in it names where it was made.
#
# usage: ksm_lib.sh FOLDER VERSION CC 'CFLAGS' 'SOURCES'
set -eu
export LC_ALL=C

folder=$1
version=$2
cc=$3
cflags=$4
sources=$5
# What a host includes; the rest is for hosts with a short way of their own, in C.
headers="ksm/engine/ksm.h ksm/engine/plain.h ksm/engine/table.h ksm/engine/range.h
	ksm/engine/step.h ksm/engine/field.h ksm/names/names.h ksm/ops.def
	ksm/hosts/linux/client.h ksm/hosts/linux/packet.h ksm/hosts/linux/wire.h"
new=$folder.new

# C++ knows no _Static_assert, and other names for functions.
for_both() {
	awk '
		/^#include .*\.h[">]$/ { last = NR }
		{ line[NR] = $0 }
		/^#define [A-Z_]+_H$/ && !guard { guard = NR }
		END {
			open = last > guard ? last : guard
			for (i = 1; i < NR; i++) {
				print line[i]
				if (i == open) {
					print "\n#ifdef __cplusplus\n#ifndef _Static_assert"
					print "#define _Static_assert static_assert\n#endif"
					print "extern \"C\" {\n#endif"
				}
			}
			print "#ifdef __cplusplus\n}\n#endif\n\n" line[NR]
		}' "$1"
}

rm -rf "$new"
mkdir -p "$new/lib/pkgconfig" "$new/objects"
for header in $headers ksm/format*.h; do
	mkdir -p "$new/include/$(dirname "$header")"
	case $header in
	*.h) for_both "$header" >"$new/include/$header" ;;
	*) cp "$header" "$new/include/$header" ;;
	esac
done
mkdir -p "$new/include/abi"
for_both kernel/include/abi/abi.h >"$new/include/abi/abi.h"
cp kernel/include/abi/*.def "$new/include/abi"
for source in $sources; do
	mkdir -p "$new/src/$(dirname "$source")"
	cp "$source" "$new/src/$source"
	for private in "${source%/*}"/*.h; do
		[ -e "$new/include/$private" ] || cp "$private" "$new/src/$private"
	done
	# shellcheck disable=SC2086 # flags are words
	$cc $cflags -I"$new/src" -I"$new/include" -c "$new/src/$source" \
		-o "$new/objects/$(echo "${source%.c}" | tr / _).o"
done
ar rcD "$new/lib/libksm.a" "$new"/objects/*.o
rm -r "$new/objects"
cp LICENSE "$new/LICENSE"
cat >"$new/lib/pkgconfig/ksm.pc" <<END
prefix=\${pcfiledir}/../..
blob_version=$(sed -n 's/^#define FORMAT_VERSION *\([0-9]*\).*/\1/p' ksm/format.h)

Name: ksm
Description: The security monitor of Gatehouse: judges messages by a compiled policy
Version: $version
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lksm
END
rm -rf "$folder"
mv "$new" "$folder"
