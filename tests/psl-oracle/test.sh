#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate import against an interpreter of PSL that shares nothing with it, on the projects here; each
# verdict of PAL turned round, and three importers that are wrong, must be found; what is no PSL is
# refused, and nothing is written.
# timeout: 240
set -eu
export LC_ALL=C
# The oracle keeps all that it read until its end.
export ASAN_OPTIONS=detect_leaks=0
cd "$(dirname "$0")/../.."

fail() {
	echo "FAIL: $*"
	exit 1
}

: "${TEST_DIR:?is set by tests/run.sh}" "${OUT:?is set by tests/run.sh}"
here=tests/psl-oracle
rm -rf "$TEST_DIR/import"
mkdir -p "$TEST_DIR/import"

# $1: gate that imports, $2: project. Imports it; the policy with the oracle's tests is all.gate.
import() {
	work=$TEST_DIR/import/$(basename "$1")-$(basename "$2")
	rm -rf "$work"
	mkdir -p "$work/psl"
	set -- "$1" "$2" import "$2" -o "$work/policy.gate" --names "$work/names" \
		--report "$work/report.md"
	[ ! -e "$2/values.txt" ] || set -- "$@" --values "$2/values.txt"
	gate=$1
	project=$2
	shift 2
	"$gate" "$@" 2>"$work/err" || return 1
	# What the templates say, in the files that the oracle reads.
	find "$project" -name '*.psl' -o -name '*.psl.in' | sort | while IFS= read -r file; do
		awk -v values="$project/values.txt" -f "$here/fill.awk" "$file" \
			>"$work/psl/$(basename "$file")"
	done
	if grep -q '^use nonsecurity' "$work"/psl/*; then
		for event in execute request response error security; do
			echo "$event { grant() }"
		done >"$work/psl/nonsecurity.psl"
	fi
	"$OUT/host/psl-oracle" "$work/names" "$work"/psl/* >"$work/tests" 2>"$work/err" || return 1
	cat "$work/policy.gate" "$work/tests" >"$work/all.gate"
}

# $1: a policy with its tests. Each of its verdicts turned round, one at a time, is found.
flip() {
	count=$(awk '/^test / { inside = 1 }
		inside && /^ +(grant|deny) / { n++ } END { print n + 0 }' "$1")
	number=1
	while [ "$number" -le "$count" ]; do
		awk -v number="$number" '/^test / { inside = 1 }
			inside && /^ +(grant|deny) / && ++n == number {
				if (sub(/grant /, "deny ")) { print; next }
				sub(/deny (because [a-z_]+ )?/, "grant ")
			}
			{ print }' "$1" >"$work/flipped.gate"
		! "$OUT/host/gate" test "$work/flipped.gate" >"$work/log" 2>&1 ||
			fail "$1: verdict $number of $count turned round is not found"
		grep -q '^FAIL' "$work/log" || {
			head -n 5 "$work/log"
			fail "$1: verdict $number turned round is no test any more"
		}
		number=$((number + 1))
	done
	flipped=$((flipped + count))
}

flipped=0
for project in "$here"/projects/*; do
	import "$OUT/host/gate" "$project" || {
		cat "$work/err"
		fail "$project is not imported"
	}
	"$OUT/host/gate" test "$work/policy.gate" >"$work/log" 2>&1 || {
		cat "$work/log"
		fail "the tests of $project do not pass in Gate"
	}
	"$OUT/host/gate" test "$work/all.gate" >"$work/log" 2>&1 || {
		grep -v '^ok' "$work/log" | head -n 20
		fail "$project: importer and oracle disagree; see $work"
	}
	flip "$work/policy.gate"
	grep -q '^Nothing\.$' "$work/report.md" || fail "$project: something was lost"
	cp "$work/policy.gate" "$work/again.gate"
	"$OUT/host/gate" fmt --check "$work/again.gate" || fail "$project: gate fmt would write it otherwise"
done

# An `any` of PAL is no verdict; without the others nothing was turned round.
[ "$flipped" -ge 20 ] || fail "only $flipped verdicts of PAL were turned round"

# The same with a byte order mark and CR LF, and without an end of the last line.
work=$TEST_DIR/import/gate-forms
cp -R "$here/projects/forms" "$TEST_DIR/import/crlf"
find "$TEST_DIR/import/crlf" -type f | while IFS= read -r file; do
	sed 's#$#\r#' "$file" >"$file.new"
	{ printf '\357\273\277'; head -c -2 "$file.new"; } >"$file"
	rm "$file.new"
done
"$OUT/host/gate" import "$TEST_DIR/import/crlf" -o "$TEST_DIR/import/crlf.gate"
cmp "$work/policy.gate" "$TEST_DIR/import/crlf.gate" || fail "CR LF changes a policy"

# Numbers are written as the policy writes them, and lines behind because are rows.
work=$TEST_DIR/import/gate-canal
grep -q "unless pair_both in {0x101..0x102, 0x104, 0x201, 0x401}" "$work/policy.gate" ||
	fail "numbers of canal are written in another way"
grep -q "grant keeper.*pair_both = 0x102" "$work/policy.gate" ||
	fail "numbers of the tests of canal are written in another way"

# Without a security.psl it is the one PSL that no other uses; of several, one is to be named.
two=$TEST_DIR/import/two
cp -R "$here/projects/lights" "$two"
src=$(dirname "$(find "$two" -name security.psl)")
mv "$src/security.psl" "$src/rules.psl"
echo "use rules._" >"$src/day.psl"
"$OUT/host/gate" import "$two" -o "$two/day.gate" --report "$two/day.md"
cp "$src/day.psl" "$src/night.psl"
! "$OUT/host/gate" import "$two" -o "$two/night.gate" 2>"$two/err" ||
	fail "one of two policies is taken"
grep -q "^help: .* gate import FOLDER $src/night.psl$" "$two/err" ||
	fail "the policies have no names"
"$OUT/host/gate" import "$two" "$src/night.psl" -o "$two/night.gate" --report "$two/night.md"
cmp "$two/day.gate" "$two/night.gate" || fail "a named policy is another one"
grep -q "day.psl: no part of this policy" "$two/night.md" ||
	fail "a policy that is left out has no note"

# Of what two projects in one folder declare, what is nearer to the policy counts.
both=$TEST_DIR/import/both
mkdir "$both"
cp -R "$here/projects/lights" "$both/a"
cp -R "$here/projects/lights" "$both/b"
find "$both/b" -name "*.idl" -exec sed -i "s/^interface {/interface { Twin(in UInt8 way);/" {} +
"$OUT/host/gate" import "$both" "$both/a/einit/src/security.psl" -o "$both/a.gate" --report "$both/a.md"
cmp "$both/a.gate" "$TEST_DIR/import/gate-lights/policy.gate" || fail "the other project is taken"
grep -q "is declared in $both/b/.*, too; what counts is $both/a/" "$both/a.md" ||
	fail "what is declared twice has no note"

for fault in grant deny match; do
	found=
	for project in "$here"/projects/echo "$here"/projects/ping; do
		if ! import "$OUT/host/gate-$fault" "$project" ||
			! "$OUT/host/gate" test "$work/all.gate" >"$work/log" 2>&1; then
			found=yes
		fi
	done
	[ -n "$found" ] || fail "no project finds the importer that is wrong by $fault"
done

# Other languages: the policy is the one beside it, which passes its tests.
for file in "$here"/others/*.conf "$here"/others/*.json; do
	wanted=${file%.*}.gate
	set -- import "$file" -o "$TEST_DIR/import/other.gate"
	[ ! -e "${file%.*}.values" ] || set -- "$@" --values "${file%.*}.values"
	"$OUT/host/gate" "$@"
	sed '1d; /^test /,$d' "$wanted" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$TEST_DIR/import/wanted"
	diff -u "$TEST_DIR/import/wanted" "$TEST_DIR/import/other.gate" || fail "$file: not $wanted"
	"$OUT/host/gate" test "$wanted" >"$TEST_DIR/import/out" 2>&1 || {
		cat "$TEST_DIR/import/out"
		fail "$wanted: its tests"
	}
done

# More calls than an interface has methods, as the profiles that containers come with.
awk 'BEGIN {
	print "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"action\":\"SCMP_ACT_ALLOW\",\"names\":["
	for (i = 1; i <= 600; i++) printf "%s\"call_%d\"", i == 1 ? "" : ",", i
	print "]}]}"
}' >"$TEST_DIR/import/many.json"
"$OUT/host/gate" import "$TEST_DIR/import/many.json" -o "$TEST_DIR/import/many.gate"
cat >>"$TEST_DIR/import/many.gate" <<END

test "the first, the last, another" {
    grant program_ -> kernel : syscalls.call_1()
    grant program_ -> kernel : syscalls3.call_600()
    deny program_ -> kernel : syscalls3.others()
}
END
"$OUT/host/gate" test "$TEST_DIR/import/many.gate" >"$TEST_DIR/import/out" 2>&1 || {
	cat "$TEST_DIR/import/out"
	fail "a profile of 600 calls"
}

for file in "$here"/refused/*; do
	[ -f "$file" ] || continue
	wanted=$(sed -n 's#^.*refused: ##p' "$file" | head -n 1 | sed 's#",*$##; s# *-->$##')
	out=$TEST_DIR/import/refused.gate
	if "$OUT/host/gate" import "$file" -o "$out" >"$TEST_DIR/import/out" 2>&1; then
		fail "$file is imported"
	fi
	grep -qF -e "$file:${wanted%%: *}: error: ${wanted#*: }" "$TEST_DIR/import/out" || {
		cat "$TEST_DIR/import/out"
		fail "$file: not said: $wanted"
	}
	[ ! -e "$out" ] || fail "$file: a policy is written"
done
