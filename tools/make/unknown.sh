#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says that a word is unknown, and what was probably meant.
#
# usage: unknown.sh KIND WORD KNOWN...
set -eu
kind=$1
word=$2
shift 2

# Edit distance (a swap counts one), letters of either case alike; the nearest word wins if at
# least half of it is right.
near=$(printf '%s\n' "$@" | awk -v word="$word" '
function min(a, b) {
	return a < b ? a : b
}
function letter(s, i) {
	return substr(s, i, 1)
}
function distance(a, b, i, j, d) {
	for (i = 0; i <= length(a); i++) {
		for (j = 0; j <= length(b); j++) {
			if (i == 0 || j == 0) {
				d[i, j] = i + j
				continue
			}
			d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1)
			d[i, j] = min(d[i, j], d[i - 1, j - 1] + (letter(a, i) != letter(b, j)))
			if (i > 1 && j > 1 && letter(a, i) == letter(b, j - 1) &&
				letter(a, i - 1) == letter(b, j)) {
				d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
			}
		}
	}
	return d[length(a), length(b)]
}
{
	steps = distance(tolower(word), tolower($0))
	if (index(tolower($0), tolower(word)) && length(word) > 2) {
		steps = min(steps, 2)
	}
	if (steps < best || NR == 1) {
		best = steps
		nearest = $0
	}
}
END {
	if (NR && 2 * best <= length(nearest)) {
		print nearest
	}
}')
{
	printf "there is no %s '%s'" "$kind" "$word"
	[ -z "$near" ] || printf ": did you mean '%s'?" "$near"
	case $kind in
	target | variable) printf " (type: make help)\n" ;;
	board) printf " (type: make boards)\n" ;;
	deployment) printf " (type: make deployments)\n" ;;
	*) printf " (known: %s)\n" "$*" ;;
	esac
} >&2
exit 2
