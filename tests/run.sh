#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Runs the tests: one line for each, the slowest, and `N passed, N failed, N skipped`.
# Environment: BOARD (boards, separated by blanks), ONLY (globs), SEED, JOBS. See tests/README.md.
set -eu
cd "$(dirname "$0")/.."

BOARD=${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}
ONLY=${ONLY:-}
JOBS=${JOBS:-3}
OUT=${GATEHOUSE_OUT:-build}
export OUT SEED="${SEED:-}"
state=$OUT/test
tab=$(printf '\t')

# True if ONLY is empty or names the test: whole name, a part from a slash on, or a folder.
is_selected() {
	[ -n "$ONLY" ] || return 0
	selected=1
	set -f # names of tests, not of files
	for pattern in $ONLY; do
		# The pattern is meant to be one.
		# shellcheck disable=SC2254
		case /$1/ in
		*/$pattern/*) selected=0 ;;
		esac
	done
	set +f
	return $selected
}

# $1 name, $2 what runs it (host, script, runner), $3 file, $4 board
list_one() {
	if is_selected "$1"; then
		printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4"
	fi
}

# Every test, long ones first so that two jobs end at about the same time.
list_tests() {
	for file in tests/boot/*/test.sh; do
		[ -e "$file" ] || continue
		name=${file%/test.sh}
		for board in $BOARD; do
			list_one "${name#tests/}/$board" script "$file" "$board"
		done
	done
	for file in tests/*/test.sh; do
		[ -e "$file" ] || continue
		name=${file%/test.sh}
		list_one "${name#tests/}" script "$file" "${BOARD%% *}"
	done
	# A runner has many tests of its own and looks at ONLY itself.
	for file in tests/*/runner.sh; do
		[ -e "$file" ] || continue
		name=${file%/runner.sh}
		printf '%s\trunner\t%s\t%s\n' "${name#tests/}" "$file" "${BOARD%% *}"
	done
	for file in tests/host/*.c; do
		grep -q '^/\* test:' "$file" || continue
		name=${file#tests/host/}
		list_one "host/${name%.c}" host "$OUT/host/tests/${name%.c}" "${BOARD%% *}"
	done
}

# One result: a line for people, a line for the summary.
# $1 status (ok, FAIL, skip), $2 milliseconds, $3 name, $4 why
report() {
	printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$state/results"
	case $1 in
	ok) printf 'ok   %s (%d.%d s)\n' "$3" $(($2 / 1000)) $(($2 % 1000 / 100)) ;;
	*) printf '%-4s %s: %s\n' "$1" "$3" "$4" ;;
	esac
}

# Why a test failed, in one line. $1 exit code, $2 seconds allowed, $3 its log
why() {
	if [ "$1" = 124 ] || [ "$1" = 137 ]; then
		printf 'no end within %s s' "$2"
	else
		awk -v code="$1" '
			/^FAIL: / { sentence = substr($0, 7) }
			/ERROR: (Address|Leak)Sanitizer|runtime error:/ && !first { first = $0 }
			/^\[  ERROR   \] ---/ && !first { pending = substr($0, 18); next }
			/^\[   LINE   \] ---/ && pending {
				first = substr($0, 18) ": " pending
				pending = ""
			}
			NF { last = $0 }
			END {
				text = sentence ? sentence : first ? first : last
				gsub(/[\t\r]/, " ", text)
				printf "%s", text ? text : "exit code " code " and no word"
			}' "$3"
	fi
	printf ' (%s)' "$3"
}

# The lines of a runner: `ok NAME`, `FAIL NAME: why`, `skip NAME: why`. Without any it has failed.
# $1 name, $2 exit code, $3 milliseconds, $4 seconds allowed, $5 log
report_runner() {
	awk -v kind="$1" -v OFS='\t' '
		/^(ok|FAIL|skip) +[^ ]/ {
			status = $1
			sub(/^[a-zA-Z]+ +/, "")
			at = index($0, ": ")
			name = at && status != "ok" ? substr($0, 1, at - 1) : $1
			if (index(name, kind "/") != 1) name = kind "/" name
			print status, 0, name, (at ? substr($0, at + 2) : "")
		}' "$5" >"$5.lines"
	while IFS=$tab read -r status ms name text; do
		report "$status" "$ms" "$name" "$text"
	done <"$5.lines"
	if [ "$2" != 0 ] && ! grep -q '^FAIL' "$5.lines"; then
		report FAIL "$3" "$1" "$(why "$2" "$4" "$5")"
	elif [ ! -s "$5.lines" ] && [ -z "$ONLY" ]; then
		report FAIL "$3" "$1" "it ran no test ($5)"
	fi
}

# $1 name, $2 kind, $3 file, $4 board
run_one() {
	folder=$state/$1
	mkdir -p "$folder"
	case $2 in
	host) limit=300 command=$3 ;;
	*) limit=$(sed -n 's/^# timeout: \([0-9]*\)$/\1/p' "$3") command="sh $3" ;;
	esac
	limit=${limit:-120}
	start=$(date +%s%3N)
	code=0
	if [ "$2" = host ] && [ ! -x "$3" ]; then
		echo "FAIL: it is not built; make host-tests" >"$folder/log"
		code=1
	else
		# In the background, so that a trap can end it.
		# shellcheck disable=SC2086
		TEST_DIR=$folder BOARD=$4 ONLY=$ONLY timeout -k 5 "$limit" $command \
			>"$folder/log" 2>&1 </dev/null &
		child=$!
		wait "$child" || code=$?
		child=
	fi
	ms=$(($(date +%s%3N) - start))
	case $2:$code in
	runner:*) report_runner "$1" "$code" "$ms" "$limit" "$folder/log" ;;
	*:0) report ok "$ms" "$1" "" ;;
	*:77) report skip "$ms" "$1" "$(tail -n 1 "$folder/log")" ;;
	*) report FAIL "$ms" "$1" "$(why "$code" "$limit" "$folder/log")" ;;
	esac
}

# One of JOBS workers: takes the next test that nobody has taken; mkdir decides who.
work() {
	child=
	trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 130' INT TERM HUP
	number=0
	while IFS=$tab read -r name kind file board; do
		number=$((number + 1))
		if mkdir "$state/taken/$number" 2>/dev/null; then
			run_one "$name" "$kind" "$file" "$board"
		fi
	done <"$state/list"
}

write_junit() {
	awk -F '\t' '
		function escape(text) {
			gsub(/&/, "\\&amp;", text)
			gsub(/</, "\\&lt;", text)
			gsub(/>/, "\\&gt;", text)
			gsub(/"/, "\\&quot;", text)
			gsub(/[\001-\037]/, " ", text)
			return text
		}
		{ count++; total += $2; failed += $1 == "FAIL"; skipped += $1 == "skip" }
		{
			slash = match($3, /\/[^\/]*$/)
			class = slash ? substr($3, 1, slash - 1) : $3
			gsub(/\//, ".", class)
			line = sprintf("<testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"", \
				escape(class), \
				escape(slash ? substr($3, slash + 1) : $3), $2 / 1000)
			element = $1 == "FAIL" ? "failure" : $1 == "skip" ? "skipped" : ""
			if (element)
				line = line "><" element " message=\"" escape($4) "\"/></testcase>"
			else
				line = line "/>"
			lines[count] = line
		}
		END {
			print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
			printf "<testsuite name=\"gatehouse\" tests=\"%d\" failures=\"%d\"", count, failed
			printf " skipped=\"%d\" time=\"%.3f\">\n", skipped, total / 1000
			for (i = 1; i <= count; i++) print lines[i]
			print "</testsuite>"
		}' "$state/results" >"$state/junit.xml"
}

print_slowest() {
	echo
	echo "slowest:"
	sort -t "$tab" -k 2,2nr "$state/results" |
		awk -F '\t' 'NR <= 10 { printf "%7.1f s  %s\n", $2 / 1000, $3 }'
	echo
}

# What failed once more, at the end, where it is seen, with the last lines that it printed.
print_failed() {
	awk -F '\t' '$1 == "FAIL" { print $3 "\t" $4 }' "$state/results" |
		while IFS=$tab read -r name text; do
			printf 'FAIL %s: %s\n' "$name" "$text"
			[ ! -f "$state/$name/log" ] || tail -n 12 "$state/$name/log" | sed 's/^/     | /'
		done
}

rm -rf "$state"
mkdir -p "$state/taken"
: >"$state/results"
list_tests >"$state/list"
[ -z "$SEED" ] || echo "SEED=$SEED" >&2

workers=
trap 'kill $workers 2>/dev/null; exit 130' INT TERM HUP
while [ "$JOBS" -gt 0 ]; do
	work &
	workers="$workers $!"
	JOBS=$((JOBS - 1))
done
for worker in $workers; do
	wait "$worker" || report FAIL 0 runner "a worker of tests/run.sh died"
done

write_junit
if [ ! -s "$state/results" ]; then
	echo "no test matches ONLY='$ONLY'; names look like host/mkimage_program or boot/NAME/BOARD" >&2
	echo "0 passed, 0 failed, 0 skipped"
	exit 1
fi
print_slowest
print_failed
awk -F '\t' '
	{ n[$1]++ }
	END {
		printf "%d passed, %d failed, %d skipped\n", n["ok"], n["FAIL"], n["skip"]
		exit n["FAIL"] > 0
	}' "$state/results"
