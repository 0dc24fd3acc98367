#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One compiling rule on some files that are compiled with the same flags; many files for each start
# of a compiler, because starting is what takes the time.
# usage: batch.sh RULE FILE-OF-FLAGS FILE...
set -eu
export LC_ALL=C

rule=$1
flags="-std=c11 $(cat "$2")"
shift 2
clang=$(command -v clang-14 || command -v clang)
tidy=$(command -v clang-tidy-14 || command -v clang-tidy)

# The flags have quotes that are meant for a shell: they come from make.
with_flags() {
	eval "\"\$@\" $flags"
}

case $rule in
header)
	# Each header as the only include of a file.
	folder=$(mktemp -d)
	trap 'rm -rf "$folder"' EXIT
	for file; do
		wrapper=$folder/$(echo "$file" | tr / .).c
		printf '#include "%s"\n' "$file" >"$wrapper"
	done
	{ with_flags "$clang" -fsyntax-only -I. "$folder"/*.c 2>&1 || :; } |
		sed -n 's|^\(\./\)*\([^ :]*:[0-9]*\):[0-9]*: .*error: |\2: header: alone: |p' |
		awk -F : '!seen[$1]++'
	;;
warning)
	{ with_flags gcc -fsyntax-only -Wall -Wextra -Wconversion -Wshadow "$@" 2>&1 || :; } |
		sed -n 's/: \(warning\|error\|fatal error\): /:&/p' |
		sed -n 's/^\([^ :]*:[0-9]*\):[0-9]*:: [a-z ]*: /\1: warning: /p'
	;;
tidy)
	{ with_flags "$tidy" --quiet "$@" -- 2>/dev/null || :; } |
		sed -n "s|^$PWD/||; s/^\([^ :]*:[0-9]*\):[0-9]*: \(warning\|error\): /\1: tidy: /p"
	;;
esac
