#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-fuzz-policy: goes on with the fuzzers of sources, policies, blobs, events and editors
# where the last campaign ended: `report` (kept) and build/fuzz-policy/report (new) say what was
# tried. Environment: SOURCE, POLICY, BLOB, EVENTS, LSP: how many more of each (0: none). Prints
# `N passed, N failed, N skipped` last.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

out=${OUT:-build}
kept=tests/fuzz-policy/report
new=$out/fuzz-policy/report
SOURCE=${SOURCE:-1000000}
POLICY=${POLICY:-4000}
BLOB=${BLOB:-10000000}
EVENTS=${EVENTS:-50000}
LSP=${LSP:-1000}

for count in "$SOURCE" "$POLICY" "$BLOB" "$EVENTS" "$LSP"; do
	case $count in
	'' | *[!0-9]*)
		echo "'$count' is no number of cases; SOURCE, POLICY, BLOB, EVENTS and LSP take one each"
		exit 2
		;;
	esac
done
mkdir -p "$out/fuzz-policy"
touch "$new"

# The first case of kind $1 that nobody tried.
first_of() {
	awk -v kind="$1" '$1 == kind && $3 >= next_case { next_case = $3 + 1 }
		END { printf "%.0f\n", next_case }' "$kept" "$new"
}

# Tries $2 cases of kind $1, $3 at a time, so that what is stopped loses little.
fuzz() {
	left=$2
	while [ "$left" -gt 0 ]; do
		count=$(($3 < left ? $3 : left))
		from=$(first_of "$1")
		log=$out/fuzz-policy/$1.log
		if ! FUZZ_FROM=$from FUZZ_COUNT=$count TEST_DIR=$out/fuzz-policy \
			"$out/host/tests/fuzz_$1" >"$log" 2>&1; then
			echo "FAIL fuzz-policy/$1: $(grep -m 1 '^FAIL: ' "$log") ($log)"
			return
		fi
		grep "^$1 " "$log" >>"$new"
		left=$((left - count))
	done
	echo "ok   fuzz-policy/$1: $2 cases"
}

children=
trap 'kill $children 2>/dev/null; exit 130' INT TERM HUP
{
	fuzz source "$SOURCE" 100000
	fuzz policy "$POLICY" 500
	fuzz events "$EVENTS" 5000
	fuzz lsp "$LSP" 200
} >"$out/fuzz-policy/lines.1" &
children=$!
fuzz blob "$BLOB" 1000000 >"$out/fuzz-policy/lines.2" &
children="$children $!"
for child in $children; do
	wait "$child"
done
cat "$out/fuzz-policy/lines.1" "$out/fuzz-policy/lines.2"
echo
awk '$1 !~ /^#/ && NF >= 4 { cases[$1] += $3 - $2 + 1; sum[$1] += $4 }
	END {
		for (kind in sum) {
			printf "%s: %.0f cases", kind, cases[kind]
			if (sum[kind] != cases[kind]) printf ", %.0f events", sum[kind]
			print " in all"
		}
	}' "$kept" "$new" | sort
echo "to keep them: cat $new >>$kept && : >$new"
passed=$(cat "$out"/fuzz-policy/lines.? | grep -c '^ok') || :
failed=$(cat "$out"/fuzz-policy/lines.? | grep -c '^FAIL') || :
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
