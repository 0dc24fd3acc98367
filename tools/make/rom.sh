#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the table of the files that program `rom` holds, as assembly that takes them in.
#
# usage: rom.sh LICENCE [FOLDER]
#   LICENCE  of all that is in it, as SPDX has it
#   FOLDER   what is in it becomes the root; without it the root is empty
set -eu
export LC_ALL=C

fail() {
	printf 'rom: %s\n' "$1" >&2
	exit 1
}

licence=$1
folder=${2:-}
[ -z "$folder" ] || [ -d "$folder" ] || fail "there is no folder $folder"

# `d NAME` and `f NAME`, a folder before what is in it.
list() {
	[ -z "$folder" ] || (cd "$folder" && find . -mindepth 1 \( -type d -printf 'd %P\n' \) -o \
		\( -type f -printf 'f %P\n' \) -o -printf 'x %P\n') | sort -k 2
}

# One spelling (servers/files/files.gate), and nothing that an assembler takes for something else.
list | awk -v folder="$folder" -v licence="$licence" '
	function refuse(why) {
		printf "rom: %s/%s: %s\n", folder, name, why >"/dev/stderr"
		failed = 1
		exit 1
	}
	BEGIN {
		index_of[""] = 0
		entry[0] = ".long 0, 0, 0, 1, 0, 0"
		count = 1
	}
	{
		kind = substr($0, 1, 1)
		name = substr($0, 3)
		last = name
		sub(/.*\//, "", last)
		parent = length(last) == length(name) ? "" : \
			substr(name, 1, length(name) - length(last) - 1)
		if (kind == "x") refuse("neither a file nor a folder")
		if (last !~ /^[!#-\[\]-~ ]*[!#-\-\/-\[\]-~]$/) refuse("no name for a file here")
		if (length(last) > 63 || length(name) > 254) refuse("its name is too long")
		index_of[name] = count
		if (kind == "d") {
			entry[count] = sprintf(".long name_%d - rom_data, %d, %d, 1, 0, 0", \
				count, length(last), index_of[parent])
		} else {
			entry[count] = sprintf( \
				".long name_%d - rom_data, %d, %d, 0, file_%d - rom_data, end_%d - file_%d", \
				count, length(last), index_of[parent], count, count, count)
		}
		kinds[count] = kind
		names[count] = last
		paths[count] = name
		count++
	}
	END {
		if (failed) exit 1
		print "/* SPDX-License-Identifier: " licence " */"
		print "\t.section .rodata.rom, \"a\", %progbits"
		print "\t.balign 8\n\t.global rom_count\nrom_count:\n\t.long " count
		print "\t.global rom_entries\nrom_entries:"
		for (i = 0; i < count; i++) print "\t" entry[i]
		print "\t.global rom_data\nrom_data:"
		for (i = 1; i < count; i++) {
			printf "name_%d:\n\t.ascii \"%s\"\n", i, names[i]
			if (kinds[i] == "f") {
				printf "\t.balign 8\nfile_%d:\n\t.incbin \"%s/%s\"\nend_%d:\n", \
					i, folder, paths[i], i
			}
		}
		print "\t.section .note.GNU-stack, \"\", %progbits"
	}'
