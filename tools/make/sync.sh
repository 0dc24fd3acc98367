#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Makes folder OLD hold what folder NEW holds, leaving files alone whose bytes are the same, so that
# what depends on them is not built again.
#
# usage: sync.sh NEW OLD
set -eu
new=$1
old=$2

mkdir -p "$old"
(cd "$old" && find . -type f ! -name .stamp) | while IFS= read -r file; do
	[ -e "$new/$file" ] || rm "$old/$file"
done
(cd "$new" && find . -type f) | while IFS= read -r file; do
	if ! cmp -s "$new/$file" "$old/$file"; then
		mkdir -p "$(dirname "$old/$file")"
		mv "$new/$file" "$old/$file"
	fi
done
rm -rf "$new"
