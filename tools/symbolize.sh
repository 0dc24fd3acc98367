#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Adds the place in the source to lines about faults: reads what a guest printed, and writes behind
# each line `... fault: NAME ... pc 0x...` (and `panic: ... instance N pc 0x...`) another one,
#   at NAME function+0xoffset file:line
#
# usage: symbolize.sh [--only] FOLDER
#   --only  writes just the added lines
#   FOLDER  build/BOARD/DEPLOYMENT of the image that ran
set -eu
export LC_ALL=C

only=
if [ "$1" = --only ]; then
	only=yes
	shift
fi
folder=$1

# The program that a process runs, by the process's name or number: `NAME PROGRAM`.
program_of() {
	"$(dirname "$0")/instances.sh" "$folder/system.blob" |
		awk -v wanted="$1" '$1 == wanted || $2 == wanted { print $2, $3; exit }'
}

# The tools of this machine's binutils read only its own ELF files: ask the right set.
tools_of() {
	case $(od -An -tu1 -j 18 -N 1 "$1" | tr -d ' ') in
	183) echo aarch64-linux-gnu- ;;
	*) echo arm-none-eabi- ;;
	esac
}

# function+0xoffset of an address, from the table of functions.
function_at() {
	"$(tools_of "$1")nm" -n --defined-only "$1" | awk -v address="$2" '
	function number(hex, value, i) {
		value = 0
		for (i = 1; i <= length(hex); i++) {
			value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
		}
		return value
	}
	BEGIN {
		wanted = number(address)
	}
	$2 ~ /^[tTwW]$/ && $3 !~ /^\$/ {
		start = number($1)
		if (start > wanted) {
			exit
		}
		name = $3
		offset = wanted - start
	}
	END {
		if (name != "") {
			printf "%s+0x%x", name, offset
		}
	}'
}

# One line for people about one address. $1: name or number of the process, $2: address
place_of() {
	names=$(program_of "$1")
	elf=$folder/programs/${names#* }/${names#* }.elf
	[ -f "$elf" ] || return 0
	address=$(echo "$2" | sed 's/^0x//; s/^0*//' | tr A-F a-f)
	function=$(function_at "$elf" "${address:-0}")
	line=$("$(tools_of "$elf")addr2line" -e "$elf" "0x${address:-0}" |
		sed 's/ (discriminator.*//; s|^\./||')
	case $line in
	'' | '??'*) line= ;;
	esac
	[ -z "$function$line" ] || printf '  at %s %s %s\n' "${names% *}" "$function" "$line"
}

while IFS= read -r line || [ -n "$line" ]; do
	[ -n "$only" ] || printf '%s\n' "$line"
	case $line in
*"fault: "*" pc 0x"*) process=${line#*fault: } ;;
	"panic: "*" instance "*" pc 0x"*) process=${line##* instance } ;;
	*) continue ;;
	esac
	pc=${line##* pc 0x}
	place_of "${process%% *}" "0x${pc%%[!0-9a-fA-F]*}"
done
