#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Scripts in other languages than ours, and shell scripts that do not stop at errors.
# usage: script.sh LIST-OF-FILES
set -eu

sed -n '/\.\(py\|pl\|rb\|js\)$/p' "$1" | while read -r file; do
	echo "$file:1: language: scripts are sh, awk, make or gdb"
done
grep '\.sh$' "$1" | while read -r file; do
	# A library is sourced and says so.
	if head -n 6 "$file" | grep -q '^# shellcheck shell=sh'; then
		continue
	fi
	read -r first <"$file" || :
	[ "$first" = '#!/bin/sh' ] || echo "$file:1: script: the first line is not #!/bin/sh"
	case $file in
	tests/*/campaign.sh) [ -x "$file" ] || echo "$file:1: script: make cannot run it: chmod +x" ;;
	esac
	# Helpers of tests set it for who sources them.
	grep -q '^set -eu\|^\. tests/' "$file" || echo "$file:2: script: no set -eu"
done
