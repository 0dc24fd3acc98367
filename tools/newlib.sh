#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Finds the C library of one architecture in the cache, or builds it there from Debian's source.
#
# usage: newlib.sh ARCH TARGET CROSS LINK FLAGS...
#   ARCH    name for people: aarch64, armv7a
#   TARGET  GNU triplet that newlib is configured for
#   CROSS   prefix of the compiler's tools, e.g. arm-none-eabi-
#   LINK    symbolic link to set to the library's folder (include/, lib/)
#   FLAGS   code generation flags; user programs are compiled with the same
set -eu
export LC_ALL=C
umask 022

top=$(cd "$(dirname "$0")/.." && pwd)
recipe=$top/tools/ports/newlib/recipe
# shellcheck disable=SC2034 # read by lib.sh
who="newlib ($1)"
arch=$1
target=$2
cross=$3
link=$4
shift 4
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"

# The key: what goes in (source, steps, flags, the recipe less what it only says of the
# licence) and what turns it into code.
key_of_build() {
	{
		printf '%s\n' "$target" "$@"
		"${cross}gcc" --version | head -n 1
		"${cross}as" --version | head -n 1
		grep -Ev '^(spdx|copyright) ' "$recipe"
		cat "$top/tools/ports/newlib/build.sh"
	} | sha256sum | cut -c 1-16
}

# An entry is trusted when every file in it is ours and has the bytes it was built with.
entry_is_good() {
	folder_is_ours "$1" &&
		[ -z "$(find "$1" \( ! -user "$(id -u)" -o -perm /022 -o -type l \) -print)" ] &&
		[ "$(find "$1" -type f ! -name SHA256SUMS | wc -l)" -eq "$(wc -l <"$1/SHA256SUMS")" ] &&
		(cd "$1" && sha256sum --check --quiet --strict SHA256SUMS >/dev/null 2>&1)
}

point_link_to() {
	mkdir -p "$(dirname "$link")"
	if [ "$(readlink "$link" 2>/dev/null)" != "$1" ]; then
		ln -sfn "$1" "$link.$$"
		mv -T "$link.$$" "$link"
	fi
}

# Builds in $work; on failure shows the end of the log and keeps all of it.
build_entry() {
	tarball=$(recipe tarball)
	[ -f "$tarball" ] || fail "its source $tarball is not installed" "type: make doctor"
	found=$(sha256sum "$tarball" | cut -d ' ' -f 1)
	[ "$found" = "$(recipe sha256)" ] ||
		fail "$tarball is not the version that this tree was tested with" \
			"found $found" "want  $(recipe sha256)" \
			"a newer $(recipe package) goes into tools/ports/newlib/recipe, with its tests"
	tar -C "$work" --no-same-owner -xf "$tarball"
	{
		"$top/tools/ports/newlib/build.sh" "$target" "$cross" "$work" "$@" &&
			: >"$work/done"
	} 2>&1 | tee "$work/log" |
		show_progress "$(recipe objects)" " -c " "building the C library"
	if [ ! -e "$work/done" ]; then
		cp "$work/log" "$top/build/newlib-$arch.log"
		tail -n 15 "$work/log" >&2
		fail "the build failed, its last lines are above" "all of it: build/newlib-$arch.log"
	fi
}

command -v "${cross}gcc" >/dev/null ||
	fail "the compiler ${cross}gcc is not installed" "type: make doctor"
key=$(key_of_build "$@")
root=$(cache_root)
cached=${root:+$root/newlib-$key}
local=$top/build/newlib-$key
for entry in "$cached" "$local"; do
	if [ -n "$entry" ] && [ -e "$entry" ]; then
		if entry_is_good "$entry"; then
			point_link_to "$entry"
			exit 0
		fi
		say "$entry is damaged or not yours alone, so it is not used;" \
			"remove it to have it built again"
	fi
done

# What stands in the way in the cache is left there for its owner to look at.
if [ -n "$cached" ] && [ ! -e "$cached" ]; then
	place=$cached
else
	place=$local
	rm -rf "$local"
fi
mkdir -p "$top/build" "$(dirname "$place")"
work=$(mktemp -d "$(dirname "$place")/newlib-work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
say "building the C library once, 1 to 3 minutes; it is kept in $place"
build_entry "$@"
# Somebody else may have finished the same build first: theirs is then as good as ours.
mv -T "$work/entry" "$place" 2>/dev/null || entry_is_good "$place" ||
	fail "cannot put the library at $place" "type: ls -ld $place"
point_link_to "$place"
say "built"
