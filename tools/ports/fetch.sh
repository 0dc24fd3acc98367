#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Fetches the upstream archive of a port from the Debian mirror that this machine already uses,
# checks its SHA-256 against the recipe, and unpacks it to build/ports/NAME. If the port has a
# build.sh, that makes there what the archive does not hold as source.
#
# usage: fetch.sh NAME
set -eu
export LC_ALL=C
umask 022

top=$(cd "$(dirname "$0")/../.." && pwd)
name=$1
# shellcheck disable=SC2034 # read by lib.sh
who="port $name"
recipe=$top/tools/ports/$name/recipe
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
[ -f "$recipe" ] || fail "there is no recipe $recipe" \
	"ports: $(cd "$top/tools/ports" && echo */ | tr -d /)"

archive=$(recipe archive)
sha256=$(recipe sha256)
place=$top/build/ports/$name

has_right_bytes() {
	[ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$sha256" ]
}

# The mirrors of the main component that apt is configured with, in apt's own words.
mirrors() {
	# shellcheck disable=SC2016 # apt expands it
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' |
		awk '!seen[$0]++'
}

# Whatever the network gives is only believed when its digest is the recipe's.
download() {
	found=
	for mirror in $(mirrors); do
		rm -f "$1"
		/usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file \
			"${mirror%/}/$archive" "$1" "SHA256:$sha256" >"$work/log" 2>&1 || continue
		if has_right_bytes "$1"; then
			found=yes
			break
		fi
	done
	[ -n "$found" ] || {
		cat "$work/log" >&2
		fail "cannot download $(basename "$archive")" \
			"no mirror of this machine's apt has it with SHA-256 $sha256" \
			"type: sudo apt-get update, then the same command again"
	}
}

# Sources that are made of others; the log of a failure stays.
build_source() {
	say "making its sources"
	sh "$top/tools/ports/$name/build.sh" "$work/$(recipe folder)" >"$work/log" 2>&1 || {
		cp "$work/log" "$top/build/ports/$name.log"
		tail -n 15 "$work/log" >&2
		fail "its sources could not be made, the last lines are above" \
			"all of it: build/ports/$name.log" "it needs: $(recipe tools); type: make doctor"
	}
}

# What the folder is made of. A recipe that only names other files to compile changes nothing.
key=$({
	printf '%s\n' "$sha256"
	cat "$top/tools/ports/$name/build.sh" 2>/dev/null || :
} | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$place/.fetched" 2>/dev/null)" = "$key" ]; then
	exit 0
fi
mkdir -p "$top/build/ports"
root=$(cache_root)
cache=${root:+$root/$name-$(recipe version).tar}
work=$(mktemp -d "$top/build/ports/$name-work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ -z "$cache" ] || ! has_right_bytes "$cache"; then
	say "downloading $(basename "$archive")"
	download "$work/archive"
	if [ -n "$cache" ] && cp "$work/archive" "$cache.$$" && mv "$cache.$$" "$cache"; then
		say "kept in $cache"
	fi
else
	cp "$cache" "$work/archive"
	has_right_bytes "$work/archive" || fail "$cache changed while it was read"
fi
tar -C "$work" --no-same-owner -xf "$work/archive" ||
	fail "cannot unpack $(basename "$archive")" "it needs: tar $(recipe tools)" "type: make doctor"
if [ -f "$top/tools/ports/$name/build.sh" ]; then
	build_source
fi
printf '%s\n' "$key" >"$work/$(recipe folder)/.fetched"
rm -rf "$place"
mv -T "$work/$(recipe folder)" "$place"
