#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Folders without README.md, down to the second level, and README files that are too long.
# usage: readme.sh LIST-OF-FILES
set -eu

sed -n 's|^\([^./][^/]*\)/.*|\1|p; s|^\([^./][^/]*/[^/]*\)/.*|\1|p' "$1" | sort -u |
	while read -r folder; do
		# A folder that only leads to others needs no words.
		grep -q "^$folder/[^/]*$" "$1" || continue
		[ -f "$folder/README.md" ] ||
			echo "$folder/README.md:1: readme: the folder does not say what it is and is not"
	done
grep '\(^\|/\)README\.md$' "$1" | while read -r file; do
	lines=$(wc -l <"$file")
	# The first page that people see may be longer.
	[ "$file" = README.md ] || [ "$lines" -le 60 ] ||
		echo "$file:61: readme: $lines lines, at most 60"
done
