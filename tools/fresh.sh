#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Does the README work on a machine that has nothing? Makes a minimal Debian 12 in a folder, with a
# user who may use sudo, and types the README's commands there, as they stand. Then compares the C
# library that was built there with the one in this machine's cache, byte for byte.
#
# usage: fresh.sh        (as root; 10 to 30 minutes)
set -eu
export LC_ALL=C
umask 022

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=/dev/null who=fresh
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"

suite=bookworm
folder=$top/build/fresh
root=$folder/root
home=$root/user
passed=0
failed=0

[ "$(id -u)" -eq 0 ] ||
	fail "a machine in a folder (chroot) needs root" "type: sudo make test-fresh"
command -v debootstrap >/dev/null || fail "debootstrap is not installed" "type: make doctor"

# Mirrors of this machine, as lines for sources.list: `deb URI SUITE COMPONENT`.
host_sources() {
	# shellcheck disable=SC2016 # apt expands it
	apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' | grep " $suite" | sort -u
}

# Ends what still runs inside, takes the mounts away, then the folder. Also after a run that was
# killed: nothing of it may be in the way, and nothing mounted may be removed with the folder.
clean_up() {
	for link in /proc/[0-9]*/root; do
		case $(readlink "$link" 2>/dev/null) in
		"$root" | "$root"/*)
			pid=${link#/proc/}
			kill -9 "${pid%/root}" 2>/dev/null || true
			;;
		esac
	done
	awk -v root="$root" '$2 == root || index($2, root "/") == 1 { print $2 }' /proc/mounts |
		sort -r | while IFS= read -r point; do
		umount "$point" 2>/dev/null || umount -l "$point"
	done
	if grep -q " $root/" /proc/mounts; then
		fail "$root still has something mounted" "type: grep $root /proc/mounts"
	fi
	rm -rf --one-file-system "$root"
}

make_machine() {
	mirror=$(host_sources |
		awk -v suite="$suite" '$3 == suite && $4 == "main" { print $2; exit }')
	[ -n "$mirror" ] || fail "this machine's apt knows no mirror of $suite" \
		"type: apt-get update, then the same command again"
	say "making a minimal $suite in build/fresh/root"
	debootstrap --variant=minbase --include=sudo "$suite" "$root" "$mirror" \
		>"$folder/debootstrap.log" 2>&1 || {
		tail -n 10 "$folder/debootstrap.log" >&2
		fail "debootstrap failed, its last lines are above"
	}
	host_sources >"$root/etc/apt/sources.list"
	apt-config dump | grep -i '^Acquire::[a-z:]*proxy' \
		>"$root/etc/apt/apt.conf.d/90host" || true
	cp /etc/resolv.conf /etc/hosts "$root/etc/"
	# Whether the disk has it is of no interest for a machine that lives for minutes.
	echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
	mount -t proc proc "$root/proc"
	mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$root/dev/pts"
	ln -sf pts/ptmx "$root/dev/ptmx"
	chroot "$root" useradd -m -d /user -s /bin/bash dev
	echo 'dev ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/dev"
	chroot "$root" apt-get update >>"$folder/debootstrap.log" 2>&1
	if chroot "$root" sh -c 'command -v gcc make git'; then
		fail "the new machine is not empty, so it shows nothing"
	fi
}

put_repository() {
	chroot "$root" mkdir -p /srv
	git clone --quiet --bare "$top" "$root/srv/gatehouse.git"
	chroot "$root" chown -R dev: /srv/gatehouse.git
}

# The block of the README that begins a fresh machine: the first one with a `git clone`. Only the
# repository's address is put in. The second board stands in the text below it.
readme_commands() {
	awk '
	/^```/ {
		if (inside && found) {
			printf "%s", block
			exit
		}
		inside = !inside
		block = ""
		next
	}
	inside {
		found = found || /^git clone/
		block = block $0 "\n"
	}' "$top/README.md" |
		sed -e 's/ *#.*//' -e '/^$/d' -e 's|<this repository>|file:///srv/gatehouse.git|'
	echo 'make run BOARD=qemu-virt-armv7'
}

# What the user types, one file for all lines, because of `cd`. Each mark has the time and the MB
# that were downloaded so far. Lines of standard input are what somebody would type into the guest's
# shell.
# shellcheck disable=SC2016 # the session expands $(date)
write_session() {
	printf 'help\nps\nattack\n' >"$home/typed"
	{
		echo 'set -e; cd ~'
		echo 'downloaded() { du -sm /var/cache/apt/archives | cut -f 1; }'
		readme_commands | while IFS= read -r line; do
			printf 'echo "fresh: $(date +%%s) begins: $(downloaded) %s"\nexec <~/typed\n%s\n' \
				"$line" "$line"
		done
		echo 'echo "fresh: $(date +%s) ends: $(downloaded)"'
	} >"$home/session"
}

# $1: what should hold; others: a command that succeeds if it does
check() {
	title=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		printf 'ok   %s\n' "$title"
	else
		failed=$((failed + 1))
		printf 'FAIL %s\n' "$title"
	fi
}

# How long each command took and what it downloaded, from the marks in the log.
print_times() {
	awk '/^fresh: [0-9]+ (begins|ends)/ {
		if (line != "") {
			printf "     %5d s %5d MB  %s\n", $2 - start, $4 - megabytes, line
		}
		start = $2
		megabytes = $4
		line = $0
		sub(/.*begins: [0-9]+ /, "", line)
	}' "$folder/session.log"
}

# For `make bench`: from `git clone` to where the prompt was and `make run` ended; git and make,
# which the README has installed before, stand apart.
write_figures() {
	awk '/^fresh: [0-9]+ (begins|ends)/ {
		if (!first++) {
			before = $4 # the machine came with them
		}
		if (/ git clone /) {
			start = $2
			megabytes = $4
			print "dev.tools host", $4 - before, "- MB"
		}
		if (ran && !ended) {
			ended = 1
			print "dev.first host", $2 - start, "- s"
			print "dev.download host", $4 - megabytes, "- MB"
		}
		ran = ran || /make run$/
	}' "$folder/session.log"
} >"$folder/figures"

# What went wrong: each test that failed with what it said, then the last lines.
show_failure() {
	grep -E '^(FAIL|     [|]) ' "$folder/session.log" || true
	tail -n 20 "$folder/session.log"
}

# True if the library of the same key is in this machine's cache, with the same bytes.
same_library() {
	diff -r "$1" "${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse/$(basename "$1")" >&2
}

[ -f "$top/README.md" ] || fail "there is no README.md to follow"
mkdir -p "$folder"
exec 9>"$folder/lock"
flock -n 9 || fail "it is running already"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
clean_up
make_machine
put_repository
write_session
say "typing the README's commands; all that they print goes to build/fresh/session.log"
code=0
chroot "$root" su - dev -c 'sh ~/session' </dev/null >"$folder/session.log" 2>&1 9>&- || code=$?

check "the README's commands succeed" test "$code" -eq 0
[ "$code" -eq 0 ] || show_failure >&2
check "they reach the prompt" grep -q '^gatehouse> help' "$folder/session.log"
for library in "$home"/.cache/gatehouse/newlib-*; do
	check "the C library $(basename "$library") has the same bytes here" same_library "$library"
done
print_times
write_figures
printf '     %5d MB downloaded\n' "$(du -sm "$root/var/cache/apt/archives" | cut -f 1)"
printf '%s passed, %s failed, 0 skipped\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
