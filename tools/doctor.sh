#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says what this machine lacks for which work, each with the line to type. Changes nothing.
#
# usage: doctor.sh
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
state=$(mktemp)
trap 'rm -f "$state"' EXIT

good() {
	if [ $# -gt 1 ]; then
		printf 'ok    %-34s %s\n' "$1" "$2"
	else
		printf 'ok    %s\n' "$1"
	fi
}

bad() {
	printf 'lacks %-34s %s\n' "$1" "$2"
	printf '      type: %s\n' "$3"
	echo bad >>"$state"
}

# $1: what one types, $2: as setup.sh knows it; others: boards
check_work() {
	title=$1
	shift
	# shellcheck disable=SC2046
	set -- $(tools/setup.sh --list "$@" | tr ' ' '\n' | sort -u)
	missing=
	for package; do
		case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
		installed) ;;
		*) missing="$missing $package" ;;
		esac
	done
	if [ -z "$missing" ]; then
		good "$title"
	else
		bad "$title" "$(echo "$missing" | wc -w | tr -d ' ') packages" \
			"sudo apt-get install -y --no-install-recommends$missing"
	fi
}

check_library() {
	root=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse
	if [ ! -d "$root" ]; then
		good "C library" "not built yet: the first make run does it (1 to 3 minutes)"
	elif [ -n "$(find "$root" -maxdepth 0 \( ! -user "$(id -u)" -o -perm /022 \))" ]; then
		bad "C library" "$root belongs to others, or they may write to it" \
			"chmod go-w $root"
	else
		count=$(find "$root" -maxdepth 1 -name 'newlib-*' ! -name '*work*' | wc -l)
		good "C library" "$count in $root"
	fi
}

check_space() {
	free_mb=$(df -Pm . | awk 'NR == 2 { print $4 }')
	if [ "$free_mb" -lt 1024 ]; then
		bad "disk" "$free_mb MB free, a build takes up to 1024" "df -h ."
	else
		good "disk" "$free_mb MB free"
	fi
}

check_system() {
	if ! command -v dpkg-query >/dev/null; then
		bad "Debian 12" "this is another system: packages cannot be checked or installed" \
			"cat /etc/os-release"
		return
	fi
	version=$(sed -n 's/^VERSION_ID="\{0,1\}\([^"]*\).*/\1/p' /etc/os-release)
	if grep -q '^ID=debian' /etc/os-release && [ "$version" = 12 ]; then
		good "Debian 12"
	else
		good "system" "not Debian 12: nobody has tried it, it may work"
	fi
}

check_root() {
	if [ "$(id -u)" -eq 0 ]; then
		good "installing packages" "you are root"
	elif command -v sudo >/dev/null; then
		good "installing packages" "by sudo, which may ask for your password"
	else
		good "installing packages" "no sudo here: type the lines as root"
	fi
}

check_system
check_root
if command -v dpkg-query >/dev/null; then
	boards=$(sed -n 's/^boards *:= *//p' boards/boards.mk)
	for board in $boards; do
		check_work "make run BOARD=$board" run "$board"
	done
	# shellcheck disable=SC2086
	check_work "make sdk" sdk $boards
	# shellcheck disable=SC2086
	check_work "make debug" debug $boards
	# shellcheck disable=SC2086
	check_work "make test" test $boards
	# shellcheck disable=SC2086
	check_work "make lint" lint $boards
	check_work "make test-fresh (root only)" fresh
fi
check_library
check_space
if [ -s "$state" ]; then
	printf '\nThe make targets install what they lack; these lines do it by hand.\n'
fi
