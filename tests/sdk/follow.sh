# SPDX-License-Identifier: BSD-2-Clause-Patent
# Types the commands of docs/sdk.md as somebody else, in an empty home, with the SDK moved there and
# read-only, and without this tree. Sourced by test.sh and campaign.sh.
# shellcheck shell=sh
set -eu
export LC_ALL=C

fail() {
	[ ! -s "${sdk_log:-}" ] || tail -n 30 "$sdk_log"
	echo "FAIL: $*"
	exit 1
}

top=$(pwd)
sdk_log=$TEST_DIR/typed
: >"$sdk_log"
flock "$OUT/test-build.lock" make -s sdk >"$TEST_DIR/make" 2>&1 || {
	cat "$TEST_DIR/make"
	fail "make sdk"
}
home=$(mktemp -d)
clean_up() {
	chmod -R u+w "$home" && rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
cp -r "$OUT/sdk" "$home/sdk"
chmod -R a-w "$home/sdk"
mkdir "$home/work"
chmod 755 "$home"

# Where one may, as nobody and with an empty folder in the tree's place.
if [ "$(id -u)" -eq 0 ]; then
	chown 65534 "$home/work"
	as_other="setpriv --reuid=65534 --regid=65534 --clear-groups"
else
	as_other=
fi
without_tree=
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
	without_tree="unshare -m"
fi

# Types the blocks of commands with this mark: ```sh MARK
follow() {
	awk -v mark="\`\`\`$1" '$0 == "```" { inside = 0 } inside { print } $0 == mark { inside = 1 }' \
		docs/sdk.md >"$home/script"
	[ -s "$home/script" ] || fail "docs/sdk.md has no commands '$1'"
	# The inner shell expands; as_other and without_tree are words.
	# shellcheck disable=SC2016,SC2086
	$without_tree sh -c '
		[ -z "$1" ] || mount -t tmpfs none "$2" || exit 1
		[ -z "$1" ] || [ ! -e "$2/Makefile" ] || exit 1
		cd "$3/work" && shift 3 && exec "$@"' sh "$without_tree" "$top" "$home" \
		$as_other env -i PATH="$PATH" HOME="$home" LC_ALL=C sh -eux "$home/script" \
		>>"$sdk_log" 2>&1 || fail "docs/sdk.md, its commands '$1', see $sdk_log"
}

# $1: how often a product must have printed what it should
booted() {
	count=$(grep -c '^ok    it prints what' "$sdk_log") || :
	[ "$count" = "$1" ] || fail "$count products printed what they should, not $1"
	! grep -q 'warning:' "$sdk_log" || fail "something is built with a warning"
}
