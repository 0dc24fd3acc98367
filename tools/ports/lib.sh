# SPDX-License-Identifier: BSD-2-Clause-Patent
# Shared by the scripts that fetch and build third-party code: recipes, messages, the cache's rules.
# The caller sets `top` (root of the tree), `recipe` (file) and `who` (first word of messages).
# shellcheck shell=sh disable=SC2154

# All values of one key of the recipe, in one line.
recipe() {
	awk -v key="$1" '$1 == key { $1 = ""; printf "%s", $0 }' "$recipe" | cut -c 2-
}

say() {
	printf '%s: %s\n' "$who" "$*" >&2
}

# First argument: what failed. Others: details, and what to type next, a line each.
fail() {
	say "$1"
	shift
	for line; do
		printf '  %s\n' "$line" >&2
	done
	exit 1
}

# A folder is trusted when it is ours and nobody else may write to it.
folder_is_ours() {
	[ -d "$1" ] && [ ! -L "$1" ] &&
		[ -z "$(find "$1" -maxdepth 0 \( ! -user "$(id -u)" -o -perm /022 \))" ]
}

# Prints the folder in which the cache lives, or nothing when there is none that can be trusted.
cache_root() {
	root=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
	case $root in
	/*) ;;
	*) return 0 ;;
	esac
	mkdir -p "$root/gatehouse" 2>/dev/null || return 0
	if folder_is_ours "$root/gatehouse" && [ -w "$root/gatehouse" ]; then
		printf '%s\n' "$root/gatehouse"
	else
		say "$root/gatehouse is not yours alone, so it is not used as a cache"
	fi
}

# Copies nothing, counts: reads a command's output and writes to stderr how far it is, as one line
# that grows on a terminal, as a line per quarter in a file.
# $1: how many lines that match $2 make the whole; $3: what is done, for people
show_progress() {
	tty=0
	[ -t 2 ] && tty=1
	awk -v total="$1" -v pattern="$2" -v tty="$tty" -v what="$who: $3" '
	$0 ~ pattern {
		percent = int(++count * 100 / total)
		if (percent > 99) {
			percent = 99
		}
		if (percent != last && (tty || percent % 25 == 0)) {
			printf "%s%s, %d %%%s", tty ? "\r" : "", what, percent, tty ? "" : "\n" >"/dev/stderr"
			last = percent
		}
	}
	END {
		printf "%s", tty ? "\r\033[K" : "" >"/dev/stderr"
	}'
}

# The text that goes with copies of a port: a file of its source, or some of its lines, or what the
# recipe says. An SDK has it beside the recipe. $1: port; $2: the file of the C library
licence_text() {
	lines=$(recipe lines)
	if [ -e "$top/tools/ports/$1/LICENCE" ]; then
		cat "$top/tools/ports/$1/LICENCE"
	elif [ "$1" = newlib ]; then
		cat "$2"
	elif [ -n "$(recipe licence)" ]; then
		sed -n "${lines:+$lines }p" "$top/build/ports/$1/$(recipe licence)"
	else
		sed -n 's/^notice //p' "$recipe"
	fi
}
