#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Everything about the sources that can be counted. One line a finding: `file:line: rule: sentence`.
#
# usage: lint.sh [--list] [--root FOLDER] [RULE...]
#   --list  explains each rule
#   --root  looks at another tree (for the tests of lint itself)
#   RULE    only these rules
# exit code: 0 nothing found, 1 findings or a tool is missing, 2 usage
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
lint=$top/tools/lint
root=$top
selected=

while [ $# -gt 0 ]; do
	case $1 in
	--list)
		awk -F '\t' '!/^#/ { printf "%-12s %s\n", $1, $2 }' "$lint/rules.txt"
		exit 0
		;;
	--root)
		[ $# -ge 2 ] || { echo "lint: --root needs a folder" >&2 && exit 2; }
		root=$(cd "$2" && pwd)
		shift
		;;
	*)
		if ! grep -q "^$1	" "$lint/rules.txt"; then
			echo "lint: there is no rule '$1'; type: tools/lint.sh --list" >&2
			exit 2
		fi
		selected="$selected $1"
		;;
	esac
	shift
done

# True if one of the rules is wanted.
want() {
	[ -n "$selected" ] || return 0
	for rule; do
		case " $selected " in
		*" $rule "*) return 0 ;;
		esac
	done
	return 1
}

# A tool of a rule, in the version that this tree is written for if there is a choice. Missing: a
# finding, not silence.
tool() {
	found=$(command -v "$1-14" || command -v "$1") && return 0
	echo "tools/lint.sh:1: $2: $1 is not installed; type: make doctor" >>"$findings"
	return 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
findings=$work/findings
files=$work/files
: >"$findings"
cd "$root"

# What is or would be committed, with files that were deleted but not yet so in git left out.
if [ "$root" = "$top" ] && git rev-parse --git-dir >/dev/null 2>&1; then
	git ls-files -co --exclude-standard
else
	find . -type f ! -path './build/*' ! -path './.git/*' ! -name expect | sed 's|^\./||'
fi | grep -v '^tests/lint/faults/' | sort | while read -r file; do
	[ ! -f "$file" ] || echo "$file"
done >"$files"
# Rules that look into lines see no binary and not the lists of what they look for.
grep -v '^tools/lint/' "$files" >"$work/others" || :

# Runs a command on the files of a list; names have no blanks (a rule of git here).
# shellcheck disable=SC2046
each_of() {
	list=$1
	shift
	[ ! -s "$list" ] || "$@" $(cat "$list")
}

if want spdx purpose columns blanks banned path host conditional typedef guard length function; then
	each_of "$files" awk -v here="$(dirname "$top")" -f "$lint/text.awk" >"$work/text"
	grep -v '^tools/lint/[^:]*:[0-9]*: \(banned\|path\|host\)' "$work/text" >>"$findings" || :
	while read -r file; do
		[ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] ||
			echo "$file:1: blanks: no newline at the end of the file"
	done <"$files" >>"$findings"
fi
grep '\.[ch]$' "$files" >"$work/c" || :
if want depth cycle abi; then
	each_of "$work/c" awk -v list="$files" -f "$lint/includes.awk" "$files" >>"$findings"
fi
if want unused; then
	each_of "$files" awk -v list="$files" -f "$lint/unused.awk" "$files" >>"$findings"
fi
if want readme; then
	sh "$lint/readme.sh" "$files" >>"$findings"
fi
if want language script; then
	sh "$lint/script.sh" "$files" >>"$findings"
fi
if want format && tool clang-format format; then
	each_of "$work/c" "$found" --dry-run 2>&1 | awk -F : '
		/: warning: / && $1 != before {
			print $1 ":" $2 ": format: clang-format changes this; type: clang-format -i " $1
			before = $1
		}
		/: error: / { print $1 ":" $2 ": format:" $5 }' >>"$findings"
fi
if want shell && tool shellcheck shell; then
	grep '\.sh$\|^\.ci/run$' "$files" >"$work/sh" || :
	# Every file by itself: what it sources was looked at on its own.
	{ each_of "$work/sh" "$found" -x -f gcc || :; } |
		sed -n 's/^\([^:]*:[0-9]*\):[0-9]*: [a-z]*: /\1: shell: /p' >>"$findings"
fi

# What follows compiles, and so needs the whole tree.
if want gate; then
	sh "$lint/gate.sh" "$files" "$top" >>"$findings"
fi
if want warning instruction header cppcheck tidy && [ "$root" = "$top" ]; then
	sh "$lint/compile.sh" "$files" "$work" "$selected" >>"$findings"
fi

# Only what was asked for, each line once, in order of files.
awk -v selected="$selected" '
	BEGIN { count = split(selected, names, " "); for (i = 1; i <= count; i++) wanted[names[i]] }
	{
		rule = $2
		sub(/:$/, "", rule)
		if (count == 0 || rule in wanted) print
	}' "$findings" | sort -t : -k 1,1 -k 2,2n -u | tee "$work/result"

number=$(wc -l <"$work/result")
if [ "$number" -gt 0 ]; then
	printf 'lint: %d findings in %d files; tools/lint.sh --list explains the rules\n' \
		"$number" "$(cut -d : -f 1 "$work/result" | sort -u | wc -l)" >&2
	exit 1
fi
printf 'lint: %d files, nothing found\n' "$(wc -l <"$files")" >&2
