#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One compiling check of one file, remembered by the hash of what the compiler sees of it.
# usage: one.sh AREAS RULE AREA FILE
set -eu
export LC_ALL=C

areas=$1
rule=$2
area=$3
file=$4
clang=$(command -v clang-14 || command -v clang)
tidy=$(command -v clang-tidy-14 || command -v clang-tidy)
flags="-std=c11 $(sed -n "s/^$area //p" "$areas")"

# Runs a command with the area's flags, whose quotes are make's.
with_flags() {
	eval "$* $flags"
}

remembered() {
	key=$({
		with_flags "$clang" -E "$file" 2>&1 || :
		cat .clang-tidy "$0"
		echo "$rule $file $flags"
	} | sha256sum | cut -c 1-40)
	result=$GATEHOUSE_OUT/checked/$key
	[ -f "$result" ]
}

run() {
	case $rule in
	header)
		# As the only include of a file; a warning about an unused function is none here.
		printf '#include "%s"\n' "$file" >"$result.$$.c"
		with_flags "$clang" -fsyntax-only -Wall -Wno-unused-function "$result.$$.c" 2>&1 |
			sed -n "s|^\([^ :]*:[0-9]*\):[0-9]*: \(fatal \)*error: |\1: header: included alone: |p" |
			head -n 1
		rm -f "$result.$$.c"
		;;
	warning)
		with_flags gcc -O1 -c -o /dev/null -Wall -Wextra -Wconversion -Wshadow "$file" 2>&1 |
			sed -n 's/: \(warning\|error\|fatal error\): /:&/p' |
			sed -n 's/^\([^ :]*:[0-9]*\):[0-9]*:: [a-z ]*: /\1: warning: /p'
		;;
	tidy)
		eval "$tidy --quiet '$file' -- $flags -Wmissing-prototypes" 2>/dev/null |
			sed -n "s|^$PWD/||; s/^\([^ :]*:[0-9]*\):[0-9]*: \(warning\|error\): /\1: tidy: /p"
		;;
	esac
}

if ! remembered; then
	run >"$result.$$"
	mv "$result.$$" "$result"
fi
cat "$result"
