#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Installs the Debian packages that one kind of work needs, and nothing else.
#
# usage: setup.sh [--list] WORK BOARD...
#   WORK    image, run, debug, test, sdk, lint, lib, fresh or prove
#   --list  only prints the packages
# environment: PORTS, recipes of tools/ports that are compiled too; for `test` those are all
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=/dev/null who=setup
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"

compiler_of() {
	case $(sed -n 's/^board\.arch *:= *//p' "$top/boards/$1.mk") in
	aarch64) echo gcc-aarch64-linux-gnu ;;
	armv7a) echo gcc-arm-none-eabi ;;
	*) fail "no compiler is known for board $1" "known: make boards" ;;
	esac
}

# What the sources of ports are unpacked and made with. What has no recipe, make complains about.
tools_of_ports() {
	for port; do
		sed -n 's/^tools //p' "$top/tools/ports/$port/recipe" 2>/dev/null || :
	done
}

all_ports() {
	(cd "$top/tools/ports" && for port in */; do echo "${port%/}"; done)
}

# Beside its C compiler: C++, and the headers of the language itself.
cxx_of() {
	case $(compiler_of "$1") in
	gcc-aarch64-linux-gnu) echo g++-aarch64-linux-gnu ;;
	*) echo libstdc++-arm-none-eabi-dev ;;
	esac
}

packages_of() {
	work=$1
	shift
	case $work in
	image)
		echo gcc libc6-dev newlib-source xz-utils
		# shellcheck disable=SC2086 # a word a port
		tools_of_ports ${PORTS:-}
		;;
	run) packages_of image && echo qemu-system-arm ;;
	debug) packages_of run && echo gdb-multiarch ;;
	test)
		packages_of run
		echo libcmocka-dev g++ pkgconf
		for board; do
			cxx_of "$board"
		done
		# shellcheck disable=SC2046 # a word a port
		tools_of_ports $(all_ports)
		;;
	lib) echo gcc libc6-dev ;;
	sdk)
		packages_of image
		for board; do
			cxx_of "$board"
		done
		;;
	sdk-test) packages_of sdk "$@" && echo qemu-system-arm cmake pkg-config ;;
	lint) packages_of test "$@" && echo clang-format-14 clang-tidy-14 cppcheck shellcheck ;;
	fresh) echo debootstrap git ;;
	prove) echo gcc libc6-dev spin frama-c-base why3 z3 cvc4 ;;
	*) fail "there is no work called $work" "known: image run debug test sdk lint lib fresh prove" ;;
	esac
	[ "$work" = fresh ] || for board; do
		compiler_of "$board"
	done
}

# Those of the arguments that are not installed.
missing_of() {
	installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
		sed -n 's/^installed //p')
	for package; do
		case "
$installed
" in
		*"
$package
"*) ;;
		*) echo "$package" ;;
		esac
	done
}

# What apt would do, without a lock and without doing it. (--assume-no would install: apt asks
# nothing when a line's own packages are all that it would install.)
ask_apt() {
	apt-get -o Debug::NoLocking=1 --no-install-recommends --print-uris install "$@" \
		</dev/null 2>&1
}

# How to become root for apt alone; empty for root. Fails when there is no way.
find_sudo() {
	sudo=
	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo >/dev/null || return 1
	if sudo -n true 2>/dev/null; then
		sudo="sudo -n"
	elif (: </dev/tty) 2>/dev/null; then
		sudo=sudo
	else
		return 1
	fi
}

# Runs apt-get as root, its output in a file. Standard input belongs to the guest's shell.
apt_as_root() {
	$sudo apt-get -q -y "$@" </dev/null
}

update_lists() {
	say "apt does not know where to get them: running apt-get update"
	apt_as_root update >"$log" 2>&1 || {
		tail -n 5 "$log" >&2
		fail "apt-get update failed, its last lines are above" \
			"type: sudo apt-get update, and see what it says"
	}
}

install_packages() {
	count=$(echo "$answer" | sed -n 's/.* \([0-9]*\) newly installed.*/\1/p')
	{
		apt_as_root --no-install-recommends install "$@" && : >"$log.done"
	} 2>&1 | tee "$log" |
		show_progress "$((${count:-1} * 2))" "^(Unpacking|Setting up) " "installing packages"
	[ -e "$log.done" ]
}

list=
if [ "$1" = --list ]; then
	list=yes
	shift
fi
work=$1
# One word a package from here on.
# shellcheck disable=SC2046
set -- $(packages_of "$@" | tr ' ' '\n' | awk '!seen[$0]++')
if [ -n "$list" ]; then
	printf '%s\n' "$@"
	exit 0
fi
command -v dpkg-query >/dev/null ||
	fail "this is no Debian, so nothing can be installed" \
		"make $work needs what these hold:" "$@"
# shellcheck disable=SC2046
set -- $(missing_of "$@")
[ $# -gt 0 ] || exit 0

line="apt-get install -y --no-install-recommends $*"
find_sudo || fail "make $work needs packages, and there is neither root nor a usable sudo" \
	"type this as root, then the same command again:" "$line"
folder=$(mktemp -d)
log=$folder/log
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

answer=$(ask_apt "$@" || true)
case $answer in
*"Unable to locate"* | *"no installation candidate"*)
	update_lists
	answer=$(ask_apt "$@" || true)
	;;
esac
case $answer in
*" newly installed"*) ;;
*)
	printf '%s\n' "$answer" >&2
	fail "apt cannot install what make $work needs, it says why above" "the line was: $line"
	;;
esac

download=$(echo "$answer" | sed -n 's|^Need to get \([^/]*\).* of archives.*|\1|p')
disk=$(echo "$answer" | sed -n 's/^After this operation, \(.*\) of additional.*/\1/p')
total=$(echo "$answer" | sed -n 's/.* \([0-9]*\) newly installed.*/\1/p')
{
	printf 'make %s needs packages of Debian that are not installed:\n' "$work"
	printf '  %s\n' "$@"
	printf 'with all they depend on: %s packages, %s to download, %s on disk\n' \
		"$total" "${download:-0 B}" "${disk:-0 B}"
	printf 'installing: %s%s\n' "${sudo:+$sudo }" "$line"
} >&2
if ! install_packages "$@"; then
	# A mirror moves on: lists of last month name files that are gone.
	update_lists
	install_packages "$@" || {
		tail -n 15 "$log" >&2
		fail "apt could not install them, its last lines are above" "the line was: $line"
	}
fi
say "done"
