#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-fuzz: 10,000,000 system calls (a tenth of them by ordinary processes) and 1,000,000
# messages on each board, two boards at a time, and more sources, policies, blobs and events for
# the compiler and the engine (tests/fuzz-policy). It goes on behind the seeds that were tried:
# `report` (kept) and build/fuzz/report (new) say which; what is stopped loses one portion.
# Environment: BOARD (boards), CALLS, MESSAGES (of each board), SEED (the first, instead of going
# on), SOURCE, POLICY, BLOB, EVENTS. Prints `N passed, N failed, N skipped` last.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

export OUT="${GATEHOUSE_OUT:-build}"
kept=tests/fuzz/report
folder=$OUT/fuzz
new=$folder/report
CALLS=${CALLS:-10000000}
MESSAGES=${MESSAGES:-1000000}
SEED=${SEED:-}
seconds=7200 # seconds for a portion, however busy the machine is

for count in "$CALLS" "$MESSAGES" "${SEED:-1}"; do
	case $count in
	'' | *[!0-9]*)
		echo "'$count' is no number; CALLS, MESSAGES and SEED take one each"
		exit 2
		;;
	esac
done

# The first seed of part $2 that nobody tried on board $1.
first_of() {
	awk -v board="$1" -v part="$2" '
		$1 == board && $2 == part && $4 >= next_seed { next_seed = $4 + 1 }
		END { printf "%.0f\n", (next_seed > 1 ? next_seed : 1) }' "$kept" "$new"
}

# One portion on board $1: part $2, seed $3, calls or messages $4. Whoever ends this ends the guest.
portion() {
	BOARD=$1 TEST_DIR=$folder/$1-$2
	export BOARD TEST_DIR
	mkdir -p "$TEST_DIR"
	case $2 in
	wire) set -- tests/fuzz/wire/run.sh "$4" "$3" ;;
	*) set -- tests/fuzz/run.sh "$2" "$4" "$3" ;;
	esac
	sh "$@" "$seconds" >"$TEST_DIR/log" 2>&1 &
	running=$!
	trap 'kill $running 2>/dev/null || :; exit 130' TERM
	wait "$running"
}

# Board $1 does $3 calls or messages of part $2, $4 at a time. One line.
fuzz() {
	seed=${SEED:-$(first_of "$1" "$2")}
	from=$seed
	done=0
	while [ "$done" -lt "$3" ]; do
		count=$(($3 - done < $4 ? $3 - done : $4))
		if ! portion "$1" "$2" "$seed" "$count"; then
			echo "FAIL fuzz/$1/$2: $(tail -n 1 "$folder/$1-$2/log");" \
				"keep '$2 $count $seed' in tests/fuzz/seeds"
			return
		fi
		# "seeds FIRST LAST COUNT"
		tried=$(sed -n 's/^seeds //p' "$folder/$1-$2/log")
		echo "$1 $2 $tried" >>"$new"
		last=${tried#* }
		seed=$((${last% *} + 1))
		done=$((done + ${last#* }))
	done
	echo "ok   fuzz/$1/$2: $done without a fault, seeds $from to $((seed - 1))"
}

mkdir -p "$folder"
rm -f "$folder"/*.lines
touch "$new"
children=
trap 'kill $children 2>/dev/null || :; exit 130' INT TERM HUP
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	{
		fuzz "$board" core $((CALLS - CALLS / 10)) 500000
		fuzz "$board" user $((CALLS / 10)) 100000
		fuzz "$board" wire "$MESSAGES" 100000
	} >"$folder/$board.lines" &
	children="$children $!"
done
{ sh tests/fuzz-policy/campaign.sh || :; } >"$folder/policy.log" 2>&1 &
children="$children $!"
for child in $children; do
	wait "$child" || echo "FAIL fuzz: a part ended before its end" >>"$folder/lost.lines"
done
grep -E '^(ok|FAIL) ' "$folder/policy.log" >"$folder/policy.lines" ||
	echo "FAIL fuzz-policy: $(tail -n 1 "$folder/policy.log")" >"$folder/policy.lines"
cat "$folder"/*.lines
echo
awk '$1 !~ /^#/ && NF == 5 { sum[$1 " " $2] += $5; portions[$1 " " $2]++ }
	END {
		for (part in sum)
			printf "%s: %.0f in all, in %d portions\n", part, sum[part], portions[part]
	}' "$kept" "$new" | sort
echo "to keep them: cat $new >>$kept && : >$new"
passed=$(cat "$folder"/*.lines | grep -c '^ok') || :
failed=$(cat "$folder"/*.lines | grep -c '^FAIL') || :
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
